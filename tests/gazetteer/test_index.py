"""Building and opening the index: never half a file, never two builders in one file."""

import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from filelock import FileLock

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


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"\\nas\maps\a b.sqlite"), "file:////nas/maps/a%20b.sqlite"),
        (PureWindowsPath(r"C:\Users\x#1\a?b.sqlite"), "file:///C:/Users/x%231/a%3Fb.sqlite"),
        (PurePosixPath("/tmp/50%/é.sqlite"), "file:///tmp/50%25/%C3%A9.sqlite"),
    ],
)
def test_the_address_of_an_index_has_no_host_which_sqlite_refuses(path, uri):
    assert index._sqlite_uri(path) == uri


def test_an_index_opens_wherever_it_lies(tmp_path, few_places):
    folder = tmp_path / "a b?c#d%41é"
    with Gazetteer.open(folder) as gazetteer:
        assert gazetteer.knows("Other")
    path = index.index_path(folder)
    with closing(
        sqlite3.connect(f"file:///{path.absolute().as_uri()[7:]}?mode=ro", uri=True)
    ) as four_slashes:
        assert four_slashes.execute("SELECT COUNT(*) FROM places").fetchone()[0]


def test_sources_change_the_name_of_the_index(monkeypatch):
    before = index.fingerprint()
    monkeypatch.setattr(index, "SCHEMA_VERSION", -1)
    assert index.fingerprint() != before


def test_indexes_that_nobody_opened_for_a_week_are_removed_with_their_locks(tmp_path, few_places):
    old, recent, other = (
        tmp_path / name for name in ("gazetteer-old.sqlite", "gazetteer-new.sqlite", "notes.sqlite")
    )
    for path in (old, recent, other):
        path.write_bytes(b"x")
        path.with_name(f"{path.name}.lock").touch()
    eight_days_ago = time.time() - 8 * 86_400
    for path in (old, other):
        os.utime(path, (eight_days_ago, eight_days_ago))
    path = index.ensure_index(tmp_path)
    there = {found.name for found in tmp_path.iterdir()}
    assert not {name for name in there if "old" in name}
    assert {"gazetteer-new.sqlite", "gazetteer-new.sqlite.lock", "notes.sqlite", path.name} <= there


def test_an_old_index_that_a_builder_holds_is_left(tmp_path, few_places):
    old = tmp_path / "gazetteer-old.sqlite"
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    with FileLock(f"{old}.lock"):
        index.ensure_index(tmp_path)
    assert old.exists()


def test_opening_an_index_marks_it_as_used(tmp_path, few_places):
    path = index.ensure_index(tmp_path)
    os.utime(path, (0, 0))
    index.ensure_index(tmp_path)
    assert time.time() - path.stat().st_mtime < 3600


@pytest.mark.parametrize("seed", range(10))
def test_random_damage_is_mended_or_said(tmp_path, monkeypatch, seed):
    places = [row(f"t:{number}", f"Place {number}") for number in range(2000)]
    monkeypatch.setattr(index, "all_places", lambda: places)
    path = index.ensure_index(tmp_path)
    chance, raw = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(5):
        at = chance.randrange(len(raw))
        raw[at : at + 8000] = chance.randbytes(len(raw[at : at + 8000]))
    path.write_bytes(raw)
    for _ in range(2):  # the second opening is of a whole one, if the first said that it was not
        try:
            with Gazetteer.open(tmp_path) as gazetteer:
                for number in range(2000):
                    gazetteer.lookup(f"Place {number}")
        except GazetteerError as error:
            assert "open it again" in str(error)
    path.unlink(missing_ok=True)
    with Gazetteer.open(tmp_path) as gazetteer:
        assert all(gazetteer.knows(f"Place {number}") for number in range(2000))


READ_ONLY = """
import os, sys
from pathlib import Path
from standoff.errors import GazetteerError
from standoff.gazetteer import Gazetteer, index
from standoff.gazetteer.layers import add_layer
from standoff.gazetteer.rows import PlaceName, PlaceRow
name = (PlaceName("Testville", "name"),)
index.all_places = lambda: [PlaceRow("t:1", "Testville", 1.0, 2.0, "SY", None, "city", 1, 1.0, "t", False, name)]
folder = Path(sys.argv[1])
file = folder / "s.csv"
file.write_text("name,lat,lon\\nPost 7,33,38\\n")
def tried(cache, data, add):
    try:
        if add:
            add_layer(file, data_dir=data)
        with Gazetteer.open(cache, data_dir=data) as places:
            print([places.lookup(name)[0].place.name for name in ("Testville", "Post 7") if places.knows(name)])
    except GazetteerError as error:
        print(error)
tried(folder / "built", folder / "data", True)
for closed in ("built", "data", "data/layers", "empty"):
    (folder / closed).mkdir(exist_ok=True)
    (folder / closed).chmod(0o555)
folder.chmod(0o755)
if os.geteuid() == 0:
    os.seteuid(65_534)  # root may write anywhere
tried(folder / "built", folder / "data", False)
tried(folder / "empty", folder / "data", False)
tried(folder / "built", folder / "data", True)
"""


@pytest.mark.skipif(os.name != "posix", reason="folders are closed otherwise here")
def test_folders_that_cannot_be_written_are_read_or_said():
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", READ_ONLY, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        for closed in Path(folder).rglob("*"):
            closed.chmod(0o755)
    first, read, no_index, no_layer = done.stdout.splitlines() or [done.stderr] * 4
    assert first == read == "['Testville', 'Post 7']"
    assert "STANDOFF_CACHE" in no_index
    assert "STANDOFF_DATA" in no_layer


def test_a_folder_in_which_no_file_can_be_made_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("no /proc here")
    monkeypatch.setenv("STANDOFF_CACHE", "/proc")
    with pytest.raises(GazetteerError, match="STANDOFF_CACHE"):
        Gazetteer.open()
