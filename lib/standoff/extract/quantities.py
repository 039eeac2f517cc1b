"""Numbers with their units: single, as ranges, lists and sums; not yet hedged, and without a role.

The grammar runs over the text, so that it does not hang on how a tokenizer splits "34-mile" or "55km". Numbers are
found first, each once; then what stands between two of them says whether they are a range, a list or strangers. No
step looks further than a few words, so that time goes by the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from standoff.extract import money, numbers
from standoff.extract.amounts import BACKWARDS, DOWN, NEGATIVE, Element, Quantity, Span, impossible, sized
from standoff.extract.numbers import Number
from standoff.extract.unit_reader import Unit, UnitReader
from standoff.units import to_si

_ONE_OF = (
    r"kilomet(?:re|er)|met(?:re|er)|mile|furlong|verst|yard|league|hectare|acre|dunam|tonne|kilogram|kilo|square[\s-]+(?:mile|"
    r"kilomet(?:re|er)|met(?:re|er)|foot)|nautical\s+mile|(?:hour|day|week|fortnight|month|year|decade|century)"
    r"(?=\s+(?:and|or\s+(?:so|two)|later|earlier|ago|before|after|away|long)\b|-long|['’]s\b)"
)
_SCAN = re.compile(
    rf"(?<!\w)(?:{numbers.VAGUE}|{numbers.NUMBER}|(?P<one>an?)(?=[\s-]+(?:{_ONE_OF})\b))|(?:(?<=USD)|(?<=EUR)|(?<=GBP)){numbers.NUMBER}",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"\s*(?:(?P<dash>-{1,2}|[–—‐‑−]|-?\s+to\s+|\s+up\s+to\s+|-\s+to\s+)|(?P<both>-?,?\s+and\s+)|(?P<either>-?,?\s+or\s+)|(?P<comma>,))"
    r"\s*(?:(?:about|around|some|roughly|nearly|approximately|perhaps|maybe)\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\bbetween\s+(?:(?:about|around|some|roughly|approximately|an\s+estimated)\s+)?$", re.IGNORECASE
)
# "from 20 to 30 km" after a verb of change states two values, not a range.
_CHANGED = re.compile(
    r"\b(?:widen|expand|extend|increas|rais|enlarg|doubl|grow|grew|shr[aiu]nk|narrow|reduc|cut|lower|chang|rose|ris|fell|fall|"
    r"dropp?|jump|climb)\w*(?:\s+(?!from\b)[\w-]+){0,6}\s+from\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|some|roughly)\s+)?$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:\b[A-Z][\w'’-]*\.?|\bpages?|\bchapters?)\s+$")
_MAY_BE_FIRST = re.compile(
    r"(?i)\b(?:between|from|some|about|around|up to|nearly|almost|over|the|at|of|roughly)\s+$"
)
_AND_A_HALF = re.compile(
    r"\s+and\s+(?P<share>an?\s+(?:half|third|quarter)|three[\s-]quarters|two[\s-]thirds|½|¼|¾)"
    r"(?![\w½-]|\s+(?:of|an?|dozen|million|hour|mile|kilomet|day|week|year)\b)",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?i)(?<![\w-])minus\s+$")
_OR_TWO = re.compile(r"\s+or\s+(?:two|2)(?![\w-]|\s+(?:hundred|thousand|million|mile|k))", re.IGNORECASE)
_SCALE_AT_END = re.compile(r"(?i)(hundred|thousand|million|billion|trillion|mn|mln|bn|tn|trn)$")
_INCHES = re.compile(r"\s?in(?:\.|\b)", re.IGNORECASE)
_SUM_GAP = re.compile(r"\s+(?:and\s+)?", re.IGNORECASE)
# A unit -> the units that may follow it in one statement: "2 hours and 30 minutes", "5 ft 10 in".
_SMALLER = {
    "year": ("month",), "month": ("week", "day"), "week": ("day",), "day": ("hour",), "hour": ("minute",),
    "minute": ("second",), "foot": ("inch",), "pound": ("ounce",), "kilometre": ("metre",), "mile": ("yard", "foot"),
}  # fmt: skip
_GLUE, _GLUE_OF_DIGITS = frozenset(".,/-−:"), frozenset("–'’")
_MOST_IN_LIST = 10
_SAME_SHARE = 0.05
_WINDOW = 60


class Numbers:
    """The numbers of a text, in order, and what they make together.

    Parameters
    ----------
    text : str
        The report.

    Examples
    --------
    >>> [(q.low, q.high, q.unit.name) for q in Numbers("from 500 m to 2 km, or 3 miles").quantities()]
    [(0.5, 2.0, 'kilometre'), (3.0, 3.0, 'mile')]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.units = UnitReader(text)
        self.elements = list(self._found())
        self._joins: dict[int, str | None] = {}

    def _found(self) -> Iterator[Element]:
        text = self.text
        for match in _SCAN.finditer(text):
            number = Number(1.0, 1.0, 1.0) if match["one"] else numbers.read(match[0])
            if number is None:
                continue
            start, end = match.span()
            before, further = text[start - 1 : start], text[max(0, start - 2) : start - 1]
            signed = before in ("-", "−") and (not further or further.isspace() or further in "([")
            minus = before.isspace() and _MINUS.search(text[max(0, start - 8) : start])
            glued = (before in _GLUE or (before in _GLUE_OF_DIGITS and further.isdigit())) and not signed
            start = start - 1 if signed else start - len(minus[0]) if minus else start
            unit = self.units.of(start, end, number.value, match[0])
            if unit is not None and unit.start is not None:
                start, glued = unit.start, False
            yield Element(start, end, number, unit, bool(signed or minus), not glued)

    def quantities(self) -> Iterator[Quantity]:
        """Yield everything that has a unit, in text order."""
        i = 0
        while i < len(self.elements):
            found, i = self.at(i)
            yield from found

    def at(self, i: int) -> tuple[list[Quantity], int]:
        """Return what begins with the number at a place in `elements`, and the place behind it."""
        first = self.elements[i]
        if not first.is_free:
            return [], i + 1
        if first.unit is not None:
            return self._measured(i, first, first.unit)
        chain, joins = [first], []
        while chain[-1].unit is None:
            j = i + len(chain)
            joined = self._join(j - 1) if j < len(self.elements) else None
            if joined is None:
                return [], j
            if len(chain) == _MOST_IN_LIST:
                return [], i + 1
            chain.append(self.elements[j])
            joins.append(joined)
        return self._listed(chain, joins), i + len(chain)

    def _join(self, i: int) -> str | None:
        """Return how a number is joined to the next one: "to" for a range, "and", "or" or a comma."""
        if i not in self._joins:
            self._joins[i] = self._joined(self.elements[i], self.elements[i + 1])
        return self._joins[i]

    def _joined(self, this: Element, following: Element) -> str | None:
        end = this.unit.end if this.unit else this.end
        if following.start - end > _WINDOW:
            return None
        gap = _JOIN.fullmatch(self.text, end, following.start)
        if gap is None:
            return None
        return "to" if gap["dash"] else "and" if gap["both"] else "or" if gap["either"] else ","

    # ------------------------------------------------------------------ one number with its unit, or two

    def _measured(self, i: int, first: Element, unit: Unit) -> tuple[list[Quantity], int]:
        after = self.elements[i + 1] if i + 1 < len(self.elements) else None
        if after is not None:
            joined = self._join(i)
            other = (self._money_like(unit, after) if unit.dimension == "money" else None) or after.unit
            same = other is not None and other.dimension == unit.dimension
            ends = (sized(first, unit), sized(after, other)) if same and other else (0.0, 0.0)
            # "20 km - roughly 12 miles - away" says one thing twice
            twice = other and unit.name != other.name and abs(ends[1] - ends[0]) <= _SAME_SHARE * abs(ends[0])
            is_pair = same and joined in ("to", "and") and self._is_pair(first, joined, ends, 2)
            if other and is_pair and not twice:
                return [self._between(first, unit, after, other)], i + 2
            if (
                not after.number.note
                and after.unit
                and after.unit.name in _SMALLER.get(unit.name, ())
                and self._is_sum(unit, after)
            ):
                return [self._summed(first, unit, after, after.unit)], i + 2
            if unit.name == "foot" and self._is_sum(unit, after) and _INCHES.match(self.text, after.end):
                inches = replace(unit, name="inch", end=_INCHES.match(self.text, after.end).end())  # type: ignore[union-attr]
                return [self._summed(first, unit, after, inches)], i + 2
        if first.number.value == 1 and after is not None and _OR_TWO.match(self.text, unit.end):
            return [
                self._ranged(self._single(first, unit), self._single(after, replace(unit, end=after.end)))
            ], i + 2
        share = _AND_A_HALF.match(self.text, unit.end)
        if share:
            more = numbers.parse(share["share"]) or 0.0
            number = Number(first.number.value + more, first.number.low + more, first.number.high + more)
            behind = next(
                (k for k in range(i + 1, len(self.elements)) if self.elements[k].start >= share.end()),
                len(self.elements),
            )
            return [self._single(replace(first, number=number), replace(unit, end=share.end()))], behind
        return [self._single(first, unit)], i + 1

    def _before(self, start: int) -> str:
        return self.text[max(0, start - _WINDOW) : start]

    def _is_change(self, first: Element) -> bool:
        return bool(_CHANGED.search(self.text[max(0, first.start - 2 * _WINDOW) : first.start]))

    def _money_like(self, unit: Unit, after: Element) -> Unit | None:
        """Return the currency for the second number of "$5-10 million" or "€5-10m", which has no sign of its own."""
        scale = money.SCALE.match(self.text, after.end)
        if after.unit is not None and not (scale and after.unit.name == "metre"):
            return None
        return replace(
            unit, start=None, end=scale.end() if scale else after.end,
            scale=money.scale_of(scale["scale"] if scale else None),
        )  # fmt: skip

    def _single(self, element: Element, unit: Unit, start: int | None = None) -> Quantity:
        number, sign = self._number(element, unit), -1.0 if element.negative else 1.0
        low, high = sorted((sign * number.low * unit.scale, sign * number.high * unit.scale))
        value = sign * number.value * unit.scale
        notes = [number.note, unit.note]
        if unit.odd:
            high = value + (9 if value < 100 else value / 10)
            notes.append(f"'-odd' is taken as {value:g} to {high:g}")
        notes += impossible(value, unit)
        return Quantity(
            element.start if start is None else start, unit.end, value, low, high, unit,
            is_vague=low != high, plus=unit.plus, notes=tuple(note for note in notes if note),
        )  # fmt: skip

    def _number(self, element: Element, unit: Unit) -> Number:
        """Return the number of an element; "1.500 metres" and "1.500 euros" are thousands, "1.500 km" may be either."""
        coarse = unit.dimension == "money" or unit.name in ("metre", "yard", "foot")
        whole = (
            numbers.in_thousands(self.text[element.start : element.end])
            if coarse and unit.scale == 1
            else None
        )
        return whole or element.number

    def _between(self, first: Element, unit: Unit, last: Element, other: Unit) -> Quantity:
        """Make one range of two numbers, each with a unit, in the unit of the second."""
        if unit.dimension == "money" and unit.scale == 1.0:
            scale = other.scale if other.scale > 1.0 and first.number.value <= last.number.value else 1.0
            unit = replace(unit, scale=scale)
        first = self._in_the_scale_of(last, first)
        low = self._single(first, unit)
        high = self._single(last, other)
        share = 1.0
        if unit.name != other.name and unit.dimension != "money":
            one, same = to_si(low.value, unit.name), to_si(1.0, other.name)
            share = one[0] / same[0] / low.value if one and same and low.value else 1.0
        return self._ranged(low, high, share)

    def _ranged(self, low: Quantity, high: Quantity, share: float = 1.0) -> Quantity:
        ends = (low.low * share, high.high)
        notes = [*low.notes, *high.notes]
        if ends[0] > ends[1] and high.unit.dimension != "temperature":
            notes.append(BACKWARDS)
        least, most = min(ends), max(ends)
        if NEGATIVE in notes:
            notes = [NEGATIVE]
        return Quantity(
            low.start, high.end, (least + most) / 2, least, most, high.unit, is_range=True,
            is_vague=low.is_vague or high.is_vague, notes=tuple(dict.fromkeys(notes)),
        )  # fmt: skip

    def _in_the_scale_of(self, last: Element, first: Element) -> Element:
        """Give the first number of "5 to 10 million" the million of the last."""
        match = _SCALE_AT_END.search(self.text[last.start : last.end])
        scale = numbers.parse(f"1 {match[1]}") if match else None
        if scale is None or not first.number.value < last.number.value / scale:
            return first
        value, low, high = (
            each * scale for each in (first.number.value, first.number.low, first.number.high)
        )
        return replace(first, number=Number(value, low, high, first.number.note))

    def _is_sum(self, unit: Unit, after: Element) -> bool:
        return bool(_SUM_GAP.fullmatch(self.text, unit.end, after.start))

    def _summed(self, first: Element, unit: Unit, after: Element, smaller: Unit) -> Quantity:
        one, part = to_si(1.0, unit.name), to_si(after.number.value, smaller.name)
        more = part[0] / one[0] if one and part else 0.0
        whole = round(first.number.value + more, 12)
        number = Number(whole, whole, whole)
        return self._single(replace(first, number=number), replace(unit, end=smaller.end))

    # ------------------------------------------------------------------ numbers that share a unit

    def _listed(self, chain: list[Element], joins: list[str]) -> list[Quantity]:
        """Read numbers of which the last alone has a unit: "20-30 km", "10, 20 and 30 km"."""
        unit = chain[-1].unit
        assert unit is not None  # noqa: S101 - its caller has looked
        first = self._first_of_list(chain, joins)
        chain, joins = chain[first:], joins[first:]
        if any(a == b == "to" for a, b in pairwise(joins)):
            return []  # "3-2-1", a date or a telephone number
        found: list[Quantity] = []
        k = 0
        while k < len(chain):
            if k < len(joins) and self._is_pair(
                chain[k], joins[k], self._ends(chain[k], chain[k + 1]), len(chain)
            ):
                low = self._in_the_scale_of(chain[k + 1], chain[k])
                found.append(self._ranged(self._of_list(low, unit), self._of_list(chain[k + 1], unit)))
                k += 2
            else:
                found.append(self._of_list(chain[k], unit))
                k += 1
        if len(chain) == 2 and self._goes_down(chain[0], joins[0], self._ends(*chain)):
            found = [replace(each, notes=(*each.notes, DOWN)) for each in found]
        return found

    def _of_list(self, element: Element, unit: Unit) -> Quantity:
        end = unit.end if element.unit is not None else element.end
        return self._single(element, replace(unit, end=end, odd=unit.odd and element.unit is not None))

    def _first_of_list(self, chain: list[Element], joins: list[str]) -> int:
        """Return where the list begins that the last number closes: "In 2017, 30 km" is none."""
        first = len(chain) - 1
        while first > 0:
            joined, before = joins[first - 1], chain[first - 1]
            if joined == "," and first == len(chain) - 1:
                break
            if not before.is_free or self._is_of_another(before, joined):
                break
            first -= 1
        return first

    def _is_of_another(self, before: Element, joined: str) -> bool:
        """Say whether a number belongs to the words before it: "June 6 and 30 km", "2017, 3 and 4 km"."""
        words = self._before(before.start)
        name = _CAPITALISED.search(words) and not _MAY_BE_FIRST.search(words)
        year = joined == "," and 1900 <= before.number.value < 2100 and before.end - before.start == 4
        return bool(name and joined != "to") or year

    def _goes_down(self, low: Element, joined: str, ends: tuple[float, float]) -> bool:
        """Say whether two numbers are "from 30 to 4 km", where no word speaks of a change."""
        down = joined == "to" and ends[0] > ends[1]
        return down and bool(_FROM.search(self._before(low.start))) and not self._is_change(low)

    def _ends(self, low: Element, high: Element) -> tuple[float, float]:
        return self._in_the_scale_of(high, low).number.value, high.number.value

    def _is_pair(self, low: Element, joined: str, ends: tuple[float, float], members: int) -> bool:
        """Say whether two numbers are the ends of one range, by what joins them and what stands before."""
        if joined == "to":
            if ends[0] > ends[1] and _FROM.search(self._before(low.start)):
                return False  # "from 50 to 10 km": a change
            return not self._is_change(low)
        if joined == "and":
            return bool(_BETWEEN.search(self._before(low.start)))
        # "two or three kilometres": a guess, not two distances
        return joined == "or" and members == 2 and ends[0] < ends[1] <= 2 * ends[0]

    def span_at(self, position: int) -> Span | None:
        """Return the numbers joined into one statement that hold, or end at, a character; None if none does."""
        i = bisect_right(self.elements, position, key=lambda element: element.start) - 1
        if i < 0 or self.elements[i].end <= position:
            return None
        last = self.elements[i]
        for first, second in ((i - 1, i), (i, i + 1)):
            if first >= 0 and second < len(self.elements):
                pair = self._span_of(first, self.elements[first], self.elements[second])
                if pair is not None:
                    return pair
        number = last.number
        notes = (number.note,) if number.note else ()
        return Span(last.start, last.end, number.low, number.high, number.value, False, notes)

    def _span_of(self, i: int, first: Element, last: Element) -> Span | None:
        joined = self._join(i)
        if joined in (None, ",") or not first.is_free or first.unit is not None:
            return None
        if not self._is_pair(first, joined or "", self._ends(first, last), 2):
            return None
        first = self._in_the_scale_of(last, first)
        low, high = sorted((first.number.low, last.number.high))
        notes = (BACKWARDS,) if first.number.low > last.number.high else ()
        return Span(first.start, last.end, low, high, (low + high) / 2, True, notes)
