"""Words -> mentions of places: which words name a place.

Three kinds of evidence meet: what the statistical model labels, what the lexicon knows
(the gazetteer's names, handed in from above), and what the sentence does with the words
("24 miles from ...", "... base", "..., Syria"). No single one is enough: small models
call a garrison a person, and half of all English words are a village somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.extract.nouns import BEARINGS, FEATURE_MODIFIERS, FEATURE_NOUNS, LEADING_NOUNS, PART_WORDS
from standoff.extract.state import set_extension, text_of
from standoff.model import MentionKind, PlaceMention

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NOT_NAMES = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LAW", "LANGUAGE"}
)
_ADMIN = frozenset({"country", "admin1", "state", "region", "continent"})
_PARTICLES = frozenset(
    ("al el ez ad ar as ash az an ed es et ul e i ye de del della di du da la le los las of and the").split()
)
_LINKS = frozenset(["-", "–", "’", "'", "/"])
_LOCATIVES = frozenset(
    (
        "in at near from to toward towards outside inside around off via between into through across "
        "throughout beyond within nearby reach reached reaching enter entered entering leave left leaving "
        "seized captured retook besieged bombed shelled struck hit visited north south east west above below "
        "opposite abeam"
    ).split()
)
_TITLES = frozenset(
    (
        "mr mrs ms dr col col. gen gen. lt lt. sgt capt capt. maj maj. cmdr adm adm. prof sen sen. rep rep. "
        "gov president minister king queen prince princess sheikh general colonel admiral captain major "
        "secretary spokesman spokesperson spokeswoman ambassador governor senator pope chancellor commander"
    ).split()
)
_PARTITIVES = frozenset(
    "miles kilometres kilometers km outskirts coast shore edge outside part parts areas most".split()
)
_SURE = frozenset({"country", "state", "continent"})
_MAX_TOKENS = 7


class Sense(Protocol):
    """One thing that a name can mean; a gazetteer's hit has these."""

    @property
    def matched(self) -> str:
        """How the name matched: name, alternate, abbreviation or demonym."""

    @property
    def place(self) -> Any:
        """The gazetteer's entry, of which ``feature`` and ``population`` are used."""


class Lexicon(Protocol):
    """What knows names: the gazetteer, seen from the words' side."""

    def lookup(self, name: str, limit: int = 50) -> Sequence[Sense]:
        """Return the senses of a name, the best first; none if it is unknown."""


@dataclass(frozen=True)
class _Found:
    """A mention in the making: its tokens, the tokens of the bare name, what kind."""

    start: int
    end: int
    name: str
    kind: MentionKind
    hint: str | None
    level: str | None  # "country", "admin" or None for what holds no other place


set_extension("place_mentions", list)
set_extension("lexicon")


@Language.factory("standoff_names", assigns=["doc._.place_mentions"], requires=["doc.ents"])
class NameFinder:
    """spaCy component: puts named `PlaceMention` records in ``doc._.place_mentions``.

    Set ``doc._.lexicon`` to a gazetteer before use; without one only the model's labels
    and the constructions speak.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the named mentions of one document, in text order, with containment."""
        search = _Search(doc, doc._.lexicon)
        found: list[_Found] = []
        for run in _runs(doc):
            found.extend(search.in_run(run))
        found.sort(key=lambda item: item.start)
        doc._.place_mentions = _contained(doc, [_mention(doc, item) for item in found], found)
        return doc


def _mention(doc: Doc, item: _Found) -> PlaceMention:
    span = doc[item.start : item.end]
    return PlaceMention(
        id="p", text=span.text, start=span.start_char, end=span.end_char, kind=item.kind, name=item.name,
        feature_hint=item.hint,
    )  # fmt: skip


