"""Which stretches of words name places: the learned judge over the rules and all other witnesses.

The rules of `names` stand for constructions that no training text holds enough of ("24 miles
from the X base"), so what they found stays unless the judge is sure that it is no place. What
they missed is taken where the judge says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from standoff.extract.evidence import Evidence
from standoff.extract.spans import NAMES, Stretch, Witnesses, stretches
from standoff.trees import load

MODEL = "names"
#: Below the first a mention of the rules is dropped; from the second on a stretch that they missed is taken.
#: Chosen by cross-validation in benchmarks/train_names.py: the highest F1 over both sets.
DROP_BELOW, TAKE_FROM = 0.15, 0.35
FOR_A_RULE = 0.2


@dataclass(frozen=True)
class Judged:
    """A stretch of tokens and the probability that it names a place."""

    start: int
    end: int
    probability: float
    by_rule: bool

    @property
    def strength(self) -> float:
        """The probability, and something for a rule, which knows the name's noun and its reach."""
        return self.probability + FOR_A_RULE * self.by_rule


def witnesses_of(
    doc: Doc,
    evidence: Evidence,
    senses: Callable[[str], Sequence[Any]],
    ruled: Sequence[tuple[int, int, bool]],
    word_weights: dict[str, float],
) -> Witnesses:
    """Return the witnesses of a document, for judging and for training alike."""
    return Witnesses(doc, evidence, senses, str.casefold, ruled, word_weights)


def judged(
    doc: Doc,
    runs: Iterable[Span],
    evidence: Evidence,
    senses: Callable[[str], Sequence[Any]],
    ruled: Sequence[tuple[int, int, bool]],
) -> list[Judged]:
    """Return the stretches that name places, none over another, in text order.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies.
    runs : iterable of Span
        Maximal runs of capitalised words.
    evidence : Evidence
    senses : callable
        What the lexicon knows of a name.
    ruled : sequence of (start, end, is_people)
        Tokens of the mentions that the rules found, and whether each is a people.
    """
    trees, model = load(MODEL, NAMES)
    found = stretches(doc, runs, evidence, senses)
    # A rule may find what is no stretch ("At Tanf base", with its noun): it is judged all the same.
    known = {(stretch.start, stretch.end) for stretch in found}
    found += [Stretch(start, end, start, end) for start, end, _ in ruled if (start, end) not in known]
    rows = witnesses_of(doc, evidence, senses, ruled, model["words"]).matrix(found)
    return chosen_of(found, _logistic(trees.score(rows) + model["bias"]), {(s, e) for s, e, _ in ruled})


def _logistic(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    return chances


def chosen_of(
    found: Sequence[Stretch], chances: NDArray[np.float64], ruled: set[tuple[int, int]]
) -> list[Judged]:
    """Take the likeliest first, the longer of two alike, and nothing over what is taken."""
    items = [
        Judged(s.start, s.end, float(chance), (s.start, s.end) in ruled)
        for s, chance in zip(found, chances, strict=True)
    ]
    wanted = [item for item in items if item.probability >= (DROP_BELOW if item.by_rule else TAKE_FROM)]
    taken: set[int] = set()
    chosen = []
    for item in sorted(wanted, key=lambda item: (-item.strength, item.start - item.end, item.start)):
        tokens = range(item.start, item.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(item)
    return sorted(chosen, key=lambda item: item.start)
