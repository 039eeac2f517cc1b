"""The answers on disk: bounded, shared, and never a reason to stop."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import warnings

import pytest

from standoff.gazetteer.answers import AnswerCache, answer_key

ROW = [{"name": "Deir Hafer"}]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "answers.sqlite"


def test_only_answers_are_kept(path):
    cache = AnswerCache(path)
    for status in ("refused", "unreachable", "anything"):
        with pytest.raises(ValueError, match="not kept"):
            cache.put("key", status, [])
    assert cache.get("key") is None


def test_reading_makes_no_file(path):
    assert AnswerCache(path).get("key") is None
    assert not path.exists()


def test_the_key_tells_services_domains_and_questions_apart():
    keys = {
        answer_key(service, domain, name, {"limit": limit})
        for service in ("nominatim", "photon")
        for domain in ("a.org", "b.org")
        for name in ("Homs", "Hama")
        for limit in (10, 20)
    }
    assert len(keys) == 16


def test_the_oldest_go_when_there_is_no_room(path):
    cache = AnswerCache(
        path, max_bytes=20_000, now=iter(range(10**6, 0, -1)).__next__
    )  # a clock that runs back
    for number in range(50):
        cache.put(f"key {number}", "found", [{"name": "x" * 1_000}])
    kept = [number for number in range(50) if cache.get(f"key {number}")]
    assert 10 <= len(kept) <= 20
    assert kept == list(range(50 - len(kept), 50))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all" * 1_000),
        lambda path: path.write_bytes(path.read_bytes()[:6_000] + b"\xff" * 10_000),
        lambda path: path.write_bytes(path.read_bytes()[:5_000]),
    ],
    ids=["other file", "overwritten", "cut"],
)
def test_a_damaged_file_is_set_aside(path, damage):
    cache = AnswerCache(path)
    for number in range(40):
        cache.put(f"key {number}", "found", [{"name": "x" * 500}])
    damage(path)
    with pytest.warns(UserWarning, match="were damaged"):
        for number in range(40):
            cache.get(f"key {number}")
    assert path.with_name("answers.sqlite.damaged").exists()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cache.put("key", "found", ROW)
        assert cache.get("key") == ("found", ROW)


def test_a_database_of_something_else_is_set_aside(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE answers (other TEXT)")
    cache = AnswerCache(path)
    with pytest.warns(UserWarning, match="were damaged"):
        assert cache.get("key") is None
    cache.put("key", "not_found", [])
    assert cache.get("key") == ("not_found", [])


@pytest.mark.parametrize("payload", ["", "{", "null", "[1]", '{"a": 1}', "[" * 100_000])
def test_a_damaged_row_is_asked_again(path, payload):
    cache = AnswerCache(path)
    cache.put("key", "found", ROW)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE answers SET payload = ?", (payload,))
    assert cache.get("key") is None
    cache.put("key", "found", ROW)
    assert cache.get("key") == ("found", ROW)


def test_a_file_that_is_locked_for_long_is_done_without(path, monkeypatch):
    monkeypatch.setattr("standoff.gazetteer.answers.BUSY_S", 0.05)
    cache = AnswerCache(path)
    cache.put("key", "found", ROW)
    db = sqlite3.connect(path)
    db.execute("BEGIN EXCLUSIVE")
    with pytest.warns(UserWarning, match="cannot be used now"):
        assert cache.get("key") is None
    db.close()
    assert cache.get("key") == ("found", ROW)
    assert not path.with_name("answers.sqlite.damaged").exists()


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = AnswerCache(tmp_path / "file" / "answers.sqlite")
    with pytest.warns(UserWarning, match="cannot be kept"):
        cache.put("key", "found", ROW)
    assert cache.get("key") is None
    assert cache.clear() == 0


WRITER = """
import sys, warnings
from pathlib import Path
from standoff.gazetteer.answers import AnswerCache
warnings.simplefilter("error")
cache = AnswerCache(Path(sys.argv[1]))
for number in range(40):
    cache.put(f"{sys.argv[2]} {number}", "found", [{"name": "x" * 100}])
    assert cache.get(f"{sys.argv[2]} {number}")
"""


def test_processes_share_a_file(path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert AnswerCache(path).clear() == 80
