"""Odd and hostile text read into events: nothing breaks, offsets hold, work grows as the text does."""

from __future__ import annotations

import cProfile
import pstats
import re
import time

import pytest

from standoff import read_text
from standoff.events import lags, sources, toll_words
from standoff.model import Count, Event, ReadingRecord
from told_events import PUBLISHED, only, plain, told, wrong

DIGITS = "9" * 400
ODD = {
    "quotes in quotes": 'He said "she said "' * 15 + "a bomb killed three in Homs" + '" ' * 15,
    "said that said that": "The army said that " * 60 + "rebels attacked Homs.",
    "open quotes": "“" * 500 + "A bomb exploded in Kirkuk.",
    "brackets": "(" * 300 + "A bomb exploded in Kirkuk." + ")" * 300,
    "no punctuation": "rebels attacked a convoy near Gao and killed four soldiers and fled and " * 20,
    "emoji": "💥💥 A bomb 💣 exploded in Kirkuk 🕌 on Monday, killing 3️⃣ people 😢.",
    "other scripts": "انفجرت قنبلة في كركوك يوم الاثنين. Взрыв в Киеве. 爆炸。 A bomb exploded in Kirkuk.",
    "right-to-left marks": "A bomb\u200f exploded in \u202bKirkuk\u202c on Monday, killing \u200f5\u200f people.",
    "zero-width": "A bo\u200bmb exploded in Kir\u200bkuk. Rebels\u00a0attacked\u00a0Gao.",
    "astral": "𝔄 bomb exploded in Kirkuk, 𝟓 killed. A bomb exploded in Kirkuk.",
    "line ends": "A bomb exploded in Kirkuk.\r\n\r\nThe army shelled Homs.\r\n",
    "form feed": "A bomb exploded\fin Kirkuk.\x0b The army shelled Homs.",
    "empty lines": "\n" * 2_000 + "A bomb exploded in Kirkuk." + "\n" * 2_000 + "\t" * 500,
    "long numbers": f"A bomb killed at least {DIGITS} people and wounded {DIGITS} in Homs on {DIGITS} May {DIGITS}.",
    "long measures": f"Drones hit {DIGITS} sites with {DIGITS} missiles {DIGITS} km from Homs. {DIGITS} days on it rained.",
    "no numbers": "A bomb killed inf people and nan soldiers in Homs; infinity were wounded.",
    "fractions": "A bomb killed 1/2 people in Homs. A bomb killed ½ people.",
    "backwards": "A bomb killed 30-20 people in Homs.",
    "clock": "At 25:61 local time on Monday rebels attacked Gao. At 2460 UTC the army shelled Homs. 991399Z FOO 99.",
    "first day": "On 1 January 0001 rebels attacked Gao, two days after they attacked Homs.",
    "last day": "On 31 December 9999 rebels attacked Gao. A day later, they attacked Homs.",
    "long ago": "On 3 May 2021 a bomb exploded in Homs, 1999 years after rebels attacked Gao.",
    "triggers alone": "attack strike bombing clash raid ambush killing shelling " * 30,
    "pronouns alone": "They attacked them. It hit it. He shot him. She killed her. " * 15,
    "its own": "its attacked itself by itself of itself " * 30,
    "markup": "<p>A bomb <b>exploded</b> in Kirkuk &amp; killed 3</p>" * 10,
    "addresses": "https://example.org/attack/killed-3-in-homs?x=bomb " * 20,
}


def _sound(text: str, record: ReadingRecord) -> None:
    """Check what must hold of the events of any text."""
    ids = {event.id for event in record.events}
    for event in record.events:
        assert text[event.start : event.end] == event.text
        assert event.text
        assert event.follows is None or event.follows in ids - {event.id}
        assert set(event.relations) <= {relation.id for relation in record.relations}
        assert all(0 <= start < end <= len(text) for start, end in event.mentions)
        assert event.trigger in {text[start:end] for start, end in event.mentions}
        for count in (event.killed, event.wounded, event.target_count):
            _in_order(count)
        if event.date_start is not None:
            assert event.date_start <= (event.date_end or "")
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", event.date_start)


def _in_order(count: Count | None) -> None:
    if count is not None:
        known = [n for n in (count.low, count.best, count.high) if n is not None]
        assert known == sorted(known)
        assert known[0] >= 0


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_and_offsets_hold(name: str) -> None:
    record = read_text(ODD[name], published=PUBLISHED).record
    _sound(ODD[name], record)


@pytest.mark.parametrize(
    "name", ["quotes in quotes", "emoji", "triggers alone", "last day", "right-to-left marks"]
)
def test_twice_read_is_the_same(name: str) -> None:
    one, other = (read_text(ODD[name], published=PUBLISHED).record for _ in range(2))
    assert one.model_dump_json() == other.model_dump_json()


def _calls(text: str) -> int:
    """Return how many calls of the events room's functions a text takes; no clock is read."""
    profile = cProfile.Profile()
    profile.runcall(read_text, text, published=PUBLISHED)
    return sum(row[1] for place, row in pstats.Stats(profile).stats.items() if "standoff/events" in place[0])


