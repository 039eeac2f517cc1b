"""How good the names and places are: our reading and a baseline against what people marked.

The baseline takes what the bare pipeline calls a place, each the most populous place of that
name; with the names given it takes those. Both see the same parse, in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.evaluate.event_scores import gold_events, score_events
from standoff.evaluate.gold import GoldReport, GoldToponym, gold_places, read_gold
from standoff.evaluate.intervals import reliability
from standoff.evaluate.place_scores import score_places
from standoff.evaluate.scores import Found, Score

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from standoff.gazetteer import Gazetteer
    from standoff.model import PlaceMention
    from standoff.resolve import Home
    from standoff.settings import Settings

__all__ = [
    "Answer",
    "Answers",
    "Evaluation",
    "Found",
    "GoldReport",
    "GoldToponym",
    "Score",
    "answers",
    "evaluate",
    "gold_events",
    "gold_places",
    "marks_peoples",
    "read_gold",
    "reliability",
    "score_events",
    "score_places",
]

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})
_PEOPLES_SHARE = 0.01


@dataclass(frozen=True)
class Evaluation:
    """Scores of both readers over one set.

    Attributes
    ----------
    ours, baseline : Score
    seconds : float
        What our reading of all reports took: the parse, the names and the places.
    counts_peoples : bool
        Whether the annotators marked words for peoples ("Syrian"); where they did not, ours are not counted.
    gold_mentions : bool
        Whether the names were given.
    """

    ours: Score
    baseline: Score
    seconds: float
    counts_peoples: bool
    gold_mentions: bool


@dataclass(frozen=True)
class _Named:
    report: GoldReport
    mentions: list[PlaceMention]
    baseline: list[Found]


def evaluate(
    reports: Sequence[GoldReport],
    gazetteer: Gazetteer,
    settings: Settings,
    *,
    gold_mentions: bool = False,
) -> Evaluation:
    """Score our reading and the baseline.

    Reports of one publisher together tell where it is at home, as they would in a corpus; the
    marked places are not looked at for that.

    Parameters
    ----------
    reports : sequence of GoldReport
    gazetteer : Gazetteer
    settings : Settings
    gold_mentions : bool
        Take the marked names as given, so that only the choice of places is measured.
    """
    found = answers(reports, gazetteer, settings, gold_mentions=gold_mentions)
    ours, baseline = Score(), Score()
    for each in found.reports:
        ours.add(each.report, each.ours)
        baseline.add(each.report, each.baseline)
    return Evaluation(ours, baseline, found.seconds, found.counts_peoples, gold_mentions)


@dataclass(frozen=True)
class Answer:
    """What both readers found in one report."""

    report: GoldReport
    ours: list[Found]
    baseline: list[Found]


@dataclass(frozen=True)
class Answers:
    """What both readers found; ``seconds`` and ``counts_peoples`` as for an `Evaluation`."""

    reports: list[Answer]
    seconds: float
    counts_peoples: bool


def answers(
    reports: Sequence[GoldReport],
    gazetteer: Gazetteer,
    settings: Settings,
    *,
    gold_mentions: bool = False,
) -> Answers:
    """Return what our reading and the baseline find in each report; see `evaluate`."""
    from standoff.gazetteer import name_key
    from standoff.resolve import homes, resolve

    begun = time.perf_counter()
    named = list(_named(reports, gazetteer, settings, gold_mentions=gold_mentions))
    home_of = homes([(n.report.publisher, n.report.id, n.mentions) for n in named], gazetteer, name_key)
    peoples = gold_mentions or marks_peoples(reports, gazetteer)
    seconds = time.perf_counter() - begun
    found = []
    for item in named:
        begun = time.perf_counter()
        placed = resolve(item.mentions, [], gazetteer, name_key, _home(home_of, item.report))
        seconds += time.perf_counter() - begun
        wanted = [m for m in placed if peoples or m.kind != "demonym"]
        ours = [Found(m.start, m.end, m.place, m.probability, tuple(m.candidates)) for m in wanted]
        baseline = [f for f in item.baseline if peoples or not _is_people(f, item, gazetteer)]
        found.append(Answer(item.report, ours, baseline))
    return Answers(found, seconds, peoples)


def _home(homes: dict[str, Home], report: GoldReport) -> Home | None:
    return homes.get(report.publisher) if report.publisher else None


def _named(
    reports: Sequence[GoldReport], gazetteer: Gazetteer, settings: Settings, *, gold_mentions: bool
) -> Iterator[_Named]:
    from standoff.extract.names import find_names, mentions_at
    from standoff.pipeline import parse
    from standoff.report import report_from_text

    for report in reports:
        doc = parse(report_from_text(report.text), settings.pipeline, gazetteer)
        spans = [(t.start, t.end) for t in report.toponyms]
        mentions = mentions_at(doc, spans) if gold_mentions else find_names(doc)
        yield _Named(
            report, mentions, list(_baseline(doc, report, gazetteer, spans if gold_mentions else None))
        )


def _baseline(
    doc: Doc, report: GoldReport, gazetteer: Gazetteer, spans: list[tuple[int, int]] | None
) -> Iterator[Found]:
    if spans is None:
        spans = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in _PLACE_LABELS]
    for start, end in spans:
        places = [hit.place for hit in gazetteer.lookup(report.text[start:end], 500)]
        yield Found(start, end, max(places, key=lambda place: place.population, default=None))


def marks_peoples(reports: Sequence[GoldReport], gazetteer: Gazetteer) -> bool:
    """Tell whether annotators marked words for peoples: over 1 % of the names."""
    texts = [report.text[t.start : t.end] for report in reports for t in report.toponyms]
    peoples = sum(_names_people(text, gazetteer) for text in texts)
    return peoples >= _PEOPLES_SHARE * max(len(texts), 1)


def _names_people(text: str, gazetteer: Gazetteer) -> bool:
    hits = gazetteer.lookup(text, 1)
    return bool(hits) and hits[0].matched in ("demonym", "adjective")


def _is_people(found: Found, item: _Named, gazetteer: Gazetteer) -> bool:
    return _names_people(item.report.text[found.start : found.end], gazetteer)
