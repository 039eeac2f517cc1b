"""Zones: found in all their mentions, put together across sentences.

A report often gives the radius in one sentence, the centre in another and the name in a
third. Mentions are one zone unless something sets them apart: another radius, another
centre, another kind of zone, or words such as "another".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract.measure_roles import with_role
from standoff.extract.speakers import speaker_of
from standoff.extract.state import set_extension
from standoff.extract.zone_clauses import Clauses, Extent
from standoff.extract.zone_dates import Told, dated
from standoff.extract.zone_mentions import Radius, ZoneMention, find_mentions, radius_of
from standoff.extract.zone_parse import Words
from standoff.extract.zone_words import ZONE_FAMILIES
from standoff.model import Claim, Measure, PlaceMention, Zone

_SAME_RADIUS = 0.1  # as a share: "20 miles (32 km)" and "32 km" are one radius
_REMEMBERED = 40  # zones that a mention is held against: the last ones


@dataclass
class _Group:
    """Mentions that are one zone."""

    number: int
    mentions: list[ZoneMention] = field(default_factory=list)
    family: str | None = None
    radius: Radius | None = None
    anchor: PlaceMention | None = None
    borrowed: bool = False
    claim: Claim | None = None
    contrasts: dict[str, str] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)
    replaces: _Group | None = None  # the zone that it is after a change of size
    changed_by: ZoneMention | None = None
    is_zone: bool = False  # its words restrict, or say how far it reaches or round what

    def add(self, mention: ZoneMention, radius: Radius | None) -> None:
        """Put a mention into the zone, with what it says of it."""
        self.mentions.append(mention)
        if self.family in (None, "generic"):
            self.family = mention.family or self.family
        self.radius = self.radius or radius
        self.anchor = self.anchor or mention.anchor
        self.contrasts = mention.contrasts | self.contrasts
        self.nouns.add(mention.noun)
        if mention.claim is not None and self.claim != "asserted":
            self.claim = mention.claim if self.claim is None or mention.claim == "asserted" else self.claim
        stated = mention.radii or (mention.linked and not mention.other_kind)
        self.is_zone = self.is_zone or mention.restricts or radius is not None or bool(stated)


set_extension("zones", list)


@Language.factory(
    "standoff_zones",
    requires=["doc._.place_mentions", "doc._.measures"],
    assigns=["doc._.zones", "doc._.measures"],
)
class ZoneFinder:
    """spaCy component: puts a list of `Zone`, without footprints, in ``doc._.zones``.

    A length that states how far a zone reaches gets that role in ``doc._.measures``:
    "radius", or "depth" for a strip, or "dimension" for a diameter.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the zones of one document."""
        words = Words(doc)
        mentions = find_mentions(words)
        if not mentions:
            doc._.zones = []
            return doc
        _hear_clauses(words, mentions)
        groups = _group(mentions, {m.id: m for m in doc._.place_mentions})
        groups = [group for group in groups if group.is_zone]
        _share_anchors(groups)
        numbers = {id(group): f"z{i}" for i, group in enumerate(groups, start=1)}
        found = [_zone(numbers[id(group)], group) for group in groups]
        told = [Told(g.mentions, g.changed_by, numbers.get(id(g.replaces))) for g in groups]
        doc._.zones = dated(doc, found, told)
        roles = {g.radius.measure.id: g.radius for g in groups if g.radius}
        roles |= {m.strip.measure.id: m.strip for g in groups for m in g.mentions if m.strip}
        doc._.measures = [_with_role(m, roles.get(m.id)) for m in doc._.measures]
        return doc


def _with_role(measure: Measure, radius: Radius | None) -> Measure:
    if radius is None:
        return measure
    return with_role(measure, radius.role, radius.why)


def _hear_clauses(words: Words, mentions: list[ZoneMention]) -> None:
    """Add to the mentions the radii and centres that clauses and later sentences state."""
    clauses = Clauses(words, mentions)
    _hear_radii(words, mentions, clauses)
    for centred, place in clauses.centres():
        for zone in centred:
            if not zone.linked and zone.strip is None:
                zone.anchor, zone.linked = place, True
    for mention in mentions:
        if not mention.linked:
            mention.radii = [radius for radius in mention.radii if not radius.wide]
        if mention.radii and mention.anchor is None:
            mention.anchor = clauses.centre_behind(mention.radii[-1].measure)


def _hear_radii(words: Words, mentions: list[ZoneMention], clauses: Clauses[ZoneMention]) -> None:
    taken = {r.measure.id for m in mentions for r in m.radii}
    taken |= {m.strip.measure.id for m in mentions if m.strip}
    told: dict[int, int] = {}
    for measure in words.lengths:
        if measure.id in taken or measure.role in ("depth", "range"):
            continue
        said = clauses.extent(measure) or clauses.changed_before(measure)
        if said and said.change and measure.bound == "range":
            _hear_both(measure, said)  # "doubled, from 5 to 10 km"
            continue
        radius = radius_of(words, measure, diameter=said.diameter) if said else None
        if said is None or radius is None:
            continue
        for zone in said.zones:
            # "was set at 3 km and later at 10 km" states two, in one clause.
            if zone.strip is None and (not zone.radii or said.change or told.get(zone.start) == said.verb):
                # The last is the one that holds: "to 20 km from 10 km".
                zone.radii.insert(0 if said.change == "from" else len(zone.radii), radius)
                if said.change:
                    zone.changed, zone.change = True, said.verb
                told[zone.start] = said.verb


def _hear_both(measure: Measure, said: Extent[ZoneMention]) -> None:
    """Give zones the old and the new radius where both stand in one length: "from 5 to 10 km"."""
    if measure.low is None or measure.high is None or not measure.si_value:
        return
    metres = measure.si_value / measure.value
    both = [
        Radius(measure, value * metres, value * metres, value * metres)
        for value in (measure.low, measure.high)
    ]
    for zone in said.zones:
        if zone.strip is None and not zone.radii:
            zone.radii, zone.changed, zone.change = both, True, said.verb


# ---------------------------------------------------------------------------------------------------- grouping


def _group(mentions: list[ZoneMention], places: dict[str, PlaceMention]) -> list[_Group]:
    groups: list[_Group] = []
    for mention in mentions:
        radii: list[Radius | None] = list(mention.radii) or [None]
        previous: _Group | None = None
        for index, radius in enumerate(radii):
            group = _match(groups[-_REMEMBERED:], mention, radius, places)
            if group is None and mention.points:
                continue
            if group is None:
                group = _Group(len(groups))
                if mention.changed:
                    before = previous or _before_change(groups, mention, radius)
                    group.replaces, group.changed_by = before, mention
                    if before is not None and not mention.anchor:
                        group.anchor, group.family = before.anchor, before.family
                groups.append(group)
            previous = group
            old = mention.changed and index + 1 < len(radii)
            group.add(replace(mention, claim=None) if old else mention, radius)
    return groups


def _before_change(groups: list[_Group], mention: ZoneMention, radius: Radius | None) -> _Group | None:
    """Return the zone told of before that a mention of another size changes: "it was widened to 30 km"."""
    if radius is None:
        return None
    loose = (None, "generic")
    return next(
        (
            group
            for group in reversed(groups[-_REMEMBERED:])
            if group.is_zone and (group.family in loose or mention.family in (*loose, group.family))
        ),
        None,
    )


def _match(
    groups: list[_Group], mention: ZoneMention, radius: Radius | None, places: dict[str, PlaceMention]
) -> _Group | None:
    """Return the group that a mention most likely belongs to, if any: same radius first, then same kind."""
    if (
        not mention.definite and mention.contrasts
    ):  # "a smaller zone" is not one told of before, unless called so
        groups = [group for group in groups if mention.contrasts.items() & group.contrasts.items()]
    fits = [group for group in groups if _compatible(group, mention, radius, places)]
    if mention.points:
        fits = [group for group in fits if group.is_zone and (mention.closed or mention.noun in group.nouns)]
    size = mention.contrasts.get("size")
    if size and radius is None and fits:
        return _by_size(fits, size)
    if not fits:
        return None

    def score(group: _Group) -> tuple[bool, int, bool, bool, int, int]:
        same_radius = radius is not None and group.radius is not None
        same_words = len(mention.contrasts.items() & group.contrasts.items())
        kind = mention.family is not None and group.family == mention.family
        return same_radius, same_words, kind, group.is_zone, group.mentions[-1].start, group.number

    return max(fits, key=score)


def _by_size(groups: list[_Group], size: str) -> _Group | None:
    """Return "the inner zone": the one called so, or the smallest of several."""
    named = [group for group in groups if group.contrasts.get("size") == size]
    if named:
        return named[-1]
    sized = sorted((g for g in groups if g.radius), key=lambda g: g.radius.metres if g.radius else 0.0)
    if len(sized) < 2:
        return None
    return sized[0] if size == "small" else sized[-1]


def _compatible(
    group: _Group, mention: ZoneMention, radius: Radius | None, places: dict[str, PlaceMention]
) -> bool:
    if radius and group.radius and abs(radius.metres / group.radius.metres - 1) > _SAME_RADIUS:
        return False
    if any(group.contrasts.get(axis, value) != value for axis, value in mention.contrasts.items()):
        return False
    if radius and group.radius is None and (mention.contrasts or group.contrasts) and not mention.definite:
        return False
    families = {group.family, mention.family} - {None, "generic"}
    if len(families) > 1:
        return False
    if radius and not mention.definite and group.radius is None and group.family in (None, "generic"):
        return False  # "a no-fly zone of 30 km" is not "a smaller zone" told of before
    return not (mention.anchor and group.anchor) or _same_place(mention.anchor, group.anchor, places)


def _same_place(one: PlaceMention, other: PlaceMention, places: dict[str, PlaceMention]) -> bool:
    names = []
    for mention in (one, other):
        named = places.get(mention.refers_to or "", mention)
        if named.name is None:
            return True
        names.append(set(re.findall(r"\w{3,}", named.name.lower())))
    return bool(names[0] & names[1])


def _share_anchors(groups: list[_Group]) -> None:
    """Give zones that state a radius but no centre the centre of the zone before them."""
    last: PlaceMention | None = None
    for group in groups:
        if group.anchor is None and group.radius is not None and last is not None:
            group.anchor, group.borrowed = last, True
        last = group.anchor or last


# ---------------------------------------------------------------------------------------------------- records


def _zone(identifier: str, group: _Group) -> Zone:
    main = next((m for m in group.mentions if group.radius in m.radii), group.mentions[0])
    named = max(
        group.mentions, key=lambda m: (m.family not in (None, "generic"), m.family is not None, -m.start)
    )
    strip = next((m.strip for m in group.mentions if m.strip), None)
    radius = None if strip else group.radius
    stated = strip or radius
    reasons = [
        radius.note if radius else None,
        strip.note if strip else None,
        "no centre is stated; taken to be that of the zone before" if group.borrowed else None,
    ]
    return Zone(
        id=identifier, name=_name(named), text=main.text,
        mentions=sorted({(m.start, m.end) for m in group.mentions}),
        anchor=group.anchor.id if group.anchor else None, measure=stated.measure.id if stated else None,
        radius_m=radius.metres if radius else None, low_m=radius.low_m if radius else None,
        high_m=radius.high_m if radius else None, claim=group.claim or "asserted", attributed_to=speaker_of(main.head),
        reason="; ".join(reason for reason in reasons if reason) or None,
    )  # fmt: skip


def _name(mention: ZoneMention) -> str:
    """Return "de-confliction zone": the words of the noun phrase that say which kind of zone it is."""
    noun = mention.text.split()[-1].strip("“”\"'‘’").lower()
    kept = [word for word in mention.words if word in ZONE_FAMILIES or word.startswith("no-")]
    return " ".join([*(kept or mention.kind_words), noun])
