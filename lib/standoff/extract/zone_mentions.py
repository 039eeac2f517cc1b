"""Mentions of zones: the noun phrases that can be one, and what stands right beside them.

A noun is a candidate by its word ("zone", "cordon") or by a word that restricts ("closed
area"). Whether it is a zone is told when all mentions are together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Token

from standoff.extract.claims import claim_of
from standoff.extract.zone_parse import Words
from standoff.extract.zone_words import (
    ALONG,
    CENTRE_LINK,
    CHANGE_BY_ITSELF,
    CHANGE_VERBS,
    CLOSED_BEHIND,
    CLOSES,
    CONTRASTS,
    CREATE_VERBS,
    DEEP,
    DIAMETER_BEFORE,
    DIAMETER_BEHIND,
    DISTANCE_TO,
    EXTENDS,
    MEMBERSHIP,
    NO_RADIUS,
    NOT_ZONES,
    RADIUS_LINK,
    WATER_FAMILIES,
    WISH_WORDS,
    ZONE_FAMILIES,
    ZONE_NOUNS,
)
from standoff.model import Claim, Measure, PlaceMention, Role

_LONGEST = 16  # words in front of the noun
_RADIUS_WITHIN = 60  # characters between a zone and a length behind it
_PLACE_WITHIN = 120  # characters between a zone and the place that it lies round
_DEFINITE = frozenset({"the", "that", "this", "its", "their", "those", "these"})
_ROUND_LINK = re.compile(r"^(?:a?round|surround|encircl|circl|cent)", re.IGNORECASE)
_BY_ORDER = frozenset({"free-fire", "cease-fire"})  # whose parts alone would make it another zone
_PARTS = re.compile(r"[^\s-]+")


@dataclass(frozen=True)
class Radius:
    """How far a length says that a zone reaches, and the role that the length gets."""

    measure: Measure
    metres: float
    low_m: float | None
    high_m: float | None
    role: Role = "radius"
    why: str = "the radius of a zone"
    note: str | None = None
    wide: bool = False  # a width: a radius only of what lies round a place


@dataclass(eq=False)
class ZoneMention:
    """One mention of a zone before mentions are put together."""

    start: int
    end: int
    text: str
    noun: str
    words: list[str]
    head: Token
    family: str | None
    restricts: bool  # by an adjective of its own
    closed: bool  # by a clause: "the area sealed off by police"
    points: bool  # "the area", which is a zone only if one is called so
    other_kind: bool  # "fishing zone": no word that restricts
    radii: list[Radius] = field(default_factory=list)
    strip: Radius | None = None
    anchor: PlaceMention | None = None
    linked: bool = False  # "around" or the like leads to the anchor
    changed: bool = False
    change: int | None = None  # the verb that says so, where it is of another sentence
    claim: Claim | None = None
    kind_words: list[str] = field(default_factory=list)
    contrasts: dict[str, str] = field(default_factory=dict)

    @property
    def definite(self) -> bool:
        """Whether it is spoken of as known."""
        return bool(self.words) and self.words[0] in _DEFINITE


class _Sides(NamedTuple):
    """What stands in or right behind the noun phrase."""

    radii: list[Radius]
    strip: Radius | None


def find_mentions(words: Words) -> list[ZoneMention]:
    """Return what can be a mention of a zone, in text order."""
    return [
        mention
        for token in words.doc
        if token.lower_ in ZONE_NOUNS and (mention := _mention(words, token)) is not None
    ]


def _mention(words: Words, token: Token) -> ZoneMention | None:
    top = _phrase_head(token)
    if token.pos_ not in ("NOUN", "PROPN") or (token.dep_ == "compound" and top is token):
        return None
    noun = ZONE_NOUNS[token.lower_]
    first = _first_token(words, token, top)
    start, end = first.idx, token.idx + len(token)
    own = re.sub(r"[“”\"'‘’,()]", " ", words.text[start:end].lower()).split()[:-1]
    family = _family(words, token, own)
    closed = family is None and noun in ("area", "waters") and _is_closed(words, token)
    if (noun == "waters" and family not in (WATER_FAMILIES | {None})) or _is_other(words, token, own, family):
        return None
    mention = ZoneMention(
        start=start, end=end, text=words.text[start:end], noun=noun, words=own, head=token,
        family="generic" if closed else family, restricts=family is not None, closed=closed, points=False,
        other_kind=False, kind_words=_kind_words(words, token, first, own),
        contrasts=dict(CONTRASTS[word] for word in own if word in CONTRASTS),
    )  # fmt: skip
    mention.other_kind = family is None and bool(mention.kind_words)
    mention.radii, mention.strip = _beside(words, mention)
    mention.anchor, mention.linked = _anchor(words, mention)
    mention.changed = _is_changed(top)
    mention.claim = _claim(words, top, own)
    return mention if _can_be(words, mention) else None


def _can_be(words: Words, mention: ZoneMention) -> bool:
    """Say whether the noun alone, or what it is told with, can be a zone."""
    if mention.restricts or mention.closed or mention.noun == "zone":
        return True
    if mention.noun in ("cordon", "perimeter", "buffer", "bubble") and (
        mention.linked or (mention.radii and mention.noun == "cordon")
    ):
        return mention.noun not in ("buffer", "bubble") or bool(mention.radii)
    behind = words.text[mention.end : mention.end + _RADIUS_WITHIN].lower()
    if mention.noun == "area" and mention.radii and " radius" in behind:
        return True
    pointing = (
        mention.definite
        and len(mention.words) == 1
        and mention.noun in ("area", "waters", "cordon", "perimeter")
    )
    mention.points = pointing and bool(
        MEMBERSHIP.search(words.text[max(0, mention.start - 20) : mention.start])
    )
    return mention.points


def _phrase_head(token: Token) -> Token:
    """Return the head of a zone's phrase: the parser can take "round" in "the buffer zone round X" for it."""
    behind = token.head
    return (
        behind if token.dep_ == "compound" and behind.lower_ == "round" and behind.i == token.i + 1 else token
    )


