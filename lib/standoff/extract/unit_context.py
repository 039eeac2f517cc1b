"""Units whose letters mean two things: what stands near them decides, and where it does not, says so.

"12 nm" is nautical miles at sea and nanometres in a laboratory; "10 M" is nautical miles on a chart;
"5m people" are millions; "three cables" are a distance only where something is measured off.
"""

from __future__ import annotations

import re
from functools import cached_property

_SEA = re.compile(
    r"(?i:\b(?:ships?|shipping|vessels?|tankers?|boats?|ports?|harbou?rs?|coast\w*|sea|seas|ocean|gulf|straits?|nav(?:y|al|ies)|"
    r"maritime|shore\w*|offshore|sail\w*|crew\w*|frigates?|destroyers?|warships?|submarines?|dhows?|skiffs?|cargo|mariners?|"
    r"ukmto|anchor\w*|lighthouses?|pirates?|fishing|trawlers?|ferr(?:y|ies)|buoys?|islands?|nautical|yachts?|vtss?|"
    r"aircraft|runways?|airspace|pilots?|radar|off\s+the|bulk\s+carriers?|container\w*\s+ship|cape|bay|waters?)\b)"
    r"|\boff\s+[A-Z]|\b(?:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW)\b"
)
_OPTICS = re.compile(
    r"(?i)\b(?:light|wavelengths?|lasers?|chips?|chipmak\w*|process(?:es|ors?)?|nodes?|lithograph\w*|semiconductors?|"
    r"transistors?|ultraviolet|infrared|photons?|nano\w*|spectr\w+|fabs?|fabrication|coatings?|foundr(?:y|ies))\b"
)
_WINDS = r"(?:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW|N|E|S|W|north|south|east|west)"
_CHART_M = re.compile(rf"(?:\s+(?:of|off|from|to|{_WINDS})\b|\s*[,.;)]|\s*$)")
_MEASURED_OFF = re.compile(
    r"\s+(?:(?i:lengths?|off|from|of|away|distant|astern|ahead|abeam|apart|out|inland|upstream|downstream|to\s+the|due)"
    rf"|{_WINDS}(?:[\s-]?{_WINDS})?)\b"
)
_PEOPLE = (
    r"people|persons?|residents|refugees|civilians|voters|children|inhabitants|migrants|workers|households|women|men|users|"
    r"families|troops|soldiers|barrels|doses|homes|cattle|animals|trees|vehicles|passengers|followers|members|citizens|"
    r"students|pupils|patients|jobs|shares|[A-Z]\w+(?:ns|is|ese|ks|bs)"
)
#: Behind "5m": what is counted in millions.
MILLIONS_OF = re.compile(rf"\s+(?P<noun>(?:(?:displaced|more|other|registered|young)\s+)?(?:{_PEOPLE}))\b")
_WARM = re.compile(
    r"(?i)\b(?:temperatures?|degrees|heat\w*|cold\w*|warm\w*|fr[eo]e?z\w*|frost|weather|celsius|fahrenheit|minus|mercury|"
    r"thermometers?|hot|climate|chill\w*|boil\w*|melt\w*)\b|°"
)
_YIELD = re.compile(r"(?i)\b(?:nuclear|warheads?|yields?|bombs?|blast|explosi\w+|detonat\w+|TNT)\b")
_NEAR = 60


class Surroundings:
    """What a text says near its units.

    Parameters
    ----------
    text : str
        The report.

    Examples
    --------
    >>> Surroundings("The ship was hit 12 nm off.").nm(17, 22)
    ('nautical_mile', None)
    >>> Surroundings("It shines at 450 nm, a blue light.").nm(13, 19)
    ('nanometre', "'nm' is nanometres beside 'light'")
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def at_sea(self) -> bool:
        """Whether the text speaks of ships, coasts or aircraft, which keep to nautical miles."""
        return bool(_SEA.search(self.text))

    def _near(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        return pattern.search(self.text, end, end + _NEAR) or pattern.search(
            self.text, max(0, start - _NEAR), start
        )

    def nm(self, start: int, end: int) -> tuple[str, str | None]:
        """Return the unit that "nm" means between two offsets, and the doubt that stays."""
        optics = self._near(_OPTICS, start, end)
        if optics:
            return "nanometre", f"'nm' is nanometres beside {optics[0]!r}"
        if self.at_sea:
            return "nautical_mile", None
        return "nautical_mile", "'nm' is read as nautical miles, though nothing near it speaks of sea or air"

    def is_chart_mile(self, end: int) -> bool:
        """Say whether a capital M, which ends here, can be the nautical mile of charts: "10 M NE of the cape"."""
        return self.at_sea and bool(_CHART_M.match(self.text, end))

    def is_measured_off(self, end: int) -> bool:
        """Say whether a word such as "cables", which ends here, is a distance and not a thing."""
        return bool(_MEASURED_OFF.match(self.text, end))

    def is_warm(self, start: int, end: int) -> bool:
        """Say whether the words near two offsets are of heat or cold."""
        return self._near(_WARM, start, end) is not None

    def is_yield(self, start: int, end: int) -> bool:
        """Say whether the words near two offsets are of explosions."""
        return self._near(_YIELD, start, end) is not None
