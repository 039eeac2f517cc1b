"""Descriptions: "the base", "the island", "the capital, X", and what each points to."""

from __future__ import annotations

import pytest

from standoff.gazetteer import Gazetteer
from standoff.pipeline import annotate
from standoff.report import report_from_text
from standoff.settings import Settings


@pytest.fixture(scope="module")
def targets():
    """Return a reader: each description of a text and the name it points to, or None."""
    with Gazetteer.open() as gazetteer:

        def read(text: str) -> dict[str, str | None]:
            doc = annotate(report_from_text(text), Settings.of().pipeline, gazetteer)
            by_id = {m.id: m for m in doc._.place_mentions}
            return {
                m.text: by_id[m.refers_to].name if m.refers_to else None
                for m in doc._.place_mentions
                if m.name is None and m.kind == "facility"
            }

        yield read


@pytest.mark.parametrize(
    "text",
    [
        "A storm hit the town of Marib.",
        "Divers searched off the island of Lampedusa.",
        "Rockets hit the port of Latakia.",
        "Floods cut off the besieged village of Madaya.",
    ],
)
def test_a_noun_with_of_and_a_name_is_no_mention_of_its_own(targets, text):
    assert targets(text) == {}


def test_the_town_of_something_else_is_a_description(targets):
    assert "the town" in targets("Marib lies in the hills. Nobody left the town of their fathers.")


@pytest.mark.parametrize(
    ("text", "description", "name"),
    [
        ("Shells hit the capital, N'Djamena, at dawn.", "the capital", "N'Djamena"),
        ("The fire burns 9 km from the Kenyan capital, Nairobi.", "the Kenyan capital", "Nairobi"),
        ("A plane landed at Bagram airfield. The base was shelled on Friday.", "The base", "Bagram airfield"),
        ("Troops held the camp at Tessalit. Mortars hit the base.", "the base", "Tessalit"),
        ("Guards at the Bushehr plant fled. The site was shelled.", "The site", "Bushehr plant"),
        ("Guards at the Bushehr plant fled. They hid in the facility.", "the facility", "Bushehr plant"),
        ("Rockets hit the Latakia terminal. The terminal burnt.", "The terminal", "Latakia"),
        ("Tankers load at Kharg. The island was calm.", "The island", "Kharg"),
        ("A blast hit the base at Incirlik, Turkey.", "the base", "Incirlik"),
    ],
)
def test_a_description_points_to_what_is_or_is_called_so(targets, text, description, name):
    assert targets(text)[description] == name


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("A blast hit the base in Syria.", "the base"),
        ("Iran's men left the base, Oman said.", "the base"),
        ("The convoy left Kutupalong refugee camp and drove to the base.", "the base"),
    ],
)
def test_a_country_or_another_kind_of_place_is_not_what_is_meant(targets, text, description):
    assert targets(text)[description] is None


@pytest.mark.parametrize(
    "text",
    [
        "Rescuers reached the site of the crash near Mosul.",
        "Inspectors flew to Paris. The site was a wonder.",
        "Tourists love Paris. The terminal was closed.",
        "Investors met in Paris. The capital was raised by a bank.",
    ],
)
def test_loose_nouns_point_to_nothing(targets, text):
    assert targets(text) == {}
