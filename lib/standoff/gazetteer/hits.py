"""What a lookup answers: a place, and how its name was met."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.gazetteer.rows import NameKind
from standoff.model import Place


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a name may mean.

    Attributes
    ----------
    place : Place
    matched : str
        What kind of name of the place was met: name, alternate, abbreviation, demonym, adjective.
    exact : bool
        The name is written so in the gazetteer, up to case; otherwise only its key agrees.
    admin1 : str or None
        ISO 3166-2 code of the region that the place is in, or is.
    curated : bool
        A person put it there: this project's list of sites, or the analyst.
    read_as : str or None
        The rule by which the name was read in another way, because it is not found as it
        stands: "compass letter in full" (see `variants`). None where it is.
    own : bool
        It is one of the analyst's own sites.
    """

    place: Place
    matched: NameKind
    exact: bool
    admin1: str | None
    read_as: str | None = None
    curated: bool = False
    own: bool = False
