"""One key for the many ways in which a name is written: what the index is made with, and asked by.

>>> {name_key(name) for name in ("At Tanf", "At-Tanf", "al-Tanf", "Al Tanf", "Tanf", "the Tanf", "Tanf's")}
{'tanf'}

Its rules hold for every name, whatever it means. Rules that may also miss are in `variants`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain

_APOSTROPHES = "'’‘`´ʻʼʽʾʿ′"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s?$|(?<=s)[{_APOSTROPHES}]$")
_AT_THE_END = " \t\r\n.,;:!?"  # "Mosul's." is a possessive too
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
# Latin letters that have no decomposition in Unicode.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ə": "a", "&": " and ",
    # Letters that newsrooms and keyboards use for one another: yo, Arabic alefs, Persian yeh and kaf.
    "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ؤ": "و",
    "ة": "ه", "ۀ": "ه", "ە": "ه", "ء": "",
}  # fmt: skip
_LATIN_AND_GREEK = (range(0x00C0, 0x0250), range(0x0370, 0x0400), range(0x1E00, 0x2000))
# Letters by their look, as they come out of PDFs: ligatures, joined Arabic forms, wide Latin.
_LOOKS = (range(0xFB00, 0xFB07), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD), range(0xFF01, 0xFF5F))
_ARABIC_VOWELS = (*range(0x064B, 0x0660), 0x0670)  # written in dictionaries, left out in news
_INVISIBLE = "\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # soft hyphens, joiners, directions
)
# Blocks whose scripts write vowels as marks, which are no word characters to ``re``.
_MARK_BLOCKS = (range(0x0483, 0x1D00), range(0x3099, 0x309B), range(0xA66F, 0xAC00))

# The Arabic article keeps its l before any letter (al-Tanf), or takes on the sound of a
# following sun letter (at-Tanf, ash-Shaddadi): then it is an article only before that sound.
_ARTICLES = {"al", "el", "ul"}
_ASSIMILATED = ("t", "th", "d", "dh", "r", "z", "s", "sh", "n")
_SUN_ARTICLES = {vowel + sound: sound for vowel in "aeu" for sound in _ASSIMILATED}

# Words that are written short as often as in full, in any language that has them. Not as the whole name.
_SHORT = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def name_key(text: str) -> str:
    """Return the key under which a name is looked up.

    Case, Latin diacritics, apostrophes, full stops, hyphens, a leading "the", Arabic
    articles and a possessive fall away, "Saint", "Mount" and "Fort" become "st", "mt" and "ft";
    other scripts pass through.

    Parameters
    ----------
    text : str
        A name as written.

    Returns
    -------
    str
        Words with one space between; empty if nothing of a name is left.

    Examples
    --------
    >>> name_key("Deir ez-Zor"), name_key("U.S."), name_key("São Tomé's")
    ('deir zor', 'us', 'sao tome')
    >>> name_key("As Suwayda'"), name_key("Athens"), name_key("El Paso")
    ('suwayda', 'athens', 'paso')
    >>> name_key("Saint Louis"), name_key("Mt. Everest"), name_key("Fort")
    ('st louis', 'mt everest', 'fort')
    >>> name_key("التَّنْف"), name_key("Київ"), name_key("ﻏﺰﺓ") == name_key("غزة")
    ('التنف', 'київ', True)
    """
    folded = text.casefold()
    if not _PLAIN.fullmatch(folded):
        folded = _stripped(folded)
    return _without_articles(folded)


def _stripped(folded: str) -> str:
    text = _POSSESSIVE.sub("", folded.strip().rstrip(_AT_THE_END))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _separators().sub(" ", text.translate(_table())).strip()


@cache
def _table() -> dict[int, str | None]:
    """Return what each character becomes: Latin and Greek letters lose their marks, others keep them."""
    table: dict[int, str | None] = dict.fromkeys(range(0x0300, 0x0370))
    for code in chain(*_LATIN_AND_GREEK):
        base = unicodedata.normalize("NFKD", chr(code))
        table[code] = "".join(char for char in base if not unicodedata.combining(char))
    table |= dict.fromkeys(_ARABIC_VOWELS)
    table |= dict.fromkeys(map(ord, _APOSTROPHES + "." + _INVISIBLE))
    table |= {ord(letter): plain for letter, plain in _LETTERS.items()}
    # After all others, whose rules hold for the letters that these stand for.
    looks = {code: unicodedata.normalize("NFKC", chr(code)).translate(table) for code in chain(*_LOOKS)}
    return table | looks


@cache
def _separators() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in chain(*_MARK_BLOCKS) if unicodedata.category(chr(code))[0] == "M")
    return re.compile(rf"(?:[^\w{marks}]|_)+")


def _without_articles(key: str) -> str:
    words = key.split(" ")
    if len(words) == 1:
        return key
    kept: list[str] = []
    for word in reversed(words):  # an article is one by the word behind it
        if not kept or not _is_article(word, kept[-1]):
            kept.append(_SHORT.get(word, word))
    while len(kept) > 1 and kept[-1] == "the":
        kept.pop()
    return " ".join(reversed(kept)) if len(kept) > 1 else words[-1]


def _is_article(word: str, following: str) -> bool:
    if len(following) < 2:
        return False
    if word in _ARTICLES:
        return True
    sound = _SUN_ARTICLES.get(word)
    return sound is not None and following.startswith(sound)
