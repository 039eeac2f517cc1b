"""A download that breaks off goes on from where it stopped, and only if it is still the same file."""

import hashlib
import io
import json
import random
import re
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from filelock import FileLock

from standoff.download import Download, NotTheRest
from standoff.errors import GazetteerError, NetworkError
from standoff.gazetteer import Regions
from standoff.gazetteer.fetch import fetch_layers
from standoff.gazetteer.layers import layers_folder
from standoff.network import Turns

OLD_DAY, NEW_DAY = "Fri, 01 May 2026 02:00:00 GMT", "Sat, 02 May 2026 02:00:00 GMT"


def edition(number):
    noise = random.Random(number)
    rows = "".join(
        f"{number * 10_000 + i}\tUmm Rih {noise.random()}\tUmm Rih\t\t33.1\t38.1\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t"
        "Asia/Damascus\t2024-03-01\n"
        for i in range(3000)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", rows)
    return held.getvalue()


EDITIONS = {1: edition(1), 2: edition(2)}


class Dumps(BaseHTTPRequestHandler):
    """``server.plays`` has a list of (edition, play), one for each request; the last one stays."""

    def do_GET(self):
        wanted, condition = self.headers.get("Range"), self.headers.get("If-Range")
        self.server.asked.append((wanted, condition))
        plays = self.server.plays
        number, play = plays.pop(0) if len(plays) > 1 else plays[0]
        body = EDITIONS[number]
        tag, changed = f'"e{number}"', {1: OLD_DAY, 2: NEW_DAY}[number]
        first = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]) if wanted else 0
        if play.isdigit():
            self.send_response(int(play))
            self.end_headers()
            return
        ranged = wanted and condition in (tag, changed) and "no range" not in play
        if "blind" in play and wanted:  # takes no notice of If-Range
            ranged = True
        piece = body[first:] if ranged else body
        self.send_response(206 if ranged else 200)
        if ranged:
            begin = first - 100 if "other piece" in play else first
            total = 10**12 if "huge" in play else len(body) + 1 if "another total" in play else len(body)
            self.send_header("Content-Range", f"bytes {begin}-{total - 1}/{total}")
        if "untagged" not in play:
            self.send_header("ETag", f"W/{tag}" if "weak" in play else tag)
        if "dated" in play:
            self.send_header("Last-Modified", changed)
        length = len(piece) + 5000 if "promises more" in play else len(piece)
        if not any(word in play for word in ("another total", "huge")):
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if "cut" in play:
            piece = piece[: len(piece) // 2]
        self.wfile.write(piece)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch, regions):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(Regions, "open", lambda: regions)
    with ThreadingHTTPServer(("127.0.0.1", 0), Dumps) as running:
        running.plays, running.asked = [], []
        running.url = f"http://127.0.0.1:{running.server_port}/dump"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def run(tmp_path, server):
    turns = Turns(tmp_path / "cache", sleep=lambda _: None)

    def fetched(*plays, **more):
        server.plays, server.asked = list(plays), []
        return fetch_layers(["SY"], base_url=server.url, data_dir=tmp_path, turns=turns, **more)[0]

    return fetched


def left(tmp_path):
    return {
        p.name for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".lock" and "online" not in p.name
    }


def is_edition(layer, number):
    return layer.sha256 == hashlib.sha256(EDITIONS[number]).hexdigest() and layer.rows == 3000


def kept(tmp_path):
    return next(tmp_path.rglob("SY.zip.part"))


HALF = len(EDITIONS[1]) // 2


def test_it_goes_on_from_where_it_broke_off(run, server, tmp_path):
    assert is_edition(run((1, "cut"), (1, "ok")), 1)
    assert server.asked == [(None, None), (f"bytes={HALF}-", '"e1"')]
    assert left(tmp_path) == {"geonames-sy.sqlite"}


