r"""What comes in: files, standard input and text, read into a ``Report``.

A report's ``text`` is what every offset of a reading points into, so it is kept as given:

* ``.txt``, and anything not named below: the decoded file without its byte order mark. Line ends
  stay as they are (``"\r\n"`` is two characters), so that an offset counts characters of the file.
  Only where every line ends in a lone ``"\r"``, as on old Macs, each is read as ``"\n"``.
* ``.md``: the same, after the YAML front matter and the blank lines that follow it.
* ``.html``, ``.htm``: the main text of the saved page, one paragraph a line, without the menus; all
  that it shows, where no main text can be made out.
* standard input (``-``): like ``.html`` or ``.md`` if it starts like one, else like ``.txt``.

Bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark; otherwise the encoding is the one that
the page declares, or one that is detected beyond doubt. What cannot be read is refused with an
``InputError`` of one line that names the file.
"""

from __future__ import annotations

import codecs
import datetime as dt
import errno
import hashlib
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from standoff import front_matter, page
from standoff.errors import InputError, SettingError
from standoff.front_matter import printable
from standoff.model import Report
from standoff.settings import Settings
from standoff.units import shortened

DEFAULT_MAX_CHARS = Settings.of().max_chars
STDIN = "-"
AT_HAND = "the text"
"""What messages call a report that is no file."""