@pytest.mark.parametrize(
    "piece",
    [
        "A bomb killed 3 soldiers in Homs. ",
        "On Monday rebels attacked a convoy near Gao and killed 4 soldiers. ",
        '"A bomb exploded in Homs," he said. ',
        "the strike after the strike before the attack ",
    ],
)
def test_twice_the_text_takes_about_twice_the_calls(piece: str) -> None:
    few = 1_500 // len(piece)
    assert _calls(piece * (2 * few)) < 2.6 * _calls(piece * few)


def _page(count: int) -> str:
    """Return a page that tells so many events, each with a place and a day of its own."""
    towns = "Homs Hama Kano Jos Sumy Kharkiv Kirkuk Mosul Raqqa Idlib Lagos Goma Tripoli".split()
    deeds = (
        "Rebels attacked a {} in {} on {} {} 2020.",
        "The army shelled a {} in {} on {} {} 2020.",
        "A bomb exploded at a {} in {} on {} {} 2020.",
        "Police arrested six men at a {} in {} on {} {} 2020.",
    )
    things = "market school mosque station hotel".split()
    months = "January February March April May June July August September October".split()
    return "\n\n".join(
        deeds[i % 4].format(things[i % 5], towns[i % 13], i % 28 + 1, months[i // 28 % 10])
        for i in range(count)
    )


def test_every_event_of_a_page_full_of_them_is_found() -> None:
    text = _page(120)
    record = read_text(text, published=PUBLISHED).record
    _sound(text, record)
    assert len(record.events) == 120
    assert len({event.date_start for event in record.events}) > 100


@pytest.mark.parametrize(
    "piece",
    ["3 ", "three hundred and ", "a dozen ", "no ", "no one or ", "no reports of ", "death toll ", "crew and ",
     "number of dead to ", "12 people ", "tens of thousands of ", "at least ", '"', "“", '" a b c d ', "loss of ", "3 men-",
     "1,000,", "without any ", "   ", "\n", "two days before "],
)  # fmt: skip
def test_the_patterns_of_the_room_are_not_slow_on_repeats(piece: str) -> None:
    patterns = [
        p for room in (toll_words, sources, lags) for p in vars(room).values() if isinstance(p, re.Pattern)
    ]
    assert len(patterns) >= 8
    text = (piece * 8_000)[:8_000]
    began = time.process_time()
    for pattern in patterns:
        for match in pattern.finditer(text):
            assert match.end() <= len(text)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        wrong("an item of a list ends behind its mark and behind its number: '- 3 May: ...' (pipeline.paragraphs)",
              "- 3 May: rebels attacked Gao\n- 4 May: the army shelled Homs\n- 5 May: a bomb exploded in Kirkuk"),
        wrong("a row of a table is no sentence of its own (pipeline.paragraphs)",
              "| 3 May | Gao | Rebels attacked a convoy |\n| 4 May | Homs | The army shelled a school |\n"
              "| 5 May | Kirkuk | A bomb exploded |"),
        "3 May: Rebels attacked Gao.\n\n4 May: The army shelled Homs.\n\n5 May: A bomb exploded in Kirkuk.",
        "- 3 May: Rebels attacked Gao.\n- 4 May: The army shelled Homs.\n- 5 May: A bomb exploded in Kirkuk.",
        "1. Rebels attacked Gao on 3 May.\n2. The army shelled Homs on 4 May.\n3. A bomb exploded in Kirkuk on 5 May.",
    ],
)  # fmt: skip
def test_the_items_of_a_list_are_events_of_their_days(text: str) -> None:
    found = [(event.type, event.date_start) for event in told(text)]
    assert found == [("attack", "2021-05-03"), ("shelling", "2021-05-04"), ("bombing", "2021-05-05")]


def test_all_capitals_tell_the_same() -> None:
    text = "Rebels attacked a convoy near Gao on Monday. Six soldiers were killed."
    plainly, loudly = only(text), only(text.upper())

    def seen(event: Event) -> tuple[str, str | None, object]:
        return event.type, event.date_start, plain(event.killed)

    assert seen(plainly) == seen(loudly) == ("attack", "2021-05-03", (6, 6, 6))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed −5 people in Homs.",
        f"A bomb killed {DIGITS} people in Homs.",
        wrong("'inf people' is read as one dead (tolls)", "A bomb killed inf people in Homs."),
        "A bomb in Homs killed five hundred trillion people.",
        wrong("tolls._number reads 1 of 1e400", "A bomb killed 1e400 people in Homs."),
    ],
)
def test_impossible_numbers_of_dead_are_none(text: str) -> None:
    assert only(text).killed is None


@pytest.mark.parametrize("day", ["1 January 0000", "31 December 9999", "99 May 2021", "29 February 2021"])
@pytest.mark.xfail(
    strict=True, reason="a day that there is not is read without its year, or as its month (dates)"
)
def test_a_day_that_there_is_not_dates_nothing(day: str) -> None:
    event = only(f"Rebels attacked a post near Gao on {day}.")
    assert event.date_start in (None, "9999-12-31")


@pytest.mark.xfail(strict=True, reason="a phrase for a party has no longest length (extract.phrases.phrase)")
def test_a_phrase_without_end_is_no_party() -> None:
    event = only("The " + "very " * 60 + "old army shelled Homs.")
    assert len((event.actor or "").split()) < 40
