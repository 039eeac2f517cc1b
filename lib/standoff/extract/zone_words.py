"""The words that reports use of zones: what zones are called, and what is said of their size and centre."""

from __future__ import annotations

import re

#: Nouns that a zone can be called by. "area", "waters" and the like are zones only with a word that restricts.
ZONE_NOUNS: dict[str, str] = {
    noun: single
    for single, forms in {
        "zone": "zone zones", "area": "area areas", "perimeter": "perimeter perimeters", "cordon": "cordon cordons",
        "ring": "ring rings", "belt": "belt belts", "strip": "strip strips", "corridor": "corridor corridors",
        "waters": "waters", "buffer": "buffer buffers", "bubble": "bubble bubbles",
    }.items()
    for noun in forms.split()
}  # fmt: skip

#: Modifiers that restrict, and the family that each belongs to: zones of different families are different zones;
#: a generic word fits any of them.
ZONE_FAMILIES: dict[str, str] = {
    word: family
    for family, words in {
        "generic": "restricted closed closure closed-off prohibited forbidden off-limits controlled protected sealed "
        "sealed-off cordoned cordoned-off quarantine quarantined caution warning hazard keep-clear",
        "deconfliction": "deconfliction de-confliction de-escalation deescalation",
        "exclusion": "exclusion exclusionary danger dead keep-out stay-out",
        "evacuation": "evacuation evacuated evacuate mandatory",
        "shelter": "shelter sheltering stay-indoors indoor indoors stay-at-home shelter-in-place",
        "air": "no-fly no-flight fly airspace",
        "buffer": "buffer demilitarised demilitarized dmz ceasefire separation",
        "safety": "safety security safe precautionary protection",
        "maritime": "no-sail blockade",
        "standoff": "standoff stand-off keep-away",
    }.items()
    for word in words.split()
}
#: Families that make waters a zone: "safe waters" and "indoor waters" are none.
WATER_FAMILIES = frozenset({"generic", "exclusion", "maritime"})

#: Words of zones that nobody is kept out of by an order, in front of the noun or behind "of".
NOT_ZONES = frozenset(
    (
        "war combat conflict battle fighting time economic comfort fault subduction seismic volcanic rift trade tribal "
        "end strike rural urban metropolitan residential coastal mountainous surrounding general wider desert "
        "disaster impact industrial commercial influence interest peace responsibility operations fire euro "
        "currency tariff customs duty parking pedestrian school drop landing loading climate climatic tropical "
        "temperate arid dead twilight flood catchment conservation fan penalty work construction smoking kill blast "
        "crash quake earthquake rebel-held occupied frost hardiness intertidal free-trade special enterprise"
    ).split()
)

#: Words that set two zones of one kind apart: (axis, value). Two values of one axis are two zones.
CONTRASTS: dict[str, tuple[str, str]] = {
    word: (axis, value)
    for axis, values in {
        "size": {"small": "inner smaller narrower", "large": "outer larger bigger wider broader greater"},
        "colour": {c: c for c in "red orange amber yellow green blue black white grey purple".split()},
        "order": {n: n for n in "first second third fourth fifth".split()},
        "side": {s: s for s in "northern southern eastern western northeastern northwestern southeastern "
                 "southwestern".split()},
        "other": {"other": "another other separate additional new"},
    }.items()
    for value, words in values.items()
    for word in words.split()
}  # fmt: skip

#: Verbs that change the size of a zone.
CHANGE_VERBS = frozenset(
    (
        "widen expand extend enlarge increase raise shrink reduce double triple treble quadruple halve narrow cut lower "
        "grow tighten"
    ).split()
)
#: Of these, those that need no object to tell of a change: "the zone widened", but not "the zone extends 5 km".
CHANGE_BY_ITSELF = frozenset("widen expand shrink grow".split())

#: Verbs that say how far a zone goes, of the zone or of its radius.
EXTENT_VERBS = frozenset(
    (
        "reach extend stretch span spread radiate set fix have measure cover be put describe define draw give keep "
        "make remain stand limit establish impose declare"
    ).split()
)
#: Verbs after which "around X" tells where a zone lies.
CENTRE_VERBS = frozenset(
    (
        "draw declare set impose establish throw place enforce put be lie remain stay run extend reach create announce "
        "keep maintain introduce order activate institute stretch proclaim hold have want propose plan stand "
        "apply mark publish"
    ).split()
)
#: Verbs that bring a zone about; a plan to do so is a planned zone.
CREATE_VERBS = frozenset(
    (
        "draw declare set impose establish throw place enforce put create announce introduce institute proclaim form "
        "activate make exist be have keep maintain extend reach"
    ).split()
)
WISH_WORDS = frozenset(
    (
        "want propose proposal plan demand seek request ask call urge suggest consider discuss mull envisage recommend "
        "favour favor need advocate press push appeal lobby negotiate draft"
    ).split()
)
#: Verbs that close an area: "police sealed off the area".
CLOSES = re.compile(
    r"(?:clos(?:e|ed|ing)|seal(?:ed|ing)?|cordon(?:ed|ing)?|barr(?:ed|ing)|restrict(?:ed|ing)?)$",
    re.IGNORECASE,
)

RADIUS_NOUNS = frozenset(
    "radius diameter distance extent size limit edge boundary perimeter rim reach width".split()
)
CENTRE_NOUNS = frozenset("centre center middle heart midpoint".split())
ROUND_WORDS = frozenset("around round surround encircle circle".split())

