"""Which durations say how long something lasted: "for two hours", "a three-hour battle", not "two hours later"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from standoff.extract.state import text_of
from standoff.model import Measure

_FOR = re.compile(
    r"\b(?:for|lasted|lasts|lasting|took|taking|spent|throughout|dragged\son|went\son|raged(?:\son)?|continued(?:\son)?"
    r"|over\s(?:a|the)\speriod\sof|(?:a|the)\speriod\sof|during)\s(?:(?:the|a|an|past|last|more|less|than|at|least|most|up|to|"
    r"over|almost|nearly|about|around|some|approximately|roughly|only|just|another|well|under|between)\s){0,4}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"[\s-]*(?:ago|later|earlier|afterwards|after|before|beforehand|previously|since|olds?|away|from\snow|in\sadvance|early"
    r"|late|apart|hence)\b",
    re.IGNORECASE,
)
_LASTS = (
    r"(?:battle|siege|gun\s?battle|gunfight|firefight|fight|clash|clashes|attack|assault|raid|shoot-?out|stand-?off|bombardment"
    r"|bombing|shelling|barrage|operation|offensive|curfew|ceasefire|truce|lull|pause|outage|blackout|strike|exchange|engagement"
    r"|chase|war|conflict|occupation|blockade|captivity|ordeal|protest|march|riot|hijacking|hostage|campaign|visit|search"
    r"|uprising|fighting|violence|power\scut|rampage|confrontation|skirmish|tour|closure)s?\b"
)
_OF = re.compile(r"\sof\s(?:\w+\s){0,2}?(?:\w+ing\b|" + _LASTS + ")", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:-long)?[\s-](?:long\s)?(?:[a-z]+\s){0,2}?" + _LASTS, re.IGNORECASE)
_NEAR = 60


def durations(doc: Doc) -> list[Measure]:
    """Return the durations of a document that say how long something lasted, in text order.

    Parameters
    ----------
    doc : Doc
        With measures.

    Examples
    --------
    >>> import spacy
    >>> from standoff.extract import measures
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("standoff_measures")
    >>> [m.text for m in durations(nlp("They fought for two hours and fled three days later."))]
    ['two hours']
    """
    text = text_of(doc)
    return [measure for measure in doc._.measures if lasted(measure, text)]


def lasted(measure: Measure, text: str) -> bool:
    """Say whether a measure tells how long something lasted; ``text`` is the whole report's."""
    if measure.dimension != "duration" or measure.reason == "an age":
        return False
    behind = text[measure.end : measure.end + _NEAR]
    if _OTHER.match(behind):
        return False
    before = text[max(0, measure.start - _NEAR) : measure.start]
    if _FOR.search(before):
        return not re.match(r"[\s-](?:drive|walk|flight|journey|deadline|notice)\b", behind)
    if _OF.match(behind):
        return True
    return "-" in measure.text and bool(_ADJECTIVE.match(behind))
