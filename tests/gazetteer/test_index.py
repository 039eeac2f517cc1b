"""Building and opening the index: never half a file, never two builders in one file."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from standoff.errors import GazetteerError
from standoff.gazetteer import Gazetteer, index
from standoff.gazetteer.rows import PlaceName, PlaceRow


def row(gid="test:1", name="Testville", population=10):
    return PlaceRow(
        gid, name, 1.0, 2.0, "SY", None, "city", population, 500.0, "test", False, (PlaceName(name, "name"),)
    )


@pytest.fixture
def few_places(monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: [row(), row("test:2", "Other", 5)])


def test_built_once_then_opened(tmp_path, few_places, monkeypatch):
    path = index.ensure_index(tmp_path)
    monkeypatch.setattr(index, "all_places", lambda: pytest.fail("built again"))
    assert index.ensure_index(tmp_path) == path
    with Gazetteer.open(tmp_path) as gazetteer:
        assert gazetteer.lookup("testville")[0].place.gid == "test:1"


def test_the_environment_names_the_folder_at_the_time_of_the_call(tmp_path, monkeypatch):
    monkeypatch.setenv("STANDOFF_CACHE", str(tmp_path / "elsewhere"))
    assert index.index_path().parent == tmp_path / "elsewhere"
    monkeypatch.delenv("STANDOFF_CACHE")
    assert index.index_path().parent != tmp_path / "elsewhere"


def test_a_builder_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def failing():
        yield row()
        msg = "disk full"
        raise OSError(msg)

    monkeypatch.setattr(index, "all_places", failing)
    with pytest.raises(GazetteerError, match="disk full"):
        index.ensure_index(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []


SLOW_BUILD = """
import sys, time
from pathlib import Path
from standoff.gazetteer import index
from standoff.gazetteer.rows import PlaceName, PlaceRow
def slow():
    for number in range(10 ** 9):
        if number == 50_000:
            print("started", flush=True)
        if number > 50_000:
            time.sleep(0.01)
        name = (PlaceName("Slow", "name"),)
        yield PlaceRow(f"t:{number}", "Slow", 1.0, 2.0, "SY", None, "city", 1, 1.0, "t", False, name)
index.all_places = slow
index.ensure_index(Path(sys.argv[1]))
"""


def test_a_killed_builder_leaves_no_index_and_the_next_one_cleans_up(tmp_path, few_places):
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_BUILD, str(tmp_path)], stdout=subprocess.PIPE
    ) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline().strip() == b"started"
        os.kill(builder.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert not index.index_path(tmp_path).exists()
    assert list(tmp_path.glob("*.tmp"))
    path = index.ensure_index(tmp_path)
    assert index.is_whole(path)
    assert not list(tmp_path.glob("*.tmp"))


def _build(folder, counts, start):
    def counted():
        with counts.get_lock():
            counts.value += 1
        time.sleep(0.3)
        return [row()]

    index.all_places = counted
    start.wait(10)
    with Gazetteer.open(folder) as gazetteer:
        assert gazetteer.knows("Testville")


def test_builders_at_the_same_time_build_once(tmp_path):
    context = multiprocessing.get_context(
        "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    )
    counts, start = context.Value("i", 0), context.Event()
    workers = [context.Process(target=_build, args=(tmp_path, counts, start)) for _ in range(3)]
    for worker in workers:
        worker.start()
    start.set()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert counts.value == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(path.read_bytes() + b"\0" * 10),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100)),
    ],
    ids=["empty", "other", "cut", "longer", "overwritten"],
)
def test_a_damaged_index_is_built_again(tmp_path, few_places, damage):
    path = index.ensure_index(tmp_path)
    damage(path)
    assert not index.is_whole(path)
    with Gazetteer.open(tmp_path) as gazetteer:
        assert gazetteer.knows("Other")


def test_an_unfinished_index_does_not_count(tmp_path, few_places):
    path = index.ensure_index(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM meta")
    db.close()
    assert not index.is_whole(path)


def test_damage_noticed_later_is_said_and_mended_by_the_next_opening(tmp_path, monkeypatch):
    places = [row(f"t:{number}", f"Place {number}") for number in range(5000)]
    monkeypatch.setattr(index, "all_places", lambda: places)
    path = index.ensure_index(tmp_path)
    bytes_ = bytearray(path.read_bytes())
    middle = slice(8192 * 10, len(bytes_) - 8192 * 10)
    bytes_[middle] = b"\xff" * (middle.stop - middle.start)
    path.write_bytes(bytes_)
    gazetteer = Gazetteer(path)
    with pytest.raises(GazetteerError, match="open it again"):
        for number in range(5000):
            gazetteer.lookup(f"Place {number}")
    gazetteer.close()
    with Gazetteer.open(tmp_path) as mended:
        assert all(mended.knows(f"Place {number}") for number in range(0, 5000, 500))


def test_a_folder_that_cannot_be_made_is_a_one_line_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(GazetteerError, match="STANDOFF_CACHE") as caught:
        Gazetteer.open(tmp_path / "file" / "below")
    assert "\n" not in str(caught.value)


def test_a_place_of_two_sources_keeps_the_first_and_the_names_of_both(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: [row("a:1", "First"), row("a:1", "Second")])
    with Gazetteer.open(tmp_path) as gazetteer:
        assert gazetteer.lookup("Second")[0].place.name == "First"


def test_the_index_is_read_only(tmp_path, few_places):
    with Gazetteer.open(tmp_path) as gazetteer, pytest.raises(GazetteerError, match="readonly"):
        gazetteer.query("DELETE FROM places", ())
    assert index.is_whole(index.index_path(tmp_path))


def test_sources_change_the_name_of_the_index(monkeypatch):
    before = index.fingerprint()
    monkeypatch.setattr(index, "SCHEMA_VERSION", -1)
    assert index.fingerprint() != before
