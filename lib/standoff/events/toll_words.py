"""Tolls that stand in nouns and denials: "ten dead", "the toll rose to 21", "nobody was hurt", "claimed 30 lives".

They are read by the words alone: parsers do not agree about "ten dead and 31 wounded".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from standoff.extract import numbers
from standoff.model import Count

What = Literal["killed", "wounded"]
#: More people than died of any one event; a larger number is no toll.
MOST = 5_000_000
NONE = Count(low=0, best=0, high=0)

_MANY = frozenset("tens dozens scores hundreds thousands".split())
_NUMBER = (
    rf"(?:{numbers.NUMBER}|(?:a\s+)?(?:dozen|couple)"
    r"|(?:tens|dozens|scores|hundreds|thousands)(?:\s+of\s+(?:thousands|people))?|several)"
)
_HEDGE = (
    r"(?:(?:at\s+least|more\s+than|over|no\s+fewer\s+than|some|about|around|an\s+estimated|up\s+to|as\s+many\s+as|nearly|almost"
    r"|fewer\s+than|less\s+than|a\s+further|another|only|just|roughly|approximately)\s+){0,2}"
)
_HURT = r"(?:hurt|injured|wounded|harmed|killed)"
_NO_OR = r"(?:\s+(?:or|and|nor)\s+[\w-]{1,20})?"
_BY_NOUN = re.compile(
    rf"\b{_HEDGE}(?P<number>{_NUMBER})(?:\s+(?!(?:and|were|was|are|killed|dead|have|has|had|but|from|when|who|in|on|at)\b)[\w'’-]{{1,30}}){{0,5}}?"
    r"\s+(?:(?:were|was|are|is|lay|left|have\s+been|had\s+been|has\s+been)\s+)?(?:reported\s+|confirmed\s+|feared\s+|also\s+)?"
    r"(?P<what>dead|killed|wounded|injured|hurt|fatalities|deaths|injuries)\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    rf"\b(?:claim(?:s|ed|ing)?|took|taking|takes|cost(?:ing)?)\s+(?:the\s+lives\s+of\s+)?{_HEDGE}(?P<number>{_NUMBER})\s+lives\b"
    rf"|\b(?:claim(?:s|ed|ing)?|took|taking|cost(?:ing)?)\s+the\s+lives\s+of\s+{_HEDGE}(?P<number2>{_NUMBER})\b"
    rf"|\bloss\s+of\s+{_HEDGE}(?P<number3>{_NUMBER})\s+(?:lives|people|men|civilians|soldiers|sailors|crew)\b"
    rf"|\b(?P<number4>{_NUMBER})\s+(?:(?!(?:at|over|some|about)\b|\d)[\w-]{{1,20}}\s+){{0,9}}?lost\s+their\s+lives\b"
    rf"|\b(?:deaths?|killings?|massacre|murders?)\s+of\s+{_HEDGE}(?P<number5>{_NUMBER})\b"
    rf"|\b(?P<number9>{_NUMBER})(?:\s+[\w-]{{1,20}}){{0,4}}?\s+(?:has|have|was|were|had)\s+(?:since\s+|later\s+)?(?:been\s+)?found\s+dead\b|\b(?P<number6>{_NUMBER})\s+bodies\b|\bbody\s+of\s+(?P<number8>a|an|one)\s"
    rf"|\b(?:put|puts|putting)\s+the\s+(?:dead|death\s+toll|toll|number\s+of\s+dead)\s+(?:(?:in|of|from)\s+(?:[\w'’-]{{1,20}}\s+){{1,6}})?at\s+{_HEDGE}(?P<number7>{_NUMBER})\b",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:death\s+toll|toll|number\s+of\s+(?:dead|deaths|people\s+killed|those\s+killed)|the\s+dead\s+(?=were\b|are\b|number))\b(?P<between>[^.;:\n]{0,60}?)"
    rf"\b(?:to|at|of|is|was|were|are|number(?:ed|s)?|passed|passes|reached|reaches|tops|topped|stands\s+at)\s+{_HEDGE}(?P<number>{numbers.NUMBER})\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    rf"\b(?:no(?:body|\s+one|\s+(?!word|doubt|longer)[\w-]{{1,20}}){_NO_OR}|none)\s+(?:(?:was|were|is|has\s+been|have\s+been|had\s+been)\s+)?(?:\w{{1,15}}\s+)?(?P<hurt>{_HURT})\b"
    r"|\b(?:no(?:\s+reports?\s+of)?|without(?:\s+any)?|caused\s+no|nor\s+any)\s+(?:\w{1,15}\s+){0,2}?"
    r"(?P<noun>casualties|injuries|deaths|victims|fatalities|loss\s+of\s+life|dead|wounded|injury)\b"
    r"|\b(?:nobody|no\s+one|none)\s+(?:\w{1,15}\s+){0,3}?(?P<died>died|perished)\b",
    re.IGNORECASE,
)
_NO_SOME = re.compile(r"(?i)no\s+(?!one\b|body\b|casualt|injur|death|victim|fatal|reports?\b|further\b)")
_SAFE = re.compile(
    r"\b(?:crew|crewmen|sailors|seafarers|occupants|passengers|pilots?|hands|persons?|everyone|everybody|people)\b[^.;\n]{0,40}?"
    r"\b(?:safe|unharmed|unhurt|uninjured|not\s+(?:been\s+)?(?:harmed|hurt|injured))\b",
    re.IGNORECASE,
)
# "local sources speak of 160", where the sentence speaks of the dead.
_SPEAK_OF = re.compile(
    rf"\bsp(?:eak|oke|eaks)\s+of\s+{_HEDGE}(?P<number>{numbers.NUMBER})\b(?!\s+(?:dead|killed|wounded|injured))",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r"\b(?:escap|emerg|surviv|walk)\w{0,3}\s+(?:\w{1,15}\s+){0,3}?(?:unhurt|unharmed|uninjured|unscathed)\b",
    re.IGNORECASE,
)
_OF_DEAD = re.compile(r"\b(?:dead|death|killed|died|bodies|toll)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:immediate(?:ly)?|unclear|not\s+clear|not\s+known|no\s+word|without\s+word)\b", re.IGNORECASE
)
_HAD_BEEN = re.compile(
    r"\b(?:up\s+from|had\s+stood\s+at|previous(?:ly)?|earlier\s+(?:toll|figure|count|tally)|raised?\s+(?:\w+\s+)?from|corrected|instead\s+of|had\s+(?:first\s+|initially\s+)?(?:reported|given|put|spoken))\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:also|another|further|more|as\s+well|in\s+addition)\b(?!\s+than)", re.IGNORECASE)
_RISEN = re.compile(
    r"\b(?:rise|rose|risen|g(?:o|oes|one|oing)\s+up|went\s+up|climb|reach|gr[eo]w|increase|raised|updat|jump|pass|revis|topp?)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?i)\b(?:in|since|of|until|and|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s*(?:19|20)\d\d$"
)
_SPEAKS = re.compile(r"(?i)\b(?:speaks?|spoke|spoken|toll|total|estimates?|figures?)\s+of\s+(?:\w+\s+){0,2}$")
_PART = re.compile(r"\b(?:of|among|including)\s+(?:the\s+|whom\s+|them\s+)?$", re.IGNORECASE)
_OF_THEM = re.compile(r"\b(?:of\s+(?:them|the|those|whom|which)|among)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A toll by words: what, how many, at which offset, and how it stands to others.

    ``weak`` marks what only follows: nobody was hurt, so nobody was killed.
    """

    what: What
    count: Count
    at: int
    adds: bool = False
    updates: bool = False
    weak: bool = False


