"""Which reports are one source: copies of a story, and reports of one publisher."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

_WORD = re.compile(r"\w+")
LENGTH = 5
"""Words in a row that are compared."""
COPY = 0.5
"""Reports that share this much of all their rows of words are copies (Jaccard)."""
INSIDE = 0.8
"""And so is one of which this much is in the other: a wire story within a longer report."""
_LEAST_INSIDE = 20  # rows of words; a sentence that two reports quote makes no copy


@dataclass(frozen=True)
class Sources:
    """Reports by source.

    Attributes
    ----------
    source : dict of str to str
        Each report's source: the id of the first report of it.
    copies : list of (report, report, share)
        Near-copies, with the share of rows of words that both have.
    """

    source: dict[str, str]
    copies: list[tuple[str, str, float]]

    def independent(self, reports: Iterable[str]) -> int:
        """Return how many sources some reports are."""
        return len({self.source[report] for report in reports})

    def copied(self, reports: Iterable[str]) -> list[tuple[str, str, float]]:
        """Return the copies among some reports."""
        among = set(reports)
        return [copy for copy in self.copies if {copy[0], copy[1]} <= among]


def sources_of(reports: Mapping[str, tuple[str | None, str]]) -> Sources:
    """Return which reports are one source: those of one publisher, and copies.

    Parameters
    ----------
    reports : mapping
        From a report's id to its publisher, if it is known, and its text.

    Examples
    --------
    >>> wire = "Shells fell on the market of the town on Tuesday and killed four people there, a doctor said."
    >>> found = sources_of({"a": ("The Post", wire), "b": ("The Herald", wire), "c": (None, "It rained in May.")})
    >>> found.independent("ab"), found.independent("abc"), found.copies
    (1, 2, [('a', 'b', 1.0)])
    """
    copies = list(_copies({name: shingles(text) for name, (_, text) in reports.items()}))
    leader = {name: name for name in reports}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    first: dict[str, str] = {}
    pairs = [(a, b) for a, b, _ in copies]
    pairs += [(first.setdefault(who, name), name) for name, (who, _) in reports.items() if who]
    order = {name: number for number, name in enumerate(reports)}
    for a, b in pairs:
        one, other = sorted((find(a), find(b)), key=order.__getitem__)
        leader[other] = one
    return Sources({name: find(name) for name in reports}, copies)


def shingles(text: str) -> frozenset[str]:
    """Return all rows of five words of a text; the whole text, where it has no more."""
    words = _WORD.findall(text.casefold())
    if len(words) <= LENGTH:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))


def _copies(rows: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str, float]]:
    """Yield near-copies, exactly: every two reports that share a row of words are compared."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, found in rows.items():
        for row in found:
            holders[row].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        shared.update(combinations(names, 2))
    for (a, b), both in sorted(shared.items()):
        least = min(len(rows[a]), len(rows[b]))
        share = both / (len(rows[a]) + len(rows[b]) - both)
        if share >= COPY or (least >= _LEAST_INSIDE and both >= INSIDE * least):
            yield a, b, round(share, 3)
