"""What the clauses round a zone say of it: how far it reaches, and round what.

A zone's mention is known by its noun. From a length, or from a word such as "around" or
"centre", the parse is climbed to the verb; what the verb speaks of is the zone, its
radius or a pronoun, and a pronoun can be a zone of the two sentences before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from spacy.tokens import Token

from standoff.extract.state import words_at
from standoff.extract.zone_parse import Words
from standoff.extract.zone_words import (
    ALL_ROUND,
    CENTRE_NOUNS,
    CENTRE_VERBS,
    CHANGE_VERBS,
    DISTANCE_TO,
    EXTENT_VERBS,
    FROM_CENTRE,
    FROM_TO,
    NO_RADIUS,
    RADIUS_NOUNS,
    ROUND_WORDS,
)
from standoff.model import Measure, PlaceMention

_BACK = 2  # sentences between a pronoun and its zone
_NEAR = 80  # characters behind a length that are looked at
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_EXTENT_PREPS = frozenset("of with at to in on as for out up over about around round from".split())
# What a zone does and a town does not: "the zone around Tarawa, which reaches out 40 miles".
_REACH_VERBS = frozenset("reach radiate measure span".split())
_CENTRE_PREPS = frozenset("in into of".split())
_CENTRE_PATH = frozenset("force effect place operation area waters sea all side radius circle".split())
_PRONOUNS = frozenset("it they its their this".split())


class _Headed(Protocol):
    """What has a noun as its head and a place in the text: a mention of a zone."""

    start: int
    head: Token
    anchor: PlaceMention | None


Mention = TypeVar("Mention", bound=_Headed)


@dataclass(frozen=True)
class Extent(Generic[Mention]):
    """The zones whose radius a length states, the verb that says so, and how."""

    zones: list[Mention]
    verb: int
    change: str  # "from" or "to" in a change of size, else empty
    diameter: bool


class Clauses(Generic[Mention]):
    """What is said of zones in the clauses of one document.

    Parameters
    ----------
    words : Words
        The document.
    mentions : list
        The mentions of zones, in text order.
    """

    def __init__(self, words: Words, mentions: list[Mention]) -> None:
        self.words = words
        self.mentions = list(mentions)
        self._by_head: dict[int, Mention] = {m.head.i: m for m in mentions}
        self._heads = [m.head.i for m in mentions]

    def extent(self, measure: Measure) -> Extent[Mention] | None:
        """Return of which zones a length states the radius."""
        after = self.words.text[measure.end : measure.end + _NEAR]
        if NO_RADIUS.match(after):
            return None
        root = words_at(self.words.doc, measure.start, measure.end).root
        path = self.words.path(root, _EXTENT_PREPS, RADIUS_NOUNS, self._by_head)
        if path is None:
            return None
        top, nouns = path
        if top.i in self._by_head:
            if DISTANCE_TO.match(after) and not nouns:
                return None  # "a danger zone 5 km from the town"
            return Extent([self._by_head[top.i]], top.i, change="", diameter="diameter" in nouns)
        change = self._from_or_to(measure) if top.lemma_.lower() in CHANGE_VERBS else ""
        if not change and not _can_extend(self.words, top, nouns, after):
            return None
        for target in self.words.told_of(top):
            zones, noun, pronoun = self._zones_of(target, top.lemma_.lower())
            all_round = noun or nouns or ALL_ROUND.match(after)
            if zones and (not pronoun or all_round or self._is_told_of(zones[0], target)):
                return Extent(zones, top.i, change, "diameter" in (*nouns, noun))
        return None

    def centre_behind(self, measure: Measure) -> PlaceMention | None:
        """Return the place in "reaches 5 km from X", "8 km in all directions from X"."""
        link = FROM_CENTRE.match(self.words.text[measure.end : measure.end + _NEAR])
        if link is None:
            return None
        word = self.words.token_at(measure.end + link.start("link"))
        return self.words.place_behind(measure.end + link.end(), self.words.sentence_end(word))

    def changed_before(self, measure: Measure) -> Extent[Mention] | None:
        """Return the zone whose change of size a length tells behind other words: "around X's square from 100 to 500 m"."""
        way = self._from_or_to(measure)
        word = self.words.token_at(measure.start)
        index = bisect_left(self._heads, word.i) - 1
        if not way or index < 0:
            return None
        zone = self.mentions[index]
        verb = zone.head.head
        is_told = zone.head.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in CHANGE_VERBS
        same = self.words.sentence_of(zone.head) == self.words.sentence_of(word)
        return Extent([zone], verb.i, way, diameter=False) if is_told and same else None

    def _from_or_to(self, measure: Measure) -> str:
        """Return which of "from" and "to" stands in front of a length: "widened from 20 to 30 km"."""
        match = FROM_TO.search(self.words.text[max(0, measure.start - 40) : measure.start])
        return match["way"].lower() if match else ""

    def centres(self) -> Iterator[tuple[list[Mention], PlaceMention]]:
        """Yield zones and the place that a clause puts at their centre."""
        for token in self.words.doc:
            lemma = token.lemma_.lower()
            if token.lower_ in ROUND_WORDS or (lemma in ROUND_WORDS and token.pos_ == "VERB"):
                found = self._round(token)
            elif lemma in CENTRE_NOUNS:
                found = self._centre_verb(token) if token.pos_ == "VERB" else self._centre_noun(token)
            else:
                continue
            if found is not None:
                yield found

    # ------------------------------------------------------------------ centres

    def _round(self, token: Token) -> tuple[list[Mention], PlaceMention] | None:
        """Read "has been in force around X", "it surrounds X"."""
        end = self.words.sentence_end(token)
        place = self.words.place_behind(token.idx + len(token), end)
        if place is None:
            return None
        if token.pos_ == "VERB" and token.dep_ != "prep":
            top: Token | None = token
        else:
            path = self.words.path(token, _CENTRE_PREPS, _CENTRE_PATH, self._by_head)
            top = path[0] if path else None
            if top is not None and top.i in self._by_head:
                return [self._by_head[top.i]], place
            if top is not None and top.lemma_.lower() not in CENTRE_VERBS | CHANGE_VERBS:
                return None
        if top is None:
            return None
        return self._first_zone(top, place)

    def _centre_verb(self, token: Token) -> tuple[list[Mention], PlaceMention] | None:
        """Read "it is centred on X"."""
        place = self.words.place_behind(token.idx + len(token), self.words.sentence_end(token))
        return self._first_zone(token, place) if place else None

    def _first_zone(self, verb: Token, place: PlaceMention) -> tuple[list[Mention], PlaceMention] | None:
        for target in self.words.told_of(verb):
            zones, _, _ = self._zones_of(target)
            fronted = (
                verb.sent.start == self.words.token_at(place.start).sent.start and place.start < verb.idx
            )
            zones = [zone for zone in zones if zone.start < place.start or fronted]
            if zones:
                return zones, place
        return None

    def _centre_noun(self, token: Token) -> tuple[list[Mention], PlaceMention] | None:
        """Read "its centre is X", "X would be its centre", "X lies in the middle of it", "with X at its centre"."""
        zones = self._owners(token)
        if not zones:
            return None
        if token.dep_ in _SUBJECTS and token.head.lemma_.lower() in ("be", "lie", "stand"):
            verb = token.head
            place = self.words.place_behind(verb.idx + len(verb), self.words.sentence_end(token))
        elif token.dep_ == "pobj" and token.head.lower_ == "with":
            place = self.words.place_behind(token.idx + len(token), self.words.sentence_end(token))
        elif token.dep_ in ("attr", "oprd", "acomp"):
            place = self._subject_place(token.head)
        elif token.dep_ == "pobj" and token.head.lower_ in ("in", "at"):
            prep = token.head
            place = next(self.words.places_before(prep.idx), None)
            if place is None or self.words.text[place.end : prep.idx].strip():
                place = self._subject_place(prep.head)
        else:
            place = None
        return (zones, place) if place else None

    def _subject_place(self, verb: Token) -> PlaceMention | None:
        return next((p for s in self.words.subjects(verb) if (p := self.words.place_at(s))), None)

    # ------------------------------------------------------------------ whose

    def _zones_of(self, target: Token, verb: str = "") -> tuple[list[Mention], str, bool]:
        """Return the zones that a word is or belongs to, the noun it does so by ("radius"), whether by a pronoun."""
        if (
            target.lower_ == "round"
        ):  # "the zone round X was widened": taken for a verb or a noun by the parser
            before = target.i - 1
            target = (
                target.doc[before]
                if before in self._by_head
                else next(iter(self.words.subjects(target)), target)
            )
        if target.i in self._by_head:
            return self._with_conjuncts(target), "", False
        if (centred := self._round_place(target)) is not None:
            return [centred], "", verb not in CHANGE_VERBS | _REACH_VERBS
        lemma = target.lemma_.lower()
        if lemma in RADIUS_NOUNS:
            owners = self._owners(target)
            return owners, "diameter" if lemma == "diameter" else "radius", True
        if target.lower_ in _PRONOUNS and target.pos_ == "PRON":
            zone = self._antecedent(target)
            return ([zone] if zone else []), "", True
        return [], "", False

    def _round_place(self, target: Token) -> Mention | None:
        """Return the zone whose centre a word names, in its sentence: "the zone round X, which is 30 km in radius"."""
        place = self.words.place_at(target)
        index = bisect_left(self._heads, target.i) - 1
        if place is None or index < 0:
            return None
        zone = self.mentions[index]
        return (
            zone
            if zone.anchor is place and self.words.sentence_of(zone.head) == self.words.sentence_of(target)
            else None
        )

    def _with_conjuncts(self, head: Token) -> list[Mention]:
        return [self._by_head[t.i] for t in self.words.conjuncts(head) if t.i in self._by_head]

    def _owners(self, noun: Token) -> list[Mention]:
        """Return the zones of "its radius", "the zone's radius", "the radius of the zone"; for "the radius" the last."""
        definite = False
        for child in self.words.children(noun):
            definite = definite or (child.dep_ == "det" and child.lower_ == "the")
            if child.dep_ == "poss":
                return self._owned_by(child) or []
            if child.dep_ == "prep" and child.lower_ in ("of", "for", "around"):
                objects = [inner for inner in self.words.children(child) if inner.dep_ == "pobj"]
                for inner in objects:
                    owners = self._owned_by(inner)
                    if owners is not None:
                        return owners
                definite = definite and all(self.words.is_unit(inner) for inner in objects)
        if definite and noun.lemma_.lower() in ("radius", "diameter"):
            zone = self._antecedent(noun)
            return [zone] if zone else []
        return []

    def _owned_by(self, token: Token) -> list[Mention] | None:
        """Return the zones that a word is or, as a pronoun, stands for; None if it is another word."""
        if token.i in self._by_head:
            return self._with_conjuncts(token)
        if token.lower_ not in _PRONOUNS:
            return None
        zone = self._antecedent(token)
        return [zone] if zone else []

    def _antecedent(self, token: Token) -> Mention | None:
        """Return the last zone before a pronoun, if it is no more than two sentences back."""
        index = bisect_left(self._heads, token.i) - 1
        if index < 0:
            return None
        zone = self.mentions[index]
        return zone if self.words.sentence_of(token) - self.words.sentence_of(zone.head) <= _BACK else None

    def _is_told_of(self, zone: Mention, pronoun: Token) -> bool:
        """Say whether the sentence before is about the zone: it is the subject or the object there."""
        gap = self.words.sentence_of(pronoun) - self.words.sentence_of(zone.head)
        return gap == 1 and zone.head.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")


def _can_extend(words: Words, verb: Token, nouns: list[str], after: str) -> bool:
    """Say whether a verb with a length tells how far a thing reaches: not "the zone is 5 km from the town"."""
    if verb.lemma_.lower() not in EXTENT_VERBS:
        return False
    if verb.lemma_.lower() != "be" or nouns or not DISTANCE_TO.match(after):
        return True
    return any(subject.lemma_.lower() in RADIUS_NOUNS for subject in words.subjects(verb))
