"""What several reports tell of one event, put together, and what is another event, kept apart."""

from __future__ import annotations

from collections import defaultdict

import pytest

from standoff import Corpus, read_many
from standoff.corpus.exercise import Exercise
from standoff.corpus.likeness import Party, same_kind
from standoff.model import Report


def told(*reports: tuple[str, str, str]) -> Corpus:
    """Read reports given as publisher, day of publication, text."""
    made = [
        Report(id=f"r{number}", text=text, publisher=who, published=day, home="ML")
        for number, (who, day, text) in enumerate(reports, 1)
    ]
    return read_many(made)


def groups(corpus: Corpus) -> list[str]:
    return sorted(corpus.incidents()["event_ids"])


SHELLING = "Rebels shelled a market in Gao on Tuesday, killing four people, two officials said."
POST, WIRE = ("Post", "2021-09-08"), ("Wire", "2021-09-08")


@pytest.mark.parametrize(
    "other",
    [
        "Six people died when shells fired by rebels hit the market in Gao on Tuesday, residents said.",
        "A market in Gao came under shelling on Tuesday.",
        "On Tuesday insurgents fired shells at the cattle market in Gao. Four people were killed.",
        "Last week rebels shelled a market in Gao, killing four people.",
    ],
)
def test_one_event_in_other_words_is_one(other):
    day = "2021-09-13" if other.startswith("Last") else "2021-09-08"
    found = told((*POST, SHELLING), ("Wire", day, other))
    assert groups(found) == ["r1/e1 r2/e1"]
    assert found.incidents()["sources"].tolist() == [2]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("Rebels shelled a market in Gao on Monday, killing four people, two officials said.", None),
        ("Rebels shelled a market in Kidal on Tuesday, killing four people, two officials said.", None),
        ("A flood swept away a market in Gao on Tuesday, killing four people.", "different kinds"),
        ("Rebels shelled a school in Gao on Tuesday, killing nine people, residents said.", "unlike"),
        ("The army plans to shell a market in Gao on Tuesday.", None),
    ],
)
def test_another_event_stays_apart(other, why):
    found = told((*POST, SHELLING), (*WIRE, other))
    assert groups(found) == ["r1/e1", "r2/e1"]
    if why:
        assert found.links["reasons"].str.contains(why).all()


def test_clock_times_that_are_far_apart_are_two_events():
    morning = "At 06:10 local time on Tuesday rebels shelled a market in Gao, killing four people."
    evening = "At 19:30 local time on Tuesday rebels shelled a market in Gao, killing four people."
    assert groups(told((*POST, morning), (*WIRE, evening))) == ["r1/e1", "r2/e1"]
    assert groups(told((*POST, morning), (*WIRE, morning))) == ["r1/e1 r2/e1"]


def test_other_figures_alone_are_a_contradiction_and_no_other_event():
    found = told((*POST, SHELLING), (*WIRE, SHELLING.replace("four", "eleven"))).incidents()
    assert found["contradictions"].tolist() == ["killed: 4 (r1) against 11 (r2)"]
    assert found[["killed_low", "killed_high"]].values.tolist() == [[4, 11]]
    assert found["agreement"].tolist() == ["contradicted"]


def test_figures_that_can_be_the_same_are_none():
    found = told((*POST, SHELLING), (*WIRE, SHELLING.replace("four", "at least three"))).incidents()
    assert found["contradictions"].isna().all()


def test_a_denial_is_a_contradiction():
    found = told(
        (*POST, "The army shelled a market in Gao on Tuesday, killing four people."),
        (*WIRE, "A spokesman denied that the army had shelled a market in Gao on Tuesday."),
    ).incidents()
    assert found["contradictions"].tolist() == ["claim: asserted (r1) against denied (r2)"]


def test_other_actors_are_a_contradiction():
    text = "{} bombed a police station 10 km north of Gao on Tuesday, killing four people."
    found = told(
        (*POST, text.format("Fighters of the Sand Front")),
        (*WIRE, text.format("Militiamen of the Plateau League")),
    ).incidents()
    against = "actor: Fighters of the Sand Front (r1) against Militiamen of the Plateau League (r2)"
    assert found["contradictions"].tolist() == [against]


