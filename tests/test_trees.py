"""Trees read from JSON give what they were grown to give; a model of other features is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from standoff.errors import StandoffError
from standoff.extract import recogniser, spans
from standoff.resolve import features, ranker
from standoff.resources import data_path
from standoff.trees import Trees, load

LEFT = {
    "column": [0, 0, 0],
    "threshold": [0.5, 0, 0],
    "left": [1, 1, 2],
    "right": [2, 1, 2],
    "value": [0, -1.0, 2.0],
    "depth": 1,
}
DEEP = {
    "column": [1, 0, 0, 0, 0], "threshold": [0, 10, 0, 0, 0], "left": [1, 3, 2, 3, 4], "right": [2, 4, 2, 3, 4],
    "value": [0, 0, 5.0, 1.0, 3.0], "depth": 2,
}  # fmt: skip


def by_hand(x, y):
    return (-1.0 if x <= 0.5 else 2.0) + (5.0 if y > 0 else 1.0 if x <= 10 else 3.0)


def test_trees_of_unlike_depth_add_up():
    trees = Trees.of({"features": ["x", "y"], "trees": [LEFT, DEEP]})
    rows = np.array([[x, y] for x in (0.0, 0.5, 0.51, 10.0, 10.1) for y in (-1.0, 0.0, 1.0)])
    assert trees.score(rows).tolist() == [by_hand(x, y) for x, y in rows]


def test_many_rows_score_as_each_alone():
    trees = Trees.of({"features": ["x", "y"], "trees": [LEFT, DEEP]})
    rows = np.random.default_rng(1).normal(size=(10_000, 2)) * 10
    assert np.array_equal(trees.score(rows)[5_000:5_003], trees.score(rows[5_000:5_003]))
    assert trees.score(np.empty((0, 2))).shape == (0,)


def test_a_model_of_other_features_is_refused():
    with pytest.raises(StandoffError, match="other features"):
        load("resolver", ("x", "y"))


@pytest.mark.parametrize(
    ("name", "columns"),
    [(recogniser.MODEL, spans.NAMES), *((name, features.NAMES) for name in ranker.MODELS)],
)
def test_every_model_says_what_it_was_trained_on_and_holds_no_text_of_it(name, columns):
    trees, model = load(name, columns)
    assert len(trees.column) > 10
    assert "LGL" in model["trained_on"]
    assert "benchmarks/train_" in model["trained_with"]
    raw = json.loads(data_path(f"models/{name}.json").read_text(encoding="utf-8"))
    assert max(len(word.split()) for word in raw.get("words", {"": 0}) or [""]) <= 3
