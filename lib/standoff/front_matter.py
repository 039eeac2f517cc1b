"""The lines between two rules of hyphens at the head of a Markdown file: title, publisher, published, ..."""

from __future__ import annotations

import re
import warnings

from standoff.errors import InputError, StandoffWarning

FIELDS = ("title", "publisher", "published", "url", "licence", "home")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_KEY_LINE = re.compile(r"\s*---[ \t]*\r?\n[ \t]*[\w-]+[ \t]*:(?:\s|$)")
_COLON = "mapping values are not allowed"


def split(text: str, name: str) -> tuple[str, dict[str, str | None]]:
    r"""Return the body of a Markdown text, and what stands above it, all of it as text.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        The file, to begin messages with.

    Raises
    ------
    InputError
        If what stands there is not YAML, or a field is not text.

    Examples
    --------
    >>> split("---\ntitle: A strike\n---\nWords.", "a.md")[1]["title"]
    'A strike'
    """
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text):
        return text, {}
    try:
        header, body = handler.split(text)
    except ValueError:  # one rule of hyphens and no second one
        _warn_unclosed(text, name)
        return text, {}
    try:
        # All scalars stay text: YAML would make numbers, bytes and impossible days of them.
        fields = handler.load(header, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        msg = f"{name}: {_problem(error, header)}"
        raise InputError(msg) from None
    if not isinstance(fields, dict):
        return text, {}
    return body.lstrip("\r\n"), {key: _text(fields.get(key), key, name) for key in FIELDS}


def _warn_unclosed(text: str, name: str) -> None:
    if _KEY_LINE.match(text):
        msg = f"{name}: its front matter has no closing line '---'; it is read as part of the text"
        warnings.warn(msg, StandoffWarning, stacklevel=5)


def _problem(error: Exception, header: str) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = printable(str(getattr(error, "problem", None) or error))
    if isinstance(error, RecursionError):
        return "its front matter is nested too deeply"
    if mark is None:
        return f"its front matter is not YAML: {problem}"
    line = header.splitlines()[mark.line] if mark.line < len(header.splitlines()) else ""
    key, _, value = line.partition(": ")
    if _COLON in problem and ":" in value:
        value = printable(value.strip())
        quoted = (
            f'{key.strip()}: "{value}"' if len(value) <= 80 and '"' not in value else f'{key.strip()}: "..."'
        )
        return f"line {mark.line + 1}: a text with a colon stands in quotation marks: {printable(quoted)}"
    return f"its front matter is not YAML (line {mark.line + 1}): {problem}"


def _text(value: object, key: str, name: str) -> str | None:
    if value is None or isinstance(value, str):
        words = (value or "").strip()
        return None if words in _NULL else printable(words)
    msg = f"{name}: {key} in its front matter is a list or a table; write it as text"
    raise InputError(msg)


def printable(words: str) -> str:
    """Return words with a replacement character for each that cannot be shown."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)
