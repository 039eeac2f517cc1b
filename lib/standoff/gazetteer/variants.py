"""Other ways to read a name that is not found as it stands.

They are for the asking side alone, tried one after the other until one finds something, so
that they change nothing for a name that is found. Where reading it so could make another
thing of it, a variant says which kinds of place it may mean: "Anbar Province" is no town
called Anbar.

>>> [variant.key for variant in variants("N. Ossetia")]
['north ossetia', 'northern ossetia']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice, product
from typing import NamedTuple

from standoff.gazetteer.normalise import name_key

_ABBREVIATED = {
    "mtn": ("mountain",), "mtns": ("mountains",), "mts": ("mountains",), "pt": ("point", "port"), "st": ("ste",),
    "ste": ("st",), "hts": ("heights",), "spgs": ("springs",), "intl": ("international",), "afb": ("air force base",),
    "ab": ("air base",), "gov": ("governorate",), "prov": ("province",), "dist": ("district",), "twp": ("township",),
    "tg": ("tanjung", "tanjong"), "tj": ("tanjung",), "kg": ("kampung",), "kep": ("kepulauan",), "pul": ("pulau",),
}  # fmt: skip
_ABBREVIATED_LAST = {
    "co": ("county",),
    "is": ("islands", "island"),
    "isl": ("island",),
    "pen": ("peninsula",),
}
# Words that many Arabic names begin or end with, as they are romanised: hill, spring, monastery, house ...
_ROMANISED = (
    "tel tell tal tall", "ain ayn ein", "deir dayr dair der", "beit bayt bait", "jebel jabal jabel djebel gebel",
    "wadi wady oued ouadi", "sheikh shaykh cheikh shekh", "khirbet khirbat kherbet", "kafr kufr kafar kfar",
    "maarrat maarat maaret marrat", "bir beer bair", "qasr kasr ksar", "qalat kalat qalaat", "umm um oum om",
    "abu abou", "dhahab dahab", "souk suq souq sug", "nahr naher", "kabir kebir", "saghir sghir seghir",
)  # fmt: skip
_MOST_SPELLINGS = 12

_COMPASS = {
    "N": "north", "S": "south", "E": "east", "W": "west",
    "NE": "northeast", "NW": "northwest", "SE": "southeast", "SW": "southwest",
}  # fmt: skip
_COMPASS_FIRST = re.compile(r"\s*([NS]\.?[EW]?|[EW])(?:\.\s*|\s+)(?=[^\W\d_])")

_TOWN_KINDS = frozenset("city commune municipality town township village".split())
_REGION_KINDS = frozenset(
    "borough canton county department district division emirate governorate krai oblast okrug parish prefecture "
    "province raion rayon region republic state subdistrict tehsil territory voivodeship wilayat".split()
)
# Words for an island that stand before its name in other languages: "Pulau Bintan", "Isla Margarita".
_ISLAND_FIRST = frozenset("pulau isla ilha ile isola jazirat geziret nusa".split())
_ISLANDS = frozenset({"island"})
_WATERS = {
    "strait": "strait",
    "straits": "strait",
    "gulf": "gulf",
    "bay": "bay",
    "channel": "channel",
    "lake": "lake",
}
_TOWNS = frozenset({"city"})
_REGIONS = frozenset({"admin1", "admin2", "region", "country"})
_WIDE = frozenset({"admin1", "region", "country", "continent"})
# With one of these before it, a kind of place is another thing: "the old city", "Islamic State".
_NO_NAMES = frozenset(
    "black capital central coastal deep federal green holy home industrial inner islamic lower middle nation "
    "national new old one other police rural school security special union united upper urban welfare".split()
) | frozenset(side + end for side in ("north", "south", "east", "west") for end in ("", "ern"))

_THE = "ال"  # the Arabic article, written to its noun
_UMLAUTS = re.compile("(?<!^)(?:ae|oe|ue)")
_LEAST_UMLAUT = 6  # shorter words with these letters are seldom German: "Joel", "Duero"
_LEAST_SINGULAR = 5
_RUSSIAN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)
_UKRAINIAN = _RUSSIAN | dict(zip("гийіїєґюя", "h y i i i ie g iu ia".split(), strict=True))


class Variant(NamedTuple):
    """A name read in another way.

    Attributes
    ----------
    key : str
        What to look up.
    rule : str
        What was done to the name, for people.
    features : frozenset of str
        The kinds of place that it may mean so; any if empty.
    """

    key: str
    rule: str
    features: frozenset[str] = frozenset()


def variants(text: str) -> Iterator[Variant]:
    """Give the other readings of a name, the surest first.

    1. An abbreviation in full: Pt., Hts., Intl., AFB, and as a last word Co. and Is.
    2. A compass letter before a capitalised name: N. Korea, SE Asia.
    3. Arabic words of many names romanised in another way: Tel and Tall, Deir and Dayr.
    4. An Arabic noun with or without its article.
    5. Cyrillic in Latin letters, as Russian and as Ukrainian are romanised.
    6. "Duesseldorf" without its umlaut's e.
    7. "X County" as "County of X" and the other way round, for every kind of region and town;
       then X alone, if there is such a region, or such a town.
    8. "Pulau X", "Isla X" as the island X; "X Straits" as "Strait of X".
    9. Several countries or regions by one name: "the Koreas", "the two Sudans".

    Parameters
    ----------
    text : str
        A name as written: capitals count for the second rule.

    Examples
    --------
    >>> [variant.key for variant in variants("Kern Co.")]
    ['kern county', 'county of kern', 'kern']
    >>> [(variant.key, variant.rule) for variant in variants("Бахмут")]
    [('bakhmut', 'in Latin letters')]
    >>> list(variants("Mosul")), list(variants("Islamic State"))[1:]
    ([], [])
    """
    main = name_key(text)
    seen = {main, ""}
    for variant in _all(main, text) if main else ():
        key = name_key(variant.key)
        if key not in seen:
            seen.add(key)
            yield variant._replace(key=key)


def _all(main: str, text: str) -> Iterator[Variant]:
    full = [*_spelled_out(main), *_compass(text)]
    yield from full
    yield from _romanised_otherwise(main)
    yield from _arabic_article(main)
    yield from (Variant(key, "in Latin letters") for key in romanised(main))
    yield from _without_umlauts(main)
    yield from chain.from_iterable(_island(key) for key in (*(variant.key for variant in full), main))
    yield from chain.from_iterable(_water(key) for key in (*(variant.key for variant in full), main))
    yield from chain.from_iterable(_kind_moved(key) for key in (*(variant.key for variant in full), main))
    yield from _one_of_several(main)


def _spelled_out(key: str) -> Iterator[Variant]:
    *words, last = key.split(" ")
    if words:
        choices = [_ABBREVIATED.get(word, ()) for word in words]
        choices.append(_ABBREVIATED_LAST.get(last) or _ABBREVIATED.get(last, ()))
        yield from _chosen([*words, last], choices, "abbreviation in full")


def _romanised_otherwise(key: str) -> Iterator[Variant]:
    words = key.split(" ")
    if len(words) > 1:
        yield from _chosen(words, [_alike().get(word, ()) for word in words], "romanised otherwise")


def _chosen(words: Sequence[str], others: Sequence[Sequence[str]], rule: str) -> Iterator[Variant]:
    """Give a name with other words for some of its own; the first choice, the name itself, is left out."""
    choices = [(word, *other) for word, other in zip(words, others, strict=True)]
    yield from (
        Variant(" ".join(spelling), rule) for spelling in islice(product(*choices), 1, _MOST_SPELLINGS)
    )


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(other for other in group.split() if other != word)
        for group in _ROMANISED
        for word in group.split()
    }


def _compass(text: str) -> Iterator[Variant]:
    match = _COMPASS_FIRST.match(text)
    if match is None or text[match.end()].islower():
        return
    side, rest = _COMPASS[match[1].replace(".", "")], name_key(text[match.end() :])
    yield Variant(f"{side} {rest}", "compass letter in full")
    yield Variant(f"{side}ern {rest}", "compass letter in full")


def _arabic_article(key: str) -> Iterator[Variant]:
    if not "\u0627" <= key[0] <= "\u064a":  # Arabic letters
        return
    first, *rest = (word.removeprefix(_THE) if len(word) > len(_THE) + 1 else word for word in key.split(" "))
    for words in (
        [first, *rest],
        [first, *(_THE + word for word in rest)],
        [_THE + w for w in (first, *rest)],
    ):
        yield Variant(" ".join(words), "Arabic article")


def romanised(key: str) -> Iterator[str]:
    """Give a Cyrillic key in Latin letters, as from Russian and from Ukrainian; nothing for other scripts."""
    if not any(letter in _UKRAINIAN for letter in key):
        return
    tables = (_UKRAINIAN, _RUSSIAN) if any(letter in "іїєґ" for letter in key) else (_RUSSIAN, _UKRAINIAN)
    for table in tables:
        yield "".join(table.get(letter, letter) for letter in key)


def _without_umlauts(key: str) -> Iterator[Variant]:
    if len(key) >= _LEAST_UMLAUT:
        yield Variant(_UMLAUTS.sub(lambda match: match[0][0], key), "umlaut")


def _island(key: str) -> Iterator[Variant]:
    """Give "Pulau Bintan" as "Bintan" and "Bintan Island", and as its own town where it has one."""
    first, _, name = key.partition(" ")
    if name and first in _ISLAND_FIRST:
        yield Variant(f"{name} island", "an island")
        yield Variant(name, "an island", _ISLANDS)


def _kind_moved(key: str) -> Iterator[Variant]:
    kind, name, other = _parts(key)
    if not kind:
        return
    yield Variant(other, "kind of place moved")
    if name.split(" ")[-1] not in _NO_NAMES:
        yield Variant(name, "without its kind", _TOWNS if kind in _TOWN_KINDS else _REGIONS)


def _water(key: str) -> Iterator[Variant]:
    """Give "Malacca Straits" as "Strait of Malacca", "Gulf of Finland" as "Finland Gulf"."""
    words = key.split(" ")
    if len(words) > 1 and words[-1] in _WATERS:
        kind = _WATERS[words[-1]]
        name = " ".join(words[:-1])
        yield from (Variant(f"{each} of {name}", "kind of water moved") for each in (kind, f"{kind}s"))
    elif len(words) > 2 and words[0] in _WATERS and words[1] == "of":
        yield Variant(" ".join([*words[2:], _WATERS[words[0]]]), "kind of water moved")


def _parts(key: str) -> tuple[str, str, str]:
    """Return the kind of place that a key names, the name without it, and the two the other way round."""
    words = key.split(" ")
    kinds = _TOWN_KINDS | _REGION_KINDS
    if len(words) > 2 and words[0] in kinds and words[1] == "of":
        name = " ".join(words[2:])
        return words[0], name, f"{name} {words[0]}"
    if len(words) > 1 and words[-1] in kinds:
        name = " ".join(words[:-1])
        return words[-1], name, f"{words[-1]} of {name}"
    return "", "", ""


def _one_of_several(key: str) -> Iterator[Variant]:
    name = key.removeprefix("two ")
    if len(name) > _LEAST_SINGULAR and name.isascii() and name.endswith("s") and name[-2] not in "sui":
        yield Variant(name[:-1], "one of several", _WIDE)
