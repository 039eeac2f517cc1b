"""Sentences of the kind that reports are made of, held against what a careful reader takes from each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from careful import THURSDAY, Look, differences, reading_of

FILES = ("sentences.yaml", "sentences_more.yaml", "sentences_context.yaml", "sentences_last.yaml")
CASES: list[dict[str, Any]] = [
    case
    for name in FILES
    for case in yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
]
KEYS = {
    "id", "group", "text", "published", "relations", "zones", "measures", "coordinates", "disc", "no_kinds", "no_places",
    "no_mention", "no_zones", "known",
}  # fmt: skip


def params(*, strict: bool) -> list[Any]:
    """One parameter a case; what is known to fail is marked so, strictly."""
    return [
        pytest.param(
            case,
            id=f"{case['group']}-{case['id']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["known"])]
            if strict and "known" in case
            else [],
        )
        for case in CASES
    ]


def test_the_set_is_whole() -> None:
    assert max(Counter(case["id"] for case in CASES).values()) == 1
    assert [set(case) - KEYS for case in CASES if set(case) - KEYS] == []
    assert len(CASES) >= 180
    assert sum(case["group"] == "negative" for case in CASES) >= 45


@pytest.mark.parametrize("case", params(strict=False))
def test_quotes_are_exact_and_ids_lead_somewhere(case: dict[str, Any]) -> None:
    assert Look(reading_of(case["text"], case.get("published", THURSDAY))).unsound() == []


@pytest.mark.parametrize("case", params(strict=True))
def test_a_careful_reader_agrees(case: dict[str, Any]) -> None:
    found = differences(case, reading_of(case["text"], case.get("published", THURSDAY)))
    assert not found, "\n".join(["", case["text"], *found])