def test_each_try_goes_on_from_the_one_before(run, server):
    assert is_edition(run((1, "cut"), (1, "cut"), (1, "ok")), 1)
    begins = [int(wanted[6:-1]) for wanted, _ in server.asked[1:]]
    assert begins == [HALF, HALF + (len(EDITIONS[1]) - HALF) // 2]


def test_the_next_call_goes_on_too(run, server, tmp_path):
    with pytest.raises(NetworkError, match=r"cut short.*MB are kept for a day"):
        run((1, "cut"))
    assert left(tmp_path) == {"SY.zip.part", "SY.zip.part.json"}
    size = kept(tmp_path).stat().st_size
    assert size > HALF
    assert is_edition(run((1, "ok")), 1)
    assert server.asked == [(f"bytes={size}-", '"e1"')]
    assert left(tmp_path) == {"geonames-sy.sqlite"}


def test_an_error_of_the_server_loses_nothing(run, server):
    assert is_edition(run((1, "cut"), (1, "503"), (1, "ok")), 1)
    assert server.asked[1] == server.asked[2] == (f"bytes={HALF}-", '"e1"')


def test_a_server_without_ranges_sends_the_whole(run, server):
    assert is_edition(run((1, "cut"), (1, "ok no range")), 1)
    assert server.asked[1][0] == f"bytes={HALF}-"


def test_a_file_that_changed_comes_anew(run):
    assert is_edition(run((1, "cut"), (2, "ok")), 2)


@pytest.mark.parametrize("mark", ["dated untagged", "dated weak"])
def test_the_time_of_the_last_change_is_a_mark_too(run, server, mark):
    assert is_edition(run((1, f"cut {mark}"), (1, f"ok {mark}")), 1)
    assert server.asked[1] == (f"bytes={HALF}-", OLD_DAY)
    assert is_edition(run((1, f"cut {mark}"), (2, f"ok {mark}")), 2)


@pytest.mark.parametrize("mark", ["untagged", "weak"])
def test_without_a_mark_it_begins_again(run, server, tmp_path, mark):
    assert is_edition(run((1, f"cut {mark}"), (2, f"ok {mark}")), 2)
    assert server.asked == [(None, None)] * 2
    with pytest.raises(NetworkError, match=r"nothing was changed$"):
        run((1, f"cut {mark}"))
    assert left(tmp_path) == {"geonames-sy.sqlite"}


def test_the_rest_of_another_edition_is_not_laid_behind_the_first(run, server):
    """A server that sends the rest whatever If-Range says."""
    assert is_edition(run((1, "cut"), (2, "ok blind"), (2, "ok")), 2)
    assert [wanted for wanted, _ in server.asked] == [None, f"bytes={HALF}-", None]


@pytest.mark.parametrize("lie", ["other piece", "another total", "416"])
def test_a_piece_that_does_not_fit_is_thrown_away(run, server, lie):
    assert is_edition(run((1, "cut"), (1, lie), (1, "ok")), 1)
    assert server.asked[-1] == (None, None)


def test_a_size_beyond_the_limit_is_refused_in_a_piece_as_well(run, server, tmp_path):
    with pytest.raises(NetworkError, match="cut short"):
        run((1, "cut"))
    note = kept(tmp_path).with_suffix(".part.json")
    note.write_text(
        json.dumps(json.loads(note.read_text()) | {"total": None})
    )  # as of a server that does not say
    with pytest.raises(NetworkError, match="longer than"):
        run((1, "huge"))
    assert left(tmp_path) == set()
    with pytest.raises(NetworkError, match="longer than"):
        run((1, "ok"), max_bytes=HALF)
    assert left(tmp_path) == set()


def test_a_server_that_promises_more_than_it_sends(run, tmp_path):
    with pytest.raises(NetworkError, match=r"cut short|another edition"):
        run((1, "promises more"))
    assert "geonames-sy.sqlite" not in left(tmp_path)
    assert is_edition(run((1, "ok")), 1)


def test_the_rest_of_another_address_is_not_gone_on_with(run, server):
    with pytest.raises(NetworkError):
        run((1, "cut"))
    server.url += "/mirror"
    assert is_edition(run((1, "ok")), 1)
    assert server.asked == [(None, None)]


def test_a_mark_that_cannot_be_read_is_none(run, server, tmp_path):
    with pytest.raises(NetworkError):
        run((1, "cut"))
    kept(tmp_path).with_suffix(".part.json").write_text('{"url": 3}', encoding="utf-8")
    assert is_edition(run((1, "ok")), 1)
    assert server.asked == [(None, None)]


def test_two_processes_do_not_write_one_file(run, tmp_path):
    folder = layers_folder(tmp_path)
    folder.mkdir()
    with FileLock(folder / ".fetch-SY.lock"), pytest.raises(GazetteerError, match="another process"):
        run((1, "ok"))
    assert is_edition(run((1, "ok")), 1)


def test_a_piece_that_nobody_asked_for_is_refused(tmp_path):
    download = Download(tmp_path / "x")
    with pytest.raises(NotTheRest, match="nobody asked"):
        download.begin("u", 206, {"Content-Range": "bytes 0-9/10", "ETag": '"a"'}, 10)
    with pytest.raises(NotTheRest, match="HTTP 203"):
        download.begin("u", 203, {}, 10)
