"""What a zone takes from the statements round it, once these are known: its radius, its centre, its depth.

Runs after the relations. Whatever it takes that the report does not say of the zone
itself stands in ``zone.reason``.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.extract.state import words_at
from standoff.extract.zone_parse import Words
from standoff.model import Measure, PlaceMention, Relation, Zone

_GAP = 30  # characters between a strip and the border that it runs along
_SAY = frozenset("say tell speak announce report write state declare add meet".split())


@Language.factory(
    "standoff_zone_facts",
    requires=["doc._.zones", "doc._.relations", "doc._.place_mentions", "doc._.measures"],
    assigns=["doc._.zones", "doc._.relations"],
)
class ZoneFacts:
    """spaCy component: completes the zones, and gives a border the depth of the strip along it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Complete the zones of one document."""
        if doc._.zones:
            facts = _Facts(doc)
            doc._.relations = facts.with_depths(doc._.relations, doc._.zones)
            doc._.zones = [facts.centred(facts.sized(zone)) for zone in doc._.zones]
        return doc


class _Facts:
    """The statements of one document that zones can be completed from."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = Words(doc)
        self.measures: dict[str, Measure] = {m.id: m for m in doc._.measures}
        self.within: list[Relation] = sorted(
            (r for r in doc._.relations if r.kind == "within" and r.measure and r.anchors),
            key=lambda r: r.start,
        )
        self._within_starts = [r.start for r in self.within]
        local = [p for p in self.words.places if self._is_local(p)]
        self.sites = [p for p in local if p.kind == "facility"]
        self.local = [p for p in local if p.kind != "facility"]

    def sized(self, zone: Zone) -> Zone:
        """Give a zone with no radius that of "within 200 miles of the islands", said in the sentence before or its own."""
        if zone.measure is not None:
            return zone
        number = self.words.sentence_of(self._first_word(zone))
        first = self.doc[self.words.sentences[max(0, number - 1)][0]].idx
        index = bisect_left(self._within_starts, zone.mentions[0][1]) - 1
        if index < 0 or self.within[index].start < first:
            return zone
        r = self.within[index]
        return zone.model_copy(
            update={
                "measure": r.measure, "radius_m": r.metres, "low_m": r.low_m, "high_m": r.high_m,
                "anchor": zone.anchor or r.anchors[0], "reason": f"its radius is that of {r.text!r}",
            }
        )  # fmt: skip

    def centred(self, zone: Zone) -> Zone:
        """Put a zone with a radius but no centre round the site, else the town, that the report last spoke of."""
        if zone.radius_m is None or zone.anchor is not None:
            return zone
        word = self._first_word(zone)
        here, until = zone.mentions[0][0], self.words.sentence_end(word)
        before = [_last(self.sites, here), _last(self.local, here)]
        behind = [_first(self.local, here, until), _first(self.sites, here, None)]
        place = next((p for p in (*before, *behind) if p), None)
        if place is None:
            return zone
        what = "site" if place.kind == "facility" else "place"
        order = f"the last {what} named before" if place.start < here else f"the next {what} named"
        why = f"no centre is stated; taken round {place.text!r}, {order}"
        return zone.model_copy(
            update={"anchor": place.id, "reason": f"{zone.reason}; {why}" if zone.reason else why}
        )

    def with_depths(self, relations: list[Relation], zones: list[Zone]) -> list[Relation]:
        """Give the border that a strip runs along the strip's depth: "a 5-km-deep zone along the border with X"."""
        strips = {
            end: self.measures[zone.measure]
            for zone in zones
            for _, end in zone.mentions
            if zone.measure and zone.radius_m is None
        }
        ends = sorted(strips)
        found = []
        for relation in relations:
            index = bisect_left(ends, relation.start) - 1
            near = relation.kind == "border" and index >= 0 and relation.start - ends[index] <= _GAP
            if near and relation.measure is None:
                depth = strips[ends[index]]
                update = {
                    "measure": depth.id,
                    "metres": depth.si_value,
                    "low_m": 0.0,
                    "high_m": depth.si_value,
                }
                found.append(relation.model_copy(update=update))
            else:
                found.append(relation)
        return found

    def _first_word(self, zone: Zone) -> Token:
        return words_at(self.doc, *zone.mentions[0])[-1]

    def _is_local(self, place: PlaceMention) -> bool:
        """Say whether a place can be what a zone lies round: no country, and not where somebody speaks."""
        if place.id in self.words.containers or self.words.is_country(place):
            return False
        head = words_at(self.doc, place.start, place.end).root
        return not (
            head.dep_ == "pobj" and head.head.head.lemma_.lower() in _SAY and head.head.lower_ in ("in", "at")
        )


def _last(places: list[PlaceMention], before: int) -> PlaceMention | None:
    index = bisect_left(places, before, key=lambda p: p.start) - 1
    return places[index] if index >= 0 else None


def _first(places: list[PlaceMention], since: int, until: int | None) -> PlaceMention | None:
    index = bisect_left(places, since, key=lambda p: p.start)
    return places[index] if index < len(places) and (until is None or places[index].start < until) else None
