"""Words -> relations: what is where, relative to what.

Rules are patterns over folded sentences (see `masked`), tried from the most to the
least specific; words that one rule has used are not used again by a weaker one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.extract.claims import claim_of
from standoff.extract.directions import directed
from standoff.extract.masked import Item, Masked, items_of
from standoff.extract.measure_roles import with_role
from standoff.extract.nouns import CENTRE_WORDS
from standoff.extract.place_lines import place_lines
from standoff.extract.relation_rules import RULES, Rule
from standoff.extract.state import Taken, set_extension, text_of, words_at
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
        relations += builder.in_lines(relations)
        relations.sort(key=lambda relation: (relation.start, relation.end))
        relations = [r.model_copy(update={"id": f"r{i}"}) for i, r in enumerate(relations, start=1)]
        doc._.relations = with_text_kinds(doc, relations, builder.measures)
        distances = {r.measure for r in relations if r.measure and r.kind != "within"}
        radii = {r.measure for r in relations if r.measure and r.kind == "within"}
        doc._.measures = [_with_role(m, distances, radii) for m in doc._.measures]
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


class _Builder:
    """Makes relations from the matches of the rules in one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.measures: dict[str, Measure] = {m.id: m for m in doc._.measures}
        self.places: dict[str, PlaceMention] = {p.id: p for p in doc._.place_mentions}
        self._by_end = {place.end: place for place in reversed(doc._.place_mentions)}

    def in_sentence(self, sent: Span, items: list[Item]) -> Iterator[Relation]:
        """Yield the relations of one sentence, each stretch of words used once."""
        masked = Masked(sent, items)
        found = list(self._matched(masked, sent))
        yield from self._joined(found)
        for item in masked.items:
            if item.letter == "c":
                yield self._make("coordinates", item.start, item.end, sent, anchors=[item.ids[0]])

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
        if rule.kind == "border" and not anchors and not groups.get("m"):
            return None
        measure = self.measures[masked.item(groups["m"]).ids[0]] if groups.get("m") else None
        if measure is not None and (
            measure.role in ("dimension", "range", "travel") or measure.si_value is None
        ):
            return None
        if measure is not None and measure.role == "radius" and rule.kind == "distance":
            return None  # "a zone extending 25 km from X": the zone says it already
        if rule.kind == "between" and _is_dealing(match):
            return None
        if measure is not None and measure.role == "depth" and rule.kind != "border":
            return None
        start, end = masked.original(*match.span())
        start = self._with_hedge(start, measure)
        fields = self._measured(measure) | directed(
            groups.get("dir") or groups.get("dir2"), groups.get("part")
        )
        kind = rule.kind
        if kind == "distance":
            kind = _distance_kind(measure, fields)
        zone = masked.item(groups["z"]).ids[0] if groups.get("z") else None
        qualifier = rule.qualifier or _qualifier(groups, match[0])
        return self._make(kind, start, end, sent, anchors=anchors, zone=zone, qualifier=qualifier, **fields)

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
        if measure.role == "depth":
            low, high = 0.0, measure.si_value
        return {"measure": measure.id, "metres": measure.si_value, "low_m": low, "high_m": high}

    def _make(self, kind: RelationKind, start: int, end: int, sent: Span, **fields: object) -> Relation:
        words = words_at(self.doc, start, end)
        claim = claim_of(words.root)
        figure = self._place_before(start) or _figure(words, sent)
        if figure is not None and re.match(r"(?i)no\s", figure.text) and claim == "asserted":
            claim = "denied"  # "no hospital within 60 km of"
        return Relation.model_validate(
            {"id": "r", "kind": kind, "text": text_of(self.doc)[start:end], "start": start, "end": end, "figure": figure,
             "claim": claim, **fields}
        )  # fmt: skip

    def _place_before(self, start: int) -> TextSpan | None:
        """Return the place that the relation itself follows: "the base at X" says where the base is."""
        text, end = text_of(self.doc), start
        while end and text[end - 1] == " ":
            end -= 1
        end -= end > 0 and text[end - 1] == ","
        place = self._by_end.get(end)
        return TextSpan(text=place.text, start=place.start, end=place.end) if place else None


# "Talks between Serbia and Kosovo" are nowhere between the two.
_DEALING = re.compile(
    r"(?i)\b(?:talks?|deals?|match|game|wars?|trade|relations|agreements?|ties|tensions?|disputes?|ceasefire|truce|peace|"
    r"conflict|negotiations?|summit|treaty|exchange|rivalry|contest|swap)\s+$"
)


def _is_dealing(match: re.Match[str]) -> bool:
    return bool(_DEALING.search(match.string[max(0, match.start() - 30) : match.start()]))


def _distance_kind(measure: Measure | None, fields: dict[str, object]) -> RelationKind:
    if fields.get("bearing_deg") is not None:
        return "offset"
    if measure is not None and measure.bound in (">", ">="):
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


def _figure(words: Span, sent: Span) -> TextSpan | None:
    """Return the words for what is located: the subject of the verb, or the noun, that the relation hangs on."""
    head: Token = words.root
    before = words.doc[words.start - 1] if words.start > sent.start else None
    if before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in ("dobj", "obj"):
        return _text_span(before, words)  # "struck a column 18 km from"
    if head.pos_ == "VERB":
        found = _subject(head)
        return _text_span(found, words) if found is not None and found.sent.start == sent.start else None
    while head.head != head and words.start <= head.i < words.end:
        head = head.head
    if words.start <= head.i < words.end:
        return None
    found = (_object(head, words) or _subject(head)) if head.pos_ in ("VERB", "AUX") else head
    if found is None or found.pos_ in ("ADP", "SCONJ", "PUNCT") or found.sent.start != sent.start:
        return None
    return _text_span(found, words)


def _text_span(found: Token, words: Span) -> TextSpan:
    """Return the noun phrase round a word, as far as the relation that follows it."""
    left = found.left_edge.i
    right = found.i + 1
    for child in found.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.right_edge.i < words.start:
            right = child.right_edge.i + 1
    span = found.doc[left:right]
    return TextSpan(text=span.text, start=span.start_char, end=span.end_char)


def _object(verb: Token, words: Span) -> Token | None:
    """Return the object before the relation: "drones struck a column on Thursday 18 km from" locates the column."""
    objects = (
        c for c in verb.children if c.dep_ in ("dobj", "obj") and c.i < words.start and c.pos_ != "PRON"
    )
    return next(objects, None)


def _subject(verb: Token) -> Token | None:
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return (
                    child
                    if child.pos_ != "PRON" or child.lower_ not in ("which", "that", "who")
                    else verb.head
                )
        if verb.dep_ in ("acl", "relcl") and verb.head != verb:
            return verb.head
        if verb.head == verb or verb.dep_ not in ("xcomp", "conj", "advcl", "ccomp", "pcomp"):
            return None
        verb = verb.head
    return None
