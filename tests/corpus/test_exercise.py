"""The exercise that ships: the same each time, read as it was written."""

from __future__ import annotations

from datetime import date

import pytest

from standoff import Corpus
from standoff.corpus.exercise import Exercise, exercise, read_facts, read_plans
from standoff.corpus.exercise.wording import STYLES, TYPES, lead
from standoff.errors import InputError


def test_it_is_what_it_says(sample: Exercise):
    days = sorted(date.fromisoformat(report.published or "") for report in sample.reports)
    assert len(sample.reports) >= 40
    assert len({report.publisher for report in sample.reports}) == 5
    assert 35 <= (days[-1] - days[0]).days <= 42
    assert {report.licence for report in sample.reports} == {"CC0-1.0"}
    assert exercise() == sample
    assert exercise(3).reports == sample.reports[:3]


def test_what_is_said_is_in_the_text(sample: Exercise):
    for report in sample.reports:
        for said in sample.said[report.id]:
            words = report.text[said.start : said.end]
            assert words.endswith(".")
            assert sample.facts[said.fact].target.split()[-1] in words


def test_every_telling_is_read_with_its_place_and_day(corpus: Corpus, sample: Exercise):
    told = [(report, said.fact) for report, spans in sample.said.items() for said in spans]
    read = [(each.report, sample.fact_of(each.report, each.event)) for each in corpus.tellings]
    assert sorted(read) == sorted(told)
    for each in corpus.tellings:
        fact = sample.facts[sample.fact_of(each.report, each.event)]
        assert each.period is not None
        assert each.period.start <= fact.first <= fact.last <= each.period.end
        assert each.area is not None


@pytest.mark.parametrize("style", range(STYLES))
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_a_sentence_in_every_style(kind, style):
    fact = next(iter(read_facts().values()))
    words = lead(type(fact)(**{**vars(fact), "type": kind}), style, date(2021, 9, 8))
    assert "{" not in words
    assert words.endswith(".")
    assert "Bourem" in words


def test_a_wrong_row_is_named(tmp_path):
    (tmp_path / "facts.csv").write_text("fact,first,last\nf1,2021-13-01,2021-01-01\n")
    with pytest.raises(InputError, match=r"facts.csv, line 2"):
        read_facts(tmp_path / "facts.csv")


def test_plans_lead_to_facts():
    facts = read_facts()
    assert {name for plan in read_plans() for name in plan.facts} <= set(facts)
