"""A saved web page: its main text, one paragraph a line, and what it says of itself."""

from __future__ import annotations

import logging
import re
import warnings
from html.parser import HTMLParser

from standoff.errors import InputError, StandoffWarning
from standoff.front_matter import printable

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")
_QUIET = ("trafilatura", "htmldate", "justext", "readability", "courlan")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "nav"})
# Those that stand within a line; every other element begins a new one.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code em font i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
)


def split(text: str, name: str) -> tuple[str, dict[str, str | None]]:
    """Return the text of a page's article, and its title, site, date and address.

    Where no article can be made out, the text is all that the page shows, with a warning.

    Parameters
    ----------
    text : str
        The page.
    name : str
        The file, to begin messages with.

    Raises
    ------
    InputError
        If the page shows no text.
    """
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
    if not isinstance(page, Document) or not (page.text or "").strip():
        return _whole(text, name), {"url": _saved_from(text)}
    fields = {
        "title": page.title,
        "publisher": page.sitename,
        "published": page.date,
        "url": page.url or _saved_from(text),
    }
    return page.text or "", {key: printable(value) if value else None for key, value in fields.items()}


def _saved_from(text: str) -> str | None:
    found = _SAVED_FROM.search(text[:2000])
    return printable(found[1]) if found else None


def _whole(text: str, name: str) -> str:
    shown = _Shown()
    shown.feed(text)
    shown.close()
    words = shown.text()
    if not words:
        msg = f"{name}: no article was found in this page; copy its text into a .txt file"
        raise InputError(msg)
    msg = f"{name}: no article was found in this page; all the text that it shows is read"
    warnings.warn(msg, StandoffWarning, stacklevel=5)
    return words


class _Shown(HTMLParser):
    """Gathers what a page shows. A tokenizer alone: no depth of nesting is too much for it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag == "body":
            self.unseen.clear()  # a head that was never closed
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self.parts).split("\n"))
        return "\n".join(re.sub(" +", " ", line) for line in lines if line)
