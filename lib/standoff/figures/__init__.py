"""Figures of a reading, drawn by Matplotlib, which is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas
    import pandas as pd

    from standoff.figures.drawing import TimelineFigure
    from standoff.figures.map_drawing import MapFigure
    from standoff.figures.panels import Shown
    from standoff.figures.quality import QualityFigure
    from standoff.figures.shown import ShownFigure
    from standoff.figures.small_multiples import MultiplesFigure
    from standoff.model import ReadingRecord, Report


def timeline(report: Report, record: ReadingRecord) -> TimelineFigure:
    """Return the events of a reading in order of time as a Matplotlib figure."""
    from standoff.figures.drawing import timeline as draw

    return draw(report, record)


def map_figure(report: Report, record: ReadingRecord, **size: Any) -> MapFigure:
    """Return the map of a reading as a Matplotlib figure; ``width`` and ``height`` are inches."""
    from standoff.figures.map_drawing import map_figure as draw

    return draw(report, record, **size)


def candidates(frame: pd.DataFrame) -> ShownFigure:
    """Return the places that names may mean as a Matplotlib figure: bars of probability, and a map.

    Parameters
    ----------
    frame : DataFrame
        `Reading.candidates`, as a rule the rows of one name.

    Raises
    ------
    SettingError
        If the frame is empty.
    """
    from standoff.figures.choices import candidates as draw

    return draw(frame)


def sensitivity(frame: pd.DataFrame, show: Shown = "area", kind: str | None = None) -> ShownFigure:
    """Return how shapes change with settings as a Matplotlib figure, a panel for each setting.

    Parameters
    ----------
    frame : DataFrame
        From `standoff.sensitivity`.
    show : "area", "reach", "overlap" or "shift"
        The area; how near to the anchor and how far from it a shape reaches; the share of area in common with
        the shape as read; or how far its centre has moved.
    kind : "event", "zone" or "statement", optional
        What is drawn; by default events, or else statements of where.

    Raises
    ------
    SettingError
        If there is nothing to draw, or no such quantity.
    """
    from standoff.figures.panels import sensitivity as draw

    return draw(frame, show, kind)


def svg(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as SVG."""
    from standoff.figures import files

    return files.svg(timeline(report, record))


def png(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as PNG."""
    from standoff.figures import files

    return files.png(timeline(report, record))


def pdf(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as PDF."""
    from standoff.figures import files

    return files.pdf(timeline(report, record))


def map_svg(report: Report, record: ReadingRecord) -> bytes:
    """Return the map as SVG, drawn without a browser."""
    from standoff.figures import files

    return files.svg(map_figure(report, record))


def map_png(report: Report, record: ReadingRecord) -> bytes:
    """Return the map as PNG, drawn without a browser."""
    from standoff.figures import files

    return files.png(map_figure(report, record))


def map_pdf(report: Report, record: ReadingRecord) -> bytes:
    """Return the map as PDF, drawn without a browser."""
    from standoff.figures import files

    return files.pdf(map_figure(report, record))


def multiples(cells: geopandas.GeoDataFrame, title: str = "Events to be expected") -> MultiplesFigure:
    """Return one map for each week or month of a density; see `standoff.figures.small_multiples.multiples`."""
    from standoff.figures.small_multiples import multiples as draw

    return draw(cells, title)


def side_by_side(
    densities: Mapping[str, geopandas.GeoDataFrame], title: str = "Events to be expected"
) -> MultiplesFigure:
    """Return one map for each of several densities, to one scale; see `standoff.figures.small_multiples.side_by_side`."""
    from standoff.figures.small_multiples import side_by_side as draw

    return draw(densities, title)


def calibration(table: pd.DataFrame) -> QualityFigure:
    """Return stated chances against how often they came true; see `standoff.figures.quality.calibration`."""
    from standoff.figures.quality import calibration as draw

    return draw(table)


def errors(names: pd.DataFrame) -> QualityFigure:
    """Return how far off places are, for each kind, ours beside the baseline's; see `standoff.figures.quality.errors`."""
    from standoff.figures.quality import errors as draw

    return draw(names)


def shares(table: pd.DataFrame, title: str = "Events, field by field") -> QualityFigure:
    """Return shares with their intervals; see `standoff.figures.quality.shares`."""
    from standoff.figures.quality import shares as draw

    return draw(table, title)


__all__ = [
    "calibration",
    "candidates",
    "errors",
    "map_figure",
    "map_pdf",
    "map_png",
    "map_svg",
    "multiples",
    "pdf",
    "png",
    "sensitivity",
    "shares",
    "side_by_side",
    "svg",
    "timeline",
]
