"""The one escape of each sink of a file: JSON, CSV cells, XML, HTML inside KML.

Report text, titles and names from a gazetteer are hostile. What a person sees is kept;
what a program would act on is not.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import Any

# Overrides, embeddings and isolates change the order in which *other* text is shown.
# Marks (U+200E, U+200F, U+061C) do not, and Arabic, Persian and Hebrew need them.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
# What XML 1.0 cannot hold (section 2.2) or advises against, and what hides or reorders text.
_UNSEEN = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}{_SURROGATES}\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_JSON_ACTIVE = re.compile(rf"[<>&\x7f-\x9f{_BIDI}{_SURROGATES}\u2028\u2029\ufeff]")
# A pair of numbers that json.dumps has put on four lines; a line end is never inside a JSON string.
_PAIR = re.compile(r"\[\n\s+(-?[0-9][0-9.eE+-]*),\n\s+(-?[0-9][0-9.eE+-]*)\n\s+\]")
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def visible(text: str) -> str:
    r"""Show control characters and bidi controls as their code point; keep tabs and line ends.

    Examples
    --------
    >>> visible("abc\u202etxt.exe\x00")
    'abc⟨U+202E⟩txt.exe⟨U+0000⟩'
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def json_text(value: Any, indent: int | None = None) -> str:
    r"""Write JSON whose strings hold no markup, no bidi controls and no half characters.

    They are written as ``\u`` escapes, so that a reader of the JSON gets the text as it
    was; all other text stays readable. Pairs of numbers stay on one line.

    Raises
    ------
    ValueError
        If the value holds NaN or infinity, which JSON has no words for.

    Examples
    --------
    >>> json_text({"a": "</script>\u202e"})
    '{"a": "\\u003c/script\\u003e\\u202e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    text = _PAIR.sub(r"[\1, \2]", text)
    # All of these stand inside strings only: outside them JSON is plain ASCII punctuation.
    return _JSON_ACTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


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


def xml_text(text: str) -> str:
    r"""Make text that XML can hold; the XML writer itself escapes markup.

    Examples
    --------
    >>> xml_text("a\x0bb ]]> <c>")
    'a⟨U+000B⟩b ]]> <c>'
    """
    return visible(text)


def kml_html(text: str) -> str:
    """Escape text for the HTML that a viewer makes of a KML description.

    ``$[...]`` is left without effect too: viewers replace it with the value of a field.

    Examples
    --------
    >>> kml_html("<b> $[name]")
    '&lt;b&gt; &#36;[name]'
    """
    return html.escape(visible(text), quote=True).replace("$", "&#36;").replace("\n", "<br>")
