"""Incidents and their links as tables, with contradictions in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from standoff.corpus.incidents import Found, Incident
from standoff.corpus.likeness import Party, counts_agree
from standoff.corpus.pairs import PARTS, Link, apart_km
from standoff.corpus.telling import Telling
from standoff.geodesy import area_km2
from standoff.model import Count
from standoff.tables import columns, frame, ids, words
from standoff.wording import count_words

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

INCIDENTS = columns(
    "incident_id event_type date_start date_end tellings reports sources publishers"
    " actors targets killed_low killed_high wounded_low wounded_high claims"
    " contradictions agreement place area_km2 score event_ids report_ids copies sentences",
    whole="tellings reports sources killed_low killed_high wounded_low wounded_high copies",
    number="area_km2 score",
)
LINKS = columns(
    f"event_a event_b incident_a incident_b same score {' '.join(PARTS)} veto reasons",
    number=f"score {' '.join(PARTS)}",
    truth="same",
)


def incident_table(found: Found) -> geopandas.GeoDataFrame:
    """Return a row an incident, in order of time; see docs/corpus.md."""
    import geopandas as gpd

    rows = [_row(number, incident, found) for number, incident in enumerate(found.incidents)]
    geometry = gpd.GeoSeries([incident.placed[0] for incident in found.incidents], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame(rows, INCIDENTS), geometry=geometry, crs="EPSG:4326")


def name_of(number: int) -> str:
    """Return what an incident is called."""
    return f"i{number + 1}"


def _row(number: int, incident: Incident, found: Found) -> dict[str, Any]:
    told = [each.event for each in incident.tellings]
    area, place = incident.placed
    period = incident.period
    against = list(contradictions(incident))
    publishers = _each(found.publishers.get(report) for report in incident.reports)
    agreement = "one source" if found.sources.independent(incident.reports) < 2 else (
        "contradicted" if against else "agreed"
    )  # fmt: skip
    return {
        "incident_id": name_of(number),
        "event_type": _commonest([event.type for event in told]),
        "date_start": period.start.isoformat() if period else None,
        "date_end": period.end.isoformat() if period else None,
        "tellings": len(told),
        "reports": len(incident.reports),
        "sources": found.sources.independent(incident.reports),
        "publishers": words(publishers),
        "actors": words(_each(event.actor for event in told)),
        "targets": words(_each(event.target for event in told)),
        **_bounds("killed", [event.killed for event in told]),
        **_bounds("wounded", [event.wounded for event in told]),
        "claims": ids(_each(event.claim for event in told)),
        "contradictions": words(against),
        "agreement": agreement,
        "place": place,
        "area_km2": None if area is None else round(area_km2(area), 3),
        "score": None if incident.score is None else round(incident.score, 2),
        "event_ids": ids(each.id for each in incident.tellings),
        "report_ids": ids(incident.reports),
        "copies": len(found.sources.copied(incident.reports)),
        "sentences": words(_each(event.text for event in told)),
    }


def _each(found: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(each for each in found if each))


def _commonest(found: list[str]) -> str:
    return max(dict.fromkeys(found), key=found.count)


def _bounds(name: str, counts: list[Count | None]) -> dict[str, int | None]:
    """Return the least and the greatest number that any report gives."""
    told = [count for count in counts if count is not None]
    highs = [count.high if count.high is not None else count.best for count in told]
    return {
        f"{name}_low": min((count.low for count in told), default=None),
        f"{name}_high": None
        if None in highs
        else max((high for high in highs if high is not None), default=None),
    }


def contradictions(incident: Incident) -> Iterator[str]:
    """Yield in words in what the tellings of an incident do not agree; the later report may simply know more."""
    told = incident.tellings
    for name in ("killed", "wounded"):
        counts = [(each, getattr(each.event, name)) for each in told]
        given = [(each, count) for each, count in counts if count is not None]
        if any(counts_agree(a, b) is False for (_, a), (_, b) in combinations(given, 2)):
            yield f"{name}: {_against((each, count_words(count)) for each, count in given)}"
    yield from _actors(told)
    yield from _places(told)
    denied = [each for each in told if each.event.claim != "asserted"]
    if denied and len(denied) < len(told):
        yield f"claim: {_against((each, each.event.claim) for each in told)}"


def _against(given: Iterable[tuple[Telling, str]]) -> str:
    """Return what each says, those together that say the same."""
    said: dict[str, list[str]] = {}
    for each, what in given:
        said.setdefault(what, []).append(each.report)
    return " against ".join(f"{what} ({', '.join(reports)})" for what, reports in said.items())


def _actors(told: tuple[Telling, ...]) -> Iterator[str]:
    if any(each.event.type == "clash" for each in told):  # either side may stand as the actor
        return
    named = [(each, each.event.actor) for each in told if each.event.actor]
    parties = [Party.of(actor) for _, actor in named]
    if any(a.agrees(b) == -1 for a, b in combinations(parties, 2)):
        yield f"actor: {_against((each, actor) for each, actor in named if actor)}"


def _places(told: tuple[Telling, ...]) -> Iterator[str]:
    placed = [each for each in told if each.area is not None]
    for a, b in combinations(placed, 2):
        if a.area is None or b.area is None:
            continue
        km = apart_km(a.area, b.area)
        if km > 0:
            yield f"place: {km:,.0f} km between that of {a.report} and that of {b.report}"


def link_table(found: Found) -> pd.DataFrame:
    """Return a row a comparison, the likest pairs first."""
    ordered = sorted(found.links, key=lambda link: (link.veto is not None, -link.score, link.a.id, link.b.id))
    return frame([_link_row(link, found) for link in ordered], LINKS)


def _link_row(link: Link, found: Found) -> dict[str, Any]:
    one, other = (found.number_of[each.id] for each in (link.a, link.b))
    return {
        "event_a": link.a.id, "event_b": link.b.id, "incident_a": name_of(one), "incident_b": name_of(other),
        "same": one == other, "score": round(link.score, 2), **link.points, "veto": link.veto,
        "reasons": words(link.reasons),
    }  # fmt: skip
