"""One key for the many ways in which a name is written, and weaker keys for a second try.

>>> {name_key(name) for name in ("At Tanf", "At-Tanf", "al-Tanf", "Al Tanf", "Tanf", "the Tanf", "Tanf's")}
{'tanf'}
>>> name_keys("Ft. Worth"), name_keys("N. Korea"), name_keys("Kern Co.")
(('ft worth', 'fort worth'), ('n korea', 'north korea', 'northern korea'), ('kern co', 'kern county', 'county of kern', 'kern'))

`name_key` is what the index is made with, so its rules hold for both sides. The rules of
`name_keys` are for the asking side alone: a lookup tries its keys in order and stops at the
first that finds something, so that they change nothing for a name that is found as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise

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
_THE = "ال"  # the Arabic article, written to its noun

# What follows is for the weaker keys.
_ABBREVIATED = {
    "st": ("saint", "sainte"), "ste": ("sainte",), "saint": ("st",), "sainte": ("ste", "st"),
    "mt": ("mount",), "mount": ("mt",), "mtn": ("mountain",), "mtns": ("mountains",), "mts": ("mountains",),
    "ft": ("fort",), "fort": ("ft",), "pt": ("point", "port"), "hts": ("heights",), "spgs": ("springs",),
    "intl": ("international",), "afb": ("air force base",), "ab": ("air base",), "gov": ("governorate",),
    "prov": ("province",), "dist": ("district",), "twp": ("township",),
}  # fmt: skip
_ABBREVIATED_LAST = {"co": "county", "is": "islands", "isl": "island", "pen": "peninsula", "obl": "oblast"}
_COMPASS = {
    "N": "north", "S": "south", "E": "east", "W": "west",
    "NE": "northeast", "NW": "northwest", "SE": "southeast", "SW": "southwest",
}  # fmt: skip
_COMPASS_FIRST = re.compile(r"\s*([NS]\.?[EW]?|[EW])(?:\.\s*|\s+)(?=[^\W\d_])")
_KINDS = frozenset(
    "borough canton city commune county department district division emirate governorate krai municipality oblast "
    "okrug parish prefecture province raion rayon region republic state subdistrict tehsil territory town township "
    "village voivodeship wilayat".split()
)
# With one of these before it, a kind of place is another thing: "the old city", "Islamic State".
_NO_NAMES = frozenset(
    "black capital central coastal deep federal green holy home industrial inner islamic lower middle nation "
    "national new old one other police rural school security special union united upper urban welfare".split()
) | frozenset(side + end for side in ("north", "south", "east", "west") for end in ("", "ern"))
_LEAST_BARE = 4
_LEAST_SINGULAR = 5
_UMLAUTS = re.compile("ae|oe|ue")
_RUSSIAN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)
_UKRAINIAN = _RUSSIAN | {
    "г": "h",
    "и": "y",
    "й": "i",
    "і": "i",
    "ї": "i",
    "є": "ie",
    "ґ": "g",
    "ю": "iu",
    "я": "ia",
}


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
    >>> name_key("التَّنْف"), name_key("Київ"), name_key("ﻏﺰﺓ") == name_key("غزة")
    ('التنف', 'київ', True)
    """
    folded = text.casefold()
    if not _PLAIN.fullmatch(folded):
        folded = _stripped(folded)
    return _without_articles(folded)


def name_keys(text: str) -> tuple[str, ...]:
    """Return the keys to look a name up under: `name_key` first, weaker ones after.

    A lookup tries them in order and stops at the first that finds anything. In this order:

    1. the main key;
    2. abbreviations of a word spelled out or put in their place: St. Louis and Saint Louis,
       Mt., Ft., Pt., Intl., AFB, and as a last word Co. and Is.;
    3. a compass letter as a first word before a capitalised name: N. Korea, SE Asia;
    4. an article after the name ("Tanf, At"), an Arabic noun with or without its article;
    5. Cyrillic in Latin letters, as it is romanised from Ukrainian and from Russian;
    6. "Duesseldorf" without its umlaut's e, "Raqqah" as "Raqqa" and the other way round;
    7. "X County" as "County of X" and the other way round, for every kind of region and town;
    8. that name without its kind: "City of X" and "X City" as "X" - a place that is there,
       but perhaps another one: the town for its county;
    9. a last word in the singular: "the Koreas", "the two Sudans".

    Parameters
    ----------
    text : str
        A name as written: capitals count for the third rule.

    Returns
    -------
    tuple of str
        Different keys; empty if nothing of a name is left.

    Examples
    --------
    >>> name_keys("Mosul")
    ('mosul',)
    >>> name_keys("County of Kern"), name_keys("Mexico City")
    (('county of kern', 'kern county', 'kern'), ('mexico city', 'city of mexico', 'mexico'))
    >>> name_keys("Бахмут"), name_keys("Islamic State")
    (('бахмут', 'bakhmut'), ('islamic state', 'state of islamic'))
    """
    main = name_key(text)
    if not main:
        return ()
    full = [main, *_spelled_out(main), *_compass(text)]
    found = [
        *full, *_articles_moved(main), *_romanised(main), *_endings(main),
        *chain.from_iterable(map(_kind_moved, full)), *chain.from_iterable(map(_bare, full)), *_singular(main),
    ]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, [main, *map(name_key, found[1:])])))


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
    if words[0] == "the":
        words = words[1:]
    pairs = pairwise(words)
    return " ".join([*(word for word, following in pairs if not _is_article(word, following)), words[-1]])