def _first_token(words: Words, head: Token, top: Token) -> Token:
    """Return the first token of the noun phrase, without clauses that hang on it to the left."""
    lefts = [t for t in words.lefts(head) if t.dep_ not in ("cc", "punct", "conj")]
    if top is not head:
        lefts += [t for t in words.lefts(top) if t.i < head.i and t.dep_ not in ("cc", "punct", "conj")]
    first = min((t.left_edge.i for t in lefts), default=head.i)
    return head.doc[max(first, head.i - _LONGEST, words.sentences[words.sentence_of(head)][0])]


# ---------------------------------------------------------------------------------------------------- which kind


def _family(words: Words, head: Token, own: list[str]) -> str | None:
    for word in own:
        if word in ZONE_FAMILIES:
            return ZONE_FAMILIES[word]
    if any(word.startswith("no-") and word != "no-man" and not word.startswith("no-man") for word in own):
        return "generic"
    of = _of_object(words, head)
    return ZONE_FAMILIES.get(of.lower_) if of is not None else None


def _of_object(words: Words, head: Token) -> Token | None:
    prep = next((t for t in words.rights(head)[:3] if t.dep_ == "prep" and t.lower_ == "of"), None)
    return next((t for t in words.rights(prep) if t.dep_ == "pobj"), None) if prep is not None else None


def _is_other(words: Words, head: Token, own: list[str], family: str | None) -> bool:
    """Say whether it is a zone that nobody is kept out of: a time zone, a zone of influence, a 20-mph zone."""
    if family is not None:
        return False
    if "control" in own and not any(char.isdigit() for word in own for char in word):
        return True  # "a 10-km control zone" is drawn by order
    telling = [word for word in own if word not in _BY_ORDER]
    if any(word in NOT_ZONES or any(p in NOT_ZONES for p in _PARTS.findall(word)) for word in telling):
        return True
    of = _of_object(words, head)
    if of is not None and of.lower_ in NOT_ZONES:
        return True
    return any(word in ("mph", "km/h", "kph") or word.endswith(("-mph", "mph", "km/h")) for word in own)


