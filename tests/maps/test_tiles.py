import json
import re
import warnings

import folium
import pytest

import map_samples
from standoff import maps
from standoff.errors import SettingError
from standoff.maps.tiles import PRESETS, Tiles, origin_of, tiles_of

OWN = "http://tiles.base.example:8080/{z}/{x}/{y}.png"


def page(**options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return maps.build(*map_samples.at_tanf(), **options).get_root().render()


def images(source):
    """Return what the page's policy allows images from."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)[1]
    return re.search(r"img-src ([^;]+);", policy)[1].split()


def offered(source):
    block = re.search(r'id="online_tiles_\w+_data">(.*?)</script>', source)[1]
    return json.loads(block)


def test_a_page_has_nothing_of_tiles_unless_asked():
    source = page()
    assert images(source) == ["data:"]
    for word in ("tile.openstreetmap.org", "cartocdn", "arcgisonline", "standoff.tiles"):
        assert word not in source


def test_all_presets_are_named_and_owed_and_no_other_host_is_allowed():
    source = page(tiles=True)
    layers = offered(source)["layers"]
    assert [layer["name"] for layer in layers] == [
        "OpenStreetMap",
        "Carto light",
        "Carto dark",
        "Esri World Imagery",
    ]
    assert all("OpenStreetMap" in layer["attribution"] for layer in layers[:3])
    assert all("CARTO" in layer["attribution"] for layer in layers[1:3])
    assert "Esri" in layers[3]["attribution"]
    assert images(source) == [
        "data:",
        "https://tile.openstreetmap.org",
        "https://*.basemaps.cartocdn.com",
        "https://server.arcgisonline.com",
    ]
    assert "opened from disk" in offered(source)["note"]


def test_one_name_a_template_and_a_list_work():
    assert [tiles.name for tiles in tiles_of("openstreetmap")] == ["OpenStreetMap"]
    assert tiles_of("OpenTopoMap")[0].url.startswith("https://")  # folium's
    assert tiles_of(["Esri World Imagery", OWN])[1].url == OWN
    assert tiles_of([PRESETS[0]]) == [PRESETS[0]]
    assert tiles_of(None) == tiles_of(False) == []
    assert images(page(tiles=OWN)) == ["data:", "http://tiles.base.example:8080"]


@pytest.mark.parametrize(
    "wrong",
    ["no such map", "https://example.org/map.png", "ftp://example.org/{z}/{x}/{y}", "https://a b;script-src */{z}{x}{y}"],
)  # fmt: skip
def test_what_is_no_server_of_tiles_is_said_in_one_line(wrong):
    with pytest.raises(SettingError, match=r"^tiles: .*"):
        tiles_of(wrong)
    with pytest.raises(SettingError):
        maps.build(*map_samples.at_tanf(), tiles=[wrong])


def test_a_host_cannot_widen_the_policy():
    with pytest.raises(SettingError):
        tiles_of(Tiles("x", "https://a.example; script-src *;/{z}/{x}/{y}", "x"))
    assert origin_of("https://{s}.a.example/{z}/{x}/{y}.png") == "https://*.a.example"


def test_a_hostile_name_stays_text():
    name = "</script><script>alert(1)</script>{{7*7}}"
    source = page(tiles=[Tiles(name, OWN, "x")])
    assert "<script>alert" not in source
    assert offered(source)["layers"][0]["name"] == name


def test_rendered_twice_the_page_is_the_same():
    built = maps.build(*map_samples.at_tanf(), tiles=True)
    assert built.get_root().render() == built.get_root().render()


def test_they_can_be_added_to_a_map_of_ones_own():
    own = maps.StandoffMap((33.5, 38.6))
    maps.OnlineTiles("OpenStreetMap").add_to(own)
    assert images(own.get_root().render()) == ["data:", "https://tile.openstreetmap.org"]
    maps.OnlineTiles("OpenStreetMap").add_to(folium.Map((33.5, 38.6), tiles=None)).get_root().render()
