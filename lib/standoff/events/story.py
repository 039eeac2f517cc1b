"""The tellings that are one event, and what the report says of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from standoff.events.bundles import Bundle
from standoff.events.tellings import Telling
from standoff.events.tolls import Toll
from standoff.extract.dates import When
from standoff.model import ActorRole


@dataclass
class Story:
    """Tellings that are one event.

    ``background`` says whether it is only told as what came long before, ``latest`` the
    position of its last trigger among the tokens.
    """

    tellings: list[Telling] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    denied_by: str | None = None
    blamed: tuple[Token, ActorRole] | None = None
    first: date | None = None
    last: date | None = None
    when: When | None = None
    basis: str | None = None
    follows: Story | None = None
    background: bool = True
    latest: int = -1
    spots: set[str] = field(default_factory=set)
    _plain: set[str] = field(default_factory=set)
    _any: set[str] = field(default_factory=set)
    _words: dict[str, set[str]] = field(default_factory=lambda: {"actor": set(), "target": set()})

    def add(self, bundle: Bundle) -> None:
        """Add the tellings of a sentence; what the story is known by is kept up, not put together anew at each look."""
        self.spots |= bundle.spots
        for telling in bundle.tellings:
            self.tellings.append(telling)
            self._any.add(telling.family)
            if not telling.is_outcome and not telling.refers_back:
                self._plain.add(telling.family)
            self._words["actor"] |= telling.actor_words
            self._words["target"] |= telling.target_words
            self.background = self.background and telling.background
            self.latest = max(self.latest, telling.trigger.token.i)

    @property
    def families(self) -> AbstractSet[str]:
        """The families of events that it can be."""
        return self._plain or self._any

    def words(self, side: str) -> AbstractSet[str]:
        """Return the words of all phrases for the actor or the target."""
        return self._words[side]

    @property
    def is_headline(self) -> bool:
        """Whether only the headline has told it."""
        return bool(self.tellings) and all(t.headline for t in self.tellings)
