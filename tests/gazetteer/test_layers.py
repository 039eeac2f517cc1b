"""Layers: what is added is found, merged with the index, and never at the cost of what was there before."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from standoff.errors import GazetteerError
from standoff.gazetteer import Gazetteer, Regions, index, layers
from standoff.gazetteer.layers import add_layer, list_layers, remove_layer
from standoff.gazetteer.rows import PlaceName, PlaceRow


def dump_line(
    number=1,
    name="Khirbat",
    others="",
    lat="33.1",
    lon="38.1",
    code="P.PPL",
    country="SY",
    people="0",
    **more,
):
    feature_class, _, feature_code = code.partition(".")
    cells = [
        number,
        name,
        name,
        others,
        lat,
        lon,
        feature_class,
        feature_code,
        country,
        "",
        more.get("admin1", ""),
    ]
    return "\t".join(map(str, [*cells, "", "", "", people, "", "", "Asia/Damascus", "2024-03-01"])) + "\n"


def dump(path, *lines):
    path.write_text("".join(lines), encoding="utf-8")
    return path


def csv_file(path, text, encoding="utf-8"):
    path.write_text(text, encoding=encoding)
    return path


def place(gid="geonames:1", name="Testville", population=10, feature="city", names=()):
    every = (PlaceName(name, "name"), *(PlaceName(other, "alternate") for other in names))
    return PlaceRow(gid, name, 33.0, 38.0, "SY", None, feature, population, 500.0, "index", False, every)


@pytest.fixture
def data(tmp_path, regions, monkeypatch):
    monkeypatch.setattr(Regions, "open", lambda: regions)  # read once for all tests
    return tmp_path / "data"


@pytest.fixture
def small(tmp_path, monkeypatch, data):
    """Return what opens a small index together with the layers."""
    rows = [
        place(),
        place("geonames:2", "Bigtown", 90_000, names=["Khirbat"]),
        place("icao:X", "Khirbat", 0, "airfield"),
    ]
    monkeypatch.setattr(index, "all_places", lambda: rows)
    return lambda: Gazetteer.open(tmp_path / "cache", data_dir=data)


def gids(hits):
    return [hit.place.gid for hit in hits]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


# What is added is found.


def test_a_village_of_a_dump_is_found_by_all_its_names(tmp_path, data, small):
    add_layer(dump(tmp_path / "SY.txt", dump_line(7, "Umm Rīḩ", "ام ريح,Um Reeh,umm rih")), data_dir=data)
    with small() as gazetteer:
        for name in ("Umm Rīḩ", "Umm Rih", "ام ريح", "Um Reeh"):
            assert gids(gazetteer.lookup(name)) == ["geonames:7"]
            assert gazetteer.knows(name)
        found = gazetteer.place("geonames:7")
        assert (found.name, found.country, found.feature, found.extent_m) == ("Umm Rīḩ", "SY", "city", 1000.0)
        assert "GeoNames" in found.source
        assert gids([gazetteer.nearest(33.1, 38.1)[0][0]]) == ["geonames:7"]
        assert gazetteer.lookup("Umm Rih")[0].admin1 == "SY-RD"  # from the polygons: the dump has no code


def test_the_code_of_a_region_becomes_that_of_iso_3166(tmp_path, data, small):
    add_layer(dump(tmp_path / "SY.txt", dump_line(7, "Somewhere", admin1="11")), data_dir=data)
    with small() as gazetteer:
        assert gazetteer.lookup("Somewhere")[0].admin1 == "SY-HI"


@pytest.mark.parametrize(
    ("code", "feature"),
    [
        ("S.AIRF", "airfield"), ("S.AIRB", "base"), ("S.INSM", "base"), ("L.MILB", "base"), ("S.CMPRF", "camp"),
        ("L.PRT", "port"), ("S.PSTB", "crossing"), ("S.DAM", "dam"), ("L.OILF", "plant"), ("S.OILR", "plant"),
        ("S.PS", "plant"), ("T.MT", "mountain"), ("H.WAD", "river"), ("H.LK", "lake"), ("P.PPL", "city"),
        ("A.ADM2", "admin2"), ("A.ADM3", "admin2"), ("S.BDG", "bridge"), ("H.WLL", "place"), ("T.VAL", "place"),
        ("L.LCTY", "place"), ("S.HSP", "place"), ("U.RDGU", "place"),
    ],
)  # fmt: skip
def test_kinds_that_reports_measure_from_are_kept(tmp_path, data, code, feature):
    layer = add_layer(dump(tmp_path / "SY.txt", dump_line(7, code=code)), data_dir=data)
    with sqlite3.connect(layer.path) as db:
        assert db.execute("SELECT feature FROM places").fetchall() == [(feature,)]
    db.close()


def test_roads_and_hotels_are_left_out_and_counted(tmp_path, data):
    lines = [dump_line(1), dump_line(2, code="R.RD"), dump_line(3, code="S.HTL"), dump_line(4, code="S.SCH")]
    layer = add_layer(dump(tmp_path / "SY.txt", *lines), data_dir=data)
    assert (layer.rows, layer.left_out, layer.skipped) == (1, 3, 0)


def test_own_sites_with_every_column(tmp_path, data, small):
    text = (
        "\ufeffName;LAT;Longitude;Extent_M;Feature;Country;Aliases;People;Source;Note;Mood\n"
        'Post 7;"33,51";38,62;250;Checkpoint;Syria;"OP 7;Seven Post";12;Field trip;by the road;good\n'
    )
    layer = add_layer(csv_file(tmp_path / "Our Sites.csv", text), data_dir=data)
    assert (layer.name, layer.kind, layer.rows, layer.skipped) == ("our-sites", "sites", 1, 0)
    with small() as gazetteer:
        for name in ("Post 7", "OP 7", "seven post"):
            (hit,) = gazetteer.lookup(name)
        site = hit.place
        assert (site.lat, site.lon, site.extent_m, site.population) == (33.51, 38.62, 250.0, 12)
        assert (site.feature, site.country, site.source) == ("crossing", "SY", "Field trip (by the road)")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name,lat,lon\nPost 7,33.5,38.6\n", "utf-8"),
        ("lon\tLat\tNAME\r\n38.6\t33.5\tPost 7\r\n", "utf-8-sig"),
        ("sep=;\nname;lat;lng\nPost 7;33.5;38.6", "utf-8"),
        ('\n\n"name" , "latitude" , "x"\nPost 7, 33.5 , 38.6\n\n', "utf-8"),
        ("name\tlat\tlon\nPost 7\t33.5\t38.6\n", "utf-16"),
        ("name|lat|lon\rPost 7|33.5|38.6\r", "utf-8"),
    ],
)
def test_csv_of_many_makes(tmp_path, data, small, text, encoding):
    path = tmp_path / "s.csv"
    path.write_bytes(text.encode(encoding))
    assert add_layer(path, data_dir=data).rows == 1
    with small() as gazetteer:
        site = gazetteer.lookup("Post 7")[0].place
        assert (site.lat, site.lon, site.country, site.extent_m) == (33.5, 38.6, "SY", 5000.0)


def test_geojson_points_and_areas(tmp_path, data, small):
    square = [[38.0, 33.0], [38.2, 33.0], [38.2, 33.2], [38.0, 33.2], [38.0, 33.0]]
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [38.6, 33.5, 700.0]},
         "properties": {"Name": "Post 7", "aliases": ["OP 7", "Seven"], "kind": "base", "height": None}},
        {"type": "Feature", "id": "zone", "geometry": {"type": "Polygon", "coordinates": [square]},
         "properties": {"name": "Zone", "population": 12}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[38.0, 34.0], [38.0, 34.1], [38.0, 34.2]]},
         "properties": {"name": "Berm"}},
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[square]]},
         "properties": {"name": "Two", "extent_m": 77}},
    ]  # fmt: skip
    path = tmp_path / "sites.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert add_layer(path, data_dir=data).rows == 4
    with small() as gazetteer:
        post = gazetteer.lookup("Seven")[0].place
        assert (post.lat, post.lon, post.feature, post.extent_m) == (33.5, 38.6, "base", 2000.0)
        zone = gazetteer.place("own:zone")
        assert (zone.lat, zone.lon) == pytest.approx((33.1, 38.1), abs=0.001)
        assert zone.extent_m == pytest.approx(14_500, abs=200)  # half a diagonal of 22.2 by 18.6 km
        berm = gazetteer.lookup("Berm")[0].place
        assert (berm.lat, berm.lon) == pytest.approx((34.1, 38.0))
        assert berm.extent_m == pytest.approx(11_090, abs=20)
        assert gazetteer.lookup("Two")[0].place.extent_m == 77


# Merged with the index.


def test_a_place_of_index_and_dump_comes_once_with_the_names_of_both(tmp_path, data, small):
    lines = [dump_line(1, "Other Name", "Third Name", people=99), dump_line(2, "Bigtown")]
    add_layer(dump(tmp_path / "SY.txt", *lines), data_dir=data)
    with small() as gazetteer:
        for name in ("Testville", "Other Name", "Third Name"):
            (hit,) = gazetteer.lookup(name)
            assert (hit.place.name, hit.place.population, hit.place.source) == ("Testville", 10, "index")
        assert gids(gazetteer.lookup("Bigtown")) == ["geonames:2"]
        assert gazetteer.place("geonames:1").source == "index"
        near = [hit.place.gid for hit, _ in gazetteer.nearest(33.1, 38.1, limit=10)]
        assert sorted(near) == sorted(set(near))


def test_a_site_with_the_identifier_of_a_place_takes_its_stead(tmp_path, data, small):
    add_layer(
        csv_file(tmp_path / "s.csv", "id,name,lat,lon\ngeonames:1,Testville camp,34,39\n"), data_dir=data
    )
    with small() as gazetteer:
        for name in ("Testville", "Testville camp"):
            assert gazetteer.lookup(name)[0].place.lat == 34
        assert gazetteer.place("geonames:1").name == "Testville camp"
        assert "geonames:1" not in [hit.place.gid for hit, _ in gazetteer.nearest(33, 38, 5, within_m=1000)]


def test_own_sites_come_first_and_hamlets_of_unknown_population_last(tmp_path, data, small):
    hamlets = [dump_line(1000 + n, "Khirbat", lat=33 + n / 1000) for n in range(300)]
    add_layer(dump(tmp_path / "SY.txt", *hamlets, dump_line(5, "Khirbat", people=7)), data_dir=data)
    with small() as gazetteer:
        assert gids(gazetteer.lookup("Khirbat", 5))[:3] == ["geonames:2", "geonames:5", "icao:X"]
        assert len(gazetteer.lookup("Khirbat", 1000)) == 303
    add_layer(csv_file(tmp_path / "s.csv", "name,lat,lon\nKhirbat,33.5,38.6\n"), data_dir=data)
    with small() as gazetteer:
        assert gids(gazetteer.lookup("Khirbat"))[0].startswith("own:khirbat-")


def test_the_address_of_a_site_has_each_part_once(tmp_path, data, gazetteer):
    lines = [dump_line(163843, "Syria", code="A.PCLI"), dump_line(7, "Umm Rih")]
    add_layer(dump(tmp_path / "SY.txt", *lines), data_dir=data)
    with Gazetteer.open(data_dir=data) as opened:
        (hit,) = opened.lookup("Umm Rih")
        assert opened.address(hit.place, hit.admin1) == "Umm Rih, Rif Dimashq, Syria"
        assert opened.geocode("Umm Rih, Syria").raw["gid"] == "geonames:7"


def test_a_name_keeps_the_kind_that_the_index_has_for_it(tmp_path, data, gazetteer):
    country = dump_line(163843, "Syria", "Syrian,Surija Test", code="A.PCLI")
    add_layer(dump(tmp_path / "SY.txt", country), data_dir=data)
    with Gazetteer.open(data_dir=data) as opened:
        assert opened.lookup("Syrian") == gazetteer.lookup("Syrian")
        assert opened.lookup("Syria") == gazetteer.lookup("Syria")
        assert gids(opened.lookup("Surija Test")) == ["geonames:163843"]


def test_threads_share_the_layers(tmp_path, data, small):
    from concurrent.futures import ThreadPoolExecutor

    add_layer(
        dump(tmp_path / "SY.txt", *(dump_line(n, f"Village {n}") for n in range(10, 200))), data_dir=data
    )
    with small() as gazetteer, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: gids(gazetteer.lookup(f"Village {n}")), range(10, 200)))
    assert found == [[f"geonames:{n}"] for n in range(10, 200)]


def test_misspelt_names_of_layers_are_suggested_once_for_each_place(tmp_path, data, small):
    add_layer(dump(tmp_path / "SY.txt", dump_line(2, "Bigtown"), dump_line(7, "Qamishlawi")), data_dir=data)
    add_layer(csv_file(tmp_path / "s.csv", "name,lat,lon\nQamishlavi Post,33,38\n"), data_dir=data)
    with small() as gazetteer:
        assert [item.hit.place.gid for item in gazetteer.suggest("Qamishlewi")] == ["geonames:7"]
        assert [item.hit.place.gid for item in gazetteer.suggest("Bigtwon")] == ["geonames:2"]
        assert gazetteer.suggest("Qamishlavi Pots")[0].hit.place.gid.startswith("own:qamishlavi-post")


# Added, replaced, removed.


def test_the_same_file_twice_is_one_layer_replaced(tmp_path, data):
    file = dump(tmp_path / "SY.txt", dump_line(7), dump_line(7, "Other"))
    first = add_layer(file, data_dir=data)
    dump(file, dump_line(7), dump_line(8))
    second = add_layer(file, data_dir=data)
    assert (first.rows, second.rows, len(list_layers(data))) == (1, 2, 1)
    assert list_layers(data)[0].sha256 == second.sha256 != first.sha256


def test_what_killed_ones_left_a_day_ago_is_removed(tmp_path, data):
    folder = layers.layers_folder(data)
    (folder / ".fetch-old").mkdir(parents=True)
    (folder / ".fetch-new").mkdir()
    for path in (folder / ".fetch-old" / "SY.zip", folder / "iq.sqlite.12.tmp", folder / "jo.sqlite.13.tmp"):
        path.write_bytes(b"half")
    for path in (folder / ".fetch-old", folder / "iq.sqlite.12.tmp"):
        os.utime(path, (0, 0))
    add_layer(dump(tmp_path / "SY.txt", dump_line()), data_dir=data)
    left = {path.name for path in folder.iterdir()}
    assert left == {".fetch-new", "jo.sqlite.13.tmp", "sy.sqlite", "sy.sqlite.lock"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path, data):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path(os.devnull)):
        with pytest.raises(GazetteerError, match="no ordinary file"):
            add_layer(path, "x", data_dir=data)


def test_another_file_of_the_same_name_does_not_replace_a_layer_unasked(tmp_path, data):
    one, two = tmp_path / "a" / "sites.csv", tmp_path / "b" / "sites.csv"
    for number, path in enumerate((one, two)):
        path.parent.mkdir()
        csv_file(path, f"name,lat,lon\nPost {number},33,38\n")
    add_layer(one, data_dir=data)
    before = contents(data)
    with pytest.raises(GazetteerError, match="--name sites replaces it"):
        add_layer(two, data_dir=data)
    assert contents(data) == before
    assert add_layer(two, "sites", data_dir=data).source == str(two)
    assert add_layer(one, "more", data_dir=data).name == "more"
    assert [layer.name for layer in list_layers(data)] == ["more", "sites"]


def test_a_removed_layer_is_gone_and_only_it(tmp_path, data, small):
    add_layer(dump(tmp_path / "SY.txt", dump_line(7, "Umm Rih")), data_dir=data)
    add_layer(csv_file(tmp_path / "s.csv", "name,lat,lon\nPost 7,33.5,38.6\n"), data_dir=data)
    remove_layer("sy", data)
    with small() as gazetteer:
        assert not gazetteer.knows("Umm Rih")
        assert gazetteer.knows("Post 7")
    with pytest.raises(GazetteerError, match="there is no layer sy; there are: s"):
        remove_layer("sy", data)


@pytest.mark.parametrize("name", ["../x", "a/b", "", "A", ".hidden", "x" * 61, "a b"])
def test_a_layer_has_a_plain_name(tmp_path, data, name):
    file = dump(tmp_path / "SY.txt", dump_line())
    if name:
        with pytest.raises(GazetteerError, match="name of a layer"):
            add_layer(file, name, data_dir=data)
    with pytest.raises(GazetteerError):
        remove_layer(name, data)


# Rows and files that cannot be read.


def test_lines_of_a_dump_that_cannot_be_read_are_told_with_number_and_reason(tmp_path, data):
    file = tmp_path / "SY.txt"
    bad = [
        b"two\tcolumns\n",
        dump_line("x").encode(),
        dump_line(3, lat="95").encode(),
        dump_line(4, lat="1e999").encode(),
        dump_line(5, lon="nan").encode(),
        dump_line(6, "\x00\x01").encode(),
        dump_line(7, "--").encode(),
        dump_line(8).encode().replace(b"Khirbat", b"Khirb\xe9t"),
        dump_line(9, people="-5").encode(),
        dump_line(10, "x" * 2_000_000).encode(),
        dump_line(11, lat="0", lon="0").encode(),
        dump_line("9" * 30).encode(),
    ]
    good = dump_line(100).encode()
    file.write_bytes(good + b"".join(bad) + dump_line(101).encode().rstrip())
    layer = add_layer(file, data_dir=data)
    assert (layer.rows, layer.skipped, len(layer.first_skipped)) == (2, len(bad), 5)
    assert layer.first_skipped[0] == ("line 2", "2 columns instead of 19")
    assert layer.first_skipped[2] == ("line 4", "latitude 95 is not between -90 and 90")
    assert list_layers(data) == [layer]


HOSTILE = """name,lat,lon,kind,aliases
=HYPERLINK("http://x"),33.1,38.1,base,
<script>alert(1)</script>,33.2,38.2,base,"<b>;${x}`"
Nul\x00,33.3,38.3,base,
Far,1e999,38.3,base,
North,95,38.3,base,
Hex,0x21,38.3,base,
"Long","33","38","HUGE",
,33,38,,
Short
One,33,38,base,,too,many
Unclosed "quote" ok,33.4,38.4,base,
Right\u202eLeft,33,38,,
Atlantis,33,38,,
Last,33.5,38.5,,
"""


def test_hostile_rows_of_a_csv_are_skipped_or_kept_as_plain_text(tmp_path, data, small):
    text = HOSTILE.replace("HUGE", "x" * 300_000).replace("Atlantis,33,38,,", 'Atlantis,33,"38\n",,')
    layer = add_layer(csv_file(tmp_path / "s.csv", text), data_dir=data)
    assert layer.rows == 5
    assert layer.skipped == 9
    with small() as gazetteer:
        (hit,) = gazetteer.lookup("<script>alert(1)</script>")
        assert hit.place.name == "<script>alert(1)</script>"
        assert gazetteer.knows("Last")
        assert gazetteer.lookup('=HYPERLINK("http://x")')[0].place.lat == 33.1


def test_a_quote_that_is_not_closed_is_told_with_the_lines_it_swallows(tmp_path, data):
    rows = "".join(f"Post {n},33.{n},38\n" for n in range(1, 20))
    text = 'name,lat,lon\nFirst,33,38\n"Open,33,38\n' + rows
    layer = add_layer(csv_file(tmp_path / "s.csv", text), data_dir=data)
    assert layer.rows == 1
    assert layer.first_skipped[0].where == "lines 3 to 22"
    assert "quotes" in layer.first_skipped[0].reason


def test_rows_that_are_not_utf_8_are_skipped(tmp_path, data):
    path = tmp_path / "s.csv"
    path.write_bytes("name,lat,lon\nPost,33,38\nCaf\u00e9,33,38\n".encode("latin-1"))
    layer = add_layer(path, data_dir=data)
    assert (layer.rows, layer.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "no CSV with the columns"),
        ("a.csv", b"name,lat,lon\n", "no row that can be read"),
        ("a.csv", b"name,lat,lon\nX,95,3\n", "latitude 95"),
        ("a.csv", b"where,what\n1,2\n", "columns name, lat and lon"),
        ("a.csv", bytes(range(256)) * 500, "no CSV"),
        ("a.csv", b"x" * 3_000_000, "no CSV"),
        ("a.csv", b"\xff\xfen\x00a", "no CSV|UTF-16"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "no CSV"),
        ("a.txt", dump_line(3, lat="95").encode(), "no row that can be read"),
        ("a.geojson", b"{" * 100_000, "no JSON|too deep"),
        ("a.geojson", b'{"a":' * 100_000, "too deep"),
        ("a.geojson", b"[1, 2", "no JSON"),
        ("a.geojson", b"[1, 2]", "no GeoJSON with features"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no GeoJSON with features"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": {"a": 1}}', "no GeoJSON with features"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [1, null, "x", [], {}]}', "no row"),
        ("a.geojson", b'{"type": "Feature", "geometry": "x" \xe9}', "UTF-8"),
        ("a.geojson", b'{"type": "Feature", "n": ' + b"9" * 5000 + b"}", "no JSON"),
        (
            "a.geojson",
            b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}, "features": [1]}',
            "3857",
        ),
        ("a.zip", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "holds none"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path, data, name, content, words):
    add_layer(dump(tmp_path / "kept.txt", dump_line()), data_dir=data)
    before = contents(data)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GazetteerError, match=words) as caught:
        add_layer(tmp_path / name, data_dir=data)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(data) == before


def point(coordinates, name="Post", kind="Point"):
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": {"name": name},
    }


def test_features_that_cannot_be_read_are_skipped(tmp_path, data):
    deep = [[33.0, 38.0]]
    for _ in range(60):
        deep = [deep]
    features = [
        point([38, 33]),
        point("38, 33"), point([38]), point([]), point(None), point({"lat": 1}), point([None, "x"]), point([1e308 * 10, 3]),
        point([10**400, 3]), point([[[10**400, 3], [38, 33], [38, 34], [38, 33]]], kind="Polygon"),
        point([38, 95]), point([1000, 3]), point(deep, kind="Polygon"), point([[38, 33]], kind="Polygon"),
        point([[[38, 33], [38, 33], [38, 33], [38, 33]]], kind="Polygon"), point([38, 33], kind="Blob"),
        point([38, 33], kind=["Point"]), point([38, 33], name=None), point([38, 33], name={"a": 1}),
        point([38, 33], name=""),
        {"type": "Feature", "geometry": None, "properties": {"name": "x"}},
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}, "properties": {"name": "x"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [38, 33]}, "properties": "x"},
    ]  # fmt: skip
    path = tmp_path / "sites.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layer = add_layer(path, data_dir=data)
    assert (layer.rows, layer.skipped) == (1, len(features) - 1)
    assert layer.first_skipped[0].where == "feature 2"


def test_a_second_site_of_one_identifier_is_told_and_not_laid_on_the_first(tmp_path, data, small):
    text = (
        "name,lat,lon,id\nPost One,33,38,a b\nPost Two,34,39,a-b\nPost Three,35,40,a b\nBroken,99,38,c\n"
        "Post Four,36,41,c\nPost Five,37,41,\nPost Five,37,41,\n"
    )
    layer = add_layer(csv_file(tmp_path / "s.csv", text), data_dir=data)
    assert (layer.rows, layer.skipped) == (3, 4)
    assert [tuple(skipped) for skipped in layer.first_skipped if "already" in skipped.reason] == [
        ("line 3", "the id 'a-b' stands in line 2 already, as 'a b'"),
        ("line 4", "the id 'a b' stands in line 2 already"),
        ("line 8", "the same name and position stand in line 7 already"),
    ]
    with small() as gazetteer:
        assert gazetteer.lookup("Post One")[0].place.lat == 33
        assert not gazetteer.knows("Post Two")
        assert gazetteer.lookup("Post Four")[0].place.lat == 36


def test_a_second_feature_of_one_identifier_is_told(tmp_path, data):
    features = [point([38, 33], name=name) | {"id": "p"} for name in ("One", "Two")]
    path = tmp_path / "sites.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    layer = add_layer(path, data_dir=data)
    assert layer.rows == 1
    assert layer.first_skipped == (("feature 2", "the id 'p' stands in feature 1 already"),)


# Archives.


def archive(path, *members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, text in members:
            packed.writestr(name, text)
    return path


def test_an_archive_as_geonames_has_it(tmp_path, data, small):
    file = archive(tmp_path / "SY.zip", ("readme.txt", "What it is"), ("SY.txt", dump_line(7, "Umm Rih")))
    layer = add_layer(file, data_dir=data)
    assert (layer.name, layer.rows) == ("sy", 1)
    with small() as gazetteer:
        assert gazetteer.knows("Umm Rih")


def test_the_file_that_the_archive_is_named_after_is_taken(tmp_path, data):
    file = archive(tmp_path / "SY.zip", ("SY.txt", dump_line(7)), ("IQ.txt", dump_line(8) + dump_line(9)))
    assert add_layer(file, data_dir=data).rows == 1
    several = archive(tmp_path / "all.zip", ("SY.txt", dump_line(7)), ("IQ.txt", dump_line(8)))
    with pytest.raises(GazetteerError, match=r"2 of them \('SY.txt', 'IQ.txt'\)"):
        add_layer(several, data_dir=data)


def test_names_inside_an_archive_are_no_paths(tmp_path, data):
    file = archive(tmp_path / "x.zip", ("../../../evil.txt", dump_line(7)))
    assert add_layer(file, data_dir=data).rows == 1
    assert not list(tmp_path.parent.glob("**/evil.txt"))


def test_an_archive_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(tmp_path, data):
    file = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("bomb.txt", "w", force_zip64=True) as out,
    ):
        for _ in range(50):
            out.write(b"\t" * 1_000_000)
    begun = time.monotonic()
    with pytest.raises(GazetteerError, match="would unpack"):
        add_layer(file, data_dir=data)
    assert time.monotonic() - begun < 5
    assert not data.exists() or not contents(data)


def test_an_archive_that_lies_about_its_size_is_an_error(tmp_path, data):
    file = archive(tmp_path / "SY.zip", ("SY.txt", dump_line(7) * 1000))
    raw = bytearray(file.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    file.write_bytes(raw)
    with pytest.raises(GazetteerError, match="damaged"):
        add_layer(file, data_dir=data)


def test_an_encrypted_archive_is_an_error(tmp_path, data):
    file = archive(tmp_path / "SY.zip", ("SY.txt", dump_line(7)))
    raw = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(mark) + offset] |= 1
    file.write_bytes(raw)
    with pytest.raises(GazetteerError, match="encrypted"):
        add_layer(file, data_dir=data)


def test_an_archive_damaged_in_the_middle_changes_nothing(tmp_path, data):
    chance = random.Random(4)
    lines = [dump_line(n, "".join(chance.choices("abcdefghij", k=12))) for n in range(20_000)]
    file = archive(tmp_path / "SY.zip", ("SY.txt", "".join(lines)))
    add_layer(file, data_dir=data)
    before = contents(data)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 40] = b"\xff" * 40
    file.write_bytes(raw)
    with pytest.raises(GazetteerError, match="damaged"):
        add_layer(file, data_dir=data)
    assert contents(data) == before


# Killed, at once, damaged, read-only.


SLOW_ADD = """
import sys, time
from pathlib import Path
from standoff.gazetteer import geonames_dump, layers
whole = geonames_dump.places
def slow(*given):
    for number, row in enumerate(whole(*given)):
        if number == 10_500:
            print("started", flush=True)
            time.sleep(60)
        yield row
