"""What a report says of when: its words, the days they mean, or how many days from the event told before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from re import Match, Pattern

from standoff.extract.clock_times import ClockTime
from standoff.model import DatePrecision

NO_ANCHOR = "relative, and there is no date of publication"


@dataclass(frozen=True)
class When:
    """A date expression: its words, and the days it means where that is known.

    Attributes
    ----------
    text, start, end
        The words and where they stand.
    first, last : date or None
        The days, both included; None where they are not known.
    precision : DatePrecision or None
    basis : str
        From what the days follow, or why there are none.
    same_day : bool
        It only says "not much before or after what was just told": "hours later", "the same day".
    offset_days : int or None
        So many days from the event told before: 1 for "the next day", -7 for "a week earlier".
    offset_slack : int
        How many days more or less that may be: 15 for "three months later".
    follows : bool
        It puts its event after the one told before.
    dateline : bool
        It stands in a dateline: the day on which the report was sent.
    part : str or None
        The part of the day or night: "morning", "night", "early", "overnight".
    time : ClockTime or None
        The time of day that stands beside it.
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision | None
    basis: str
    same_day: bool = False
    offset_days: int | None = None
    offset_slack: int = 0
    follows: bool = False
    dateline: bool = False
    part: str | None = None
    time: ClockTime | None = None

    @property
    def time_start(self) -> str | None:
        """The time of day, "HH:MM"; where two are told, the first."""
        return self.time.first if self.time else None

    @property
    def time_end(self) -> str | None:
        """The second of two times, "HH:MM"."""
        return self.time.last if self.time else None

    @property
    def time_zone(self) -> str | None:
        """The zone of the time, in the report's words."""
        return self.time.zone if self.time else None

    @property
    def only_orders(self) -> bool:
        """Whether it says of no day, but puts its event after another: "then", "afterwards"."""
        return self.follows and not self.same_day and self.offset_days is None and self.first is None

    @property
    def is_anaphoric(self) -> bool:
        """Whether its days follow from those of the event told before."""
        return self.first is None and (self.same_day or self.offset_days is not None)


@dataclass(frozen=True)
class Rule:
    """A pattern, the words in small letters it can begin with ("0" for digits), and what makes a `When` of a match."""

    starts: frozenset[str]
    pattern: Pattern[str]
    read: Callable[[Match[str], date | None], When | None]


def alone(read: Callable[[Match[str]], When | None]) -> Callable[[Match[str], date | None], When | None]:
    """Return a reader for words that mean the same whenever the report was published."""
    return lambda match, _: read(match)


def by_start(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    """Return rules by the words that they begin with, so that a text is looked at word by word."""
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in rule.starts:
            table.setdefault(word, []).append(rule)
    return table


def made(
    match: Match[str],
    first: date | None,
    last: date | None,
    precision: DatePrecision | None,
    basis: str,
    *,
    part: str | None = None,
    time: ClockTime | None = None,
) -> When:
    """Return what a match means, from its group ``core`` where it has one: the words without "in" or "since"."""
    group = "core" if "core" in match.re.groupindex else 0
    start, end = match.span(group)
    return When(match.string[start:end], start, end, first, last, precision, basis, part=part, time=time)


def on_day(match: Match[str], day: date, basis: str, *, part: str | None = None) -> When:
    """Return what means one day."""
    return made(match, day, day, "day", basis, part=part)


def unanchored(match: Match[str]) -> When:
    """Return what would need a date of publication, with its words alone."""
    return made(match, None, None, None, NO_ANCHOR)


def resolved(when: When, base: date) -> When:
    """Return a date expression with its days, counted from the day of the event told before.

    What has days already, and what only orders, comes back as it is.

    Parameters
    ----------
    when : When
    base : date
        The day of the event told before.

    Examples
    --------
    >>> later = When("two days later", 0, 14, None, None, None, "", offset_days=2)
    >>> str(resolved(later, date(2017, 2, 27)).first)
    '2017-03-01'
    """
    if not when.is_anaphoric:
        return when
    days = when.offset_days or 0
    try:
        day = base + timedelta(days=days)
        first, last = day - timedelta(days=when.offset_slack), day + timedelta(days=when.offset_slack)
    except OverflowError:
        return when
    basis = f"{when.text!r}: " + (
        f"{days:+d} days from {base}, the day of the event told before"
        if days
        else f"{base}, the day of the event told before"
    )
    return replace(
        when, first=first, last=last, precision="range" if when.offset_slack else "day", basis=basis
    )
