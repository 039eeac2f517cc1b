"""The pages in docs/: what they link to is there, and what docs/events.md says to type runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from standoff.event_columns import event_columns
from standoff.event_types import known_types

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
EVENTS = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"docs/{page.name}" not in readme] == []


def test_all_types_of_events_are_listed() -> None:
    listed = EVENTS.partition("## What is an event")[2].partition("## What is one row")[0]
    assert [name for name in known_types() if not re.search(rf"\b{name}\b", listed)] == []


def test_the_columns_that_it_speaks_of_are_there() -> None:
    spoken = set(re.findall(r"`([a-z]+_[a-z_]+)`", EVENTS))
    assert len(spoken) > 15
    assert spoken <= set(event_columns())


@pytest.mark.slow
def test_what_it_says_to_type_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    lines = re.findall(r"^    (standoff .+)$", EVENTS, re.MULTILINE)
    programs = re.findall(r"```python\n(.*?)```", EVENTS, re.DOTALL)
    assert (len(lines), len(programs)) == (4, 3)
    for line in lines:
        command = [sys.executable, "-m", *line.split()]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for program in programs:
        command = [sys.executable, "-c", program]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    assert {"kivu.csv", "kivu.svg", "events.csv"} <= {path.name for path in tmp_path.iterdir()}
    sheet = (tmp_path / "seeds" / "north-kivu-2024.events.csv").read_text(encoding="utf-8")
    assert "accepted" in sheet


@pytest.mark.parametrize("page", ["maps.md"])
def test_the_code_of_a_page_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, page, "exec"), {})
