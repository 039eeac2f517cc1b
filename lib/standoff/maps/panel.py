"""What the side panel says, as JSON for the page's script."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from standoff.maps.escape import visible
from standoff.maps.event_rows import days, filed_rows, read_lines, title_of, what_rows, when_rows
from standoff.maps.links import links, place_points, sources_of
from standoff.maps.styles import MENTIONS, STYLES, kind_of
from standoff.maps.text import pieces
from standoff.model import Event, ReadingRecord, Report
from standoff.wording import count_words


def safe_link(url: str | None) -> str | None:
    """Return the URL if a page may link to it: http or https with a host, else None.

    Examples
    --------
    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)"), safe_link("//x")
    ('https://example.org/a', None, None)
    """
    if not url or visible(url) != url or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def panel_data(report: Report, record: ReadingRecord) -> dict[str, Any]:
    """Return the panel's contents: the text in pieces, events, checks, the basis."""
    to_items = links(record, place_points(record))
    events = {event.id for event in record.events}
    cited = [[visible(word) for word in (report.publisher, report.published, report.licence) if word]]
    return {
        "title": visible(report.title or report.id),
        "source": cited[0],
        "url": visible(report.url) if report.url else None,
        "link": safe_link(report.url),
        "kinds": MENTIONS,
        "pieces": [
            [visible(p.text), list(p.kinds), list(p.items), p.first, [id_ for id_ in p.ids if id_ in events]]
            for p in pieces(report, record)
        ],
        "events": [_event(event, record, to_items) for event in record.events],
        "checks": [
            {
                "ok": check.ok,
                "kind": visible(check.kind),
                "statement": visible(check.statement),
                "items": _items(check.refs, to_items),
            }
            for check in record.checks
        ],
        "basis": _basis(record, to_items),
    }


def _items(ids: list[str], to_items: dict[str, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(item for id_ in ids for item in to_items.get(id_, ())))


def _event(event: Event, record: ReadingRecord, to_items: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    rows = when_rows(event, record)
    if not any(label == "When" for label, _ in rows):
        rows.insert(0, ("When", "not stated"))
    shape = _shape_of(event, record)
    rows += [("Where", shape)] if shape else []
    rows += what_rows(event, record) + filed_rows(event)
    read = read_lines(event)
    rows += [("Read as", "; ".join(read))] if read else []
    where = None
    if event.footprint is None:
        where = f"Not on the map: {event.reason or 'the report does not say where'}"
    return {
        "id": event.id,
        "title": visible(title_of(event)),
        "claim": event.claim,
        "when": days(event),
        "killed": count_words(event.killed) if event.killed else None,
        "rows": [[label, visible(value)] for label, value in rows],
        "quote": visible(event.text),
        "items": list(to_items.get(event.id, ())),
        "where": visible(where) if where else None,
    }


def _shape_of(event: Event, record: ReadingRecord) -> str | None:
    """Return what the event is drawn as, and the words for it; None where it is not on the map, of which ``where`` tells."""
    shape = next((each for each in record.footprints if each.id == event.footprint), None)
    if shape is None:
        return None
    label = STYLES[kind_of(shape, record)].label
    size = f"{label}, {shape.area_km2:,.0f} km²" if shape.area_km2 >= 1 else label
    words = [f"“{relation.text}”" for relation in record.relations if relation.id in event.relations]
    return " – ".join([size, *([", ".join(dict.fromkeys(words))] if words else [])])


def _basis(record: ReadingRecord, to_items: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return sections of lines: assumptions, constraints, what is not drawn, what an analyst set, sources, settings."""
    sections: list[tuple[str, dict[str, list[str]]]] = [
        ("Assumed", {}),
        ("Shapes kept to", {}),
        ("Not drawn", {}),
        ("Set by the analyst", {}),
        ("Places from", {}),
    ]
    for footprint in record.footprints:
        for (_, lines), words in zip(sections, (footprint.assumptions, footprint.constraints), strict=False):
            for word in words:
                lines.setdefault(word, []).extend(to_items.get(footprint.id, ()))
    for relation in record.relations:
        if relation.footprint is None:
            sections[2][1][f"“{relation.text}”: {relation.reason or 'no shape'}"] = []
    for mention in record.places:
        if mention.place is None and mention.refers_to is None and mention.reason:
            sections[2][1][f"“{mention.text}”: {mention.reason}"] = []
        if mention.override and mention.refers_to is None:
            line = f"“{mention.text}”: {mention.reason or mention.override}"
            sections[3][1].setdefault(line, []).extend(to_items.get(mention.id, ()))
    for source, count in sources_of(record).items():
        sections[4][1][source if count == 1 else f"{source}: {count}"] = []
    settings = {
        f"{name}: {value}": list[str]()
        for name, value in sorted(record.settings.items())
        if value is not None
    }
    return [
        {
            "kind": title.split()[0].lower(),
            "title": title,
            "lines": [[visible(line), list(dict.fromkeys(items))] for line, items in lines.items()],
        }
        for title, lines in [*sections, ("Settings", settings)]
        if lines
    ]
