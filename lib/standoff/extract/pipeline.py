"""The spaCy pipeline with our components behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from standoff.errors import SettingError
from standoff.extract import (
    coordinates,
    dates,
    descriptions,
    events,
    measures,
    names,
    relations,
    zone_facts,
    zones,
)
from standoff.extract.names import Lexicon
from standoff.model import Report

#: The components in the order in which they run.
COMPONENTS = (
    "standoff_measures", "standoff_coordinates", "standoff_dates", "standoff_names", "standoff_descriptions",
    "standoff_zones", "standoff_relations", "standoff_zone_facts", "standoff_events",
)  # fmt: skip
_ROOMS = (coordinates, dates, descriptions, events, measures, names, relations, zone_facts, zones)
_BLANK_LINE = re.compile(r"\n\s*\n")


@Language.component("standoff_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every blank line, so that a headline does not run into the lead."""
    for token in doc[:-1]:
        if token.is_space and _BLANK_LINE.search(token.text):
            doc[token.i + 1].is_sent_start = True
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
    nlp.add_pipe("standoff_paragraphs", before="parser")
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


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
    doc = nlp.make_doc(report.text)
    doc._.lexicon = lexicon
    doc._.published = report.published
    return doc
