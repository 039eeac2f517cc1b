"""Train the ranker of places (data/models/resolver_first.json, resolver.json), and check it on unseen publishers.

Every candidate of every name is one row, and one more row a name is "none of these". The loss
is that of a choice among a name's rows (softmax); several may be right, where the annotators'
point fits them all. The second model sees the report through the first one's chances, which in
training come from a model that had not seen the report. The sharpness of the chances is fitted
on unseen publishers, too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.optimize import minimize_scalar

from common import arguments, print_table
from standoff.evaluate.scores import NEAR_KM, calibration_error
from standoff.extract.names import mentions_at
from standoff.gazetteer import Gazetteer, name_key
from standoff.gazetteer.rows import TOWN_RADIUS_M
from standoff.geodesy import geodesic_m
from standoff.resolve.containment import bound
from standoff.resolve.features import NAMES, matrix
from standoff.resolve.groups import AREAS, Group, own_score
from standoff.resolve.publishers import Home, Told, home_of, pooled
from standoff.resolve.ranker import MODELS, Chances, by_themselves, chosen, starting_scores, told_by
from synthetic_news import synthetic
from training import FOLDS, Annotated, annotated, parsed, write_model

SYNTHETIC_REPORTS, SYNTHETIC_WEIGHT = 900, 0.4
HIDDEN = 0.3  # of the names in reports made from templates: their place is taken out, so that none is right
SHRUNK = 0.2  # of those names: nobody has counted the people of its places, as in a country's full list of villages
ROUNDS = 150
TREES = {
    "num_leaves": 12, "learning_rate": 0.06, "min_data_in_leaf": 20, "lambda_l2": 2.0, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 2, "seed": 1, "deterministic": True,
}  # fmt: skip


@dataclass
class Choices:
    """The names of one report, with what is right for each."""

    report: Annotated
    groups: list[Group]
    right: list[np.ndarray]
    km: list[list[np.ndarray]]
    unknown: int
    home: Home

    @property
    def weights(self) -> np.ndarray:
        """How much each name counts: often named is surer, and templates teach less than people."""
        times = np.array([np.sqrt(len(group.mentions)) for group in self.groups])
        return times * (SYNTHETIC_WEIGHT if self.report.set == "synthetic" else 1.0)

    @property
    def sizes(self) -> list[int]:
        """The rows of each name."""
        return [len(group.hits) + 1 for group in self.groups]


def choices_of(report: Annotated, gazetteer: Gazetteer, hidden: random.Random) -> Choices:
    """Return the choices of a report whose names are given."""
    doc = parsed(report, gazetteer)
    mentions = mentions_at(doc, [(t["start"], t["end"]) for t in report.toponyms])
    gold = {t["start"]: t for t in report.toponyms}
    choices = Choices(report, [], [], [], 0, home_of(report.publisher))
    for group in bound(mentions, gazetteer, name_key):
        marked = [gold[mention.start] for mention in group.mentions]
        placed = [t for t in marked if t["lat"] is not None]
        if not group.hits:
            choices.unknown += len(placed)
            continue
        if report.set == "synthetic" and hidden.random() < HIDDEN and not _is_area(group, placed[0]):
            _hide(group, placed)
            if not group.hits:
                continue
        elif report.set == "synthetic" and hidden.random() < SHRUNK:
            _shrink(group)
        choices.groups.append(group)
        choices.km.append([_km(group, t) for t in placed])
        choices.right.append(_right(group, placed))
    return choices


def _hide(group: Group, placed: list[dict[str, Any]]) -> None:
    """Take the place that is meant out of the candidates, as if the gazetteer lacked it."""
    left = [
        (hit, score)
        for hit, score, km in zip(group.hits, group.scores, _km(group, placed[0]), strict=True)
        if km > NEAR_KM
    ]
    group.hits, group.scores = [hit for hit, _ in left], [score for _, score in left]


def _is_area(group: Group, toponym: dict[str, Any]) -> bool:
    """Say whether a country or region is meant: a gazetteer lacks villages, not those."""
    return any(
        _id(hit.place.gid) == toponym["geonameid"] and hit.place.feature in AREAS for hit in group.hits
    )


def _shrink(group: Group) -> None:
    """Take the number of people away from every town of a name."""
    before = [own_score(hit, group) for hit in group.hits]
    group.hits = [
        replace(hit, place=hit.place.model_copy(update={"population": 0, "extent_m": TOWN_RADIUS_M}))
        if hit.place.feature == "city"
        else hit
        for hit in group.hits
    ]
    group.scores = [
        score + own_score(hit, group) - old
        for score, hit, old in zip(group.scores, group.hits, before, strict=True)
    ]


def _km(group: Group, toponym: dict[str, Any]) -> np.ndarray:
    return np.array([
        geodesic_m(hit.place.lat, hit.place.lon, toponym["lat"], toponym["lon"]) / 1000 for hit in group.hits
    ])  # fmt: skip


def _right(group: Group, placed: list[dict[str, Any]]) -> np.ndarray:
    """Return 1 for each candidate that the annotators may have meant; the last is "none of these"."""
    right = np.zeros(len(group.hits) + 1)
    if placed:
        keys = [(t["geonameid"], t["lat"], t["lon"]) for t in placed]
        common = placed[keys.index(max(keys, key=keys.count))]
        same = [i for i, hit in enumerate(group.hits) if _id(hit.place.gid) == str(common["geonameid"])]
        km = _km(group, common)
        right[:-1] = km <= min(NEAR_KM, 1.5 * float(km.min()) + 30.0)
        if not right.any():  # two gazetteers seldom agree on the middle of a country or a sea
            right[:-1] = [
                hit.place.feature in AREAS and d <= hit.place.extent_m / 1000
                for hit, d in zip(group.hits, km, strict=True)
            ]
        if same:
            right[:-1] = 0.0
            right[same] = 1.0
    right[-1] = float(not right.any())
    return right


def _id(gid: str) -> str:
    return gid.removeprefix("geonames:")


def loss_of(sizes: np.ndarray, weights: np.ndarray) -> Any:
    """Return the gradient of the loss of a choice among the rows of each name."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def gradient(scores: np.ndarray, data: lightgbm.Dataset) -> tuple[np.ndarray, np.ndarray]:
        shifted = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chance = shifted / np.add.reduceat(shifted, starts)[owner]
        right = chance * data.get_label()
        right /= np.maximum(np.add.reduceat(right, starts)[owner], 1e-12)
        return (chance - right) * weights[owner], np.maximum(chance * (1 - chance), 1e-3) * weights[owner]

    return gradient