def _is_closed(words: Words, head: Token) -> bool:
    """Say whether a clause keeps people out: "sealed off the area", "waters that ships were told to leave"."""
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "off" else head.head
    if head.dep_ in ("dobj", "nsubjpass", "pobj") and verb.pos_ == "VERB" and CLOSES.match(verb.lower_):
        return True
    end = head.idx + len(head)
    return bool(CLOSED_BEHIND.match(words.text[end : end + _PLACE_WITHIN]))


def _kind_words(words: Words, head: Token, first: Token, own: list[str]) -> list[str]:
    """Return the nouns that say which kind of zone it is: "fishing" in "a 12-mile fishing zone"."""
    lengths = takewhile(lambda m: m.start < head.idx, words.lengths_from(first.idx))
    spans = [(m.start, m.end) for m in lengths]
    return [
        token.lower_
        for token in head.doc[first.i : head.i]
        if token.dep_ in ("compound", "nmod")
        and token.pos_ == "NOUN"
        and token.head == head
        and token.lower_ in own
        and token.lower_ not in CONTRASTS
        and not any(start <= token.idx < end for start, end in spans)
        and words.place_at(token) is None
    ]


# ---------------------------------------------------------------------------------------------------- how far


def radius_of(words: Words, measure: Measure, *, diameter: bool = False) -> Radius | None:
    """Return the radius that a length states, half of it for a diameter; None for the size of a thing."""
    if not measure.si_value or not measure.value:
        return None
    across = DIAMETER_BEHIND.match(words.text[measure.end : measure.end + 20])
    before = DIAMETER_BEFORE.search(words.text[max(0, measure.start - 40) : measure.start])
    if diameter or across or before:
        what = "width" if across and across["wide"] else "diameter"
        why = "the diameter of a zone" if what == "diameter" else "how wide a zone is"
        note = f"its radius is half of {measure.text!r}, its {what}"
        return replace(_scaled(measure, 0.5, "dimension", why, note), wide=what == "width")
    is_size = measure.role == "dimension"
    return None if is_size else _scaled(measure, 1.0, "radius", "the radius of a zone", None)


def _scaled(measure: Measure, share: float, role: Role, why: str, note: str | None) -> Radius:
    metres = share * (measure.si_value or 0.0)
    scale = metres / measure.value
    low = None if measure.low is None else measure.low * scale
    high = None if measure.high is None else measure.high * scale
    return Radius(measure, metres, low, high, role, why, note)


def _strip(measure: Measure) -> Radius:
    note = f"{measure.text!r} is the depth of a strip, not the radius of a disc"
    return _scaled(measure, 1.0, "depth", "the depth of a strip", note)


def _beside(words: Words, mention: ZoneMention) -> _Sides:
    """Return the lengths that the noun phrase, or the words right behind it, give as its radius or its depth."""
    radii: list[Radius] = []
    along = ALONG.match(words.text[mention.end : mention.end + _RADIUS_WITHIN])
    for measure in takewhile(lambda m: m.end <= mention.end, words.lengths_from(mention.start)):
        deep = measure.role == "depth" or DEEP.match(words.text[measure.end : measure.end + 10])
        if measure.si_value and (deep or (along and _is_width(words, measure))):
            return _Sides([], _strip(measure))
        radius = None if measure.role in ("range", "travel") else radius_of(words, measure)
        radii += [radius] if radius else []
    return _Sides(radii, None) if radii else _behind(words, mention)


def _is_width(words: Words, measure: Measure) -> bool:
    """Say whether a length in front of a zone that runs along a line is how wide it is."""
    across = DIAMETER_BEHIND.match(words.text[measure.end : measure.end + 20])
    return measure.role in ("radius", "other") or bool(across and across["wide"])


