"""What one can be on: an island, a mountain, a road; "sanctions on Cyprus" are not there."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.extract.nouns import FEATURE_NOUNS, LEADING_NOUNS
from standoff.extract.state import words_at
from standoff.model import PlaceMention

_SURFACES = frozenset({"island", "mountain", "lake", "river", "cape", "bridge", "dam", "sea"})
_WAYS = frozenset(
    "road street avenue highway boulevard motorway square railway route lane beach coast".split()
)
# What is on a place only as its subject.
_TOPICS = frozenset(
    (
        "report book talk talks debate agreement decision statement sanction question meeting vote law resolution ban tax "
        "focus documentary article conference position policy view claim warning information data study embargo summit"
    ).split()
)
_OF_TOPICS = frozenset("focus speak talk write report vote agree comment depend rely insist".split())


def is_surface(doc: Doc, place: PlaceMention) -> bool:
    """Say whether a mention is of something that one can be on, by its words or what the report calls it.

    Parameters
    ----------
    doc : Doc
    place : PlaceMention
        Of a named place, a description or a building.
    """
    if place.feature_hint in _SURFACES:
        return True
    words = [token.lower_ for token in words_at(doc, place.start, place.end)]
    behind = words_at(doc, place.start, place.end).end
    words += (
        [doc[behind].lower_]
        if behind < len(doc) and doc[behind].lower_ in ("river", "lake", "glacier")
        else []
    )
    return words[-1] in _WAYS or any(
        {FEATURE_NOUNS.get(word), LEADING_NOUNS.get(word)} & _SURFACES for word in words
    )


def is_topic(doc: Doc, place: PlaceMention) -> bool:
    """Say whether "on" makes a place what is talked of: "a report on Mount Etna"."""
    root = words_at(doc, place.start, place.end).root
    while (
        root.dep_ in ("pobj", "compound", "appos", "nmod")
        and root.head.i != root.i
        and root.head.pos_ != "ADP"
    ):
        root = root.head
    above = root.head.head if root.head.pos_ == "ADP" else root.head
    before = [token.head.i - 1 for token in (root,) if token.head.pos_ == "ADP" and token.head.i]
    if any(doc[i].lemma_.lower() in _TOPICS for i in before):
        return True
    return above.lemma_.lower() in _TOPICS or (above.pos_ == "VERB" and above.lemma_.lower() in _OF_TOPICS)
