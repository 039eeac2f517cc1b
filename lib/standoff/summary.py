"""A reading for the terminal: what was found, each with its words, and what holds and what does not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.model import (
    Event,
    Footprint,
    PlaceMention,
    ReadingRecord,
    Relation,
    Report,
    Zone,
)
from standoff.wording import clock_words, count_words, review_words, sides_of_event

_MAX_QUOTE = 160
_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}


def summary(report: Report, record: ReadingRecord) -> RenderableType:
    """Return a reading as tables that rich can print.

    Parameters
    ----------
    report : Report
        The report with its text; quotes are cut from it.
    record : ReadingRecord
        Its reading.

    Returns
    -------
    rich renderable
        For ``rich.print`` or a ``rich.console.Console``.
    """
    parts: list[RenderableType] = [_headline(report)]
    if not record.places:
        parts.append(Text("No place was found in this report: there is nothing to map.", style="yellow"))
    shapes = {footprint.id: footprint for footprint in record.footprints}
    tables = (
        _places(record.places),
        _distances(record, shapes),
        _zones(record.zones, record.places),
        _events(report, record.events, shapes),
        _checks(record),
    )
    parts.extend(table for table in tables if table.row_count)
    if record.rejected:
        told = ", ".join(f"{event.id} ({event.type}, {event.override})" for event in record.rejected)
        parts.append(safe_text(f"✎ Events taken out by the analyst: {told}", style="yellow"))
    return Group(*parts)


def safe_text(words: object, style: str = "") -> Text:
    r"""Return words that came from a report as they may stand in a terminal.

    No markup is read in them, line ends become spaces, marks that turn the direction of writing
    around are left out, and control characters (escape sequences among them) become U+FFFD.

    Examples
    --------
    >>> safe_text("[red]Tanf\x1b[31m").plain
    '[red]Tanf�[31m'
    """
    line = " ".join(str(words).split())
    return Text("".join(char if char.isprintable() else _visible(char) for char in line), style=style)


def _visible(char: str) -> str:
    return "" if unicodedata.category(char) == "Cf" else "\N{REPLACEMENT CHARACTER}"


def _headline(report: Report) -> Text:
    dated = (
        safe_text(report.published)
        if report.published
        else Text("no date: its dates stay relative", style="yellow")
    )
    line = safe_text(report.title or report.id, style="bold")
    for part in (safe_text(report.publisher) if report.publisher else None, dated):
        if part is not None:
            line.append(" · ").append_text(part)
    return line.append(f" · {len(report.text):,} characters")


# Columns that break over lines, and their shares of the width; the others keep theirs.
_SHARES = {"Words": 2, "What": 5, "When": 2, "Place": 2, "Shape": 2, "Where": 2, "Around": 2, "Statement": 1}


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True)
    for name in columns:
        share = _SHARES.get(name)
        table.add_column(name, overflow="fold", ratio=share, no_wrap=share is None)
    return table


def _row(table: Table, *cells: object) -> None:
    table.add_row(
        *(cell if isinstance(cell, Text) else safe_text("" if cell is None else cell) for cell in cells)
    )


def _places(mentions: Iterable[PlaceMention]) -> Table:
    table = _table("Places", "Words", "Place", "Lat, lon", "Sure", "Times")
    grouped: dict[tuple[Any, ...], list[PlaceMention]] = {}
    for mention in mentions:
        gid = mention.place.gid if mention.place else None
        grouped.setdefault((gid,) if gid else (None, mention.name or mention.text), []).append(mention)
    for same in grouped.values():
        first = same[0]
        words = ", ".join(dict.fromkeys(" ".join(mention.text.split()) for mention in same))
        if first.place is None:
            _row(
                table,
                words,
                safe_text(f"none: {first.reason or first.kind}", style="yellow"),
                "",
                "",
                len(same),
            )
            continue
        place, best = first.place, max(mention.probability or 0 for mention in same)
        where = ", ".join(part for part in (place.name, place.country) if part)
        name = f"{where} ({place.feature})"
        told = next((mention.override for mention in same if mention.override), None)
        if told:
            name += f", set by {told}"
        sure = "set" if told and best == 1 else f"{best:.0%}"
        _row(table, words, name, f"{place.lat:.4f}, {place.lon:.4f}", sure, len(same))
    return table


def _distances(record: ReadingRecord, shapes: dict[str, Footprint]) -> Table:
    table = _table("Distances", "Words", "Metres", "Means", "Shape")
    by_measure: dict[str, list[Relation]] = {}
    for relation in record.relations:
        if relation.measure:
            by_measure.setdefault(relation.measure, []).append(relation)
    for measure in record.measures:
        if measure.dimension != "length":
            continue
        used = by_measure.get(measure.id, [])
        drawn = [_where(shapes.get(relation.footprint or ""), relation.reason) for relation in used]
        shape = "; ".join(dict.fromkeys(drawn)) or measure.reason
        kinds = ", ".join(dict.fromkeys(relation.kind for relation in used)) or measure.role
        metres = "" if measure.si_value is None else f"{measure.si_value:,.0f}"
        _row(table, measure.text, metres, kinds, shape)
    return table


def _zones(zones: Iterable[Zone], mentions: Iterable[PlaceMention]) -> Table:
    table = _table("Zones", "Words", "Radius", "Around", "Mentions")
    names = {mention.id: mention.place.name if mention.place else mention.text for mention in mentions}
    for zone in zones:
        radius = "not stated" if zone.radius_m is None else f"{zone.radius_m / 1000:,.1f} km"
        around = names.get(zone.anchor or "") or zone.reason or "not known"
        _row(table, zone.name, radius, around, len(zone.mentions))
    return table


def _events(report: Report, events: Iterable[Event], shapes: dict[str, Footprint]) -> Table:
    table = _table("Events", "", "When", "What", "Where")
    for event in events:
        where = _where(shapes.get(event.footprint or ""), event.reason)
        _row(table, event.id, _when(event), _what(report, event), where)
    return table


def _when(event: Event) -> Text:
    """Return the days, the time of day and the event before, each in a line: the column is kept narrow."""
    days = list(dict.fromkeys(day for day in (event.date_start, event.date_end) if day))
    lines = [days[0], *(f"to {day}" for day in days[1:])] if days else [event.date_text or "not dated"]
    lines += [clock] if (clock := clock_words(event)) else []
    lines += [f"after {event.follows}"] if event.follows else []
    return Text("\n").join(safe_text(line) for line in lines)


def _what(report: Report, event: Event) -> Text:
    """Return what happened, who did it to whom, what came of it, the words, and what an analyst set."""
    kind = event.type if event.claim == "asserted" else f"{event.type} ({event.claim})"
    lines = [safe_text(kind, style="bold")]
    lines += [safe_text(words) for words in (sides_of_event(event), _toll(event)) if words]
    lines.append(safe_text(_quote(report.text, event.start, event.end), style="dim"))
    if event.override:
        lines.append(safe_text(f"✎ {review_words(event)}", style="yellow"))
    return Text("\n").join(lines)


def _quote(text: str, start: int, end: int) -> str:
    words = text[start:end]
    return f"“{words}”" if len(words) <= _MAX_QUOTE else f"“{words[:_MAX_QUOTE]}…”"


def _toll(event: Event) -> str:
    counts = [("killed", event.killed), ("wounded", event.wounded)]
    people = [f"{what}: {count_words(count)}" for what, count in counts if count is not None]
    return "; ".join([*people, *event.losses])


def _where(shape: Footprint | None, reason: str | None) -> str:
    if shape is None:
        return reason or "not on the map"
    if shape.shape == "point":
        size = "" if shape.uncertainty_m is None else f" ± {shape.uncertainty_m / 1000:,.1f} km"
    else:
        size = f", {shape.area_km2:,.0f} km²"
    coverage = "" if shape.coverage is None else f", coverage {shape.coverage:.0%}"
    return f"{shape.shape}{size}{coverage}"


def _checks(record: ReadingRecord) -> Table:
    table = _table("Checks", "", "Statement")
    for check in record.checks:
        mark, colour = _MARKS[check.ok]
        _row(table, Text(mark, style=colour), check.statement)
    return table