def told_in(text: str) -> Iterator[Told]:
    """Yield the tolls that a sentence tells by nouns and denials.

    Examples
    --------
    >>> [(t.what, t.count.best) for t in told_in("It left a dozen people dead; 31 others were wounded.")]
    [('killed', 12), ('wounded', 31)]
    >>> [(t.what, t.count.best) for t in told_in("There were no injuries.") if not t.weak]
    [('wounded', 0)]
    """
    yield from _none_in(text)
    yield from _treated_in(text)
    for pattern in (_TOLL, _LIVES, _BY_NOUN):
        for match in pattern.finditer(text):
            told = _of_match(text, match)
            if told is not None:
                yield told
    if _OF_DEAD.search(text):
        for match in _SPEAK_OF.finditer(text):
            count = read(match["number"], text[max(0, match.start("number") - 24) : match.start("number")])
            if count is not None:
                yield Told("killed", count, match.start("number"))


_TREATED = re.compile(
    rf"\b{_HEDGE}(?P<number>{_NUMBER})(?:\s+(?!(?:and|who|in|on|at)\b)[\w'’-]{{1,30}}){{0,4}}?\s+(?:(?:were|was|are|is|been)\s+)?"
    r"(?:taken\s+to\s+(?:the\s+|a\s+)?hospitals?|hospitali[sz]ed|in\s+hospital|treated\s+(?:for|in|at)"
    r"|(?:suffered|sustained|received)\s+(?:[\w-]{1,20}\s+){0,3}?(?:injur(?:y|ies)|burns?|wounds?)"
    r"|in\s+(?:a\s+)?(?:serious|critical|stable|grave)\s+condition)\b",
    re.IGNORECASE,
)


