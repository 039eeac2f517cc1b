"""Zones: found in all their mentions, put together across sentences.

A report often gives the radius in one sentence, the centre in another and the name in a
third. Mentions are one zone unless something sets them apart: another radius, another
centre, another kind of zone, or words such as "another".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.extract.nouns import ZONE_FAMILIES, ZONE_NOUNS
from standoff.extract.state import set_extension, text_of
from standoff.model import Measure, PlaceMention, Zone

_NOT_ZONES = frozenset(
    (
        "war combat conflict battle time economic comfort fault subduction seismic trade free-trade "
        "industrial tribal end rural urban metropolitan residential coastal mountainous surrounding general "
        "wider desert disaster impact"
    ).split()
)
_NEW = frozenset(
    {"another", "second", "new", "separate", "wider", "larger", "smaller", "bigger", "outer", "inner"}
)
_SAME_RADIUS = 0.1  # as a share: "20 miles (32 km)" and "32 km" are one radius
_CHANGE = frozenset("widen expand extend enlarge increase raise shrink reduce double".split())
_AROUND = re.compile(
    r"^(?:[\s,“”\"'‘’]|\b(?:of|with|a|an|the|its|radius|in|that|which|extends|extending|stretching|reaching|out|to|"
    r"set|up|drawn|declared|imposed|established|announced|by|was|is|be|been|were|it|had|has|have|all|waters|area|km)\b)*"
    r"\b(?P<link>around|round|surround(?:s|ing)|encircl(?:es|ing)|circl(?:es|ing)|over|above|cent(?:red|ered)\s+(?:on|at)|from|of|about)\b"
    r"[\s“”\"'‘’]*(?:(?:the|its|all|a|stricken|crippled|damaged|nearby)\s+)*(?:\w+,?\s+){0,3}$",
    re.IGNORECASE,
)
_RADIUS = re.compile(
    r"^[\s,“”\"'‘’]*(?:\b(?:of|with|a|an|radius|that|which|extends|extending|stretching|reaching|out|to|up|for|is|was|"
    r"measuring|covering|has|had|having|within|about|around|roughly|some|now|set|at)\b[\s,]*)*$",
    re.IGNORECASE,
)


@dataclass
class _ZoneMention:
    """One mention of a zone before mentions are put together."""

    start: int
    end: int
    text: str
    words: list[str]
    family: str | None
    definite: bool
    measures: list[Measure]
    anchor: PlaceMention | None
    changed: bool
    head: Token


@dataclass
class _Group:
    """Mentions that are one zone."""

    mentions: list[_ZoneMention] = field(default_factory=list)
    family: str | None = None
    measure: Measure | None = None
    anchor: PlaceMention | None = None
    borrowed: bool = False


set_extension("zones", list)


@Language.factory(
    "standoff_zones", requires=["doc._.place_mentions", "doc._.measures"], assigns=["doc._.zones"]
)
class ZoneFinder:
    """spaCy component: puts a list of `Zone`, without footprints, in ``doc._.zones``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the zones of one document, and give the measures that state a radius that role."""
        mentions = [mention for token in doc if (mention := _zone_mention(doc, token))]
        if not any(m.family or m.measures or m.anchor for m in mentions):
            mentions = []
        groups = _group(mentions, {m.id: m for m in doc._.place_mentions})
        doc._.zones = [_zone(f"z{i}", group) for i, group in enumerate(groups, start=1)]
        radii = {group.measure.id for group in groups if group.measure}
        doc._.measures = [
            m.model_copy(update={"role": "radius", "reason": "the radius of a zone"}) if m.id in radii else m
            for m in doc._.measures
        ]
        return doc


def _zone_mention(doc: Doc, token: Token) -> _ZoneMention | None:
    noun = token.lower_.rstrip("s") if token.lower_.endswith("s") else token.lower_
    if noun not in ZONE_NOUNS or token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return None
    first = _first_token(token)
    start, end = first.idx, token.idx + len(token)
    words = list(re.sub(r"[“”\"'‘’,]", " ", text_of(doc)[start:end].lower()).split())[:-1]
    family = next((ZONE_FAMILIES[word] for word in words if word in ZONE_FAMILIES), None)
    if noun != "zone" and family is None:
        return None
    if any(word in _NOT_ZONES for word in words) and family is None:
        return None
    measures = _radii(doc, start, end)
    return _ZoneMention(
        start=start, end=end, text=text_of(doc)[start:end], words=words, family=family,
        definite=bool(words) and words[0] in ("the", "that", "this", "its", "their"), measures=measures,
        anchor=_anchor(doc, start, end, measures), changed=_is_changed(token), head=token,
    )  # fmt: skip


def _first_token(head: Token) -> Token:
    """Return the first token of the noun phrase, without clauses that hang on it to the left."""
    lefts = [t for t in head.lefts if t.dep_ not in ("cc", "punct", "conj")]
    first = min((t.left_edge.i for t in lefts), default=head.i)
    return head.doc[max(first, head.sent.start)]


def _radii(doc: Doc, start: int, end: int) -> list[Measure]:
    """Return the lengths that the noun phrase, or the words right behind it, give as its radius."""
    lengths = [
        m for m in doc._.measures if m.dimension == "length" and m.role not in ("depth", "range", "travel")
    ]
    within = [m for m in lengths if start <= m.start and m.end <= end]
    if within:
        return within
    behind: list[Measure] = []
    position = end
    for measure in lengths:
        if measure.start >= position and measure.role != "dimension":
            between = text_of(doc)[position : measure.start]
            linked = _RADIUS.match(between) if not behind else between.strip() in ("and", ",", "or", "to")
            if len(between) > 60 or not linked or "." in between:
                break
            behind.append(measure)
            position = measure.end
    if not behind:
        behind = _changed_to(doc, start, end, lengths)
    return behind


def _changed_to(doc: Doc, start: int, end: int, lengths: list[Measure]) -> list[Measure]:
    """Return the lengths in "widened the zone from 20 to 30 km", oldest first."""
    head = next((t for t in doc if t.idx + len(t) == end), None)
    if head is None or not _is_changed(head):
        return []
    sent = head.sent
    return [
        m
        for m in lengths
        if start < m.start and sent.start_char <= m.start < sent.end_char and m.role == "other"
    ][:2]


def _is_changed(head: Token) -> bool:
    verb = head.head
    return head.dep_ in ("dobj", "nsubj", "nsubjpass", "obj") and verb.lemma_.lower() in _CHANGE


def _anchor(doc: Doc, start: int, end: int, measures: list[Measure]) -> PlaceMention | None:
    places: list[PlaceMention] = [m for m in doc._.place_mentions if m.kind != "demonym"]
    inner = [m for m in places if start <= m.start and m.end <= end and m.kind != "coordinates"]
    text = list(text_of(doc))
    for measure in measures:
        text[measure.start : measure.end] = [" "] * (measure.end - measure.start)
    masked = "".join(text)
    for place in places:
        if place.start < end:
            continue
        if place.start - end > 120:
            break
        between = masked[end : place.start]
        if "." in between or ";" in between:
            break
        link = _AROUND.match(between)
        if link and (link["link"].lower() != "from" or measures):
            return place
        break
    return inner[-1] if inner and inner[-1].name and not _is_country_like(doc, inner[-1]) else None


def _is_country_like(doc: Doc, mention: PlaceMention) -> bool:
    """Say whether a name in front of "zone" tells whose it is ("US zone"), not where its centre is."""
    containers = {m.inside for m in doc._.place_mentions}
    token = next((t for t in doc if t.idx == mention.start), None)
    return mention.id in containers or (
        token is not None and token.ent_type_ in ("GPE", "NORP") and mention.text.isupper()
    )


def _group(mentions: list[_ZoneMention], places: dict[str, PlaceMention]) -> list[_Group]:
    groups: list[_Group] = []
    for mention in mentions:
        radii: list[Measure | None] = list(mention.measures) or [None]
        for radius in radii:
            group = _match(groups, mention, radius, places)
            if group is None:
                group = _Group()
                if mention.changed and groups:
                    group.anchor, group.family = groups[-1].anchor, groups[-1].family
                groups.append(group)
            group.mentions.append(mention)
            group.family = mention.family if group.family in (None, "generic") else group.family
            group.measure = group.measure or radius
            group.anchor = group.anchor or mention.anchor
    _share_anchors(groups)
    return groups


def _match(
    groups: list[_Group], mention: _ZoneMention, radius: Measure | None, places: dict[str, PlaceMention]
) -> _Group | None:
    """Return the latest group that the mention can belong to: same radius first, then same kind."""
    if groups and not mention.definite and any(word in _NEW for word in mention.words):
        return None
    fits = [group for group in groups if _compatible(group, mention, radius, places)]
    if not fits:
        return None

    def score(group: _Group) -> tuple[bool, bool, int]:
        same_radius = radius is not None and group.measure is not None
        return same_radius, group.family == mention.family, groups.index(group)

    return max(fits, key=score)


def _compatible(
    group: _Group, mention: _ZoneMention, radius: Measure | None, places: dict[str, PlaceMention]
) -> bool:
    stated = (radius.si_value if radius else None, group.measure.si_value if group.measure else None)
    if stated[0] and stated[1] and abs(stated[0] / stated[1] - 1) > _SAME_RADIUS:
        return False
    families = {group.family, mention.family} - {None, "generic"}
    if len(families) > 1:
        return False
    if radius and not mention.definite and group.measure is None and group.family in (None, "generic"):
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
        if group.anchor is None and group.measure is not None and last is not None:
            group.anchor, group.borrowed = last, True
        last = group.anchor or last


def _zone(identifier: str, group: _Group) -> Zone:
    main = next((m for m in group.mentions if group.measure in m.measures), group.mentions[0])
    measure = group.measure
    metres = measure.si_value if measure else None
    named = max(
        group.mentions, key=lambda m: (m.family not in (None, "generic"), m.family is not None, -m.start)
    )
    return Zone(
        id=identifier, name=_name(named), text=main.text,
        mentions=sorted({(m.start, m.end) for m in group.mentions}),
        anchor=group.anchor.id if group.anchor else None, measure=measure.id if measure else None,
        radius_m=metres, low_m=_scaled(measure, "low"), high_m=_scaled(measure, "high"),
        reason="no centre is stated; taken to be that of the zone before" if group.borrowed else None,
    )  # fmt: skip


def _scaled(measure: Measure | None, side: str) -> float | None:
    if measure is None or not measure.si_value or not measure.value:
        return None
    number = getattr(measure, side)
    return None if number is None else number * measure.si_value / measure.value


def _name(mention: _ZoneMention) -> str:
    """Return "de-confliction zone": the words of the noun phrase that say which kind of zone it is."""
    noun = mention.text.split()[-1].strip("“”\"'‘’")
    kept = [word for word in mention.words if word in ZONE_FAMILIES]
    return " ".join([*kept, noun.lower()]) if kept else noun.lower()


def zone_mentions(zones: list[Zone]) -> Iterator[tuple[int, int, Zone]]:
    """Yield (start, end, zone) of every mention, in text order; a mention of several zones once for each."""
    yield from sorted(
        ((start, end, zone) for zone in zones for start, end in zone.mentions), key=lambda row: row[:2]
    )
