"""Which stretches of words name places: the learned judge over the rules and all other witnesses.

The rules of `name_rules` stand for constructions that no training text holds enough of ("24 miles
from the X base"), so what they found stays unless the judge is sure that it is no place. What
they missed is taken where the judge says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.extract.name_rules import NameRules
from standoff.extract.spans import NAMES, Stretch, Witnesses, stretches
from standoff.trees import load

MODEL = "names"
#: Below the first two a mention of the rules is dropped; from the third on a stretch that they missed is taken.
#: Chosen by cross-validation in benchmarks/train_names.py: the highest F1 over both sets.
DROP_LOCATED_BELOW, DROP_BELOW, TAKE_FROM = 0.1, 0.3, 0.35
FOR_A_RULE = 0.2  # a rule knows the name's noun and its reach


@dataclass(frozen=True)
class Judged:
    """Tokens that name a place, and how likely the judge finds that."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Ruled:
    """What the rules say of the stretches of a document.

    Attributes
    ----------
    stretches : list of Stretch
        Those to be judged, the rules' own among them, none that they forbid.
    firm, located, loose : set of (start, end)
        Tokens of what the rules found: beyond doubt; put somewhere or called something by the words round it; neither.
    """

    stretches: list[Stretch]
    firm: set[tuple[int, int]]
    located: set[tuple[int, int]]
    loose: set[tuple[int, int]]
    witnesses: Witnesses


def ruled(rules: NameRules, word_weights: dict[str, float]) -> Ruled:
    """Return a document's stretches with the witnesses of each, for judging and for training alike."""
    items = rules.all()
    found = stretches(rules.doc, rules.runs(), rules.evidence, rules.senses)
    found = [s for s in found if not rules.forbids(s.start, s.end)]
    # A rule may find what is no stretch ("At Tanf base", with its noun): it is judged all the same.
    known = {(s.start, s.end) for s in found}
    found += [Stretch(i.start, i.end, i.start, i.end) for i in items if (i.start, i.end) not in known]
    firm = {(item.start, item.end) for item in items if rules.is_firm(item)}
    located = {(i.start, i.end) for i in items if i.hint or rules.evidence.is_located(i.start)} - firm
    loose = {(item.start, item.end) for item in items} - firm - located
    spans = [(item.start, item.end, item.kind == "demonym") for item in items]
    witnesses = Witnesses(rules.doc, rules.evidence, rules.senses, str.casefold, spans, word_weights)
    return Ruled(found, firm, located, loose, witnesses)


def judged(rules: NameRules) -> list[Judged]:
    """Return the stretches that name places, none over another, in text order.

    Parameters
    ----------
    rules : NameRules
        Of a document with a lexicon.
    """
    trees, model = load(MODEL, NAMES)
    what = ruled(rules, model["words"])
    return chosen_of(what, _logistic(trees.score(what.witnesses.matrix(what.stretches)) + model["bias"]))


def _logistic(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    return chances


def chosen_of(what: Ruled, chances: NDArray[np.float64]) -> list[Judged]:
    """Take the surest first, the longer of two alike, and nothing over what is taken.

    Parameters
    ----------
    what : Ruled
    chances : array of shape (stretches,)
        The probability of each.
    """
    wanted = []
    for s, chance in zip(what.stretches, chances, strict=True):
        span = (s.start, s.end)
        by_rule = span in what.located or span in what.loose
        floor = (
            DROP_LOCATED_BELOW if span in what.located else DROP_BELOW if span in what.loose else TAKE_FROM
        )
        if span in what.firm:
            wanted.append((1.0 + chance, s, chance))
        elif chance >= floor:
            wanted.append((chance + FOR_A_RULE * by_rule, s, chance))
    taken: set[int] = set()
    chosen = []
    for _, s, chance in sorted(
        wanted, key=lambda item: (-item[0], item[1].start - item[1].end, item[1].start)
    ):
        tokens = range(s.start, s.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(Judged(s.start, s.end, float(chance)))
    return sorted(chosen, key=lambda item: item.start)
