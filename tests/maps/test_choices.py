"""What names may mean, on a map that asks nobody."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

import hostile
from standoff import maps
from standoff.errors import SettingError
from standoff.tables import CANDIDATES, NONE, frame


def row(name: str, probability: float, lat: float | None = None, lon: float | None = None, **more: object):
    plain = {"mentions": "p1", "text": "Tripoli", "gid": f"g:{lat}", "name": name, "probability": probability}
    plain |= {
        "lat": lat,
        "lon": lon,
        "country": "LY",
        "feature": "city",
        "extent_m": 9_000.0,
        "source": "GeoNames",
    }
    return plain | {"chosen": False} | more


TAKEN = row("Tripoli", 0.63, 32.9, 13.2, chosen=True, reason="the likeliest")
OTHER = row("Trípoli", 0.17, 37.5, 22.4, country="GR")
STRAY = row("Tripoli", 0.004, 48.9, -99.6, country="US")


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return frame(list(rows), CANDIDATES)


def blocks(built: object) -> list[object]:
    source = built.get_root().render()
    found = re.findall(r'<script type="application/json" id="[^"]*">(.*?)</script>', source, re.DOTALL)
    return [json.loads(block) for block in found]


def shapes(built: object) -> list[dict[str, object]]:
    return [block for block in blocks(built) if isinstance(block, dict) and "cards" in block]


def test_what_was_taken_is_a_target_and_drawn_last_the_others_are_dots():
    found = shapes(maps.of_candidates(table(TAKEN, OTHER)))
    assert [shape["style"]["kind"] for shape in found] == ["candidate", "taken"]
    assert [shape["style"]["glyph"] for shape in found] == ["dot", "target"]
    assert found[-1]["label"] == "Tripoli, LY · 63%"
    assert found[-1]["at"] == [32.9, 13.2]
    (card,) = found[-1]["cards"]
    assert ["Identifier", "g:32.9"] in card["rows"]
    assert card["lists"] == [["Why this place", ["the likeliest"]]]


def test_the_first_view_holds_the_likely_ones_and_shows_a_country():
    (corners,) = [block for block in blocks(maps.of_candidates(table(TAKEN, OTHER, STRAY))) if is_box(block)]
    (_, west), (_, east) = corners
    assert west <= 13.2
    assert east >= 22.4
    assert west > -90
    (alone,) = [block for block in blocks(maps.of_candidates(table(TAKEN))) if is_box(block)]
    assert alone[1][1] - alone[0][1] >= 6


def is_box(block: object) -> bool:
    return isinstance(block, list) and len(block) == 2 and isinstance(block[0], list) and len(block[0]) == 2


def test_where_none_was_taken_a_notice_says_so():
    none = row(NONE, 0.83, chosen=True, reason="it is not in the gazetteer", gid=None, country=None)
    source = maps.of_candidates(table(OTHER, none)).get_root().render()
    assert "Tripoli: none of these. it is not in the gazetteer" in source
    assert "Tripoli: none of these" not in maps.of_candidates(table(TAKEN, OTHER)).get_root().render()


def test_hostile_names_leave_the_data_blocks_closed():
    bad = dict.fromkeys(("text", "name", "gid", "source", "country", "feature", "reason"), hostile.MARKED)
    built = maps.of_candidates(
        table(TAKEN | bad, row(NONE, 0.4, chosen=True, reason=hostile.MARKED, text=hostile.MARKED))
    )
    assert built.get_root().render().count("<script>window.ran") == 0
    assert len(shapes(built)) == 1


def test_the_same_table_makes_the_same_page_and_saves_without_network(tmp_path):
    first, second = (
        maps.save(maps.of_candidates(table(TAKEN, OTHER)), tmp_path / name) for name in ("a.html", "b.html")
    )
    assert first.read_bytes() == second.read_bytes()


def test_without_a_place_it_is_told():
    with pytest.raises(SettingError, match="no place to draw"):
        maps.of_candidates(table(row(NONE, 1.0, chosen=True)))
