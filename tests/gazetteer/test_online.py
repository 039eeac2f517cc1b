"""Online geocoders, against a local server that plays their answers. Nothing here needs the internet."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import geocoder_service as gs
import hostile
from standoff.errors import SettingError
from standoff.gazetteer import OnlineGeocoder, Regions
from standoff.gazetteer.answers import answers_path
from standoff.network import Turns

CONTACT = "desk@example.org"
PLACE = gs.nominatim_place()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def asking(tmp_path: Path, regions: Regions, pauses: list[float]) -> Callable[..., OnlineGeocoder]:
    """Return a maker of geocoders that ask a local service and do not really pause."""

    def make(service: gs.Service | str, name: str = "nominatim", **options: Any) -> OnlineGeocoder:
        turns = Turns(tmp_path / "turns", sleep=pauses.append)
        domain = service if isinstance(service, str) else service.domain
        options = {"contact": CONTACT, "timeout": 5.0, "domain": domain, "scheme": "http"} | options
        return OnlineGeocoder(
            name, proxies={}, cache_dir=tmp_path / "cache", turns=turns, regions=regions, **options
        )

    return make


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_found(asking):
    with gs.playing(gs.ok([PLACE])) as service:
        answer = asking(service).lookup("Deir Hafer")
    (hit,) = answer.hits
    assert (answer.status, answer.cached, answer.message, answer.doubts) == ("found", False, "", (None,))
    assert (hit.matched, hit.exact, hit.admin1) == ("name", True, "SY-HL")
    place = hit.place
    assert (place.gid, place.name, place.country) == ("nominatim:relation/9041111", "Deir Hafer", "SY")
    assert (place.lat, place.lon, place.feature, place.population) == (36.1553, 37.7063, "city", 18_948)
    assert 3_900 < place.extent_m < 4_400  # to the farthest corner of the box
    assert place.source.startswith("OpenStreetMap contributors, ODbL, through Nominatim (127.0.0.1:")


def test_only_the_name_goes_out_and_who_asks(asking):
    with gs.playing(gs.ok([])) as service:
        asking(service).lookup("  Deir\tHafer \n")
    assert service.asked == ["Deir Hafer"]
    assert service.headers[0]["User-Agent"] == f"standoff/{version('standoff')} (+{CONTACT})"
    assert set(service.headers[0]) == {"User-Agent", "Host", "Accept-Encoding", "Connection"}
    assert "limit=10" in service.paths[0]
    assert "accept-language=en" in service.paths[0]


def test_an_empty_list_is_not_found(asking):
    with gs.playing(gs.ok([])) as service:
        answer = asking(service).lookup("Nowhere")
    assert (answer.status, answer.hits, answer.message) == ("not_found", (), "nominatim knows no such place")


@pytest.mark.parametrize("document", [None, {}, False, 0, "", "places", 7, {"places": []}])
def test_only_an_empty_list_is_not_found(asking, document):
    with gs.playing(gs.ok(document)) as service:
        assert asking(service).lookup("Nowhere").status == "unreachable"


@pytest.mark.parametrize("status", [401, 403, 402, 451])
def test_refused_is_not_tried_again(asking, status):
    with gs.playing(gs.failing(status)) as service:
        assert asking(service).lookup("Deir Hafer").status == "refused"
    assert len(service.asked) == 1


def test_a_pause_that_the_service_asks_for_is_kept(asking, pauses):
    with gs.playing(gs.failing(429, Retry_After="7"), gs.ok([PLACE])) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert answer.status == "found"
    assert 7.0 in pauses


def test_too_many_requests_to_the_end_is_refused(asking, pauses):
    with gs.playing(gs.failing(429)) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert (answer.status, len(service.asked)) == ("refused", 3)
    assert "429" in answer.message
    first, second = pauses[1::2]  # between them the waits for the turn
    assert 0.75 <= first <= 1.25
    assert 1.5 <= second <= 2.5


@pytest.mark.parametrize("after", ["3600", "Fri, 31 Dec 2199 23:59:59 GMT"])
def test_a_pause_too_long_to_wait_for_is_not_cut_short(asking, after):
    with gs.playing(gs.failing(429, Retry_After=after)) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert (answer.status, len(service.asked)) == ("refused", 1)


@pytest.mark.parametrize("after", ["soon", "-5", "9" * 5000, "Fri, 99 Foo 99999 99:99:99", "", "1e400"])
def test_a_pause_that_cannot_be_read(asking, after):
    with gs.playing(gs.failing(503, Retry_After=after), gs.ok([PLACE])) as service:
        assert asking(service).lookup("Deir Hafer").status in ("found", "unreachable")


def test_a_server_error_passes(asking):
    with gs.playing(gs.failing(500), gs.ok([PLACE])) as service:
        assert asking(service).lookup("Deir Hafer").status == "found"
    assert len(service.asked) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_server_errors_to_the_end_are_unreachable(asking, status):
    with gs.playing(gs.failing(status)) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert (answer.status, len(service.asked)) == ("unreachable", 3)
    assert f"HTTP {status}" in answer.message


@pytest.mark.parametrize(
    "reply", [gs.slow(1.0), gs.Reply(play=gs.trickling)], ids=["silent", "a byte now and then"]
)
def test_slow_is_unreachable(asking, reply):
    with gs.playing(reply) as service:
        answer = asking(service, timeout=0.2, tries=2).lookup("Deir Hafer")
        assert (answer.status, len(service.asked)) == ("unreachable", 2)


@pytest.mark.parametrize("play", [gs.cut_short, gs.hanging_up])
def test_a_broken_connection_is_tried_again(asking, play):
    with gs.playing(gs.Reply(play=play), gs.ok([PLACE])) as service:
        assert asking(service).lookup("Deir Hafer").status == "found"


def test_nobody_there_is_unreachable(asking):
    answer = asking(f"127.0.0.1:{free_port()}").lookup("Deir Hafer")
    assert answer.status == "unreachable"
    assert "refused" in answer.message.lower()  # the connection
    assert asking("no-such-host.invalid").lookup("Deir Hafer").status == "unreachable"


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Sign in</title>",
        b"[{",
        b"\xff\xfe\x00",
        b"",
        b"[" * 200_000,
        b'[{"lat": ' + b"9" * 5000,
    ],
    ids=["html", "cut", "bytes", "empty", "deep", "long number"],
)
def test_what_is_no_json_is_unreachable(asking, body):
    with gs.playing(gs.Reply(body)) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert (answer.status, len(service.asked)) == ("unreachable", 1)
    assert "Sign in" not in answer.message


def test_a_redirect_is_not_followed(asking):
    with (
        gs.playing(gs.ok([PLACE])) as other,
        gs.playing(gs.failing(302, Location=f"http://{other.domain}/")) as first,
    ):
        answer = asking(first).lookup("Deir Hafer")
    assert (answer.status, other.asked) == ("unreachable", [])


@pytest.mark.parametrize("status", [200, 403])
def test_fifty_megabytes_are_not_read(asking, status):
    with gs.playing(gs.huge(lambda: service, status)) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert answer.status == ("unreachable" if status == 200 else "refused")
    assert service.sent_bytes < 30_000_000


LIES = {
    "latitude": {"lat": "91"},
    "longitude": {"lon": "541.7"},  # geopy would wrap it into Syria's
    "nan": {"lat": "NaN"},
    "infinite": {"lon": "Infinity"},
    "words": {"lat": "north"},
    "true": {"lat": True},
    "list": {"lon": [37.7]},
    "no latitude": {"lat": None},
    "no name": {"display_name": None},
    "null island": {"lat": "0.0", "lon": "0.0"},
}


@pytest.mark.parametrize("change", LIES.values(), ids=LIES.keys())
def test_an_answer_without_a_position_is_left_out(asking, change):
    lie = gs.nominatim_place(**change)
    with gs.playing(gs.ok([lie]), gs.ok([lie, PLACE])) as service:
        geocoder = asking(service)
        alone = geocoder.lookup("Deir Hafer")
        assert (alone.status, alone.hits, geocoder.stopped) == ("unreachable", (), False)
        both = geocoder.lookup("Deir Hafer")
        assert (both.status, len(both.hits), both.cached) == ("found", 1, False)


def test_a_bare_nan_in_the_json(asking):
    with gs.playing(gs.Reply(b'[{"lat": NaN, "lon": -Infinity, "display_name": "x"}, 7, null]')) as service:
        assert asking(service).lookup("Deir Hafer").status == "unreachable"


@pytest.mark.parametrize(
    "change",
    [
        {"lat": "-36.1553", "boundingbox": None},  # a lost sign: at sea
        {"lon": "-37.7063", "boundingbox": None},
        {"lat": "37.7063", "lon": "36.1553", "boundingbox": None},  # swapped: in Turkey
        {"lat": "-36.1553"},  # outside its own box
        {"address": {"country_code": "us"}},
    ],
)
def test_a_place_outside_its_country_is_doubted_and_comes_last(asking, change):
    lie = gs.nominatim_place(osm_id=1, **change)
    with gs.playing(gs.ok([lie, PLACE])) as service:
        answer = asking(service).lookup("Deir Hafer")
    assert [hit.place.gid for hit in answer.hits] == ["nominatim:relation/9041111", "nominatim:relation/1"]
    assert answer.doubts[0] is None
    assert answer.doubts[1]
    assert "1 of 2 places are doubtful" in answer.message
    doubted = answer.hits[1]
    assert (doubted.place.country, doubted.admin1, doubted.exact) == (None, None, False)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (33.43, 38.93, "sy"),
        (18.2, -66.4, "us"),
        (4.9, -52.3, "gf"),
        (22.3, 114.2, "cn"),
        (-51.7, -57.9, "gb"),
    ],
)
def test_borders_and_territories_are_not_doubted(asking, lat, lon, code):
    place = gs.nominatim_place(lat=lat, lon=lon, boundingbox=None, address={"country_code": code})
    with gs.playing(gs.ok([place])) as service:
        assert asking(service).lookup("Deir Hafer").doubts == (None,)


@pytest.mark.parametrize(
    "box", [None, "box", [1, 2], ["a", "b", "c", "d"], ["40", "30", "37", "38"], [1e999, 2, 3, 4]]
)
def test_a_box_that_is_none(asking, box):
    with gs.playing(gs.ok([gs.nominatim_place(boundingbox=box)])) as service:
        (hit,) = asking(service).lookup("Deir Hafer").hits
    assert 1_000 < hit.place.extent_m < 4_000  # from its population


def test_a_box_across_the_antimeridian(asking):
    fiji = gs.nominatim_place(
        lat="-17.0", lon="179.5", boundingbox=["-17.5", "-16.5", "178.5", "-179.5"],
        address={"country_code": "fj"},
    )  # fmt: skip
    with gs.playing(gs.ok([fiji])) as service:
        (hit,) = asking(service).lookup("Deir Hafer").hits
    assert 100_000 < hit.place.extent_m < 150_000


def test_a_hit_makes_no_second_request(asking):
    with gs.playing(gs.ok([PLACE])) as service:
        first = asking(service).lookup("Deir Hafer")
        geocoder = asking(service)
        again = [geocoder.lookup(name, limit) for name, limit in (("deir  HAFER", 5), ("Deir Hafer", 1))]
    assert len(service.asked) == 1
    assert all(answer.cached and answer.hits == first.hits for answer in again)


def test_not_found_is_kept_a_week_and_found_a_month(asking):
    day = 86_400.0
    with gs.playing(gs.ok([]), gs.ok([PLACE])) as service:
        geocoder = asking(service)
        clock = [1e9]
        geocoder.answers._now = lambda: clock[0]
        wanted = [(0, "not_found", 1), (6.9, "not_found", 1), (7.1, "found", 2), (37.0, "found", 2)]
        wanted += [(37.2, "found", 3), (-5.0, "found", 4)]  # set back by more than a month
        for days, status, requests in wanted:
            clock[0] = 1e9 + days * day
            assert geocoder.lookup("Deir Hafer").status == status
            assert len(service.asked) == requests, days


@pytest.mark.parametrize("failure", [gs.failing(403), gs.failing(404), gs.Reply(b"<html>"), gs.ok([{}])])
def test_failures_are_not_kept(asking, failure):
    with gs.playing(failure, gs.ok([PLACE])) as service:
        assert asking(service).lookup("Deir Hafer").status in ("refused", "unreachable")
        answer = asking(service).lookup("Deir Hafer")
    assert (answer.status, answer.cached) == ("found", False)


def test_after_a_failure_a_hundred_names_are_not_asked(asking):
    with gs.playing(gs.ok([PLACE]), gs.failing(403)) as service:
        geocoder = asking(service)
        geocoder.lookup("Deir Hafer")
        answers = [geocoder.lookup(f"Village {number}") for number in range(100)]
        assert {answer.status for answer in answers} == {"refused"}
        assert len(service.asked) == 2
        assert answers[-1].message.startswith("not asked: nominatim refused to answer")
        assert geocoder.lookup("Deir Hafer").cached  # what is known is still said
        geocoder.resume()
        geocoder.lookup("Village 7")
    assert len(service.asked) == 3


def test_how_soon_it_stops_is_the_analysts_choice(asking):
    with gs.playing(gs.failing(403)) as service:
        patient, stubborn = asking(service, stop_after=3), asking(service, stop_after=None)
        for number in range(5):
            patient.lookup(f"Village {number}")
            stubborn.lookup(f"Village {number}")
    assert len(service.asked) == 3 + 5


def test_a_name_that_the_service_does_not_like_stops_nothing(asking):
    with gs.playing(gs.failing(400), gs.ok([PLACE])) as service:
        geocoder = asking(service)
        assert geocoder.lookup("%%%").status == "refused"
        assert geocoder.lookup("Deir Hafer").status == "found"


@pytest.mark.parametrize("name", ["", "   ", "\x00\x07", "\ud800", "\u202e"])
def test_no_name_is_not_asked(asking, name):
    with gs.playing(gs.ok([PLACE])) as service:
        assert asking(service).lookup(name).status == "not_found"
    assert service.asked == []


def test_a_sentence_is_not_sent(asking):
    with gs.playing(gs.ok([PLACE])) as service:
        assert asking(service).lookup("The strike hit the village " * 20).status == "refused"
    assert service.asked == []


@pytest.mark.parametrize("text", [*hostile.STRINGS, "a&limit=1000&format=xml#", "A\r\nX-Evil: 1", "می‌دان"])
def test_hostile_names_and_answers_are_data(asking, text):
    place = gs.nominatim_place(name=text, display_name=f"{text}, Syria", namedetails={"name": text})
    with gs.playing(gs.ok([place])) as service:
        geocoder = asking(service)
        first, again = geocoder.lookup(text), geocoder.lookup(text)
    assert service.asked == [text.replace("\r\n", " ")]
    assert first.hits[0].place.name == text
    assert again.cached
    assert again.hits == first.hits
    assert "X-Evil" not in service.headers[0]


def test_half_a_surrogate_pair_does_not_come_in(asking):
    with gs.playing(gs.ok([gs.nominatim_place(name="a\ud800b")])) as service:
        (hit,) = asking(service).lookup("Deir Hafer").hits
    assert hit.place.name == "a?b"


def test_threads_share_one_geocoder(asking):
    with gs.playing(gs.ok([PLACE])) as service, ThreadPoolExecutor(8) as pool:
        geocoder = asking(service)
        answers = list(pool.map(geocoder.lookup, [f"Village {number}" for number in range(16)]))
    assert {answer.status for answer in answers} == {"found"}


PHOTON = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [37.7063, 36.1553]},
    "properties": {
        "osm_type": "N", "osm_id": 77, "osm_key": "place", "osm_value": "town", "type": "city",
        "name": "Deir Hafer", "country": "Syria", "countrycode": "SY",
        "extent": [37.68, 36.18, 37.74, 36.13],
    },
}  # fmt: skip


def test_photon(asking):
    wrong = PHOTON | {"geometry": {"type": "Point", "coordinates": [541.7, 36.1]}}
    shapeless = PHOTON | {"geometry": None}
    with gs.playing(gs.ok({"features": [wrong, shapeless, PHOTON]}), gs.ok({"features": []})) as service:
        geocoder = asking(service, "photon")
        (hit,) = geocoder.lookup("Deir Hafer").hits
        assert geocoder.lookup("Nowhere").status == "not_found"
    assert (hit.place.gid, hit.place.country, hit.place.feature) == ("photon:node/77", "SY", "city")
    assert hit.admin1 == "SY-HL"  # from the polygons
    assert 3_900 < hit.place.extent_m < 4_400


def test_geonames_with_its_user_name_from_the_environment(asking, monkeypatch):
    monkeypatch.setenv("STANDOFF_GEONAMES_USERNAME", "s3cret")
    village = {
        "geonameId": 172_000, "name": "Deir Hafer", "toponymName": "Dayr Ḩāfir", "lat": "36.1553", "lng": "37.7063",
        "countryCode": "SY", "fcl": "P", "fcode": "PPL", "population": 18_948, "adminName1": "Aleppo",
    }  # fmt: skip
    quota = {"status": {"message": "the hourly limit of s3cret is exceeded", "value": 19}}
    with gs.playing(gs.ok({"geonames": [village]}), gs.ok({"geonames": []}), gs.ok(quota)) as service:
        geocoder = asking(service, "GeoNames")
        (hit,) = geocoder.lookup("Deir Hafer").hits
        assert geocoder.lookup("Nowhere").status == "not_found"
        refused = geocoder.lookup("Elsewhere")
    assert (hit.place.gid, hit.place.feature, hit.admin1) == ("geonames:172000", "city", "SY-HL")
    assert "username=s3cret" in service.paths[0]
    assert refused.status == "refused"
    assert "s3cret" not in refused.message + repr(geocoder)


def test_any_geocoder_of_geopy(asking):
    where = {"lat": 36.1553, "lng": 37.7063}
    found = {"status": {"code": 200}, "results": [{"formatted": "Deir Hafer, Syria", "geometry": where}]}
    with gs.playing(gs.ok(found), gs.failing(402)) as service:
        geocoder = asking(service, "OpenCage", api_key="k3y")
        (hit,) = geocoder.lookup("Deir Hafer").hits
        assert geocoder.lookup("Elsewhere").status == "refused"
    assert hit.place.gid.startswith("opencage:")
    assert (hit.place.name, hit.place.country, hit.place.feature) == ("Deir Hafer", "SY", "place")
    assert hit.place.source.startswith("OpenCage, under the terms of that service")


@pytest.mark.parametrize("name", ["azure", "GeocodeEarth", "OpenCage", "TomTom", "OpenMapQuest"])
@pytest.mark.parametrize(
    "document", [None, "x", 7, [None], {"results": [{}], "status": "OK", "features": [{}]}]
)
def test_what_other_geocoders_cannot_read_is_no_error_of_ours(asking, name, document):
    keys = {"azure": "subscription_key"}
    with gs.playing(gs.ok(document)) as service:
        answer = asking(service, name, **{keys.get(name, "api_key"): "k3y"}).lookup("Deir Hafer")
    assert answer.status == "unreachable"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("gazetteer9000", {}, "there is no online geocoder 'gazetteer9000'"),
        ("nominatim", {}, "asks who uses it: give contact="),
        ("photon", {}, "asks who uses it: give contact="),
        ("nominatim", {"contact": "a\r\nX: y"}, "cannot be sent"),
        ("nominatim", {"contact": CONTACT, "speed": 3}, "has no option 'speed'"),
        ("nominatim", {"contact": CONTACT, "domain": "https://example.org"}, "is not a host"),
        ("nominatim", {"contact": CONTACT, "scheme": "ftp"}, "`http` and `https`"),
        ("nominatim", {"contact": CONTACT, "timeout": 0}, "setting timeout: 0"),
        ("nominatim", {"contact": CONTACT, "timeout": float("nan")}, "setting timeout: nan"),
        ("nominatim", {"contact": CONTACT, "tries": 0}, "setting tries: 0"),
        ("nominatim", {"user_agent": "my-application"}, "cannot be asked"),
        ("geonames", {"contact": CONTACT}, "needs username: give it as an option, or set STANDOFF_GEONAMES_"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(tmp_path, monkeypatch, name, options, message):
    monkeypatch.delenv("STANDOFF_CONTACT", raising=False)
    monkeypatch.delenv("STANDOFF_GEONAMES_USERNAME", raising=False)
    with pytest.raises(SettingError) as caught:
        OnlineGeocoder(name, cache_dir=tmp_path, **options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


ASKER = """
import sys
from pathlib import Path
from standoff.gazetteer import OnlineGeocoder
from standoff.network import Turns

