"""The one escape of cells of CSV: for exports, and for the corrections that stand higher on the stair.

What a person sees is kept; what a program would act on is not.
"""

from __future__ import annotations

import re
import unicodedata

# Overrides, embeddings and isolates change the order in which *other* text is shown.
# Marks (U+200E, U+200F, U+061C) do not, and Arabic, Persian and Hebrew need them.
BIDI = "\u202a-\u202e\u2066-\u2069"
SURROGATES = "\ud800-\udfff"
# What XML 1.0 cannot hold (section 2.2) or advises against, and what hides or reorders text.
_UNSEEN = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{BIDI}{SURROGATES}\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def visible(text: str) -> str:
    r"""Show control characters and bidi controls as their code point; keep tabs and line ends.

    Examples
    --------
    >>> visible("abc\u202etxt.exe\x00")
    'abc⟨U+202E⟩txt.exe⟨U+0000⟩'
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def csv_cell(text: str) -> str:
    r"""Make text safe in a cell of a spreadsheet: never a formula.

    A leading apostrophe tells a spreadsheet that what follows is text (OWASP, "CSV
    injection"). It is set also where the sign comes after spaces or unseen characters.

    Examples
    --------
    >>> csv_cell("=HYPERLINK(0)"), csv_cell("2 killed"), csv_cell("\ttab")
    ("'=HYPERLINK(0)", '2 killed', "'\ttab")
    """
    shown = visible(text)
    for char in shown:
        if char in _FORMULA:
            return f"'{shown}"
        if unicodedata.category(char) not in {"Cf", "Zs"}:
            break
    return shown
