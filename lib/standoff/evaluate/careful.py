"""Holds a reading against what a careful reader takes from the same words.

Nothing here knows how the reading was made: it looks at the record of the contract alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from standoff.model import Footprint, Measure, PlaceMention, Relation, Span, Zone

if TYPE_CHECKING:
    from standoff.reading import Reading

LENGTH_TOLERANCE = 0.001
BEARING_TOLERANCE_DEG = 1.0
# A minute of arc is 1/60 degree, so a position written to a tenth of a minute is met within this.
POSITION_TOLERANCE_DEG = 0.0005

RECORDS = ("places", "measures", "relations", "zones", "footprints", "events")

Expected = dict[str, Any]


def plain(words: str) -> str:
    """Fold case, accents, hyphens and quotes, so that At-Tanf and at tanf are the same words."""
    folded = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(
        re.sub(r"[^\w\s]|_", " ", "".join(c for c in folded if not unicodedata.combining(c))).split()
    )


def says(expected: str, words: str | None) -> bool:
    """Tell whether the words hold all of the expected ones, in a row and whole."""
    return words is not None and f" {plain(expected)} " in f" {plain(words)} "


def close(expected: float | None, found: float | None, share: float = LENGTH_TOLERANCE) -> bool:
    """Tell whether two lengths agree within a tenth of a percent."""
    if expected is None or found is None:
        return expected is found
    return abs(found - expected) <= share * abs(expected)


def same_bearing(expected: float | None, found: float | None) -> bool:
    """Tell whether two bearings agree within a degree, round the circle."""
    if expected is None or found is None:
        return expected is found
    return abs((found - expected + 180) % 360 - 180) <= BEARING_TOLERANCE_DEG


def one_of(expected: Any, found: Any) -> bool:
    """Tell whether a value is the expected one, or one of those expected."""
    return found in expected if isinstance(expected, list) else found == expected


class Look:
    """A reading, with its records by id."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.record = reading.record
        self.places = {x.id: x for x in self.record.places}
        self.measures = {x.id: x for x in self.record.measures}
        self.relations = {x.id: x for x in self.record.relations}
        self.zones = {x.id: x for x in self.record.zones}
        self.footprints = {x.id: x for x in self.record.footprints}
        self.events = {x.id: x for x in self.record.events}

    # ------------------------------------------------------------------ is it sound at all

    def unsound(self) -> list[str]:
        """Return what breaks the contract: a quote that is not in the text, an id that leads nowhere."""
        return [*self._false_quotes(), *self._lost_ids()]

    def _spans(self) -> Iterator[tuple[str, str, int, int]]:
        spans: list[tuple[str, Span]] = []
        for name in ("places", "measures", "relations", "events"):
            spans += [(x.id, x) for x in getattr(self.record, name)]
        spans += [(f"figure of {r.id}", r.figure) for r in self.record.relations if r.figure]
        yield from ((name, span.text, span.start, span.end) for name, span in spans)

    def _false_quotes(self) -> Iterator[str]:
        for name, text, start, end in self._spans():
            if self.text[start:end] != text or start >= end:
                yield f"{name}: {text!r} is not {self.text[start:end]!r} at {start}:{end}"
        for zone in self.record.zones:
            if zone.text not in [self.text[a:b] for a, b in zone.mentions]:
                yield f"{zone.id}: {zone.text!r} is none of its mentions"
        for event in self.record.events:
            for start, end in event.mentions:
                if not 0 <= start < end <= len(self.text):
                    yield f"{event.id}: a mention at {start}:{end} of {len(self.text)}"
            if event.trigger not in self.text:
                yield f"{event.id}: {event.trigger!r} is not in the text"

    def _lost_ids(self) -> Iterator[str]:
        every = [getattr(self.record, name) for name in RECORDS]
        known = {record.id for records in every for record in records}
        if len(known) != sum(map(len, every)):
            yield "an id is used twice"
        for owner, wanted, records in self._references():
            if wanted not in records:
                yield f"{owner} refers to {wanted}, which is not there"
        for check in self.record.checks:
            yield from (f"check {check.kind!r} refers to {ref}" for ref in check.refs if ref not in known)
        for shape in self.record.footprints:
            if not (shape.relations or shape.places or shape.zones):
                yield f"{shape.id} comes from nothing"

    def _references(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for p in self.record.places:
            yield from ((p.id, x, self.places) for x in (p.inside, p.refers_to) if x)
        for r in self.record.relations:
            yield from ((r.id, x, self.places) for x in r.anchors)
            wanted: list[tuple[str | None, dict[str, Any]]] = [
                (r.measure, self.measures), (r.zone, self.zones), (r.footprint, self.footprints)
            ]  # fmt: skip
            yield from ((r.id, x, records) for x, records in wanted if x)
            yield from ((r.id, x.footprint, self.footprints) for x in r.alternatives)
        for z in self.record.zones:
            wanted = [(z.anchor, self.places), (z.measure, self.measures), (z.footprint, self.footprints)]
            yield from ((z.id, x, records) for x, records in wanted if x)
        for e in self.record.events:
            yield from ((e.id, x, self.relations) for x in e.relations)
            yield from ((e.id, x, self.events) for x in e.same_as)
            yield from ((e.id, x, self.footprints) for x in [e.footprint] if x)
        for f in self.record.footprints:
            for names, records in (
                (f.relations, self.relations),
                (f.places, self.places),
                (f.zones, self.zones),
            ):
                yield from ((f.id, x, records) for x in names)

    # ------------------------------------------------------------------ words

    def names_of(self, mention: PlaceMention) -> list[str]:
        """Return the words of a mention and of those it refers to."""
        words: list[str] = []
        seen: set[str] = set()
        while True:
            words += [x for x in (mention.text, mention.name) if x]
            seen.add(mention.id)
            if mention.refers_to is None or mention.refers_to in seen:
                return words
            mention = self.places[mention.refers_to]

    def is_anchor(self, expected: str, place_id: str | None) -> bool:
        """Tell whether a mention, or what it refers to, bears the expected words."""
        return place_id is not None and any(says(expected, w) for w in self.names_of(self.places[place_id]))

    def zone_words(self, zone: Zone) -> str:
        """Return the name and all mentions of a zone."""
        return " | ".join([zone.name, zone.text, *(self.text[a:b] for a, b in zone.mentions)])

    def told(self, relation: Relation) -> str:
        """Describe a relation in one line."""
        anchors = ", ".join(self.places[a].text for a in relation.anchors)
        parts = [f"{relation.kind} {relation.text!r}", f"of [{anchors}]"]
        for name in ("metres", "low_m", "high_m", "bearing_deg", "qualifier", "claim"):
            value = getattr(relation, name)
            if value is not None and value != "asserted":
                parts.append(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}")
        if relation.zone:
            parts.append(f"zone {self.zones[relation.zone].name!r}")
        if relation.figure:
            parts.append(f"figure {relation.figure.text!r}")
        return " ".join(parts)

    # ------------------------------------------------------------------ relations

    def misfits(self, expected: Expected, relation: Relation) -> list[str]:
        """Return in what a relation differs from the expected one."""
        wrong: list[str] = []
        anchors = expected.get("anchors") or ([expected["anchor"]] if "anchor" in expected else [])
        wrong += [f"anchor {x!r}" for x in anchors if not any(self.is_anchor(x, a) for a in relation.anchors)]
        if "words" in expected and not says(expected["words"], relation.text):
            wrong.append(f"words {expected['words']!r}")
        if not one_of(expected["kind"], relation.kind):
            wrong.append(f"kind {expected['kind']}")
        for key in ("metres", "low_m", "high_m"):
            if key in expected and not close(expected[key], getattr(relation, key)):
                wrong.append(f"{key} {expected[key]}")
        if "bearing" in expected and not same_bearing(expected["bearing"], relation.bearing_deg):
            wrong.append(f"bearing {expected['bearing']}")
        if "bearing" not in expected and relation.kind == "offset":
            wrong.append("no bearing")
        wrong += [
            f"{key} {expected[key]}"
            for key in ("qualifier", "claim")
            if key in expected and not one_of(expected[key], getattr(relation, key))
        ]
        if "zone" in expected and not (
            relation.zone and says(expected["zone"], self.zone_words(self.zones[relation.zone]))
        ):
            wrong.append(f"zone {expected['zone']!r}")
        if "figure" in expected and not (relation.figure and says(expected["figure"], relation.figure.text)):
            wrong.append(f"figure {expected['figure']!r}")
        wrong += self._wrong_on_the_ground(expected, relation)
        return wrong

    def _wrong_on_the_ground(self, expected: Expected, relation: Relation) -> Iterator[str]:
        places = [self.places[a].place for a in relation.anchors]
        if "country" in expected and not any(p and p.country == expected["country"] for p in places):
            yield f"country {expected['country']}"
        if "not_country" in expected and any(p and p.country == expected["not_country"] for p in places):
            yield f"not in {expected['not_country']}"
        shape: Footprint | None = self.footprints.get(relation.footprint or "")
        if shape and shape.shape in expected.get("not_shape", []):
            yield f"not drawn as a {shape.shape}"

    def best(self, expected: Expected, relations: list[Relation]) -> tuple[Relation | None, list[str]]:
        """Return the relation that fits best, and in what it does not fit."""
        if not relations:
            return None, ["nothing"]
        tried = [(r, self.misfits(expected, r)) for r in relations]
        return min(tried, key=lambda pair: len(pair[1]))

    def metric(self) -> list[Relation]:
        """Return the relations that put a number of metres on the map, other than a zone's own radius."""
        found = []
        for relation in self.record.relations:
            stated = [x for x in (relation.metres, relation.low_m, relation.high_m) if x is not None]
            zone = self.zones.get(relation.zone or "")
            own_radius = (
                zone is not None
                and zone.radius_m is not None
                and all(close(zone.radius_m, x) for x in stated)
            )
            if stated and not own_radius:
                found.append(relation)
        return found

    def relations_amiss(self, expected: list[Expected], allowed: list[Expected]) -> Iterator[str]:
        """Compare all relations: what is missing, and which numbers the words do not support."""
        for want in expected:
            relation, wrong = self.best(want, self.record.relations)
            if wrong:
                yield f"wanted {want}; best found lacks {wrong}: {self.told(relation) if relation else '-'}"
        for relation in self.metric():
            if all(
                self.misfits({**want, "kind": [relation.kind]}, relation) for want in [*expected, *allowed]
            ):
                yield f"not said: {self.told(relation)}"

    # ------------------------------------------------------------------ zones

    def zone_misfits(self, expected: Expected, zone: Zone) -> list[str]:
        """Return in what a zone differs from the expected one."""
        wrong = (
            [] if close(expected.get("radius_m"), zone.radius_m) else [f"radius {expected.get('radius_m')}"]
        )
        if "anchor" in expected and not self.is_anchor(expected["anchor"], zone.anchor):
            wrong.append(f"anchor {expected['anchor']!r}")
        wrong += [f"name {x!r}" for x in _listed(expected.get("name")) if not says(x, self.zone_words(zone))]
        if "claim" in expected and not one_of(expected["claim"], zone.claim):
            wrong.append(f"claim {expected['claim']}")
        return wrong

    def told_zone(self, zone: Zone) -> str:
        """Describe a zone in one line."""
        anchor = self.places[zone.anchor].text if zone.anchor else None
        return f"{zone.text!r} radius {zone.radius_m} anchor {anchor!r} claim {zone.claim}"

    def zones_amiss(self, expected: list[Expected], *, none_at_all: bool = False) -> Iterator[str]:
        """Compare all zones: what is missing, and which radii the words do not support."""
        wanted = [x for x in expected if x.get("radius_m") is not None]
        for want in wanted:
            tried = [(z, self.zone_misfits(want, z)) for z in self.record.zones]
            zone, wrong = min(tried, key=lambda pair: len(pair[1]), default=(None, ["nothing"]))
            if wrong:
                yield f"wanted zone {want}; best found lacks {wrong}: {self.told_zone(zone) if zone else '-'}"
        for zone in self.record.zones:
            if none_at_all or (
                zone.radius_m is not None and not any(close(x["radius_m"], zone.radius_m) for x in wanted)
            ):
                yield f"zone not said: {self.told_zone(zone)}"

    # ------------------------------------------------------------------ the rest

    def measures_amiss(self, expected: list[Expected]) -> Iterator[str]:
        """Compare the measures that are asked for."""
        for want in expected:
            if not any(self._is_measure(want, m) for m in self.record.measures):
                found = [(m.text, m.dimension, m.role, m.si_value) for m in self.record.measures]
                yield f"wanted measure {want}; found {found}"

    @staticmethod
    def _is_measure(want: Expected, m: Measure) -> bool:
        return (
            ("text" not in want or says(want["text"], m.text))
            and ("metres" not in want or close(want["metres"], m.si_value))
            and ("dimension" not in want or m.dimension == want["dimension"])
            and ("role" not in want or m.role == want["role"])
            and ("twice" not in want or (m.stated_twice is not None and m.stated_twice.unit == want["twice"]))
        )

    def coordinates_amiss(self, expected: list[list[float]]) -> Iterator[str]:
        """Compare the positions: each expected one, and no other."""
        found = [
            (p.text, p.place.lat, p.place.lon)
            for p in self.record.places
            if p.kind == "coordinates" and p.place
        ]
        for lat, lon in expected:
            if not any(max(abs(a - lat), abs(b - lon)) <= POSITION_TOLERANCE_DEG for _, a, b in found):
                yield f"wanted position {lat}, {lon}; found {found}"
        if len(found) > len(expected):
            yield f"positions not said: {found}"

    def words_amiss(self, case: Expected) -> Iterator[str]:
        """Look for what must not be there: kinds of relation, words taken for places."""
        for relation in self.record.relations:
            if relation.kind in case.get("no_kinds", []):
                yield f"not said: {self.told(relation)}"
        for mention in self.record.places:
            if mention.place and any(says(x, mention.text) for x in case.get("no_places", [])):
                yield f"no place: {mention.text!r} taken for {mention.place.name}, {mention.place.country}"
            if any(says(x, mention.text) for x in case.get("no_mention", [])):
                yield f"no name: {mention.text!r}"

    def disc_amiss(self, want: Expected) -> Iterator[str]:
        """Look for an area round a place, as a zone or as a relation."""
        as_zone = {"radius_m": want["metres"], "anchor": want["anchor"]}
        zones = [z for z in self.record.zones if not self.zone_misfits(as_zone, z)]
        as_relation = {"kind": ["within", "zone"], "anchor": want["anchor"], "high_m": want["metres"]}
        if not zones and self.best(as_relation, self.record.relations)[1]:
            yield f"wanted a disc {want}; found {[self.told_zone(z) for z in self.record.zones]}"


def differences(case: Expected, reading: Reading) -> list[str]:
    """Return in what a reading differs from what a careful reader takes from a case, one line each."""
    look = Look(reading)
    zones, allowed = list(case.get("zones", [])), []
    found: list[str] = []
    if "disc" in case:
        found += look.disc_amiss(case["disc"])
        zones.append({"radius_m": case["disc"]["metres"]})
        allowed.append({"kind": "within", "anchor": case["disc"]["anchor"], "high_m": case["disc"]["metres"]})
        # The disc was looked for above: here it is only allowed.
        found += look.zones_amiss(zones) if look.record.zones else []
    else:
        found += look.zones_amiss(zones, none_at_all=case.get("no_zones", False))
    found += look.relations_amiss(case.get("relations", []), allowed)
    found += look.measures_amiss(case.get("measures", []))
    if "coordinates" in case:
        found += look.coordinates_amiss(case["coordinates"])
    found += look.words_amiss(case)
    return found


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
