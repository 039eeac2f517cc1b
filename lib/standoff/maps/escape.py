"""The one escape of each sink of a page: HTML, and JSON inside HTML.

Report text, titles and names from a gazetteer are hostile. They reach a page by two
ways only: as text in HTML made here (``html_text``), or as JSON in a data block
(``json_block``) that the page's script puts into the document with ``textContent``.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

# Characters that html.escape leaves alone and that are code for a later reader of the
# same text: folium writes popups into JavaScript template literals (\ ` $) and branca
# renders the outcome of a macro as a Jinja template a second time ({ }).
_CODE_FOR_LATER = {ord(char): f"&#{ord(char)};" for char in "\\`${}"}

# Overrides, embeddings and isolates change the order in which *other* text is shown.
# Marks (U+200E, U+200F, U+061C) and joiners do not, and Arabic and Persian need them.
_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI_CONTROLS}\ufeff\ufff9-\ufffb\ud800-\udfff]")
_NEW_LINES = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")


def visible(text: str) -> str:
    r"""Show control characters, one by one, and use one kind of line end.

    Bidi controls and control characters become their code point in angle brackets, so
    that they neither act nor hide. Lone surrogates, which no file can hold, too.

    Examples
    --------
    >>> visible("abc\u202etxt.exe")
    'abc⟨U+202E⟩txt.exe'
    >>> visible("one\r\ntwo")
    'one\ntwo'
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", _NEW_LINES.sub("\n", text))


def html_text(text: str) -> str:
    """Escape text for HTML, in an element or in a quoted attribute.

    The outcome is also safe in what folium and branca do to HTML afterwards: it holds
    no backslash, backtick, dollar sign or brace.

    Examples
    --------
    >>> html_text("<b> & `${x}`")
    '&lt;b&gt; &amp; &#96;&#36;&#123;x&#125;&#96;'
    """
    return html.escape(visible(text), quote=True).translate(_CODE_FOR_LATER)


def json_block(value: Any) -> str:
    r"""Write JSON that may stand inside a script element, as data or as an expression.

    The structure is compact. ``<``, ``>``, ``&`` and the line separators are written as
    escapes, and so is the second character of what would open a Jinja tag, which JSON
    has in strings only.

    Raises
    ------
    ValueError
        If the value holds NaN or infinity, which JSON has no words for.

    Examples
    --------
    >>> json_block({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return re.sub(r"\{([{%#])", lambda match: f"{{\\u{ord(match[1]):04x}", text)
