"""Words -> relations: what is where, relative to what.

Rules are patterns over folded sentences (see `masked`), tried from the most to the
least specific; words that one rule has used are not used again by a weaker one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from standoff.extract.at_hand import AtHand
from standoff.extract.bare import Bare, bare_distances
from standoff.extract.claims import claim_of
from standoff.extract.dealings import is_dealing, is_spatial
from standoff.extract.deeds import is_done_to
from standoff.extract.directions import directed
from standoff.extract.figures import figure_of
from standoff.extract.item_heads import item_heads
from standoff.extract.journeys import is_drop, is_line, is_travelled
from standoff.extract.masked import CLOSE, OPEN, Item, Masked, items_of
from standoff.extract.measure_roles import with_role
from standoff.extract.nouns import CENTRE_WORDS
from standoff.extract.place_lines import place_lines
from standoff.extract.relation_rules import LIST_BEHIND, NAMED_SIDES, RULES, TWO_TOWNS, Rule
from standoff.extract.speakers import speaker_of
from standoff.extract.state import Taken, set_extension, text_of, words_at
from standoff.extract.surfaces import is_surface, is_topic
from standoff.extract.text_kinds import with_text_kinds
from standoff.model import Measure, PlaceMention, Relation, RelationKind
from standoff.model import Span as TextSpan

set_extension("relations", list)


@Language.factory(
    "standoff_relations",
    requires=["doc._.place_mentions", "doc._.measures", "doc._.zones"],
    assigns=["doc._.relations"],
)
class RelationFinder:
    """spaCy component: puts a list of `Relation`, without footprints, in ``doc._.relations``.

    Lengths that state a distance get that role in ``doc._.measures``.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of one document, in text order."""
        builder = _Builder(doc)
        items = items_of(doc)
        relations = [relation for sent in doc.sents for relation in builder.in_sentence(sent, items)]
        relations += builder.from_context(relations)
        relations += builder.in_lines(relations)
        relations += builder.of_names(relations)
        relations.sort(key=lambda relation: (relation.start, relation.end))
        relations = [r.model_copy(update={"id": f"r{i}"}) for i, r in enumerate(relations, start=1)]
        doc._.relations = with_text_kinds(doc, relations, builder.measures)
        distances = {r.measure for r in relations if r.measure and r.kind != "within"}
        radii = {r.measure for r in relations if r.measure and r.kind == "within"}
        doc._.measures = [_travelled(doc, _with_role(m, distances, radii)) for m in doc._.measures]
        return doc


def _with_role(measure: Measure, distances: set[str], radii: set[str]) -> Measure:
    if measure.id in radii:
        return with_role(measure, "radius", "the radius round a place")
    if measure.id in distances and measure.role != "depth":
        return with_role(measure, "distance", "a distance from a place")
    if measure.dimension == "length" and measure.role == "other":
        why = "no place that it is measured from" if measure.value else "a distance of 0, which adds nothing"
        return measure.model_copy(update={"reason": measure.reason or why})
    return measure


def _travelled(doc: Doc, measure: Measure) -> Measure:
    """Say of a length that states no distance that it was travelled, where a verb of motion has it."""
    if measure.dimension != "length" or measure.role != "other" or not is_travelled(doc, measure):
        return measure
    return with_role(measure, "travel", "a distance travelled")


_NONE = re.compile(
    r"(?:(?:no|none|neither|nobody|nothing)\b(?!\.|\s*\d)|not\s+(?:a|an|one|any|even)\b)", re.IGNORECASE
)
_NOT_LESS = re.compile(
    r"\b(?:not|no)\s+(?P<than>less|fewer|nearer|closer|more|further|farther)\s+than\s+$", re.IGNORECASE
)


# Behind a statement: ", a claim that Moscow disputes".
_CONTESTED = re.compile(
    r"[^.;]{0,80}?,\s+(?:an?|the)\s+(?:claim|assertion|allegation|account|report|statement|version)\s+(?:that\s+|which\s+)?"
    r"[^.;,]{0,60}?\b(?:disput|den(?:y|ies|ied)\b|reject|dismiss|contest|contradict)",
    re.IGNORECASE,
)


_APPOSED = re.compile(r",\s+an?\s+(?:[\w-]+\s+){1,3}$")


class _Builder:
    """Makes relations from the matches of the rules in one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.measures: dict[str, Measure] = {m.id: m for m in doc._.measures}
        self.places: dict[str, PlaceMention] = {p.id: p for p in doc._.place_mentions}
        self._by_end = {place.end: place for place in reversed(doc._.place_mentions)}
        self.at_hand = AtHand(doc, doc._.place_mentions)
        self._radii = {zone.measure: zone.anchor for zone in doc._.zones if zone.measure and zone.anchor}

    def in_sentence(self, sent: Span, items: list[Item]) -> Iterator[Relation]:
        """Yield the relations of one sentence, each stretch of words used once."""
        masked = Masked(sent, items)
        found = list(self._matched(masked, sent))
        yield from self._joined(found)
        for item in masked.items:
            if item.letter == "c":
                yield self._make("coordinates", item.start, item.end, sent, anchors=[item.ids[0]])

    def from_context(self, found: list[Relation]) -> Iterator[Relation]:
        """Yield distances whose clause names no place: they are from the place that the report is at."""
        used = {relation.measure for relation in found}
        only_measured_from = {a for r in found if r.kind in ("offset", "distance") for a in r.anchors}
        for bare in bare_distances(self.doc):
            if bare.measure.id not in used:
                yield from self._bare(bare, only_measured_from)
        yield from self._between_two()

    def _bare(self, bare: Bare, only_measured_from: set[str]) -> Iterator[Relation]:
        measure = bare.measure
        start = self._with_hedge(measure.start, measure)
        words = words_at(self.doc, start, bare.end)
        figure = self._place_before(start) or figure_of(words, words.sent)
        apart = {
            p.id for p in self.places.values() if figure and figure.start <= p.start and p.end == figure.end
        }
        apart |= self._called_here(start)
        anchor = self.at_hand.spot_before(start, apart)
        if anchor is None:
            return
        if anchor.id in only_measured_from and "further" in text_of(self.doc)[measure.end : bare.end]:
            # "at Solhan, 15 km east of Sebba ... 150 km further north": farther than the place told of, Solhan
            anchor = self.at_hand.spot_before(start, apart | only_measured_from) or anchor
        fields = self._measured(measure) | directed(bare.direction)
        kind = _distance_kind(measure, fields)
        assumed = f"no place is named that it is from; taken from {anchor.text!r}, where the report is"
        yield self._make(kind, start, bare.end, words.sent, anchors=[anchor.id], assumed=assumed, **fields)

    def _called_here(self, start: int) -> set[str]:
        """Return the name that the distance is said of: "in Tadaryat, a village 150 km further north" is not from there."""
        text = text_of(self.doc)
        match = _APPOSED.search(text, max(0, start - 60), start)
        place = self._by_end.get(match.start()) if match else None
        return {place.id} if place else set()

    def _between_two(self) -> Iterator[Relation]:
        """Yield "on the road between the two towns": the two that were named last."""
        for match in TWO_TOWNS.finditer(text_of(self.doc)):
            towns = self.at_hand.spots_before(match.start(), 2)
            if towns:
                sent = words_at(self.doc, *match.span()).sent
                yield self._make("between", *match.span(), sent, anchors=[town.id for town in towns])

    def in_lines(self, found: list[Relation]) -> Iterator[Relation]:
        """Yield what a line says that names a place and nothing else, where no rule has read it."""
        said = Taken(len(text_of(self.doc)))
        for words in (*found, *(m for m in self.measures.values() if m.dimension == "length")):
            sent = words_at(self.doc, words.start, words.end).sent
            said.add(words.start, max(words.end, sent.end_char) if isinstance(words, Measure) else words.end)
        for place in place_lines(self.doc, self.doc._.place_mentions):
            kind: RelationKind = "at" if place.kind == "facility" else "in"
            if not said.touches(place.start, place.end):
                sent = words_at(self.doc, place.start, place.end).sent
                yield self._make(kind, place.start, place.end, sent, anchors=[place.id])

    def of_names(self, found: list[Relation]) -> Iterator[Relation]:
        """Yield what a name says by itself where no rule has it: of a deed done to it, of an item that it heads."""
        used = {anchor for relation in found for anchor in relation.anchors}
        heads = set(item_heads(self.doc, self.doc._.lexicon.lookup if self.doc._.lexicon else lambda _: ()))
        by_id = self.places
        for place in self.doc._.place_mentions:
            if place.kind not in ("toponym", "facility"):
                continue
            kind: RelationKind = "at" if place.kind == "facility" else "in"
            is_told = (place.start, place.end) in heads or is_done_to(self.doc, place)
            if place.id not in used and is_told:
                yield self._of(place, kind)
            holder = by_id.get(place.inside or "")
            if holder is not None and holder.id not in used:
                used.add(holder.id)
                yield self._of(holder, "in")

    def _of(self, place: PlaceMention, kind: RelationKind) -> Relation:
        sent = words_at(self.doc, place.start, place.end).sent
        return self._make(kind, place.start, place.end, sent, anchors=[place.id])

    def _matched(self, masked: Masked, sent: Span) -> Iterator[Relation]:
        used: list[tuple[int, int]] = []
        for rule in RULES:
            for match in rule.pattern.finditer(masked.text):
                if any(start < match.end() and match.start() < end for start, end in used):
                    continue
                relation = self._relation(rule, match, masked, sent)
                if relation is not None:
                    used.append(match.span())
                    yield relation
                    yield from self._listed(rule, match, masked, relation)
                    yield from self._owners(rule, match, masked, relation)

    def _listed(
        self, rule: Rule, match: re.Match[str], masked: Masked, first: Relation
    ) -> Iterator[Relation]:
        """Yield the same of the other places of a list: "in South Africa and West Bengal", "near A, B and C"."""
        if rule.kind not in ("in", "at", "near") or rule.needs or not match.groupdict().get("p"):
            return
        behind = LIST_BEHIND.match(masked.text, match.end())
        last = self.places[masked.item(match["p"]).ids[0]]
        for mark in re.finditer(rf"{OPEN}p(\d+){CLOSE}", behind[0]) if behind else ():
            place = self.places[masked.item(mark[1]).ids[0]]
            is_holder = last.inside == place.id
            last = place
            root = words_at(self.doc, place.start, place.end).root
            is_plural = root.dep_ in ("nmod", "compound") and root.head.tag_ == "NNS"  # "A and B provinces"
            if not is_holder and (is_plural or root.dep_ in ("conj", "pobj", "appos")):
                span = {"start": place.start, "end": place.end, "text": place.text}
                yield first.model_copy(update={**span, "anchors": [place.id]})

    def _owners(
        self, rule: Rule, match: re.Match[str], masked: Masked, first: Relation
    ) -> Iterator[Relation]:
        """Yield the place that holds the anchor: "in Nigeria's Benue State" is in Nigeria, "in and around X" in X."""
        groups = match.groupdict()
        if rule.qualifier == "both":
            yield first.model_copy(update={"kind": "in"})
        for name in ("owner", "held"):
            if not groups.get(name) or rule.kind not in ("in", "at", "near", "part"):
                continue
            place = self.places[masked.item(groups[name]).ids[0]]
            span = {"start": place.start, "end": place.end, "text": place.text}
            plain = {"kind": "in", "qualifier": None, "bearing_deg": None, "bearing_halfwidth_deg": None}
            yield first.model_copy(update={**span, **plain, "anchors": [place.id]})

    def _joined(self, found: list[Relation]) -> Iterator[Relation]:
        """Give a distance the direction that the sentence states from the same place: "south of X, 45 km from the city"."""
        directions = [r for r in found if r.kind == "direction"]
        joined: set[int] = set()
        out: list[Relation] = []
        for relation in found:
            same = [
                d
                for d in directions
                if relation.kind == "distance" and self._named(d) == self._named(relation)
            ]
            if same:
                joined.add(id(same[0]))
                turned = {
                    "bearing_deg": same[0].bearing_deg,
                    "bearing_halfwidth_deg": same[0].bearing_halfwidth_deg,
                }
                relation = relation.model_copy(update={"kind": "offset", **turned})  # noqa: PLW2901
            out.append(relation)
        yield from (r for r in out if id(r) not in joined)

    def _named(self, relation: Relation) -> str | None:
        """Return the id of the mention that names the anchor."""
        anchor = self.places[relation.anchors[0]] if relation.anchors else None
        return (anchor.refers_to or anchor.id) if anchor else None

    def _relation(self, rule: Rule, match: re.Match[str], masked: Masked, sent: Span) -> Relation | None:
        groups = match.groupdict()
        anchors = [masked.item(groups[n]).ids[0] for n in ("p", "q", "r", "s") if groups.get(n)]
        measure = self.measures[masked.item(groups["m"]).ids[0]] if groups.get("m") else None
        if measure is not None and not self._is_distance(rule, measure):
            return None
        start, end = masked.original(*match.span())
        assumed = None
        if rule.needs == "two countries":
            anchors = [country.id for country in self.at_hand.countries_before(start, 2)]
            if not anchors:
                return None
        if not anchors and rule.kind in ("border", "distance", "near"):
            country = self.at_hand.country_before(start) or self.at_hand.country_before(sent.end_char)
            anchors = [country.id] if country else []
            assumed = (
                f"no country is named; taken to be that of {country.text!r}, of which the report speaks"
                if country
                else None
            )
            if not anchors and (measure is None or rule.needs):
                return None  # "12 km from the border" says something without a country, too
        if not self._fits(rule, match, [self.places[anchor] for anchor in anchors], measure):
            return None
        start = self._with_hedge(start, measure)
        fields = self._measured(measure) | directed(
            groups.get("dir") or groups.get("dir2") or self._named_side(groups, anchors), groups.get("part")
        )
        if groups.get("side") and "bearing_deg" not in fields:
            return None
        kind = rule.kind
        if kind == "distance":
            kind = _distance_kind(measure, fields)
        zone = masked.item(groups["z"]).ids[0] if groups.get("z") else None
        qualifier = rule.qualifier if rule.qualifier != "both" else None
        qualifier = qualifier or _qualifier(groups, match[0])
        said = {"zone": zone, "qualifier": qualifier, "assumed": assumed}
        return self._make(kind, start, end, sent, anchors=anchors, **said, **fields)

    def _is_distance(self, rule: Rule, measure: Measure) -> bool:
        """Say whether a length can be what a rule takes it for, by the role that it has by itself."""
        if measure.role in ("dimension", "range") or measure.si_value is None:
            return False
        # "advanced to within 15 km of X", "the front line runs 9 km from X": nobody travelled that far.
        if rule.kind != "within" and is_travelled(self.doc, measure) and not is_line(self.doc, measure):
            return False
        if measure.role == "radius" and rule.kind == "distance":
            return False  # "a zone extending 25 km from X": the zone says it already
        return measure.role != "depth" or rule.kind == "border"

    def _fits(
        self, rule: Rule, match: re.Match[str], anchors: list[PlaceMention], measure: Measure | None
    ) -> bool:
        """Say whether the anchors can be those of a rule."""
        if rule.needs == "surface":
            return is_surface(self.doc, anchors[0]) and not is_topic(self.doc, anchors[0])
        if rule.needs == "spot":
            return self.at_hand.is_spot(anchors[0]) and not (measure and is_drop(self.doc, measure))
        if rule.kind == "within" and measure is not None and measure.id in self._radii:
            centre = self.places[self._radii[measure.id]]
            return (centre.refers_to or centre.id) != (anchors[0].refers_to or anchors[0].id)
        if rule.kind == "between":
            countries = all(self.at_hand.country_code(anchor) for anchor in anchors)
            return not is_dealing(match) and (not countries or is_spatial(match))
        return True

    def _named_side(self, groups: dict[str, str | None], anchors: list[str]) -> str | None:
        """Return the side of a land that is called upper or lower: "Upper Egypt" is its south."""
        name = self.places[anchors[0]].name if anchors else None
        return NAMED_SIDES.get(((groups.get("side") or "").lower(), (name or "").lower()))

    def _with_hedge(self, start: int, measure: Measure | None) -> int:
        if measure is None or not measure.hedge or start != measure.start:
            return start
        found = text_of(self.doc).rfind(measure.hedge, max(0, start - 40), start)
        return found if found >= 0 else start

    def _measured(self, measure: Measure | None) -> dict[str, object]:
        if measure is None or measure.si_value is None or not measure.value:
            return {}
        scale = measure.si_value / measure.value
        low = None if measure.low is None else measure.low * scale
        high = None if measure.high is None else measure.high * scale
        hedge = self._not_before(measure) if measure.bound not in ("<=", ">=", "range") else None
        if hedge:
            is_least = hedge["than"].lower() in ("less", "fewer", "nearer", "closer")
            low, high = (measure.si_value, None) if is_least else (None, measure.si_value)
        if measure.role == "depth":
            low, high = 0.0, measure.si_value
        return {"measure": measure.id, "metres": measure.si_value, "low_m": low, "high_m": high}

    def _not_before(self, measure: Measure) -> re.Match[str] | None:
        """Return "not" or "no" of the hedge before a length: "not less than 15 km", "no nearer than 15 km"."""
        return _NOT_LESS.search(text_of(self.doc), max(0, measure.start - 30), measure.start)

    def _make(self, kind: RelationKind, start: int, end: int, sent: Span, **fields: object) -> Relation:
        words = words_at(self.doc, start, end)
        measure = self.measures.get(str(fields.get("measure")))
        hedged = self._not_before(measure) if measure else None
        apart = {t.i for t in words_at(self.doc, *hedged.span())} if hedged else set()
        claim = claim_of(words.root, apart)
        figure = self._nothing_before(words) or self._place_before(start) or figure_of(words, sent)
        if figure is not None and _NONE.match(figure.text) and claim == "asserted":
            claim = "denied"  # "no hospital within 60 km of"
        if claim == "asserted" and _CONTESTED.match(text_of(self.doc), end, max(end, sent.end_char)):
            claim = "disputed"
        return Relation.model_validate(
            {"id": "r", "kind": kind, "text": text_of(self.doc)[start:end], "start": start, "end": end, "figure": figure,
             "claim": claim, "attributed_to": speaker_of(words.root), **fields}
        )  # fmt: skip

    def _nothing_before(self, words: Span) -> TextSpan | None:
        """Return "no working well" right before a relation: what is not there."""
        before = self.doc[max(words.sent.start, words.start - 7) : words.start]
        first = next(
            (t for t in reversed(before) if t.lower_ in ("no", "none") and t.i != words.start - 1),
            None,
        )
        if first is None:
            return None
        thing = self.doc[first.i : words.start]
        is_there = (
            first.i > words.sent.start + 1
            and first.nbor(-1).lemma_ == "be"
            and first.nbor(-2).lower_ == "there"
        )
        if not is_there and (
            thing[-1].pos_ not in ("NOUN", "PROPN") or any(t.pos_ in ("VERB", "AUX") for t in thing)
        ):
            return None
        if any(t.is_punct for t in thing if t.text != "-"):
            return None
        return TextSpan(text=thing.text, start=thing.start_char, end=thing.end_char)

    def _place_before(self, start: int) -> TextSpan | None:
        """Return the place that the relation itself follows: "the base at X" says where the base is."""
        text, end = text_of(self.doc), start
        while end and text[end - 1] == " ":
            end -= 1
        end -= end > 0 and text[end - 1] == ","
        place = self._by_end.get(end)
        return TextSpan(text=place.text, start=place.start, end=place.end) if place else None


def _distance_kind(measure: Measure | None, fields: dict[str, object]) -> RelationKind:
    if fields.get("bearing_deg") is not None:
        return "offset"
    if fields.get("low_m") is not None and fields.get("high_m") is None:
        return "beyond"
    if measure is not None and measure.bound == "<=":
        return "within"
    return "distance"


def _qualifier(groups: dict[str, str | None], words: str) -> str | None:
    if groups.get("p") is not None and re.search(r"(?i)\b(?:coast|coastline|shore|off)\b", words):
        return "coast"
    if groups.get("half"):
        return "halfway"
    if (groups.get("part") or "").lower() in CENTRE_WORDS:
        return "centre"
    return None
