"""Whether a place that a stranger gave lies where it is said to lie."""

from __future__ import annotations

from standoff.gazetteer.regions import Regions

BORDER_M = 5_000.0  # the polygons' borders are generalised by up to 2 km
AT_SEA_M = 370_400.0  # 200 nautical miles: farther out nothing belongs to a country
# Ground that one map gives a code of its own and another the code in front: no contradiction. No view on whose it is.
_ALSO = {
    code: other
    for other, codes in {
        "US": "PR GU VI AS MP UM",
        "FR": "GF GP MQ RE YT PM BL MF NC PF WF TF",
        "GB": "GG JE IM GI FK BM KY VG AI MS TC SH IO PN GS",
        "NL": "AW CW SX BQ",
        "DK": "GL FO",
        "CN": "HK MO",
        "NO": "SJ BV",
        "FI": "AX",
        "AU": "CX CC NF HM",
        "NZ": "CK NU TK",
        "MA": "EH",
    }.items()
    for code in codes.split()
}


def doubt_of_country(country: str | None, lat: float, lon: float, regions: Regions) -> str | None:
    """Return why a country and a position do not go together, or None if they may.

    A sign lost on the way puts a place into another country, or far out to sea.

    Parameters
    ----------
    country : str or None
        ISO 3166-1 alpha-2 code, as the service gave it; None is not doubted.
    lat, lon : float
    regions : Regions

    Examples
    --------
    >>> regions = Regions.open()
    >>> doubt_of_country("SY", 33.50, 38.62, regions) is None
    True
    >>> doubt_of_country("SY", -33.50, 38.62, regions)
    'said to be in SY, but lies far from it at sea'
    """
    if country is None or regions.country(country) is None:
        return None
    ground = _ground(country)
    near = regions.countries_near(lat, lon, BORDER_M)
    if near:
        if ground in map(_ground, near) or regions.is_disputed(lat, lon):
            return None
        return f"said to be in {country}, but our borders have it in {' or '.join(near)}"
    if ground in map(_ground, regions.countries_near(lat, lon, AT_SEA_M)):
        return None
    return f"said to be in {country}, but lies far from it at sea"


def _ground(code: str) -> str:
    return _ALSO.get(code, code)