def train(choices: list[Choices], tables: list[np.ndarray]) -> lightgbm.Booster:
    """Return the trees that add to the candidates' own scores."""
    sizes = np.concatenate([c.sizes for c in choices if c.groups]).astype(int)
    weights = np.concatenate([c.weights for c in choices if c.groups])
    rows = np.concatenate([table for table in tables if len(table)])
    right = np.concatenate([part for c in choices for part in c.right])
    data = lightgbm.Dataset(rows, label=right, init_score=starting_scores(rows), feature_name=list(NAMES))
    return lightgbm.train(TREES | {"objective": loss_of(sizes, weights)}, data, ROUNDS)


def scores_by(booster: lightgbm.Booster, choices: Choices, table: np.ndarray) -> list[np.ndarray]:
    """Return the scores of each name's rows."""
    if not choices.groups:
        return []
    return np.split(booster.predict(table) + starting_scores(table), np.cumsum(choices.sizes)[:-1])


def chances_of(scores: list[np.ndarray], sharpness: float) -> list[Chances]:
    """Return the chances of each name's candidates."""
    chances = []
    for part in scores:
        weights = np.exp(sharpness * (part - part.max()))
        weights /= weights.sum()
        chances.append(Chances(weights[:-1], float(weights[-1])))
    return chances


def sharpness_of(choices: list[Choices], scores: list[list[np.ndarray]]) -> float:
    """Return the factor on all scores under which what was right was likeliest."""
    names = [(part, right) for c, rows in zip(choices, scores, strict=True) if c.report.set != "synthetic"
             for part, right in zip(rows, c.right, strict=True)]  # fmt: skip

    def surprise(factor: float) -> float:
        total = 0.0
        for part, right in names:
            weights = np.exp(factor * (part - part.max()))
            total -= float(np.log(max((weights * right).sum() / weights.sum(), 1e-9)))
        return total

    return round(float(minimize_scalar(surprise, bounds=(0.2, 2.0), method="bounded").x), 3)


def measured(choices: list[Choices], chances: list[list[Chances]], name: str) -> tuple[object, ...]:
    """Return the row of one set: names, answered and right, right where one must answer, calibration error."""
    names = right = right_forced = answered = 0
    sure, was_right = [], []
    for c, given in zip(choices, chances, strict=True):
        if c.report.set != name:
            continue
        names += c.unknown
        for group, chance, placed in zip(c.groups, given, c.km, strict=True):
            best, here = chosen(group, chance)
            for km in placed:
                names += 1
                hit = km[best] <= NEAR_KM
                right_forced += hit
                sure.append(here)
                was_right.append(hit)
                if chance.none <= 0.5:
                    answered += 1
                    right += hit
    return names, *(
        f"{value:.3f}"
        for value in (
            answered / names,
            right / names,
            right_forced / names,
            calibration_error(list(zip(sure, was_right, strict=True))),
        )
    )


@dataclass
class Level:
    """One model of the two, as trained without each fold; ``tables`` and ``given`` are what it was trained on."""

    name: str
    without: list[lightgbm.Booster]
    sharpness: float
    given: list[Choices]
    tables: list[np.ndarray]
    chances: list[list[Chances]]
    alone: list[list[Chances]]