def _treated_in(text: str) -> Iterator[Told]:
    """Yield the wounded that are told by where they were taken: "eight others were taken to hospital"."""
    for match in _TREATED.finditer(text):
        count = read(match["number"], text[max(0, match.start("number") - 24) : match.start("number")])
        if count is not None:
            yield Told("wounded", count, match.start("number"))


def _none_in(text: str) -> Iterator[Told]:
    for match in _NOBODY.finditer(text):
        if _UNSURE.search(text[max(0, match.start() - 20) : match.end()]):
            continue
        told = " ".join((match["hurt"] or match["noun"] or match["died"]).lower().split())
        at = match.start()
        # "no civilians were harmed" says nothing of others
        some = match["hurt"] is not None and _NO_SOME.match(match[0]) is not None
        if told in ("casualties", "victims", "harmed") or some:
            yield Told("killed", NONE, at, weak=some)
            yield Told("wounded", NONE, at, weak=some)
        elif told in ("killed", "deaths", "fatalities", "loss of life", "dead", "died", "perished"):
            yield Told("killed", NONE, at)
        else:
            yield Told("wounded", NONE, at)
            yield Told("killed", NONE, at, weak=True)
    for match in (*_SAFE.finditer(text), *_ESCAPED.finditer(text)):
        yield Told("killed", NONE, match.start(), weak=True)
        yield Told("wounded", NONE, match.start(), weak=True)


def _of_match(text: str, match: re.Match[str]) -> Told | None:
    groups = match.groupdict()
    name = next((key for key, value in groups.items() if key.startswith("number") and value), None)
    if name is None:
        return None
    at = match.start(name)
    lead = text[max(0, at - 24) : at]
    if _HAD_BEEN.search(text[max(0, at - 40) : at]) or (
        _PART.search(lead) and not _SPEAKS.search(lead) and name == "number" and match.re != _TOLL
    ):
        return None
    told = (groups.get("what") or "dead").lower()
    if told in ("killed", "wounded", "injured", "hurt") and _OF_THEM.search(match[0]):
        return None
    count = read(match[name], lead)
    if count is None or (
        groups.get("what") and re.search(r"(?i)\b(?:days?|years?|months?|hours?)\b", match[0])
    ):
        return None
    what: What = "killed" if told in ("dead", "killed", "fatalities", "deaths") else "wounded"
    return Told(
        what,
        count,
        at,
        adds=bool(_MORE.search(match[0])),
        updates="between" in groups and bool(_RISEN.search(match[0])),
    )


def is_old(words: str) -> bool:
    """Say whether words before a number make it one that no longer holds: "up from"."""
    return bool(_HAD_BEEN.search(words))


def is_more(words: str) -> bool:
    """Say whether words round a number put it on top of others: "two more"."""
    return bool(_MORE.search(words))


def read(text: str, lead: str) -> Count | None:
    """Return a number of people as words tell it, with the words before it.

    Examples
    --------
    >>> read("dozens", ""), read("12", "at least ").high
    (Count(low=24, best=None, high=99), None)
    """
    lowered = " ".join(text.lower().split())
    hedge = " ".join(lead.lower().split())
    first = lowered.split()[0]
    if first in _MANY or lowered.startswith(("a couple", "couple")):
        found = numbers.read(lowered if lowered.endswith(" of") else f"{lowered} of")
        return (
            None
            if found is None
            else Count(
                low=round(found.low), best=None, high=round(found.high) if found.high is not None else None
            )
        )
    if lowered == "several":
        return Count(low=3, best=None, high=None)
    value = (
        12.0 if lowered in ("a dozen", "dozen") else 1.0 if lowered in ("a", "an") else numbers.parse(lowered)
    )
    if value is None or value > MOST or value != round(value) or value > MOST:
        return None
    number = round(value)
    if re.search(r"(?:at least|more than|over|no fewer than|no less than)$", hedge):
        return Count(low=number, best=number, high=None)
    if re.search(
        r"(?:(?<!gone )(?<!went )(?<!goes )(?<!going )up to|as many as|fewer than|less than|at most)$", hedge
    ):
        return Count(low=0, best=None, high=number)
    return Count(low=number, best=number, high=number)
