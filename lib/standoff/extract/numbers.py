"""Numbers as reports write them: digits, words, fractions and both together; and words that only hint at one.

>>> parse("twenty-four"), parse("two and a half"), parse("1,500"), parse("3 1/2"), parse("half a")
(24.0, 2.5, 1500.0, 3.5, 0.5)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)}
_WORDS.update({word: 10.0 * value for value, word in enumerate(_TENS, start=2)})
_LARGE = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
_SCALES = {"dozen": 12.0, "hundred": 100.0, **_LARGE}
_PARTS = {
    "half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
    "eighth": 0.125, "eighths": 0.125, "tenth": 0.1, "tenths": 0.1,
}  # fmt: skip
_VULGAR = {
    "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅛": 0.125,
    "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip

MOST = 1e15
"""Numbers from here on are none: neither JSON nor a calendar holds what comes of them."""

_NARROW = "\u2009\u202f\u00a0"  # spaces that part thousands
# A common space parts thousands only where the last three are 000: "Flight 370 200 km" holds two numbers.
_DIGITS = (
    rf"(?:\d{{1,3}}(?:[,{_NARROW}]\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,3}}(?:\ \d{{3}}){{0,3}}\ 000(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?)"
)
_V = f"[{''.join(_VULGAR)}]"
_WORD_SCALES = [word for word in _SCALES if len(word) > 3]
_ANY_SCALE = "|".join(_WORD_SCALES)
_BEHIND_SCALE = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))"
# "twenty-four" is one number, "ten-twelve" are two.
_ANY_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:\s?-\s?|\s+)(?:{'|'.join(_ONES[1:10])})\b|(?:{_ANY_SMALL})\b)"
# "and" joins only behind a scale: "a hundred and ten", but "ten and twenty" are two numbers.
_WORD_NUMBER = (
    rf"(?:(?:(?:an?\s+)?(?:{_ANY_SCALE})\b|{_SMALL})"
    rf"(?:(?:\s?-\s?|\s+)(?:{_ANY_SCALE})\b|{_BEHIND_SCALE}(?:\s+and)?[\s-]+{_SMALL}){{0,8}}"
    rf"(?:\s+point(?:\s+(?:{'|'.join(_ONES[:10])})\b){{1,4}})?)"
)
_PART = r"(?:half|third|quarter|fifth|eighth|tenth)"
_AND_PART = (
    rf"[\s-]+and[\s-]+(?:an?[\s-]+{_PART}|one[\s-]{_PART}|two[\s-](?:thirds|fifths)"
    r"|three[\s-](?:quarters?|fifths))\b"
)
_OF_A = r"(?:\s+of\s+an?\b)?"
_BIG = r"(?:\s+(?:hundred|thousand|million|billion|trillion|dozen)\b)?"
_SHARE = (
    rf"(?:half(?:[\s-]+(?:of\s+)?an?)?[\s-]dozen|half[\s-]+(?:of\s+)?an?|an?[\s-]{_PART}{_OF_A}|one[\s-]{_PART}{_OF_A}"
    rf"|(?:two|four)[\s-](?:thirds|fifths){_OF_A}|(?:three|five|seven|nine)[\s-](?:quarters|fifths|eighths|tenths){_OF_A}"
    r"|quarter\s+of\s+an?|half|quarter)"
)

#: One number, as a regular expression without groups (case is ignored by its users). Atomic: once read
#: it is not taken apart again, so that hostile lists of numbers take time in proportion.
NUMBER = (
    rf"(?>{_DIGITS}(?:(?:\s+|-)(?:1/2|[12]/3|[13]/4|[1-4]/5|[1357]/8|\d{{1,2}}/16)(?![\d/])|\s*{_V}|/(?:2|3|4|5|8|10|16)(?![\d/.,])|{_AND_PART})?"
    r"(?:(?:\s+|-)(?:hundred|thousand|million|billion|trillion|dozen)\b|\s?(?:mn|mln|bn|trn|tn)\b)?"
    rf"|{_V}"
    rf"|{_SHARE}\b{_BIG}"
    rf"|{_WORD_NUMBER}(?:{_AND_PART}{_BIG})?"
    rf"|an?\s+couple(?:\s+of)?{_BIG})"
)

# Words that hint at a number -> the least and the most that they are taken to mean.
_HINTS = {
    "few": (2, 5), "several": (3, 9), "handful": (3, 6), "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99),
    "hundreds": (200, 999), "thousands": (2000, 9999), "millions": (2e6, 9e6),
}  # fmt: skip
_PLURAL_DIGITS = {"1,000s": "thousands", "1000s": "thousands", "100s": "hundreds", "10s": "tens"}
#: Words that hint at a number, as a regular expression without groups.
VAGUE = (
    rf"(?>(?:an?\s+(?:good\s+)?few|several|an?\s+handful\s+of)\b{_BIG}"
    r"|10{1,3}s\s+of\b|1,000s\s+of\b"
    r"|(?:many\s+)?(?:tens|dozens|scores|hundreds|thousands|millions)\s+of\b(?:\s+(?:thousands|millions)\s+of\b)?)"
)
_HINTS_START = re.compile(VAGUE, re.IGNORECASE)
_DIGITS_START = re.compile(_DIGITS)
_AND_PART_END = re.compile(rf"^(?P<whole>.*?){_AND_PART}(?P<scale>{_BIG})$", re.DOTALL)
_RATIO = re.compile(r"[\s-]*(\d+)/(\d+)")
_THREE_DECIMALS = re.compile(r"[1-9]\d{0,2}\.\d{3}(?!\d)")


@dataclass(frozen=True)
class Number:
    """A number that words state or hint at; ``note`` says what is not clear about it."""

    value: float
    low: float
    high: float
    note: str | None = None


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
    >>> parse("three and three-quarters"), parse("1.2bn"), parse("half a million"), parse("10 000")
    (3.75, 1200000000.0, 500000.0, 10000.0)
    >>> parse("9" * 400) is None
    True
    """
    value = _parsed(text.strip().lower())
    return value if value is not None and value < MOST else None