def _contained(doc: Doc, mentions: list[PlaceMention], found: list[_Found]) -> list[PlaceMention]:
    """Tie mentions of a place in a place: "X, Y" and "X (Y)" where Y can hold X."""
    mentions = [mention.model_copy(update={"id": f"p{i}"}) for i, mention in enumerate(mentions, start=1)]
    out = []
    for here, mention in enumerate(mentions):
        inside = None
        following = found[here + 1] if here + 1 < len(found) else None
        if following and following.level and following.kind == "toponym" and _can_be_inside(found[here]):
            between = text_of(doc)[mention.end : mentions[here + 1].start].strip().lower()
            words = between.replace(",", " ").split()
            in_words = bool(words) and words[0] == "in" and set(words[1:]) <= {"the", *PART_WORDS, "central"}
            if between in (",", "(") or in_words:
                inside = mentions[here + 1].id
        out.append(mention.model_copy(update={"inside": inside}))
    return out


def _can_be_inside(item: _Found) -> bool:
    return item.level != "country" and item.kind != "demonym"


def _runs(doc: Doc) -> Iterator[Span]:
    """Yield the maximal stretches of capitalised words, with the particles that bind them."""
    start: int | None = None
    for sent in doc.sents:
        start = None
        last = sent.start
        for token in sent:
            if _is_name_like(token):
                start = token.i if start is None else start
                last = token.i
            elif start is not None and not _binds(token):
                yield doc[start : last + 1]
                start = None
        if start is not None:
            yield doc[start : last + 1]


def _is_name_like(token: Token) -> bool:
    if token.is_space or token.is_punct or not any(char.isalpha() for char in token.text):
        return False
    if token.ent_type_ in _NOT_NAMES and token.ent_type_ not in ("ORDINAL", "CARDINAL"):
        return False
    return token.text[0].isupper() or (token.ent_type_ in _PLACE_LABELS and not token.is_lower)


def _binds(token: Token) -> bool:
    """Say whether a token can stand inside a name: the next word must be written to it or be a name."""
    if token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    if token.text in _LINKS:
        return not token.whitespace_ and (_is_name_like(following) or following.lower_ in _PARTICLES)
    if token.lower_ in _PARTICLES:
        return _is_name_like(following) or following.text in _LINKS
    return False


