"""A figure as the bytes of a file: the same reading, the same bytes, with a text for those who cannot see it."""

from __future__ import annotations

import html
import io
import re
from typing import Any

from standoff.csv_cells import visible
from standoff.figures.look import plain
from standoff.figures.shown import ShownFigure

_PNG_DPI = 150
# Ids in an SVG from its content alone; letters in a PDF that can be searched for.
_STYLE = {"svg.hashsalt": "standoff", "pdf.fonttype": 42}
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")


def _bytes(figure: ShownFigure, kind: str, metadata: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with plain(**_STYLE):
        figure.savefig(buffer, format=kind, dpi=_PNG_DPI, metadata=metadata)
    return buffer.getvalue()


def svg(figure: ShownFigure) -> bytes:
    """Return a figure as SVG: text drawn as shapes, its words in a title and a description."""
    drawn = _bytes(figure, "svg", {"Date": None, "Creator": "Standoff"}).decode()
    title, described = (html.escape(visible(text)) for text in (figure.title, figure.description))
    named = (
        f' role="img" aria-labelledby="title description"><title id="title">{title}</title>'
        f'<desc id="description">{described}</desc>'
    )
    # The first tag that is no declaration is Matplotlib's <svg>; nothing of a report stands before it.
    drawn = _DOCTYPE.sub("", drawn, count=1)  # names a host that some readers would ask
    head, tag, rest = drawn.partition("<svg ")
    attributes, _, inside = rest.partition(">")
    return f"{head}{tag}{attributes}{named}{inside}".encode()


def png(figure: ShownFigure) -> bytes:
    """Return a figure as PNG, with its words in the file's title and description."""
    words = {"Title": visible(figure.title), "Description": visible(figure.description)}
    return _bytes(figure, "png", {"Software": "Standoff", **words})


def pdf(figure: ShownFigure) -> bytes:
    """Return a figure as PDF, with its words in the file's title and subject."""
    words = {"Title": visible(figure.title), "Subject": visible(figure.description)}
    return _bytes(figure, "pdf", {"CreationDate": None, "Creator": "Standoff", "Producer": None, **words})
