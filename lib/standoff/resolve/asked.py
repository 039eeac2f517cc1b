"""Names that the gazetteer lacks, asked of an online geocoder: its answers as candidates, never for sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from standoff.model import Candidate, PlaceMention
from standoff.resolve.corrections import candidate_of
from standoff.resolve.groups import Match, Misspelt, Names, Speller, core

#: What a stranger says of a name that we cannot check is no certainty.
MOST_PROBABILITY = 0.89
#: A report with some unknown names is what public servers are for; a corpus is not.
MOST_NAMES = 30
_DID_MEAN = "; did the report mean "  # as `resolve` writes it


class Answered(Protocol):
    """What came of a name: the online geocoder's `Answer`."""

    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def hits(self) -> Sequence[Match]: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def doubts(self) -> Sequence[str | None]: ...  # noqa: D102


class Asked:
    """The gazetteer, and behind it what an online geocoder said of the names that it lacks.

    Parameters
    ----------
    gazetteer : Names
    key : callable
        The gazetteer's ``name_key``.
    mentions : sequence of PlaceMention
        Those whose names are asked for, if the gazetteer has none of their spellings.
    lookup : callable
        From a name to an `Answer`.
    service : str
        What to call it: "nominatim".
    """

    def __init__(
        self,
        gazetteer: Names,
        key: Callable[[str], str],
        mentions: Sequence[PlaceMention],
        lookup: Callable[[str], Answered],
        service: str,
    ) -> None:
        self.gazetteer = gazetteer
        self.service = service
        self._key = key
        self._answers: dict[str, Answered] = {}
        self._left_out: set[str] = set()
        spellings: dict[str, list[str]] = {}
        for mention in mentions:
            if mention.name and mention.kind != "demonym":
                spellings.setdefault(core(mention.name, key), []).append(mention.name)
        unknown = {k: names for k, names in spellings.items() if not any(map(gazetteer.lookup, names))}
        for number, (name_core, names) in enumerate(unknown.items()):
            if number < MOST_NAMES:
                self._answers[name_core] = lookup(names[0])
            else:
                self._left_out.add(name_core)

    def lookup(self, name: str, limit: int = 50) -> Sequence[Match]:
        """Return the places that a name may mean; of the online ones those that are not doubted."""
        hits = self.gazetteer.lookup(name, limit)
        return hits or [hit for hit, doubt in self._pairs(name) if doubt is None][:limit]

    def suggest(self, name: str, limit: int = 5) -> Sequence[Misspelt]:
        """Return what a misspelt name may mean, of the gazetteer: what is asked takes nothing away."""
        return self.gazetteer.suggest(name, limit) if isinstance(self.gazetteer, Speller) else ()

    def _pairs(self, name: str) -> list[tuple[Match, str | None]]:
        answer = self._answers.get(core(name, self._key))
        return list(zip(answer.hits, answer.doubts, strict=True)) if answer else []

    def told(self, mention: PlaceMention) -> PlaceMention:
        """Return a resolved mention with what the service has to do with it, and no certainty."""
        if mention.override is not None:
            return mention
        mine = {hit.place.gid for answer in self._answers.values() for hit in answer.hits}
        doubted = [hit for hit, doubt in self._pairs(mention.name or "") if doubt]
        candidates = [_capped(one) if one.gid in mine else one for one in mention.candidates]
        candidates += [candidate_of(hit.place, 0.0) for hit in doubted]
        update: dict[str, object] = {"candidates": candidates}
        if mention.place is not None and mention.place.gid in mine:
            update["probability"] = min(mention.probability or 0.0, MOST_PROBABILITY)
        reason = self._reason(mention) if mention.name and mention.refers_to is None else None
        if reason:
            _, did_mean, near = (mention.reason or "").partition(_DID_MEAN)
            reason += did_mean + near
        return mention.model_copy(update=update | ({"reason": reason} if reason else {}))

    def _reason(self, mention: PlaceMention) -> str | None:
        name_core = core(mention.name or "", self._key)
        lacks = f"{mention.name!r} is not in the gazetteer"
        if name_core in self._left_out:
            return (
                f"{lacks}; not asked of {self.service}: this report has more than {MOST_NAMES} unknown names"
            )
        answer = self._answers.get(name_core)
        if answer is None:
            return None
        if answer.status != "found":
            return f"{lacks}; {answer.message}"
        if mention.place is not None:
            return f"{lacks}; {self.service} has it ({mention.place.source})"
        if all(answer.doubts):
            return f"{lacks}, and what {self.service} has is doubtful: {answer.doubts[0]}"
        return f"{lacks}, and is likelier none of the places that {self.service} has"


def _capped(candidate: Candidate) -> Candidate:
    return candidate.model_copy(update={"probability": min(candidate.probability, MOST_PROBABILITY)})
