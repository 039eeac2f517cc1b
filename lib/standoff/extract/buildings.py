"""Buildings, streets and the like: "the Amarula hotel", "the Turkish consulate", "Warehouse 12", "the Palace of Justice".

The gazetteer has hardly any of them, and its towns bear their names: the mention says what the report names, and
nothing is looked up for it. Only behind words that put something there is one taken; else it may be an
institution that acts: "the Russian embassy said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from standoff.extract.state import Taken, text_of
from standoff.model import PlaceMention

_NOUNS = (
    "hotel|embassy|consulate|market|mosque|church|cathedral|monastery|temple|synagogue|hospital|clinic|university|college|school"
    "|prison|jail|stadium|square|palace|street|road|avenue|highway|boulevard|motorway|cinema|theatre|theater|museum|mall|cemetery"
)
_SMALL = r"(?:(?:al|el|de|la|del|des|du|of|the|St\.?|bin|ul|e|ez)(?:\s|-))"
_CAP = r"(?![a-z])[^\W\d_][\w'’.-]*"
_NAME = rf"(?:{_SMALL}?{_CAP}\s+){{1,4}}"
_PUTS = (
    r"(?:in|inside|at|outside|near|on|onto|beside|opposite|behind|from|into|around|off|towards?|to|along"
    r"|(?:siege|storming|attack|raid|assault|bombing|shelling|seizure|occupation|evacuation|front|gates?|yard|grounds|corner)\s+(?:of|on))"
)
_OWNER = rf"(?:{_CAP}['’]s\s+)?"
_PLACED = re.compile(
    rf"\b(?i:{_PUTS})\s+(?:(?:the|a)\s+)?{_OWNER}(?P<name>"
    rf"(?P<by_noun>{_NAME}(?i:{_NOUNS}))\b"
    r"|(?:Warehouse|Hangar|Building|Gate|Pier|Platform|Terminal)\s+(?:\d{1,3}|[A-Z])\b"
    rf"|(?:Palace|Cathedral|Church|Mosque|Temple|Monastery|Hall|Castle|Tower|Museum)\s+of\s+(?:the\s+)?{_CAP})"
)
#: Capitalised words that name no building by themselves: "in High School", "at Catholic Church".
_PLAIN = frozenset(
    "high catholic orthodox black stock free primary secondary public private the new old our".split()
)


def buildings(doc: Doc, taken: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield mentions of buildings and streets that something is put at, none over a name of a town or site.

    Parameters
    ----------
    doc : Doc
    taken : list of PlaceMention
        The mentions that there are, in text order. That of a people gives way to "the Turkish consulate".

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("en")("A bomb exploded outside the Amarula hotel. The Amarula hotel said nothing.")
    >>> [mention.text for mention in buildings(doc, [])]
    ['Amarula hotel']
    """
    spans = Taken(len(text_of(doc)))
    for mention in taken:
        if mention.kind != "demonym":
            spans.add(mention.start, mention.end)
    for number, match in enumerate(_PLACED.finditer(text_of(doc))):
        start, end = match.span("name")
        words = match["name"].split()
        if spans.touches(start, end) or (match["by_noun"] and words[0].lower() in _PLAIN):
            continue
        yield PlaceMention(
            id=f"b{number}", text=match["name"], start=start, end=end, kind="facility",
            reason="a building or street, which is not looked up in the gazetteer",
        )  # fmt: skip


def with_buildings(doc: Doc, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Return mentions with the buildings and streets among them, in text order."""
    found = list(buildings(doc, mentions))
    held = Taken(len(text_of(doc)))
    for building in found:
        held.add(building.start, building.end)
    kept = [m for m in mentions if not held.touches(m.start, m.end)]
    return sorted([*kept, *found], key=lambda mention: mention.start)