class _Search:
    """The search for place names in one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon | None) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.seen: dict[str, Sequence[Sense]] = {}
        self.accepted_ends: set[int] = set()

    def senses(self, name: str) -> Sequence[Sense]:
        """Return what the lexicon knows of a name, asked once."""
        if name not in self.seen:
            self.seen[name] = self.lexicon.lookup(name, limit=10) if self.lexicon else ()
        return self.seen[name]

    def in_run(self, run: Span) -> list[_Found]:
        """Return the mentions inside one run, longest names first, from left to right."""
        found: list[_Found] = []
        start = run.start
        while start < run.end:
            best = None
            for end in range(min(run.end, start + _MAX_TOKENS), start, -1):
                best = self._judge(start, end, run)
                if best:
                    break
            if best:
                found.append(best)
                self.accepted_ends.add(best.end)
                start = best.end
            else:
                start += 1
        return found

    def _judge(self, start: int, end: int, run: Span) -> _Found | None:
        first, last = self.doc[start], self.doc[end - 1]
        if not _is_name_like(first) or last.text in _LINKS or last.lower_ in ("of", "and", "the", "'s", "’s"):
            return None
        if not _whole(self.doc, start, end) or (first.lower_ == "the" and first.is_sent_start):
            return None
        if first.is_sent_start and first.is_stop and not self.senses(self.doc[start:end].text):
            return None
        return self._facility(start, end) or self._plain(start, end, run)

    def _facility(self, start: int, end: int) -> _Found | None:
        """Judge a name with its noun: "Tanf Garrison", "At Tanf base", "Cape Guardafui", "port of Shuaiba"."""
        doc = self.doc
        noun_end, hint = self._noun_after(end)
        name_end = end
        if noun_end is None and end - start > 1 and doc[end - 1].lower_ in FEATURE_NOUNS:
            noun_end, hint, name_end = end, FEATURE_NOUNS[doc[end - 1].lower_], end - 1
            while name_end - start > 1 and doc[name_end - 1].lower_ in FEATURE_MODIFIERS:
                name_end -= 1
        if noun_end is None and end - start > 1 and doc[start].lower_ in LEADING_NOUNS:
            noun_end, hint, name_end = end, LEADING_NOUNS[doc[start].lower_], end
            if doc[end - 1].lower_ == "of" or not _is_name_like(doc[end - 1]):
                return None
            if not self.senses(doc[start:end].text) and any(
                doc[i].ent_type_ == "PERSON" for i in range(start, end)
            ):
                return None
        if noun_end is None:
            return None
        name = doc[start:name_end].text
        if self._names_a_people(name) or name.lower() in FEATURE_NOUNS or doc[start].lower_ in _TITLES:
            return None
        if self._organisation(start, name_end) and not self.senses(name):
            return None
        full = doc[start:noun_end].text
        looked_up = full if self.senses(full) else name
        return _Found(
            start,
            noun_end,
            looked_up,
            "facility" if hint in _FACILITIES else "toponym",
            hint,
            self._level(looked_up),
        )

    def _noun_after(self, end: int) -> tuple[int | None, str | None]:
        """Find the kind of place behind a name, past words such as "nuclear power"."""
        position = end
        while position < len(self.doc) and position < end + 4:
            word = self.doc[position].lower_
            if word in FEATURE_NOUNS and self.doc[position].tag_ in ("NN", "NNS", "NNP", "NNPS"):
                compound = self.doc[position].dep_ != "compound" or word == "air"
                return (position + 1, FEATURE_NOUNS[word]) if compound else (None, None)
            if word not in FEATURE_MODIFIERS and word != "-":
                return None, None
            position += 1
        return None, None

    def _level(self, name: str) -> str | None:
        kinds = {sense.place.feature for sense in self.senses(name)[:3]}
        return "country" if "country" in kinds else "admin" if kinds & _ADMIN else None

    def _names_a_people(self, name: str) -> bool:
        """Say whether the name alone is a country or its people: "the US base" is not a base named US."""
        senses = self.senses(name)
        return bool(senses) and (senses[0].matched == "demonym" or senses[0].place.feature == "country")

    def _organisation(self, start: int, end: int) -> bool:
        return all(self.doc[i].ent_type_ in ("ORG", "PRODUCT", "PERSON", "NORP") for i in range(start, end))

    def _plain(self, start: int, end: int, run: Span) -> _Found | None:
        doc = self.doc
        name = doc[start:end].text
        senses = self.senses(name)
        labels = {doc[i].ent_type_ for i in range(start, end)}
        if senses and senses[0].matched in ("demonym", "adjective"):
            return None if labels == {"PERSON"} else _Found(start, end, name, "demonym", None, "country")
        sure = bool(senses) and senses[0].place.feature in _SURE and senses[0].matched != "abbreviation"
        sure = sure or (bool(senses) and senses[0].place.feature == "country")
        hint = _noun_before(doc, start) or _noun_behind(doc, end)
        if self._is_person(start, end, run) and not hint:
            return None
        if (name.isupper() and len(name) <= 4 and not sure) or (
            end - start == 1 and doc[start].is_stop and not name.isupper()
        ):
            return None
        if not sure and self._is_part_of_name(start, end, run):
            return None
        if " and " in name and not senses:
            return None
        place_label = bool(labels & _PLACE_LABELS) and self._covers_entity(start, end)
        if not senses:
            joined = start - 1 in self.accepted_ends and doc[start - 1].lower_ == "and"
            placed = self.lexicon is None or _locative(doc, start) or joined
            accepted = (place_label and placed) or (bool(hint) and doc[start].pos_ == "PROPN")
        else:
            accepted = (
                (sure and "PERSON" not in labels)
                or place_label
                or bool(hint)
                or self._in_context(start, end, labels)
            )
        if not accepted:
            return None
        return _Found(start, end, name, "toponym", hint, self._level(name))

    def _is_part_of_name(self, start: int, end: int, run: Span) -> bool:
        """Say whether capitalised words that are no place stand right beside: "Hyundai Dubai", "Jordan Hasay"."""
        doc = self.doc
        before = start > run.start and start not in self.accepted_ends and doc[start - 1].text not in _LINKS
        if before and doc[start - 1].lower_ not in (*FEATURE_NOUNS, *PART_WORDS, "of", "and", "the"):
            return _is_name_like(doc[start - 1]) and not doc[start - 1].is_stop
        after = end < run.end and _is_name_like(doc[end])
        return after and not self.senses(doc[end].text)

    def _covers_entity(self, start: int, end: int) -> bool:
        """Say whether the span is the whole entity, so that half of "New York" is no name of its own."""
        for entity in self.doc.ents:
            if entity.label_ in _PLACE_LABELS and entity.start < end and start < entity.end:
                bare = entity.start + (self.doc[entity.start].lower_ == "the")
                return start <= bare and end >= entity.end - (self.doc[entity.end - 1].lower_ in ("'s", "’s"))
        return True

    def _is_person(self, start: int, end: int, run: Span) -> bool:
        before = self.doc[start - 1].lower_ if start else ""
        if before in _TITLES or (start > run.start and self.doc[run.start].lower_ in _TITLES):
            return True
        for entity in self.doc.ents:
            if entity.label_ == "PERSON" and entity.start < end and start < entity.end:
                return len(entity) > end - start or not _locative(self.doc, start)
        return False

    def _in_context(self, start: int, end: int, labels: set[str]) -> bool:
        """Say whether the sentence treats a known name as a place."""
        doc = self.doc
        if doc[start].is_stop and end - start == 1:
            return False
        whole_organisation = labels == {"ORG"} and _entity_is_longer(doc, start, end)
        if _locative(doc, start) and not whole_organisation:
            return True
        joined = (
            start >= 2
            and doc[start - 1].lower_ in ("and", "or", ",", "-", "–")
            and start - 1 in self.accepted_ends
        )
        return joined and doc[start].pos_ == "PROPN"


_FACILITIES = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})


def _whole(doc: Doc, start: int, end: int) -> bool:
    """Say whether the span does not cut a hyphenated name, as "At" off "At-Tanf"; "US-led" may be cut."""
    if (
        end < len(doc)
        and doc[end].text in _LINKS
        and not doc[end - 1].whitespace_
        and not doc[end].whitespace_
    ):
        following = doc[end + 1] if end + 1 < len(doc) else None
        return following is None or not (
            _is_name_like(following) and doc[end].text != "–" and len(doc[end - 1]) <= 3
        )
    return not (start > 0 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and len(doc[start - 2]) <= 3
                and doc[start - 2].text[0].isupper())  # fmt: skip


def _noun_before(doc: Doc, start: int) -> str | None:
    """Return the kind that "the town of", "port of" or "province" states before a name."""
    position = start - 1
    if position >= 1 and doc[position].lower_ == "of":
        noun = doc[position - 1]
        indefinite = any(child.lower_ in ("a", "an") for child in noun.lefts)
        return None if indefinite else FEATURE_NOUNS.get(noun.lower_)
    if (
        position >= 2
        and doc[position].text == ","
        and doc[position - 1].is_lower
        and doc[position - 1].dep_ != "compound"
    ):
        return FEATURE_NOUNS.get(doc[position - 1].lower_)
    if position >= 0 and doc[position].dep_ in ("compound", "nmod", "appos") and doc[position].is_lower:
        return FEATURE_NOUNS.get(doc[position].lower_)
    return None


def _noun_behind(doc: Doc, end: int) -> str | None:
    """Return the kind that an apposition states behind a name: "Sake, a town of North Kivu"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the"):
        return None
    for token in doc[end + 2 : end + 6]:
        if token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod"):
            return FEATURE_NOUNS.get(token.lower_)
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "VERB", "PUNCT"):
            return None
    return None


def _locative(doc: Doc, start: int) -> bool:
    """Say whether the words before a span put something there."""
    position = start - 1
    while position >= 0 and doc[position].lower_ in (
        "the", "of", "nearby", "neighbouring", "neighboring", "downtown", "central", *PART_WORDS, "rural", "greater"
    ):  # fmt: skip
        if doc[position].lower_ == "of" and position:
            before = doc[position - 1].lower_
            return before in BEARINGS or before in FEATURE_NOUNS or before in _PARTITIVES
        position -= 1
    return position >= 0 and doc[position].lower_ in _LOCATIVES


def _entity_is_longer(doc: Doc, start: int, end: int) -> bool:
    return any(e.start <= start and e.end >= end and len(e) > end - start for e in doc.ents)
