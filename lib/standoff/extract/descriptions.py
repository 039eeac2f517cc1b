"""Descriptions that point to a named place: "the base", "the coalition base", "that location".

Also turns written coordinates into mentions, and numbers all mentions in text order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.extract.nouns import FEATURE_NOUNS, POINTING_NOUNS
from standoff.extract.state import text_of
from standoff.model import PlaceMention

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "its", "their"})
_POINTERS = frozenset({"that", "this"})
# Kinds of place that a bare description is taken to point to; "the region" or "the country" is too loose.
_DESCRIBED = frozenset(
    {
        "base",
        "airfield",
        "camp",
        "plant",
        "port",
        "crossing",
        "dam",
        "island",
        "city",
        "cape",
        "lake",
        "mountain",
        "bridge",
    }
)
_PLACED_KINDS = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})
# "capital" names another place than the one last spoken of, as a rule.
_TOO_LOOSE = frozenset(
    {"capital", "point", "range", "complex", "community", "headquarters", "hills", "terminal"}
)
_LINKS = frozenset({"at", "of", "in", "near", "called", "named", "known", "as", ","})


@Language.factory(
    "standoff_descriptions", requires=["doc._.place_mentions"], assigns=["doc._.place_mentions"]
)
class DescriptionFinder:
    """spaCy component: adds descriptions and coordinates to ``doc._.place_mentions``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add them for one document; every mention is renumbered in text order."""
        named: list[PlaceMention] = doc._.place_mentions
        coordinates = [
            PlaceMention(id=f"c{i}", text=p.text, start=p.start, end=p.end, kind="coordinates", name=None)
            for i, p in enumerate(doc._.coordinates)
        ]
        free = [m for m in named if not _covered(m.start, m.end, coordinates)]
        described, hints = _describe(doc, free)
        free = [m.model_copy(update={"feature_hint": hints.get(m.id, m.feature_hint)}) for m in free]
        doc._.place_mentions = _renumber([*free, *coordinates, *described])
        return doc


def _covered(start: int, end: int, others: Sequence[PlaceMention]) -> bool:
    return any(other.start < end and start < other.end for other in others)


def _renumber(mentions: list[PlaceMention]) -> list[PlaceMention]:
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    new = {mention.id: f"p{i}" for i, mention in enumerate(mentions, start=1)}
    return [
        mention.model_copy(
            update={
                "id": new[mention.id],
                "inside": new.get(mention.inside or ""),
                "refers_to": new.get(mention.refers_to or ""),
            }
        )
        for mention in mentions
    ]


def _describe(doc: Doc, named: list[PlaceMention]) -> tuple[list[PlaceMention], dict[str, str]]:
    """Return the descriptions, and the kinds of place that they state of names ("the base at X")."""
    described: list[PlaceMention] = []
    hints: dict[str, str] = {}
    for token in doc:
        kind = _kind_of(token)
        if kind is None or _covered(token.idx, token.idx + len(token), named):
            continue
        start = _start_of(token, named)
        if start is None:
            continue
        ahead = _ahead(doc, token, named) if kind in _PLACED_KINDS else None
        if ahead:
            hints[ahead.id] = ahead.feature_hint or kind
        target = ahead or _behind(token, kind, named, hints)
        text = text_of(doc)[start : token.idx + len(token)]
        described.append(
            PlaceMention(
                id=f"d{len(described)}", text=text, start=start, end=token.idx + len(token), kind="facility",
                feature_hint=None if kind == "any" else kind, refers_to=target.id if target else None,
                reason=None if target else f"no place named before {text!r} is of that kind",
            )
        )  # fmt: skip
    return described, hints


def _kind_of(token: Token) -> str | None:
    if token.pos_ != "NOUN" or token.dep_ in ("compound", "nmod") or token.lower_ in _TOO_LOOSE:
        return None
    determiners = {child.lower_ for child in token.lefts}
    if token.lower_ in POINTING_NOUNS and determiners & _POINTERS:
        return "any"
    kind = FEATURE_NOUNS.get(token.lower_)
    return kind if kind in _DESCRIBED and determiners & _DEFINITE else None


def _start_of(token: Token, named: list[PlaceMention]) -> int | None:
    """Return where the description starts; None when a name of that very place stands in it."""
    first = min((child for child in token.lefts if child.lower_ in _DEFINITE), key=lambda child: child.i)
    span = token.doc[first.i : token.i + 1]
    inner = [m for m in named if span.start_char <= m.start < span.end_char]
    if any(m.kind == "facility" for m in inner):
        return None
    return span.start_char


def _ahead(doc: Doc, token: Token, named: list[PlaceMention]) -> PlaceMention | None:
    """Return the name in "the base at X", "the port of X"."""
    following = next((m for m in named if m.start >= token.idx + len(token)), None)
    if following is None or following.kind == "demonym":
        return None
    between = text_of(doc)[token.idx + len(token) : following.start].lower().replace(",", " , ").split()
    return following if between and set(between) <= _LINKS | {"the"} else None


def _behind(token: Token, kind: str, named: list[PlaceMention], hints: dict[str, str]) -> PlaceMention | None:
    """Return the latest name before a description that is, or is called, such a place; first by the same noun."""
    doc, position = token.doc, token.idx
    kinds: dict[str, set[str]] = {}
    for mention in named:
        if mention.name:
            hint = hints.get(mention.id, mention.feature_hint)
            kinds.setdefault(_core(mention.name), set()).update({hint} if hint else ())
    before = [m for m in named if m.end <= position and m.kind != "demonym" and m.name]
    called = {_core(m.name or "") for m in before if _is_called(doc, m, token.lower_)}
    for mention in reversed(before):
        if _core(mention.name or "") in called:
            return mention
    for mention in reversed(before):
        known = kinds[_core(mention.name or "")]
        if kind == "any" and (known & _PLACED_KINDS):
            return mention
        if kind in known:
            return mention
    if kind in ("any", "city"):
        loose = [m for m in before if not kinds[_core(m.name or "")] and _is_local(m, doc)]
        return loose[-1] if loose else None
    return None


def _is_called(doc: Doc, mention: PlaceMention, noun: str) -> bool:
    """Say whether the noun stands in or right beside a name: "Sake, a town of", "the city of Goma"."""
    word = re.escape(noun)
    before, after = (
        text_of(doc)[max(0, mention.start - 40) : mention.start],
        text_of(doc)[mention.end : mention.end + 40],
    )
    named = rf"\bthe\s+(?:\w+\s+){{0,2}}{word}\s+of\s+$"
    apposed = rf"^,\s+(?:an?|the)\s+(?:\w+\s+){{0,3}}{word}\b"
    return noun in mention.text.lower().split() or bool(
        re.search(named, before, re.IGNORECASE) or re.search(apposed, after, re.IGNORECASE)
    )


def _is_local(mention: PlaceMention, doc: Doc) -> bool:
    """Say whether a name can be a settlement: it is not what another name lies in."""
    containers = {m.inside for m in doc._.place_mentions if m.inside}
    names = {m.name for m in doc._.place_mentions if m.id in containers}
    return mention.name not in names


def _core(name: str) -> str:
    """Return the last word of a name that is no kind of place: "At Tanf" and "al-Tanf Garrison" share "tanf"."""
    words = [word for word in name.lower().replace("-", " ").split() if word not in FEATURE_NOUNS]
    return words[-1] if words else name.lower()
