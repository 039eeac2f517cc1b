"""What the figures of a reading have in common."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from standoff.figures.look import plain


class ShownFigure(Figure):
    """A Matplotlib figure that a notebook shows without pyplot, and that says what it shows.

    Attributes
    ----------
    title, description : str
        What it shows, in words: the text for those who cannot see it.
    """

    title: str = ""
    description: str = ""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        with plain():
            self.savefig(buffer, format="png", dpi=110)
        return buffer.getvalue()
