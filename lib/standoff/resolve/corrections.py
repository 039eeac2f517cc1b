"""An analyst's corrections on the way to the places: they win over whatever the gazetteer says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from standoff.model import Candidate, Place, PlaceMention
from standoff.overrides import Override
from standoff.resolve.groups import Group, Match, core

PREFIX = "override:"
_EXTENT_M = 1_000.0  # of a place of which an analyst gives the position alone: a village
_SURE = 30.0  # in the units of a candidate's own score: more than any place of the gazetteer has


class Places(Protocol):
    """What knows places by their identifiers: a gazetteer."""

    def place(self, gid: str) -> Place | None:
        """Return the place with an identifier."""


class Ground(Protocol):
    """What knows which country and region a position is in."""

    def country_at(self, lat: float, lon: float) -> str | None: ...  # noqa: D102
    def admin1_at(self, lats: Sequence[float], lons: Sequence[float]) -> list[str | None]: ...  # noqa: D102


@dataclass(frozen=True)
class SetPlace:
    """A place that an analyst set, as a candidate."""

    place: Place
    admin1: str | None = None
    matched: str = "name"
    exact: bool = True
    curated: bool = True
    own: bool = False


@dataclass(frozen=True)
class Correction:
    """What words mean: a place, or none.

    Attributes
    ----------
    row : Override
    hit : SetPlace or None
        None says that they are no place.
    """

    row: Override
    hit: SetPlace | None


@dataclass(frozen=True)
class Corrections:
    """Corrections of a report, looked up by name and by identifier.

    Attributes
    ----------
    by_key : dict
        Keys of names to what they mean.
    by_gid : dict
        Identifiers of the gazetteer to rows that move their places, or strike them out.
    names : tuple of str
        As they were written.
    problems : tuple of str
    """

    by_key: dict[str, Correction] = field(default_factory=dict)
    by_gid: dict[str, Override] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, rows: Iterable[Override], gazetteer: Places, ground: Ground, key: Callable[[str], str]
    ) -> Corrections:
        """Make corrections of rows; a later one wins over an earlier one.

        Parameters
        ----------
        rows : iterable of Override
        gazetteer : Places
            Where places are looked up that a row names by its ``gid``.
        ground : Ground
            What tells the country of a position.
        key : callable
            The gazetteer's ``name_key``.
        """
        by_key: dict[str, Correction] = {}
        by_gid: dict[str, Override] = {}
        names: dict[str, None] = {}
        problems = []
        for row in rows:
            if row.text is None:
                by_gid[row.gid or ""] = row
                continue
            known = gazetteer.place(row.gid) if row.gid else None
            if row.gid and known is None and row.lat is None and not row.is_no_place:
                problems.append(f"{row.origin} is not used: the gazetteer has no place {row.gid!r}")
                continue
            hit = None if row.is_no_place else SetPlace(*_placed(row, known, ground, key))
            by_key[key(row.text) or row.text.casefold()] = Correction(row, hit)
            if hit is not None:
                names[row.text] = None
        return cls(by_key, by_gid, tuple(names), tuple(problems))

    def __bool__(self) -> bool:
        return bool(self.by_key or self.by_gid)

    def of_mentions(
        self, mentions: Sequence[PlaceMention], key: Callable[[str], str]
    ) -> dict[str, Correction]:
        """Return, by the ids of the mentions, what the analyst says that they mean.

        The fullest words win: "Athens, Georgia" over "Athens"; "Tanf garrison" over "Tanf",
        which holds for "Tanf garrison", too.
        """
        by_id = {mention.id: mention for mention in mentions}
        found = {}
        for mention in mentions if self.by_key else ():
            words = [mention.text, mention.name or mention.text]
            holder = by_id.get(mention.inside or "")
            fuller = [f"{word}, {holder.text}" for word in words] if holder else []
            keys = [key(word) or word.casefold() for word in (*fuller, *words)]
            keys += [core(mention.name, key)] if mention.name else []
            best = next((self.by_key[one] for one in keys if one in self.by_key), None)
            if best and mention.kind != "coordinates":
                found[mention.id] = best
        return found

    def move(self, groups: Iterable[Group]) -> dict[str, Override]:
        """Move and strike out candidates; return those left without any by the ids of their mentions."""
        bare: dict[str, Override] = {}
        for group in groups if self.by_gid else ():
            gids = [hit.place.gid for hit in group.hits]
            kept = [
                (self._moved(hit), score)
                for hit, score in zip(group.hits, group.scores, strict=True)
                if not (hit.place.gid in self.by_gid and self.by_gid[hit.place.gid].is_no_place)
            ]
            if gids and not kept:
                bare |= {mention.id: self.by_gid[gids[0]] for mention in group.mentions}
            group.hits = [hit for hit, _ in kept]
            group.scores = [score for _, score in kept]
        return bare

    def _moved(self, hit: Match) -> Match:
        row = self.by_gid.get(hit.place.gid)
        if row is None or row.lat is None or row.lon is None:
            return hit
        given = {"name": row.name, "country": row.country, "feature": row.feature, "extent_m": row.extent_m}
        place = hit.place.model_copy(
            update={
                "gid": f"{PREFIX}{hit.place.gid}", "lat": row.lat, "lon": row.lon, "source": row.told,
                **{name: value for name, value in given.items() if value is not None},
            }
        )  # fmt: skip
        return SetPlace(place, hit.admin1, hit.matched, hit.exact, hit.curated, hit.own)

    def row_of(self, place: Place | None) -> Override | None:
        """Return the row that moved a place, if one did."""
        if place is None or not place.gid.startswith(PREFIX):
            return None
        return self.by_gid.get(place.gid.removeprefix(PREFIX))


def _placed(
    row: Override, known: Place | None, ground: Ground, key: Callable[[str], str]
) -> tuple[Place, str | None]:
    """Return the place that a row sets, with its region."""
    lat, lon = row.lat, row.lon
    if lat is None or lon is None:
        assert known is not None  # noqa: S101 - rows without both are left out before
        lat, lon = known.lat, known.lon
    text = row.text or ""
    words = key(text).replace(" ", "-") or text
    # A place of the gazetteer that stays where it is keeps its identifier: its outline hangs on it.
    stays = known is not None and row.lat is None
    source = f"{row.told} ({known.source})" if known is not None else row.told
    place = Place(
        gid=known.gid if known is not None and stays else f"{PREFIX}{row.gid or words}",
        name=row.name or (known.name if known else text),
        lat=lat,
        lon=lon,
        country=row.country or (known.country if known else None) or ground.country_at(lat, lon),
        feature=row.feature or (known.feature if known else "place"),
        extent_m=next(
            size for size in (row.extent_m, known.extent_m if known else None, _EXTENT_M) if size is not None
        ),
        source=source,
        population=known.population if known else 0,
    )
    return place, ground.admin1_at([lat], [lon])[0]


def with_corrections(groups: Sequence[Group], fixed: Mapping[str, Correction]) -> list[Group]:
    """Return the groups as the ranker shall see them: what an analyst set is the one candidate.

    The other names of the report are read in its light. Mentions that are no place are left out.
    """
    result = []
    for group in groups:
        rest = [mention for mention in group.mentions if mention.id not in fixed]
        if rest:
            result.append(replace(group, mentions=rest))
        by_row: dict[str, list[PlaceMention]] = {}
        for mention in group.mentions:
            if mention.id in fixed and fixed[mention.id].hit is not None:
                by_row.setdefault(fixed[mention.id].row.origin, []).append(mention)
        for mentions in by_row.values():
            hit = fixed[mentions[0].id].hit
            if hit is not None:
                result.append(Group(mentions, [hit], [_SURE]))
    return sorted(result, key=lambda group: group.mentions[0].start)


def corrected(mention: PlaceMention, correction: Correction, before: PlaceMention) -> PlaceMention:
    """Return a mention with what the analyst says; ``before`` is what the gazetteer would have said."""
    place = correction.hit.place if correction.hit else None
    # What the analyst rules out has no chance left; what it was is told in the reason.
    others = [
        candidate.model_copy(update={"probability": 0.0})
        for candidate in before.candidates
        if place is None or candidate.gid != place.gid
    ]
    own = [] if place is None else [candidate_of(place, 1.0)]
    told = correction.row.told
    reasons = [f"set by {told}" if place else f"no place, says {told}"]
    if before.place is not None and (place is None or before.place.gid != place.gid):
        chance = "" if before.probability is None else f" ({before.probability:.2f})"
        country = f", {before.place.country}" if before.place.country else ""
        reasons.append(f"without it: {before.place.name}{country}{chance}")
    return mention.model_copy(
        update={
            "place": place, "probability": None if place is None else 1.0, "candidates": [*own, *others],
            "reason": "; ".join(reasons), "override": told, "refers_to": None,
        }
    )  # fmt: skip


def candidate_of(place: Place, probability: float) -> Candidate:
    """Return a place as a candidate."""
    return Candidate(
        gid=place.gid, name=place.name, lat=place.lat, lon=place.lon, probability=probability,
        source=place.source, country=place.country, feature=place.feature, extent_m=place.extent_m,
    )  # fmt: skip