def levels(choices: list[Choices]) -> Iterator[Level]:
    """Cross-validate the models, one after the other: each sees the report through the one before.

    After the first every publisher with enough reports has a home. Such reports are trained on
    twice, with it and without it, so that the second model can do without; ``alone`` are the
    chances of the reports without.
    """
    before = [[by_themselves(group) for group in c.groups] for c in choices]
    for name in MODELS:
        homeless = [
            replace(c, home=replace(c.home, lat=None, lon=None, admin1=None)) for c in choices if _has_home(c)
        ]
        given = choices + homeless
        seen_through = before + [b for c, b in zip(choices, before, strict=True) if _has_home(c)]
        tables = [
            matrix(c.groups, [ch.candidates for ch in b], c.home) if c.groups else np.empty((0, len(NAMES)))
            for c, b in zip(given, seen_through, strict=True)
        ]
        without = []
        scores: list[list[np.ndarray]] = [[] for _ in given]
        for fold in range(FOLDS):
            seen = [i for i, c in enumerate(given) if c.report.fold != fold]
            without.append(train([given[i] for i in seen], [tables[i] for i in seen]))
            for i, c in enumerate(given):
                if c.report.fold == fold:
                    scores[i] = scores_by(without[fold], c, tables[i])
        sharpness = sharpness_of(choices, scores[: len(choices)])
        chances = [chances_of(part, sharpness) for part in scores]
        lonely = iter(chances[len(choices) :])
        alone = [
            next(lonely) if _has_home(c) else own
            for c, own in zip(choices, chances[: len(choices)], strict=True)
        ]
        before = chances[: len(choices)]
        yield Level(name, without, sharpness, given, tables, before, alone)
        if name == MODELS[0]:
            pool(choices, before)


def _has_home(choices: Choices) -> bool:
    return choices.home.lat is not None


def read_choices(folder: Path, gazetteer: Gazetteer) -> tuple[list[Choices], list[Choices]]:
    """Return the choices of the annotated reports, and of those made from templates."""
    chance = random.Random(1)
    real = [choices_of(report, gazetteer, chance) for report in annotated(folder)]
    made = [choices_of(report, gazetteer, chance) for report in synthetic(gazetteer, SYNTHETIC_REPORTS)]
    return real, made


def main() -> None:
    """Cross-validate both models, print, train on all and write them."""
    options = arguments(
        "Train the ranker of places.", worst={"type": int, "default": 0, "help": "list the commonest faults"}
    )
    with Gazetteer.open() as gazetteer:
        real, made = read_choices(options.folder, gazetteer)
    choices = real + made
    before = [[by_themselves(group) for group in c.groups] for c in choices]
    sets = list(dict.fromkeys(c.report.set for c in real))
    table = [(name, "by themselves", *measured(choices, before, name)) for name in sets]
    for level in levels(choices):
        table += [(s, level.name, *measured(choices, level.chances, s)) for s in sets]
        path = write_model(
            level.name,
            "benchmarks/train_resolver.py",
            NAMES,
            train(level.given, level.tables),
            sharpness=level.sharpness,
        )
        print(f"{path}: {path.stat().st_size / 1e3:.0f} kB, sharpness {level.sharpness}")
    table += [(s, f"{level.name}, each report alone", *measured(choices, level.alone, s)) for s in sets]
    print_table(
        "set | ranker, unseen publishers | names | answered | within 161 km | if one must answer | calibration error",
        table,
    )
    if options.worst:
        faults(real, level.chances[: len(real)], options.worst)


def pool(choices: list[Choices], chances: list[list[Chances]]) -> None:
    """Give every publisher the home that its reports tell of."""
    told: dict[str, list[Told]] = {}
    for c, given in zip(choices, chances, strict=True):
        if c.report.publisher:
            told.setdefault(c.report.publisher, []).extend(told_by(c.report.id, c.groups, given))
    for c in choices:
        if c.report.publisher:
            c.home = pooled(c.home, told[c.report.publisher])


def faults(choices: list[Choices], chances: list[list[Chances]], count: int) -> None:
    """Print the commonest wrong choices, and whether the right place was among the candidates."""
    seen: dict[str, int] = {}
    for c, given in zip(choices, chances, strict=True):
        for group, chance, placed in zip(c.groups, given, c.km, strict=True):
            best = group.hits[int(np.argmax(chance.candidates))].place
            for km in placed:
                if km[int(np.argmax(chance.candidates))] > NEAR_KM:
                    kind = "wrong choice" if km.min() <= NEAR_KM else "not among the candidates"
                    chosen = f"{best.name} ({best.country}, {best.feature})"
                    line = f"{c.report.publisher}: {group.mentions[0].text} -> {chosen}, {kind}"
                    seen[line] = seen.get(line, 0) + 1
    for line, times in sorted(seen.items(), key=lambda item: -item[1])[:count]:
        print(f"{times:>4}  {line}")


if __name__ == "__main__":
    main()
