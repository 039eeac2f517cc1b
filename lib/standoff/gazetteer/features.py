"""From the kinds of OpenStreetMap and GeoNames to the kinds of this gazetteer."""

from __future__ import annotations

# Radii in metres where a service gives no box: estimates of ours, of the usual size of the kind.
DEFAULT_EXTENT_M: dict[str, float] = {
    "country": 500_000.0, "continent": 3_000_000.0, "admin1": 100_000.0, "admin2": 30_000.0,
    "region": 50_000.0, "island": 10_000.0, "sea": 200_000.0, "strait": 30_000.0, "lake": 10_000.0,
    "river": 50_000.0, "desert": 100_000.0, "mountain": 5_000.0, "cape": 2_000.0, "airfield": 2_500.0,
    "base": 2_000.0, "camp": 2_000.0, "plant": 1_500.0, "port": 2_000.0, "dam": 1_000.0,
    "crossing": 1_000.0, "bridge": 1_000.0, "place": 5_000.0,
}  # fmt: skip

# "key/value" of OpenStreetMap, or "key" for all its other values.
_OSM = {
    tag: feature
    for feature, tags in {
        "country": "place/country",
        "admin1": "place/state place/region place/province",
        "admin2": "place/county place/district place/municipality",
        "city": "place/city place/town place/village place/hamlet place/suburb place/quarter place/borough "
        "place/neighbourhood place/isolated_dwelling place/locality landuse/residential",
        "continent": "place/continent",
        "island": "place/island place/islet place/archipelago",
        "sea": "place/sea place/ocean natural/bay natural/sea",
        "strait": "natural/strait",
        "lake": "natural/water water landuse/reservoir",
        "river": "waterway natural/spring",
        "dam": "waterway/dam waterway/weir",
        "cape": "natural/cape",
        "mountain": "natural/peak natural/volcano natural/hill natural/ridge natural/mountain_range "
        "natural/massif",
        "desert": "natural/desert natural/sand natural/dune",
        "region": "natural/peninsula natural/valley natural/plain natural/plateau region",
        "airfield": "aeroway military/airfield",
        "base": "military landuse/military building/barracks historic/fort",
        "crossing": "military/checkpoint barrier/border_control amenity/border_control barrier/checkpoint",
        "camp": "amenity/refugee_site",
        "plant": "power man_made/works man_made/wastewater_plant man_made/water_works industrial "
        "landuse/industrial",
        "port": "harbour landuse/harbour landuse/port industrial/port",
        "bridge": "bridge man_made/bridge",
    }.items()
    for tag in tags.split()
}

# What Nominatim calls "addresstype" and Photon "type": the level of an administrative area.
_LEVELS = {
    "continent": "continent", "country": "country", "state": "admin1", "region": "admin1", "province": "admin1",
    "county": "admin2", "district": "admin2", "state_district": "admin2", "municipality": "admin2",
    "city": "city", "town": "city", "village": "city", "hamlet": "city", "suburb": "city", "borough": "city",
    "quarter": "city", "neighbourhood": "city",
}  # fmt: skip

# Feature codes of GeoNames, then its feature classes.
_GEONAMES = {
    code: feature
    for feature, codes in {
        "country": "PCL PCLI PCLD PCLF PCLIX PCLS PCLH",
        "continent": "CONT",
        "admin1": "ADM1 ADM1H",
        "region": "RGN RGNE RGNH RGNL TRB CST",
        "admin2": "ADM2 ADM3 ADM4 ADM5 ADMD",
        "airfield": "AIRP AIRF AIRH AIRQ",
        "base": "AIRB MILB INSM FT NVB SCHM",
        "camp": "CMPRF CMP CMPO CMPLA",
        "plant": "PS PSH PSN PSW MFG MFGM MFGC MFGB MFGCU MFGLM MFGPH MFGQ MFGSG OILR OILT OILF GASF GOSP PMPO "
        "PMPW DPOF INDS",
        "port": "PRT HBR ANCH DCK DCKY MAR QUAY FY",
        "crossing": "PSTB PSTC PSTP CSTM",
        "dam": "DAM DAMQ DAMSB",
        "bridge": "BDG",
        "island": "ISL ISLS ISLF ISLT ISLX ATOL",
        "sea": "SEA OCN GULF BAY CHNM",
        "strait": "STRT",
        "lake": "LK LKS LKC LKI LKN LKNI LKO LKOI LKSI LKSN LKSNI LKX RSV RSVI LGN LGNS PND PNDS",
        "river": "STM STMS STMI STMA STMB STMH STMM STMQ STMX CNL CNLI WAD WADB WADJ WADM WADS WADX",
        "cape": "CAPE HDLD PT",
        "desert": "DSRT ERG",
        "mountain": "MT MTS PK PKS HLL HLLS VLC RDGE MESA BUTE",
        "place": "AREA LCTY FLD FLDI OAS PRK RES RESN RESF RESW GRAZ CTRB AGRC BTL NVL",
    }.items()
    for code in codes.split()
}
_GEONAMES_CLASSES = {"A": "admin2", "P": "city", "L": "region"}


def osm_feature(key: str | None, value: str | None, level: str | None = None) -> str:
    """Return the kind of a place of OpenStreetMap; "place" where it is none that matters here.

    Examples
    --------
    >>> osm_feature("military", "barracks"), osm_feature("boundary", "administrative", "state")
    ('base', 'admin1')
    >>> osm_feature("shop", "bakery"), osm_feature(None, None)
    ('place', 'place')
    """
    if key == "boundary":
        return _LEVELS.get(level or "", "region")
    return _OSM.get(f"{key}/{value}") or _OSM.get(key or "") or "place"


def geonames_feature(feature_class: str | None, code: str | None) -> str:
    """Return the kind of a place of GeoNames.

    Examples
    --------
    >>> geonames_feature("P", "PPLC"), geonames_feature("S", "AIRB"), geonames_feature("S", "HTL")
    ('city', 'base', 'place')
    """
    return _GEONAMES.get(code or "") or _GEONAMES_CLASSES.get(feature_class or "", "place")
