"""Stretches of words that may name a place, and what speaks for and against each, in numbers.

The rules of `name_rules` are one witness; the model's labels, the gazetteer, the words round the
name and what the report does with the same name elsewhere are others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from standoff.extract.evidence import (
    EVERYDAY,
    GIVEN_NAMES,
    LOCATIVES,
    PLACE_LABELS,
    POSSESSIVES,
    TITLES,
    Evidence,
    is_name_like,
)
from standoff.extract.nouns import FEATURE_NOUNS, LEADING_NOUNS

MOST_TOKENS = 6
_LABELS = (
    "GPE",
    "LOC",
    "FAC",
    "PERSON",
    "ORG",
    "NORP",
    "DATE",
    "EVENT",
    "PRODUCT",
    "WORK_OF_ART",
    "CARDINAL",
)
_PARTS = (
    "PROPN",
    "NOUN",
    "ADJ",
    "VERB",
    "ADP",
    "DET",
    "PUNCT",
    "AUX",
    "CCONJ",
    "NUM",
    "PART",
    "PRON",
    "ADV",
    "SPACE",
)
_DEPS = (
    "pobj",
    "nsubj",
    "compound",
    "appos",
    "dobj",
    "conj",
    "nmod",
    "ROOT",
    "poss",
    "npadvmod",
    "amod",
    "attr",
)
_SPEAKS = frozenset("said says told added noted wrote announced asked explained according reported".split())
_KINDS = ("country", "admin1", "admin2", "city", "airfield", "other")
_ROUND = (("before2", -2), ("before", -1), ("behind", 0), ("behind2", 1))

NAMES: tuple[str, ...] = (
    "rule", "rule_over", "rule_longer", "rule_shorter", "rule_people", "rule_elsewhere",
    "tokens", "run", "left_in_run", "right_in_run",
    *(f"is_{label}" for label in _LABELS), "entity_whole", "entity_left", "entity_right", "entity_one", "place_in_it",
    "senses", "people", *(f"known_{kind}" for kind in _KINDS), "known_people", "known_code", "known_name", "known_exact",
    "known_longer", "capitals", "letters", "dot", "stop_word", "sentence_start", "lower_elsewhere",
    *(f"{where}_{what}" for where, _ in _ROUND for what in ("part", "label", "name", "title", "noun", "lower")),
    "before_locative", "behind_speaks", "behind_possessive", "behind_hyphen", "before_hyphen", "behind_region",
    "behind_known", "before_known", "located", "part_first", "part_last", "dep_root", "dep_last",
    "times", "as_place", "as_person", "as_organisation", "in_place", "as_located", "as_surname",
    "given_name", "everyday", "words",
)  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """Tokens that may be a name: ``doc[start:end]``, in the run ``doc[first:last]`` of capitalised words."""

    start: int
    end: int
    first: int
    last: int


def stretches(
    doc: Doc, runs: Iterable[Span], evidence: Evidence, senses: Callable[[str], Any]
) -> list[Stretch]:
    """Return what may be a name: known names, entities, names with their noun, and whole runs."""
    found: list[Stretch] = []
    for run in runs:
        for start in range(run.start, run.end):
            if not is_name_like(doc[start]):
                continue
            ends = range(start + 1, min(run.end, start + MOST_TOKENS) + 1)
            found += [
                Stretch(start, end, run.start, run.end)
                for end in ends
                if is_name_like(doc[end - 1])
                and (
                    end - start == run.end - run.start
                    or _has_noun(doc, start, end)
                    or _is_entity(evidence, start, end)
                    or senses(doc[start:end].text)
                )
            ]
    return found


def _has_noun(doc: Doc, start: int, end: int) -> bool:
    return end - start > 1 and (doc[end - 1].lower_ in FEATURE_NOUNS or doc[start].lower_ in LEADING_NOUNS)


def _is_entity(evidence: Evidence, start: int, end: int) -> bool:
    entity = evidence.entity_at(start)
    return entity is not None and 0 <= start - entity.start <= 1 and 0 <= entity.end - end <= 1


def words_round(doc: Doc, start: int, end: int) -> list[str]:
    """Return the words of and round a stretch, each with its place: ``"p1=in"``, ``"n1=,"``.

    Examples
    --------
    >>> import spacy
    >>> words_round(spacy.blank("en")("He lives in Homs now"), 3, 4)
    ['p1=in', 'p2=lives in', 'n1=now', 'n2=now <>', 'first=homs', 'last=homs', 'p2w=lives', 'n2w=<>']
    """

    def word(i: int) -> str:
        return doc[i].lower_ if 0 <= i < len(doc) else "<>"

    return [
        f"p1={word(start - 1)}", f"p2={word(start - 2)} {word(start - 1)}", f"n1={word(end)}",
        f"n2={word(end)} {word(end + 1)}", f"first={word(start)}", f"last={word(end - 1)}", f"p2w={word(start - 2)}",
        f"n2w={word(end + 1)}",
    ]  # fmt: skip


class Witnesses:
    """What a document says of stretches of its words.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies.
    evidence : Evidence
    senses : callable
        What the lexicon knows of a name.
    key : callable
        Brings the spellings of one name together.
    ruled : sequence of (start, end, is_people)
        Tokens of the mentions that the rules found.
    word_weights : dict
        What `words_round` weighs, learned.
    """

    def __init__(
        self,
        doc: Doc,
        evidence: Evidence,
        senses: Callable[[str], Sequence[Any]],
        key: Callable[[str], str],
        ruled: Sequence[tuple[int, int, bool]],
        word_weights: dict[str, float],
    ) -> None:
        self.doc, self.evidence, self.senses, self.key = doc, evidence, senses, key
        self.word_weights = word_weights
        self.ruled = {(start, end) for start, end, _ in ruled}
        self.rule_at: dict[int, tuple[int, int, bool]] = {
            i: item for item in ruled for i in range(item[0], item[1])
        }
        self.rule_keys = Counter(key(doc[start:end].text) for start, end, _ in ruled)
        self.lower = {token.text for token in doc if token.is_lower}

    def matrix(self, found: Sequence[Stretch]) -> NDArray[np.float64]:
        """Return one row of `NAMES` for each stretch."""
        keys = [self.key(self.doc[s.start : s.end].text) for s in found]
        uses = self._uses(found, keys)
        rows = [self._row(stretch, key, uses[key]) for stretch, key in zip(found, keys, strict=True)]
        return np.array(rows, dtype=float).reshape(len(rows), len(NAMES))

    def _uses(self, found: Sequence[Stretch], keys: Sequence[str]) -> dict[str, Counter[str]]:
        """Count, for each name, what it is labelled as throughout the report."""
        uses: dict[str, Counter[str]] = defaultdict(Counter)
        for stretch, key in zip(found, keys, strict=True):
            entity = self.evidence.entity_at(stretch.start)
            label = entity.label_ if entity is not None else "-"
            whole = entity is not None and _bare(entity) == (stretch.start, stretch.end)
            uses[key][label if whole else f"in {label}"] += 1
            uses[key]["times"] += 1
            uses[key]["surname"] += self._follows_a_name(stretch)
            uses[key]["located"] += self.evidence.is_located(stretch.start)
        return uses

    def _follows_a_name(self, s: Stretch) -> bool:
        """Say whether the word before is a name that the lexicon does not know: "DeAndre Jordan"."""
        if s.start <= s.first:
            return False
        before = self.doc[s.start - 1]
        return is_name_like(before) and before.lower_ not in FEATURE_NOUNS and not self.senses(before.text)

    def _is_given_name(self, s: Stretch) -> bool:
        """Say whether a word that is a given name, too, has one behind it that may be the surname: "Paris Hilton"."""
        return (
            s.end - s.start == 1
            and self.doc[s.start].lower_ in GIVEN_NAMES
            and s.end < len(self.doc)
            and self.evidence.may_be_surname(s.end)
        )

    def _is_everyday(self, s: Stretch) -> bool:
        return s.end - s.start == 1 and self.doc[s.start].lower_ in EVERYDAY

    def _row(self, s: Stretch, key: str, uses: Counter[str]) -> list[float]:
        doc = self.doc
        span = doc[s.start : s.end]
        return [
            *self._rules(s, key, uses["times"]), s.end - s.start, s.last - s.first, s.start - s.first, s.last - s.end,
            *self._entity(s), *self._known(s, span.text), *self._shape(s, span.text), *self._neighbours(s),
            *self._syntax(s, span), *_shares(uses), self._is_given_name(s), self._is_everyday(s),
            sum(self.word_weights.get(word, 0.0) for word in words_round(doc, s.start, s.end)),
        ]  # fmt: skip

    def _rules(self, s: Stretch, key: str, times: int) -> list[float]:
        whole = (s.start, s.end) in self.ruled
        over = {self.rule_at[i] for i in range(s.start, s.end) if i in self.rule_at}
        longer = any(start <= s.start and end >= s.end for start, end, _ in over)
        shorter = any(start >= s.start and end <= s.end for start, end, _ in over)
        return [
            whole, bool(over) and not whole, longer and not whole, shorter and not whole,
            any(people for *_, people in over), self.rule_keys[key] / max(times, 1),
        ]  # fmt: skip

    def _entity(self, s: Stretch) -> list[float]:
        entity = self.evidence.entity_at(s.start)
        label = entity.label_ if entity is not None else ""
        start, end = _bare(entity) if entity is not None else (s.start + 9, s.end - 9)
        last = self.evidence.entity_at(s.end - 1)
        return [
            *(label == known for known in _LABELS), (start, end) == (s.start, s.end), s.start - start, end - s.end,
            entity is not None and last is not None and entity.start == last.start,
            any(self.doc[i].ent_type_ in PLACE_LABELS for i in range(s.start, s.end)),
        ]  # fmt: skip

    def _known(self, s: Stretch, text: str) -> list[float]:
        senses = self.senses(text)
        features = {sense.place.feature for sense in senses}
        people = max((math.log10(sense.place.population + 1) for sense in senses), default=-1.0)
        return [
            len(senses), people, *(kind in features for kind in _KINDS[:-1]), bool(features - set(_KINDS)),
            any(sense.matched in ("demonym", "adjective") for sense in senses),
            bool(senses) and senses[0].matched == "abbreviation", any(sense.matched == "name" for sense in senses),
            any(sense.exact for sense in senses), self._is_in_longer(s),
        ]  # fmt: skip

    def _is_in_longer(self, s: Stretch) -> bool:
        """Say whether a longer known name of the run holds this one: "York" of "New York"."""
        starts = range(max(s.first, s.start - 2), s.start + 1)
        return any(
            self.senses(self.doc[start:end].text)
            for start in starts
            for end in range(s.end, min(s.last, s.end + 2) + 1)
            if (start, end) != (s.start, s.end) and end - start <= MOST_TOKENS
        )

    def _shape(self, s: Stretch, text: str) -> list[float]:
        first = self.doc[s.start]
        starts = bool(first.is_sent_start)
        return [text.isupper(), len(text), "." in text, first.is_stop, starts, first.lower_ in self.lower]

    def _neighbours(self, s: Stretch) -> list[float]:
        doc = self.doc
        values: list[float] = []
        for _, offset in _ROUND:
            i = (s.start if offset < 0 else s.end) + offset
            token = doc[i] if 0 <= i < len(doc) else None
            values += [-1.0, -1.0, 0.0, 0.0, 0.0, 0.0] if token is None else _of_token(token)
        before = doc[s.start - 1].lower_ if s.start else ""
        behind = doc[s.end].lower_ if s.end < len(doc) else ""
        next_known, is_region = self._known_behind(s.end)
        return [
            *values, before in LOCATIVES, behind in _SPEAKS, behind in POSSESSIVES, behind == "-", before == "-",
            is_region, next_known, self._is_known_before(s.start), self.evidence.is_located(s.start),
        ]  # fmt: skip

    def _known_behind(self, end: int) -> tuple[bool, bool]:
        """Say whether a known name follows a comma or bracket, and whether it is a country or region."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].text not in (",", "("):
            return False, False
        stops = range(min(end + 4, len(doc)), end + 1, -1)
        senses = [sense for stop in stops for sense in self.senses(doc[end + 1 : stop].text)[:2]]
        return bool(senses), any(sense.place.feature in ("country", "admin1") for sense in senses)

    def _is_known_before(self, start: int) -> bool:
        doc = self.doc
        if start < 2 or doc[start - 1].text != ",":
            return False
        return any(self.senses(doc[begin : start - 1].text) for begin in range(max(0, start - 3), start - 1))

    def _syntax(self, s: Stretch, span: Span) -> list[float]:
        first, last = self.doc[s.start], self.doc[s.end - 1]
        return [
            _index(_PARTS, first.pos_), _index(_PARTS, last.pos_), _index(_DEPS, span.root.dep_),
            _index(_DEPS, last.dep_),
        ]  # fmt: skip


def _bare(entity: Span) -> tuple[int, int]:
    """Return an entity's tokens without "the" before and "'s" behind."""
    start = entity.start + (entity[0].lower_ == "the")
    return start, entity.end - (entity[-1].lower_ in POSSESSIVES)


def _of_token(token: Token) -> list[float]:
    return [
        _index(_PARTS, token.pos_), _index(_LABELS, token.ent_type_), is_name_like(token), token.lower_ in TITLES,
        token.lower_ in FEATURE_NOUNS, token.is_lower,
    ]  # fmt: skip


def _index(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -1


def _shares(uses: Counter[str]) -> list[float]:
    times = max(uses["times"], 1)
    as_place = sum(uses[label] for label in PLACE_LABELS)
    in_place = sum(uses[f"in {label}"] for label in PLACE_LABELS)
    as_person = uses["PERSON"] + uses["in PERSON"]
    as_organisation = uses["ORG"] + uses["in ORG"]
    return [
        uses["times"],
        *(
            n / times
            for n in (as_place, as_person, as_organisation, in_place, uses["located"], uses["surname"])
        ),
    ]
