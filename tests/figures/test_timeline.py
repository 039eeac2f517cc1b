"""The timeline as a figure: order, axis, exactness, and text that does nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

import hostile
import records
from standoff import figures
from standoff.csv_cells import visible
from standoff.figures.look import GROUPS, OTHER, group_of
from standoff.figures.rows import MOST_ROWS, described, rows_of, when
from standoff.figures.scale import GAP, MOST_PANELS, Panel, Scale, ticks
from standoff.figures.words import fitted, line, width
from standoff.model import Count, Event
from standoff.periods import first_and_last, period, period_of_event
from standoff.reading import Reading
from standoff.resources import data_path

SVG = "{http://www.w3.org/2000/svg}"


def event(
    name: str, start: int = 0, first: str | None = None, last: str | None = None, **more: object
) -> Event:
    """Return an event; ``last`` is ``first`` where it is not given."""
    dates = {"date_start": first, "date_end": last or first}
    fields = {"type": "strike", "trigger": "hit", "text": "hit", **dates, **more}
    return Event(id=name, start=start, end=start + 3, **fields)


def order(*events: Event) -> list[str]:
    return [row.event.id for row in rows_of(events)]


def record(*events: Event):
    return records.record().model_copy(update={"events": list(events)})


def drawn(*events: Event) -> list[str]:
    """Return every text of a figure."""
    figure = figures.timeline(records.report(), record(*events))
    return [text.get_text() for text in figure.axes[0].texts]


def test_events_stand_in_order_of_time_then_the_undated_in_order_of_the_text():
    given = [
        event("late", 0, "2017-06-08"),
        event("undated, second", 30),
        event("background", 10, "1982-05-02"),
        event("undated, first", 20),
        event("month", 40, "2017-06-01", "2017-06-30", date_precision="month"),
    ]
    assert order(*given) == ["background", "month", "late", "undated, first", "undated, second"]


def test_on_one_day_the_clock_decides_and_then_what_the_report_puts_after_what():
    day = "2017-06-06"
    assert order(
        event("at nine", 0, day, time_start="21:00"), event("at eight", 10, day, time_start="08:00")
    ) == ["at eight", "at nine"]
    assert order(event("then", 0, day, follows="first"), event("other", 5, day), event("first", 10, day)) == [
        "other",
        "first",
        "then",
    ]
    assert order(
        event("noon", 0, day, time_start="12:00"),
        event("shortly after noon", 5, day, follows="noon"),
        event("evening", 10, day, time_start="18:00"),
    ) == ["noon", "shortly after noon", "evening"]


def test_events_that_follow_each_other_in_a_circle_or_nobody_are_still_shown_once():
    day = "2017-06-06"
    assert sorted(order(event("a", 0, day, follows="b"), event("b", 9, day, follows="a"))) == ["a", "b"]
    assert order(event("a", 0, follows="a"), event("b", 5, follows="gone")) == ["a", "b"]
    assert rows_of([event("b", 5, follows="gone")])[0].after is None
    chain = [event(str(n), n, day, follows=str(n - 1)) for n in range(2000)]
    assert len(rows_of(chain)) == 2000


def test_an_undated_event_hangs_on_the_dated_one_that_it_came_after():
    rows = rows_of([event("a", 0, "2017-06-06"), event("b", 5, follows="a"), event("c", 9, follows="b")])
    assert [(row.number, row.after, row.anchor) for row in rows] == [(1, None, None), (2, 1, 1), (3, 2, 1)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (event("e", 0, "2017-06-06"), "2017-06-06"),
        (event("e", 0, "2017-06-06", time_start="14:30", time_zone="LT"), "2017-06-06 14:30 LT"),
        (event("e", 0, "2017-06-06", time_start="14:30", time_end="15:00"), "2017-06-06 14:30/15:00"),
        (event("e", 0, "2017-06-06", time_start="nine"), "2017-06-06"),
        (event("e", 0, "2017-06-05", "2017-06-11", date_precision="week"), "2017-06-05/2017-06-11"),
        (event("e", 0, "2017-06-01", "2017-06-30", date_precision="month"), "2017-06"),
        (event("e", 0, "2016-01-01", "2016-12-31", date_precision="year"), "2016"),
        (event("e", 0, None, "2017-06-06"), "to 2017-06-06"),
        (event("e", 0, "on Thursday"), ""),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(given, said):
    assert when(rows_of([given])[0]) == said


def test_dates_that_are_none_make_no_period():
    for words in (
        None,
        "",
        "Thursday",
        "2017-02-30",
        "2017-13",
        "0000",
        "20170606",
        "2017-06-06 or so",
        "٢٠١٧",
    ):
        assert first_and_last(words) is None
    assert period("2017-06-08", "2017-06-01") == period("2017-06-08", "2017-06-08")
    assert period_of_event(event("e", 0, "2017-06").model_copy(update={"date_end": None})).last.day == 30


def test_a_night_ends_on_the_next_day():
    row = rows_of([event("e", 0, "2017-06-06", time_start="23:00", time_end="02:00")])[0]
    assert row.closes - row.opens == pytest.approx(3 / 24)


def test_decades_and_days_go_on_one_axis():
    scale = Scale([(723667, 723668), (736486, 736487), (736487, 736488), (736490, 736491)], 0, 5)
    old, new = scale.panels
    assert old.right + GAP == new.left
    assert scale.at(736488.0) - scale.at(736487.0) > 0.3
    assert [words for _, words in scale.gaps()] == ["35 years"]


def test_a_few_weeks_need_no_break_and_many_years_get_few():
    assert len(Scale([(10, 11), (30, 31)], 0, 5).panels) == 1
    every_year = [(365 * n, 365 * n + 1) for n in range(1, 20)]
    assert len(Scale(every_year, 0, 5).panels) == 1
    doubling = [(2**n, 2**n + 1) for n in range(1, 21)]
    assert len(Scale(doubling, 0, 5).panels) <= MOST_PANELS


def test_moments_keep_their_order_on_the_axis():
    stretches = [(1, 2), (5000, 5001), (90_000, 90_031), (700_000, 700_001), (3_000_000, 3_000_001)]
    scale = Scale(stretches, 0.0, 5.0)
    places = [scale.at(moment) for pair in stretches for moment in pair]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= 5


@pytest.mark.parametrize("days", [2, 9, 60, 900, 30_000, 3_000_000])
@pytest.mark.parametrize("inches", [0.75, 4.8])
def test_dates_under_the_axis_do_not_lie_on_each_other(days, inches):
    found = ticks(Panel(5000.5, 5000.5 + days, 0.0, inches))
    assert 1 <= len(found) <= 14
    for (x, label), (following, _) in pairwise(found):
        assert x + width(label, 7.5) < following


def test_every_type_of_event_has_a_colour_and_a_mark():
    types = [row.split(",")[0] for row in data_path("event_types.csv").read_text().splitlines()[1:]]
    # "incident" is of any family: the report says no more.
    assert [name for name in types if group_of(name) is OTHER] == ["incident"]
    looks = [(group.colour, group.mark) for group in (*GROUPS, OTHER)]
    assert len({colour for colour, _ in looks}) == len({mark for _, mark in looks}) == len(looks)


def test_a_row_says_what_who_and_how_many():
    killed = Count(low=8, best=10, high=12)
    words = drawn(event("e", 0, "2017-06-06", actor="jets", target="a convoy", killed=killed, claim="denied"))
    assert {"Strike (denied)", "jets → a convoy · killed: 10 (8 to 12)", "2017-06-06", "denied"} <= set(words)


def test_undated_events_stand_below_a_line():
    assert "Not dated, in the order of the text" in drawn(event("e"))
    assert "Not dated, in the order of the text" not in drawn(event("e", 0, "2017-06-06"))
    assert {"↳", "after 1"} <= set(drawn(event("a", 0, "2017-06-06"), event("b", 5, follows="a")))


def test_what_is_not_asserted_is_hollow():
    figure = figures.timeline(records.report(), record(event("e", 0, "2017-06-06", claim="planned")))
    mark = figure.axes[0].collections[0]
    assert mark.get_facecolor().tolist() == [[1, 1, 1, 1]]
    assert mark.get_linestyle()[0][1] is not None


def test_text_stays_inside_its_column():
    long = "convoy " * 80
    assert width(fitted(long, 2.0, 8), 8) <= 2.0
    assert fitted(long, 2.0, 8).endswith("…")
    assert line("a\r\nb\tc") == "a b c"
    assert line("\u202eabc\x00") == "⟨U+202E⟩abc⟨U+0000⟩"
    assert line("ب 你好 \U0001f4a3") == "ب □□ □"
    assert line("e" + "\u0301" * 500 + "x") == "e\u0301\u0301x"


@pytest.mark.parametrize("text", [r"$\frac{1}{0}$", r"$\input{/etc/passwd}$", "$", "$$", "_x^{", "\\"])
def test_no_text_is_a_formula(text):
    assert f"→ {text}" in drawn(event("e", 0, "2017-06-06", target=text))


def test_more_events_than_anybody_reads_are_told_of():
    words = drawn(*(event(str(n), n, "2017-06-06") for n in range(MOST_ROWS + 7)))
    assert "and 7 more events, not shown" in words


@pytest.mark.parametrize("write", [figures.svg, figures.png, figures.pdf])
@pytest.mark.parametrize("sample", ["plain", "hostile", "empty"])
def test_the_same_reading_gives_the_same_bytes_and_no_warning(write, sample):
    given = {
        "plain": (records.report(), records.record()),
        "hostile": (hostile.report(), hostile.record()),
        "empty": (records.empty_report(), records.empty_record()),
    }[sample]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = write(*given)
    with mpl.rc_context({"font.family": "serif", "axes.facecolor": "black", "savefig.dpi": 30}):
        assert write(*given) == first


def test_an_svg_says_in_words_what_it_shows_and_names_no_host_to_ask():
    code = figures.svg(hostile.report(), hostile.record()).decode()
    root = ElementTree.fromstring(code)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert visible(described(rows_of(hostile.record().events))) == description.text
    assert {element.tag.removeprefix(SVG) for element in root.iter() if element.tag.startswith(SVG)} <= {
        "svg", "title", "desc", "metadata", "defs", "style", "g", "path", "use", "clipPath", "rect",
    }  # fmt: skip
    assert "<!DOCTYPE" not in code
    assert all(href.startswith("#") for href in re.findall(r'href="([^"]*)"', code))


def test_a_reading_gives_its_timeline_and_writes_it_by_suffix(tmp_path):
    reading = Reading(records.report(), records.record())
    assert reading.timeline().get_size_inches()[0] == 11
    assert reading.timeline()._repr_png_().startswith(b"\x89PNG")
    starts = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}
    for suffix, start in starts.items():
        assert reading.save(tmp_path / f"x{suffix}").read_bytes().startswith(start)


def test_matplotlib_is_imported_only_for_a_figure_and_never_opens_a_window():
    code = (
        "import sys, standoff, standoff.export; assert 'matplotlib' not in sys.modules; import records;"
        "from standoff import figures; figures.png(records.report(), records.record());"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "False"
