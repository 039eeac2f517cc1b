"""The nouns that say what kind of thing a place is, and the compass words.

A noun maps to a class; a description ("the base") can only point to a name whose own
words or gazetteer entry have the same class.
"""

from __future__ import annotations

FEATURE_NOUNS: dict[str, str] = {
    noun: kind
    for kind, nouns in {
        "base": "base garrison outpost barracks airbase fort fortress headquarters compound installation",
        "airfield": "airport airfield airstrip aerodrome",
        "camp": "camp",
        "plant": "plant station reactor facility refinery smelter terminal complex oilfield gasfield",
        "port": "port harbour harbor anchorage",
        "crossing": "crossing checkpoint",
        "dam": "dam barrage",
        "island": "island islands isle isles archipelago atoll islet",
        "city": "city town village capital settlement hamlet municipality suburb community",
        "region": "province region governorate state district county prefecture oblast department republic territory "
        "voivodeship canton parish municipality valley peninsula",
        "country": "country nation kingdom",
        "sea": "sea gulf strait straits bay channel ocean sound",
        "cape": "cape headland promontory point",
        "lake": "lake reservoir lagoon",
        "river": "river canal creek",
        "mountain": "volcano mountain mount peak hill hills mountains range",
        "desert": "desert",
        "bridge": "bridge",
    }.items()
    for noun in nouns.split()
}

#: Seas that are named without saying so: "in the South Atlantic", "across the Mediterranean".
SEA_NAMES = frozenset(
    "atlantic pacific mediterranean baltic adriatic aegean caribbean arctic antarctic caspian aral bosphorus "
    "bosporus dardanelles channel".split()
)

# Words that stand between a name and its noun: "Fukushima Daiichi nuclear power plant".
FEATURE_MODIFIERS = frozenset(
    (
        "air naval military army coalition training nuclear power refugee displacement border international "
        "oil gas regional special forces joint main nearby small large industrial thermal hydroelectric sea "
        "atomic"
    ).split()
)

# Nouns that come before the name: "Cape Guardafui", "Mount Etna", "Gulf of Aden".
LEADING_NOUNS: dict[str, str] = {
    "cape": "cape", "ras": "cape", "tanjung": "cape", "tanjong": "cape", "point": "cape", "punta": "cape",
    "mount": "mountain", "mt": "mountain", "mt.": "mountain", "jebel": "mountain", "jabal": "mountain",
    "lake": "lake", "pulau": "island", "isla": "island", "fort": "base", "camp": "base", "port": "port",
    "isle": "island", "gulf": "sea", "strait": "sea", "bay": "sea", "sea": "sea", "province": "region",
    "county": "region",
    "wadi": "river", "raas": "cape", "mui": "cape", "teluk": "sea", "selat": "sea", "kepulauan": "island",
    "jazirat": "island", "nusa": "island", "ko": "island", "koh": "island",
}  # fmt: skip

# Words after "that", "this" that point back to the last place with no class of their own.
POINTING_NOUNS = frozenset(["location", "place", "spot", "site", "area"])

# Compass words and their bearing in degrees.
BEARINGS: dict[str, float] = {
    name: index * 22.5
    for index, names in enumerate(
        (
            "north n", "north-northeast nne", "northeast ne north-east", "east-northeast ene", "east e",
            "east-southeast ese", "southeast se south-east", "south-southeast sse", "south s",
            "south-southwest ssw", "southwest sw south-west", "west-southwest wsw", "west w",
            "west-northwest wnw", "northwest nw north-west", "north-northwest nnw",
        )
    )
    for name in names.split()
}  # fmt: skip
_ADJECTIVES = {
    f"{name}ern": bearing for name, bearing in BEARINGS.items() if len(name) > 3 and "north-n" not in name
}
PART_WORDS: dict[str, float] = {**_ADJECTIVES, **{name: b for name, b in BEARINGS.items() if len(name) > 3}}
CENTRE_WORDS = frozenset({"central", "centre", "center", "middle", "heart"})
