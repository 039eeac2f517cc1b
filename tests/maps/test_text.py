import html
import re

import hostile
import records
from standoff.maps.text import highlight, marks, pieces, quotes, sentence


def test_pieces_joined_are_the_text():
    for report, record in [
        (records.report(), records.record()),
        (hostile.report(), hostile.record()),
        (records.empty_report(), records.empty_record()),
    ]:
        assert "".join(piece.text for piece in pieces(report, record)) == report.text


def test_every_mark_sits_on_its_words():
    report, record = records.report(), records.record()
    by_id = {mark.id: mark for mark in marks(record) if mark.kind == "place"}
    for mention in record.places:
        mark = by_id[mention.id]
        assert report.text[mark.start : mark.end] == mention.text


def test_every_item_has_words_that_the_keyboard_reaches():
    report, record = records.report(), records.record()
    reached = {item for piece in pieces(report, record) if piece.first for item in piece.items}
    assert {footprint.id for footprint in record.footprints} <= reached


def test_offsets_hold_beyond_the_basic_plane():
    report, record = records.report(), records.record()
    shift = 2
    moved = record.model_copy(
        update={
            "places": [
                p.model_copy(update={"start": p.start + shift, "end": p.end + shift}) for p in record.places
            ],
            "measures": [],
            "relations": [],
            "zones": [],
            "events": [],
        }
    )
    found = pieces(report.model_copy(update={"text": "🛰🛰" + report.text}), moved)
    assert "At Tanf base" in [piece.text for piece in found if piece.kinds]


def test_highlight_is_the_text_in_marks_and_nothing_else():
    marked = highlight(records.report(), records.record())
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", marked)) == records.TEXT
    assert 'class="sd-measure sd-relation"' in marked


def test_highlight_of_hostile_text_has_no_tag_but_mark():
    marked = highlight(hostile.report(), hostile.record())
    assert set(re.findall(r"<\s*/?\s*(\w+)", marked)) == {"mark"}
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", marked)) == hostile.report().text


def test_offsets_past_the_text_are_dropped():
    record = records.record()
    short = records.report().model_copy(update={"text": records.TEXT[:100]})
    assert "".join(piece.text for piece in pieces(short, record)) == short.text


def test_sentence_ends_at_stops_and_line_ends_not_at_titles():
    text = "He said so.\nCol. Ryan Dillon of the U.S. force saw it near Rutba.\nBye"
    at = text.index("near Rutba")
    start, end = sentence(text, at, at + 10)
    assert text[start:end].strip() == "Col. Ryan Dillon of the U.S. force saw it near Rutba."


def test_quotes_of_one_sentence_are_one_with_all_words_marked():
    text = "It fell 24 miles from the base, inside the zone."
    first, second = text.index("24 miles"), text.index("inside")
    found = quotes(text, [(0, len(text)), (first, first + 8), (second, second + 6)])
    assert len(found) == 1
    assert [words for words, marked in found[0] if marked] == ["24 miles", "inside"]
    assert "".join(words for words, _ in found[0]) == text


def test_a_text_without_sentences_is_quoted_in_part():
    text = "word " * 1000
    found = quotes(text, [(2500, 2504)])
    assert sum(len(words) for words, _ in found[0]) < 500
