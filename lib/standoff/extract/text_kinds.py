"""What kind of text states where: a line of a list, or prose about the sea, about where a place lies, about an event.

How far the truth lies from the words hangs on it most of all: a line of an earthquake list is
written by a machine that measured, the distance of a town is often that by road, and at sea one
measures from a coast and in nautical miles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from standoff.extract.nouns import FEATURE_NOUNS
from standoff.extract.place_lines import lines_without_verb
from standoff.extract.state import Taken, text_of, words_at
from standoff.model import Measure, Relation, TextKind

#: Words of the sea: an event whose sentence has one may lie off the coast.
SEA_WORDS = re.compile(
    r"(?i)\b(?:ships?|vessels?|tankers?|boats?|cruisers?|destroyers?|submarines?|frigates?|trawlers?|dhows?|freighters?|"
    r"bulk carriers?|skiffs?|yachts?|barges?|ferry|ferries|berths?|jetty|wharf|harbours?|harbors?|at sea|nautical|anchorage|"
    r"buoy|straits?|off the coast)\b"
)
_LIES = frozenset("be lie locate situate sit stand extend have".split())
_PLACE_WORDS = frozenset(FEATURE_NOUNS) | frozenset(
    "it which that place area locality station township".split()
)
_SEA_UNITS = frozenset({"nautical_mile", "cable"})
_WINDS = re.compile(r"\b(?:[NS][NSEW]{0,2}|[EW](?:[NS][EW])?)\b")


def with_text_kinds(doc: Doc, relations: Sequence[Relation], measures: dict[str, Measure]) -> list[Relation]:
    """Return the relations, each with the kind of text that it stands in.

    Parameters
    ----------
    doc : Doc
    relations : sequence of Relation
    measures : dict of str to Measure
        By id.
    """
    inside = Taken(len(text_of(doc)))
    for line in lines_without_verb(doc):
        inside.add(line.start_char, line.end_char)
    of_the_sea: dict[int, bool] = {}  # by where a sentence starts
    return [
        r.model_copy(update={"text_kind": _kind(doc, r, measures, inside, of_the_sea)}) for r in relations
    ]


def _kind(
    doc: Doc,
    relation: Relation,
    measures: dict[str, Measure],
    lines: Taken,
    of_the_sea: dict[int, bool],
) -> TextKind:
    measure = measures.get(relation.measure or "")
    if measure is not None and measure.unit in _SEA_UNITS:
        return "sea"
    sent = words_at(doc, relation.start, relation.end).sent
    if sent.start not in of_the_sea:
        of_the_sea[sent.start] = bool(SEA_WORDS.search(sent.text))
    if relation.qualifier == "coast" or of_the_sea[sent.start]:
        return "sea"
    if not lines.touches(relation.start, relation.end):
        return "land" if _describes_a_place(doc, relation) else "event"
    # "37 km NE of Huancayo, Peru": letters for the wind and whole kilometres are a machine's.
    is_measured = measure is None or (measure.unit == "kilometre" and bool(_WINDS.search(relation.text)))
    return "line" if is_measured else "event"


def _describes_a_place(doc: Doc, relation: Relation) -> bool:
    """Say whether a statement tells where a place lies: "Sake is 27 km from Goma", "the village lies north of Homs"."""
    root = words_at(doc, relation.start, relation.end).root
    verb = next((t for t in (root, *root.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_.lower() not in _LIES:
        return False
    figure = relation.figure
    if figure is None:
        return True
    head = words_at(doc, figure.start, figure.end).root
    return head.pos_ == "PROPN" or head.lower_ in _PLACE_WORDS
