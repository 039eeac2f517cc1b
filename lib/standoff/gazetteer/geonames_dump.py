"""GeoNames' own files: ``SY.txt``, ``allCountries.txt``; one place a line, 19 columns between tabs.

The format: download.geonames.org/export/dump/readme.txt. Licence: CC BY 4.0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from standoff.gazetteer.features import DEFAULT_EXTENT_M, geonames_feature
from standoff.gazetteer.incoming import Incoming, Lines, Tally
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.rows import PlaceName, PlaceRow, town_extent_m
from standoff.gazetteer.sources import alternate, is_a_name

COLUMNS = 19
MOST_PEOPLE = 10_000_000_000
LONGEST_NAME = 200  # characters, by GeoNames' own description
# Of the class S (buildings) and V, U: what reports do not measure distances from, and what is many.
_NOISE = frozenset(
    "HTL GHSE RSRT SPA REST RET MALL MKT PO BANK LIBR MUS THTR OPRA AMTH ATHF STDM GDN ZOO GOLF RECR RECG "
    "SCH SCHA SCHC SCHL SCHN SCHT CH MSQE SYG TMPL SHRN RLG RLGR MSTY CVNT NOV CMTY GRVE TMB CARN "
    "HSE HSEC BLDG BLDO BLDA APT FRM FRMS FRMT FRMQ RNCH HUT HUTS SHSE BUSTP BUSTN RSTP PKLT ML MLWTR MLWND WALL "
    "MNMT STPS PSTL SHPF TRIG FNDY EST ESTR ESTT ESTSG ESTSL CSNO RDCR CTRA CTRS MOLE".split()
)
_NOISY_CLASSES = frozenset("R")  # roads, railways, tunnels: lines without a point to measure from
# Metres, where the usual size of the kind does not fit the code. Estimates of ours.
_EXTENT_M = {
    "ADM3": 15_000.0, "ADM4": 8_000.0, "ADM5": 3_000.0, "ADMD": 15_000.0, "BAY": 10_000.0, "GULF": 100_000.0,
    "OILF": 5_000.0, "GASF": 5_000.0, "STMI": 20_000.0, "WAD": 20_000.0, "HLL": 2_000.0, "PND": 500.0,
}  # fmt: skip
_COUNTRY = re.compile(r"[A-Z]{2}")
# Controls, half characters, and marks that turn the direction of what follows on the screen.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_dump(head: bytes) -> bool:
    """Tell whether a file begins like one of GeoNames' dumps."""
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:20]
    return any(
        line.count(b"\t") == COLUMNS - 1 and line.split(b"\t", 1)[0].strip().isdigit() for line in lines
    )


def places(incoming: Incoming, tally: Tally, source: str, admin1_of: Mapping[str, str]) -> Iterator[PlaceRow]:
    """Yield the places of a dump; a line that cannot be read is counted with its reason.

    Parameters
    ----------
    incoming : Incoming
    tally : Tally
        Told of what is skipped and left out.
    source : str
        What to write as the places' source.
    admin1_of : mapping
        GeoNames' code of a region (``"SY.11"``) to its ISO 3166-2 code.
    """
    lines = Lines(incoming.stream)
    for line in lines:
        try:
            row = _place(line, source, admin1_of)
        except ValueError as error:
            tally.skip(f"line {lines.number}", str(error))
            continue
        if row is None:
            tally.left_out += 1
        else:
            yield row


def _place(line: bytes | None, source: str, admin1_of: Mapping[str, str]) -> PlaceRow | None:
    if line is None:
        msg = "longer than a line of GeoNames can be"
        raise ValueError(msg)
    try:
        cells = line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n").split("\t")
    except UnicodeDecodeError:
        msg = "not UTF-8"
        raise ValueError(msg) from None
    if len(cells) != COLUMNS:
        msg = f"{len(cells)} columns instead of {COLUMNS}"
        raise ValueError(msg)
    number, name, ascii_name, others = cells[0].strip(), cells[1].strip(), cells[2], cells[3]
    if not (number.isascii() and number.isdecimal() and len(number) <= 15):
        msg = f"{number[:20]!r} is not GeoNames' number of a place"
        raise ValueError(msg)
    if not is_name(name):
        msg = "no name that can be looked up"
        raise ValueError(msg)
    lat, lon = position(cells[4], cells[5])
    feature_class, code, country = cells[6].strip(), cells[7].strip(), cells[8].strip().upper()
    if feature_class in _NOISY_CLASSES or code in _NOISE:
        return None
    feature = geonames_feature(feature_class, code)
    population = people(cells[14])
    extent_m = _EXTENT_M.get(code) or DEFAULT_EXTENT_M.get(feature, DEFAULT_EXTENT_M["place"])
    return PlaceRow(
        f"geonames:{int(number)}", name, lat, lon, country if _COUNTRY.fullmatch(country) else None,
        admin1_of.get(f"{country}.{cells[10].strip()}") if cells[10].strip() else None, feature, population,
        town_extent_m(population) if feature == "city" else extent_m, source, False,
        tuple(_names(name, ascii_name, others)),
    )  # fmt: skip


def is_name(text: str) -> bool:
    """Tell whether a text can be a name: not endless, no control characters, something to look up."""
    return len(text) <= LONGEST_NAME and not _UNFIT.search(text) and bool(name_key(text))


def _names(name: str, ascii_name: str, others: str) -> Iterator[PlaceName]:
    yield PlaceName(name, "name")
    if not name.isascii() and not name_key(name).isascii() and ascii_name.strip():
        yield PlaceName(ascii_name.strip(), "alternate")
    for text in others.split(","):
        other = text.strip()
        if other != name and is_a_name(other) and is_name(other):
            yield alternate(other)


def position(lat_text: str, lon_text: str) -> tuple[float, float]:
    """Return a latitude and a longitude in degrees.

    Raises
    ------
    ValueError
        If they are no position on the Earth, or the 0, 0 of a missing one.

    Examples
    --------
    >>> position("33.5", " 38.6")
    (33.5, 38.6)
    """
    lat, lon = number(lat_text, "latitude"), number(lon_text, "longitude")
    if not -90 <= lat <= 90:
        msg = f"latitude {lat:g} is not between -90 and 90"
        raise ValueError(msg)
    if not -180 <= lon <= 180:
        msg = f"longitude {lon:g} is not between -180 and 180"
        raise ValueError(msg)
    if lat == lon == 0:
        msg = "0, 0 is what a missing position looks like"
        raise ValueError(msg)
    return lat, lon


def number(text: str, what: str) -> float:
    """Return a finite number.

    Raises
    ------
    ValueError
        If it is none; the message says what it should have been.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"{what} {text.strip()[:40]!r} is not a number" if text.strip() else f"no {what}"
        raise ValueError(msg)
    return value


def people(text: str) -> int:
    """Return a population, 0 where there is none.

    Raises
    ------
    ValueError
        If it is no number of people.
    """
    value = number(text, "population") if text.strip() else 0.0
    if not 0 <= value <= MOST_PEOPLE:
        msg = f"population {value:g} is not possible"
        raise ValueError(msg)
    return int(value)
