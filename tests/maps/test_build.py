import re
import warnings

import folium
import pytest
from folium.plugins import MarkerCluster

import hostile
import map_samples
import records
import standoff
from standoff import maps
from standoff.errors import ExportError
from standoff.maps.elements import Legend
from standoff.maps.page import leaflet_css

MOST_BYTES = 400_000


def build(**options):
    return maps.build(*map_samples.at_tanf(), **options)


def page(**options):
    return build(**options).get_root().render()


def test_build_is_a_folium_map():
    assert isinstance(build(), folium.Map)


@pytest.mark.parametrize("sample", [map_samples.at_tanf, lambda: (records.report(), records.record())])
def test_a_page_is_small_and_links_to_nothing(sample, tmp_path):
    saved = maps.save(maps.build(*sample()), tmp_path / "map.html")
    assert saved.stat().st_size <= MOST_BYTES
    source = saved.read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", source)
    assert "url(http" not in source
    assert "sourceMappingURL" not in source


def test_the_same_reading_gives_the_same_bytes():
    assert page() == page()


def test_rendering_twice_changes_nothing():
    built = build()
    first = built.get_root().render()
    assert built.get_root().render() == first


def test_the_policy_allows_the_pages_own_scripts_only():
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page())[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_leaflets_style_sheet_holds_its_images():
    assert "url(images" not in leaflet_css()
    assert leaflet_css().count("data:image/png;base64,") == 2


def test_what_needs_the_network_is_refused_by_name(tmp_path):
    built = build()
    MarkerCluster().add_to(built)
    with pytest.raises(ExportError, match=r"leaflet\.markercluster\.js"):
        maps.save(built, tmp_path / "map.html")
    assert list(tmp_path.iterdir()) == []


def test_an_icon_of_foliums_is_refused_by_name(tmp_path):
    built = build()
    folium.Marker((33.5, 38.6), icon=folium.Icon(color="red")).add_to(built)
    with pytest.raises(ExportError, match="awesome-markers"):
        maps.save(built, tmp_path / "map.html")


def test_tiles_of_ones_own_are_named_as_blocked(tmp_path):
    built = build()
    folium.TileLayer("https://tiles.example.org/{z}/{x}/{y}.png", attr="x").add_to(built)
    with pytest.warns(UserWarning, match=r"will not load: https://tiles\.example\.org"):
        maps.save(built, tmp_path / "map.html")


def test_a_popup_of_ones_own_brings_jquery_and_nothing_else():
    built = build()
    folium.Marker((33.5, 38.6), popup="mine").add_to(built)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = built.get_root().render()
    assert "jQuery v3" in source
    assert "jQuery v3" not in page()


def test_no_place_at_all_is_said():
    built = maps.build(records.empty_report(), records.empty_record())
    source = built.get_root().render()
    assert "This report names no place that could be drawn." in source
    assert len(source.encode()) <= MOST_BYTES


def test_hostile_text_leaves_the_data_blocks_closed():
    source = maps.build(hostile.report(), hostile.record()).get_root().render()
    for text in hostile.STRINGS:
        if "<" in text:
            assert text not in source
    assert source.count("<script") == source.count("</script>")


def test_side_by_side_is_text_and_map():
    report, record = map_samples.at_tanf()
    plain = maps.side_by_side(report, record, maps.build(report, record, panel=False))
    assert plain.index("<mark") < plain.index("<iframe")
    own = maps.side_by_side(report, record, maps.build(report, record))
    assert own.startswith("<iframe")


def test_side_by_side_escapes():
    report, record = hostile.report(), hostile.record()
    shown = maps.side_by_side(report, record, maps.build(report, record, panel=False))
    outside = re.sub(r'srcdoc="[^"]*"', "", shown)
    assert set(re.findall(r"<\s*(\w+)", outside)) == {"style", "div", "strong", "mark", "iframe"}


def test_bounds_are_the_shapes_own():
    ring = maps.Ring(33.50583, 38.61778, 30_900, 46_300)
    (south, west), (north, east) = ring.get_bounds()
    assert south < 33.2 < 33.8 < north
    assert west < 38.2 < 39.0 < east


def test_elements_join_any_folium_map():
    own = folium.Map((33.5, 38.6), tiles=None)
    group = folium.FeatureGroup("shapes").add_to(own)
    maps.Sector(33.5, 38.6, 10_000, 20_000, 45, 22.5, title=hostile.MARKED).add_to(group)
    maps.OfflineBasemap((38, 33, 39, 34)).add_to(own)
    source = own.get_root().render()
    assert source.count("window.standoff = window.standoff") == 1
    assert "</script><img" not in source


def test_a_share_that_was_measured_at_sea_alone_says_so_in_the_legend():
    reading = standoff.read_text(
        "Jets struck a truck about 24 miles from Aleppo on Tuesday.", published="2017-06-08"
    )
    (ring,) = [e for e in Legend.of(reading.report, reading.record).data() if e["kind"] == "ring"]
    assert ring["meaning"] == "90 % of such statements fall inside; measured at sea, not on land"
    placed = standoff.read_text("The hamlet of Salamiyah lies 24 miles from Hama.")
    (ring,) = [e for e in Legend.of(placed.report, placed.record).data() if e["kind"] == "ring"]
    assert "at sea" not in ring["meaning"]
