"""Numbers as reports write them: digits, words, fractions and both together.

>>> parse("twenty-four"), parse("two and a half"), parse("1,500"), parse("3 1/2"), parse("half a")
(24.0, 2.5, 1500.0, 3.5, 0.5)
"""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)}
_WORDS.update({word: 10.0 * value for value, word in enumerate(_TENS, start=2)})
_SCALES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0, "million": 1e6, "billion": 1e9}
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "quarters": 0.25, "thirds": 1 / 3}
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

MOST = 1e15
"""Numbers from here on are none: neither JSON nor a calendar holds what comes of them."""

_DIGITS = r"(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SIMPLE = "|".join(sorted((*_WORDS, *_SCALES), key=len, reverse=True))
# "and" joins only behind a scale: "a hundred and ten", but "ten and twenty" are two numbers.
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
_WORD_NUMBER = rf"(?:(?:an?\s+)?(?:{_SIMPLE})\b(?:(?:{_AND}|\s*-\s*|\s+)(?:{_SIMPLE})\b){{0,8}})"
_HALF = r"(?:half\s+an?|an?\s+(?:half|quarter)\s+of\s+an?|an?\s+quarter|half|three[\s-]quarters\s+of\s+an?)"

#: One number, as a regular expression without groups (case is ignored by its users). Atomic: once read
#: it is not taken apart again, so that hostile lists of numbers take time in proportion.
NUMBER = (
    rf"(?>{_DIGITS}(?:\s+(?:\d+/\d+)|\s*[½¼¾⅓⅔⅛]|\s+and\s+a\s+(?:half|quarter))?"
    rf"|[½¼¾⅓⅔⅛]"
    rf"|{_HALF}\b"
    rf"|{_WORD_NUMBER}(?:\s+and\s+an?\s+(?:half|quarter)|\s+and\s+three[\s-]quarters)?"
    rf"|an?\s+couple\s+of(?:\s+(?:dozen|hundred|thousand))?)"
)
_DIGITS_START = re.compile(_DIGITS)


def parse(text: str) -> float | None:
    """Return the number that the words state, or None if they state none that can be reckoned with.

    No report counts or measures anything in ``MOST``: so many digits are no number, for no room behind this one.

    Parameters
    ----------
    text : str
        Digits, words or both, in any case: ``"34"``, ``"a dozen"``, ``"3 1/2"``.

    Examples
    --------
    >>> parse("a couple of hundred"), parse("three-quarters of a"), parse("parsnips")
    (200.0, 0.75, None)
    >>> parse("9" * 400) is None
    True
    """
    value = _parsed(text.strip().lower())
    return value if value is not None and value < MOST else None


def _parsed(text: str) -> float | None:
    match = _DIGITS_START.match(text)
    if match:
        whole = float(re.sub(r"[,\u202f\u00a0]", "", match[0]))
        return whole + (_fraction(text[match.end() :]) or 0.0)
    if text in _VULGAR:
        return _VULGAR[text]
    return _from_words(re.findall(r"[a-z]+", text))


def decimals(text: str) -> int | None:
    """Return how many decimals the digits show; negative for trailing zeros, None for words.

    Examples
    --------
    >>> decimals("24"), decimals("1.25"), decimals("200"), decimals("a dozen")
    (0, 2, -2, None)
    """
    match = _DIGITS_START.match(text.strip())
    if not match:
        return None
    digits = re.sub(r"[,\u202f\u00a0]", "", match[0])
    if "." in digits:
        return len(digits.split(".")[1])
    return len(digits.rstrip("0")) - len(digits) if digits.strip("0") else 0


def _fraction(text: str) -> float | None:
    text = text.strip()
    if text in _VULGAR:
        return _VULGAR[text]
    ratio = re.fullmatch(r"(\d+)/(\d+)", text)
    if ratio and float(ratio[2]):  # float: Python refuses to make an int of thousands of digits
        return float(ratio[1]) / float(ratio[2])
    return next((share for word, share in _FRACTIONS.items() if text.endswith(word)), None)


def _from_words(words: list[str]) -> float | None:
    """Add up number words from left to right, as one reads them aloud."""
    total, part, seen = 0.0, 0.0, False
    after_and = False
    for word in words:
        if word in ("a", "an", "of"):
            continue
        if word == "and":
            after_and = True
            continue
        if word == "couple":
            part, seen = 2.0, True
        elif word in _WORDS:
            part, seen = part + _WORDS[word], True
        elif word == "hundred" or word == "dozen":
            part, seen = (part or 1.0) * _SCALES[word], True
        elif word in _SCALES:
            total, part, seen = total + (part or 1.0) * _SCALES[word], 0.0, True
        elif word in _FRACTIONS:
            share = _FRACTIONS[word]
            if seen and not after_and:
                part *= share  # "three quarters"
            else:
                part += share
            seen = True
        else:
            return None
    return total + part if seen else None