# Longest first: the mark of UTF-32 LE starts with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_TEXT = "open it in the program that made it and save it as plain text"
_KNOWN_BINARY = (
    (b"%PDF-", "a PDF", "copy its text, or use pdftotext, into a .txt file"),
    (b"PK\x03\x04", "a zip archive, or a .docx, .odt or .epub", _SAVE_AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _SAVE_AS_TEXT),
    (b"{\\rtf", "a rich text (RTF) document", _SAVE_AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a PNG image", "a report is text"),
    (b"\xff\xd8\xff", "a JPEG image", "a report is text"),
    (b"GIF8", "a GIF image", "a report is text"),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_DECLARED = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$)")  # "10:15:00 +0200"
_SPACES = re.compile(r"\n|\S\s+\S+\s+\S+\s+\S")  # what looks like words, where a file is wanted
_NO_NAME = {errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL}
_MONTH_NAME = re.compile(r"[^\W\d_]{3,}")
# Text holds hardly any of these; more than one in fifty says that it is not text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02
# How clean and how much like a language a detected decoding must be: charset-normalizer's figures.
_MAX_CHAOS, _MIN_COHERENCE = 0.05, 0.3
_TEXT_FIELDS = ("title", "publisher", "url", "licence", "home")


def read_report(
    path: Path | str,
    published: str | dt.date | None = None,
    title: str | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
) -> Report:
    """Read a report from a file, or from standard input.

    Parameters
    ----------
    path : Path or str
        A file; ``"-"`` is standard input.
    published : str or datetime.date, optional
        The day it was published, where the file does not say: ``"2017-06-08"``.
    title : str, optional
        Its title, where the file has none.
    max_chars : int
        The longest text that is read, in characters.

    Raises
    ------
    InputError
        If there is no such file, or it is empty, too long, not text, in an encoding that cannot be told, or
        dated by something that is not a date.
    """
    name = _name_of(path)
    published = iso_date(published, name) if published else None
    _check_words("title", title)
    if str(path) == "-":
        name, stem, raw = "standard input", "stdin", _bytes_of_stdin(max_chars)
        kind = STDIN
    else:
        path = Path(path)
        stem, raw, kind = path.stem, _bytes_of(path, name, max_chars), path.suffix.lower()
    return _read(raw, kind, name, stem, max_chars, {"published": published, "title": title})


def report_from_bytes(
    raw: bytes,
    kind: str,
    name: str,
    *,
    published: str | None = None,
    title: str | None = None,
    max_chars: int,
) -> Report:
    """Read a report from the bytes of a file.

    Parameters
    ----------
    raw : bytes
        All of the file.
    kind : str
        The suffix of its name: ``".html"``.
    name : str
        What to call it in messages.
    published, title : str, optional
        As for `read_report`.
    max_chars : int
        The longest text that is read, in characters.

    Raises
    ------
    InputError
        As `read_report`.

    Examples
    --------
    >>> report_from_bytes(b"# Two trucks were hit", ".md", "original.md", max_chars=100).text
    '# Two trucks were hit'
    """
    if len(raw) > 4 * max_chars + 4:
        _check_length(len(raw) // 4, name, max_chars, "at least ")
    return _read(raw, kind, name, Path(name).stem, max_chars, {"published": published, "title": title})


def _read(
    raw: bytes, kind: str, name: str, stem: str, max_chars: int, given: dict[str, str | None]
) -> Report:
    """Return the report in the bytes of a file; what is given stands in where it does not say."""
    text = _decode(raw, name)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    if kind == STDIN:
        kind = ".html" if _HTML_START.match(text) else ".md" if text.startswith("---") else ""
    fields: dict[str, Any] = {}
    if kind in {".md", ".markdown"}:
        text, fields = front_matter.split(text, name)
    elif kind in {".html", ".htm", ".xhtml"}:
        text, fields = page.split(text, name)
    fields |= {key: fields.get(key) or value for key, value in given.items()}
    return _report(text, name, slug(stem), max_chars, fields)


def report_from_text(
    text: str,
    title: str | None = None,
    published: str | dt.date | None = None,
    *,
    publisher: str | None = None,
    url: str | None = None,
    licence: str | None = None,
    id: str | None = None,  # noqa: A002 - the name of the field in the contract
    max_chars: int = DEFAULT_MAX_CHARS,
) -> Report:
    """Make a report of text at hand.

    Its id is the one given, else made from the title, else from the text.

    Raises
    ------
    InputError
        If the text is empty, too long or not text, or ``published`` is not a date.

    Examples
    --------
    >>> report = report_from_text("Two trucks were hit 24 miles from At Tanf.", published="8 June 2017")
    >>> report.published, report.id
    ('2017-06-08', 'report-c6c4fcd5')
    """
    words = {"title": title, "publisher": publisher, "url": url, "licence": licence, "id": id}
    name = AT_HAND
    _check_words("text", text, needed=True)
    for key, value in words.items():
        _check_words(key, value)
    try:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    except UnicodeEncodeError as error:
        msg = f"{name}: character {error.start} is half of a surrogate pair; decode the text again"
        raise InputError(msg) from None
    return _report(
        text, name, slug(id or title or "") or f"report-{digest}", max_chars, words | {"published": published}
    )


def slug(name: str) -> str:
    """Return a name as it may stand in a file name: lower case letters and digits of any script, and hyphens.

    Examples
    --------
    >>> slug("At Tanf, 8 June"), slug("../../etc/Équipe"), slug("???")
    ('at-tanf-8-june', 'etc-équipe', '')
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).lower())
    return "-".join(words)[:80].strip("-")


def iso_date(value: str | dt.date, name: str) -> str:
    """Return a date of publication as ISO 8601.

    Read are ISO dates and times, and dates with the month in words; not ``08/06/2017``, which is two dates.

    Parameters
    ----------
    value : str or datetime.date
        What was given.
    name : str
        What it was given for, to begin the error with.

    Raises
    ------
    InputError
        If it is not the date of one day.

    Examples
    --------
    >>> iso_date("8 June 2017", "a.md"), iso_date("2017-06-08T10:15:00Z", "a.md")
    ('2017-06-08', '2017-06-08')
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    words = _ZONE.sub("", str(value).strip())
    if re.match(r"\d{4}-\d\d-\d\d", words):
        try:
            return dt.datetime.fromisoformat(words).date().isoformat()
        except ValueError:
            pass
    elif _MONTH_NAME.search(words) and len(words) <= 60:
        day = _in_words(words)
        if day is not None:
            return day.isoformat()
    msg = f"{name}: published {printable(words[:60])!r} is not a date; write it as 2017-06-08"
    raise InputError(msg)


def _in_words(words: str) -> dt.date | None:
    import dateparser

    # Absolute dates with all their parts only: "last Tuesday" would depend on the day of the reading.
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date() if found else None


def _report(text: str, name: str, report_id: str, max_chars: int, fields: dict[str, Any]) -> Report:
    if not text.strip():
        msg = f"{name}: it is empty, there is no text to read"
        raise InputError(msg)
    _check_length(len(text), name, max_chars)
    if len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        msg = f"{name}: it is binary, not text; {_SAVE_AS_TEXT}"
        raise InputError(msg)
    published = fields.get("published")
    known = {key: fields[key] for key in _TEXT_FIELDS if fields.get(key)}
    return Report(
        id=report_id or "report",
        text=text,
        published=iso_date(published, name) if published else None,
        **known,
    )


def _name_of(path: object) -> str:
    """Return what messages call a file."""
    if not isinstance(path, str | os.PathLike):
        msg = f"a report is a file, not a {type(path).__name__}; give its name, or text to standoff.read_text"
        raise InputError(msg)
    if not str(path).strip():
        msg = f"{str(path)!r} is no name of a report; give a file, or - for standard input"
        raise InputError(msg)
    return printable(str(path))


def _check_words(key: str, value: object, *, needed: bool = False) -> None:
    if not isinstance(value, str) and (needed or value is not None):
        msg = f"{key} is text, not {type(value).__name__}: {shortened(repr(value))}"
        raise SettingError(msg)


def _check_length(chars: int, name: str, max_chars: int, at_least: str = "") -> None:
    if chars > max_chars:
        msg = (
            f"{name}: {at_least}{chars:,} characters is more than the limit of {max_chars:,}; "
            f"raise it with {'--max-chars (max_chars=)' if name != AT_HAND else 'max_chars'}"
        )
        raise InputError(msg)


def _bytes_of_stdin(max_chars: int) -> bytes:
    if sys.stdin is None:
        msg = "standard input: it is closed"
        raise InputError(msg)
    try:
        return sys.stdin.buffer.read(4 * max_chars + 5)
    except (OSError, ValueError) as error:
        msg = f"standard input: it cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(msg) from None


def _bytes_of(path: Path, name: str, max_chars: int) -> bytes:
    # No encoding needs more than four bytes a character: these hold every text within the limit, and a mark.
    most = 4 * max_chars + 4
    if os.path.isdir(path):  # noqa: PTH112 - a name that cannot be one is no folder, and no error
        msg = f"{name}: it is a folder; give the reports in it, such as {name}/*.md"
        raise InputError(msg)
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
        size = max(len(raw), path.stat().st_size)
    except (OSError, ValueError) as error:
        if _SPACES.search(str(path)) and getattr(error, "errno", None) in _NO_NAME:
            msg = f"{shortened(name)}: there is no such file; text at hand is read by standoff.read_text"
            raise InputError(msg) from None
        if isinstance(error, FileNotFoundError):
            msg = f"{name}: there is no such file"
            raise InputError(msg) from None
        msg = f"{name}: it cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(msg) from None
    if len(raw) > most:
        _refuse_binary(raw, name)
        _check_length(size // 4, name, max_chars, "at least ")
    return raw


def _refuse_binary(raw: bytes, name: str) -> None:
    for magic, what, advice in _KNOWN_BINARY:
        if raw.startswith(magic):
            msg = f"{name}: it is {what}, not text; {advice}"
            raise InputError(msg)
    if b"\0" in raw and not raw.startswith(tuple(mark for mark, _ in _MARKS)):
        msg = f"{name}: it is binary, not text (a NUL byte at {raw.index(0):,}); {_SAVE_AS_TEXT}"
        raise InputError(msg)


def _decode(raw: bytes, name: str) -> str:
    _refuse_binary(raw, name)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                msg = f"{name}: it starts as {encoding} but is not (byte {error.start:,}); save it as UTF-8"
                raise InputError(msg) from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"byte 0x{raw[error.start]:02x} at {error.start:,}"
    declared = _DECLARED.search(raw[:4096])
    if declared:
        try:
            return raw.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    return _detect(raw, name, place)


def _detect(raw: bytes, name: str, place: str) -> str:
    from charset_normalizer import from_bytes

    found = list(from_bytes(raw))
    sure = [match for match in found if match.chaos <= _MAX_CHAOS and match.coherence >= _MIN_COHERENCE]
    ties = [match for match in sure if (match.chaos, match.coherence) == (sure[0].chaos, sure[0].coherence)]
    # Several code pages often fit equally; then it is Windows-1252 if that fits, what a file that does
    # not say is taken for (https://html.spec.whatwg.org/, encoding sniffing), else a text on which all agree.
    for match in ties:
        if "cp1252" in match.could_be_from_charset:
            return str(match)
    if ties and len({str(match) for match in ties}) == 1:
        return str(ties[0])
    guess = f"best guess {found[0].encoding}" if found else "nothing fits"
    msg = f"{name}: it is not UTF-8 ({place}) and its encoding is in doubt ({guess}); save it as UTF-8"
    raise InputError(msg)
