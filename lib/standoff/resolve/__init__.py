"""Candidates -> the place that each mention means, with a probability, or none and a reason.

One name means one place throughout a report. A learned ranker weighs the candidates of all
names against each other: what is known of each, the kind of place that the report states,
"X, Y", where the other names are, who printed it. One more candidate is always there: a place
that is not in the gazetteer. An analyst's own corrections win over everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from standoff.extract.positions import Position
from standoff.model import Place, PlaceMention
from standoff.overrides import Override
from standoff.resolve.containment import bound, is_in
from standoff.resolve.corrections import (
    Corrections,
    candidate_of,
    corrected,
    with_corrections,
)
from standoff.resolve.groups import Group, Match, Names, Speller, kind_of
from standoff.resolve.publishers import Home, Told, home_of, pooled
from standoff.resolve.ranker import Chances, chosen, first_round, ranked, told_by
from standoff.resolve.seats import seated

__all__ = ["Corrections", "Home", "Match", "Names", "home_of", "homes", "resolve"]

_MOST_CANDIDATES = 8
_MOST_SUGGESTIONS, _LEAST_SUGGESTED = 3, 0.05


def resolve(
    mentions: Sequence[PlaceMention],
    positions: Iterable[Position],
    gazetteer: Names,
    key: Callable[[str], str],
    home: Home | None = None,
    corrections: Corrections | None = None,
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
    corrections : Corrections, optional
        What an analyst says; it wins over everything.

    Returns
    -------
    list of PlaceMention
        The same mentions in the same order.
    """
    home = home or Home()
    corrections = corrections or Corrections()
    groups = bound(mentions, gazetteer, key)
    bare = corrections.move(groups)
    named = _named(groups, home, gazetteer)
    fixed = corrections.of_mentions(mentions, key)
    if fixed:
        before = named
        named = before | _named(with_corrections(groups, fixed), home, gazetteer)
        for mention in mentions:
            if mention.id in fixed:
                named[mention.id] = corrected(mention, fixed[mention.id], before.get(mention.id, mention))
    named = {id_: _as_moved(mention, corrections, bare) for id_, mention in named.items()}
    written = {position.start: position for position in positions}
    return [_resolved(mention, named, written, gazetteer) for mention in mentions]


def _named(groups: Sequence[Group], home: Home, gazetteer: Names) -> dict[str, PlaceMention]:
    """Return the mentions of groups, by their ids, with their places."""
    known = [group for group in groups if group.hits]
    holders = {mention.inside for group in groups for mention in group.mentions if mention.inside}
    chances = {id(group): chance for group, chance in zip(known, ranked(known, home), strict=True)}
    picks = {
        id(group): chosen(
            group, chances[id(group)], holds_others=any(m.id in holders for m in group.mentions)
        )
        for group in known
    }
    taken = {m.id: group.hits[picks[id(group)][0]] for group in known for m in group.mentions}
    answers = {id(group): _answer(group, chances[id(group)], *picks[id(group)], taken) for group in known}
    return {
        mention.id: mention.model_copy(update=answers.get(id(group)) or _unknown(group, gazetteer))
        for group in groups
        for mention in group.mentions
    }


def _as_moved(mention: PlaceMention, corrections: Corrections, bare: dict[str, Override]) -> PlaceMention:
    """Say of a mention whose place an analyst has moved, or struck out, that it is so."""
    if mention.override is not None:
        return mention
    if mention.id in bare:
        told = bare[mention.id].told
        reason = f"the only place of that name is struck out by {told}"
        return mention.model_copy(update={"reason": reason, "override": told})
    row = corrections.row_of(mention.place)
    if row is None:
        return mention
    reason = f"its position is set by {row.told}; {mention.reason}"
    return mention.model_copy(update={"reason": reason, "override": row.told})


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
            known = [group for group in bound(mentions, gazetteer, key) if group.hits]
            told.setdefault(publisher, []).extend(
                told_by(report_id, known, first_round(known, home_of(publisher)))
            )
    return {publisher: pooled(home_of(publisher), items) for publisher, items in told.items()}


