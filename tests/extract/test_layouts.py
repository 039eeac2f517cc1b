"""Names that their layout makes places: datelines of all agencies, and lists with a count for each."""

from __future__ import annotations

import pytest
import spacy

from careful import reading_of
from standoff.extract.layouts import laid_out
from standoff.gazetteer import Gazetteer


def names(text: str) -> list[str]:
    return [m.name for m in reading_of(text).record.places if m.name]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("KABUL: At least 12 people died in a blast on Tuesday.", "KABUL"),
        ("ISLAMABAD: The army said it had killed three militants.", "ISLAMABAD"),
        ("KHARTOUM: Shelling shook the capital at dawn.", "KHARTOUM"),
        ("GAZA CITY | At least 12 people were killed on Monday.", "GAZA CITY"),
        ("Amman, Jordan — The king met officials on Monday.", "Amman"),
        ("BAMAKO, Mali, May 3 (Agency) - Two soldiers died.", "BAMAKO"),
        ("Damascus (Agency) – Power was cut on Sunday.", "Damascus"),
        ("Clashes go on\n\nTRIPOLI, Lebanon: Two men were hurt.", "TRIPOLI"),
        ("NAIROBI -- Police fired tear gas.", "NAIROBI"),
    ],
)
def test_a_dateline_names_a_place(text, first):
    assert names(text)[:1] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "(Reuters) - Two people were killed on Monday.",
        "WARNING: Heavy rain is coming.",
        "CLINTON: Thank you for having me.",
        "QUESTION: What will you do?\nJORDAN: We will wait.\nQUESTION: Why?\nJORDAN: It is late.",
        "HOPE: The wait is over for nine families.",
        "UPDATE: The road is open.",
    ],
)
def test_what_stands_before_a_colon_may_be_none(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mosul (3), Kirkuk (2) and Tikrit (1) had the most dead.", ["Mosul", "Kirkuk", "Tikrit"]),
        ("Attacks by city: Mosul (3), Kirkuk (2).", ["Mosul", "Kirkuk"]),
        ("Aleppo: 12 killed; Idlib: 4.", ["Aleppo", "Idlib"]),
        ("Aleppo: 12 killed; Idlib: 4; Homs: 2 wounded.", ["Aleppo", "Idlib", "Homs"]),
        ("Deaths so far:\n- Kharkiv: 7\n- Odesa: 2\n- Sumy: 1\n", ["Kharkiv", "Odesa", "Sumy"]),
        ("Strikes hit Beirut (14 dead), Tyre (3 dead) and Sidon (2 wounded).", ["Beirut", "Tyre", "Sidon"]),
    ],
)
def test_a_list_with_counts_is_of_places(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Goals: Kane (2), Jordan (1).",
        "The hurt are Smith (34), Jones (35) and Jackson (22).",
        "Silver: 3; Gold: 4.",
        "Points: Austin (12), Jackson (9), Houston (7).",
    ],
)
def test_a_list_with_numbers_may_be_of_people(text):
    with Gazetteer.open() as gazetteer:
        assert laid_out(spacy.blank("en")(text), lambda name: gazetteer.lookup(name, 10)) == set()
