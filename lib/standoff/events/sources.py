"""Who says so: the chain of speakers above the tellings of an event, and what they are quoted with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from standoff.events.parties import PRONOUNS
from standoff.extract.speakers import speaker_of
from standoff.extract.state import text_of

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{12,600})[”\"]")


def speakers(tokens: Iterable[Token]) -> list[str]:
    """Return who says what some words tell, in the order of the text, each once."""
    found: dict[str, None] = {}
    for token in tokens:
        name = speaker_of(token)
        if name and name.lower() not in PRONOUNS:
            found[name] = None
    return list(found)


def quotes_in(doc: Doc, sentences: Iterable[Span]) -> list[str]:
    """Return the direct speech in some sentences: whole clauses between quotation marks, as they stand."""
    text = text_of(doc)
    found: dict[str, None] = {}
    for sent in sentences:
        for match in _QUOTED.finditer(text, sent.start_char, sent.end_char):
            if len(match[1].split()) >= 4:
                found[match[1].strip()] = None
    return list(found)
