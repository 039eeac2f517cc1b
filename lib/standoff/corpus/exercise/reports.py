"""Facts and plans to reports, with which words of which report tell which fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standoff.corpus.exercise.facts import Fact, Plan, read_facts, read_plans
from standoff.corpus.exercise.wording import STYLES, filler, lead, where
from standoff.model import Event, Report

LICENCE = "CC0-1.0"
HOME = "ML"
"""Where the outlets of the exercise that ships are at home: they write of all of Mali."""
NOTE = "An exercise: the towns are real, all else is made up."


@dataclass(frozen=True)
class Said:
    """Words of a report that tell a fact: ``text[start:end]``."""

    fact: str
    start: int
    end: int


@dataclass(frozen=True)
class Exercise:
    """Reports, the facts behind them, and where each report tells which."""

    reports: list[Report]
    facts: dict[str, Fact]
    said: dict[str, list[Said]]

    def fact_of(self, report: str, event: Event) -> str | None:
        """Return the fact that an event of a reading is; None where its words tell none."""
        return next((each.fact for each in self.said[report] if each.start <= event.start < each.end), None)


def exercise(reports: int | None = None) -> Exercise:
    """Return the exercise that ships: reports of six weeks by five outlets, the same each time.

    Parameters
    ----------
    reports : int, optional
        Only the first so many.

    Examples
    --------
    >>> sample = exercise(2)
    >>> print(sample.reports[0].text[:65])
    Four people were killed and nine wounded when shells fired by fig
    """
    return made(read_facts(), read_plans()[:reports], HOME)


def made(facts: Mapping[str, Fact], plans: Iterable[Plan], home: str | None = None) -> Exercise:
    """Write the reports of some plans, by outlets that are at home in a place: "ML"."""
    reports: dict[str, Report] = {}
    said: dict[str, list[Said]] = {}
    for plan in plans:
        source = reports.get(plan.changes.get("copy", ""))
        if source is None:
            text, spans = _written(facts, plan)
        else:  # a copy, with a first line and an end of its own
            opening = f"As {source.publisher} reports:\n\n"
            text = f"{opening}{source.text}\n\n{filler((plan.style + 2) % STYLES)}"
            spans = [
                Said(each.fact, each.start + len(opening), each.end + len(opening))
                for each in said[source.id]
            ]
        reports[plan.id] = Report(
            id=plan.id, text=text, title=_title(facts[plan.facts[0]]), publisher=plan.outlet,
            published=plan.published.isoformat(), licence=LICENCE, home=home,
        )  # fmt: skip
        said[plan.id] = spans
    return Exercise(list(reports.values()), dict(facts), said)


def _written(facts: Mapping[str, Fact], plan: Plan) -> tuple[str, list[Said]]:
    text, spans = "", []
    for number, name in enumerate(plan.facts):
        first = number == 0
        told = lead(
            plan.told(facts[name]), (plan.style + number) % STYLES, plan.published,
            plan.changes.get("day") if first else None, denied=first and plan.changes.get("claim") == "denied",
        )  # fmt: skip
        spans.append(Said(name, len(text), len(text) + len(told)))
        text += f"{told}\n\n"
    return f"{text}{filler(plan.style)}", spans


def _title(fact: Fact) -> str:
    return f"{fact.type.capitalize()} {where(fact)}"
