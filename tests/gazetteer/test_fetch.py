"""Fetching GeoNames' dumps from a server that plays well, and from those that do not."""

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from standoff.cli import main
from standoff.errors import GazetteerError, NetworkError
from standoff.gazetteer import Regions, fetch
from standoff.gazetteer.fetch import fetch_layers
from standoff.gazetteer.layers import list_layers
from standoff.network import Turns


def packed(name, number):
    text = (
        f"{number}\tUmm Rih\tUmm Rih\t\t33.1\t38.1\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\tAsia/Damascus\t2024-03-01\n"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "What it is")
        archive.writestr(name, text * 2000)
    return held.getvalue()


class Dumps(BaseHTTPRequestHandler):
    """What the server does with each file is in ``server.plays``: a list of plays, one for each request."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("User-Agent", "")))
        name = self.path.rsplit("/", 1)[1]
        plays = self.server.plays.get(name, ["404"])
        play = plays.pop(0) if len(plays) > 1 else plays[0]
        body = packed(name.replace("zip", "txt"), 7)
        if play.isdigit():
            self.send_response(int(play))
            self.end_headers()
            return
        if play == "moved":
            self.send_response(302)
            self.send_header("Location", "/else/SY.zip")
            self.end_headers()
            return
        body = b"<html>Log in</html>" if play == "page" else body
        self.send_response(200)
        if play != "endless":
            self.send_header("Content-Length", str(10**12 if play == "huge" else len(body)))
        self.end_headers()
        if play == "endless":
            for _ in range(100_000):
                try:
                    self.wfile.write(b"\0" * 65_536)
                except OSError:
                    return
        self.wfile.write(body[: len(body) // 2] if play == "cut" else body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch, regions):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(Regions, "open", lambda: regions)
    with ThreadingHTTPServer(("127.0.0.1", 0), Dumps) as running:
        running.plays, running.asked = {}, []
        running.url = f"http://127.0.0.1:{running.server_port}/export/dump"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def run(tmp_path, server):
    waits = []
    turns = Turns(tmp_path / "cache", 30.0, sleep=waits.append)

    def fetched(*codes, **more):
        return fetch_layers(codes, base_url=server.url, data_dir=tmp_path / "data", turns=turns, **more)

    fetched.waits = waits
    return fetched


def left(tmp_path):
    return sorted(
        path.name for path in (tmp_path / "data").rglob("*") if path.is_file() and path.suffix != ".lock"
    )


def test_countries_become_layers_with_their_address_and_hash(run, server, tmp_path):
    server.plays = {"SY.zip": ["ok"], "IQ.zip": ["ok"]}
    told = []
    layers = run("sy", "IQ", "SY", done=told.append)
    assert [layer.name for layer in layers] == ["geonames-sy", "geonames-iq"]
    assert told == layers
    assert layers[0].source == f"{server.url}/SY.zip"
    assert len(layers[0].sha256) == 64
    assert [path for path, _ in server.asked] == ["/export/dump/SY.zip", "/export/dump/IQ.zip"]
    assert all(agent.startswith("standoff/") for _, agent in server.asked)
    assert max(run.waits) > 10  # a pause between
    assert left(tmp_path) == ["geonames-iq.sqlite", "geonames-sy.sqlite"]
    run("SY")
    assert len(list_layers(tmp_path / "data")) == 2


@pytest.mark.parametrize("bad", ["404", "403", "moved", "cut", "500", "huge", "endless", "page"])
def test_what_cannot_be_fetched_changes_nothing(run, server, tmp_path, bad):
    server.plays = {"SY.zip": ["ok", bad]}
    (before,) = run("SY")
    with pytest.raises((NetworkError, GazetteerError), match=r"SY.zip") as caught:
        run("SY", max_bytes=3_000_000)
    assert "\n" not in str(caught.value)
    assert list_layers(tmp_path / "data") == [before]
    assert left(tmp_path) == ["geonames-sy.sqlite"]
    words = {
        "404": "no such file",
        "page": "no zip",
        "huge": "longer than 3 MB",
        "endless": "longer than 3 MB",
        "cut": "cut short",
    }
    assert words.get(bad, "HTTP" if bad != "moved" else "302") in str(caught.value)
    assert len(server.asked) == 1 + (3 if bad in ("cut", "500") else 1)


def test_a_download_that_breaks_off_starts_again_from_its_beginning(run, server):
    server.plays = {"SY.zip": ["cut", "503", "ok"]}
    assert run("SY")[0].rows == 1
    assert len(server.asked) == 3


def test_a_country_that_fails_does_not_undo_the_ones_before(run, server, tmp_path):
    server.plays = {"SY.zip": ["ok"]}
    with pytest.raises(NetworkError, match=r"IQ\.zip: there is no such file"):
        run("SY", "IQ")
    assert [layer.name for layer in list_layers(tmp_path / "data")] == ["geonames-sy"]


@pytest.mark.parametrize("code", ["XX", "../SY", "SYR", "", "SY/..", "a b"])
def test_only_codes_of_countries_are_asked_for(run, server, code):
    with pytest.raises(GazetteerError, match="two letters"):
        run("SY", code)
    assert server.asked == []


@pytest.mark.parametrize("url", ["ftp://x/", "file:///etc", "x", "http://", "http://a b/", "http://a/?q="])
def test_an_address_that_is_none_is_refused(url, tmp_path):
    with pytest.raises(GazetteerError, match="https"):
        fetch_layers(["SY"], base_url=url, data_dir=tmp_path)


def test_the_command_adds_and_tells(server, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STANDOFF_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("STANDOFF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(fetch.URL_VARIABLE, server.url)
    server.plays = {"SY.zip": ["ok"]}
    assert main(["gazetteer", "fetch", "SY"]) == 0
    assert capsys.readouterr().out == "added geonames-sy: 1 places\n"
    assert main(["gazetteer", "fetch", "IQ"]) == 2
    assert capsys.readouterr().err.startswith("standoff: http://127.0.0.1")


def test_a_server_that_is_not_there(tmp_path):
    turns = Turns(tmp_path, sleep=lambda _: None)
    with pytest.raises(NetworkError, match=r"SY\.zip: cannot be fetched"):
        fetch_layers(["SY"], base_url="http://127.0.0.1:9/", data_dir=tmp_path, turns=turns)
