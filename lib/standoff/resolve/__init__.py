"""Candidates -> the place that each mention means, with a probability, or none and a reason.

One name means one place throughout a report. A learned ranker weighs the candidates of all
names against each other: what is known of each, the kind of place that the report states,
"X, Y", where the other names are, who printed it. One more candidate is always there: a place
that is not in the gazetteer. An analyst's own corrections win over everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from standoff.extract.coordinates import Position
from standoff.model import Candidate, Place, PlaceMention
from standoff.resolve.groups import Group, Match, Names, grouped, is_curated, kind_of
from standoff.resolve.publishers import Home, Told, home_of, pooled
from standoff.resolve.ranker import Chances, first_round, ranked, told_by

__all__ = ["Home", "Match", "Names", "home_of", "homes", "resolve"]

_MOST_CANDIDATES = 8


def resolve(
    mentions: Sequence[PlaceMention],
    positions: Iterable[Position],
    gazetteer: Names,
    key: Callable[[str], str],
    home: Home | None = None,
) -> list[PlaceMention]:
    """Fill in the place, the probability and the candidates of every mention.

    Parameters
    ----------
    mentions : sequence of PlaceMention
        In text order.
    positions : iterable of Position
        The coordinates written in the text.
    gazetteer : Names
        Where candidates come from.
    key : callable
        Brings the spellings of one name together (the gazetteer's ``name_key``).
    home : Home, optional
        Where the report was printed.

    Returns
    -------
    list of PlaceMention
        The same mentions in the same order.
    """
    groups = grouped(mentions, gazetteer, key)
    known = [group for group in groups if group.hits]
    answers = {
        id(group): _answer(group, chances)
        for group, chances in zip(known, ranked(known, home or Home()), strict=True)
    }
    named = {
        mention.id: mention.model_copy(update=answers.get(id(group)) or _unknown(group))
        for group in groups
        for mention in group.mentions
    }
    written = {position.start: position for position in positions}
    return [_resolved(mention, named, written) for mention in mentions]


def homes(
    reports: Iterable[tuple[str | None, str, Sequence[PlaceMention]]],
    gazetteer: Names,
    key: Callable[[str], str],
) -> dict[str, Home]:
    """Return where publishers are at home, by what their reports name.

    Parameters
    ----------
    reports : iterable of (publisher, report id, mentions)
        In any order; those without a publisher are left out.
    gazetteer : Names
        Where candidates come from.
    key : callable
        The gazetteer's ``name_key``.
    """
    told: dict[str, list[Told]] = {}
    for publisher, report_id, mentions in reports:
        if publisher:
            known = [group for group in grouped(mentions, gazetteer, key) if group.hits]
            told.setdefault(publisher, []).extend(
                told_by(report_id, known, first_round(known, home_of(publisher)))
            )
    return {publisher: pooled(home_of(publisher), items) for publisher, items in told.items()}


def _unknown(group: Group) -> dict[str, object]:
    return {"reason": f"{group.mentions[0].name!r} is not in the gazetteer"}


def _answer(group: Group, chances: Chances) -> dict[str, object]:
    """Return the place of a group's mentions with its probability, or none and why."""
    order = sorted(range(len(group.hits)), key=lambda i: (-chances.candidates[i], group.hits[i].place.gid))
    candidates = [_candidate(group.hits[i], chances.candidates[i]) for i in order[:_MOST_CANDIDATES]]
    best = group.hits[order[0]]
    if chances.none > float(np.max(chances.candidates)):
        reason = (
            f"{group.mentions[0].name!r} is likelier a place that the gazetteer lacks than {_told(best.place)}, the best of "
            f"{len(group.hits)}"
        )
        return {"candidates": candidates, "reason": reason}
    return {
        "place": best.place, "probability": candidates[0].probability, "candidates": candidates,
        "reason": _why(best, group),
    }  # fmt: skip


def _candidate(hit: Match, chance: float) -> Candidate:
    place = hit.place
    return Candidate(
        gid=place.gid, name=place.name, lat=place.lat, lon=place.lon, probability=round(float(chance), 4)
    )


def _told(place: Place) -> str:
    return f"{place.name} ({place.country})" if place.country else place.name


def _why(hit: Match, group: Group) -> str:
    reasons = []
    if is_curated(hit.place):
        reasons.append("one of your own sites" if hit.place.gid.startswith("own:") else "a curated site")
    if kind_of(hit.place) in group.hints:
        reasons.append(f"the report calls it a {kind_of(hit.place)}")
    if any(mention.inside for mention in group.mentions):
        reasons.append("in the country or region that the report names with it")
    if len(group.hits) == 1:
        reasons.append("the only place of that name in the gazetteer")
    return "; ".join(reasons) or "the likeliest place of that name beside the others of the report"


def _resolved(
    mention: PlaceMention, named: dict[str, PlaceMention], written: dict[int, Position]
) -> PlaceMention:
    if mention.kind == "coordinates":
        return _at_position(mention, written[mention.start])
    if mention.id in named:
        return named[mention.id]
    target = named.get(mention.refers_to or "")
    if target is None:
        return mention
    return mention.model_copy(
        update={
            "place": target.place, "probability": target.probability, "candidates": target.candidates,
            "reason": target.reason if target.place is None else f"refers to {target.text!r}",
        }
    )  # fmt: skip


def _at_position(mention: PlaceMention, position: Position) -> PlaceMention:
    place = Place(
        gid=f"coordinates:{position.lat:.6f},{position.lon:.6f}", name=mention.text, lat=position.lat, lon=position.lon,
        feature="coordinates", extent_m=round(position.precision_m, 1), source="the report's text",
    )  # fmt: skip
    return mention.model_copy(update={"place": place, "probability": 1.0, "reason": "written in the text"})
