"""Train the judge of names (data/models/names.json), and check it on publishers it has not seen.

Every stretch of capitalised words that may be a name is one row; it is right where the
annotators marked just it. A linear model weighs the words of and round it; trees weigh that
with all other witnesses. Reports made from templates are trained on too, and never measured.
The words' weights that the trees see in training come from a model that had not seen the
report, so that the trees do not trust them too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from common import arguments, print_table
from standoff.extract.name_rules import NameRules
from standoff.extract.recogniser import MODEL, Judged, Ruled, chosen_of, ruled
from standoff.extract.spans import NAMES, Stretch, words_round
from standoff.gazetteer import Gazetteer
from synthetic_news import synthetic
from training import FOLDS, Annotated, annotated, f1, parsed, write_model

WORDS = NAMES.index("words")
LEAST_TIMES = 4  # a word that stood in fewer stretches tells of its report, not of names
ROUNDS = 250
SYNTHETIC_REPORTS, SYNTHETIC_WEIGHT = 700, 0.4
TREES = {
    "objective": "binary", "num_leaves": 24, "learning_rate": 0.05, "min_data_in_leaf": 20, "lambda_l2": 2.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 2, "seed": 1,
    "deterministic": True,
}  # fmt: skip


@dataclass
class Rows:
    """The stretches of one report."""

    report: Annotated
    doc: Doc
    what: Ruled
    table: np.ndarray
    words: list[dict[str, int]]
    right: np.ndarray

    @property
    def weight(self) -> float:
        """How much a row counts: sentences from templates teach less than those of people."""
        return SYNTHETIC_WEIGHT if self.report.set == "synthetic" else 1.0

    @property
    def found(self) -> list[Stretch]:
        """The stretches."""
        return self.what.stretches


def rows_of(report: Annotated, gazetteer: Gazetteer) -> Rows:
    """Return a report's stretches, as the judge sees them, without the weights of words."""
    doc = parsed(report, gazetteer)
    what = ruled(NameRules(doc, gazetteer), {})
    marked = [(t["start"], t["end"]) for t in report.toponyms]
    right = np.array([_is_right(doc, s, marked) for s in what.stretches], dtype=float)
    words = [dict.fromkeys(words_round(doc, s.start, s.end), 1) for s in what.stretches]
    return Rows(report, doc, what, what.witnesses.matrix(what.stretches), words, right)


def _is_right(doc: Doc, s: Stretch, marked: list[tuple[int, int]]) -> bool:
    """Take a name with its noun ("Aleppo province") as right where the annotators marked a part of it."""
    start, end = span_of(doc, s.start, s.end)
    if doc[s.end - 1].is_lower:
        return any(start < d and c < end for c, d in marked)
    # "W.Va." may be two tokens, its last full stop that of the sentence.
    return (start, end) in marked or (doc.text[end : end + 1] == "." and (start, end + 1) in marked)


def span_of(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the character offsets of tokens."""
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def word_model(rows: list[Rows]) -> dict[str, float]:
    """Return the weight of each word in its place."""
    rows = [r for r in rows if r.found]
    vectors = DictVectorizer()
    table = vectors.fit_transform([words for r in rows for words in r.words])
    often = np.asarray((table > 0).sum(axis=0)).ravel() >= LEAST_TIMES
    right = np.concatenate([r.right for r in rows])
    weight = np.concatenate([np.full(len(r.found), r.weight) for r in rows])
    model = LogisticRegression(C=1.0, max_iter=500).fit(table[:, often], right, weight)
    names = np.array(vectors.get_feature_names_out())[often]
    return {
        str(name): round(float(weight), 3)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= 0.01
    }


def with_words(rows: Rows, weights: dict[str, float]) -> np.ndarray:
    """Return a report's table with the weights of words filled in."""
    table = rows.table.copy()
    table[:, WORDS] = [sum(weights.get(word, 0.0) for word in words) for words in rows.words]
    return table


def train(rows: list[Rows], seed: int = 0) -> tuple[Any, dict[str, float]]:
    """Return the trees and the weights of words."""
    rows = [r for r in rows if r.found]
    parts = np.random.default_rng(seed).integers(0, 4, len(rows))
    tables: list[np.ndarray] = [np.empty(0)] * len(rows)
    for part in range(4):
        weights = word_model([r for r, p in zip(rows, parts, strict=True) if p != part])
        for i in np.flatnonzero(parts == part):
            tables[i] = with_words(rows[i], weights)
    weights_of_rows = np.concatenate([np.full(len(r.found), r.weight) for r in rows])
    data = lightgbm.Dataset(
        np.concatenate(tables), np.concatenate([r.right for r in rows]), weight=weights_of_rows
    )
    return lightgbm.train(TREES, data, ROUNDS), word_model(rows)


def judged_by(model: tuple[Any, dict[str, float]], rows: Rows) -> list[Judged]:
    """Return the stretches that a trained judge takes."""
    if not rows.found:
        return []
    return chosen_of(rows.what, model[0].predict(with_words(rows, model[1])))


def models_without(rows: list[Rows], made: list[Rows]) -> list[tuple[Any, dict[str, float]]]:
    """Return the judges that have not seen each fold."""
    return [train([r for r in rows if r.report.fold != fold] + made) for fold in range(FOLDS)]


def read_rows(folder: Path, gazetteer: Gazetteer) -> tuple[list[Rows], list[Rows]]:
    """Return the stretches of the annotated reports, and of those made from templates."""
    real = [rows_of(report, gazetteer) for report in annotated(folder)]
    made = [rows_of(report, gazetteer) for report in synthetic(gazetteer, SYNTHETIC_REPORTS)]
    return real, made


def main() -> None:
    """Cross-validate, print, train on all and write the model."""
    options = arguments("Train the judge of names.")
    with Gazetteer.open() as gazetteer:
        rows, made = read_rows(options.folder, gazetteer)
    models = models_without(rows, made)
    found = {
        r.report.id: [span_of(r.doc, j.start, j.end) for j in judged_by(models[r.report.fold], r)]
        for r in rows
    }
    table = []
    for name in dict.fromkeys(r.report.set for r in rows):
        part = [r for r in rows if r.report.set == name]
        reports = [r.report for r in part]
        by_rule = [
            [span_of(r.doc, a, b) for a, b in sorted(r.what.firm | r.what.located | r.what.loose)]
            for r in part
        ]
        for who, spans in (
            ("rules", by_rule),
            ("judge, unseen publishers", [found[r.report.id] for r in part]),
        ):
            table.append((name, who, *(f"{value:.3f}" for value in f1(spans, reports))))
    print_table("set | reader | precision | recall | F1 (overlap) | F1 (exact)", table)
    booster, words = train(rows + made)
    path = write_model(MODEL, "benchmarks/train_names.py", NAMES, booster, bias=0.0, words=words)
    print(f"{path}: {path.stat().st_size / 1e3:.0f} kB, {len(words)} words")


if __name__ == "__main__":
    main()
