"""Descriptions and pointers to a named place: "the base", "the capital", "7 km from it", "the south of the country".

Also turns written coordinates into mentions, and numbers all mentions in text order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract.at_hand import AtHand
from standoff.extract.bare import bare_distances
from standoff.extract.buildings import with_buildings
from standoff.extract.called_for import CalledFor
from standoff.extract.describer import Describer, Spans
from standoff.extract.pointers import pointers
from standoff.model import PlaceMention


@Language.factory(
    "standoff_descriptions",
    requires=["doc._.place_mentions", "doc._.measures"],
    assigns=["doc._.place_mentions"],
)
class DescriptionFinder:
    """spaCy component: adds descriptions, pointers and coordinates to ``doc._.place_mentions``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add them for one document; every mention is renumbered in text order."""
        called_for = CalledFor(doc, doc._.place_mentions)
        named = _with(doc._.place_mentions, called_for.mentions(called_for.by_their_phrase()))
        coordinates = [
            PlaceMention(id=f"c{i}", text=p.text, start=p.start, end=p.end, kind="coordinates", name=None)
            for i, p in enumerate(doc._.coordinates)
        ]
        coordinates += [
            PlaceMention(
                id=f"n{i}",
                text=p.text,
                start=p.start,
                end=p.end,
                kind="coordinates",
                name=None,
                reason=p.reason,
            )
            for i, p in enumerate(doc._.refused_coordinates)
        ]
        written = Spans(coordinates)
        free = [m for m in named if not written.touch(m.start, m.end)]
        described, hints = _described(doc, free, called_for)
        free = [m.model_copy(update={"feature_hint": hints.get(m.id, m.feature_hint)}) for m in free]
        doc._.place_mentions = _renumber(with_buildings(doc, _with(free, [*coordinates, *described])))
        return doc


def _with(mentions: Sequence[PlaceMention], more: Sequence[PlaceMention]) -> list[PlaceMention]:
    return sorted([*mentions, *more], key=lambda mention: mention.start)


def _described(
    doc: Doc, named: list[PlaceMention], called_for: CalledFor
) -> tuple[list[PlaceMention], dict[str, str]]:
    """Return descriptions and pointers, and the kinds that they state of names; ``named`` grows by what they call for."""
    describer = Describer(doc, named)
    described, hints = describer.describe()
    needed = {m.start: _noun(m) for m in described if not m.refers_to}
    needed |= dict.fromkeys(describer.open_capitals, "capital")
    at_hand = AtHand(doc, [*named, *described])
    by_id = {m.id: m for m in named}
    for mention in described:  # "Soldiers were flown in from Ankara": that is hardly the city of the report
        if (
            mention.refers_to
            and mention.feature_hint == "city"
            and at_hand.is_aside(by_id[mention.refers_to])
        ):
            needed[mention.start] = _noun(mention)
    needed |= dict.fromkeys(_without_spot(doc, at_hand), "place")
    names = [name for start, noun in needed.items() if (name := called_for.before(start, noun))]
    if more := called_for.mentions(names):
        named[:] = _with(named, more)
        described, hints = Describer(doc, named).describe()
    return [*described, *pointers(doc, AtHand(doc, [*named, *described]))], hints


def _without_spot(doc: Doc, at_hand: AtHand) -> Iterator[int]:
    """Yield where a distance has no place that it can be from: "25 km away"."""
    for bare in bare_distances(doc):
        if at_hand.spot_before(bare.measure.start) is None:
            yield bare.measure.start


def _noun(mention: PlaceMention) -> str:
    return mention.text.split()[-1].lower()


def _renumber(mentions: list[PlaceMention]) -> list[PlaceMention]:
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    new = {mention.id: f"p{i}" for i, mention in enumerate(mentions, start=1)}
    return [
        mention.model_copy(
            update={
                "id": new[mention.id],
                "inside": new.get(mention.inside or ""),
                "refers_to": new.get(mention.refers_to or ""),
            }
        )
        for mention in mentions
    ]
