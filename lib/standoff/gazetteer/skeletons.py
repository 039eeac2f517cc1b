"""What stays of a name when its vowels, doubled letters and like sounds fall away.

Misspelt names mostly keep it, or are one letter off it: that is how `spelling` finds them
without a comparison with every name. The index keeps one for each key.

>>> [skeleton(key) for key in ("aleppo", "aleepo", "deir zor", "dayr zawr", "харків", "kharkiv", "حلب", "halab")]
['alp', 'alp', 'trsr', 'trsr', 'krkp', 'krkp', 'hlp', 'hlp']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

SOUNDS = "ahklmprst"  # every sound there is, one letter each
#: The letters of each sound. All others are vowels, and stay as an "a" if a name begins with one.
_LETTERS = {
    "h": "h", "k": "cgjkqx", "l": "l", "m": "mn", "p": "bfpv", "r": "r", "s": "sz", "t": "dt"
}  # fmt: skip
_OTHER_SCRIPTS = {
    "h": "حهھ", "k": "гґжкхчщجخغقكگچ", "l": "лل", "m": "мнمن", "p": "бвпфبفپڤ", "r": "рر",
    "s": "зсцшزسشصژ", "t": "дтتثدذضطظ",
}  # fmt: skip
# One sound, two letters: the h of kh, gh, sh, zh, th, dh, ch, ph says little of what is heard.
_ASPIRATED = re.compile(r"(?<=[bcdgjkpqrstxz])h")
_DOUBLED = re.compile(r"(.)\1+")
_SCRIPTS = (range(0x0030, 0x0250), range(0x0400, 0x0530), range(0x0600, 0x0700))  # Latin, Cyrillic, Arabic


def skeleton(key: str) -> str:
    """Return the sounds of a key; empty for scripts other than Latin, Cyrillic and Arabic.

    Parameters
    ----------
    key : str
        As `name_key` makes it.
    """
    if not key or not any(ord(key[0]) in script for script in _SCRIPTS):
        return ""
    single = _DOUBLED.sub(r"\1", key)  # before the vowels go: "Mama" has two
    sounds = _ASPIRATED.sub("", single).translate(_sounds())
    return sounds if key[0].translate(_sounds()) else "a" + sounds


@cache
def _sounds() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(chain(*_SCRIPTS, [ord(" ")]))
    for letters in (_LETTERS, _OTHER_SCRIPTS):
        table |= {ord(letter): sound for sound, group in letters.items() for letter in group}
    return table


def near(bones: str) -> Iterator[str]:
    """Give a skeleton and all that are one sound off: one missing, too many, another, or two swapped.

    Examples
    --------
    >>> set("trsr tsr trs rtsr tlrsr tlsr".split()) <= set(near("trsr"))
    True
    """
    yield bones
    for at in range(len(bones) + 1):
        head, tail = bones[:at], bones[at:]
        yield head + tail[1:]
        yield from (head + sound + tail for sound in SOUNDS[1:])
        if tail:
            yield from (head + sound + tail[1:] for sound in SOUNDS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
