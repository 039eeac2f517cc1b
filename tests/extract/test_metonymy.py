"""Whether a place's name stands for its government: sentences that no rule was written for."""

from __future__ import annotations

import pytest

from standoff.gazetteer import Gazetteer
from standoff.pipeline import annotate
from standoff.report import report_from_text
from standoff.settings import Settings


@pytest.fixture(scope="module")
def governments():
    with Gazetteer.open() as gazetteer:

        def read(text: str) -> set[str]:
            doc = annotate(report_from_text(text), Settings.of().pipeline, gazetteer)
            return {m.text for m in doc._.place_mentions if m.metonymy}

        yield read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("London summoned the ambassador on Friday.", {"London"}),
        ("Paris and Berlin pledged new air defences for Kyiv.", {"Paris", "Berlin"}),
        ("The strike was condemned by Jakarta.", {"Jakarta"}),
        ("Militias backed by drones entered Tobruk, and Cairo denied any role.", {"Cairo"}),
        ("The Ankara-backed forces took Tel Abyad.", {"Ankara"}),
        ("Talks with Riyadh broke down in Muscat.", {"Riyadh"}),
    ],
)
def test_who_speaks_and_decides_is_a_government(governments, text, names):
    assert governments(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit London Road in the east of Homs.",
        "Berlin was flooded and Paris had no power.",
        "The convoy left Ankara at dawn.",
        "Rebels shelled Tobruk from the hills.",
        "A ship from Jakarta sank off Muscat.",
    ],
)
def test_where_something_happens_is_a_place(governments, text):
    assert governments(text) == set()