def test_other_places_are_a_contradiction():
    text = (
        "Gunmen ambushed a grain convoy 25 km {} of Gao on Tuesday, killing four people, two officials said."
    )
    found = told((*POST, text.format("north")), (*WIRE, text.format("south"))).incidents()
    assert found["contradictions"].str.fullmatch(
        r"place: \d+ km between that of r1 and that of r2"
    ).tolist() == [True]
    assert found["place"].tolist() == ["apart"]


def test_two_events_of_one_report_are_never_one():
    text = (
        "Rebels shelled a market in Gao on Tuesday. Insurgents fired shells at a market in Bourem on Tuesday."
    )
    found = told((*POST, text), (*WIRE, SHELLING))
    assert all(
        len({event.split("/")[0] for event in ids.split()}) == len(ids.split()) for ids in groups(found)
    )


def test_each_finds_its_own_where_two_are_told_twice():
    bus, market = "a bus 30 km north of Kidal on Tuesday", "a market in Gao on Tuesday"
    one = f"Rebels shelled {market}, killing four people. Gunmen ambushed {bus}."
    other = f"An ambush by gunmen hit {bus}. Four people died when rebels shelled {market}."
    found = told((*POST, one), (*WIRE, other)).incidents()
    assert found["tellings"].tolist() == [2, 2]
    assert found["event_type"].nunique() == 2


def test_a_copy_and_one_publisher_are_one_source():
    story = f"{SHELLING} Shops stayed closed. The governor asked for calm and thanked the staff of the hospital in the town."
    copied = told((*POST, story), (*WIRE, f"As the Post reports: {story}"))
    assert copied.incidents()[["tellings", "sources", "copies"]].values.tolist() == [[2, 1, 1]]
    assert copied.copies["shared"].iloc[0] > 0.5
    twice = told(
        (*POST, SHELLING), ("Post", "2021-09-09", "Shells fired by rebels hit a market in Gao on Tuesday.")
    )
    assert twice.incidents()["sources"].tolist() == [1]
    assert twice.incidents()["agreement"].tolist() == ["one source"]


def test_what_all_have_in_common_is_where_it_was():
    found = told(
        (*POST, "Gunmen ambushed a bus 30 km north of Gao on Tuesday, killing two people."),
        (*WIRE, "Two people died when gunmen ambushed a bus north of Gao on Tuesday."),
    )
    incident = found.incidents().iloc[0]
    assert incident["place"] == "all"
    areas = found.footprints.set_index(["report_id", "id"])["area_km2"]
    assert 0 < incident["area_km2"] <= areas.min() * 1.001


def test_the_exercise_is_put_together_as_it_was_made(corpus: Corpus, sample: Exercise):
    truth = defaultdict(set)
    for each in corpus.tellings:
        truth[sample.fact_of(each.report, each.event)].add(each.id)
    found = {frozenset(ids.split()) for ids in corpus.incidents()["event_ids"]}
    assert found == {frozenset(ids) for ids in truth.values()}


def test_nothing_is_taken_out_of_the_readings(corpus: Corpus):
    before = {name: reading.record.model_dump_json() for name, reading in corpus.readings.items()}
    told_events = [event for ids in corpus.incidents()["event_ids"] for event in ids.split()]
    assert sorted(told_events) == sorted(each.id for each in corpus.tellings)
    assert before == {name: reading.record.model_dump_json() for name, reading in corpus.readings.items()}


def test_the_order_of_reports_does_not_matter(corpus: Corpus):
    turned = Corpus(reversed(list(corpus.readings.values())))
    assert {frozenset(ids.split()) for ids in turned.incidents()["event_ids"]} == {
        frozenset(ids.split()) for ids in corpus.incidents()["event_ids"]
    }


def test_links_say_why(corpus: Corpus):
    links = corpus.links
    together = links[links["same"]]
    parts = ["time", "place", "type", "actor", "target", "words", "toll"]
    assert together["veto"].isna().all()
    assert (together[parts].sum(axis=1).round(2) == together["score"]).all()
    assert links["reasons"].notna().all()
    assert (links[links["veto"].notna()]["same"] == False).all()  # noqa: E712 - of a column


def test_parties_by_name_and_by_side():
    assert Party.of("the Sand Front").agrees(Party.of("fighters of the Sand Front")) == 1
    assert Party.of("soldiers").agrees(Party.of("militants")) == -1
    assert Party.of(None).agrees(Party.of("militants")) is None


def test_kinds_that_reports_mix_up():
    assert same_kind("explosion", "bombing") == same_kind("bombing", "explosion") == 0.5
    assert same_kind("earthquake", "bombing") is None