geonames_dump.places = slow
layers.add_layer(Path(sys.argv[1]), data_dir=Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_while_adding_leaves_the_old_layer_and_the_next_cleans_up(tmp_path, data):
    file = dump(tmp_path / "SY.txt", dump_line(7))
    add_layer(file, data_dir=data)
    before = contents(data)
    dump(file, *(dump_line(n, f"Village {n}") for n in range(1, 45_000)))
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_ADD, str(file), str(data)], stdout=subprocess.PIPE
    ) as adder:
        assert adder.stdout is not None
        assert adder.stdout.readline().strip() == b"started"
        os.kill(adder.pid, signal.SIGKILL)
    left = {name: text for name, text in contents(data).items() if not name.endswith(".tmp")}
    assert left == before
    assert [layer.rows for layer in list_layers(data)] == [1]
    assert add_layer(file, data_dir=data).rows == 44_999
    assert not list(data.rglob("*.tmp"))


ADD = """
import sys
from pathlib import Path
from standoff.gazetteer.layers import add_layer
print(add_layer(Path(sys.argv[1]), sys.argv[3], data_dir=Path(sys.argv[2])).rows)
"""


def test_two_that_add_at_once_are_both_whole(tmp_path, data, small):
    file = dump(tmp_path / "SY.txt", *(dump_line(n, f"Village {n}") for n in range(1, 3000)))
    adders = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(file), str(data), name], stdout=subprocess.PIPE, text=True
        )
        for name in ("same", "same", "other")
    ]
    assert [adder.communicate(timeout=120)[0].strip() for adder in adders] == ["2999"] * 3
    assert [(layer.name, layer.rows, layer.fault) for layer in list_layers(data)] == [
        ("other", 2999, None),
        ("same", 2999, None),
    ]
    with small() as gazetteer:
        assert gids(gazetteer.lookup("Village 77")) == ["geonames:77"]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_layer_is_a_word_and_never_a_silent_gap(tmp_path, data, small, seed):
    layer = add_layer(
        dump(tmp_path / "SY.txt", *(dump_line(n, f"Village {n}") for n in range(1, 3000))), data_dir=data
    )
    chance, raw = random.Random(seed), bytearray(layer.path.read_bytes())
    if seed < 4:
        raw = raw[: chance.randrange(len(raw))]
    else:
        at = chance.randrange(len(raw))
        raw[at : at + 20_000] = chance.randbytes(len(raw[at : at + 20_000]))
    layer.path.write_bytes(raw)
    try:
        with small() as gazetteer:
            found = [gazetteer.knows(f"Village {n}") for n in range(1, 3000)]
    except GazetteerError as error:
        assert "remove sy" in str(error)
        assert "\n" not in str(error)
    else:
        assert all(found) or seed >= 4  # bytes of a name that changed make another name
    assert layer.path.exists()
    assert [listed.name for listed in list_layers(data)] == ["sy"]
    remove_layer("sy", data)
    with small() as gazetteer:
        assert gazetteer.knows("Testville")


