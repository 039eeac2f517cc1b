"""Turns at the network: clocks that jump, files that lie, holders that die."""

from __future__ import annotations

import math
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from standoff.errors import NetworkError
from standoff.network import Turns

LIBRARY = Path(__file__).parents[1] / "lib" / "standoff"


class Clock:
    """A wall clock and a monotonic one; sleeping moves both."""

    def __init__(self) -> None:
        self.wall, self.steady, self.slept = 1_700_000_000.0, 50.0, [0.0]

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.wall += seconds
        self.steady += seconds

    def turns(self, folder: Path) -> Turns:
        return Turns(folder, now=lambda: self.wall, monotonic=lambda: self.steady, sleep=self.sleep)

    def waited(self, turns: Turns) -> float:
        with turns.turn():
            pass
        return self.slept[-1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_first_request_does_not_wait_and_the_second_does(clock, tmp_path):
    turns = clock.turns(tmp_path)
    assert clock.waited(turns) == 0
    assert clock.waited(turns) == pytest.approx(1.0)
    clock.sleep(0.4)
    assert clock.waited(turns) == pytest.approx(0.6)
    clock.sleep(5)
    assert clock.waited(turns) == 0


def test_another_process_is_waited_for(clock, tmp_path):
    assert clock.waited(clock.turns(tmp_path)) == 0
    assert clock.waited(clock.turns(tmp_path)) == pytest.approx(1.0, abs=1e-5)


def test_a_clock_that_is_set_back_costs_one_second(clock, tmp_path):
    clock.waited(clock.turns(tmp_path))
    clock.wall -= 7 * 86_400
    assert clock.waited(clock.turns(tmp_path)) == pytest.approx(1.0)
    assert clock.waited(clock.turns(tmp_path)) == pytest.approx(1.0, abs=1e-5)


def test_a_clock_that_is_set_forward_does_not_hurry_this_process(clock, tmp_path):
    turns = clock.turns(tmp_path)
    clock.waited(turns)
    clock.wall += 7 * 86_400
    assert clock.waited(turns) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "1e999", "\x00\x00", "é"])
def test_a_time_that_cannot_be_read_is_just_now(clock, tmp_path, text):
    (tmp_path / "online.time").write_text(text, encoding="latin-1")
    assert clock.waited(clock.turns(tmp_path)) == pytest.approx(1.0)
    clock.sleep(2)
    assert clock.waited(clock.turns(tmp_path)) == 0


def test_a_request_that_fails_counts_too(clock, tmp_path):
    turns = clock.turns(tmp_path)
    with pytest.raises(ZeroDivisionError), turns.turn():
        math.floor(1 / 0)
    assert clock.waited(turns) == pytest.approx(1.0)


def test_without_a_folder_there_is_no_request(clock, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NetworkError, match="cannot keep to one request a second"):
        clock.waited(clock.turns(tmp_path / "file" / "turns"))


def test_a_turn_that_does_not_come_is_given_up(tmp_path):
    with (
        FileLock(tmp_path / "online.lock"),
        pytest.raises(NetworkError, match="no turn at the network"),
        Turns(tmp_path, patience_s=0.1).turn(),
    ):
        pytest.fail("it was not our turn")


HOLDER = """
import sys, time
from pathlib import Path
from standoff.network import Turns
with Turns(Path(sys.argv[1])).turn():
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_holder_that_is_killed_leaves_its_turn(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "mine\n"
    holder.kill()
    holder.wait()
    started = time.monotonic()
    with Turns(tmp_path, patience_s=10).turn():
        pass
    assert time.monotonic() - started < 5


def test_there_is_one_door():
    """No other module of the package opens connections, or lets geopy open them by itself.

    The server of the workbench listens on this machine and asks nobody.
    """
    ways_out = re.compile(
        r"urlopen|build_opener|import requests|http\.client|import socket|import httpx|aiohttp"
    )
    found = {path.name for path in LIBRARY.rglob("*.py") if ways_out.search(path.read_text(encoding="utf-8"))}
    assert found == {"network.py", "server.py"}
    listens = (LIBRARY / "desk" / "server.py").read_text(encoding="utf-8")
    assert not re.search(r"urlopen|\.connect\(|create_connection", listens)
