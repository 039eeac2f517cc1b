"""A document as the zone rules see it: its sentences, lengths, places and parse, each step in bounded time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from itertools import islice

from spacy.tokens import Doc, Token

from standoff.extract.state import text_of, words_at
from standoff.model import Measure, PlaceMention

_STEPS = 8  # up the parse from a length to its verb
_CHILDREN = 40  # of one word that are looked at
_NEAR = 80  # characters between "around" and the place
_SENSES = 5  # of a name that are looked at
_WIDE = frozenset({"country", "admin1", "admin2", "region", "sea", "ocean", "gulf", "continent", "desert"})
_OWNS = re.compile(r"^['’]s\s+(?:(?!(?:and|or|from|to|with)\b)[\w-]+\s+){0,5}$")
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "ADV"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_THROUGH = frozenset(
    "pobj dobj attr npadvmod appos conj prep compound nmod amod advmod quantmod nummod oprd acomp pcomp dep".split()
)


class Words:
    """A document's sentences, lengths and places, each found without a walk through the document.

    Parameters
    ----------
    doc : Doc
        With measures and place mentions.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.sentences = [(sent.start, sent.end) for sent in doc.sents]
        self._sentence_starts = [start for start, _ in self.sentences]
        self.lengths: list[Measure] = sorted(
            (m for m in doc._.measures if m.dimension == "length"), key=lambda m: m.start
        )
        self._length_starts = [m.start for m in self.lengths]
        self.places: list[PlaceMention] = sorted(
            (p for p in doc._.place_mentions if p.kind != "demonym"), key=lambda p: p.start
        )
        self._place_starts = [p.start for p in self.places]
        self._wide: dict[str, bool] = {}
        self._children: dict[int, list[Token]] = {}
        for token in doc:
            if token.head.i != token.i:
                self._children.setdefault(token.head.i, []).append(token)
        self.containers = {p.inside for p in doc._.place_mentions if p.inside}

    def sentence_of(self, token: Token) -> int:
        """Return the number of a word's sentence."""
        return bisect_right(self._sentence_starts, token.i) - 1

    def sentence_end(self, token: Token) -> int:
        """Return the offset at which a word's sentence ends."""
        last = self.doc[self.sentences[self.sentence_of(token)][1] - 1]
        return last.idx + len(last)

    def lengths_from(self, position: int) -> Iterator[Measure]:
        """Yield the lengths that start at an offset or behind it."""
        return islice(self.lengths, bisect_left(self._length_starts, position), None)

    def places_from(self, position: int) -> Iterator[PlaceMention]:
        """Yield the places that start at an offset or behind it."""
        return islice(self.places, bisect_left(self._place_starts, position), None)

    def places_before(self, position: int) -> Iterator[PlaceMention]:
        """Yield the places that start before an offset, the nearest first."""
        for index in range(bisect_left(self._place_starts, position) - 1, -1, -1):
            yield self.places[index]

    def token_at(self, position: int) -> Token:
        """Return the word at an offset."""
        return words_at(self.doc, position, position + 1)[0]

    def is_country(self, place: PlaceMention) -> bool:
        """Say whether a name means a country first, or nothing but provinces and seas."""
        name, lexicon = place.name, self.doc._.lexicon
        if name is None or lexicon is None:
            return False
        if name not in self._wide:
            features = [sense.place.feature for sense in lexicon.lookup(name, _SENSES)]
            first = features[:1] == ["country"]
            self._wide[name] = bool(features) and (first or all(feature in _WIDE for feature in features))
        return self._wide[name]

    def place_at(self, token: Token) -> PlaceMention | None:
        """Return the place whose words a word is one of."""
        place = next(self.places_before(token.idx + 1), None)
        return place if place is not None and place.end > token.idx else None

    def place_behind(self, position: int, limit: int) -> PlaceMention | None:
        """Return the place behind an offset, with nothing but a few words of its own phrase between."""
        place = next(self.places_from(position), None)
        if place is None or place.start > min(limit, position + _NEAR):
            return None
        between = self.text[position : place.start]
        if any(mark in between for mark in ",;:.()") or len(between.split()) > 5:
            return None
        return (
            None if next(self.lengths_from(position), None) in self._until(place.start) else self.owned(place)
        )

    def owned(self, place: PlaceMention) -> PlaceMention:
        """Return the place that another's name only says the owner of: "Plymouth" of "Montserrat's Plymouth"."""
        following = next(self.places_from(place.end), None)
        if following is None or following.start - place.end > _NEAR:
            return place
        return following if _OWNS.match(self.text[place.end : following.start]) else place

    def _until(self, position: int) -> list[Measure]:
        index = bisect_left(self._length_starts, position)
        return self.lengths[max(0, index - 1) : index]

    # ------------------------------------------------------------------ the parse

    def children(self, token: Token) -> list[Token]:
        """Return the words that hang on a word, the first few; spaCy's own walk through all that hangs on these too."""
        return self._children.get(token.i, [])[:_CHILDREN]

    def lefts(self, token: Token) -> list[Token]:
        """Return those in front of it."""
        return [child for child in self.children(token) if child.i < token.i]

    def rights(self, token: Token) -> list[Token]:
        """Return those behind it."""
        return [child for child in self.children(token) if child.i > token.i]

    def conjuncts(self, token: Token) -> list[Token]:
        """Return a word and those that it is joined with by "and"."""
        first = token
        for _ in range(_STEPS):
            if first.dep_ != "conj":
                break
            first = first.head
        found = [first]
        while len(found) < _STEPS:
            following = next((c for c in self.rights(found[-1]) if c.dep_ == "conj"), None)
            if following is None:
                break
            found.append(following)
        return found

    def is_unit(self, token: Token) -> bool:
        """Say whether a number counts a word: "km" in "5 km"."""
        return any(child.dep_ == "nummod" or child.like_num for child in self.lefts(token))

    def path(
        self, token: Token, preps: frozenset[str], nouns: frozenset[str], zones: Container[int]
    ) -> tuple[Token, list[str]] | None:
        """Climb from a word to the verb, the zone or the other noun that it hangs on; return it and the nouns passed."""
        passed: list[str] = []
        for _ in range(_STEPS):
            parent = token.head
            if token.pos_ in ("VERB", "AUX") or parent.i in zones:
                return (token if token.pos_ in ("VERB", "AUX") else parent), passed
            if parent == token or (token.dep_ not in _THROUGH and token.dep_ not in _SUBJECTS):
                return None
            lemma = parent.lemma_.lower()
            if parent.pos_ == "ADP" or parent.dep_ == "prep":
                if parent.lower_ not in preps:
                    return None
            elif parent.pos_ in _NOMINAL and (lemma in nouns or lemma in ("circle", "direction", "side")):
                passed.append(lemma)
            elif parent.pos_ == "ADV" and parent.lower_ in ("across", "around", "round", "out"):
                pass  # "was 3 miles across"
            elif parent.pos_ in _NOMINAL and token.dep_ != "quantmod" and not self.is_unit(parent):
                return parent, passed
            token = parent
        return None

    def subjects(self, verb: Token) -> list[Token]:
        """Return the subjects of a verb; where it has none, those of the verb it goes with."""
        for _ in range(4):
            found = [child for child in self.lefts(verb) if child.dep_ in _SUBJECTS]
            if found:
                relative = verb.dep_ == "relcl" and found[0].lower_ in ("which", "that")
                return [verb.head] if relative else found
            if verb.dep_ in ("acl", "relcl"):
                return [verb.head]
            if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp") or verb.head == verb:
                return []
            verb = verb.head
        return []

    def told_of(self, verb: Token) -> list[Token]:
        """Return what a clause can speak of: its object ("set the zone at 5 km"), then its subject."""
        rights = self.rights(verb)
        objects = [child for child in rights if child.dep_ in ("dobj", "nsubj", "nsubjpass", "oprd")]
        for child in rights:
            if child.dep_ == "prep" and child.lower_ == "for":
                objects += [inner for inner in self.rights(child) if inner.dep_ == "pobj"]
        return [*objects, *self.subjects(verb)]
