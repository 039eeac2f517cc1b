"""Annotated reports: JSON lines, or the XML of the LGL corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.report import report_from_text
from standoff.resources import data_path
from standoff.units import shortened

_MOST_BYTES = 500_000_000
_WRONG = (ValueError, KeyError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True)
class GoldToponym:
    """A place that an annotator marked; ``lat`` and ``lon`` are None where the annotator gave none."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    geonameid: str | None
    kind: str | None = None


@dataclass(frozen=True)
class GoldReport:
    """A report with what was marked in it, in text order, none over another.

    ``no_places`` are the spans that an annotator marked as looking like a place without being one.
    """

    id: str
    text: str
    publisher: str | None
    toponyms: tuple[GoldToponym, ...]
    no_places: tuple[tuple[int, int], ...] = ()


def gold_places() -> list[GoldReport]:
    """Return the reports that ship, with their places marked: data/gold/places.jsonl."""
    return read_gold(data_path("gold/places.jsonl"))


def read_gold(path: Path) -> list[GoldReport]:
    """Return the annotated reports of a file.

    Parameters
    ----------
    path : Path
        ``.jsonl``: one object a line with ``id``, ``text``, ``publisher`` and ``toponyms``, each with ``start``, ``end``,
        ``lat``, ``lon`` (null where not given), ``geonameid`` and, if known, ``kind``; and, if there are such,
        ``no_places``, each with ``start`` and ``end``. ``.xml``: the schema of LGL.

    Raises
    ------
    InputError
        In one line, with the line or article that is wrong.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            msg = f"{path}: over {_MOST_BYTES // 1_000_000} MB; split it"
            raise InputError(msg)
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise InputError(msg) from None
    reports = _of_xml(path, data) if path.suffix.lower() == ".xml" else _of_lines(path, data)
    if not reports:
        msg = f"{path}: no report in it"
        raise InputError(msg)
    return reports


def _of_lines(path: Path, data: bytes) -> list[GoldReport]:
    reports = []
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            reports.append(_report(json.loads(line.decode("utf-8"))))
        except (*_WRONG, RecursionError) as error:
            msg = f"{path}: line {number} is no annotated report: {_said(error)}"
            raise InputError(msg) from None
    return reports


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    # Python's advice to raise its limit of digits is none for who wrote the file.
    return shortened(str(error).splitlines()[0].partition("; use sys.")[0], 200)


def _report(row: dict[str, Any]) -> GoldReport:
    text = row["text"]
    if not isinstance(text, str):
        msg = "text is not a string"
        raise TypeError(msg)
    report_from_text(text)  # what no report can be is said here, where the line is known
    toponyms = [_toponym(item, len(text)) for item in row["toponyms"]]
    publisher = row.get("publisher")
    if publisher is not None and not isinstance(publisher, str):
        msg = "publisher is not a string"
        raise TypeError(msg)
    others = tuple(_span(item, len(text)) for item in row.get("no_places") or ())
    return GoldReport(str(row.get("id", "")), text, publisher or None, _apart(toponyms), others)


def _span(item: dict[str, Any], chars: int) -> tuple[int, int]:
    start, end = _whole(item, "start"), _whole(item, "end")
    if not 0 <= start < end <= chars:
        msg = f"a span at {start} to {end} in a text of {chars} characters"
        raise ValueError(msg)
    return start, end


def _toponym(item: dict[str, Any], chars: int) -> GoldToponym:
    start, end = _whole(item, "start"), _whole(item, "end")
    if not 0 <= start < end <= chars:
        msg = f"a toponym at {start} to {end} in a text of {chars} characters"
        raise ValueError(msg)
    lat, lon = item.get("lat"), item.get("lon")
    if lat is not None and lon is not None:
        lat, lon = float(lat), float(lon)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            msg = f"a toponym at {lat}, {lon}"
            raise ValueError(msg)
    else:
        lat = lon = None
    gid = item.get("geonameid")
    kind = item.get("kind")
    return GoldToponym(start, end, lat, lon, str(gid) if gid else None, str(kind) if kind else None)


def _whole(item: dict[str, Any], name: str) -> int:
    value = item[name]
    number = float(value)  # XML has text here
    if isinstance(value, bool) or not number.is_integer():
        msg = f"{name} is no whole number: {shortened(repr(value))}"
        raise ValueError(msg)
    return int(number)


def _apart(toponyms: list[GoldToponym]) -> tuple[GoldToponym, ...]:
    kept: list[GoldToponym] = []
    for toponym in sorted(toponyms, key=lambda t: (t.start, t.end)):
        if not kept or toponym.start >= kept[-1].end:
            kept.append(toponym)
    return tuple(kept)


def _of_xml(path: Path, data: bytes) -> list[GoldReport]:
    from lxml import etree

    # Entities stay unresolved, so that a file of a few lines cannot grow to gigabytes.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        msg = f"{path}: {error}"
        raise InputError(msg) from None
    reports = []
    for number, article in enumerate(root.iter("article"), start=1):
        try:
            reports.append(_article(article, number))
        except _WRONG as error:
            msg = f"{path}: article {article.get('docid') or number} is no annotated report: {_said(error)}"
            raise InputError(msg) from None
    return reports


def _article(article: Any, number: int) -> GoldReport:
    toponyms = []
    for mark in article.iter("toponym"):
        tag = mark.find("gaztag")
        toponyms.append({
            "start": mark.findtext("start"), "end": mark.findtext("end"),
            "lat": (mark.findtext(".//lat") or None), "lon": (mark.findtext(".//lon") or None),
            "geonameid": tag.get("geonameid") if tag is not None else None,
        })  # fmt: skip
    row = {
        "id": article.get("docid") or str(number), "text": article.findtext("text") or "", "toponyms": toponyms,
        "publisher": article.findtext("domain") or article.findtext("feedid"),
    }  # fmt: skip
    return _report(row)