def read(text: str) -> Number | None:
    """Return a number with what its words leave open: bounds for a hint, a note for a comma that may be a point.

    Examples
    --------
    >>> read("a few hundred")
    Number(value=350.0, low=200.0, high=500.0, note="'a few hundred' states no number: taken as 200 to 500")
    >>> read("2,5").note
    "'2,5' is read with a decimal comma, as 2.5"
    """
    words = " ".join(text.split())
    if _HINTS_START.match(words):
        return _hinted(words)
    value = parse(text)
    return None if value is None else Number(value, value, value, _doubt(words, value))


def in_thousands(text: str) -> Number | None:
    """Return "20.000" as twenty thousand, for what nobody states to the thousandth; None for other digits.

    Examples
    --------
    >>> in_thousands("20.000").value, in_thousands("20.5")
    (20000.0, None)
    """
    if not _THREE_DECIMALS.fullmatch(text):
        return None
    value = float(text.replace(".", ""))
    return Number(value, value, value, f"{text!r} is read as {value:,.0f}")


def _doubt(words: str, value: float) -> str | None:
    match = _DIGITS_START.match(words)
    digits = match[0] if match else ""
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return f"{digits!r} is read with a decimal comma, as {value:g}"
    if _THREE_DECIMALS.fullmatch(digits):
        return f"{digits!r} is read as {float(digits):g}; where a full stop parts thousands it is {digits.replace('.', ',')}"
    return None