def _is_article(word: str, following: str) -> bool:
    if len(following) < 2:
        return False
    if word in _ARTICLES:
        return True
    sound = _SUN_ARTICLES.get(word)
    return sound is not None and following.startswith(sound)


def _spelled_out(key: str) -> Iterator[str]:
    """Give the key with one abbreviation at a time in another form."""
    words = key.split(" ")
    if len(words) == 1:
        return
    for at, word in enumerate(words):
        for other in _ABBREVIATED.get(word, ()):
            yield " ".join([*words[:at], other, *words[at + 1 :]])
    if words[-1] in _ABBREVIATED_LAST:
        yield " ".join([*words[:-1], _ABBREVIATED_LAST[words[-1]]])


def _compass(text: str) -> Iterator[str]:
    match = _COMPASS_FIRST.match(text)
    if match is None or text[match.end()].islower():
        return
    side, rest = _COMPASS[match[1].replace(".", "")], name_key(text[match.end() :])
    yield f"{side} {rest}"
    yield f"{side}ern {rest}"


def _articles_moved(key: str) -> Iterator[str]:
    words = key.split(" ")
    if len(words) > 1 and (words[-1] in _ARTICLES or words[-1] in _SUN_ARTICLES):
        yield " ".join(words[:-1])
    if "\u0627" <= key[0] <= "\u064a":  # Arabic letters
        bare = [word.removeprefix(_THE) if len(word) > len(_THE) + 1 else word for word in words]
        yield " ".join(bare)
        yield " ".join([bare[0], *(_THE + word for word in bare[1:])])
        yield " ".join(_THE + word for word in bare)


def _romanised(key: str) -> Iterator[str]:
    if not any(letter in _UKRAINIAN for letter in key):
        return
    tables = (_UKRAINIAN, _RUSSIAN) if any(letter in "іїєґ" for letter in key) else (_RUSSIAN, _UKRAINIAN)
    for table in tables:
        yield "".join(table.get(letter, letter) for letter in key)


def _endings(key: str) -> Iterator[str]:
    yield _UMLAUTS.sub(lambda match: match[0][0], key)
    words = key.split(" ")
    yield " ".join(word[:-1] if len(word) > 3 and word.endswith("ah") else word for word in words)
    yield " ".join(word[:-2] + "a" if len(word) > 4 and word.endswith("eh") else word for word in words)
    if len(words[-1]) > 3 and words[-1].endswith("a"):
        yield key + "h"


def _parts(key: str) -> tuple[str, str]:
    """Return the kind of place that a key names and the name without it; empty if it names none."""
    words = key.split(" ")
    if len(words) > 2 and words[0] in _KINDS and words[1] == "of":
        return words[0], " ".join(words[2:])
    if len(words) > 1 and words[-1] in _KINDS:
        return words[-1], " ".join(words[:-1])
    return "", ""


def _kind_moved(key: str) -> Iterator[str]:
    kind, name = _parts(key)
    if kind:
        yield (
            f"{kind} of {name}"
            if key.endswith(kind) and not key.startswith(f"{kind} of ")
            else f"{name} {kind}"
        )


def _bare(key: str) -> Iterator[str]:
    name = _parts(key)[1]
    if len(name) >= _LEAST_BARE and name.split(" ")[-1] not in _NO_NAMES:
        yield name


def _singular(key: str) -> Iterator[str]:
    last = key.split(" ")[-1]
    if len(last) > _LEAST_SINGULAR and last.isascii() and last.endswith("s") and last[-2] not in "sui":
        yield key[:-1]