def test_a_data_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(GazetteerError, match="STANDOFF_DATA") as caught:
        add_layer(dump(tmp_path / "SY.txt", dump_line()), data_dir=tmp_path / "file")
    assert "\n" not in str(caught.value)
    assert list_layers(tmp_path / "file") == []


def test_a_layer_of_an_earlier_version_gets_the_new_keys(tmp_path, data, small, monkeypatch):
    own = add_layer(csv_file(tmp_path / "s.csv", "name,lat,lon,aliases\nPost 7,33,38,DAM\n"), data_dir=data)
    with monkeypatch.context() as earlier:
        earlier.setattr(layers, "_keys", lambda: "earlier")
        earlier.setattr(index, "SCHEMA_VERSION", -1)
        earlier.setattr(index, "name_key", lambda text: f"old {text.casefold()}")
        village = add_layer(dump(tmp_path / "SY.txt", dump_line(7, "Umm Rih", "UMR")), data_dir=data)
    before = own.path.read_bytes()
    with small() as gazetteer:
        assert gids(gazetteer.lookup("Umm Rih")) == gids(gazetteer.lookup("UMR")) == ["geonames:7"]
        assert not gazetteer.knows("umr")  # an abbreviation still
    assert own.path.read_bytes() == before
    assert list_layers(data)[1] == village
