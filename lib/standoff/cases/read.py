"""A case file taken apart and checked: every hash, every name, every field, before anything is made of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standoff.cases.archive import MOST_TOTAL, unpack
from standoff.cases.contents import (
    ANSWERS,
    CORRECTIONS,
    FORMAT,
    MANIFEST,
    NEEDED,
    ORIGINAL,
    READING,
    REPORT,
    SETTINGS,
    SUMS,
    TEXT,
    VERSION,
    AnswersPart,
    Corrections,
    Manifest,
    ReportPart,
    SettingsPart,
    is_known,
    is_original,
)
from standoff.csv_cells import visible
from standoff.errors import InputError, SettingError
from standoff.made_with import MadeWith
from standoff.model import ReadingRecord, Report
from standoff.report import iso_date
from standoff.settings import Settings
from standoff.stair import Original
from standoff.units import shortened

Part = TypeVar("Part", bound=BaseModel)
_GET_AGAIN = "it was changed or damaged on the way; get the file again"


@dataclass(frozen=True)
class Case:
    """What a case file holds, checked.

    Attributes
    ----------
    name : str
        What to call it in messages.
    stored : ReadingRecord
        The reading as it was; that its parts fit together is not checked.
    """

    name: str
    manifest: Manifest
    report: Report
    settings: Settings
    made_with: MadeWith | None
    corrections: Corrections
    stored: ReadingRecord
    answers: AnswersPart | None = None
    original: Original | None = None


class _Head(BaseModel):
    """What a manifest of any version says."""

    model_config = ConfigDict(extra="ignore")

    format: str
    version: int = Field(ge=1, le=1_000_000)


def read_case(path: Path) -> Case:
    """Read a case file; nothing of it is written anywhere.

    Raises
    ------
    InputError
        If it is none, or is damaged, or was changed since it was made.
    """
    name = visible(str(path)).replace("\n", " ")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_TOTAL + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        msg = f"{name}: it cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(msg) from None
    if len(data) > MOST_TOTAL:
        msg = f"{name}: it is larger than {MOST_TOTAL // 2**20} MiB; a case file is not"
        raise InputError(msg)
    return case_of(data, name)


def case_of(data: bytes, name: str) -> Case:
    """Return what a case file holds.

    Parameters
    ----------
    data : bytes
        The zip.
    name : str
        What to call it in messages.

    Raises
    ------
    InputError
        As `read_case`.
    """
    files = unpack(data, is_known, name)
    manifest = _manifest(files, name)
    _check_files(files, manifest, name)
    report = _report(files, name)
    if report.info != manifest.report:
        _refuse(name, f"{MANIFEST} and {REPORT} speak of different reports")
    stored = _part(ReadingRecord, files, READING, name)
    if stored.report != report.info:
        _refuse(name, f"{READING} is of another report")
    settings = _part(SettingsPart, files, SETTINGS, name)
    original = next(
        (Original(each[len(ORIGINAL) :], files[each]) for each in files if is_original(each)), None
    )
    return Case(
        name=name,
        manifest=manifest,
        report=report,
        settings=_settings(settings, name),
        made_with=settings.made_with,
        corrections=_part(Corrections, files, CORRECTIONS, name),
        stored=stored,
        answers=_part(AnswersPart, files, ANSWERS, name) if ANSWERS in files else None,
        original=original,
    )


def _manifest(files: dict[str, bytes], name: str) -> Manifest:
    if MANIFEST not in files:
        msg = f"{name}: it is no case file: there is no {MANIFEST} in it"
        raise InputError(msg)
    head = _part(_Head, files, MANIFEST, name)
    if head.format != FORMAT:
        msg = f"{name}: it is no case file: its {MANIFEST} does not say that it is one"
        raise InputError(msg)
    if head.version != VERSION:
        msg = (
            f"{name}: it is a case file of version {head.version}, and this Standoff reads version {VERSION}; "
            "open it with the version that wrote it, or a newer one"
        )
        raise InputError(msg)
    return _part(Manifest, files, MANIFEST, name)


def _check_files(files: dict[str, bytes], manifest: Manifest, name: str) -> None:
    """Hold what is there against what the manifest says is there."""
    listed = {each.name: each for each in manifest.files}
    if len(listed) != len(manifest.files):
        _refuse(name, f"{MANIFEST} lists a file twice")
    there = files.keys() - {MANIFEST, SUMS}
    for each in sorted(there - listed.keys()):
        _refuse(name, f"{each} in it is not listed in {MANIFEST}")
    for each in sorted({*listed, *NEEDED} - there):
        _refuse(name, f"{shortened(visible(each))} is missing from it")
    for each, packed in listed.items():
        if len(files[each]) != packed.bytes or hashlib.sha256(files[each]).hexdigest() != packed.sha256:
            _refuse(name, f"{each} in it is not what {MANIFEST} says (its size or SHA-256 differs)")
    if sum(map(is_original, files)) > 1:
        _refuse(name, "it holds two originals")


def _report(files: dict[str, bytes], name: str) -> Report:
    part = _part(ReportPart, files, REPORT, name)
    try:
        report = part.with_text(files[TEXT].decode("utf-8"))
    except UnicodeDecodeError as error:
        _refuse(name, f"{TEXT} in it is not UTF-8 (byte {error.start:,})")
    if (report.info.sha256, report.info.chars) != (part.sha256, part.chars):
        _refuse(name, f"{TEXT} is not the text of {REPORT} (its length or SHA-256 differs)")
    if part.published is not None and iso_date(part.published, name) != part.published:
        _refuse(name, f"{REPORT} in it has a day that is not written as 2017-06-08")
    return report


def _settings(part: SettingsPart, name: str) -> Settings:
    try:
        return Settings.of(**part.settings)
    except (SettingError, TypeError) as error:
        msg = f"{name}: {SETTINGS} in it: {error}"
        raise InputError(_one_line(msg)) from None


def _part(model: type[Part], files: dict[str, bytes], file: str, name: str) -> Part:
    """Return a file of the case as what it is; neither its depth nor its numbers can do harm."""
    try:
        return model.model_validate_json(files[file])
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        words = (
            f"{name}: {file} in it cannot be read ({f'{shortened(where)}: ' if where else ''}{first['msg']})"
        )
    except (ValueError, RecursionError) as error:
        words = f"{name}: {file} in it cannot be read ({error})"
    raise InputError(_one_line(words))


def _refuse(name: str, what: str) -> NoReturn:
    msg = f"{name}: {what}; {_GET_AGAIN}"
    raise InputError(msg)


def _one_line(text: str) -> str:
    return shortened(" ".join(visible(text).split()), 500)
