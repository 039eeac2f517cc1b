"""Statements of where, drawn: measured from outlines, kept to the sea, in doubt about the anchor."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

import standoff
from standoff.gazetteer import Regions
from standoff.geodesy import geodesic_m
from standoff.ground.footprints import ground
from standoff.settings import Settings


def drawn(text: str, **settings):
    """Return the first relation with a footprint, its shape, and the record."""
    record = standoff.read_text(text, published="2024-05-16", **settings).record
    relation = next(r for r in record.relations if r.footprint)
    footprint = next(f for f in record.footprints if f.id == relation.footprint)
    return relation, footprint, record


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("37 km NE of Huancayo, Peru", "line"),
        ("A tanker was boarded 24 nm south of Lagos, Nigeria.", "sea"),
        ("The yacht drifted 30 km off the coast of Libya.", "sea"),
        ("Bukavu is 100 km from Goma.", "land"),
        ("The village lies 12 miles north-west of Homs.", "land"),
        ("Gunmen stormed a village 27 km from Goma on Monday.", "event"),
        ("Two trucks were 12 miles from Homs when they were hit.", "event"),
    ],
)
def test_the_kind_of_text_is_told_apart(text, kind):
    assert standoff.read_text(text).record.relations[0].text_kind == kind


def test_a_line_of_a_list_is_tighter_than_prose():
    _, line, _ = drawn("37 km NE of Huancayo, Peru")
    _, prose, _ = drawn("The town lies 37 km north-east of Huancayo, Peru.")
    assert line.coverage == prose.coverage == 0.9
    assert line.area_km2 < prose.area_km2 / 3


def test_a_distance_from_an_island_is_measured_from_its_coast():
    _, footprint, record = drawn("A ship was boarded 20 nm south of Socotra Island, Yemen.")
    island = next(p.place for p in record.places if p.place and p.place.feature == "island")
    outline = Regions.open().polygon_of(island)
    area = shape(footprint.geometry)
    assert not area.intersects(outline.buffer(-0.05))
    south = outline.bounds[1]
    assert area.contains(Point(island.lon, south - 20 / 60))
    assert any("outline" in text for text in footprint.assumptions)


def test_what_is_said_of_the_sea_is_cut_to_the_sea_and_that_can_be_switched_off():
    text = "A tanker was boarded 10 nm off Lagos, Nigeria."
    _, sea, _ = drawn(text)
    _, free, _ = drawn(text, keep_to_sea=False)
    inland = Point(3.4, 6.75)
    assert shape(free.geometry).contains(inland)
    assert not shape(sea.geometry).contains(inland)
    assert sea.area_km2 < free.area_km2
    assert "keep_to_sea" in sea.settings
    assert "keep_to_sea" not in free.settings
    assert any("keep_to_sea" in words for words in sea.assumptions)


def test_inland_nothing_is_cut_to_the_sea():
    _, footprint, _ = drawn("A ferry sank 15 km from Mwanza on Lake Victoria.")
    assert not any("keep_to_sea" in words for words in footprint.assumptions)


def in_doubt(text: str, probability: float, rival: float):
    """Ground a text again, as if its first place had this probability, and its second candidate that."""
    record = standoff.read_text(text).record
    first, second, *_ = record.places[0].candidates
    assert first.gid == record.places[0].place.gid
    candidates = [
        first.model_copy(update={"probability": probability}),
        second.model_copy(update={"probability": rival}),
    ]
    mention = record.places[0].model_copy(update={"probability": probability, "candidates": candidates})
    assert mention.candidates == candidates
    laid = ground(
        [mention, *record.places[1:]], record.measures, record.relations, [], [], Regions.open(), Settings()
    )
    return laid.relations[0], {f.id: f for f in laid.footprints}


def test_another_place_that_the_anchor_may_mean_is_drawn_too_with_its_weight():
    relation, footprints = in_doubt("A drone was shot down near Tripoli.", 0.7, 0.3)
    (other,) = relation.alternatives
    assert other.weight == 0.3
    main, rival = footprints[relation.footprint], footprints[other.footprint]
    assert geodesic_m(rival.lat, rival.lon, main.lat, main.lon) > 500_000
    assert any("0.30" in text for text in rival.assumptions)
    assert any("0.70" in text for text in main.assumptions)


def test_a_rival_that_is_not_plausible_is_not_drawn():
    relation, footprints = in_doubt("A drone was shot down near Tripoli.", 0.9, 0.1)
    assert relation.alternatives == []
    assert len(footprints) == 1


def test_a_sure_anchor_has_no_rival():
    relation, _, _ = drawn("A drone was shot down near Mogadishu, Somalia.")
    assert relation.alternatives == []


def test_an_unknown_cape_of_an_island_is_somewhere_on_it():
    relation, footprint, record = drawn("Some 12nm NNE of Tanjung Qarzum, Pulau Bintan")
    assert relation.metres == pytest.approx(12 * 1852)
    anchor = next(p for p in record.places if p.id == relation.anchors[0])
    assert anchor.place is None
    assert any("somewhere in Bintan" in text for text in footprint.assumptions)
    assert shape(footprint.geometry).contains(Point(104.6, 1.35))


def test_an_unknown_town_of_a_country_is_not_drawn_at_a_distance():
    record = standoff.read_text("A lorry burnt 12 km from Xqzvbar, Somalia.").record
    (relation,) = [r for r in record.relations if r.metres]
    assert relation.footprint is None
    assert "not in the gazetteer" in relation.reason


@pytest.mark.parametrize("coverage", [0.5, 0.9, 0.95])
def test_a_shape_says_the_coverage_that_was_asked_for(coverage):
    _, footprint, _ = drawn("Gunmen stormed a village 27 km from Goma on Monday.", coverage=coverage)
    assert footprint.coverage == coverage
