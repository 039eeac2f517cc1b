"""Names in raw text: which are found, and how many are put within 161 km of where they are.

Gold is what the annotators marked with a position. A name is found where one of ours
overlaps it; an unanswered name counts as wrong. The baseline takes the words that the bare
pipeline calls a place and the most populous entry of the gazetteer for each.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import spacy

from common import arguments, lines, print_table, words_and_places
from standoff.gazetteer import Gazetteer
from standoff.geodesy import geodesic_m
from standoff.model import Place
from standoff.settings import Settings

NEAR_M = 161_000.0
SETS = {"LGL": "toponyms_lgl_dev.jsonl", "GeoVirus": "toponyms_geovirus_dev.jsonl"}
Found = tuple[int, int, str, Place | None]
Reader = Callable[[str], list[Found]]


@dataclass
class Score:
    """Counts over all documents of a set."""

    gold: int = 0
    placed: int = 0
    ours: int = 0
    hit_gold: int = 0
    hit_ours: int = 0
    near: int = 0
    answered: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)

    def add(self, toponyms: list[dict[str, Any]], found: list[Found]) -> None:
        """Count one document."""
        self.gold += len(toponyms)
        self.ours += len(found)
        for gold in toponyms:
            over = [f for f in found if f[0] < gold["end"] and gold["start"] < f[1]]
            self.hit_gold += bool(over)
            if not over:
                self.missed[gold["text"]] += 1
            if gold["lat"] is None:
                continue
            self.placed += 1
            place = next((f[3] for f in over if f[3]), None)
            self.answered += place is not None
            if place and geodesic_m(place.lat, place.lon, gold["lat"], gold["lon"]) <= NEAR_M:
                self.near += 1
            elif place:
                self.wrong[f"{gold['text']} -> {place.name} ({place.country}, {place.feature})"] += 1
        for start, end, text, _ in found:
            if any(start < gold["end"] and gold["start"] < end for gold in toponyms):
                self.hit_ours += 1
            else:
                self.extra[text] += 1

    def row(self) -> tuple[object, ...]:
        """Return precision, recall, F1 and the accuracies."""
        precision, recall = self.hit_ours / max(self.ours, 1), self.hit_gold / max(self.gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        shares = (precision, recall, f1, self.near / max(self.placed, 1), self.near / max(self.answered, 1))
        return (self.gold, *(f"{share:.3f}" for share in shares))


def ours(gazetteer: Gazetteer) -> Reader:
    """Return a reader of raw text: the stair up to the places."""

    def read(text: str) -> list[Found]:
        # "the base" is no name, and written coordinates are no toponym.
        places = words_and_places(text, gazetteer).places
        return [(m.start, m.end, m.text, m.place) for m in places if m.name and m.kind != "coordinates"]

    return read


def most_populous(gazetteer: Gazetteer) -> Reader:
    """Return the baseline: named entities, each the most populous place of that name."""
    nlp = spacy.load(Settings.of().pipeline)

    def read(text: str) -> list[Found]:
        entities = [e for e in nlp(text).ents if e.label_ in ("GPE", "LOC", "FAC", "NORP")]
        return [(e.start_char, e.end_char, e.text, _largest(gazetteer, e.text)) for e in entities]

    return read


def _largest(gazetteer: Gazetteer, name: str) -> Place | None:
    places = [match.place for match in gazetteer.lookup(name)]
    return max(places, key=lambda place: place.population, default=None)


def measure(documents: Iterable[dict[str, Any]], read: Reader) -> tuple[Score, float]:
    """Score a reader over documents; return the score and its seconds."""
    score, begun = Score(), time.perf_counter()
    for document in documents:
        score.add(document["toponyms"], read(document["text"]))
    return score, time.perf_counter() - begun


def main() -> None:
    """Score both readers on both sets."""
    options = arguments(
        "Names in raw text: found, and put where they are.",
        docs={"type": int, "default": None, "help": "the first documents alone"},
        worst={"type": int, "default": 12, "help": "how many of the commonest faults to list"},
    )
    rows, faults = [], []
    with Gazetteer.open() as gazetteer:
        for name, file in SETS.items():
            documents = lines(options.folder / file)[: options.docs]
            for who, read in (("ours", ours(gazetteer)), ("most populous", most_populous(gazetteer))):
                score, seconds = measure(documents, read)
                rows.append((name, who, *score.row(), f"{1000 * seconds / len(documents):.0f}"))
                if who == "ours":
                    faults.append((name, score))
    print_table(
        "set | reader | gold | precision | recall | F1 (overlap) | within 161 km of all gold | of those answered |"
        " ms a document", rows,
    )  # fmt: skip
    for name, score in faults:
        for what, counts in (("missed", score.missed), ("wrong", score.wrong), ("not in gold", score.extra)):
            common = "; ".join(f"{text} {count}" for text, count in counts.most_common(options.worst))
            print(f"{name}, {what} ({counts.total()}): {common}")


if __name__ == "__main__":
    main()
