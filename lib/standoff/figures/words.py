"""The one escape of text in a figure, and text cut to the room that it has.

Text of a report is hostile. In a figure it may hold line ends, characters that hide or reorder
others, stacks of accents that climb over other rows, and characters that the font lacks; ``$`` is
left to the caller, who draws with ``parse_math=False``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from standoff.csv_cells import visible

# Comes with Matplotlib: a figure looks the same on every machine, and asks none for fonts.
FONT = "DejaVu Sans"
_LACKING = "□"
_MOST_ACCENTS = 2
_LONGEST = 300  # characters; more is never seen, and need not be measured
_DPI = 720


@cache
def _characters(bold: bool) -> frozenset[int]:
    found = font_manager.findfont(FontProperties(family=FONT, weight="bold" if bold else "normal"))
    return frozenset(font_manager.get_font(found).get_charmap())


def line(text: str, *, bold: bool = False) -> str:
    r"""Return text as one line that a figure can show as it is.

    Control characters and bidi controls show as their code points, what the font lacks as a box.

    Examples
    --------
    >>> line("two\nlines \u202e and $x$"), line("\U0001f4a3 e" + 9 * "\u0301") == "□ e" + 2 * "\u0301"
    ('two lines ⟨U+202E⟩ and $x$', True)
    """
    shown = " ".join(visible(text[: 4 * _LONGEST]).split())
    there = _characters(bold)
    return "".join(char if ord(char) in there else _LACKING for char in _few_accents(shown))[:_LONGEST]


def _few_accents(text: str) -> Iterator[str]:
    stacked = 0
    for char in text:
        stacked = stacked + 1 if unicodedata.combining(char) else 0
        if stacked <= _MOST_ACCENTS:
            yield char


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(8, 8, _DPI)  # type: ignore[no-untyped-call]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is, inches.

    Parameters
    ----------
    text : str
        From ``line``.
    size : float
        Points.
    bold : bool
        Whether it is drawn so.
    """
    font = FontProperties(family=FONT, weight="bold" if bold else "normal", size=size)
    size_px = _renderer().get_text_width_height_descent(text, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(size_px[0]) / _DPI


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return text as one line that is at most so wide, inches, cut with an ellipsis.

    Examples
    --------
    >>> fitted("a convoy", 2.0, 8), fitted("a convoy of eleven vehicles", 1.0, 8)
    ('a convoy', 'a convoy of ele…')
    """
    shown = line(text, bold=bold)
    if width(shown, size, bold=bold) <= room:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        if width(f"{shown[:middle].rstrip()}…", size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{shown[:low].rstrip()}…"
