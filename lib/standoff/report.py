r"""What comes in: files, standard input and text, read into a ``Report``.

A report's ``text`` is what every offset of a reading points into, so it is kept as given:

* ``.txt``, and anything not named below: the decoded file without its byte order mark. Line ends
  stay as they are (``"\r\n"`` is two characters), so that an offset counts characters of the file.
* ``.md``: the same, after the YAML front matter and the blank lines that follow it.
* ``.html``, ``.htm``: the main text of the saved page, one paragraph a line, without the menus.
* standard input (``-``): like ``.html`` or ``.md`` if it starts like one, else like ``.txt``.

Bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark; otherwise the encoding is the one that
the page declares, or one that is detected beyond doubt. What cannot be read is refused with an
``InputError`` of one line that names the file.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import logging
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.model import Report
from standoff.settings import Settings

DEFAULT_MAX_CHARS = Settings.of().max_chars

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
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")
_MONTH_NAME = re.compile(r"[^\W\d_]{3,}")
# Text holds hardly any of these; more than one in fifty says that it is not text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02
# How clean and how much like a language a detected decoding must be: charset-normalizer's figures.
_MAX_CHAOS, _MIN_COHERENCE = 0.05, 0.3
_TEXT_FIELDS = ("title", "publisher", "url", "licence", "home")
_QUIET = ("trafilatura", "htmldate", "justext", "readability", "courlan")


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
    name = _printable(str(path)) or "''"
    if str(path) == "-":
        name, stem, raw = "standard input", "stdin", sys.stdin.buffer.read(4 * max_chars + 5)
        kind = ""
    else:
        path = Path(path)
        stem, raw, kind = path.stem, _bytes_of(path, name, max_chars), path.suffix.lower()
    text = _decode(raw, name)
    if not kind and str(path) == "-":
        kind = ".html" if _HTML_START.match(text) else ".md" if text.startswith("---") else ""
    fields: dict[str, Any] = {}
    if kind in {".md", ".markdown"}:
        text, fields = _split_front_matter(text, name)
    elif kind in {".html", ".htm", ".xhtml"}:
        text, fields = _read_page(text, name)
    fields["published"] = fields.get("published") or published
    fields["title"] = fields.get("title") or title
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
    fields = {"title": title, "published": published, "publisher": publisher, "url": url, "licence": licence}
    name = "the text"
    try:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    except UnicodeEncodeError as error:
        msg = f"{name}: character {error.start} is half of a surrogate pair; decode the text again"
        raise InputError(msg) from None
    return _report(text, name, slug(id or title or "") or f"report-{digest}", max_chars, fields)


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
    words = str(value).strip()
    if re.match(r"\d{4}-\d\d-\d\d", words):
        try:
            return dt.datetime.fromisoformat(words).date().isoformat()
        except ValueError:
            pass
    elif _MONTH_NAME.search(words) and len(words) <= 60:
        day = _in_words(words)
        if day is not None:
            return day.isoformat()
    msg = f"{name}: published {_printable(words[:60])!r} is not a date; write it as 2017-06-08"
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


def _check_length(chars: int, name: str, max_chars: int, at_least: str = "") -> None:
    if chars > max_chars:
        msg = (
            f"{name}: {at_least}{chars:,} characters is more than the limit of {max_chars:,}; "
            "raise it with --max-chars (max_chars=)"
        )
        raise InputError(msg)


def _bytes_of(path: Path, name: str, max_chars: int) -> bytes:
    # No encoding needs more than four bytes a character: these hold every text within the limit, and a mark.
    most = 4 * max_chars + 4
    if path.is_dir():
        msg = f"{name}: it is a folder; give the reports in it, such as {name}/*.md"
        raise InputError(msg)
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
        size = max(len(raw), path.stat().st_size)
    except FileNotFoundError:
        msg = f"{name}: there is no such file"
        raise InputError(msg) from None
    except (OSError, ValueError) as error:
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


def _split_front_matter(text: str, name: str) -> tuple[str, dict[str, Any]]:
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text):
        return text, {}
    try:
        header, body = handler.split(text)
    except ValueError:  # one rule of hyphens and no second one
        return text, {}
    try:
        fields = handler.load(header)  # the safe loader
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        problem = getattr(error, "problem", None) or error
        msg = f"{name}: its front matter is not YAML{where}: {_printable(str(problem))}"
        raise InputError(msg) from None
    if not isinstance(fields, dict):
        return text, {}
    return body.lstrip("\r\n"), {
        key: _scalar(fields.get(key), key, name) for key in (*_TEXT_FIELDS, "published")
    }


def _scalar(value: object, key: str, name: str) -> str | dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value if key == "published" or value is None else str(value)
    if isinstance(value, str | int | float):
        return _printable(str(value).strip()) or None
    msg = f"{name}: {key} in its front matter is a list or a table; write it as text"
    raise InputError(msg)


def _read_page(text: str, name: str) -> tuple[str, dict[str, Any]]:
    import trafilatura
    from trafilatura.settings import Document

    for logger in _QUIET:  # without a handler, logging prints their warnings to standard error
        if not logging.getLogger(logger).handlers:
            logging.getLogger(logger).addHandler(logging.NullHandler())
    page = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        # Only dates that the page states as its own, and none that depends on the day of the reading.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )
    body = page.text if isinstance(page, Document) else None
    if not isinstance(page, Document) or not body or not body.strip():
        msg = f"{name}: no article was found in this page; copy its text into a .txt file"
        raise InputError(msg)
    saved_from = _SAVED_FROM.search(text[:2000])
    fields = {
        "title": page.title,
        "publisher": page.sitename,
        "published": page.date,
        "url": page.url or (saved_from[1] if saved_from else None),
    }
    return body, {key: _printable(value) if value else None for key, value in fields.items()}


def _printable(words: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)
