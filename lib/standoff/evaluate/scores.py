"""Scores of names found and places given against what people marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from standoff.evaluate.gold import GoldReport, GoldToponym
from standoff.geodesy import geodesic_m
from standoff.model import Candidate, Place

NEAR_KM = (
    161.0  # 100 miles, the customary limit (Gritta et al. 2018, "What's missing in geographical parsing?")
)
MOST_KM = 20_039.0  # half of the equator: the largest error there is, and that of no answer
_BINS = 10


@dataclass(frozen=True)
class Found:
    """A name that a reader found, the place it gave, and the places it weighed."""

    start: int
    end: int
    place: Place | None
    probability: float | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Score:
    """Counts over reports.

    Attributes
    ----------
    km : list of float
        The error for each marked name that has a position; `MOST_KM` where none was given.
    sure : list of (probability, right)
        For each answer that states one, whether it lay within 161 km.
    """

    reports: int = 0
    marked: int = 0
    found: int = 0
    found_right: int = 0
    marked_found: int = 0
    exact: int = 0
    with_id: int = 0
    id_right: int = 0
    km: list[float] = field(default_factory=list)
    sure: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, report: GoldReport, found: Sequence[Found]) -> None:
        """Count one report."""
        self.reports += 1
        self.marked += len(report.toponyms)
        self.found += len(found)
        spans = {(item.start, item.end) for item in found}
        for item in found:
            self.found_right += is_marked(item, report)
        for gold in report.toponyms:
            over = found_at(gold, found)
            self.marked_found += bool(over)
            self.exact += (gold.start, gold.end) in spans
            self._place(gold, next((item for item in over if item.place), None))

    def _place(self, gold: GoldToponym, answer: Found | None) -> None:
        place = answer.place if answer else None
        if gold.geonameid is not None:
            self.with_id += 1
            self.id_right += place is not None and place.gid == f"geonames:{gold.geonameid}"
        if gold.lat is None or gold.lon is None:
            return
        if answer is None or place is None:
            self.km.append(MOST_KM)
            return
        km = geodesic_m(place.lat, place.lon, gold.lat, gold.lon) / 1000
        self.km.append(km)
        if answer.probability is not None:
            self.sure.append((answer.probability, km <= NEAR_KM))

    @property
    def figures(self) -> dict[str, float | None]:
        """All figures by name; None where there was nothing to measure."""
        precision, recall = _share(self.found_right, self.found), _share(self.marked_found, self.marked)
        exact_precision, exact_recall = _share(self.exact, self.found), _share(self.exact, self.marked)
        answered = [km for km in self.km if km < MOST_KM]
        return {
            "precision": precision, "recall": recall, "F1": _f1(precision, recall),
            "F1 exact": _f1(exact_precision, exact_recall),
            "within 161 km": _share(sum(km <= NEAR_KM for km in self.km), len(self.km)),
            "answered": _share(len(answered), len(self.km)), "exact id": _share(self.id_right, self.with_id),
            "AUC": auc(self.km), "median km": float(np.median(answered)) if answered else None,
            "mean km": float(np.mean(answered)) if answered else None,
            "calibration error": calibration_error(self.sure),
        }  # fmt: skip


def found_at(gold: GoldToponym, found: Sequence[Found]) -> list[Found]:
    """Return what was found where a name is marked; the one that covers most of the name speaks for it, and is first."""
    over = [item for item in found if _over(item, gold)]
    return sorted(over, key=lambda item: -(min(item.end, gold.end) - max(item.start, gold.start)))


def is_marked(found: Found, report: GoldReport) -> bool:
    """Say whether what was found lies over a marked name."""
    return any(_over(found, gold) for gold in report.toponyms)


def _over(found: Found, gold: GoldToponym) -> bool:
    return found.start < gold.end and gold.start < found.end


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def auc(km: Sequence[float]) -> float | None:
    """Return the area under the curve of logarithmic errors, 0 (all right) to 1 (all antipodal).

    Errors are sorted, ln(1 + km) is divided by that of the largest possible error, and the area
    is taken by the trapezoid rule (Jurgens et al. 2015; Gritta et al. 2018).

    Examples
    --------
    >>> auc([0.0, 0.0]), auc([])
    (0.0, None)
    """
    if not km:
        return None
    heights = np.log1p(np.sort(np.array(km, dtype=float))) / math.log1p(MOST_KM)
    if len(heights) == 1:
        return float(heights[0])
    return float(((heights[1:] + heights[:-1]) / 2).mean())


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error: how far stated chances are from shares of right answers.

    Ten bins of equal width; the gap of each counts by its answers (Naeini et al. 2015).

    Examples
    --------
    >>> calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
    0.0
    """
    if not sure:
        return None
    stated = np.array([probability for probability, _ in sure])
    right = np.array([float(was_right) for _, was_right in sure])
    bins = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(stated[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    ]
    return float(sum(gaps))
