"""A reading as a case file: one zip with all that it is, and all from which it can be made again."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
import warnings
from pathlib import Path
from typing import Any

from standoff import maps
from standoff.cases.archive import pack
from standoff.cases.contents import (
    ANSWERS,
    CORRECTIONS,
    FORMAT,
    MANIFEST,
    ORIGINAL,
    ORIGINAL_SUFFIXES,
    READING,
    README,
    REPORT,
    SETTINGS,
    SUMS,
    TEXT,
    VERSION,
    WHAT,
    AnswerPart,
    AnswersPart,
    Corrections,
    HitPart,
    HomePart,
    Manifest,
    NotPacked,
    OverridesPart,
    Packed,
    ReportPart,
    SettingsPart,
    SheetPart,
)
from standoff.cases.originals import gives
from standoff.cases.read import case_of
from standoff.errors import ExportError, InputError, StandoffWarning
from standoff.export import WRITERS
from standoff.export.escape import json_text
from standoff.files import export_bytes
from standoff.made_with import MadeWith, name_of
from standoff.model import Record
from standoff.reading import Reading
from standoff.stair import Original

_WHAT_ORIGINAL = "the file that the report was read from, byte for byte"
_WORDS = """This is a case file of Standoff: one report, what was read in it, and all from which it was read.

To look at it, unpack it and open map.html in a browser; no network is needed.
To check that nothing was changed on the way, unpack it and type

    sha256sum -c SHA256SUMS

and compare the sum of this zip itself with what its sender says.
To make the reading again from the report, and see whether it is the same:

    standoff open CASE.zip

original.html, where there is one, is the page as somebody else made it, with its scripts: read report.txt instead.
manifest.json says what each file is. Shapes are in WGS84; a shape says what the report claims, not what is true.
"""


def write(reading: Reading, path: Path) -> Path:
    """Write a case file; the same reading gives the same bytes.

    Raises
    ------
    ExportError
        If the file cannot be written, or the reading is one that could not be opened again.
    """
    data = case_bytes(reading)
    try:
        case_of(data, path.name)
    except InputError as error:
        msg = f"{path}: this reading cannot be kept as a case file ({error})"
        raise ExportError(msg) from None
    return export_bytes(path, data)


def case_bytes(reading: Reading) -> bytes:
    """Return the case file of a reading."""
    parts = _parts(reading)
    listed = [
        Packed(name=name, bytes=len(data), sha256=_sha256(data), what=WHAT.get(name, _WHAT_ORIGINAL))
        for name, data in parts.items()
    ]
    manifest = _json(
        Manifest(
            format=FORMAT,
            version=VERSION,
            report=reading.report.info,
            files=listed,
            not_packed=_not_packed(_made_with(reading)),
        )
    )
    sums = [*((each.sha256, each.name) for each in listed), (_sha256(manifest), MANIFEST)]
    text = "".join(f"{digest}  {name}\n" for digest, name in sums)
    return pack({MANIFEST: manifest, SUMS: text.encode(), **parts})


def _parts(reading: Reading) -> dict[str, bytes]:
    """Return the files in their order, without the manifest."""
    report, record = reading.report, reading.record
    original = _original(reading)
    answers = _answers(reading.sources.geocoder)
    parts = {
        README: _WORDS.encode(),
        TEXT: report.text.encode(),
        REPORT: _json(ReportPart.of(report)),
        SETTINGS: _json(_settings(reading)),
        CORRECTIONS: _json(_corrections(reading)),
        READING: WRITERS[".json"](report, record),
        "map.html": maps.build(report, record).get_root().render().encode(),
        "reading.csv": codecs.BOM_UTF8 + WRITERS[".csv"](report, record),
    }
    for kind in (".geojson", ".kml", ".gpkg", ".parquet"):
        parts[f"reading{kind}"] = WRITERS[kind](report, record)
    if answers is not None:
        parts[ANSWERS] = _json(answers)
    if original is not None:
        parts[ORIGINAL + original.suffix] = original.data
    return parts


def _settings(reading: Reading) -> SettingsPart:
    settings = reading.settings.model_dump(mode="json")
    for name in ("pipeline", "event_types"):
        settings[name] = name_of(settings[name]) if settings[name] else settings[name]
    return SettingsPart(settings=settings, made_with=_made_with(reading))


def _corrections(reading: Reading) -> Corrections:
    sources, settings, report = reading.sources, reading.settings, reading.report
    is_home_told = settings.home is not None or report.home is not None
    home = None if is_home_told else sources.homes.get(report.publisher or "")
    return Corrections(
        overrides=OverridesPart.of(sources.overrides, report.id),
        event_edits=[SheetPart.of(sheet, report.id) for sheet in sources.event_edits.sheets],
        event_types=reading.record.settings.get(
            "event_codes"
        ),  # as they were read: the file may have changed
        homes={} if home is None else {report.publisher or "": HomePart(**dataclasses.asdict(home))},
    )


def _answers(geocoder: Any) -> AnswersPart | None:
    if geocoder is None:
        return None
    answers = {
        name: AnswerPart(
            status=said.status,
            message=said.message,
            hits=[
                HitPart(place=hit.place, matched=hit.matched, exact=hit.exact, admin1=hit.admin1, doubt=doubt)
                for hit, doubt in zip(said.hits, said.doubts, strict=True)
            ],
        )
        for name, said in geocoder.said.items()
    }
    return AnswersPart(service=geocoder.service, answers=answers)


def _original(reading: Reading) -> Original | None:
    """Return the file that the report was read from, if it still gives this report."""
    report, sources = reading.report, reading.sources
    if sources.original is not None or sources.file is None or str(sources.file) == "-":
        return sources.original
    path = Path(sources.file)
    suffix = path.suffix.lower()
    try:
        original = Original(suffix if suffix in ORIGINAL_SUFFIXES else "", path.read_bytes())
    except OSError:
        original = None
    if original is None or not gives(original, report, reading.settings.max_chars):
        msg = f"{path.name}: it has changed since it was read, and is not put into the case file; its text is"
        warnings.warn(msg, StandoffWarning, stacklevel=2)
        return None
    return original


def _made_with(reading: Reading) -> MadeWith | None:
    """Return what read it, with the hash of an own pipeline, which takes too long for each reading."""
    made = reading.made_with
    if made is None or not made.pipeline.is_own or made.pipeline.sha256:
        return made
    from standoff.pipeline import about

    digest = hashlib.sha256()
    folder = about(reading.settings.pipeline).folder
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or "__pycache__" in file.parts:
            continue
        digest.update(f"{_sha256(file.read_bytes())}  {file.relative_to(folder).as_posix()}\n".encode())
    pipeline = made.pipeline.model_copy(update={"sha256": digest.hexdigest()})
    return made.model_copy(update={"pipeline": pipeline})


def _not_packed(made: MadeWith | None) -> list[NotPacked]:
    if made is None:
        return []
    layers = [NotPacked(kind="gazetteer layer", name=e.name, sha256=e.sha256) for e in made.gazetteer.layers]
    if not made.pipeline.is_own:
        return layers
    pipeline = made.pipeline.model_dump(include={"name", "version", "sha256"})
    return [*layers, NotPacked(kind="pipeline", **pipeline)]


def _json(part: Record) -> bytes:
    return (json_text(part.model_dump(mode="json"), indent=2) + "\n").encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
