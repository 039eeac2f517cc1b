"""Words -> quantities with a unit: lengths above all, durations, speeds, masses, money, calibres, and counts.

What is a number with a unit is found in `quantities`; here it gets its hedge, its role, and the second statement of
the same thing that may stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract import calibres, hedges
from standoff.extract.amounts import Quantity
from standoff.extract.counts import counts
from standoff.extract.measure_roles import is_calibre, reason_of, role_of
from standoff.extract.quantities import Numbers
from standoff.extract.state import Taken, set_extension, text_of
from standoff.model import Bound, Measure, StatedTwice
from standoff.units import to_si

_TWICE = re.compile(
    r"\s*(?:(?P<open>[(\[])\s*|/\s*|(?:,\s*)?(?:or|i\.e\.,?|that\s+is,?|which\s+is|equivalent\s+to|equal\s+to)\s+"
    r"|(?P<loose>,|[-–—])\s+)"
    r"(?:(?:about|around|roughly|some|nearly|approximately|approx\.?|or|almost|just\s+(?:over|under)|more\s+than|less\s+than|"
    r"up\s+to|c\.|~|between)\s*)*",
    re.IGNORECASE,
)
_THIRD = re.compile(r"\s*(?:[,;/]|or)\s*(?:about\s+)?", re.IGNORECASE)
_LOOSE_END = re.compile(r",|\s[-–—]\s")
_AT = re.compile(r"\bat\s+$")
_HIGH_FT = 1000.0  # "at 15,000 feet" is a height, "at 300 feet" may be a distance
_AGE = re.compile(r"[\s-]+olds?\b", re.IGNORECASE)
_CLOSE = re.compile(r"\s*[)\]]")
_TWICE_DIMENSIONS = frozenset({"length", "area", "mass", "speed", "temperature", "other"})
# Two statements of one thing agree within a quarter; temperatures, which have no true zero in daily use, within 3 K.
_AGREE_SHARE, _AGREE_K = 0.25, 3.0
_APPOSED_SHARE = 0.05
_BORES = frozenset({"millimetre", "centimetre", "inch"})

set_extension("measures", list)
set_extension("coordinates", list)
set_extension("refused_coordinates", list)


@Language.factory("standoff_measures", assigns=["doc._.measures"])
class MeasureFinder:
    """spaCy component: finds quantities and puts a list of `Measure` in ``doc._.measures``.

    The "30 minutes" of a written position are none: what ``doc._.coordinates`` holds, if anything, is passed over.

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
        text = text_of(doc)
        numbers = Numbers(text)
        taken = Taken(len(text))
        for position in (*doc._.coordinates, *doc._.refused_coordinates):
            taken.add(position.start, position.end)
        found: list[Measure] = []
        # Made one after the other: the first to take a stretch of text keeps it.
        for some in (_special(text), _stated(text, numbers), counts(doc, numbers)):
            for measure in some:
                if not taken.touches(measure.start, measure.end):
                    taken.add(measure.start, measure.end)
                    found.append(measure)
        found.sort(key=lambda measure: measure.start)
        doc._.measures = [m.model_copy(update={"id": f"m{i}"}) for i, m in enumerate(found, start=1)]
        return doc


def _quantities(text: str) -> Iterator[Measure]:
    """Yield all that has a unit in a text, counts apart."""
    yield from _special(text)
    yield from _stated(text, Numbers(text))


def _special(text: str) -> Iterator[Measure]:
    for each in calibres.found(text):
        si = to_si(each.value, each.unit)
        hedge, bound = hedges.before(text, each.start)
        yield Measure(
            id="m", text=text[each.start : each.end], start=each.start, end=each.end, dimension=each.dimension,
            value=each.value, low=each.value, high=each.value, unit=each.unit,
            si_value=si[0] if si else None, si_unit=si[1] if si else None, hedge=None if bound == "range" else hedge,
            bound="=" if bound == "range" else bound,
            role="dimension" if each.dimension == "calibre" else "other", reason=each.note,
        )  # fmt: skip


def _stated(text: str, numbers: Numbers) -> Iterator[Measure]:
    i = 0
    while i < len(numbers.elements):
        found, i = numbers.at(i)
        for quantity in found[:-1]:
            yield _measure(text, quantity, quantity.end, None)
        if found:
            end, twice, i = _stated_twice(text, numbers, found[-1], i)
            yield _measure(text, found[-1], end, twice)


