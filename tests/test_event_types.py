"""Types of events: the table, and an analyst's own over it."""

from __future__ import annotations

import pytest

import standoff
from standoff.cli import main
from standoff.errors import InputError, SettingError
from standoff.event_types import known_types, types_in, types_of

# The modes of the PLOVER manual (openeventdata/PLOVER, commit 6b85b9a7506b).
MODES = {
    "AGREE": "", "AID": "", "RETREAT": "withdraw release return disarm ceasefire access resign ease",
    "THREATEN": "restrict ban arrest relations expel territory violence",
    "PROTEST": "demo riot general strike hunger boycott obstruct", "MOBILIZE": "troops weapons police militia",
    "COERCE": "confiscate restrict ban censor curfew martial-law arrest deport withhold",
    "ASSAULT": "abduct beat torture execute sexual assassinate destroy primitive firearms explosives suicide-attack"
    " heavy-weapons cleansing massacre unconventional sideAB",
}  # fmt: skip
# Of the ACLED Codebook of 2024.
SUB_TYPES = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip


def test_every_code_of_the_table_is_one_of_its_code_book():
    for row in known_types().values():
        if row.plover:
            category, _, mode = row.plover.partition("/")
            assert category in MODES, row
            assert not mode or mode in MODES[category].split(), row
        if row.acled_event_type:
            assert row.acled_event_type in SUB_TYPES, row
            assert (
                row.acled_sub_event_type is None
                or row.acled_sub_event_type in SUB_TYPES[row.acled_event_type]
            )
        assert row.family
        assert row.meaning, row


def table(tmp_path, text):
    path = tmp_path / "desk.csv"
    path.write_bytes(text.encode())
    return path


def test_an_analysts_rows_add_and_override(tmp_path):
    path = table(
        tmp_path,
        "\ufefftype;plover;acled_event_type;acled_sub_event_type;mine\r\n"
        "seizure;ASSAULT/abduct;;;x\r\njamming;'=CYBER;;;\r\n;;;;\r\nflood;;none;none;\r\nclash;none;;;\r\n",
    )
    found = types_of(path)
    assert (found["seizure"].plover, found["seizure"].acled_event_type) == (
        "ASSAULT/abduct",
        "Strategic developments",
    )
    assert (found["jamming"].plover, found["jamming"].acled_type) == ("=CYBER", None)
    assert found["clash"].plover is None
    whole = types_in({"event_codes": [row.model_dump() for row in found.values()]})
    assert whole["seizure"].plover == "ASSAULT/abduct"
    assert whole["arrest"] == known_types()["arrest"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,plover\nx,y\n", "its first line has to name the column type"),
        ("type,plover\n,ASSAULT\n", "line 2: type: "),
        ("type,acled_sub_event_type\nraid,Attack\n", "line 2: acled_sub_event_type is given without"),
        ('type,plover\nraid,"x\n', ""),
        ("", "its first line"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_line(tmp_path, text, problem):
    try:
        types_of(table(tmp_path, text))
    except InputError as error:
        assert problem in str(error)
        assert "\n" not in str(error)
    else:
        assert not problem


def test_a_reading_files_its_events_by_the_analysts_table(tmp_path):
    path = table(tmp_path, "type,plover\nclash,MINE/clash\n")
    reading = standoff.read_text("Clashes broke out in Syria.", event_types=path)
    assert reading.events["plover"].to_list() == ["MINE/clash"]
    assert reading.events["acled_type"].to_list() == ["Battles: Armed clash"]
    path.unlink()  # the record holds what it needs
    assert standoff.Reading(reading.report, reading.record).events["plover"].to_list() == ["MINE/clash"]


def test_a_table_that_is_not_there_is_a_wrong_setting(tmp_path, capsys):
    with pytest.raises(SettingError, match=r"setting event_types: .*no such file"):
        standoff.read_text("Clashes broke out in Syria.", event_types=str(tmp_path / "none.csv"))
    (tmp_path / "r.txt").write_text("Clashes broke out in Syria.")
    assert main(["read", str(tmp_path / "r.txt"), "--event-types", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_nothing_is_written_over_the_table(tmp_path, capsys):
    path = table(tmp_path, "type,plover\nclash,X\n")
    (tmp_path / "r.txt").write_text("Clashes broke out in Syria.")
    assert main(["export", str(tmp_path / "r.txt"), "--event-types", str(path), "-o", str(path)]) == 2
    assert path.read_text() == "type,plover\nclash,X\n"
