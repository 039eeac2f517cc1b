"""What is between two parties and not between two places: "talks between Serbia and Kosovo"."""

from __future__ import annotations

import re

from standoff.extract.masked import CLOSE, OPEN

_WHERE = rf"(?:\s+(?:in|at|on|over)\s+(?:the\s+)?(?:{OPEN}\w\d+{CLOSE}|[\w-]+)){{0,2}}"
_DEALING = re.compile(
    r"(?i)\b(?:talks?|deals?|match(?:es)?|games?|wars?|trade|relations?|relationships?|agreements?|accords?|pacts?|ties|links?|"
    r"tensions?|disputes?|quarrels?|rows?|feuds?|rifts?|spats?|ceasefire|truce|peace|conflicts?|negotiations?|summit|meetings?|"
    r"treaty|exchanges?|rivalry|contest|derby|final|fixture|friendly|semi-final|swap|flights?|dialogue|hostilit(?:y|ies)|"
    r"stand-?offs?|friendship|alliance|co-?operation|differences?|comparison|choice|mistrust|trust|rapprochement|detente|"
    r"diplomacy|hatred|enmity|settlement|border\s+dispute|communications?|calls?|correspondence|extradition|travel|tourism)"
    rf"{_WHERE}\s+$"
)
# Two countries are a place between only with these before or behind: the road, the strait, "lies between".
_SPATIAL = re.compile(
    r"(?i)\b(?:borders?|frontiers?|boundary|roads?|highways?|motorways?|railways?|lines?|routes?|bridges?|tunnels?|straits?|"
    r"channel|sea|seas|gulf|bay|waters|rivers?|lakes?|valleys?|pass|mountains?|hills|desert|plains?|island|islands|islets?|"
    r"strip|corridor|zone|no-man's-land|no\s+man's\s+land|land|area|region|territory|enclave|crossings?|post|village|town|"
    r"pipelines?|cables?|lie|lies|lay|lying|located|situated|wedged|sandwiched|squeezed|runs?|ran|flows?|straddles|halfway|"
    r"midway|somewhere|space|gap|stretch|stranded|anchored|adrift|sank|crashed|disappeared|vanished)"
    r"(?:\s+[\w-]+){0,2}\s+$"
)


def is_dealing(match: re.Match[str]) -> bool:
    """Say whether words before "between" are of dealings, which are nowhere between the two."""
    return bool(_DEALING.search(_before(match)))


def is_spatial(match: re.Match[str]) -> bool:
    """Say whether words before "between" put something there, so that two countries have a place between them."""
    return bool(match.groupdict().get("half") or _SPATIAL.search(_before(match)))


def _before(match: re.Match[str]) -> str:
    end = match.start() + max(
        0, match[0].lower().find("between")
    )  # "road between": the road is of the words before
    return match.string[max(0, end - 60) : end]