def _unknown(group: Group, gazetteer: Names) -> dict[str, object]:
    """Return why there is no place, with what the name may be a misspelling of: never an answer, only candidates."""
    if group.reason:
        return {"reason": group.reason}
    name = group.mentions[0].name or ""
    reason = f"{name!r} is not in the gazetteer"
    near = gazetteer.suggest(name, _MOST_SUGGESTIONS) if isinstance(gazetteer, Speller) else ()
    near = [item for item in near if item.score >= _LEAST_SUGGESTED]
    if not near:
        return {"reason": reason}
    return {
        "candidates": [candidate_of(item.hit.place, round(item.score, 4)) for item in near],
        "reason": f"{reason}; did the report mean {_told(near[0].hit.place)}?",
    }


def _answer(
    group: Group, chances: Chances, first: int, chance: float, taken: Mapping[str, Match]
) -> dict[str, object]:
    """Return the place of a group's mentions with its probability, or none and why.

    ``first`` and ``chance`` are of the candidate chosen; ``taken`` of all, by mention.
    """
    order = sorted(
        range(len(group.hits)),
        key=lambda i: (i != first, not group.hits[i].own, -chances.candidates[i], group.hits[i].place.gid),
    )
    candidates = [
        candidate_of(group.hits[i].place, round(float(chances.candidates[i]), 4))
        for i in order[:_MOST_CANDIDATES]
    ]
    best = group.hits[first]
    if chances.none > 0.5:
        reason = (
            f"{group.mentions[0].name!r} is likelier a place that the gazetteer lacks than any that it has; "
            f"the best of {len(group.hits)} is {_told(best.place)}"
        )
        return {"candidates": candidates, "reason": reason}
    return {
        "place": best.place, "probability": round(chance, 4), "candidates": candidates,
        "reason": _why(best, group, taken),
    }  # fmt: skip


def _told(place: Place) -> str:
    return f"{place.name} ({place.country})" if place.country else place.name


def _why(hit: Match, group: Group, taken: Mapping[str, Match]) -> str:
    reasons = []
    if hit.curated:
        reasons.append("one of your own sites" if hit.own else "a curated site")
    if kind_of(hit.place) in group.hints:
        reasons.append(f"the report calls it a {kind_of(hit.place)}")
    holders = [taken.get(mention.inside or "") for mention in group.mentions]
    if any(holder is not None and is_in(hit, holder) for holder in holders):
        reasons.append("in the country or region that the report names with it")
    if hit.matched == "alternate":
        reasons.append(f"another name of {hit.place.name}")
    if len(group.hits) == 1:
        reasons.append("the only place of that name in the gazetteer")
    return "; ".join(reasons) or "the likeliest place of that name beside the others of the report"


def _resolved(
    mention: PlaceMention, named: dict[str, PlaceMention], written: dict[int, Position], gazetteer: Names
) -> PlaceMention:
    if mention.kind == "coordinates":
        # One that can be no position has none, and says why.
        return _at_position(mention, written[mention.start]) if mention.start in written else mention
    if mention.id in named:
        return named[mention.id]
    target = named.get(mention.refers_to or "")
    if target is None:
        return mention
    if mention.feature_hint == "capital":
        return seated(mention, target, gazetteer)
    return mention.model_copy(
        update={
            "place": target.place, "probability": target.probability, "candidates": target.candidates,
            "reason": target.reason if target.place is None else f"refers to {target.text!r}",
            "override": target.override,
        }
    )  # fmt: skip


def _at_position(mention: PlaceMention, position: Position) -> PlaceMention:
    place = Place(
        gid=f"coordinates:{position.lat:.6f},{position.lon:.6f}", name=mention.text, lat=position.lat, lon=position.lon,
        feature="coordinates", extent_m=round(position.precision_m, 1), source="the report's text",
    )  # fmt: skip
    return mention.model_copy(
        update={"place": place, "probability": 1.0, "reason": position.note or "written in the text"}
    )
