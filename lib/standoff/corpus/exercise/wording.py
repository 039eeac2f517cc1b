"""Facts in words: each type of event in five styles, with its toll, its day and its place."""

from __future__ import annotations

from datetime import date

from standoff.corpus.exercise.facts import Fact

STYLES = 5
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
# A, a: who; T, t: to whom; w: where; d: when; k: what came of it, after a comma; K: the same, as a sentence;
# c: the same before "when"; s: who says so.
_LEADS = {
    "shelling": (
        "{A} shelled {t} {w} {d}{k}, {s} said.",
        "{c} when shells fired by {a} hit {t} {w} {d}, {s} said.",
        "Shelling by {a} struck {t} {w} {d}. {K}",
        "{S} said that {a} had shelled {t} {w} {d}. {K}",
        "{T} {w} came under shelling by {a} {d}, {s} reported. {K}",
    ),
    "air strike": (
        "An air strike by {a} hit {t} {w} {d}{k}, {s} said.",
        "{c} when jets of {a} bombed {t} {w} {d}, {s} said.",
        "Jets of {a} bombed {t} {w} {d}. {K}",
        "{S} said that {a} had carried out an air strike on {t} {w} {d}. {K}",
        "{T} {w} was hit by an air strike of {a} {d}, {s} reported. {K}",
    ),
    "drone strike": (
        "A drone strike by {a} hit {t} {w} {d}{k}, {s} said.",
        "{c} when a drone of {a} struck {t} {w} {d}, {s} said.",
        "A drone of {a} struck {t} {w} {d}. {K}",
        "{S} said that {a} had carried out a drone strike on {t} {w} {d}. {K}",
        "{T} {w} was hit by a drone strike of {a} {d}, {s} reported. {K}",
    ),
    "ambush": (
        "{A} ambushed {t} {w} {d}{k}, {s} said.",
        "{c} when {a} ambushed {t} {w} {d}, {s} said.",
        "An ambush by {a} hit {t} {w} {d}. {K}",
        "{S} said that {a} had ambushed {t} {w} {d}. {K}",
        "{T} was ambushed by {a} {w} {d}, {s} reported. {K}",
    ),
    "bombing": (
        "A bomb planted by {a} hit {t} {w} {d}{k}, {s} said.",
        "{c} when a bomb planted by {a} hit {t} {w} {d}, {s} said.",
        "A bomb of {a} damaged {t} {w} {d}. {K}",
        "{S} said that {a} had bombed {t} {w} {d}. {K}",
        "{T} was hit by a bomb of {a} {w} {d}, {s} reported. {K}",
    ),
    "ground attack": (
        "{A} attacked {t} {w} {d}{k}, {s} said.",
        "{c} when {a} attacked {t} {w} {d}, {s} said.",
        "An attack by {a} hit {t} {w} {d}. {K}",
        "{S} said that {a} had attacked {t} {w} {d}. {K}",
        "{T} was attacked by {a} {w} {d}, {s} reported. {K}",
    ),
    "kidnapping": (
        "{A} kidnapped {t} {w} {d}, {s} said.",
        "{T} were kidnapped by {a} {w} {d}, {s} said.",
        "{A} abducted {t} {w} {d}.",
        "{S} said that {a} had abducted {t} {w} {d}.",
        "{T} were abducted by {a} {w} {d}, {s} reported.",
    ),
    "flood": (
        "Floods damaged {t} {w} {d}{k}, {s} said.",
        "{c} when floods swept away {t} {w} {d}, {s} said.",
        "A flood destroyed {t} {w} {d}. {K}",
        "{S} said that floods had damaged {t} {w} {d}. {K}",
        "{T} {w} were damaged by floods {d}, {s} reported. {K}",
    ),
}  # fmt: skip
TYPES = tuple(_LEADS)
_DENIALS = {
    "shelling": "{S} denied that {a} had shelled {t} {w} {d}.",
    "air strike": "{S} denied that {a} had bombed {t} {w} {d}.",
    "drone strike": "{S} denied that a drone of {a} had struck {t} {w} {d}.",
    "bombing": "{S} denied that {a} had bombed {t} {w} {d}.",
}
_SOURCES = ("two officials", "residents", "the council", "a doctor", "the governor's office")
# What tells no event: reports are not all lead.
_FILLERS = (
    "Telephone lines were down for hours. The families of those concerned have been told.",
    "Shops stayed closed on the following morning. People spoke of a long night.",
    "Further information is expected from the council.",
    "The account could not be confirmed independently. Roads were open again by evening.",
    "The prefect asked for calm, and thanked the staff of the hospital.",
)


def lead(fact: Fact, style: int, published: date, day: str | None = None, *, denied: bool = False) -> str:
    """Return the sentences that tell a fact in a style.

    Examples
    --------
    >>> hit = Fact("f", date(2021, 9, 7), date(2021, 9, 7), "shelling", "Gao", 12, "north", "rebels", "a school", 4, 0)
    >>> lead(hit, 0, date(2021, 9, 8))
    'Rebels shelled a school 12 km north of Gao on Tuesday, killing four people, two officials said.'
    """
    template = _DENIALS[fact.type] if denied else _LEADS[fact.type][style]
    source = _SOURCES[style]
    actor = fact.actor or ""
    words = {
        "a": actor, "A": _capital(actor), "t": fact.target, "T": _capital(fact.target),
        "w": where(fact), "d": day or when(fact, published), "s": source, "S": _capital(source),
        "k": _participle(fact), "K": _sentence(fact), "c": _clause(fact),
    }  # fmt: skip
    return template.format(**words).strip()


def filler(style: int) -> str:
    """Return sentences that tell no event."""
    return _FILLERS[style]


def where(fact: Fact) -> str:
    """Return where a fact happened, in words."""
    if fact.distance_km is None:
        return f"in {fact.place}"
    return f"{fact.distance_km} km {fact.bearing} of {fact.place}"


def when(fact: Fact, published: date) -> str:
    """Return when, in words: a weekday of the week before, else the date."""
    if fact.first != fact.last:
        return f"between {fact.first.day} {fact.first:%B} and {fact.last.day} {fact.last:%B}"
    if 0 <= (published - fact.first).days <= 6:
        return f"on {fact.first:%A}"
    return f"on {fact.first.day} {fact.first:%B}"


def number(value: int) -> str:
    """Return a number as papers write it.

    Examples
    --------
    >>> number(4), number(14)
    ('four', '14')
    """
    return _NUMBERS[value] if value < len(_NUMBERS) else str(value)


def _people(value: int) -> str:
    return f"{number(value)} {'person' if value == 1 else 'people'}"


def _participle(fact: Fact) -> str:
    parts = [f"killing {_people(fact.killed)}"] if fact.killed else []
    if fact.wounded:
        parts.append(f"wounding {number(fact.wounded) if parts else _people(fact.wounded)}")
    return f", {' and '.join(parts)}" if parts else ""


def _clause(fact: Fact) -> str:
    parts = [f"{_capital(_people(fact.killed))} {_were(fact.killed)} killed"] if fact.killed else []
    if fact.wounded:
        who = number(fact.wounded) if parts else _capital(_people(fact.wounded))
        parts.append(f"{who} {'' if parts else _were(fact.wounded) + ' '}wounded")
    return " and ".join(parts) or "Nobody was hurt"


def _sentence(fact: Fact) -> str:
    if fact.killed is None and fact.wounded is None:
        return ""
    return f"{_clause(fact)}."


def _were(value: int) -> str:
    return "was" if value == 1 else "were"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
