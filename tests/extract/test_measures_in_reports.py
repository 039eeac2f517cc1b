"""Measures in whole readings: counts from the parse, and what later rooms make of vague and odd distances."""

from __future__ import annotations

import pytest

import standoff


def read(text):
    record = standoff.read_text(text, published="2024-05-16").record
    assert all(text[m.start : m.end] == m.text for m in record.measures)
    return record


@pytest.mark.parametrize(
    ("text", "quote", "low", "high"),
    [
        ("The blast killed dozens of people in Homs.", "dozens of people", 24, 99),
        ("Between 20 and 30 soldiers were killed in Homs.", "20 and 30 soldiers", 20, 30),
        (
            "Hundreds of thousands of civilians fled Homs.",
            "Hundreds of thousands of civilians",
            200_000,
            999_000,
        ),
        ("Several rebel fighters were captured near Homs.", "Several rebel fighters", 3, 9),
        ("More than 60 government soldiers left Homs.", "60 government soldiers", 60, None),
        ("Some 20-odd fighters left Homs.", "20-odd fighters", 20, 29),
    ],
)
def test_counts_from_the_parse(text, quote, low, high):
    (count,) = [m for m in read(text).measures if m.dimension == "count"]
    assert (count.text, count.low, count.high) == (quote, low, high)


@pytest.mark.parametrize(
    "text",
    ["The 1973 war was recalled.", "The 9/11 attacks were recalled.", "The No. 5 reactor in Kharkiv was shut.",
     "Talks run from 5 to 10 May in Cairo.", "Two-thirds of residents fled.", "The bearing was 240 degrees from Malta.",
     "A 6.8-magnitude quake struck Marrakech.", "There are three more km to Goma."],
)  # fmt: skip
def test_numbers_that_count_nothing(text):
    assert [m.text for m in read(text).measures if m.dimension == "count"] == []


def test_people_counted_in_vague_words_have_bounds_and_no_best():
    (event,) = read("A drone strike killed dozens of people in Homs on Tuesday.").events
    assert (event.killed.low, event.killed.best, event.killed.high) == (24, None, 99)


def test_a_vague_distance_keeps_its_bounds_and_its_doubt():
    record = read("The depot lies several kilometres from Aleppo.")
    (relation,) = [r for r in record.relations if r.kind == "distance"]
    assert (relation.low_m, relation.high_m) == (3000, 9000)
    (measure,) = record.measures
    assert measure.role == "distance"
    assert "taken as 3 to 9" in measure.reason


def test_a_distance_below_zero_makes_no_relation():
    record = read("Shells landed -3 km from Aleppo on Tuesday.")
    assert [r.kind for r in record.relations] == []
    assert "below zero" in record.measures[0].reason


def test_areas_stated_twice_are_held_against_each_other():
    (check,) = read("The fire burnt 500 acres (200 hectares) near Athens.").checks
    assert check.ok
    assert "the same area" in check.statement


def test_a_calibre_is_no_distance():
    record = read("Rebels fired 122-mm rockets at Aleppo from Idlib.")
    assert [(m.dimension, m.unit) for m in record.measures] == [("calibre", "millimetre")]
    assert [r for r in record.relations if r.measure] == []


def test_dozens_with_no_noun_have_bounds():
    events = read("Dozens were killed in Homs on Tuesday.").events
    assert [(e.killed.low, e.killed.best, e.killed.high) for e in events if e.killed] == [(24, None, 99)]
