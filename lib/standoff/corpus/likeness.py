"""How far two tellings agree in words, type and parties: the parts of a comparison that know no place and no day."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standoff.model import Count, Event

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    "the and for with from that this were was has had have its their his her who which when where while after "
    "before into onto over under near about said says say told according also but not are been being they them "
    "one two three four five six seven eight nine ten dozen people person killed wounded dead injured died least "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december morning afternoon evening night day week month year "
    "north south east west northeast northwest southeast southwest northern southern eastern western kilometres".split()
)
_SUFFIXES = ("ings", "ing", "ies", "ed", "es", "s")
_LEAST_STEM = 4

#: Types that reports of one event may give it; others are different events.
_COMPATIBLE = (
    frozenset({"air strike", "drone strike", "missile strike", "shelling", "strike", "attack", "explosion"}),
    frozenset({"bombing", "explosion", "attack", "assassination", "fire"}),
    frozenset({"ground attack", "attack", "ambush", "clash", "assassination"}),
    frozenset({"boarding", "seizure", "attack", "kidnapping"}),
    frozenset({"kidnapping", "arrest"}),
    frozenset({"sinking", "accident", "fire", "explosion"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"interception", "shootdown"}),
    frozenset({"deployment", "ground attack", "seizure"}),
    frozenset({"evacuation", "withdrawal"}),
)
_STATE = frozenset(
    "army soldier troop government military police force air navy aircraft jet helicopter guard".split()
)
_ARMED = frozenset(
    "rebel militant insurgent fighter gunmen gunman attacker men terrorist bandit militia armed group jihadist "
    "separatist assailant pirate unknown unidentified suspected member".split()
)

#: Things that reports of one event may name by one another's words.
_THINGS = tuple(
    frozenset(words.split())
    for words in (
        "truck lorry lorrie vehicle convoy column car tanker pickup bus minibus",
        "barrack base camp garrison outpost position headquarters compound military army",
        "police checkpoint station post",
        "market bazaar shop stall",
        "depot store warehouse storage refinery terminal fuel oil",
        "power plant substation electricity grid",
        "ship vessel tanker carrier boat ferry ferri freighter dhow",
        "house home village building apartment residential district neighbourhood",
        "worker engineer civilian resident villager passenger farmer aid staff",
        "school classroom pupil student university",
        "hospital clinic patient ambulance",
    )
)


def stems(words: str | None) -> frozenset[str]:
    """Return the telling words of a phrase, without endings.

    Examples
    --------
    >>> sorted(stems("Rebels of the River Guard shelled two markets"))
    ['guard', 'market', 'rebel', 'river', 'shell']
    """
    return frozenset(_stem(word) for word in _WORD.findall((words or "").casefold()) if word not in _COMMON)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word[: -len(suffix)]
    return word


def same_kind(a: str, b: str) -> float | None:
    """Return 1 for one type, 0.5 for types that reports of one event may give it, None for others.

    Examples
    --------
    >>> same_kind("shelling", "shelling"), same_kind("shelling", "attack"), same_kind("flood", "ambush")
    (1.0, 0.5, None)
    """
    if a == b:
        return 1.0
    return 0.5 if any(a in group and b in group for group in _COMPATIBLE) else None


def same_thing(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Return 1 for targets that share a word, 0.5 for things of one kind, -1 for others; None where one is not told.

    Examples
    --------
    >>> same_thing(stems("a school"), stems("the primary school")), same_thing(stems("a school"), stems("a bus"))
    (1.0, -1.0)
    """
    if not a or not b:
        return None
    if a & b:
        return 1.0
    return 0.5 if any(a & kind and b & kind for kind in _THINGS) else -1.0


@dataclass(frozen=True)
class Party:
    """Who a phrase names: names of its own, and the side that common words put it on."""

    names: frozenset[str]
    common: frozenset[str]

    @classmethod
    def of(cls, words: str | None) -> Party:
        """Read a phrase."""
        found = stems(words)
        common = found & (_STATE | _ARMED)
        return cls(found - common, common)

    @property
    def told(self) -> bool:
        """Whether anybody is named."""
        return bool(self.names or self.common)

    def agrees(self, other: Party) -> float | None:
        """Return 1 for one name, 0.5 for one side, -1 for different parties; None where it cannot be told.

        Examples
        --------
        >>> Party.of("M23 rebels").agrees(Party.of("the army")), Party.of("gunmen").agrees(Party.of("rebels"))
        (-1.0, 0.5)
        """
        if not (self.told and other.told):
            return None
        if self.names & other.names:
            return 1.0
        sides = [(bool(party.common & _STATE), bool(party.common & _ARMED)) for party in (self, other)]
        if (self.names and other.names) or sides in (
            [(True, False), (False, True)],
            [(False, True), (True, False)],
        ):
            return -1.0
        if any(map(all, zip(*sides, strict=True))):
            return 0.5
        return None


class Rarity:
    """How much it says that two tellings share a word: little for one that many use.

    Parameters
    ----------
    tellings : iterable of sets of stems
    """

    def __init__(self, tellings: Iterable[frozenset[str]]) -> None:
        counts: Counter[str] = Counter()
        number = 0
        for words in tellings:
            counts.update(words)
            number += 1
        self._weights: Mapping[str, float] = {w: math.log((number + 1) / n) for w, n in counts.items()}

    def likeness(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the cosine of two sets of words, weighed by how rare each is; 0 to 1."""
        length = math.sqrt(self._square(a) * self._square(b))
        return self._square(a & b) / length if length else 0.0

    def _square(self, words: frozenset[str]) -> float:
        return sum(self._weights.get(word, 0.0) ** 2 for word in words)


def counts_agree(a: Count | None, b: Count | None) -> bool | None:
    """Say whether two counts can be the same number; None where one is not told.

    Examples
    --------
    >>> four, least_three = Count(low=4, best=4, high=4), Count(low=3, best=3, high=None)
    >>> counts_agree(four, least_three), counts_agree(four, None)
    (True, None)
    """
    if a is None or b is None:
        return None
    return (b.high is None or a.low <= b.high) and (a.high is None or b.low <= a.high)


def sides_of(event: Event) -> tuple[Party, Party]:
    """Return who did it and to whom."""
    return Party.of(event.actor), Party.of(event.target)
