"""How large a page may be: 400 kB for a report, 1.5 MB for thousands of events."""

from pathlib import Path

import pytest

import letters
import map_samples
import standoff
from standoff import maps
from standoff.errors import StandoffWarning
from standoff.maps.geometry import encode
from standoff.maps.items import items_of

ROOT = Path(__file__).parents[2]
REPORT, MANY = 400_000, 1_500_000


def size(built):
    return len(built.get_root().render().encode("utf-8"))


@pytest.mark.parametrize("seed", sorted((ROOT / "seeds").glob("*.md")), ids=lambda path: path.stem)
def test_the_page_of_a_sample(seed):
    assert size(standoff.read(seed).map()) <= REPORT


def test_the_page_of_one_report_of_very_many_events_is_cut_and_says_so():
    with pytest.warns(StandoffWarning, match=r"shows 400 of 450 shapes and .*maps\.of_events"):
        assert size(maps.build(*map_samples.long_report(450))) <= MANY


def test_of_hundreds_of_shapes_each_has_fewer_corners_and_stays_round():
    report, record = map_samples.long_report(300)
    items = items_of(report, record)
    shape = next(item for item in items if item.geometry is not None)
    drawn = shape.as_json()["geometry"]
    few = len(drawn["polygons"][0][0])
    assert few < len(encode(shape.geometry)["polygons"][0][0]) * 0.7
    missing = letters.polygons(drawn).symmetric_difference(shape.geometry).area / shape.geometry.area
    assert missing < 0.01
