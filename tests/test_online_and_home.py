"""Two settings of a reading: an online geocoder behind the gazetteer, and where the publisher is at home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import geocoder_service as gs
import standoff
from standoff.cli import main
from standoff.errors import InputError, SettingError
from standoff.gazetteer import OnlineGeocoder, online
from standoff.network import Turns

TEXT = "A mortar shell landed 12 km from the village of Xqzvbar on Monday. Xqzvbar is near Aleppo, officials said."
FOUND = gs.nominatim_place(
    name="Xqzvbar", display_name="Xqzvbar, Aleppo Governorate, Syria", namedetails={"name": "Xqzvbar"}
)


@pytest.fixture
def asking(tmp_path: Path) -> Callable[..., OnlineGeocoder]:
    def make(service: gs.Service, **options: Any) -> OnlineGeocoder:
        return OnlineGeocoder(
            "nominatim", contact="desk@example.org", domain=service.domain, scheme="http", proxies={}, timeout=5.0,
            cache_dir=tmp_path / "cache", turns=Turns(tmp_path / "turns", sleep=lambda _: None), tries=1, **options,
        )  # fmt: skip

    return make


def unknown(reading: standoff.Reading):
    return [mention for mention in reading.record.places if mention.name == "Xqzvbar"]


def test_only_names_that_the_gazetteer_lacks_are_asked_for_once(asking):
    with gs.playing(gs.ok([FOUND])) as service:
        standoff.read_text(TEXT, online=asking(service))
    assert service.asked == ["Xqzvbar"]


def test_an_answer_is_a_candidate_with_its_source_and_never_certain(asking, tmp_path):
    with gs.playing(gs.ok([FOUND])) as service:
        reading = standoff.read_text(TEXT, online=asking(service))
    for mention in unknown(reading):
        assert mention.place.gid == "nominatim:relation/9041111"
        assert 0 < mention.probability < 0.9
        assert all(candidate.probability < 0.9 for candidate in mention.candidates)
        assert mention.place.source == mention.candidates[0].source
        assert mention.place.source.startswith("OpenStreetMap contributors, ODbL, through Nominatim")
        assert mention.reason.startswith("'Xqzvbar' is not in the gazetteer; nominatim has it (OpenStreetMap")
    assert reading.record.settings["online"] == "nominatim"
    page = reading.save(tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.count("OpenStreetMap contributors, ODbL") >= 3  # its corner, its popup, its panel
    shapes = reading.save(tmp_path / "x.geojson").read_text(encoding="utf-8")
    assert "OpenStreetMap contributors, ODbL" in shapes


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (gs.ok([]), "nominatim knows no such place"),
        (gs.failing(403), "nominatim refused to answer"),
        (gs.failing(500), "nominatim failed (HTTP 500)"),
    ],
)
def test_no_answer_is_the_reason_for_no_place(asking, reply, words):
    with gs.playing(reply) as service:
        reading = standoff.read_text(TEXT, online=asking(service))
    for mention in unknown(reading):
        assert mention.place is None
        assert mention.reason.startswith(f"'Xqzvbar' is not in the gazetteer; {words}")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (gs.ok([]), "; nominatim knows no such place"),
        (gs.failing(500), "; nominatim failed (HTTP 500)"),
        (gs.ok([FOUND | {"lat": "-36.1553"}]), ", and what nominatim has is doubtful: "),
    ],
)
def test_a_misspelt_name_has_its_suggestions_online_too(asking, reply, words):
    text = "A mortar shell landed 12 km from the village of Aleepo on Monday."
    (offline,) = (mention for mention in standoff.read_text(text).record.places if mention.name == "Aleepo")
    with gs.playing(reply) as service:
        reading = standoff.read_text(text, online=asking(service))
    (mention,) = (mention for mention in reading.record.places if mention.name == "Aleepo")
    assert mention.place is None
    assert offline.candidates
    assert mention.candidates[: len(offline.candidates)] == offline.candidates
    assert mention.reason.startswith(f"'Aleepo' is not in the gazetteer{words}")
    assert mention.reason.endswith("; did the report mean Aleppo (SY)?")


def test_each_reading_asks_afresh_after_a_failure(asking):
    with gs.playing(gs.failing(500), gs.ok([FOUND])) as service:
        geocoder = asking(service)
        assert unknown(standoff.read_text(TEXT, online=geocoder))[0].place is None
        assert unknown(standoff.read_text(TEXT, online=geocoder))[0].place is not None


def test_a_doubtful_answer_is_no_place_but_a_candidate(asking):
    with gs.playing(gs.ok([FOUND | {"lat": "-36.1553"}])) as service:
        mention = unknown(standoff.read_text(TEXT, online=asking(service)))[0]
    assert mention.place is None
    assert "what nominatim has is doubtful" in mention.reason
    assert [candidate.probability for candidate in mention.candidates] == [0.0]


def test_what_an_analyst_set_is_not_asked_for(asking):
    rows = [{"text": "Xqzvbar", "lat": 36.0, "lon": 37.0}]
    with gs.playing(gs.ok([FOUND])) as service:
        mention = unknown(standoff.read_text(TEXT, online=asking(service), overrides=rows))[0]
    assert service.asked == []
    assert (mention.place.lat, mention.probability) == (36.0, 1.0)


def test_nobody_is_asked_unless_one_says_so(monkeypatch):
    monkeypatch.setattr(OnlineGeocoder, "lookup", lambda *_: pytest.fail("asked"))
    assert unknown(standoff.read_text(TEXT))[0].place is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("nosuch", "no online geocoder 'nosuch'"),
        ("", "it is empty"),
        (7, "neither"),
        ("nominatim", "contact="),
    ],
)
def test_a_service_that_cannot_be_asked_is_a_wrong_setting(value, words, monkeypatch):
    monkeypatch.delenv("STANDOFF_CONTACT", raising=False)
    with pytest.raises(SettingError, match="online") as error:
        standoff.read_text(TEXT, online=value)
    assert words in str(error.value)


def test_the_command_line_asks_a_server_of_ones_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(online, "answers_path", lambda _: tmp_path / "answers.sqlite")
    monkeypatch.setattr(online, "turns_folder", lambda _: tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    report = tmp_path / "a.txt"
    report.write_text(TEXT, encoding="utf-8")
    with gs.playing(gs.ok([FOUND])) as service:
        told = f"nominatim@http://{service.domain}"
        assert main(["read", str(report), str(report), "--online", told, "--format", "jsonl"]) == 0
    assert service.asked == ["Xqzvbar"]
    for line in capsys.readouterr().out.splitlines():
        places = [place["place"] for place in json.loads(line)["places"] if place["name"] == "Xqzvbar"]
        assert [place["gid"] for place in places] == ["nominatim:relation/9041111"] * len(places)
    assert main(["read", str(report), "--online", "nosuch"]) == 2
    assert capsys.readouterr().err.startswith("standoff: setting online: there is no online geocoder")


ATHENS = "Local officials in Athens met on Monday."


@pytest.mark.parametrize(
    ("home", "taken"),
    [
        ("Athens, Georgia", "Athens, Georgia, United States"),
        ("US-GA", "US-GA"),
        ("33.96,-83.38", "33.96, -83.38 (US-GA)"),
    ],
)
def test_the_home_of_the_publisher_weighs(home, taken):
    reading = standoff.read_text(ATHENS, home=home)
    (mention,) = reading.record.places
    assert mention.place.gid == "geonames:4180386"
    assert reading.record.settings["home_taken_as"] == taken
    assert standoff.read_text(ATHENS, home="GR").record.places[0].place.gid == "geonames:264371"


@pytest.mark.parametrize("home", ["Nowhereville Xq", "95, 3", "ZZ", "US-ZZ", " "])
def test_a_home_that_is_nowhere_is_one_line(home):
    with pytest.raises(SettingError, match="home") as error:
        standoff.read_text(ATHENS, home=home)
    assert "\n" not in str(error.value)


def test_front_matter_may_say_where_home_is(tmp_path, capsys):
    report = tmp_path / "a.md"
    report.write_text(f"---\nhome: Athens, Georgia\n---\n{ATHENS}\n", encoding="utf-8")
    assert standoff.read(report).record.places[0].place.country == "US"
    assert standoff.read(report, home="GR").record.places[0].place.country == "GR"
    bad = tmp_path / "b.md"
    bad.write_text(f"---\nhome: Xqzvbar\n---\n{ATHENS}\n", encoding="utf-8")
    with pytest.raises(InputError, match="b: home: the gazetteer has no place 'Xqzvbar'"):
        standoff.read(bad)
    assert main(["read", str(bad), str(report), "--format", "jsonl"]) == 2  # the other one is read
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == err.count("\n") == 1


LOCAL = (
    "Deputies in Watkinsville and Winterville arrested two people near Bogart on Monday.",
    "A fire burnt a barn near Winder, and crews came from Watkinsville and Monroe.",
    "The school board of Winterville met in Bogart; families came from Commerce and Jefferson.",
    ATHENS,
)


def test_reports_of_one_publisher_tell_where_it_is_at_home(tmp_path, capsys):
    paths = []
    for number, text in enumerate(LOCAL):
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_text(f"---\npublisher: The Banner\n---\n{text}\n", encoding="utf-8")
    assert main(["read", *map(str, paths), "--format", "jsonl"]) == 0
    together = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert together["settings"]["home_taken_as"].endswith("as the reports of The Banner tell")
    assert together["places"][0]["place"]["gid"] == "geonames:4180386"
    alone = standoff.read(paths[-1]).record
    assert alone.settings["home_taken_as"] is None
    assert alone.places[0].place.gid == "geonames:264371"