def _behind(words: Words, mention: ZoneMention) -> _Sides:
    radii: list[Radius] = []
    position = mention.end
    for measure in words.lengths_from(mention.end):
        between = words.text[position : measure.start]
        if len(between) > _RADIUS_WITHIN or "." in between or "\n\n" in between:
            break
        linked = between.strip() in ("and", ",", "or", "to") if radii else RADIUS_LINK.match(between)
        after = words.text[measure.end : measure.end + _RADIUS_WITHIN]
        if not linked or not measure.si_value or measure.role in ("range", "travel"):
            break
        if DEEP.match(after):
            return _Sides([], _strip(measure))
        away = DISTANCE_TO.match(after) and not EXTENDS.search(between)
        radius = (
            None
            if away or NO_RADIUS.match(after)
            else radius_of(words, measure, diameter="diameter" in between)
        )
        if radius is None:
            break
        radii.append(radius)
        position = measure.end
    return _Sides(radii, None)


# ---------------------------------------------------------------------------------------------------- round what


def _anchor(words: Words, mention: ZoneMention) -> tuple[PlaceMention | None, bool]:
    """Return the place that the noun phrase holds or the words behind it lead to, and whether by "around"."""
    place = next(words.places_from(mention.end), None)
    if place is not None and place.start - mention.end <= _PLACE_WITHIN:
        between = words.text[mention.end : place.start]
        for radius in mention.radii:
            start, end = radius.measure.start - mention.end, radius.measure.end - mention.end
            if start >= 0:
                between = between[:start] + " " * (end - start) + between[end:]
        link = None if "." in between or ";" in between else CENTRE_LINK.match(between)
        if link and (link["link"].lower() != "from" or mention.radii):
            return words.owned(place), bool(_ROUND_LINK.match(link["link"]))
    inner = [
        p
        for p in takewhile(lambda p: p.end <= mention.end, words.places_from(mention.start))
        if p.kind != "coordinates" and p.name and not _is_owner(words, p)
    ]
    return (inner[-1] if inner else None), False


def _is_owner(words: Words, place: PlaceMention) -> bool:
    """Say whether a name in front of "zone" tells whose it is ("US zone"), not where its centre is."""
    if place.id in words.containers or words.is_country(place):
        return True
    token = words.token_at(place.start)
    return token.ent_type_ in ("GPE", "NORP") and place.text.isupper()


# ---------------------------------------------------------------------------------------------------- what became of it


def _is_changed(head: Token) -> bool:
    lemma = head.head.lemma_.lower()
    if head.dep_ in ("dobj", "nsubjpass", "obj"):
        return lemma in CHANGE_VERBS
    return head.dep_ == "nsubj" and lemma in CHANGE_BY_ITSELF


def _claim(words: Words, head: Token, own: list[str]) -> Claim | None:
    """Return the status of a zone where the words bring it about or wish for it; None where it is only spoken of."""
    if "proposed" in own or "planned" in own:
        return "planned"
    if own and own[0] == "no":
        return "denied"
    top = words.conjuncts(head)[0]
    if top.dep_ == "pobj" and top.head.lower_ in ("for", "of"):
        return "planned" if top.head.head.lemma_.lower() in WISH_WORDS else None
    if top.dep_ not in ("dobj", "nsubj", "nsubjpass", "attr", "obj"):
        return None
    verb = top.head.lemma_.lower()
    if verb in WISH_WORDS and top.dep_ != "nsubj":
        return "planned"
    if verb not in CREATE_VERBS | CHANGE_VERBS:
        return None
    claim = claim_of(top)
    return "planned" if claim == "hypothetical" and not _is_conditional(words, top.head) else claim


def _is_conditional(words: Words, verb: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ in ("if", "unless", "whether") for t in words.lefts(verb))