def _measure(text: str, quantity: Quantity, end: int, twice: StatedTwice | None) -> Measure:
    hedge, bound = _hedge(text, quantity, end)
    unit, dimension = quantity.unit.name, quantity.unit.dimension
    role, why = role_of(text, quantity.start, end, hedge) if dimension == "length" else ("other", None)
    if unit in _BORES and dimension == "length" and is_calibre(text, quantity.start, end):
        dimension, role, why = "calibre", "dimension", "a calibre"
    elif unit == "nanometre":
        role, why = "dimension", None
    elif (
        unit == "foot"
        and role == "other"
        and quantity.value >= _HIGH_FT
        and _AT.search(text[max(0, quantity.start - 8) : quantity.start])
    ):
        role, why = "dimension", "a height"
    elif dimension == "duration" and _AGE.match(text, end):
        why = "an age"
    si = quantity.si
    return Measure(
        id="m", text=text[quantity.start : end], start=quantity.start, end=end, dimension=dimension,
        value=quantity.value, low=None if bound in ("<", "<=") else quantity.low,
        high=None if bound in (">", ">=") else quantity.high, unit=unit,
        si_value=si[0] if si else None, si_unit=si[1] if si else None, hedge=hedge, bound=bound, role=role,
        stated_twice=twice, reason=reason_of(why, *quantity.notes),
    )  # fmt: skip


def _hedge(text: str, quantity: Quantity, end: int) -> tuple[str | None, Bound]:
    hedge, bound = hedges.before(text, quantity.start)
    if quantity.is_range:
        return hedge, "range"
    if bound == "range":
        hedge, bound = None, "="
    if hedge is None and quantity.plus:
        return quantity.plus, ">="
    if hedge is None:
        hedge, bound = hedges.behind(text, end)
    # "several kilometres" has no hedge but is one
    return hedge, "~" if bound == "=" and quantity.is_vague else bound


def _stated_twice(
    text: str, numbers: Numbers, first: Quantity, i: int
) -> tuple[int, StatedTwice | None, int]:
    """Take "(20 km)" behind "12 miles" as the same distance again, if the two agree.

    Returns
    -------
    end : int
        Where the whole statement ends.
    twice : StatedTwice or None
    i : int
        The number that comes next.
    """
    gap = _TWICE.match(text, first.end)
    second, behind = _at(numbers, i, gap.end()) if gap else (None, i)
    if gap is None or second is None or first.unit.dimension not in _TWICE_DIMENSIONS:
        return first.end, None, i
    residual = _residual(first, second)
    if residual is None:
        return first.end, None, i
    if gap["loose"] and (abs(residual) > _APPOSED_SHARE or not _LOOSE_END.match(text, second.end)):
        return first.end, None, i  # a list, and no "20 kilometres, 12 miles, away"
    end = second.end
    if gap["open"]:
        more = _THIRD.match(text, end)
        third, further = _at(numbers, behind, more.end()) if more else (None, behind)
        if third is not None and _residual(first, third) is not None:
            end, behind = third.end, further
        close = _CLOSE.match(text, end)
        end = close.end() if close else end
    twice = StatedTwice(value=second.value, unit=second.unit.name, residual=round(residual, 4))
    return end, twice, behind


def _at(numbers: Numbers, i: int, start: int) -> tuple[Quantity | None, int]:
    """Return the one quantity that begins with a number at a place in the text, and what comes behind it."""
    if i >= len(numbers.elements) or numbers.elements[i].start != start:
        return None, i
    # "12 miles/20km": what is glued to the slash is meant to be
    numbers.elements[i] = replace(numbers.elements[i], is_free=True)
    found, behind = numbers.at(i)
    return (found[0], behind) if len(found) == 1 else (None, i)


def _residual(first: Quantity, second: Quantity) -> float | None:
    """Return second minus first as a share of the first; None where they cannot be the same."""
    one, other = first.si, second.si
    if (
        one is None
        or other is None
        or one[1] != other[1]
        or not one[0]
        or first.unit.name == second.unit.name
    ):
        return None
    residual = (other[0] - one[0]) / one[0]
    if first.unit.dimension == "temperature":
        return residual if abs(other[0] - one[0]) <= _AGREE_K else None
    return residual if abs(residual) <= _AGREE_SHARE else None
