"""The constructions that state where: patterns over folded sentences, from the most to the least specific."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from standoff.extract.directions import AWAY, BEARING, DIRECTION, DIRECTION_BEHIND, TO_DIRECTION, WIND
from standoff.extract.masked import CLOSE, OPEN
from standoff.extract.nouns import CENTRE_WORDS, PART_WORDS
from standoff.model import RelationKind

_STOP = (
    r"(?!(?i:and|or|but|to|from|at|in|on|near|where|which|that|who|after|before|when|while|was|were|is|are|had|has|have|"
    r"by|with|for|into|as|than|between|over|under|across|along|off|outside|inside|within|said|told|border|frontier)\b)"
)
# A people ("the Iraqi town of") or a place that only modifies ("the US-manned garrison").
_MODIFIER = rf"{OPEN}d\d+{CLOSE}(?:'s|-\w+)?|{OPEN}p\d+{CLOSE}-\w+"
_WORD = rf"(?:{_STOP}[\w'“”\"-]+|{_MODIFIER})"
#: What may stand between a preposition and the place: "the coast of", "the besieged town of".
_NP = (
    rf"(?P<np>(?:{_WORD}\s+){{0,5}}?(?:(?i:capital|town|city|village|port|base|island|buoy|breakwater|lighthouse|jetty|"
    r"shore|shoreline|coastline|harbour|harbor|station|airport|entrance|terminal|anchorage),\s+)?)"
)


def _mark(letter: str, name: str) -> str:
    return rf"{OPEN}{letter}(?P<{name}>\d+){CLOSE}(?!-[a-z])"


_SIDE, _OTHER_SIDE = _mark("[pd]", "p"), _mark("[pd]", "q")
# "Montserrat's Plymouth", "Turkey's southern Hatay": whose it is says where the second lies.
_OWNED = rf"(?:{OPEN}[pd]\d+{CLOSE}'s\s+(?:{_WORD}\s+){{0,5}}?)?"
_OWNER = rf"(?:(?:{OPEN}p(?P<owner>\d+){CLOSE}|{OPEN}d\d+{CLOSE})'s\s+(?:{_WORD}\s+){{0,5}}?)?"
_M, _P, _Q, _Z = _mark("m", "m"), _OWNER + _mark("p", "p"), _OWNED + _mark("p", "q"), _mark("z", "z")
_S = r"(?:'s)?"
_HEDGE = r"(?:(?i:about|around|some|roughly|approximately|nearly|almost|just|over|under|more than|less than|at least)\s+)*"
_ROAD = r"(?i:road|highway|motorway|route|railway|track)"
# "Russian border guards", "the border force": who they are says nothing of where they are.
_NO_BORDER = (
    r"(?!\s+(?i:guards?|guardsm[ae]n|police|policem[ae]n|service|forces?|patrols?|posts?|officials?|officers?|agency|agents?|"
    r"troops|soldiers|units?|command|authority|authorities|towns?|village|city|crossings?|checkpoint|security|controls?|dispute|"
    r"deal|agreement|talks|commission|trade|closures?)\b)"
)
_BORDER = rf"(?i:border|frontier|boundary)\b{_NO_BORDER}(?:\s+(?i:area|region|line|fence|zone))?"
_ON = r"(?:\b(?i:on|near|along|at|across|over|close\s+to|by|to)\s+(?:(?i:the|its)\s+)?)?"
_PART = "|".join(sorted((*PART_WORDS, *CENTRE_WORDS), key=len, reverse=True))
_COAST = r"(?i:coast|coastline|shore|shores|seaboard)"
# "the north-eastern", "NE": the side of a coast.
_COAST_SIDE = rf"(?:(?P<part>(?i:{_PART})|{WIND})\s+)?"
# What may stand behind "the coast" and "the border" where it says no more of them: "the border post" is a place of its own.
_ENDS = (
    r"(?=\s*(?:[.,;:)!?]|$)|\s+(?i:and|but|or|on|in|at|after|before|where|when|while|since|as|for|by|to|overnight|late|early|"
    r"last|this|during|until|despite|because|is|are|was|were|has|have|had|said)\b)"
)
#: Sides of a land that are called by a river or by height, and their bearing: Upper Egypt lies up the Nile, in the south.
NAMED_SIDES: dict[tuple[str, str], str] = {
    ("upper", "egypt"): "south",
    ("lower", "egypt"): "north",
    ("upper", "nubia"): "south",
    ("lower", "nubia"): "north",
    ("upper", "galilee"): "north",
    ("lower", "galilee"): "south",
    ("upper", "mesopotamia"): "north",
    ("lower", "mesopotamia"): "south",
    ("upper", "burma"): "north",
    ("lower", "burma"): "south",
    ("upper", "myanmar"): "north",
    ("lower", "myanmar"): "south",
    ("upper", "manhattan"): "north",
    ("lower", "manhattan"): "south",
}


Needs = Literal["", "spot", "country", "two countries", "surface"]


@dataclass(frozen=True)
class Rule:
    """A construction: its kind, its pattern, and the qualifier that it states.

    ``needs`` is "spot" where no region can be the anchor, "surface" where it must be what one can be on (an
    island, a mountain, a road), "country" where the words leave the country out: it is the one that the report
    speaks of, and "two countries" where they leave out both. The qualifier "both" says that the place itself is
    meant, too: "in and around X".
    """

    kind: RelationKind
    pattern: re.Pattern[str]
    qualifier: str | None = None
    needs: Needs = ""


def _rule(
    kind: RelationKind,
    pattern: str,
    qualifier: str | None = None,
    needs: Needs = "",
) -> Rule:
    return Rule(kind, re.compile(pattern), qualifier, needs)


#: The rest of a list whose first place a rule has read: ", B and C".
LIST_BEHIND = re.compile(
    rf"(?:,\s+(?:(?i:in|at|near)\s+)?{OPEN}p\d+{CLOSE}){{0,8}},?\s+(?i:and)\s+(?:(?i:in|at|near)\s+)?{OPEN}p\d+{CLOSE}(?!'s|-)"
)
#: Two towns that were named before, on the report's own text.
TWO_TOWNS = re.compile(
    r"\bbetween\s+(?:the|these|those)\s+(?:two\s+)(?:\w+\s+)?(?:towns|cities|villages|ports|settlements|airports)\b",
    re.IGNORECASE,
)

RULES: tuple[Rule, ...] = (
    # "36 nautical miles outside the exclusion zone"
    _rule(
        "zone",
        rf"{_M}\s+(?:{TO_DIRECTION}\s+(?:of\s+)?)?(?i:outside|beyond|out\s+of)\s+(?i:of\s+)?{_Z}",
        "outside",
    ),
    _rule("zone", rf"{_M}\s+(?:{TO_DIRECTION}\s+(?:of\s+)?)?(?i:inside|within|into)\s+{_Z}", "edge"),
    # "10 km from the border with Iraq", "from the Iraqi border"
    _rule(
        "border",
        rf"{_M}\s*(?i:away\s+|inland\s+)?(?:{TO_DIRECTION}\s+)?(?i:from|of|off|inside|inland\s+from)\s+(?i:the\s+|its\s+)?"
        rf"(?:{_SIDE}(?:{_S}|\s*[-–]\s*{_OTHER_SIDE})\s+(?:\w+\s+)?)?{_BORDER}"
        rf"(?:\s+(?i:with|between|of)\s+(?i:the\s+)?{_mark('p', 'r')}(?:\s+(?i:and)\s+(?i:the\s+)?{_mark('p', 's')})?)?",
    ),
    # "3 km inside Turkish territory"
    _rule("border", rf"{_M}\s+(?i:inside|into|within)\s+{_SIDE}{_S}\s+(?i:territory|soil|side)\b", "edge"),
    # "within 30 km of Y", "within a 20-km radius of Y", "in a radius of 5 km around Y"
    _rule(
        "within",
        rf"\b(?i:within|inside|in)\s+(?i:an?\s+|the\s+)?(?:(?i:radius\s+of|distance\s+of|circle\s+of|ring\s+of)\s+)?{_HEDGE}{_M}"
        rf"(?:\s+(?i:radius|circle))?\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}",
    ),
    _rule(
        "within",
        rf"\b(?i:(?:radius|circle|ring)\s+of)\s+{_HEDGE}{_M}\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}",
    ),
    _rule(
        "within",
        rf"{_M}\s+(?i:radius|circle|perimeter|cordon)\s+(?i:of|from|around|round|surrounding)\s+{_NP}{_P}",
    ),
    # "12 miles off the Somali coast", "31 nm S of the Omani coast", "300 nm off the east coast of Somalia"
    _rule(
        "distance",
        rf"{_M}\s*,?\s*{AWAY}(?:{TO_DIRECTION}\s+)?(?i:from|off|of)\s+(?i:the\s+)?{_SIDE}{_S}\s+{_COAST_SIDE}(?:\w+\s+)?{_COAST}\b",
        "coast",
    ),
    _rule(
        "distance",
        rf"{_M}\s*,?\s*{AWAY}(?:{TO_DIRECTION}\s+)?(?:(?i:from|off|of)\s+)?(?i:the\s+)?{_COAST_SIDE}{_COAST}\s*(?i:of|,|in)\s+"
        rf"(?i:the\s+)?{_NP}{_P}",
        "coast",
    ),
    # "on a bearing of 240 degrees, 12 nm from Gibraltar"
    _rule("distance", rf"{BEARING},?\s+(?i:at\s+)?{_HEDGE}{_M}\s+(?i:from|off|of)\s+{_NP}{_P}"),
    # "bearing 215 degrees from Valletta, distance 26 nm"
    _rule(
        "distance",
        rf"{BEARING}\s+(?i:from|of)\s+{_NP}{_P}\s*,?\s*(?i:and\s+)?(?i:(?:at\s+)?(?:an?\s+|the\s+)?(?:distance|range)\s+(?:of\s+)?)?"
        rf"{_HEDGE}{_M}",
    ),
    # "no closer than 4 nm to Lerwick"
    _rule("distance", rf"(?i:closer|nearer)\s+than\s+{_M}\s+(?i:to)\s+(?i:the\s+)?{_NP}{_P}"),
    # "24 miles from Y", "30 km north-east of Y", "15 km off Y"
    _rule(
        "distance",
        rf"{_M}\s*[,)]?\s*"
        rf"{AWAY}(?:{TO_DIRECTION}[\s,]+)?(?i:from|of|off|outside(?:\s+of)?|short\s+of)\s+{_NP}{_P}"
        rf"(?:,?\s+(?i:to)\s+(?i:the)\s+{DIRECTION_BEHIND})?(?!\s+to\s+(?:the\s+)?{OPEN}p)",  # "the 40 km from X to Y"
    ),
    # "35 km off the coast", where the country was named before
    _rule(
        "distance",
        rf"{_M}\s*,?\s*{AWAY}(?:{TO_DIRECTION}\s+)?(?i:from|off|of)\s+(?i:the\s+|its\s+)?{_COAST_SIDE}{_COAST}{_ENDS}",
        "coast",
        needs="country",
    ),
    # "two cables from the lighthouse at Stornoway", "3 km from the refinery in X"
    _rule(
        "distance",
        rf"{_M}\s*[,)]?\s*{AWAY}(?:{TO_DIRECTION}[\s,]+)?(?i:from|of|off)\s+(?i:the|an?|its|their)\s+"
        rf"(?:{_WORD}\s+){{1,4}}?(?i:at|in)\s+(?i:the\s+)?{_P}",
        needs="spot",
    ),
    _rule(
        "within",
        rf"\b(?i:within)\s+{_HEDGE}{_M}\s+(?i:of|from)\s+(?i:the|an?|its|their)\s+(?:{_WORD}\s+){{1,4}}?(?i:at|in)\s+"
        rf"(?i:the\s+)?{_P}",
        needs="spot",
    ),
    # "74 nm SSE Esbjerg", "17 nm offshore Esbjerg": without "of"
    _rule("distance", rf"{_M}\s*,?\s*(?i:off\s+)?{DIRECTION}\s+(?i:off\s+|the\s+)?{_P}"),
    _rule("distance", rf"{_M}\s+(?i:offshore|off\s+shore)\s+(?i:of\s+|from\s+)?(?i:the\s+)?{_P}"),
    # "From Kherson the guns are barely 4 km away"
    _rule(
        "distance",
        rf"\b(?i:from)\s+{_NP}{_P}\s(?:[^.;,{OPEN}]|{OPEN}d\d+{CLOSE}){{0,60}}?{_M}\s+(?i:away|distant|off)\b",
    ),
    # "just 80 km separate the front from Port Sudan"
    _rule(
        "distance",
        rf"{_M}\s+(?i:separates?|separated|separating|divides?|divided)\s+[^.;,]{{0,60}}?\s(?i:from)\s+{_NP}{_P}",
    ),
    # "north of Aleppo, about 35 km away"
    _rule(
        "distance",
        rf"{TO_DIRECTION}\s+(?i:of)\s+{_NP}{_P}\s*,?\s*{_HEDGE}{_M}"
        rf"(?:\s+(?i:away|distant|off|from\s+it)|(?=\s*[,.]))",
    ),
    # zones as places
    _rule(
        "zone",
        rf"\b(?i:just\s+(?:inside|within)|(?:at|on|along)\s+the\s+(?:very\s+)?(?:edge|rim|fringe|boundary)\s+of|barely\s+inside)"
        rf"\s+{_Z}",
        "edge",
    ),
    _rule(
        "zone",
        rf"\b(?i:(?:well\s+|deep\s+)?inside|within|into|in|entered|entering|enters?|through)\s+{_Z}",
    ),
    # what has left a zone is not in it
    _rule("zone", rf"\b(?i:leave|leaves|leaving|left|quit|quits|out\s+of|away\s+from)\s+{_Z}", "outside"),
    _rule("zone", rf"\b(?i:(?:just\s+)?(?:outside|beyond)(?:\s+of)?)\s+{_Z}", "outside"),
    # roads, borders, between
    # "the road between X and Y" says between what; drawn alike
    _rule(
        "between",
        rf"{_ROAD}\s+(?:\w+\s+){{0,3}}?(?i:between)\s+{_NP}{_P}\s+(?i:and)\s+(?i:the\s+(?:town|city|village)\s+of\s+)?{_Q}",
    ),
    _rule(
        "along",
        rf"{_ROAD}\s+(?:\w+\s+){{0,3}}?(?i:from|linking|connecting|joining)\s+{_NP}{_P}"
        rf"\s+(?i:and|to|with)\s+(?i:the\s+(?:town|city|village)\s+of\s+)?{_Q}",
    ),
    _rule("along", rf"{_P}\s*(?:[-–/]|\s(?i:to|and)\s)\s*{_Q}\s+(?:\w+\s+)?{_ROAD}"),
    _rule("border", rf"{_ON}{_SIDE}\s*[-–]\s*{_OTHER_SIDE}\s+{_BORDER}"),
    _rule("border", rf"{_ON}{_BORDER}\s+(?i:between|of)\s+(?i:the\s+)?{_P}\s+(?i:and)\s+(?i:the\s+)?{_Q}"),
    _rule(
        "border",
        rf"{_ON}{_SIDE}{_S}\s+(?:(?P<part>(?i:{_PART}))\s+)?{_BORDER}\s+(?i:with)\s+(?i:the\s+)?{_Q}",
    ),
    _rule("border", rf"{_ON}{_BORDER}\s+(?i:with)\s+(?i:the\s+|neighbou?ring\s+)?{_P}"),
    _rule(
        "border", rf"\b(?i:on|near|along|at|close\s+to)\s+(?i:the)\s+{_BORDER}\s+(?i:of)\s+(?i:the\s+)?{_P}"
    ),
    # "along the frontier in north-eastern Syria": of the land that it lies in, whoever moves along it.
    _rule(
        "border",
        rf"\b(?i:on|near|along|at|close\s+to|to)\s+(?i:the)\s+{_BORDER}\s+(?i:in)\s+(?i:the\s+)?"
        rf"(?:(?P<part>(?i:{_PART}))\s+(?i:of\s+)?)?{_P}",
    ),
    _rule("border", rf"{_ON}{_SIDE}{_S}\s+(?:(?P<part>(?i:{_PART}))\s+)?{_BORDER}"),
    _rule(
        "border",
        rf"\b(?i:on|near|along|at|close\s+to|by)\s+(?i:the|its)\s+(?:(?P<part>(?i:{_PART}))\s+)?{_BORDER}{_ENDS}",
        needs="country",
    ),
    # "their common border": of the two that were named last
    _rule(
        "border",
        rf"\b(?i:(?:(?:on|near|along|at|across|over)|of)\s+(?:(?:the|their)\s+)(?:common|shared|mutual|joint)\s+)(?:\w+\s+)?{_BORDER}",
        needs="two countries",
    ),
    _rule(
        "between",
        rf"(?P<half>(?i:halfway|midway|half-way|half\s+way)\s+)?\b(?i:between)\s+{_NP}{_P}\s+(?i:and)\s+"
        rf"(?P<np2>(?:{_WORD}\s+){{0,4}}?){_Q}",
    ),
    # parts and directions
    # "Myanmar's northern Kachin State": the side is that of the country
    _rule(
        "part",
        rf"(?:\b(?i:in|into|across|throughout|over)\s+)?{_mark('p', 'p')}'s\s+(?:(?i:far|extreme)\s+)?"
        rf"(?P<part>(?i:{_PART}))\s+{OPEN}p(?P<held>\d+){CLOSE}",
    ),
    # "on the western side of the capital"
    _rule(
        "part",
        rf"\b(?i:on|in|at|to)\s+(?i:the)\s+(?P<part>(?i:{_PART}))\s+(?i:side|end|bank|half|flank)\s+(?i:of)\s+{_NP}{_P}",
    ),
    _rule("part", rf"(?:\b(?i:in|into|across|throughout|over)\s+)?\b(?P<side>(?i:upper|lower))\s+{_P}"),
    _rule(
        "part",
        rf"{_mark('p', 'p')}'s\s+(?:(?i:far|extreme)\s+)?(?P<part>(?i:{_PART}))\b"
        rf"(?!\s+(?:{OPEN}|(?i:border|frontier|coast|province|city|town)))",
    ),
    _rule("part", rf"(?P<part>(?i:{_PART}))\s+(?i:parts?|areas?|regions?)\s+(?i:of)\s+(?i:the\s+)?{_P}"),
    _rule("part", rf"(?:\b(?i:in|into|across|throughout|over)\s+)?\b(?P<part>(?i:{_PART}))\s+{_P}"),
    _rule(
        "part",
        rf"(?<!to )(?<!To )\b(?:(?i:in|across|throughout|from)\s+)?(?i:the\s+)(?:(?i:{_PART})\s+and\s+(?i:the\s+)?)?"
        rf"(?:(?i:far|extreme)\s+)?"
        rf"(?P<part>(?i:{_PART}))(?:\s+(?i:part|parts|half|corner))?\s+(?i:of)\s+(?i:the\s+)?"
        rf"(?:(?:{OPEN}d\d+{CLOSE}\s+)?(?i:island|province|region|state|district|city|town|peninsula|strip|county)\s+(?i:of)\s+)?{_P}",
    ),
    # "off the north-eastern coast of Somalia", "along the Somali coast", "NW coast, Ireland"
    _rule("near", rf"\b(?i:off|near|along|on)\s+(?i:the\s+)?{_SIDE}{_S}\s+{_COAST_SIDE}{_COAST}\b", "coast"),
    _rule(
        "near",
        rf"(?:\b(?i:off|near|along|on)\s+)?(?i:the\s+)?{_COAST_SIDE}{_COAST}\s*(?i:of|,)\s+(?i:the\s+)?{_P}",
        "coast",
    ),
    _rule(
        "near",
        rf"\b(?i:off|along|near|on)\s+(?i:the|its)\s+{_COAST_SIDE}{_COAST}{_ENDS}",
        "coast",
        needs="country",
    ),
    _rule(
        "near",
        rf"\b(?i:on|in|at|to|from|near)\s+(?i:the|its)\s+{DIRECTION}\s+(?i:outskirts|edges?|fringes?|suburbs?|rim|approaches)"
        rf"\s+(?i:of|to)\s+{_NP}{_P}",
        "outskirts",
    ),
    _rule("direction", rf"{TO_DIRECTION}\s+(?i:of)\s+{_NP}{_P}"),
    # near, at, in
    # "in and around Kirkuk": both
    _rule("near", rf"\b(?i:(?:in|at)\s+(?:and|or)\s+(?:around|near|outside|round))\s+{_NP}{_P}", "both"),
    _rule(
        "near",
        rf"\b(?i:on\s+the\s+outskirts\s+of|on\s+the\s+edge\s+of|just\s+outside|outside)\s+{_NP}{_P}",
        "outskirts",
    ),
    _rule(
        "near",
        rf"\b(?i:near|nearby|close\s+to|not\s+far\s+from|in\s+the\s+vicinity\s+of|in\s+the\s+area\s+of|next\s+to|beside|alongside|"
        rf"off|(?<!{CLOSE}\s)(?:around|round)|in\s+the\s+waters\s+(?:of|off))\s+{_NP}{_P}",
    ),
    # "a push towards Hadrut" has not come there
    _rule(
        "near",
        rf"\b(?i:push|advance|offensive|drive|thrust|assault|attack|march|pushed|advanced|advancing|pushing)"
        rf"(?:\s+(?i:of|by)\s+(?:[\w-]+\s+){{0,3}}[\w-]+)?\s+(?i:towards?)\s+{_NP}{_P}",
    ),
    _rule("at", rf"\b(?i:at|upon)\s+{_NP}{_P}"),
    # "on Mount Everest", "on the island of Zakynthos", "on Mogadishu's Maka al-Mukarama road"
    _rule("at", rf"\b(?i:on|onto|atop)\s+{_NP}{_P}", needs="surface"),
    # "on Bangladesh river", in a headline
    _rule(
        "in",
        rf"\b(?i:on)\s+(?i:the\s+)?{_P}\s+(?i:river|lake|road|highway|motorway|railway|beach|island|street)\b",
    ),
    # "Kantharalak, a district of Sisaket province"; "the town of X" is X itself
    _rule(
        "in",
        rf"\b(?i:an?)\s+(?:\w+\s+){{0,2}}(?i:village|town|city|district|suburb|quarter|neighbou?rhood|municipality|island|part|port|"
        rf"province|county|commune)\s+(?i:of)\s+{_NP}{_P}",
    ),
    # "the Gedo region of Somalia", "Anbar province of Iraq"
    _rule("in", rf"(?<={CLOSE})\s+(?i:of)\s+(?i:the\s+)?{_P}"),
    # "the alert for Valencia"
    _rule(
        "in",
        rf"\b(?i:alerts?|warnings?|curfew|evacuation\s+orders?|state\s+of\s+emergency)\s+(?i:for|in)\s+{_NP}{_P}",
    ),
    _rule("in", rf"\b(?i:in|into|inside|within|over|across|throughout|entered|entering)\s+{_NP}{_P}"),
)
