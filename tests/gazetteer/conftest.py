"""One index for all tests: the user's own, or a new one where there is none."""

from collections.abc import Iterator

import pytest

from standoff.gazetteer import Gazetteer, Regions


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def regions() -> Regions:
    return Regions.open()
