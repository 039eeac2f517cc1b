"""Figures of a reading, drawn by Matplotlib, which is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas
    import pandas as pd

    from standoff.figures.drawing import TimelineFigure
    from standoff.figures.quality import QualityFigure
    from standoff.figures.small_multiples import MultiplesFigure
    from standoff.model import ReadingRecord, Report


def timeline(report: Report, record: ReadingRecord) -> TimelineFigure:
    """Return the events of a reading in order of time as a Matplotlib figure."""
    from standoff.figures.drawing import timeline as draw

    return draw(report, record)


def svg(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as SVG."""
    from standoff.figures import files

    return files.svg(report, record)


def png(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as PNG."""
    from standoff.figures import files

    return files.png(report, record)


def pdf(report: Report, record: ReadingRecord) -> bytes:
    """Return the timeline as PDF."""
    from standoff.figures import files

    return files.pdf(report, record)


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


__all__ = ["calibration", "errors", "multiples", "pdf", "png", "shares", "side_by_side", "svg", "timeline"]
