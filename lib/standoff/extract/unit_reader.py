"""The unit right behind a number, or the sign of a currency right before it.

>>> unit = UnitReader("about 50 square miles").of(6, 8, 50.0, "50")
>>> unit.name, unit.dimension
('square_mile', 'area')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.extract import money
from standoff.extract.unit_context import MILLIONS_OF, Surroundings
from standoff.model import Dimension
from standoff.units import ALIASES, any_unit_of

_TIMES = {
    "s": "second", "sec": "second", "second": "second", "min": "minute", "minute": "minute", "h": "hour", "hr": "hour",
    "hour": "hour", "d": "day", "day": "day", "week": "week", "month": "month", "year": "year",
}  # fmt: skip
_TIME = "|".join(sorted(_TIMES, key=len, reverse=True))
_LONG_TIME = "second|minute|hour|day|week|month|year"
_ALIAS = "|".join(re.escape(alias).replace(r"\ ", r"[\s-]+") for alias in ALIASES)
_UNIT = re.compile(
    r"(?P<plus>\s?\+|[\s-]plus(?=[\s-]))?(?P<odd>[\s-]odd(?=[\s-]))?[\s-]*+(?:(?:or\s+so|more|further|additional|full|good)\s+)?"
    rf"(?P<power>square[\s-]+|sq\.?\s?|cubic[\s-]+|cu\.?\s+)?(?P<unit>{_ALIAS})(?P<exp>[²³]|\^?[23](?![\d.,]\d|\d))?"
    rf"(?P<per>\s?/\s?(?:{_TIME})(?!\w)|[\s-]+(?:per|an?)[\s-]+(?:{_LONG_TIME})(?!\w))?"
    r"(?![\w²³]|/(?!\s*\d)|\.\w)",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"[\s+-]*+[^\W\d_]|[\s+-]*+[°º℃℉€£₽₴₪₺₹]")
_BARE_DEGREES = re.compile(
    r"\s?(?:°|º|degrees\b)(?!\s*(?:[NSEWnsewCFK]\b|(?i:north|south|east|west|latitude|longitude|true|angle|celsius|"
    r"centigrade|fahrenheit|kelvin)|[\d'′]))"
)
_LETTER_DEGREES = re.compile(r"\s?(?P<letter>[CFK])(?![\w-]|\.\w)")
_OF_MILLIONS = re.compile(
    r"\s?(?:m|mn|bn)\s+(?P<unit>tonnes|tons|hectares|acres|litres|liters|gallons|metric\s+tons)\b",
    re.IGNORECASE,
)
_WORDS_FOR = {"C": "degree_celsius", "F": "degree_fahrenheit", "K": "kelvin"}
_THINGS = frozenset("cable cables league leagues click clicks li".split())
_OF = re.compile(r"\s+of\b")
_TENS = re.compile(r"(?i)(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y$")
_POUNDS = frozenset({"pound", "pounds"})
_WON = frozenset({"won", "rand"})


@dataclass(frozen=True)
class Unit:
    """A unit as it stands in the text.

    Attributes
    ----------
    end : int
        Where the unit ends, or the number if the unit stands before it.
    start : int or None
        Where the sign of a currency begins that stands before the number.
    scale : float
        What the number is to be multiplied by: the m of "€20m".
    odd, plus
        "20-odd", "60+": what is glued to the number.
    has_no_size : bool
        For degrees of no scale.
    """

    name: str
    dimension: Dimension
    end: int
    start: int | None = None
    scale: float = 1.0
    odd: bool = False
    plus: str | None = None
    note: str | None = None
    has_no_size: bool = False


class UnitReader:
    """Finds units in one text.

    Parameters
    ----------
    text : str
        The report.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.near = Surroundings(text)

    def of(self, start: int, end: int, value: float, words: str) -> Unit | None:
        """Return the unit of a number, or None.

        Parameters
        ----------
        start, end : int
            Where the number stands, with its sign.
        value : float
            What it says.
        words : str
            How it is written.
        """
        ahead = _AHEAD.match(self.text, end)
        if ahead is None:
            # Most numbers of a hostile list end here, and after a look at what is before them.
            before = self.text[max(0, start - 1) : start]
            is_sum = before in money.SIGNS or before.isspace() or before.isupper()
            signed = self.text[start : start + 1] in "-−mM"
            return (self._money(start, end, value) if is_sum else None) or (
                self._degrees(start, end) if signed else None
            )
        return (
            self._money(start, end, value)
            or self._millions(end)
            or self._degrees(start, end)
            or self._plain(start, end, value, words)
        )

    # ------------------------------------------------------------------ money

    def _money(self, start: int, end: int, value: float) -> Unit | None:
        before = money.SIGN_BEFORE.search(self.text[max(0, start - 5) : start])
        if before:
            scale = money.SCALE.match(self.text, end)
            name, note = money.by_sign(before["sign"])
            return Unit(
                name, "money", scale.end() if scale else end, start=start - len(before[0]),
                scale=money.scale_of(scale["scale"] if scale else None), note=note,
            )  # fmt: skip
        match = money.BEHIND.match(self.text, end)
        if not match:
            return None
        word, nation = match["word"], match["nation"]
        if word is None:
            name, note = money.by_sign(match["sign"] or match["code"])
        else:
            if word.lower() in _WON and value < 100 and not nation:
                return None  # "the five won"
            plain = word.lower() in _POUNDS and not (nation or match["sterling"] or match["scale"])
            if plain and not money.is_sum(self.text, start, match.end(), value):
                return None
            name, note = money.currency(word, nation or match["sterling"])
        return Unit(name, "money", match.end(), scale=money.scale_of(match["scale"]), note=note)

    # ------------------------------------------------------------------ millions, degrees

    def _millions(self, end: int) -> Unit | None:
        """Read the m of "5m people" and "3m tonnes"."""
        tonnes = _OF_MILLIONS.match(self.text, end)
        if tonnes:
            found = any_unit_of(tonnes["unit"])
            scale = 1e9 if "b" in tonnes[0][:3].lower() else 1e6
            return Unit(found[1], found[0], tonnes.end(), scale=scale) if found else None
        if self.text[end : end + 1] not in ("m", "k"):
            return None
        people = MILLIONS_OF.match(self.text, end + 1)
        if not people:
            return None
        scale = money.scale_of(self.text[end])
        noun = people["noun"].split()[-1].lower()
        return Unit(noun.removesuffix("s"), "count", people.end(), scale=scale)

    def _degrees(self, start: int, end: int) -> Unit | None:
        """Read "40C" and "minus 40 degrees", where the words near them are of heat or cold."""
        signed = self.text[start : start + 1] in ("-", "−", "m", "M")  # an m is that of "minus"
        letter = _LETTER_DEGREES.match(self.text, end)
        if letter and (signed or self.near.is_warm(start, letter.end())) and letter[0] != "K":
            return Unit(_WORDS_FOR[letter["letter"]], "temperature", letter.end())
        bare = _BARE_DEGREES.match(self.text, end)
        told = "temperature" in self._window(start, end)
        if bare and (signed or told):
            return Unit("degree", "temperature", bare.end(), note="no scale is stated", has_no_size=True)
        minus = self.text[start : start + 5].lower() == "minus"
        if minus and told and not _UNIT.match(self.text, end):
            return Unit("degree", "temperature", end, note="no scale is stated", has_no_size=True)
        return None

    def _window(self, start: int, end: int) -> str:
        return self.text[max(0, start - 60) : end + 60].lower()

    # ------------------------------------------------------------------ all others

    def _plain(self, start: int, end: int, value: float, words: str) -> Unit | None:
        match = _UNIT.match(self.text, end)
        if not match:
            return None
        written = match["unit"]
        if written == "M":
            if not self.near.is_chart_mile(match.end("unit")):
                return None  # "the 3M company"; a metre is written "m"
            chart = "'M' is read as nautical miles, as on charts"
            return Unit("nautical_mile", "length", match.end("unit"), note=chart)
        found = any_unit_of(re.sub(r"[\s-]+", " ", written))
        if found is None or self._is_something_else(match, value, words):
            return None
        dimension, name = found
        dimension, name = _compound(dimension, name, match["power"], match["exp"])
        stop = match.end() if match["per"] else match.end("exp") if match["exp"] else match.end("unit")
        note: str | None = None
        if written.lower() == "nm" and written != "NM":  # nobody writes nanometres in capitals
            name, note = self.near.nm(start, match.end())
        elif name in ("ton", "pound", "knot", "gallon", "mach"):
            name, dimension, note = self._of_two_sizes(written, name, dimension, start, match.end())
        if match["per"]:
            dimension, name, stop = _per(dimension, name, match["per"], stop, match.end("unit"))
        return Unit(
            name, dimension, stop, odd=bool(match["odd"]), plus=match["plus"].strip(" -") if match["plus"] else None,
            note=note,
        )  # fmt: skip

    def _is_something_else(self, match: re.Match[str], value: float, words: str) -> bool:
        """Say whether the letters are no unit here: "5G", "1430h", "three cables were cut", "twenty-second"."""
        written, low = match["unit"], match["unit"].lower()
        if low in _THINGS and not self.near.is_measured_off(match.end("unit")):
            return True
        if low == "second" and _TENS.search(words):
            return True
        if low == "t":
            return written != low or not _OF.match(self.text, match.end("unit"))
        if low == "h":
            clock = words.isdigit() and (len(words) == 4 or words.startswith("0"))
            return written != low or clock
        if low == "g":
            network = value < 10 and not self.text[match.start("unit") - 1].isspace()
            return written != low or network
        return written in ("MI", "LI", "HA", "MIN", "SEC", "OZ") or (low == "kn" and written != "kn")

    def _of_two_sizes(
        self, written: str, name: str, dimension: Dimension, start: int, end: int
    ) -> tuple[str, Dimension, str | None]:
        if name == "ton":
            note = f"{written!r} is read as the short ton, 907 kg; it may be 1,000 or 1,016 kg"
            return name, dimension, note
        if name == "gallon":
            return name, dimension, f"{written!r} is read as that of the United States"
        if name == "mach":
            return name, dimension, None
        if name == "knot" and written.lower() == "kt" and self.near.is_yield(start, end):
            return "kiloton", "mass", "'kt' is read as kilotons beside words of explosions"
        heavy = written.lower() not in _POUNDS or re.match(
            r"\s+of\b|[\s-]+\w*(?:bomb|warhead|charge|shell)", self.text[end:][:20]
        )
        glued = self.text[end - len(written) - 1 : end - len(written)] == "-"
        weighed = re.search(r"(?i)\bweigh", self.text[max(0, start - 40) : start])
        if name == "pound" and not (heavy or glued or weighed):
            return name, dimension, f"{written!r} is read as a weight; it may be a sum of money"
        return name, dimension, None


def _compound(dimension: Dimension, name: str, power: str | None, exp: str | None) -> tuple[Dimension, str]:
    if dimension != "length" or not (power or exp):
        return dimension, name
    if (power or "").lower().startswith("c") or (exp or "")[-1:] in ("3", "³"):
        return "other", f"cubic_{name}"
    return "area", f"square_{name}"


def _per(dimension: Dimension, name: str, per: str, stop: int, end: int) -> tuple[Dimension, str, int]:
    """Make a speed of a length, and a rate of anything else that flows; a duration has neither."""
    time = _TIMES[re.findall(r"[a-z]+", per.lower())[-1]]
    if dimension == "length":
        return "speed", f"{name}_per_{time}", stop
    if dimension in ("mass", "other") or name.startswith("cubic"):
        return "other", f"{name}_per_{time}", stop
    return dimension, name, end
