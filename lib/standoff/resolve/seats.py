"""The capital of a country that the report names, where it says "the capital" and no name of it."""

from __future__ import annotations

from standoff.capitals import capital_of
from standoff.model import PlaceMention
from standoff.resolve.groups import Names

_ASKED = 50


def seated(mention: PlaceMention, country: PlaceMention, gazetteer: Names) -> PlaceMention:
    """Return "the capital" with the place that is the capital of a country.

    Parameters
    ----------
    mention : PlaceMention
        That says "the capital", and refers to the country.
    country : PlaceMention
        The country, resolved.
    gazetteer : Names
        Where the capital's place is looked up.
    """
    place = country.place
    if place is None or place.feature != "country":
        return mention.model_copy(update={"reason": f"{country.text!r} is no country that is known"})
    capital = capital_of(place.country)
    hits = gazetteer.lookup(capital.name, _ASKED) if capital else ()
    found = next((hit.place for hit in hits if capital and hit.place.gid == capital.gid), None)
    if found is None:
        return mention.model_copy(update={"reason": f"the capital of {place.name} is not in the gazetteer"})
    return mention.model_copy(
        update={
            "place": found,
            "probability": country.probability,
            "reason": f"the capital of {place.name}, of which the report speaks",
            "override": country.override,
        }
    )
