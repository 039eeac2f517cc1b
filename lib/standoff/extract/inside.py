"""Names beside each other: which of two is said to lie in the other, as in "Sake, North Kivu"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Literal

from spacy.tokens import Span

from standoff.extract.nouns import PART_WORDS
from standoff.model import PlaceMention

_TELLS = frozenset("said says added announced claimed confirmed reported stated insisted alleged".split())

#: What a name can hold: it is a country, a region, or both a region and the city of that name.
Level = Literal["country", "region", "both"]


def contained(
    text: str,
    mentions: Sequence[PlaceMention],
    levels: Sequence[Level | None],
    apart: Collection[int] = (),
    is_in: Callable[[str, str], bool] = lambda *_: False,
) -> list[PlaceMention]:
    """Tie mentions of a place in a place: "X, Y", "X (Y)" and "X in Y" where Y can hold X.

    Parameters
    ----------
    text : str
        The report's text.
    mentions : sequence of PlaceMention
        In text order, none over another.
    levels : sequence of str or None
        What each name can hold; None for what holds no other place.
    apart : collection of int
        Numbers of mentions whose comma ends a phrase: "In Damascus, Iran said".
    is_in : callable
        Whether a town of a name lies in a region or country of a name: there is a Lebanon in Pennsylvania.

    Returns
    -------
    list of PlaceMention
        The same mentions with ``inside`` filled in.
    """
    gaps = [text[a.end : b.start].strip().lower() for a, b in pairwise(mentions)]
    out = []
    for here, mention in enumerate(mentions):
        inside = None
        if (
            here < len(gaps)
            and here not in apart
            and _is_written_inside(gaps[here])
            and mentions[here + 1].kind == "toponym"
        ):
            goes_on = (
                here + 2 < len(mentions) and levels[here + 2] != "country" and _is_listed(gaps[here + 1])
            )
            holder = levels[here + 1]
            level = levels[here]
            if level == "country" and holder == "region" and not goes_on and gaps[here] != "(":
                level = None if is_in(mention.name or "", mentions[here + 1].name or "") else level
            if _is_list_of_countries(gaps, levels, here) and not is_in(
                mention.name or "", mentions[here + 1].name or ""
            ):
                holder = None  # "talks in Damascus, Jordan and Lebanon"
            # A bridge or a port lies in a town: "Baghdad Bridge in Mosul".
            is_site = (
                mention.kind == "facility" and gaps[here].startswith("in") and mention.name != mention.text
            )
            if mention.kind != "demonym" and (is_site or _can_hold(holder, level, is_list=goes_on)):
                inside = mentions[here + 1].id
        out.append(mention.model_copy(update={"inside": inside}))
    return out


def ends_fronted_phrase(name: Span, following: Span) -> bool:
    """Say whether the comma behind a name ends a phrase that opens the sentence: "Near Aleppo, Russia struck".

    Parameters
    ----------
    name, following : Span
        Two names of a parsed document, one behind the other.
    """
    doc, start = name.doc, name.sent.start
    if doc[start].pos_ != "ADP" or following.start != name.end + 1 or doc[name.end].text != ",":
        return False
    if any(token.pos_ in ("VERB", "AUX") for token in doc[start : name.start]):
        return False
    if following.end >= len(doc) or doc[following.end].text in (",", ")"):
        return False
    head = following.root
    head = head.head if head.dep_ in ("compound", "nmod", "amod") else head
    return head.dep_ in ("nsubj", "nsubjpass")


def _is_list_of_countries(gaps: Sequence[str], levels: Sequence[Level | None], here: int) -> bool:
    return (
        here + 2 < len(levels)
        and levels[here + 1] == "country"
        and levels[here + 2] == "country"
        and _is_listed(gaps[here + 1])
    )


def begins_attribution(name: Span, following: Span) -> bool:
    """Say whether the comma behind a name ends what is told, and the next name tells it: "A raid hit Sinjar, Ankara said".

    Parameters
    ----------
    name, following : Span
        Two names of a parsed document, one behind the other.
    """
    doc, sent = name.doc, name.sent
    if following.start != name.end + 1 or doc[name.end].text != "," or following.end >= sent.end:
        return False
    verb = doc[following.end]
    if verb.lower_ not in _TELLS or (verb.i + 1 < sent.end and doc[verb.i + 1].text == ","):
        return False
    told = any(token.pos_ in ("VERB", "AUX") for token in doc[sent.start : name.start])
    return told and not any(token.pos_ in ("VERB", "AUX") for token in doc[verb.i + 1 : sent.end])


def _is_written_inside(gap: str) -> bool:
    words = gap.replace(",", " ").split()
    return gap in (",", "(") or (words[:1] == ["in"] and set(words[1:]) <= {"the", "central", *PART_WORDS})


def _is_listed(gap: str) -> bool:
    return gap in (",", "and", "or", ", and", ", or")


def _can_hold(holder: Level | None, item: Level | None, *, is_list: bool) -> bool:
    """Say whether "X, Y" can mean that X lies in Y; a list goes on behind Y: "Aleppo, Idlib and Homs"."""
    if holder is None or item == "country":
        return False
    if holder == "region":
        return item != "region"
    return holder == "country" or (item is None and not is_list)
