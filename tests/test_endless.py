"""Inputs made to be slow: what is done for them must grow as they do. Calls are counted, no clock is read."""

import cProfile
import pstats

import dateparser
import pytest
import spacy

from standoff import read_text
from standoff.errors import StandoffWarning
from standoff.extract import date_words, dates
from standoff.extract.masked import Item, Masked
from standoff.ground import shapes
from standoff.ground.drawn import Drawn
from standoff.maps import bounds
from standoff.pipeline import annotate, tokenized
from standoff.report import report_from_text
from standoff.settings import Settings

STATEMENT = "The village lies 20 km from Aleppo. "


def words_of(text):
    return annotate(report_from_text(text, published="2017-06-08"), Settings.of().pipeline, None)


def calls(text):
    """Return how many functions our own modules call for a text, those of spaCy's networks left out."""
    profile = cProfile.Profile()
    profile.runcall(read_text, text)
    return sum(row[1] for place, row in pstats.Stats(profile).stats.items() if "standoff" in place[0])


def counted(monkeypatch, owner, name):
    """Count the calls of a function from here on."""
    made = []
    function = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *args, **named: (made.append(args), function(*args, **named))[1])
    return made


@pytest.mark.parametrize(
    "text", ["°" * 5_000, "(" * 3_000 + "Aleppo" + ")" * 3_000, "ab.c-" * 2_000, "'s" * 2_000]
)
def test_the_tokenizer_never_gets_a_long_stretch(monkeypatch, text):
    nlp = spacy.blank("en")
    given = []
    tokenizer = nlp.tokenizer
    nlp.tokenizer = lambda words: (given.append(words), tokenizer(words))[1]
    doc = tokenized(nlp, f"They met near {text} on Friday.")
    assert doc.text == f"They met near {text} on Friday."
    whole = doc.text
    assert all(whole[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert max(len(words) for words in given) < 500


def test_ordinary_text_is_tokenized_whole():
    nlp = spacy.blank("en")
    text = "See https://example.org/" + "a/" * 100 + " and\n" + "=" * 60 + "\nAleppo (the city)."
    assert [token.text for token in tokenized(nlp, text)] == [token.text for token in nlp.make_doc(text)]


@pytest.mark.parametrize(
    "text", ["the soldiers who had been hit by the drone " * 300, "Springfield, " * 1_000, "word " * 1_000]
)
def test_no_sentence_is_endless(text):
    assert max(len(sent) for sent in words_of(text).sents) <= 361


def test_a_long_list_is_broken_at_its_commas():
    text = "The convoy passed " + "Springfield, " * 400 + "and stopped."
    ends = [sent[-1].text for sent in words_of(text).sents]
    assert all(end == "," for end in ends[:-1])


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("the soldiers who had been hit by the drone ", 100),
        ("on Tuesday, 8 June 2017, ", 150),
        ("A drone struck a truck 5 km north of Aleppo on 7 June. ", 60),
        ("Three people died on 7 June and two trucks were hit near Homs.\n\n", 60),
        ("20 km from Aleppo, ", 100),
        ("Springfield, ", 300),
        ("34.5000, 38.2500; ", 100),
    ],
)
def test_twice_the_text_takes_about_twice_the_calls(piece, count):
    read_text(piece)
    assert calls(piece * (2 * count)) < 2.6 * calls(piece * count)


def test_wide_gaps_are_narrowed_and_keep_their_offsets():
    text = "hit 5 km" + " " * 3_000 + "north" + " " * 3_000 + "of Aleppo."
    doc = spacy.blank("en")(text)
    masked = Masked(doc[:], [Item("m", 4, 8, ("m1",))])
    assert len(masked.text) < 60
    start = masked.text.index("north")
    first, last = masked.original(start, start + len("north"))
    assert text[first:last] == "north"
    assert masked.original(0, len(masked.text)) == (0, len(text))


def test_a_date_said_again_is_parsed_once(monkeypatch):
    date_words.parsed.cache_clear()
    parsed = counted(monkeypatch, dateparser, "parse")
    assert len(list(dates.find("on 8 June 2017, " * 50, None))) == 50
    assert len(parsed) == 1


def test_a_statement_said_again_is_drawn_once(monkeypatch):
    drawn, recorded = counted(monkeypatch, shapes, "disc"), counted(monkeypatch, Drawn, "footprint")
    reading = read_text(STATEMENT * 12)
    assert len(reading.relations) == 12
    assert len(drawn) == len(recorded) == len(reading.footprints) == 1
    assert len(reading.footprints["relations"].iloc[0].split()) == 12


def test_a_page_shows_so_much_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(bounds, "MOST_SHAPES", 3)
    reading = read_text(" ".join(f"The village lies {n} km from Aleppo." for n in range(10, 20)))
    assert len(reading.record.footprints) == 10
    with pytest.warns(StandoffWarning, match=r"shows 3 of 10 shapes"):
        page = reading.save(tmp_path / "map.html").read_text(encoding="utf-8")
    assert "This map shows 3 of 10 shapes" in page
    assert reading.save(tmp_path / "all.json").read_text(encoding="utf-8").count('"f10"') >= 1


def test_zones_and_events_come_first(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_SHAPES", 1)
    reading = read_text(
        "The village lies 20 km from Homs. A drone struck a truck 5 km north of Aleppo on 7 June 2017."
    )
    shown, words = bounds.bounded(reading.record)
    assert [f.id for f in shown.footprints] == [e.footprint for e in shown.events]
    assert "1 of 2 shapes" in words
    assert "Aleppo" in {m.text for m in shown.places}
    assert "Homs" not in {m.text for m in shown.places}