_HEDGES = (
    r"(?:(?:now|about|around|roughly|some|approximately|nearly|almost|just|over|under|at|least|up|to|as|far|more|than|"
    r"only|exactly|an?|the|its|within|out)[\s,]+)*"
)
#: Between a zone and a length right behind it: the length is its radius.
RADIUS_LINK = re.compile(
    r"^[\s,(“”\"'‘’-]*(?:\b(?:of|with|an?|radius|diameter|circle|circular|in|form|the|shape|that|which|extends|extending|"
    r"extended|stretching|stretches|reaching|reaches|reach|spanning|spans|out|to|up|for|is|was|measuring|measures|"
    r"covering|covers|has|had|having|within|about|around|roughly|approximately|some|nearly|almost|at|least|more|than|"
    r"only|now|set|as|far|drawn|would|will)\b[\s,-]*)*$",
    re.IGNORECASE,
)
#: Between a zone and a place: the place is its centre.
CENTRE_LINK = re.compile(
    r"^(?:[\s,()“”\"'‘’]|\b(?:of|with|an?|the|its|radius|diameter|in|that|which|extends|extending|stretching|reaching|out|"
    r"to|set|up|drawn|declared|imposed|established|announced|by|was|is|be|been|were|it|had|has|have|all|waters|area|km|"
    r"across|wide|circle|circular|as|force|place|effect|remains|remain|stays)\b)*"
    r"\b(?P<link>around|round|surround(?:s|ing)|encircl(?:es|ing)|circl(?:es|ing)|over|above|cent(?:red|ered)\s+(?:on|at)|"
    r"from|of|about|at)\b"
    r"[\s“”\"'‘’]*(?:(?:the|its|all|a|stricken|crippled|damaged|nearby)\s+)*(?:\w+,?\s+){0,3}$",
    re.IGNORECASE,
)
#: Right behind a length that is no radius: "5 km long", "8 km north of", "10 km from the coast".
NO_RADIUS = re.compile(
    r"^[\s-]*(?:(?:long|deep|high|thick|tall|along|into|away|inland|offshore|down|(?:to\s+the\s+)?(?:north|south|east|west))"
    r"|from\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+){0,2}(?:coast|coastline|shore|border|frontier|line|river|road)\b)",
    re.IGNORECASE,
)
#: Right behind a length that is the distance to the zone: "a danger zone 5 km from the town".
DISTANCE_TO = re.compile(r"^\s*(?:from|off|of|away|distant|outside|inside|short)\b", re.IGNORECASE)
#: Between a zone and a length: the zone reaches so far "from" a place, it does not lie there.
EXTENDS = re.compile(
    r"\b(?:extend|stretch|reach|span|cover|radius|within|of|up\s+to|out\s+to|circle)", re.IGNORECASE
)
DIAMETER_BEHIND = re.compile(
    r"^[\s-]*(?:(?:in\s+)?diameter|across|(?P<wide>wide|in\s+width))\b", re.IGNORECASE
)
DIAMETER_BEFORE = re.compile(r"\bdiameter\s+(?:of|is|was|at)\s+" + _HEDGES + "$", re.IGNORECASE)
#: Words that say that a length is one in all directions, so that "it" can be a zone.
ALL_ROUND = re.compile(
    r"^\s*(?:(?:in|on|to|towards)\s+(?:all|every|each|both|any|either)\s+(?:of\s+its\s+)?(?:directions?|sides?)"
    r"|(?:all\s+)?(?:around|round|outwards?)\b|from\b|(?:in\s+)?radius)",
    re.IGNORECASE,
)
#: Behind a zone that is a strip and no disc.
ALONG = re.compile(
    r"^[\s,]*(?:(?:running|stretching|extending|set\s+up|established|declared|\d[\d.,]*[\s-]?\w+\s+(?:deep|wide|long))\s+){0,2}"
    r"(?:along(?!\s+with)|between|on\s+(?:both|either)\s+sides?\s+of|parallel\s+to)\b",
    re.IGNORECASE,
)
DEEP = re.compile(r"^[\s-]*deep\b", re.IGNORECASE)
#: In front of a length that a change starts from or leads to.
FROM_TO = re.compile(r"\b(?P<way>from|to)\s+" + _HEDGES + "$", re.IGNORECASE)
#: Behind an area that people are kept out of: "sealed off by police", "that ships were told to leave".
CLOSED_BEHIND = re.compile(
    r"^\s+(?:(?:(?:that|which)\s+(?:[\w'’-]+\s+){0,4}?)?(?:closed|sealed|cordoned|barred|banned|off[\s-]limits)\b"
    r"|(?:that|which|where)\s+(?:[\w'’-]+\s+){0,5}?(?:told|asked|ordered|warned|instructed)\s+(?:not\s+)?to\s+"
    r"(?:leave|avoid|stay|keep|steer|evacuate|quit|vacate|enter)\b)",
    re.IGNORECASE,
)
#: Behind a length: the zone reaches so far from its centre.
FROM_CENTRE = re.compile(
    r"^\s*(?:(?:in|on)\s+(?:all|every|each|any)\s+(?:directions?|sides?)\s+)?(?P<link>from|around|round)\b",
    re.IGNORECASE,
)
#: In front of "the area": what is done with a zone.
MEMBERSHIP = re.compile(
    r"\b(?:inside|into|within|outside|beyond|through|out|edge|rim|fringe|radius|centre|center|middle|enter(?:s|ed|ing)?|leav(?:e|es|ing)|left|"
    r"avoid(?:s|ed|ing)?|cross(?:es|ed|ing)?|quit|breach(?:ed|es|ing)?)\s+(?:of\s+)?$",
    re.IGNORECASE,
)
