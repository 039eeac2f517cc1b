"""What the training scripts share: annotated reports, folds by publisher, trees as plain data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from common import CHECKOUT, lines
from standoff.files import write_text
from standoff.gazetteer import Gazetteer
from standoff.pipeline import parse
from standoff.report import report_from_text
from standoff.settings import Settings

SETS = {"LGL": "toponyms_lgl_dev.jsonl", "GeoVirus": "toponyms_geovirus_dev.jsonl"}
MODELS = CHECKOUT / "data" / "models"
FOLDS = 5
PROVENANCE = (
    "development halves of LGL (Local-Global Lexicon, Lieberman, Samet and Sankaranarayanan 2010) and GeoVirus "
    "(Gritta, Pilehvar and Collier 2018), distributed under GPL-3 with their annotations; no text of theirs is kept"
)


@dataclass(frozen=True)
class Annotated:
    """A report with the places that people marked in it."""

    set: str
    id: str
    text: str
    publisher: str | None
    toponyms: list[dict[str, Any]]

    @property
    def fold(self) -> int:
        """The fold, by publisher: a local paper's places never stand on both sides."""
        digest = hashlib.sha256((self.publisher or self.id).encode()).hexdigest()
        return int(digest, 16) % FOLDS


def annotated(folder: Path) -> list[Annotated]:
    """Return the reports of both sets; of toponyms that overlap the first counts."""
    reports = []
    for name, file in SETS.items():
        for row in lines(folder / file):
            kept: list[dict[str, Any]] = []
            for toponym in sorted(row["toponyms"], key=lambda t: t["start"]):
                if not kept or toponym["start"] >= kept[-1]["end"]:
                    kept.append(toponym)
            reports.append(Annotated(name, row["id"], row["text"], row["publisher"], kept))
    return reports


def parsed(report: Annotated, gazetteer: Gazetteer) -> Doc:
    """Return a report as the spaCy pipeline leaves it, before our components."""
    return parse(report_from_text(report.text), Settings.of().pipeline, gazetteer)


def trees_of(booster: Any) -> list[dict[str, Any]]:
    """Return LightGBM's trees as `standoff.trees` reads them."""
    return [_flat(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _flat(root: dict[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {"column": [], "threshold": [], "left": [], "right": [], "value": [], "depth": 0}

    def add(node: dict[str, Any], depth: int) -> int:
        number = len(tree["value"])
        tree["depth"] = max(tree["depth"], depth)
        is_leaf = "leaf_value" in node
        tree["column"].append(0 if is_leaf else node["split_feature"])
        # Rounded up: a threshold lies between two values of a feature, and a shorter number is a smaller file.
        tree["threshold"].append(0 if is_leaf else float(f"{node['threshold']:.6g}"))
        tree["value"].append(float(f"{node['leaf_value']:.4g}") if is_leaf else 0)
        tree["left"].append(number)
        tree["right"].append(number)
        if not is_leaf:
            tree["left"][number] = add(node["left_child"], depth + 1)
            tree["right"][number] = add(node["right_child"], depth + 1)
        return number

    add(root, 0)
    return tree


def write_model(name: str, script: str, features: tuple[str, ...], booster: Any, **more: Any) -> Path:
    """Write a model to data/models/, with what it was trained on."""
    made = {
        "trained_on": PROVENANCE,
        "trained_with": f"{script}, LightGBM {version('lightgbm')}, scikit-learn {version('scikit-learn')}",
    }
    body = made | more | {"features": list(features), "trees": trees_of(booster)}
    return write_text(
        MODELS / f"{name}.json", json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
    )


def f1(found: list[list[tuple[int, int]]], reports: list[Annotated]) -> tuple[float, float, float, float]:
    """Return precision, recall, F1 by overlap, and F1 by exact span."""
    ours = sum(map(len, found))
    gold_spans = [[(t["start"], t["end"]) for t in report.toponyms] for report in reports]
    gold = sum(map(len, gold_spans))
    hit_ours = hit_gold = exact = 0
    for spans, marked in zip(found, gold_spans, strict=True):
        hit_ours += sum(any(a < d and c < b for c, d in marked) for a, b in spans)
        hit_gold += sum(any(a < d and c < b for a, b in spans) for c, d in marked)
        exact += len(set(spans) & set(marked))
    precision, recall = hit_ours / max(ours, 1), hit_gold / max(gold, 1)
    return (
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        2 * exact / max(ours + gold, 1),
    )
