"""The one escape of each sink of a file: JSON, XML, HTML inside KML; that of CSV is in ``csv_cells``.

Report text, titles and names from a gazetteer are hostile. What a person sees is kept;
what a program would act on is not.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from standoff.csv_cells import BIDI, SURROGATES, visible

_JSON_ACTIVE = re.compile(rf"[<>&\x7f-\x9f{BIDI}{SURROGATES}\u2028\u2029\ufeff]")
# A pair of numbers that json.dumps has put on four lines; a line end is never inside a JSON string.
_PAIR = re.compile(r"\[\n\s+(-?[0-9][0-9.eE+-]*),\n\s+(-?[0-9][0-9.eE+-]*)\n\s+\]")


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
