"""The tables behind an exercise: what happened, and which report tells it how."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.resources import data_path

_WHOLE = ("killed", "wounded", "distance_km")
_ALSO = ("claim", "copy", "day")


@dataclass(frozen=True)
class Fact:
    """Something that happened, in the exercise.

    Attributes
    ----------
    first, last : date
        The days on which it happened.
    distance_km : int or None
        Where it is told from a place; else it happened in the place.
    bearing : str or None
        The direction of that, in words: "northeast".
    killed, wounded : int or None
        None: nothing is said of it.
    """

    id: str
    first: date
    last: date
    type: str
    place: str
    distance_km: int | None
    bearing: str | None
    actor: str | None
    target: str
    killed: int | None
    wounded: int | None


@dataclass(frozen=True)
class Plan:
    """A report to be written: by whom, when, in which style, of which facts, and what it tells otherwise.

    Attributes
    ----------
    changes : dict
        Fields of the facts that it gets wrong or knows better; ``claim`` ("denied"), ``day`` ("last week"),
        ``copy`` (the id of the report that it copies).
    """

    id: str
    outlet: str
    published: date
    style: int
    facts: tuple[str, ...]
    changes: dict[str, str]

    def told(self, fact: Fact) -> Fact:
        """Return a fact as the report has it: changes are those of the first fact."""
        if not self.facts or fact.id != self.facts[0]:
            return fact
        own = {name: value for name, value in self.changes.items() if name not in _ALSO}
        numbered: dict[str, Any] = {
            name: int(value) if name in _WHOLE else value for name, value in own.items()
        }
        return replace(fact, **numbered)


def read_facts(path: Path | None = None) -> dict[str, Fact]:
    """Return the facts of a table, by their id; by default those of data/exercise.

    Raises
    ------
    InputError
        If a row is none, with its line.
    """
    return {fact.id: fact for fact in _rows(path or data_path("exercise/facts.csv"), _fact)}


def read_plans(path: Path | None = None) -> list[Plan]:
    """Return the reports to be written; by default those of data/exercise.

    Raises
    ------
    InputError
        If a row is none, with its line.
    """
    return _rows(path or data_path("exercise/tellings.csv"), _plan)


def _rows(path: Path, make: Any) -> list[Any]:
    with path.open(encoding="utf-8", newline="") as file:
        found = []
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                found.append(make(row))
            except (ValueError, KeyError, TypeError) as error:
                msg = f"{path.name}, line {number}: {error}"
                raise InputError(msg) from None
    return found


def _fact(row: dict[str, str]) -> Fact:
    numbers = {name: int(row[name]) if row[name] else None for name in _WHOLE}
    return Fact(
        id=row["fact"], first=date.fromisoformat(row["first"]), last=date.fromisoformat(row["last"]),
        type=row["type"], place=row["place"], bearing=row["bearing"] or None, actor=row["actor"] or None,
        target=row["target"], **numbers,
    )  # fmt: skip


def _plan(row: dict[str, str]) -> Plan:
    changes = dict(item.split("=", 1) for item in row["changes"].split(";") if item)
    return Plan(
        row["report"], row["outlet"], date.fromisoformat(row["published"]), int(row["style"]),
        tuple(row["facts"].split()), changes,
    )  # fmt: skip
