"""The spaCy pipeline with our components behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from standoff.errors import SettingError
from standoff.events import finder
from standoff.extract import (
    coordinates,
    dates,
    descriptions,
    measures,
    names,
    relations,
    zone_facts,
    zones,
)
from standoff.extract.names import Lexicon
from standoff.extract.state import text_of
from standoff.model import Report

#: The components in the order in which they run.
COMPONENTS = (
    "standoff_coordinates", "standoff_measures", "standoff_dates", "standoff_names", "standoff_descriptions",
    "standoff_zones", "standoff_relations", "standoff_zone_facts", "standoff_events",
)  # fmt: skip
_ROOMS = (coordinates, dates, descriptions, finder, measures, names, relations, zone_facts, zones)
# An item of a list begins a sentence: "- Flooding in ...", "2/ Kyiv - ...", "(3) Early on ...".
_ITEM = re.compile(r"^(?:[-•*–·▪‣]|\(?\d{1,2}[./)]|\([a-z]\))$")
_DATELINE = re.compile(
    r"(?:^|\n)[A-Z][A-Z'’. -]{2,30}(?:,\s[A-Z][\w. ]{1,24}){0,2}(?:\s?\([A-Za-z /]{2,24}\))?\s?(?:—|–|-|:)(?=\s)"
)
# "Nigeria: On 23 November eight armed men boarded": the country heads the item.
_HEAD = re.compile(r"(?:^|\n)(?:[A-Z][\w'’-]{1,20} ){0,2}[A-Z][\w'’-]{1,20}:(?=\s[A-Z0-9])")
_BLANK_LINE = re.compile(r"\n\s*\n")
# Prefixes and suffixes are taken off a stretch without white space one by one, each by a look at all that
# is left. No word and hardly an address is as long as these.
_UNBROKEN = re.compile(r"\S{400,}|([^\w\s])\1{63,}")
_PIECE = 64
# Words of names that are written short, which end no sentence: Tanjung, Kampung, Point, Kepulauan, Santa, Pulau.
_SHORT_NAMES = ("Tg.", "Tj.", "Kg.", "Pt.", "Kep.", "Sta.", "Sto.", "Ft.", "Mt.", "St.", "Pul.")
# A sentence of so many words is none: a list, a table, or made to be slow. It is broken at the next comma or
# line end, and at last anywhere, so that what looks at all pairs in a sentence stays within bounds.
_LONG, _LONGEST = 300, 360


def _begins_item(doc: Doc, at: int) -> bool:
    """Say whether an item of a list begins at a token: tokenizers keep "2/" whole, and take "(3)" apart."""
    word = doc[at].text
    return bool(
        _ITEM.match(word)
        or _ITEM.match(doc[at : at + 2].text.strip())
        or _ITEM.match(doc[at : at + 3].text.strip())
    )


def _datelines(doc: Doc) -> set[int]:
    """Return where datelines end: what follows "SRINAGAR, April 25 -" is a sentence, and the place no subject of it."""
    text = text_of(doc)
    return {match.end() for pattern in (_DATELINE, _HEAD) for match in pattern.finditer(text)}


@Language.component("standoff_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every blank line, so that a headline does not run into the lead, and break endless ones."""
    words = 0
    heads = _datelines(doc)
    for token in doc[:-1]:
        words += 1
        if token.idx + len(token) in heads:
            doc[token.i + 1].is_sent_start = True
        blank = token.is_space and (
            _BLANK_LINE.search(token.text) or ("\n" in token.text and _begins_item(doc, token.i + 1))
        )
        if token.text in _SHORT_NAMES:
            doc[token.i + 1].is_sent_start = False
        if blank or (words >= _LONG and (words >= _LONGEST or token.text in ",;" or "\n" in token.text)):
            doc[token.i + 1].is_sent_start = True
            words = 0
        elif token.text in ".!?":
            words = 0
    return doc


@cache
def _pipeline(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except OSError:
        installed = ", ".join(spacy.util.get_installed_models()) or "none"
        msg = f"pipeline: no spaCy pipeline {name!r} is installed (installed: {installed})"
        raise SettingError(msg) from None
    if not nlp.has_pipe("parser"):
        msg = f"pipeline: {name!r} has no parser, which relations and events need"
        raise SettingError(msg)
    tokenizer: Any = nlp.tokenizer
    for short in _SHORT_NAMES:
        tokenizer.add_special_case(short, [{"ORTH": short}])
    nlp.add_pipe("standoff_paragraphs", before="parser")
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


class About(NamedTuple):
    """What a pipeline says of itself, and where its files lie."""

    version: str
    folder: Path


def about(name: str) -> About:
    """Return what a pipeline says of itself.

    Raises
    ------
    SettingError
        If no such pipeline is installed.
    """
    nlp = _pipeline(name)
    return About(str(nlp.meta.get("version", "")), nlp.path)


def annotate(report: Report, pipeline: str, lexicon: Lexicon | None, given_names: Sequence[str] = ()) -> Doc:
    """Run the pipeline over a report.

    Parameters
    ----------
    report : Report
        What to read; ``published`` anchors its dates.
    pipeline : str
        Name of an installed spaCy pipeline with a parser.
    lexicon : Lexicon or None
        What knows names, as a rule the gazetteer.
    given_names : sequence of str
        Words that are names of places, whatever the pipeline makes of them.

    Returns
    -------
    Doc
        With ``doc._.measures``, ``.place_mentions``, ``.zones``, ``.relations``, ``.events``.

    Raises
    ------
    SettingError
        If no such pipeline is installed.
    """
    nlp = _pipeline(pipeline)
    doc = _unread(nlp, report, lexicon)
    doc._.given_names = [nlp.make_doc(name) for name in given_names]
    return nlp(doc)


def parse(report: Report, pipeline: str, lexicon: Lexicon | None) -> Doc:
    """Run the spaCy pipeline alone, without our components behind it; see `annotate`."""
    nlp = _pipeline(pipeline)
    doc = _unread(nlp, report, lexicon)
    for name, component in nlp.pipeline:
        if name not in COMPONENTS:
            doc = component(doc)
    return doc


def _unread(nlp: Language, report: Report, lexicon: Lexicon | None) -> Doc:
    nlp.max_length = max(nlp.max_length, len(report.text) + 1)
    doc = tokenized(nlp, report.text)
    doc._.lexicon = lexicon
    doc._.published = report.published or _dateline(report.text)
    return doc


def _dateline(text: str) -> str | None:
    """Return the day that the report's own dateline states, ISO 8601, where nothing else says when it was published."""
    day = dates.dateline_day(text)
    return day.isoformat() if day else None


def tokenized(nlp: Language, text: str) -> Doc:
    """Make a text into words as the pipeline does, very long stretches without white space piece by piece.

    Examples
    --------
    >>> nlp = spacy.blank("en")
    >>> [token.text for token in tokenized(nlp, "near Aleppo.")]
    ['near', 'Aleppo', '.']
    >>> tokenized(nlp, "near " + "(" * 5_000 + "Aleppo.").text == "near " + "(" * 5_000 + "Aleppo."
    True
    """
    cuts = [
        cut
        for match in _UNBROKEN.finditer(text)
        for cut in range(match.start() + _PIECE, match.end(), _PIECE)
    ]
    if not cuts:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise([0, *cuts, len(text)])]
    words = [token for piece in pieces for token in piece]
    return Doc(nlp.vocab, [token.text for token in words], [bool(token.whitespace_) for token in words])