service, domain, folder, interval_s = sys.argv[1:]
turns = Turns(Path(folder, "turns"), float(interval_s))
own = Path(folder, service)  # a cache each: every name goes to the network
geocoder = OnlineGeocoder(service, domain=domain, scheme="http", contact="x", proxies={}, turns=turns, cache_dir=own)
print("ready", flush=True)
sys.stdin.readline()
for number in range(5):
    assert geocoder.lookup(f"{service} {number}").status == "not_found"
"""


def test_two_processes_and_services_take_turns(tmp_path):
    interval_s = 0.15
    empty = gs.ok({"features": []})
    with gs.playing(gs.ok([])) as nominatim, gs.playing(empty) as photon:
        askers = []
        for name, service in (("nominatim", nominatim), ("photon", photon)):
            arguments = [sys.executable, "-c", ASKER, name, service.domain, str(tmp_path), str(interval_s)]
            askers.append(
                subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
        assert all(asker.stdout.readline() == "ready\n" for asker in askers)
        for asker in askers:
            asker.stdin.write("go\n")
            asker.stdin.flush()
        assert [asker.wait(60) for asker in askers] == [0, 0]
    times = sorted(nominatim.times + photon.times)
    assert len(times) == 10
    # A turn lasts until its answer, so that arrivals keep the distance too; 10 ms for the two clocks.
    assert min(later - earlier for earlier, later in pairwise(times)) > interval_s - 0.01


def test_the_cache_holds_plain_json_and_nobody_elses_to_read(asking, tmp_path):
    with gs.playing(gs.ok([PLACE])) as service:
        asking(service).lookup("Deir Hafer")
    path = answers_path(tmp_path / "cache")
    with sqlite3.connect(path) as db:
        (payload,) = db.execute("SELECT payload FROM answers").fetchone()
    assert json.loads(payload)[0]["place"]["name"] == "Deir Hafer"
    assert path.stat().st_mode & 0o077 == 0


def test_the_page_about_it_says_what_the_code_does():
    from standoff.gazetteer import answers, online, online_setup
    from standoff.network import LONGEST_PAUSE_S, TRIES

    page = (Path(__file__).parents[2] / "docs" / "online.md").read_text(encoding="utf-8")
    days = {status: f"{seconds / answers.DAY_S:.0f} days" for status, seconds in answers.LIFETIME_S.items()}
    assert all(f"`{status}`" in page and text in page for status, text in days.items())
    assert online_setup.CONTACT_VARIABLE in page
    assert answers.FILE_NAME in page
    assert f"{answers.MAX_BYTES // 1_000_000} MB" in page
    assert f"more than {online.MOST_CHARS} characters" in page
    assert (TRIES, LONGEST_PAUSE_S) == (3, 30)  # "three times in all", "half a minute"
