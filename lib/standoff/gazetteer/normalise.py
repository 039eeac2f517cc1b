"""One key for the many ways in which a name is written.

>>> {name_key(name) for name in ("At Tanf", "At-Tanf", "al-Tanf", "Al Tanf", "Tanf", "the Tanf", "Tanf's")}
{'tanf'}
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = "'’‘`´ʻʼʽʾʿ′"
_DELETE = {ord(char): None for char in _APOSTROPHES + ".\u0640\u200c\u200d\u200e\u200f\ufeff"}
# Arabic vowel signs: written in dictionaries, left out in news.
_DELETE |= dict.fromkeys([*range(0x064B, 0x0653), 0x0670], None)
# Latin letters that have no decomposition in Unicode.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ə": "a", "&": " and ",
})  # fmt: skip
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s?$|(?<=s)[{_APOSTROPHES}]$")
_SEPARATORS = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")

# The Arabic article keeps its l before any letter (al-Tanf), or takes on the sound of a
# following sun letter (at-Tanf, ash-Shaddadi): then it is an article only before that sound.
_ARTICLES = {"al", "el", "ul"}
_ASSIMILATED = ("t", "th", "d", "dh", "r", "z", "s", "sh", "n")
_SUN_ARTICLES = {vowel + sound: sound for vowel in "aeu" for sound in _ASSIMILATED}


def name_key(text: str) -> str:
    """Return the key under which a name is looked up.

    Case, Latin diacritics, apostrophes, full stops, hyphens, a leading "the", Arabic
    articles and a possessive fall away; other scripts pass through.

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
    >>> name_key("التَّنْف"), name_key("Київ")
    ('التنف', 'київ')
    """
    folded = text.casefold()
    if not _PLAIN.fullmatch(folded):
        folded = _stripped(folded)
    return _without_articles(folded)


def _stripped(folded: str) -> str:
    text = _POSSESSIVE.sub("", folded.strip()).translate(_DELETE)
    if not text.isascii():
        text = _without_diacritics(text)
    return _SEPARATORS.sub(" ", text.translate(_LETTERS)).strip() if not _marked(text) else _spaced(text)


def _without_diacritics(text: str) -> str:
    """Drop marks on Latin and Greek letters; elsewhere a mark may be a letter (й, आ)."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii():
            kept.append(char)
            continue
        base, *marks = list(unicodedata.normalize("NFKD", char))
        latin = marks and (base.isascii() or "\u0370" <= base <= "\u03ff")
        kept.append(base + "".join(m for m in marks if not unicodedata.combining(m)) if latin else char)
    return "".join(char for char in kept if not "\u0300" <= char <= "\u036f")


def _marked(text: str) -> bool:
    """Tell whether a script here writes vowels as marks, which are no word characters to ``re``."""
    return not text.isascii() and any(unicodedata.category(char)[0] == "M" for char in text)


def _spaced(text: str) -> str:
    kept = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return " ".join("".join(kept).translate(_LETTERS).split())


def _without_articles(key: str) -> str:
    words = key.split(" ")
    if len(words) == 1:
        return key
    if words[0] == "the":
        words = words[1:]
    last = len(words) - 1
    kept = [word for i, word in enumerate(words) if i == last or not _is_article(word, words[i + 1])]
    return " ".join(kept)


def _is_article(word: str, following: str) -> bool:
    if len(following) < 2:
        return False
    if word in _ARTICLES:
        return True
    sound = _SUN_ARTICLES.get(word)
    return sound is not None and following.startswith(sound)
