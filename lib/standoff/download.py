"""A file on its way here: what has come of it, and by what a server can tell that it still is the same file.

The beginning of a file is gone on with only where its server gave it a mark (RFC 9110: a strong
ETag, or the time of its last change) and repeats that mark and the size with the rest. Whatever
does not fit is thrown away, and the file comes from its beginning.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol

_WHOLE, _REST = 200, 206
NOT_SATISFIABLE = 416
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


class NotTheRest(Exception):  # noqa: N818
    """What a server sent does not go on from what is there; the rest is thrown away."""


class Headers(Protocol):
    """The headers of an answer."""

    def get(self, name: str, default: Any = None) -> Any: ...  # noqa: D102


@dataclass(frozen=True)
class Mark:
    """What tells a file from its next edition.

    Attributes
    ----------
    url : str
    validator : str
        What goes into If-Range.
    total : int or None
        The size of the whole in bytes.
    """

    url: str
    validator: str
    total: int | None


class Download:
    """A file that comes in as many pieces as it takes.

    Parameters
    ----------
    target : Path
        The file; its mark lies beside it, with ``.json`` behind its name.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._note = target.with_name(target.name + ".json")

    def wanted(self, url: str) -> dict[str, str]:
        """Return the headers that ask for the rest, or none where there is no beginning to go on from."""
        mark, size = self._mark(), self.size
        if mark is None or mark.url != url or not size or (mark.total is not None and size >= mark.total):
            self.discard()
            return {}
        return {"Range": f"bytes={size}-", "If-Range": mark.validator}

    @property
    def size(self) -> int:
        """The bytes that are there."""
        return self.target.stat().st_size if self.target.is_file() else 0

    @property
    def can_go_on(self) -> bool:
        """Whether the next try need not begin at the beginning."""
        return self.size > 0 and self._mark() is not None

    def begin(self, url: str, status: int, headers: Headers, length: int | None) -> tuple[int, int | None]:
        """Make the file ready for an answer: return the bytes that it has already, and how many it will have.

        Raises
        ------
        NotTheRest
            If the answer is neither the whole file nor the rest of what is there.
        """
        validator = _validator(headers)
        if status == _REST:
            return self._go_on(headers, validator, length)
        if status != _WHOLE:
            self.discard()
            msg = f"HTTP {status} instead of the file"
            raise NotTheRest(msg)
        self.discard()
        self.target.touch()
        if validator and str(headers.get("Accept-Ranges") or "bytes").strip().lower() != "none":
            self._note.write_text(json.dumps(asdict(Mark(url, validator, length))), encoding="utf-8")
        return 0, length

    def _go_on(self, headers: Headers, validator: str | None, length: int | None) -> tuple[int, int]:
        mark, size = self._mark(), self.size
        told = _RANGE.fullmatch(str(headers.get("Content-Range") or "").strip())
        if mark is None or told is None:
            self._refuse("a piece of the file that nobody asked for")
        first, last, total = map(int, told.groups())
        if first != size or last != total - 1 or (length is not None and length != last - first + 1):
            self._refuse("another piece of the file than the one asked for")
        # RFC 9110 has the mark repeated; a server that leaves it out answers If-Range all the same.
        if (mark.total is not None and mark.total != total) or (validator and validator != mark.validator):
            self._refuse("the rest of another edition of the file")
        return size, total

    def _refuse(self, what: str) -> NoReturn:
        self.discard()
        raise NotTheRest(what)

    def discard(self) -> None:
        """Throw away what is there."""
        self.target.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def done(self) -> None:
        """Take the mark away: the file is whole."""
        self._note.unlink(missing_ok=True)

    def _mark(self) -> Mark | None:
        with suppress(OSError, ValueError, TypeError):
            mark = Mark(**json.loads(self._note.read_text(encoding="utf-8")))
            if isinstance(mark.validator, str) and isinstance(mark.total, int | None):
                return mark
        return None


def _validator(headers: Headers) -> str | None:
    """Return what proves that two answers are of the same bytes; a weak ETag does not.

    Examples
    --------
    >>> _validator({"ETag": '"a1"'}), _validator({"ETag": 'W/"a1"'})
    ('"a1"', None)
    >>> changed, minute_on = "Sat, 02 May 2026 10:00:00 GMT", "Sat, 02 May 2026 10:01:00 GMT"
    >>> _validator({"Last-Modified": changed, "Date": minute_on}) == changed
    True
    >>> _validator({"Last-Modified": changed, "Date": changed})  # it may change once more in this second
    """
    tag = str(headers.get("ETag") or "").strip()
    if re.fullmatch(r'"[\x21\x23-\x7e]{0,200}"', tag):
        return tag
    changed, now = headers.get("Last-Modified"), headers.get("Date")
    with suppress(ValueError, TypeError, OverflowError):
        if changed and now and parsedate_to_datetime(now) > parsedate_to_datetime(changed):
            return str(changed)
    return None
