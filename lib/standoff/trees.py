"""Boosted trees as plain data: what a training script of benchmarks/ learned, applied with numpy.

No training library and no pickle is needed to read them: a model is JSON in data/models/.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.errors import StandoffError
from standoff.resources import data_path

Array = NDArray[np.float64]
_ROWS_AT_ONCE = 4_096


@dataclass(frozen=True, eq=False)
class Trees:
    """A sum of regression trees.

    Attributes
    ----------
    features : tuple of str
        What the columns of the input are.
    column, threshold, left, right, value : array of shape (trees, nodes)
        A row goes left at a node where ``x[column] <= threshold``. A leaf is its own child on
        both sides, so that all trees can be walked down in step.
    depth : int
        Steps from the root to the lowest leaf.
    """

    features: tuple[str, ...]
    column: NDArray[np.int32]
    threshold: Array
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Array
    depth: int

    @classmethod
    def of(cls, model: dict[str, Any]) -> Trees:
        """Make trees from the JSON of a model: ``{"features": [...], "trees": [{"column": [...], ...}]}``."""
        trees = model["trees"]
        nodes = max(len(tree["value"]) for tree in trees)

        def table(key: str, kind: Any, fill: Any = 0) -> Any:
            return np.array([tree[key] + [fill] * (nodes - len(tree[key])) for tree in trees], dtype=kind)

        return cls(
            tuple(model["features"]), table("column", np.int32), table("threshold", np.float64),
            table("left", np.int32), table("right", np.int32), table("value", np.float64),
            max(tree["depth"] for tree in trees),
        )  # fmt: skip

    def score(self, rows: Array) -> Array:
        """Return the sum over all trees for each row.

        Parameters
        ----------
        rows : array of shape (n, len(features))

        Returns
        -------
        array of shape (n,)

        Examples
        --------
        >>> tree = {"column": [0, 0, 0], "threshold": [0.5, 0, 0], "left": [1, 1, 2], "right": [2, 1, 2],
        ...         "value": [0, -1.0, 2.0], "depth": 1}
        >>> Trees.of({"features": ["x"], "trees": [tree]}).score(np.array([[0.0], [1.0]])).tolist()
        [-1.0, 2.0]
        """
        parts = [self._score(rows[i : i + _ROWS_AT_ONCE]) for i in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _score(self, rows: Array) -> Array:
        tree = np.arange(len(self.column))[None, :]
        row = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(self.column)), dtype=np.int32)
        for _ in range(self.depth):
            goes_left = rows[row, self.column[tree, node]] <= self.threshold[tree, node]
            node = np.where(goes_left, self.left[tree, node], self.right[tree, node])
        total: Array = self.value[tree, node].sum(axis=1)
        return total


@cache
def load(name: str, features: Sequence[str]) -> tuple[Trees, dict[str, Any]]:
    """Return the trees of data/models/NAME.json, and all that the file says.

    Parameters
    ----------
    name : str
        Such as ``"resolver"``.
    features : tuple of str
        What the caller will hand over: a model of other columns would answer nonsense.

    Raises
    ------
    StandoffError
        If the file was made for other features.
    """
    model = json.loads(data_path(f"models/{name}.json").read_text(encoding="utf-8"))
    trees = Trees.of(model)
    if trees.features != tuple(features):
        msg = f"data/models/{name}.json was trained on other features; run its training script in benchmarks/ again"
        raise StandoffError(msg)
    return trees, model
