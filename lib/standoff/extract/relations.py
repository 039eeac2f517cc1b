"""Words -> relations: what is where, relative to what.

Rules are patterns over folded sentences (see `masked`), tried from the most to the
least specific; words that one rule has used are not used again by a weaker one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.extract.claims import claim_of
from standoff.extract.masked import CLOSE, OPEN, Item, Masked, items_of
from standoff.extract.measure_roles import with_role
from standoff.extract.nouns import BEARINGS, CENTRE_WORDS, PART_WORDS, halfwidth_of
from standoff.extract.state import set_extension, text_of, words_at
from standoff.model import Measure, PlaceMention, Relation, RelationKind
from standoff.model import Span as TextSpan

_LONG = "|".join(sorted((n.replace("-", "[- ]?") for n in BEARINGS if len(n) > 3), key=len, reverse=True))
_SHORT = "NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW|N|E|S|W"
_WIND = r"(?i:north|south|east|west)"
_DIR = (
    rf"(?:(?:just|due|directly|immediately|almost)\s+)?(?P<dir>{_WIND}(?:[\s-]?{_WIND})?\s+(?i:by)\s+{_WIND}"
    rf"|(?i:{_LONG})(?:(?i:ern|wards?|erly))?|(?:{_SHORT})\b\.?"
    r"|(?i:(?:on\s+)?an?\s+bearing\s+of\s+)\d{1,3}(?:°|\s+(?i:degrees))(?:\s+(?i:true))?)"
)
_BEARING = r"(?P<dir>(?i:(?:on\s+)?an?\s+bearing\s+of\s+)\d{1,3}(?:°|\s+(?i:degrees))(?:\s+(?i:true))?)"
_TO_DIR = rf"(?:(?i:to|in|towards?)\s+(?i:the)\s+)?{_DIR}(?:\s+(?i:direction|side|edge|outskirts))?"
_STOP = (
    r"(?!(?i:and|or|but|to|from|at|in|on|near|where|which|that|who|after|before|when|while|was|were|is|are|had|has|have|"
    r"by|with|for|into|as|than|between|over|under|across|along|off|outside|inside|within|said|told|border|frontier)\b)"
)
# A people ("the Iraqi town of") or a place that only modifies ("the US-manned garrison").
_MODIFIER = rf"{OPEN}d\d+{CLOSE}(?:'s|-\w+)?|{OPEN}p\d+{CLOSE}-\w+"
_WORD = rf"(?:{_STOP}[\w'“”\"-]+|{_MODIFIER})"
#: What may stand between a preposition and the place: "the coast of", "the besieged town of".
_NP = rf"(?P<np>(?:{_WORD}\s+){{0,5}}?(?:(?i:capital|town|city|village|port|base|island),\s+)?)"


def _mark(letter: str, name: str) -> str:
    return rf"{OPEN}{letter}(?P<{name}>\d+){CLOSE}(?!-[a-z])"


_SIDE, _OTHER_SIDE = _mark("[pd]", "p"), _mark("[pd]", "q")
_M, _P, _Q, _Z = _mark("m", "m"), _mark("p", "p"), _mark("p", "q"), _mark("z", "z")
_S = r"(?:'s)?"
_HEDGE = r"(?:(?i:about|around|some|roughly|approximately|nearly|almost|just|over|under|more than|less than|at least)\s+)*"
_ROAD = r"(?i:road|highway|motorway|route|railway|track)"
_BORDER = r"(?i:border|frontier|boundary)(?:\s+(?i:area|region|line|fence|zone))?"
_ON = r"(?:\b(?i:on|near|along|at|across|over|close\s+to|by|to)\s+(?:(?i:the|its)\s+)?)?"
_PART = "|".join(sorted((*PART_WORDS, *CENTRE_WORDS), key=len, reverse=True))


@dataclass(frozen=True)
class _Rule:
    """A construction: its kind, its pattern, and the qualifier that it states."""

    kind: RelationKind
    pattern: re.Pattern[str]
    qualifier: str | None = None


def _rule(kind: RelationKind, pattern: str, qualifier: str | None = None) -> _Rule:
    return _Rule(kind, re.compile(pattern), qualifier)


_RULES: tuple[_Rule, ...] = (
    # "36 nautical miles outside the exclusion zone"
    _rule(
        "zone",
        rf"{_M}\s+(?:{_TO_DIR}\s+(?:of\s+)?)?(?i:outside|beyond|out\s+of)\s+(?i:of\s+)?{_Z}",
        "outside",
    ),
    _rule("zone", rf"{_M}\s+(?:{_TO_DIR}\s+(?:of\s+)?)?(?i:inside|within|into)\s+{_Z}", "edge"),
    # "10 km from the border with Iraq", "from the Iraqi border"
    _rule(
        "border",
        rf"{_M}\s*(?i:away\s+|inland\s+)?(?:{_TO_DIR}\s+)?(?i:from|of|off|inside|inland\s+from)\s+(?i:the\s+|its\s+)?"
        rf"(?:{_SIDE}(?:{_S}|\s*[-–]\s*{_OTHER_SIDE})\s+(?:\w+\s+)?)?{_BORDER}"
        rf"(?:\s+(?i:with|between|of)\s+(?i:the\s+)?{_mark('p', 'r')}(?:\s+(?i:and)\s+(?i:the\s+)?{_mark('p', 's')})?)?",
    ),
    # "3 km inside Turkish territory"
    _rule("border", rf"{_M}\s+(?i:inside|into|within)\s+{_SIDE}{_S}\s+(?i:territory|soil|side)\b", "edge"),
    # "within 30 km of Y", "within a 20-km radius of Y", "in a radius of 5 km around Y"
    _rule(
        "within",
        rf"\b(?i:within|inside|in)\s+(?i:an?\s+|the\s+)?(?:(?i:radius\s+of|distance\s+of)\s+)?{_HEDGE}{_M}"
        rf"(?:\s+(?i:radius|circle))?\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}",
    ),
    _rule(
        "within", rf"\b(?i:radius\s+of)\s+{_HEDGE}{_M}\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}"
    ),
    _rule(
        "within",
        rf"{_M}\s+(?i:radius|circle|perimeter|cordon)\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}",
    ),
    # "on a bearing of 240 degrees, 12 nm from Gibraltar"
    _rule("distance", rf"{_BEARING},?\s+(?i:at\s+)?{_HEDGE}{_M}\s+(?i:from|off|of)\s+{_NP}{_P}"),
    # "24 miles from Y", "30 km north-east of Y", "15 km off Y"
    _rule(
        "distance",
        rf"{_M}\s*[,)]?\s*"
        rf"(?:(?i:or\s+so|away|distant|out|inland|offshore|further|farther|up|down|downstream|upstream)\s+)*"
        rf"(?:{_TO_DIR}[\s,]+)?(?i:from|of|off|outside(?:\s+of)?|short\s+of)\s+{_NP}{_P}"
        rf"(?:,?\s+(?i:to)\s+(?i:the)\s+(?P<dir2>(?i:{_LONG})))?",
    ),
    # "12 miles off the Somali coast"
    _rule(
        "distance",
        rf"{_M}\s+(?i:from|off)\s+(?i:the\s+)?{_SIDE}{_S}\s+(?:\w+\s+)?(?i:coast|coastline|shore)\b",
        "coast",
    ),
    # "From Kherson the guns are barely 4 km away"
    _rule(
        "distance",
        rf"\b(?i:from)\s+{_NP}{_P}\s(?:[^.;,{OPEN}]|{OPEN}d\d+{CLOSE}){{0,60}}?{_M}\s+(?i:away|distant|off)\b",
    ),
    # "north of Aleppo, about 35 km away"
    _rule(
        "distance",
        rf"{_TO_DIR}\s+(?i:of)\s+{_NP}{_P}\s*,?\s*{_HEDGE}{_M}"
        rf"(?:\s+(?i:away|distant|off|from\s+it)|(?=\s*[,.]))",
    ),
    # zones as places
    _rule(
        "zone",
        rf"\b(?i:just\s+(?:inside|within)|(?:at|on|along)\s+the\s+(?:very\s+)?(?:edge|rim|fringe|boundary)\s+of|barely\s+inside)"
        rf"\s+{_Z}",
        "edge",
    ),
    _rule(
        "zone",
        rf"\b(?i:(?:well\s+|deep\s+)?inside|within|into|in|entered|entering|enters?|through|leave|leaves|leaving|left)"
        rf"\s+{_Z}",
    ),
    _rule("zone", rf"\b(?i:(?:just\s+)?(?:outside|beyond)(?:\s+of)?)\s+{_Z}", "outside"),
    # roads, borders, between
    _rule(
        "along",
        rf"{_ROAD}\s+(?:\w+\s+){{0,3}}?(?i:between|from|linking|connecting|joining)\s+{_NP}{_P}"
        rf"\s+(?i:and|to|with)\s+(?i:the\s+(?:town|city|village)\s+of\s+)?{_Q}",
    ),
    _rule("along", rf"{_P}\s*(?:[-–/]|\s(?i:to|and)\s)\s*{_Q}\s+(?:\w+\s+)?{_ROAD}"),
    _rule("border", rf"{_ON}{_SIDE}\s*[-–]\s*{_OTHER_SIDE}\s+{_BORDER}"),
    _rule("border", rf"{_ON}{_BORDER}\s+(?i:between|of)\s+(?i:the\s+)?{_P}\s+(?i:and)\s+(?i:the\s+)?{_Q}"),
    _rule(
        "border",
        rf"{_ON}{_SIDE}{_S}\s+(?:(?P<part>(?i:{_PART}))\s+)?{_BORDER}\s+(?i:with)\s+(?i:the\s+)?{_Q}",
    ),
    _rule("border", rf"{_ON}{_BORDER}\s+(?i:with)\s+(?i:the\s+|neighbou?ring\s+)?{_P}"),
    _rule("border", rf"{_ON}{_SIDE}{_S}\s+(?:(?P<part>(?i:{_PART}))\s+)?{_BORDER}"),
    _rule(
        "between",
        rf"(?P<half>(?i:halfway|midway|half-way|half\s+way)\s+)?\b(?i:between)\s+{_NP}{_P}\s+(?i:and)\s+"
        rf"(?P<np2>(?:{_WORD}\s+){{0,4}}?){_Q}",
    ),
    # parts and directions
    _rule(
        "part",
        rf"{_P}'s\s+(?:(?i:far|extreme)\s+)?(?P<part>(?i:{_PART}))\b(?!\s+(?i:border|frontier|coast|province|city|town))",
    ),
    _rule("part", rf"(?P<part>(?i:{_PART}))\s+(?i:parts?|areas?|regions?)\s+(?i:of)\s+(?i:the\s+)?{_P}"),
    _rule("part", rf"(?:\b(?i:in|into|across|throughout|over)\s+)?\b(?P<part>(?i:{_PART}))\s+{_P}"),
    _rule(
        "part",
        rf"(?<!to )(?<!To )\b(?:(?i:in|across|throughout|from)\s+)?(?i:the\s+)(?:(?i:far|extreme)\s+)?"
        rf"(?P<part>(?i:{_PART}))(?:\s+(?i:part|parts|half|corner))?\s+(?i:of)\s+(?i:the\s+)?{_P}",
    ),
    _rule("direction", rf"{_TO_DIR}\s+(?i:of)\s+{_NP}{_P}"),
    # near, at, in
    _rule(
        "near",
        rf"\b(?i:on\s+the\s+outskirts\s+of|on\s+the\s+edge\s+of|just\s+outside|outside)\s+{_NP}{_P}",
        "outskirts",
    ),
    _rule(
        "near",
        rf"\b(?i:near|nearby|close\s+to|not\s+far\s+from|in\s+the\s+vicinity\s+of|in\s+the\s+area\s+of|next\s+to|beside|alongside|"
        rf"off|(?<!{CLOSE}\s)(?:around|round)|in\s+the\s+waters\s+(?:of|off))\s+{_NP}{_P}",
    ),
    _rule("at", rf"\b(?i:at|upon)\s+{_NP}{_P}"),
    _rule("in", rf"\b(?i:in|into|inside|within|over|across|throughout|entered|entering)\s+{_NP}{_P}"),
)


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
        relations.sort(key=lambda relation: (relation.start, relation.end))
        doc._.relations = [r.model_copy(update={"id": f"r{i}"}) for i, r in enumerate(relations, start=1)]
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

    def _matched(self, masked: Masked, sent: Span) -> Iterator[Relation]:
        used: list[tuple[int, int]] = []
        for rule in _RULES:
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

    def _relation(self, rule: _Rule, match: re.Match[str], masked: Masked, sent: Span) -> Relation | None:
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
        fields = self._measured(measure) | _directed(groups)
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


def _directed(groups: dict[str, str | None]) -> dict[str, object]:
    words = groups.get("dir") or groups.get("dir2")
    if words and re.search(r"\d", words):
        return {"bearing_deg": float(re.findall(r"\d+", words)[0]) % 360, "bearing_halfwidth_deg": 5.0}
    if words and " by " in words.lower():
        return _by_point(words.lower())
    if words:
        name = re.sub(r"(?:ern|wards?|erly)$", "", words.lower().rstrip(".")).replace(" ", "-")
        bearing = BEARINGS.get(name, BEARINGS.get(name.replace("-", "")))
        return {"bearing_deg": bearing, "bearing_halfwidth_deg": halfwidth_of(name)}
    part = (groups.get("part") or "").lower()
    if part in PART_WORDS:
        return {"bearing_deg": PART_WORDS[part], "bearing_halfwidth_deg": halfwidth_of(part)}
    return {}


def _by_point(words: str) -> dict[str, object]:
    """Return the bearing of "north by west": a quarter wind from the first towards the second."""
    first, second = (BEARINGS[part.strip().replace(" ", "-")] for part in words.split(" by "))
    turn = (second - first + 180) % 360 - 180
    return {"bearing_deg": (first + math.copysign(11.25, turn)) % 360, "bearing_halfwidth_deg": 11.25}


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
