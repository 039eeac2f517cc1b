"""Names and places of annotated reports, one by one: what we found, what the baseline found, and how far off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from standoff.evaluate.gold import GoldReport, GoldToponym, gold_places
from standoff.evaluate.intervals import ratio_interval
from standoff.evaluate.scores import MOST_KM, NEAR_KM, Found, Score, found_at, is_marked
from standoff.geodesy import geodesic_m

if TYPE_CHECKING:
    import pandas as pd

    from standoff.evaluate import Answer
    from standoff.gazetteer import Gazetteer
    from standoff.model import Candidate
    from standoff.settings import Settings

_SAME_KM = 1.0
READERS = ("ours", "baseline")


@dataclass(frozen=True)
class PlaceScores:
    """Both readers on the same reports, from one run.

    Attributes
    ----------
    answers : list of Answer
        What each found, report by report.
    """

    answers: list[Answer]

    @cached_property
    def names(self) -> pd.DataFrame:
        """A row a marked name that has a position: where it is, what each reader gave, and how far off that is.

        ``km`` is half of the way round the Earth where no place was given, as is usual; ``near`` is within 161 km.
        """
        import pandas as pd

        rows = [
            _row(each, gold) for each in self.answers for gold in each.report.toponyms if gold.lat is not None
        ]
        return pd.DataFrame(rows)

    @cached_property
    def chances(self) -> pd.DataFrame:
        """A row a candidate that we weighed for a marked name: the chance that we gave it, and whether it is the place.

        Those that were not chosen count, too: what is given a chance of 0.2 should be the place once in five.
        """
        import pandas as pd

        rows = [
            (each.report.id, each.report.text[gold.start : gold.end], candidate.name, candidate.probability,
             _is_place(candidate, gold))
            for each in self.answers
            for gold in each.report.toponyms
            if gold.lat is not None
            for found in found_at(gold, each.ours)[:1]
            for candidate in found.candidates
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["report", "words", "candidate", "probability", "right"])

    @cached_property
    def extra(self) -> pd.DataFrame:
        """What we took for a place and nobody marked; ``decoy`` where it was marked as none."""
        import pandas as pd

        rows = []
        for each in self.answers:
            text, decoys = each.report.text, each.report.no_places
            for found in each.ours:
                if not is_marked(found, each.report):
                    decoy = any(found.start < end and start < found.end for start, end in decoys)
                    rows.append((each.report.id, text[found.start : found.end], _name(found), decoy))
        return pd.DataFrame(rows, columns=["report", "words", "taken for", "decoy"])

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Figures of both readers, with the bounds that hold them in 95 of 100 such samples of reports."""
        import pandas as pd

        rows = {}
        for reader in READERS:
            scores = [self._score(each, reader) for each in self.answers]
            rows[reader] = {
                "precision": _with_bounds([(s.found_right, s.found) for s in scores]),
                "recall": _with_bounds([(s.marked_found, s.marked) for s in scores]),
                "right place": _with_bounds([(sum(km <= NEAR_KM for km in s.km), len(s.km)) for s in scores]),
            }
        columns = [(reader, bound) for reader in READERS for bound in ("share", "low", "high")]
        cells = {
            (reader, bound): [figures[bound] for figures in rows[reader].values()]
            for reader, bound in columns
        }
        return pd.DataFrame(cells, index=["precision", "recall", "right place"]).round(3)

    @staticmethod
    def _score(answer: Answer, reader: str) -> Score:
        score = Score()
        score.add(answer.report, getattr(answer, reader))
        return score

    def by_kind(self) -> pd.DataFrame:
        """Return for each kind of place how many there are, and which share of them each reader puts within 161 km."""
        grouped = self.names.groupby("kind")
        found = grouped[["ours_near", "baseline_near"]].mean().round(3)
        found.insert(0, "places", grouped.size())
        return found.sort_values("places", ascending=False)

    def wrong(self) -> pd.DataFrame:
        """Return the names that we put at the wrong place, or at none, the farthest first."""
        names = self.names[~self.names["ours_near"]].sort_values("ours_km", ascending=False)
        shown = [
            "report",
            "words",
            "kind",
            "place",
            "ours_km",
            "ours_probability",
            "baseline_near",
            "sentence",
        ]
        return names[shown].reset_index(drop=True)


def score_places(
    reports: Sequence[GoldReport] | None = None,
    gazetteer: Gazetteer | None = None,
    settings: Settings | None = None,
) -> PlaceScores:
    """Read annotated reports, and hold the places found against the marked ones, beside a baseline.

    The baseline takes what the bare pipeline calls a place, each the most populous place of that name.

    Parameters
    ----------
    reports : sequence of GoldReport, optional
        By default those that ship; your own by `read_gold`.
    gazetteer : Gazetteer, optional
        By default the embedded one.
    settings : Settings, optional
    """
    from standoff.evaluate import answers
    from standoff.gazetteer import Gazetteer
    from standoff.settings import Settings

    chosen = gold_places() if reports is None else reports
    names = gazetteer or Gazetteer.open()
    try:
        return PlaceScores(answers(chosen, names, settings or Settings.of()).reports)
    finally:
        if gazetteer is None:
            names.close()


def _with_bounds(parts: list[tuple[int, int]]) -> dict[str, float]:
    low, high = ratio_interval(parts)
    return {"share": sum(p for p, _ in parts) / max(sum(w for _, w in parts), 1), "low": low, "high": high}


def _row(answer: Answer, gold: GoldToponym) -> dict[str, Any]:
    text = answer.report.text
    row: dict[str, Any] = {
        "report": answer.report.id, "words": text[gold.start : gold.end], "kind": gold.kind or "place",
        "lat": gold.lat, "lon": gold.lon, "sentence": _sentence(text, gold),
    }  # fmt: skip
    for reader in READERS:
        best = next((item for item in found_at(gold, getattr(answer, reader)) if item.place), None)
        km = _km(best, gold)
        row |= {f"{reader}_km": round(km, 3), f"{reader}_near": km <= NEAR_KM}
        if reader == "ours":
            row |= {"place": _name(best), "ours_probability": best.probability if best else None}
    return row


def _km(found: Found | None, gold: GoldToponym) -> float:
    if found is None or found.place is None or gold.lat is None or gold.lon is None:
        return MOST_KM
    return geodesic_m(found.place.lat, found.place.lon, gold.lat, gold.lon) / 1000


def _is_place(candidate: Candidate, gold: GoldToponym) -> bool:
    """Say whether a candidate is the marked place itself: a town is not the province that bears its name."""
    if gold.geonameid is not None and candidate.gid.startswith("geonames:"):
        return candidate.gid == f"geonames:{gold.geonameid}"
    if gold.lat is None or gold.lon is None:
        return False
    return geodesic_m(candidate.lat, candidate.lon, gold.lat, gold.lon) / 1000 <= _SAME_KM


def _name(found: Found | None) -> str:
    if found is None or found.place is None:
        return "none"
    return f"{found.place.name}, {found.place.country or 'no country'} ({found.place.feature})"


def _sentence(text: str, gold: GoldToponym) -> str:
    start = max(text.rfind(". ", 0, gold.start) + 2, 0) if ". " in text[: gold.start] else 0
    end = text.find(". ", gold.end)
    return " ".join(text[start : len(text) if end < 0 else end + 1].split())
