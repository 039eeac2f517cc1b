"""Figures of a reading, drawn by Matplotlib, which is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standoff.figures.drawing import TimelineFigure
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


__all__ = ["pdf", "png", "svg", "timeline"]
