"""Words round a quantity that say how far to trust its number: "up to", "just under", "or so".

>>> before("it lies up to about ", 20), behind("20 km or more", 5)
(('up to about', '<='), ('or more', '>='))
"""

from __future__ import annotations

import re

from standoff.model import Bound

_WINDOW = 60  # characters before a measure in which a hedge can stand

_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("no more than", "<="), ("not more than", "<="), ("at most", "<="), ("as far as", "<="), ("as much as", "<="),
    ("as many as", "<="), ("up to", "<="), ("a maximum of", "<="), ("within", "<="), ("not exceeding", "<="),
    ("no further than", "<="), ("no farther than", "<="), ("at the most", "<="), ("a maximum", "<="),
    ("less than", "<"), ("fewer than", "<"), ("just under", "<"), ("slightly under", "<"), ("a little under", "<"),
    ("a bit under", "<"), ("well under", "<"), ("under", "<"), ("nearly", "<"), ("almost", "<"), ("just short of", "<"),
    ("short of", "<"), ("just shy of", "<"), ("shy of", "<"), ("not quite", "<"), ("below", "<"),
    ("at least", ">="), ("no fewer than", ">="), ("no less than", ">="), ("not less than", ">="),
    ("a minimum of", ">="), ("at the very least", ">="), ("a minimum", ">="),
    ("more than", ">"), ("greater than", ">"), ("just over", ">"), ("slightly over", ">"), ("a little over", ">"),
    ("well over", ">"), ("over", ">"), ("beyond", ">"), ("upwards of", ">"), ("upward of", ">"), ("in excess of", ">"),
    ("exceeding", ">"), ("above", ">"), ("further than", ">"), ("farther than", ">"),
    ("as close as", "~"), ("an estimated", "~"), ("approximately", "~"), ("roughly", "~"), ("around", "~"),
    ("about", "~"), ("approx.", "~"), ("approx", "~"), ("some", "~"), ("close to", "~"), ("circa", "~"), ("ca.", "~"),
    ("c.", "~"), ("estimated", "~"), ("perhaps", "~"), ("maybe", "~"), ("possibly", "~"),
    ("in the region of", "~"), ("in the order of", "~"), ("of the order of", "~"), ("something like", "~"),
    ("more or less", "~"), ("give or take", "~"), ("as little as", "~"), ("as few as", "~"), ("barely", "~"),
    ("only", "="), ("just", "="), ("exactly", "="), ("precisely", "="), ("a mere", "="), ("fully", "="),
    ("between", "range"), ("from", "range"), ("anywhere from", "range"), ("anywhere between", "range"),
)  # fmt: skip
_SIGNS: dict[str, Bound] = {
    "~": "~",
    "≈": "~",
    "±": "~",
    ">": ">",
    "<": "<",
    "≥": ">=",
    "≤": "<=",
    ">=": ">=",
    "<=": "<=",
}
_BOUNDS: dict[str, Bound] = dict(_BEFORE)
_ONE = "|".join(re.escape(words) for words in sorted(_BOUNDS, key=len, reverse=True)).replace(r"\ ", r"\s+")
_CHAIN = re.compile(
    rf"(?<![\w-])(?P<chain>(?:{_ONE})(?:\s+(?:{_ONE})){{0,3}})\s+(?:an?\s+|the\s+|its\s+)?$", re.IGNORECASE
)
_PARTS = re.compile(_ONE, re.IGNORECASE)
_SIGN = re.compile(r"(?P<sign>[<>]=|[~≈±<>≥≤])\s?$")
_BEHIND: tuple[tuple[str, Bound], ...] = (
    (r"or\s+so|or\s+thereabouts|give\s+or\s+take", "~"),
    (r"or\s+(?:more|further|farther|higher)|and\s+more|at\s+(?:the\s+very\s+)?least|plus(?!\s+\d)", ">="),
    (r"or\s+(?:less|fewer)|at\s+(?:the\s+)?most|(?:at\s+)?maximum", "<="),
)
_PLUS = re.compile(r"\+(?!\s?\d)")
_BEHINDS = [(re.compile(rf"\s+(?:{words})\b", re.IGNORECASE), bound) for words, bound in _BEHIND]


def before(text: str, start: int) -> tuple[str | None, Bound]:
    """Return the hedge right before a quantity, and the bound that it sets.

    Of several the first that says more than "about" counts: "up to about 20 km" is at most 20 km.

    Parameters
    ----------
    text : str
        The report.
    start : int
        Where the quantity begins.
    """
    words = text[max(0, start - _WINDOW) : start]
    sign = _SIGN.search(words)
    if sign:
        return sign["sign"], _SIGNS[sign["sign"]]
    match = _CHAIN.search(words)
    if not match:
        return None, "="
    chain = match["chain"]
    bounds = [_BOUNDS[" ".join(part[0].lower().split())] for part in _PARTS.finditer(chain)]
    telling = [bound for bound in bounds if bound not in ("~", "=")]
    return chain, (telling or [bound for bound in bounds if bound == "~"] or ["="])[0]


def behind(text: str, end: int) -> tuple[str | None, Bound]:
    """Return the hedge right behind a quantity: "20 km or so", "20 km at most"."""
    if _PLUS.match(text, end):
        return "+", ">="
    for pattern, bound in _BEHINDS:
        match = pattern.match(text, end, min(len(text), end + _WINDOW))
        if match:
            return match[0].strip(), bound
    return None, "="


def without(hedge: str, words: str) -> str:
    """Return the words before a quantity without the hedge that they end in.

    Examples
    --------
    >>> without("about", "he ran about ")
    'he ran '
    """
    return re.sub(rf"{re.escape(hedge)}\s*(?:an?\s+|the\s+|its\s+)?$", "", words, flags=re.IGNORECASE)
