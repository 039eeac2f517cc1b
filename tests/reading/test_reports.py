"""Whole reports of other regions than the samples, held against what a careful reader takes from each."""

from __future__ import annotations

import math
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from careful import Look, close, one_of, reading_of, says
from standoff.geodesy import geodesic_m
from standoff.model import Event, Footprint
from standoff.report import read_report

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.md"))
AREA_TOLERANCE = 0.005
# Corners of a drawn shape lie on the circle that cuts it, give or take the rounding of 7 decimals.
EDGE_TOLERANCE_M = 50.0

Expected = dict[str, Any]


def expectations(report: Path) -> Expected:
    loaded: Expected = yaml.safe_load(report.with_suffix(".yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def look_at(report: Path) -> Look:
    read = read_report(report)
    assert read.published
    return Look(reading_of(read.text, read.published))


def items(section: str) -> list[Any]:
    """One parameter for each item of a section of every report."""
    return [
        pytest.param(
            report,
            item,
            id=f"{report.stem}-{item['id']}",
            marks=[pytest.mark.xfail(strict=True, reason=item["known"])] if "known" in item else [],
        )
        for report in REPORTS
        for item in expectations(report).get(section, [])
    ]


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_as_long_as_one_of_an_agency(report: Path) -> None:
    assert 150 <= len(read_report(report).text.split()) <= 260
    assert set(expectations(report)) == {
        "zones",
        "one_zone",
        "events",
        "relations",
        "places",
        "checks",
        "absent",
    }


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_quotes_are_exact_and_ids_lead_somewhere(report: Path) -> None:
    assert look_at(report).unsound() == []


@pytest.mark.parametrize(("report", "want"), items("zones"))
def test_a_zone_is_put_together(report: Path, want: Expected) -> None:
    look = look_at(report)
    found = [z for z in look.record.zones if not look.zone_misfits(want, z)]
    assert found, [
        (look.told_zone(z), look.zone_words(z), look.zone_misfits(want, z)) for z in look.record.zones
    ]
    zone = found[0]
    anchor = look.places[zone.anchor or ""].place
    assert anchor, "its centre is not placed"
    lat, lon = want["near"]
    assert geodesic_m(lat, lon, anchor.lat, anchor.lon) <= want["within_m"]
    shape = look.footprints[zone.footprint or ""]
    assert shape.shape == "disc"
    assert shape.area_km2 == pytest.approx(math.pi * (want["radius_m"] / 1000) ** 2, rel=AREA_TOLERANCE)


def one_zone() -> list[Any]:
    marked = []
    for report in REPORTS:
        known = expectations(report)["one_zone"]
        marks = [pytest.mark.xfail(strict=True, reason=known)] if isinstance(known, str) else []
        marked.append(pytest.param(report, id=report.stem, marks=marks))
    return marked


@pytest.mark.parametrize("report", one_zone())
def test_all_its_names_are_one_zone(report: Path) -> None:
    look = look_at(report)
    assert len(look.record.zones) == 1, [look.zone_words(z) for z in look.record.zones]


@pytest.mark.parametrize(("report", "want"), items("relations"))
def test_a_relation_is_read(report: Path, want: Expected) -> None:
    look = look_at(report)
    relation, wrong = look.best(want, look.record.relations)
    assert not wrong, f"lacks {wrong}: {look.told(relation) if relation else '-'}"


@pytest.mark.parametrize(("report", "want"), items("places"))
def test_a_description_points_to_the_place(report: Path, want: Expected) -> None:
    look = look_at(report)
    mentions = [p for p in look.record.places if says(want["text"], p.text)]
    assert mentions, f"{want['text']!r} is not a mention; found {[p.text for p in look.record.places]}"
    assert all(look.is_anchor(want["refers_to"], p.id) for p in mentions), [
        (p.text, p.refers_to) for p in mentions
    ]
    assert all(p.place for p in mentions), [(p.text, p.reason) for p in mentions]


# ---------------------------------------------------------------------------------------------------- events


def dated(want: Expected, event: Event) -> bool:
    day = want["date"]
    start, end = day if isinstance(day, list) else (day, day)
    return (event.date_start, event.date_end) == (start, end)


def wrong_row(want: Expected, event: Event) -> list[str]:
    wrong = [] if one_of(want["type"], event.type) else [f"type {want['type']} (has {event.type!r})"]
    if not dated(want, event):
        wrong.append(f"date {want['date']} (has {event.date_start}..{event.date_end}, {event.date_text!r})")
    wrong += [
        f"{key} {want[key]} (has {getattr(event, key)!r})"
        for key in ("actor", "target", "weapon")
        if key in want and not any(says(x, getattr(event, key)) for x in want[key])
    ]
    return wrong


def wrong_toll(want: Expected, event: Event) -> list[str]:
    wrong = []
    for key in ("killed", "wounded"):
        count = getattr(event, key)
        for bound, number in want.get(key, {}).items():
            if count is None or getattr(count, bound) != number:
                wrong.append(f"{key} {bound} {number} (has {count})")
    wrong += [
        f"loss {x!r} (has {event.losses})"
        for x in want.get("losses", [])
        if not says(x, " ; ".join(event.losses))
    ]
    return wrong


def wrong_where(look: Look, want: Expected, event: Event) -> list[str]:
    stated = [look.relations[i] for i in event.relations]
    return [
        f"where {where} (has {[look.told(r) for r in stated]})"
        for where in want.get("where", [])
        if look.best(where, stated)[1]
    ]


def told_event(look: Look, event: Event) -> str:
    where = [look.told(look.relations[i]) for i in event.relations]
    return f"{event.id} {event.type} {event.trigger!r} {event.date_start} {event.actor!r} -> {event.target!r} {where}"


def filed(look: Look, want: Expected) -> Event:
    """Return the row that comes closest to the expected one, of those with its date where there are such."""
    assert look.record.events, "no event at all"
    of_that_date = [e for e in look.record.events if dated(want, e)] or list(look.record.events)

    def misfits(event: Event) -> int:
        return (
            len(wrong_row(want, event)) + len(wrong_toll(want, event)) + len(wrong_where(look, want, event))
        )

    return min(of_that_date, key=misfits)


def aspects(aspect: str, *keys: str) -> list[Any]:
    """One parameter for each event that has something to say on an aspect."""
    return [
        pytest.param(
            report,
            want,
            id=f"{report.stem}-{want['id']}",
            marks=[pytest.mark.xfail(strict=True, reason=want["known"][aspect])]
            if aspect in want.get("known", {})
            else [],
        )
        for report in REPORTS
        for want in expectations(report)["events"]
        if any(want.get(key) for key in keys)
    ]


def all_events(look: Look, wrong: list[str]) -> str:
    return "\n".join(["", *wrong, *(told_event(look, e) for e in look.record.events)])


@pytest.mark.parametrize(("report", "want"), aspects("row", "type"))
def test_an_event_is_filed(report: Path, want: Expected) -> None:
    look = look_at(report)
    wrong = wrong_row(want, filed(look, want))
    assert not wrong, all_events(look, wrong)


@pytest.mark.parametrize(("report", "want"), aspects("toll", "killed", "wounded", "losses"))
def test_an_event_has_its_toll(report: Path, want: Expected) -> None:
    look = look_at(report)
    event = filed(look, want)
    wrong = wrong_toll(want, event) if dated(want, event) else ["no such event"]
    assert not wrong, all_events(look, wrong)


@pytest.mark.parametrize(("report", "want"), aspects("where", "where"))
def test_an_event_has_its_where(report: Path, want: Expected) -> None:
    look = look_at(report)
    event = filed(look, want)
    wrong = wrong_where(look, want, event) if dated(want, event) else ["no such event"]
    assert not wrong, all_events(look, wrong)


def corners(shape: Footprint) -> list[tuple[float, float]]:
    """Return every corner of a shape as (lat, lon)."""

    def walk(node: Any) -> Any:
        return (
            [(node[1], node[0])]
            if isinstance(node[0], (int, float))
            else chain.from_iterable(map(walk, node))
        )

    return list(walk(shape.geometry["coordinates"]))


@pytest.mark.parametrize(("report", "want"), aspects("inside", "inside_m"))
def test_an_event_in_the_zone_is_drawn_in_the_zone(report: Path, want: Expected) -> None:
    look = look_at(report)
    event = filed(look, want)
    # The drawn distance has to be cut at the zone's edge, so the shape may not be a whole ring that happens to be smaller.
    assert any(look.relations[i].kind == "zone" for i in event.relations), told_event(look, event)
    assert event.footprint, event.reason
    centres = [
        look.places[z.anchor].place
        for z in look.record.zones
        if z.anchor and close(want["inside_m"], z.radius_m)
    ]
    assert centres, "no such zone"
    assert centres[0], "its centre is not placed"
    far = max(
        geodesic_m(centres[0].lat, centres[0].lon, *c) for c in corners(look.footprints[event.footprint])
    )
    assert far <= want["inside_m"] + EDGE_TOLERANCE_M, f"its shape reaches {far:.0f} m"


@pytest.mark.parametrize(("report", "want"), aspects("once", "only"))
def test_an_event_is_filed_once(report: Path, want: Expected) -> None:
    look = look_at(report)
    same = [e for e in look.record.events if one_of(want["type"], e.type) and dated(want, e)]
    rivals = [
        x for x in expectations(report)["events"] if x["id"] != want["id"] and x["date"] == want["date"]
    ]
    # Another event of that day may be of one of these types too: the rows of both are counted together.
    allowed = 1 + sum(bool(set(x["type"]) & set(want["type"])) for x in rivals)
    assert len(same) <= allowed, [told_event(look, e) for e in same]


# ---------------------------------------------------------------------------------------------------- checks and absences


@pytest.mark.parametrize(("report", "want"), items("checks"))
def test_a_check_is_made(report: Path, want: Expected) -> None:
    found = [c for c in look_at(report).record.checks if c.kind == want["kind"]]
    assert found
    assert all(c.ok is want["ok"] for c in found), found
    assert any(all(says(str(x), c.statement) for x in want["says"]) for c in found), found


def claims_amiss(look: Look, never: Expected) -> list[str]:
    """Return what a reading says that the report does not."""
    wrong: list[str] = []
    if "metres" in never:
        wrong += [look.told(r) for r in look.metric() if close(never["metres"], r.metres)]
    if "only_metres" in never:
        wrong += [
            look.told(r) for r in look.metric() if not any(close(x, r.metres) for x in never["only_metres"])
        ]
    if "place" in never:
        wrong += [
            f"{p.text!r} is {p.place.name}"
            for p in look.record.places
            if p.place and says(never["place"], p.text)
        ]
    for event in look.record.events:
        if "date" in never and not dated(never, event):
            continue
        for key in ("killed", "wounded"):
            count = getattr(event, key)
            if key in never and count and count.best == never[key]:
                wrong.append(f"{key} {count}: {told_event(look, event)}")
        anchors = [a for i in event.relations for a in look.relations[i].anchors]
        if "event_in" in never and any(look.is_anchor(never["event_in"], a) for a in anchors):
            wrong.append(told_event(look, event))
    return wrong


@pytest.mark.parametrize(("report", "never"), items("absent"))
def test_nothing_is_made_up(report: Path, never: Expected) -> None:
    assert set(never) - {"id", "known"}, "an absence has to say what is absent"
    assert claims_amiss(look_at(report), never) == []
