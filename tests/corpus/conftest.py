"""The exercise, read once for all tests of corpora."""

from __future__ import annotations

import pytest

from standoff import Corpus, read_many
from standoff.corpus.exercise import Exercise, exercise


@pytest.fixture(scope="session")
def sample() -> Exercise:
    return exercise()


@pytest.fixture(scope="session")
def corpus(sample: Exercise) -> Corpus:
    return read_many(sample.reports)
