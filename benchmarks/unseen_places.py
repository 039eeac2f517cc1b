"""Names and places on publishers that no model has seen: the figures that count, and the worst misses by kind.

Both learned models are trained here again, five times, each time without a fifth of the
publishers; every report is read by the models that have not seen it. Nothing is written.
What is not held out: two thresholds of the judge and the sharpness of the chances, one number
each, were chosen on all folds; and the second ranker was trained on chances of first rankers
that had seen the report. Both are small beside what is measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from common import arguments, print_table
from standoff.evaluate import Found, GoldReport, GoldToponym, Score, marks_peoples
from standoff.evaluate.scores import NEAR_KM
from standoff.extract.name_rules import NameRules
from standoff.extract.names import mentions_of
from standoff.gazetteer import Gazetteer, name_key
from standoff.geodesy import geodesic_m
from standoff.model import Place, PlaceMention
from standoff.resolve.containment import bound
from standoff.resolve.features import matrix
from standoff.resolve.groups import AREAS, Group
from standoff.resolve.publishers import Home, home_of, pooled
from standoff.resolve.ranker import Chances, by_themselves, chosen, told_by
from train_names import Rows, judged_by, models_without, read_rows
from train_resolver import Choices, Level, chances_of, levels, read_choices, scores_by
from training import SETS, Annotated

FIGURES = (
    "precision", "recall", "F1", "F1 exact", "within 161 km", "answered", "exact id", "AUC", "median km", "mean km",
    "calibration error",
)  # fmt: skip


@dataclass
class Read:
    """A report as models that have not seen it read it."""

    report: Annotated
    groups: list[Group]
    chances: list[Chances]

    def found(self, *, peoples: bool) -> list[Found]:
        """Return its names, with places; those of peoples ("Syrian") only where the annotators marked such."""
        holders = {m.inside for group in self.groups for m in group.mentions if m.inside}
        return [
            item
            for group, chances in zip(self.groups, self.chances, strict=True)
            if peoples or group.mentions[0].kind != "demonym"
            for item in _found(group, chances, holds_others=any(m.id in holders for m in group.mentions))
        ]


def _found(group: Group, chances: Chances, *, holds_others: bool) -> Iterator[Found]:
    place, chance = None, None
    if group.hits:
        best, chance = chosen(group, chances, holds_others=holds_others)
        place = group.hits[best].place if chances.none <= 0.5 else None
    for mention in group.mentions:
        yield Found(mention.start, mention.end, place, chance if place else None)


def look(read: list[Read], homes: list[Home], level: Level) -> None:
    """Look at every report once more, by the models of one level."""
    for item, home in zip(read, homes, strict=True):
        known = [i for i, group in enumerate(item.groups) if group.hits]
        if not known:
            continue
        groups = [item.groups[i] for i in known]
        table = matrix(groups, [item.chances[i].candidates for i in known], home)
        choices = Choices(item.report, groups, [], [], 0, home)
        scores = scores_by(level.without[item.report.fold], choices, table)
        for i, chances in zip(known, chances_of(scores, level.sharpness), strict=True):
            item.chances[i] = chances


def read_by(
    both: list[Level], named: list[tuple[Annotated, list[PlaceMention]]], gazetteer: Gazetteer
) -> list[Read]:
    """Return reports with their names resolved, reports of one publisher together."""
    read = []
    for report, mentions in named:
        groups = bound(mentions, gazetteer, name_key)
        before = [by_themselves(group) if group.hits else Chances(np.zeros(0), 1.0) for group in groups]
        read.append(Read(report, groups, before))
    first, second = both
    look(read, [home_of(item.report.publisher) for item in read], first)
    look(read, _homes(read), second)
    return read


def _homes(read: list[Read]) -> list[Home]:
    told: dict[str | None, list] = {}
    for item in read:
        known = [i for i, group in enumerate(item.groups) if group.hits]
        told.setdefault(item.report.publisher, []).extend(
            told_by(item.report.id, [item.groups[i] for i in known], [item.chances[i] for i in known])
        )
    return [
        pooled(home_of(publisher), told[publisher]) if (publisher := item.report.publisher) else Home()
        for item in read
    ]


def most_populous(rows: Rows, gazetteer: Gazetteer, *, peoples: bool) -> list[Found]:
    """Return the baseline: what the bare pipeline calls a place, each the most populous place of that name."""
    found = []
    for entity in rows.doc.ents:
        if entity.label_ in ("GPE", "LOC", "FAC", "NORP") and (peoples or entity.label_ != "NORP"):
            places = [hit.place for hit in gazetteer.lookup(entity.text, 500)]
            place = max(places, key=lambda place: place.population, default=None)
            found.append(Found(entity.start_char, entity.end_char, place))
    return found


def gold_of(report: Annotated) -> GoldReport:
    """Return what the annotators marked."""
    toponyms = tuple(
        GoldToponym(t["start"], t["end"], t["lat"], t["lon"], str(t["geonameid"]) if t["geonameid"] else None)
        for t in report.toponyms
    )
    return GoldReport(report.id, report.text, report.publisher, toponyms)


def misses(report: Annotated, found: list[Found], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield each name that is not put within 161 km, with the kind of the miss."""
    for t in report.toponyms:
        if t["lat"] is None:
            continue
        over = [item for item in found if item.start < t["end"] and t["start"] < item.end]
        place = next((item.place for item in over if item.place), None)
        if place and _km(place, t) <= NEAR_KM:
            continue
        hits = gazetteer.lookup(t["text"], 500)
        text = f"{t['text']} ({report.publisher or report.id})"
        if place and place.feature in AREAS and _km(place, t) * 1000 <= place.extent_m:
            yield "gold doubtful: another middle of the same area", f"{t['text']} ({place.feature})"
        elif not any(_km(hit.place, t) <= max(NEAR_KM, hit.place.extent_m / 1000) for hit in hits):
            yield "not in the gazetteer", text
        elif not over:
            yield "not recognised", text
        elif place is None:
            yield "no choice made", text
        else:
            yield "wrong choice", f"{text} -> {place.name} ({place.country}, {place.feature})"


