"""A case file opened: its report read again and held against the reading that is stored, or that one as it was."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.cases.compare import told
from standoff.cases.contents import AnswersPart
from standoff.cases.originals import gives
from standoff.cases.read import Case, read_case
from standoff.cases.sound import check_sound
from standoff.csv_cells import visible
from standoff.errors import InputError, SettingError, StandoffWarning
from standoff.reading import Reading, read_with
from standoff.report import DEFAULT_MAX_CHARS
from standoff.settings import Settings
from standoff.stair import Sources, opened
from standoff.units import shortened

if TYPE_CHECKING:
    from standoff.gazetteer import Gazetteer
    from standoff.gazetteer.remembered import Remembered


@dataclass(frozen=True)
class Opened:
    """A case file, opened.

    Attributes
    ----------
    reading : Reading
    case : Case
        What the file holds.
    is_same : bool or None
        Whether the report, read again, gives the stored reading; None where it was not read again.
    told : str
        The same in one line for people.
    """

    reading: Reading
    case: Case
    is_same: bool | None
    told: str


def open_case(
    path: str | Path,
    *,
    stored: bool = False,
    gazetteer: Gazetteer | None = None,
    pipeline: str | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
) -> Reading:
    """Open a case file: read its report again, with its settings and corrections, and compare.

    Nothing is written, nothing is asked online: what an online geocoder had said comes from the file.

    Parameters
    ----------
    path : str or Path
        What `Reading.save` wrote as ``.zip``.
    stored : bool
        Return the reading as it is stored; nothing is read.
    gazetteer : Gazetteer, optional
        What names are looked up in; by default the embedded one.
    pipeline : str, optional
        The spaCy pipeline, where that of the case goes by another name here.
    max_chars : int
        The longest text that is read again, in characters.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        If it is no case file, or is damaged, or was changed since it was made, or cannot be read again here.

    Warns
    -----
    StandoffWarning
        If the reading is not the one that is stored; the line says in what they differ. If the report is not
        what is read in its original. If the case was made with a layer of the gazetteer that is not here.

    Examples
    --------
    >>> reading = open_case("strike.zip")  # doctest: +SKIP
    >>> open_case("README.md")
    Traceback (most recent call last):
    ...
    standoff.errors.InputError: README.md: it is no case file: not a zip archive as Standoff writes it, or not whole
    """
    found = opened_case(path, stored=stored, gazetteer=gazetteer, pipeline=pipeline, max_chars=max_chars)
    if found.is_same is False:
        warnings.warn(f"{found.case.name}: {found.told}", StandoffWarning, stacklevel=2)
    return found.reading


def opened_case(
    path: str | Path,
    *,
    stored: bool = False,
    gazetteer: Gazetteer | None = None,
    pipeline: str | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
) -> Opened:
    """Open a case file and say how it compares; see `open_case`."""
    case = read_case(Path(path))
    sources = _sources(case, Path(path))
    if stored:
        check_sound(case.stored, case.report, case.name)
        reading = Reading(case.report, case.stored, case.settings, sources, case.made_with)
        return Opened(reading, case, None, "as it is stored; nothing was read again")
    if len(case.report.text) > max_chars:
        msg = (
            f"{case.name}: its report has {len(case.report.text):,} characters, more than the limit of "
            f"{max_chars:,}; raise it with --max-chars (max_chars=), or take the stored reading: --stored (stored=True)"
        )
        raise InputError(msg)
    settings = _settings(case, pipeline)
    if case.original is not None and not gives(case.original, case.report, settings.max_chars):
        msg = (
            f"{case.name}: what is read in the original{case.original.suffix} in it is not its report.txt, or by another "
            "version not any more; hold the two against each other"
        )
        warnings.warn(msg, StandoffWarning, stacklevel=3)
    try:
        with opened(gazetteer) as names:
            _warn_of_layers(case, names)
            reading = read_with(case.report, settings, replace(sources, gazetteer=names))
    except SettingError as error:
        msg = f"{case.name}: it cannot be read again here: {error}"
        raise InputError(msg) from None
    # The embedded gazetteer is closed by now; a further reading opens it again.
    sources = replace(reading.sources, gazetteer=gazetteer)
    reading = Reading(reading.report, reading.record, reading.settings, sources, reading.made_with)
    is_same, line = told(case.stored, reading.record, case.made_with, reading.made_with)
    return Opened(reading, case, is_same, line)


def _settings(case: Case, pipeline: str | None) -> Settings:
    """Return the settings for a reading here; a case may name no pipeline but one that is installed as such."""
    if pipeline is not None:
        return case.settings.model_copy(update={"pipeline": pipeline})
    from spacy.util import get_installed_models

    if case.settings.pipeline not in get_installed_models():
        shown = shortened(visible(case.settings.pipeline).replace("\n", " "))
        version = f" {case.made_with.pipeline.version}" if case.made_with else ""
        msg = (
            f"{case.name}: it was read by the spaCy pipeline {shown}{shortened(visible(version))}, which is not "
            "installed here; install it, say what it is called here with --pipeline (pipeline=), or take the "
            "stored reading: --stored (stored=True)"
        )
        raise InputError(msg)
    return case.settings


def _warn_of_layers(case: Case, gazetteer: Gazetteer) -> None:
    """Say which layers of the gazetteer the case rests on and are not here."""
    there = case.made_with.gazetteer.layers if case.made_with else []
    here = {layer.sha256 for layer in getattr(gazetteer, "layers", ())}
    missing = [f"{layer.name} (SHA-256 {layer.sha256[:12]}…)" for layer in there if layer.sha256 not in here]
    if missing:
        many = "layers" if len(missing) > 1 else "layer"
        names = shortened(visible(", ".join(missing)).replace("\n", " "), 300)
        msg = (
            f"{case.name}: it was read with the gazetteer {many} {names}, not here: ask for the file and add it by "
            "standoff gazetteer add, or take the stored reading: --stored (stored=True)"
        )
        warnings.warn(msg, StandoffWarning, stacklevel=4)


def _sources(case: Case, path: Path) -> Sources:
    from standoff.resolve import Home

    corrections = case.corrections
    return Sources(
        overrides=corrections.overrides.overrides(),
        homes={publisher: Home(**home.model_dump()) for publisher, home in corrections.homes.items()},
        event_edits=corrections.edits(),
        event_types=tuple(corrections.event_types or ()),
        geocoder=None if case.answers is None else _remembered(case.answers),
        case=path,
        original=case.original,
    )


def _remembered(answers: AnswersPart) -> Remembered:
    from standoff.gazetteer.hits import Hit
    from standoff.gazetteer.remembered import Remembered, Said

    said = {
        name: Said(
            answer.status,
            tuple(Hit(hit.place, hit.matched, hit.exact, hit.admin1) for hit in answer.hits),
            answer.message,
            tuple(hit.doubt for hit in answer.hits),
        )
        for name, answer in answers.answers.items()
    }
    return Remembered(answers.service, None, said)