def _hinted(words: str) -> Number | None:
    lower = words.lower()
    for digits, word in _PLURAL_DIGITS.items():
        lower = lower.replace(digits, word)
    low, high = 1.0, 1.0
    for word in re.findall(r"[a-z]+", lower):
        if word in ("thousands", "millions") and low > 1:
            # "tens of thousands": twenty to ninety-nine of them
            scale = _LARGE[word[:-1]]
            low, high = low * scale, high * scale
        elif word in _HINTS:
            low, high = low * _HINTS[word][0], high * _HINTS[word][1]
        elif word in _SCALES:
            low, high = low * _SCALES[word], high * _SCALES[word]
    note = f"{words!r} states no number: taken as {low:,.0f} to {high:,.0f}"
    return Number((low + high) / 2, low, high, note)


def _parsed(text: str) -> float | None:
    match = _DIGITS_START.match(text)
    if match:
        whole = _from_digits(match[0])
        rest = text[match.end() :]
        ratio = re.match(r"/(\d+)", rest)
        if ratio:
            return whole / float(ratio[1]) if float(ratio[1]) else None
        return (whole + (_fraction(rest) or 0.0)) * _scale(rest)
    if text in _VULGAR:
        return _VULGAR[text]
    before_point, *behind_point = re.split(r"\s+point\s+", text)
    if behind_point:
        before = _from_words(re.findall(r"[a-z]+", before_point))
        shown = "".join(str(_ONES.index(word)) for word in behind_point[0].split() if word in _ONES[:10])
        return None if before is None or not shown else before + float(f"0.{shown}")
    mixed = _AND_PART_END.match(text)
    if mixed:
        whole_words = _from_words(re.findall(r"[a-z]+", mixed["whole"]))
        share = _from_words(re.findall(r"[a-z]+", text[mixed.end("whole") : mixed.start("scale")])[1:])
        if whole_words is not None and share is not None:
            return (whole_words + share) * _scale(mixed["scale"])
    return _from_words(re.findall(r"[a-z]+", text))


def _from_digits(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    if digits.count(".") > 1:
        return float(digits.replace(".", ""))
    return float(re.sub(rf"[, {_NARROW}]", "", digits))


def decimals(text: str) -> int | None:
    """Return how many decimals the digits show; negative for trailing zeros, None for words.

    Examples
    --------
    >>> decimals("24"), decimals("1.25"), decimals("200"), decimals("a dozen")
    (0, 2, -2, None)
    """
    match = _DIGITS_START.match(text.strip().lstrip("-−"))
    if not match:
        return None
    digits = match[0]
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    digits = re.sub(rf"[, {_NARROW}]", "", digits)
    if digits.count(".") == 1:
        return len(digits.split(".")[1])
    digits = digits.replace(".", "")
    return len(digits.rstrip("0")) - len(digits) if digits.strip("0") else 0


def _scale(text: str) -> float:
    words = re.findall(r"[a-z]+", text)
    return _SCALES.get(words[-1], 1.0) if words else 1.0


def _fraction(text: str) -> float | None:
    text = text.strip(" -")
    if text[:1] in _VULGAR:
        return _VULGAR[text[0]]
    ratio = _RATIO.match(text)
    if ratio and float(ratio[2]):  # float: Python refuses to make an int of thousands of digits
        return float(ratio[1]) / float(ratio[2])
    words = re.findall(r"[a-z]+", text)
    return _from_words(words[1:]) if words[:1] == ["and"] and words[-1] in _PARTS else None


def _from_words(words: list[str]) -> float | None:
    """Add up number words from left to right, as one reads them aloud."""
    total, part, seen = 0.0, 0.0, False
    for word in words:
        if word in ("a", "an", "of", "and"):
            continue
        if word == "couple":
            part, seen = 2.0, True
        elif word in _WORDS:
            part, seen = part + _WORDS[word], True
        elif word == "hundred" or word == "dozen":
            part, seen = (part or 1.0) * _SCALES[word], True
        elif word in _SCALES:
            total, part, seen = total + (part or 1.0) * _SCALES[word], 0.0, True
        elif word in _PARTS:
            part, seen = (part or 1.0) * _PARTS[word], True  # "three quarters", "a third"
        else:
            return None
    return total + part if seen else None
