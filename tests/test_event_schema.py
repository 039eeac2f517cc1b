"""The data dictionary, the columns of the table of events and the check of such tables: one and the same."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import hostile
import records
import standoff
from standoff import tables
from standoff.errors import InputError
from standoff.event_columns import OPTIONAL, event_columns
from standoff.event_schema import event_schema, validate_events
from standoff.export import write
from standoff.model import Event

ROOT = Path(__file__).parents[1]


@pytest.fixture
def events() -> pd.DataFrame:
    return tables.events(records.record(), records.report())


def test_dictionary_schema_and_table_have_the_same_columns_and_types():
    columns = event_columns()
    filed = {name: column.dtype for name, column in columns.items() if name not in OPTIONAL}
    assert filed == tables.EVENTS
    assert list(filed) == list(tables.EVENTS)
    assert list(event_schema().columns) == list(columns)
    assert all(column.meaning and column.null_means for column in columns.values())


def test_the_export_has_those_columns_too(tmp_path):
    path = write(records.report(), records.record(), tmp_path / "e.csv")
    assert list(pd.read_csv(path).columns) == list(event_columns())


def test_the_allowed_words_are_those_of_the_model():
    properties = Event.model_json_schema()["properties"]

    def words(name: str) -> list[str]:
        return next(
            option["enum"] for option in properties[name].get("anyOf", [properties[name]]) if "enum" in option
        )

    for name in ("claim", "actor_role", "review_status", "date_precision"):
        assert event_columns()[name].words == words(name), name


def test_the_page_is_made_from_the_dictionary():
    spec = importlib.util.spec_from_file_location("make", ROOT / "data/scripts/make_data_dictionary.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.TARGET.read_text(encoding="utf-8") == make.page()


def test_a_reading_and_its_export_are_valid(tmp_path, events):
    pd.testing.assert_frame_equal(validate_events(events), events)
    path = write(records.report(), records.record(), tmp_path / "e.csv")
    for back in (validate_events(path), validate_events(pd.read_csv(path))):
        pd.testing.assert_frame_equal(back[list(events.columns)], events)
    empty = tables.events(records.empty_record(), records.empty_report())
    assert len(validate_events(empty)) == 0


def test_two_reports_in_one_table_are_valid(events):
    both = pd.concat([events, events.assign(report_id="other")])
    assert len(validate_events(both)) == 10
    with pytest.raises(InputError, match="row 1: the event is there twice"):
        validate_events(pd.concat([events, events]))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"where_prec": 8}, "row 1, where_prec: 8 is not in 1..7"),
        (
            {"claim": "sure"},
            "row 1, claim: 'sure' is not one of asserted, denied, planned, hypothetical, disputed",
        ),
        ({"date_start": "8 June"}, "row 1, date_start: '8 June' is no date like 2017-06-08"),
        ({"date_start": "2017-02-30"}, "row 1, date_start: '2017-02-30' is no date"),
        ({"date_end": "2001-01-01"}, "date_start is after or above date_end"),
        ({"lat": "north"}, "row 1, lat: 'north' is no number"),
        ({"killed_low": 1.5}, "row 1, killed_low: 1.5 is no whole number"),
        ({"lat": None}, "row 1: one of lat and lon is given without the other"),
        ({"lon": 200.0}, "row 1, lon: 200.0 is not in -180..180"),
        ({"coordinate_uncertainty_m": 0}, "is not above 0"),
        ({"killed_low": 9, "killed_high": 3}, "killed_low is after or above killed_high"),
        ({"event_type": None}, "row 1, event_type: it is empty"),
        ({"time_start": "25:00"}, "row 1, time_start: '25:00' does not follow"),
        ({"source_reliability": "G"}, "is not one of A, B, C, D, E, F"),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_column(events, changes, problem):
    with pytest.raises(InputError) as error:
        validate_events(events.head(1).assign(**changes))
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


def test_many_problems_are_told_in_a_line(events):
    with pytest.raises(InputError, match=r"; and [0-9]+ more") as error:
        validate_events(events.assign(claim="x" * 5000, where_prec=99))
    assert len(str(error.value)) < 1500


def test_a_missing_column_and_what_is_no_table_are_told(events, tmp_path):
    with pytest.raises(InputError, match="the column claim is missing"):
        validate_events(events.drop(columns="claim"))
    with pytest.raises(InputError, match="not list"):
        validate_events([1])
    with pytest.raises(InputError, match="no such file"):
        validate_events(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "text", hostile.STRINGS if hasattr(hostile, "STRINGS") else ["=1+1", "<b>", "a\x00b"]
)
def test_hostile_text_is_no_reason_to_refuse(events, text):
    assert validate_events(events.assign(actor=text))["actor"].to_list() == [text] * 5


def test_pandera_is_not_imported_to_read_map_or_export(tmp_path):
    code = (
        "import sys, standoff; r = standoff.read_text('Clashes broke out in Syria.'); r.events;"
        f"r.save({str(tmp_path / 'a.csv')!r}); r.save({str(tmp_path / 'a.html')!r}); print('pandera' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
    assert standoff.validate_events is validate_events
