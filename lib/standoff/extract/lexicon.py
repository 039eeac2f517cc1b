"""What the search for names works with: what a lexicon answers, what is found, stretches of capitalised words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from spacy.tokens import Doc, Span

from standoff.extract.evidence import binds, is_name_like
from standoff.extract.inside import Level
from standoff.model import MentionKind


class Sense(Protocol):
    """One thing that a name can mean; a gazetteer's hit has these."""

    @property
    def matched(self) -> str:
        """How the name matched: name, alternate, abbreviation or demonym."""

    @property
    def exact(self) -> bool:
        """Whether it is written so in the lexicon."""

    @property
    def read_as(self) -> str | None:
        """By which rule the name was read otherwise, or None where it is found as it stands."""

    @property
    def admin1(self) -> str | None:
        """The code of the region that the place is in, or is."""

    @property
    def place(self) -> Any:
        """The gazetteer's entry, of which ``feature`` and ``population`` are used."""


class Lexicon(Protocol):
    """What knows names: the gazetteer, seen from the words' side."""

    def lookup(self, name: str, limit: int = 50) -> Sequence[Sense]:
        """Return the senses of a name, the best first; none if it is unknown."""


@dataclass(frozen=True)
class Found:
    """A mention in the making: its tokens, the tokens of the bare name, what kind."""

    start: int
    end: int
    name: str
    kind: MentionKind
    hint: str | None
    level: Level | None


def runs_of(doc: Doc, glued: set[int]) -> Iterator[Span]:
    """Yield the maximal stretches of capitalised words, with the particles and the tokens that bind them."""
    start: int | None = None
    for sent in doc.sents:
        start = None
        last = sent.start
        for token in sent:
            if is_name_like(token) or (start is not None and token.i in glued and token.is_alpha):
                start = token.i if start is None else start
                last = token.i
            elif start is not None and token.i not in glued and not binds(token):
                yield doc[start : last + 1]
                start = None
        if start is not None:
            yield doc[start : last + 1]