def _km(place: Place, toponym: dict) -> float:
    return geodesic_m(place.lat, place.lon, toponym["lat"], toponym["lon"]) / 1000


def main() -> None:
    """Cross-validate the whole way from text to places, and print."""
    options = arguments(
        "Names and places on publishers that no model has seen.",
        worst={"type": int, "default": 20, "help": "how many misses of each set to list"},
    )
    with Gazetteer.open() as gazetteer:
        real, made = read_choices(options.folder, gazetteer)
        both = list(levels(real + made))
        rows, made_rows = read_rows(options.folder, gazetteer)
        judges = models_without(rows, made_rows)
        peoples = {
            name: marks_peoples([gold_of(row.report) for row in rows if row.report.set == name], gazetteer)
            for name in SETS
        }
        named = []
        for row in rows:
            chosen = judged_by(judges[row.report.fold], row)
            mentions = mentions_of(NameRules(row.doc, gazetteer), [(j.start, j.end) for j in chosen])
            named.append((row.report, mentions))
        read = read_by(both, named, gazetteer)
        table, listed = [], []
        for name in dict.fromkeys(row.report.set for row in rows):
            ours, baseline, worst, kinds = Score(), Score(), Counter(), Counter()
            for row, item in zip(rows, read, strict=True):
                if row.report.set == name:
                    found = item.found(peoples=peoples[name])
                    ours.add(gold_of(row.report), found)
                    baseline.add(gold_of(row.report), most_populous(row, gazetteer, peoples=peoples[name]))
                    for miss in misses(row.report, found, gazetteer):
                        worst[miss] += 1
                        kinds[miss[0]] += 1
            for who, score in (("unseen publishers", ours), ("most populous", baseline)):
                table.append((name, who, *(_shown(score.figures[figure]) for figure in FIGURES)))
            listed.append((name, kinds, worst))
    print_table("set | reader | " + " | ".join(FIGURES), table)
    for name, kinds, worst in listed:
        print(f"{name}: " + "; ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
        print_table(
            "times | kind | name", [(count, *miss) for miss, count in worst.most_common(options.worst)]
        )


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value < 2 else f"{value:.0f}"


if __name__ == "__main__":
    main()
