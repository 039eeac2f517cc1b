"""Words -> quantities with a unit: lengths above all, durations, speeds, masses, and counts.

The grammar runs over the text, so that it does not hang on how a tokenizer splits
"34-mile" or "55km"; counts ("four bombs") come from the parse, because any noun can be
counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.extract import numbers
from standoff.extract.state import Taken, set_extension, text_of
from standoff.model import Bound, Dimension, Measure, Role, StatedTwice
from standoff.units import LENGTH_ALIASES, to_metres, unit_of

# Other dimensions: canonical unit -> (dimension, factor to SI, SI unit, aliases).
_OTHER_UNITS: dict[str, tuple[Dimension, float, str, tuple[str, ...]]] = {
    "second": ("duration", 1, "s", ("seconds", "second", "secs")),
    "minute": ("duration", 60, "s", ("minutes", "minute", "mins")),
    "hour": ("duration", 3600, "s", ("hours", "hour", "hrs")),
    "day": ("duration", 86400, "s", ("days", "day")),
    "week": ("duration", 604800, "s", ("weeks", "week")),
    "kilogram": ("mass", 1, "kg", ("kg", "kilos", "kilograms", "kilogrammes", "kilogram")),
    "pound": ("mass", 0.45359237, "kg", ("lb", "lbs", "pounds", "pound")),
    "tonne": ("mass", 1000, "kg", ("tonnes", "tonne", "metric tons")),
    "knot": ("speed", 1852 / 3600, "m/s", ("knots", "knot", "kts")),
    "kilometre_per_hour": ("speed", 1 / 3.6, "m/s", ("km/h", "kph", "kmh")),
    "mile_per_hour": ("speed", 0.44704, "m/s", ("mph",)),
    "hectare": ("area", 10000, "m2", ("hectares", "hectare", "ha")),
    "acre": ("area", 4046.8564224, "m2", ("acres", "acre")),
}
_OTHER_BY_ALIAS = {alias: unit for unit, row in _OTHER_UNITS.items() for alias in row[3]}


def _alternatives(aliases: list[str]) -> str:
    ordered = sorted(aliases, key=len, reverse=True)
    return "|".join(re.escape(alias).replace(r"\ ", r"[\s-]+") for alias in ordered)


_LENGTH = _alternatives([alias for aliases in LENGTH_ALIASES.values() for alias in aliases])
_OTHER = _alternatives(list(_OTHER_BY_ALIAS))
_UNIT = rf"(?P<unit>{_OTHER}|{_LENGTH})(?![\w/²³]|\.\w)"
_N = numbers.NUMBER
_START = r"(?<![\w.,/$€£-])(?<!\d[:–])"
_QUANTITY = re.compile(
    rf"{_START}(?P<more>(?:{_N}\s*,\s*){{0,8}}{_N}(?:\s*,)?\s+(?:and|or)\s+)?"
    rf"(?:(?P<low>{_N})(?P<low_unit>[\s-]*(?:{_LENGTH}))?(?P<dash>\s*[-–—]\s*|\s+to\s+|\s+and\s+))?"
    rf"(?P<number>{_N})[\s-]*(?:or\s+so\s+)?(?P<square>square[\s-]+|sq\.?\s+|cubic[\s-]+)?{_UNIT}",
    re.IGNORECASE,
)
_TWICE = re.compile(
    rf"\s*(?:\(|(?:,\s*)?or\s+|/)\s*(?:(?:about|around|roughly|some|nearly|approximately|or)\s*)?(?P<number>{_N})"
    rf"\s*(?:-\s*)?(?P<unit>{_LENGTH})"
    r"(?!\w)\s*\)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(_N, re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
# "from 20 to 30 km" after a verb of change states two values, not a range.
_CHANGED = re.compile(
    r"\b(?:widen|expand|extend|increas|rais|enlarg|doubl|grow|grew|shr[iu]nk|narrow|reduc|cut|lower|chang)\w*"
    r"(?:\s+(?!from\b)[\w-]+){0,6}\s+from\s+$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s*(?:/\s*h\b|per\s+(?:hour|second|minute)|an\s+hour|a\s+(?:second|minute|day))", re.IGNORECASE
)

# Hedges and what they say of the number. Longest first where one begins another.
_HEDGES: tuple[tuple[str, Bound], ...] = (
    ("no more than", "<="), ("not more than", "<="), ("at most", "<="), ("as far as", "<="), ("as much as", "<="),
    ("as many as", "<="), ("up to", "<="), ("a maximum of", "<="), ("within", "<="), ("less than", "<"),
    ("fewer than", "<"), ("just under", "<"), ("under", "<"), ("nearly", "<"), ("almost", "<"),
    ("at least", ">="), ("no fewer than", ">="), ("a minimum of", ">="), ("more than", ">"), ("just over", ">"),
    ("over", ">"), ("beyond", ">"), ("upwards of", ">"), ("as close as", "~"), ("an estimated", "~"),
    ("approximately", "~"), ("roughly", "~"), ("around", "~"), ("about", "~"), ("approx.", "~"), ("approx", "~"),
    ("some", "~"), ("close to", "~"), ("circa", "~"), ("estimated", "~"), ("only", "="), ("just", "="),
    ("exactly", "="), ("between", "range"), ("from", "range"),
)  # fmt: skip
_HEDGE = re.compile(
    rf"\b({'|'.join(re.escape(hedge) for hedge, _ in sorted(_HEDGES, key=lambda row: -len(row[0])))})"
    r"\s+(?:an?\s+|the\s+|its\s+)?$",
    re.IGNORECASE,
)
_BOUNDS = dict(_HEDGES)

# A word with up to two hyphens in it: there are few ways to read a long row of hyphens as such words.
_WORD = r"[\w“”\"'‘’]++(?:-[\w“”\"'‘’]++){0,2}"
# What stands right after a length says what it is the length of.
_AFTER: tuple[tuple[str, Role, str], ...] = (
    (r"[\s-]+(?:long|wide|tall|high|thick|across|in\s+(?:length|width|height|diameter|size))\b", "dimension",
     "the size of a thing"),
    ((r"[\s-]+(?:stretch|section|segment|wall|fence|bridge|tunnel|pipeline|convoy|column|march|race|run|marathon|drive|"
     r"trek|journey|trip|walk|swim|ride|flight)\b"), "dimension", "the length of a thing or a journey"),
    (r"[\s-]+(?:gun|guns|shell|shells|mortar|mortars|rocket|rockets|cannon|calibre|caliber|round|rounds|howitzers?)\b",
     "dimension", "a calibre"),
    (r"\s+(?:above|below|beneath|underground|deep\s+underground|into\s+the\s+(?:air|sky))\b", "dimension",
     "a height or a depth"),
    (r"[\s-]+(?:range|ranged)\b", "range", "the range of a weapon or a vehicle"),
    (rf"[\s-]++(?:{_WORD}[\s-]++){{0,4}}?(?:radius|zone|perimeter|cordon|exclusion|circle|limit)\b", "radius",
     "the radius of a zone"),
)  # fmt: skip
_BEFORE: tuple[tuple[str, Role, str], ...] = (
    (r"\b(?:range|ranges|reach)\s+(?:of|is|was|exceeds)\s+$", "range", "the range of a weapon or a vehicle"),
    (r"\b(?:depth|depths)\s+(?:of|was|is|at)\s+$", "dimension", "a depth below the ground"),
    (r"\b(?:radius|perimeter|cordon|circle)\s+(?:of|to|is|was)\s+$", "radius", "the radius of a zone"),
    (r"\b(?:length|width|height|altitude|elevation|diameter|height)\s+of\s+$", "dimension", "the size of a thing"),
    ((r"\b(?:(?:ran|run|runs|running)(?!\s+aground)|walk|walked|walking|march|marched|drive|drove|driven|driving|travel|travell?ed|"
     r"swam|cycled|hiked|flew|sailed|advanced|fled|trekked|covered|moved)\s+(?:\w+\s+)?$"),
     "travel", "a distance travelled"),
)  # fmt: skip
_AFTER_RES = [(re.compile(pattern, re.IGNORECASE), role, why) for pattern, role, why in _AFTER]
_BEFORE_RES = [(re.compile(pattern, re.IGNORECASE), role, why) for pattern, role, why in _BEFORE]
_DEEP = re.compile(
    r"[\s-]+deep\b(?P<strip>[\s-]++(?:[\w-]++\s++){0,2}(?:zone|strip|belt|buffer|area))?", re.IGNORECASE
)
_DEPTH_OF = re.compile(r"\bdepth\s+of\s+$", re.IGNORECASE)
_FROM_LINE = re.compile(r"\s+(?:from|along|inside|into|on)\b", re.IGNORECASE)
_WINDOW = 40  # characters before a measure in which a hedge or a clue can stand


@dataclass(frozen=True)
class _Reading:
    """One number with its place in the text, before it becomes a Measure."""

    start: int
    end: int
    low: float
    high: float
    bound: Bound


set_extension("measures", list)


@Language.factory("standoff_measures", assigns=["doc._.measures"])
class MeasureFinder:
    """spaCy component: finds quantities and puts a list of `Measure` in ``doc._.measures``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("standoff_measures")
    >>> [(m.text, round(m.si_value)) for m in nlp("hit about 24 miles (39 km) from the base")._.measures]
    [('24 miles (39 km)', 38624)]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the measures of one document, in text order."""
        found = list(_quantities(text_of(doc)))
        taken = Taken(len(text_of(doc)))
        for measure in found:
            taken.add(measure.start, measure.end)
        found += [count for count in _counts(doc) if not taken.touches(count.start, count.end)]
        found.sort(key=lambda measure: measure.start)
        doc._.measures = [m.model_copy(update={"id": f"m{i}"}) for i, m in enumerate(found, start=1)]
        return doc


def _quantities(text: str) -> Iterator[Measure]:
    position = 0
    while match := _QUANTITY.search(text, position):
        if match["low_unit"] and unit_of(match["low_unit"].strip(" -")) != unit_of(match["unit"]):
            match = _QUANTITY.search(text, match.start(), match.end("low_unit")) or match  # "55 km and 12 nm"
        position = match.end()
        if match["unit"] == "M":
            continue  # "the 3M company"; a metre is written "m"
        for measure in _measures_of(text, match):
            position = max(position, measure.end)
            yield measure


def _measures_of(text: str, match: re.Match[str]) -> Iterator[Measure]:
    """Yield one measure, or several for a list such as "20 and 30 km"."""
    unit_text = re.sub(r"[\s-]+", " ", match["unit"].lower())
    per = _PER.match(text, match.end())
    dimension, factor, si_unit, unit = _unit(unit_text, bool(match["square"]), bool(per))
    for reading in _readings(text, match):
        hedge, bound = _hedge(text, reading.start)
        if reading.bound == "range":
            bound = "range"
        elif bound == "range":
            hedge, bound = None, "="
        low, high = _bounds(reading, bound)
        value = (reading.low + reading.high) / 2
        end, twice = reading.end, None
        if dimension == "length" and reading.end == match.end():
            end, twice = _stated_twice(text, match.end(), value, unit)
        role, why = _role(text, reading.start, end, hedge) if dimension == "length" else ("other", None)
        yield Measure(
            id="m", text=text[reading.start : end], start=reading.start, end=end,
            dimension=dimension, value=value, low=low, high=high, unit=unit,
            si_value=None if factor is None else value * factor, si_unit=si_unit,
            hedge=hedge, bound=bound, role=role, stated_twice=twice, reason=why or _doubt(match["unit"]),
        )  # fmt: skip


def _unit(words: str, squared: bool, per: bool) -> tuple[Dimension, float | None, str | None, str]:
    length = unit_of(words)
    if length is None:
        dimension, factor, si_unit, _ = _OTHER_UNITS[_OTHER_BY_ALIAS[words]]
        return dimension, factor, si_unit, _OTHER_BY_ALIAS[words]
    if squared:
        return "area", to_metres(1, length) ** 2, "m2", f"square_{length}"
    if per:
        return "speed", None, None, f"{length}_per_time"
    return "length", to_metres(1, length), "m", length


def _readings(text: str, match: re.Match[str]) -> Iterator[_Reading]:
    number = numbers.parse(match["number"])
    if number is None:
        return
    earlier = [
        item for name in ("more", "low") if match[name] for item in _numbers_in(text, *match.span(name))
    ]
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    joined_by_and = bool(match["more"]) or (match["dash"] or "").strip().lower() == "and"
    is_range = (
        bool(_BETWEEN.search(before)) if joined_by_and else bool(match["low"]) and not _CHANGED.search(before)
    )
    if is_range and len(earlier) == 1 and earlier[0].low < number:
        yield _Reading(earlier[0].start, match.end(), earlier[0].low, number, "range")
        return
    yield from earlier
    yield _Reading(match.start("number"), match.end(), number, number, "=")


def _numbers_in(text: str, start: int, end: int) -> Iterator[_Reading]:
    for item in _NUMBER.finditer(text, start, end):
        value = numbers.parse(item[0])
        if value is not None:
            yield _Reading(item.start(), item.end(), value, value, "=")


def _hedge(text: str, start: int) -> tuple[str | None, Bound]:
    match = _HEDGE.search(text[max(0, start - _WINDOW) : start])
    if not match:
        return None, "="
    return match[1], _BOUNDS[match[1].lower()]


def _bounds(reading: _Reading, bound: Bound) -> tuple[float | None, float | None]:
    if bound in ("<", "<="):
        return None, reading.high
    if bound in (">", ">="):
        return reading.low, None
    return reading.low, reading.high


def _stated_twice(text: str, end: int, value: float, unit: str) -> tuple[int, StatedTwice | None]:
    """Take "(20 km)" behind "12 miles" as the same distance again when the two agree within a quarter."""
    match = _TWICE.match(text, end)
    other = unit_of(re.sub(r"[\s-]+", " ", match["unit"].lower())) if match else None
    number = numbers.parse(match["number"]) if match else None
    if match is None or other is None or number is None or other == unit or not value:
        return end, None
    first, second = to_metres(value, unit), to_metres(number, other)
    residual = (second - first) / first
    if abs(residual) > 0.25:
        return end, None
    return match.end(), StatedTwice(value=number, unit=other, residual=round(residual, 4))


def _role(text: str, start: int, end: int, hedge: str | None) -> tuple[Role, str | None]:
    before = text[max(0, start - _WINDOW) : start]
    if hedge:
        before = re.sub(rf"{re.escape(hedge)}\s+(?:an?\s+|the\s+|its\s+)?$", "", before, flags=re.IGNORECASE)
    deep = _DEEP.match(text, end)
    if deep:
        return (
            ("depth", "the depth of a strip") if deep["strip"] else ("dimension", "a depth below the ground")
        )
    for pattern, role, why in _AFTER_RES:
        if pattern.match(text, end):
            return role, why
    if _DEPTH_OF.search(before) and _FROM_LINE.match(text, end):
        return "depth", "the depth of a strip"
    for pattern, role, why in _BEFORE_RES:
        if pattern.search(before):
            return role, why
    return "other", None


def _doubt(unit: str) -> str | None:
    if unit == "nm":
        return "'nm' is read as nautical miles"
    return None


def _counts(doc: Doc) -> Iterator[Measure]:
    """Yield counted nouns: "four bombs", "more than 60 soldiers", "an estimated 10 fighters"."""
    if not doc.has_annotation("DEP"):
        return
    for token in doc:
        if token.dep_ != "nummod" or token.head.pos_ not in ("NOUN", "PROPN") or token.head.i <= token.i:
            continue
        number = _number_tokens(token)
        value = numbers.parse(doc[number[0].i : number[-1].i + 1].text)
        head = token.head
        if (
            value is None
            or head.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY")
            or head.text.lower() in _SKIP
        ):
            continue
        start, end = number[0].idx, head.idx + len(head)
        hedge, bound = _hedge(text_of(doc), start)
        if bound == "range":
            hedge, bound = None, "="
        low = None if bound in ("<", "<=") else value
        high = None if bound in (">", ">=") else value
        yield Measure(
            id="m", text=text_of(doc)[start:end], start=start, end=end, dimension="count", value=value, low=low, high=high,
            unit=head.lemma_.lower(), si_value=None, si_unit=None, hedge=hedge, bound=bound,
        )  # fmt: skip


_SKIP = frozenset({"percent", "per", "cent", "%", "o'clock"})


def _number_tokens(token: Token) -> list[Token]:
    """Return the tokens of one number: "twenty - four", "two hundred"."""
    parts = [child for child in token.lefts if child.dep_ == "compound" and child.like_num]
    return [*parts, token]
