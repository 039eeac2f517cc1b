"""The sample reports: front matter, length, and words of our own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from standoff.report import read_report

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.md"))
SHARED = ROOT.parent / "shared"
WORDS_IN_A_ROW = 9


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> set[str]:
    found = words(text)
    return {" ".join(found[i : i + WORDS_IN_A_ROW]) for i in range(len(found) - WORDS_IN_A_ROW + 1)}


def test_there_are_at_least_eight_samples() -> None:
    assert len(SEEDS) >= 8


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_sample_says_what_it_is(seed: Path) -> None:
    report = read_report(seed)
    assert report.id == seed.stem
    assert report.title
    assert report.publisher == "Standoff samples"
    assert report.published is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", report.published)
    assert report.url is not None
    assert report.url.startswith("https://")
    assert report.licence == "CC0-1.0"
    assert "note: " in seed.read_text(encoding="utf-8").split("---\n")[1]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_sample_is_as_long_as_an_agency_report(seed: Path) -> None:
    assert 150 <= len(read_report(seed).text.split()) <= 350


def test_no_two_samples_are_alike() -> None:
    texts = [runs(read_report(seed).text) for seed in SEEDS]
    assert all(not a & b for i, a in enumerate(texts) for b in texts[:i])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the outside texts are not here")
def test_no_sample_repeats_an_outside_text() -> None:
    outside: set[str] = set()
    for path in (SHARED / "seeds").glob("*.txt"):
        outside |= runs(path.read_text(encoding="utf-8"))
    for path in (SHARED / "benchmarks").glob("*.jsonl"):
        for line in path.open(encoding="utf-8"):
            outside |= runs(json.loads(line).get("text", ""))
    assert outside
    assert {seed.name: runs(seed.read_text(encoding="utf-8")) & outside for seed in SEEDS} == {
        seed.name: set() for seed in SEEDS
    }
