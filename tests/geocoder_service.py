"""A geocoding service on 127.0.0.1 that plays what it is told, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

JSON = "application/json; charset=utf-8"


@dataclass
class Reply:
    """One answer. ``play`` takes over the whole connection."""

    body: bytes = b"[]"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    play: Callable[[BaseHTTPRequestHandler], None] | None = None


def ok(document: Any) -> Reply:
    return Reply(json.dumps(document).encode(), headers={"Content-Type": JSON})


def failing(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(b"<html>no</html>", status, named)


def nominatim_place(**changes: Any) -> dict[str, Any]:
    """Return a result as Nominatim gives it, with some of its fields changed; None takes a field out."""
    place = {
        "osm_type": "relation", "osm_id": 9_041_111, "class": "boundary", "type": "administrative",
        "addresstype": "town", "lat": "36.1553", "lon": "37.7063", "name": "Deir Hafer",
        "display_name": "Deir Hafer, Aleppo Governorate, Syria",
        "boundingbox": ["36.1300", "36.1800", "37.6800", "37.7400"],
        "address": {"town": "Deir Hafer", "country_code": "sy", "ISO3166-2-lvl4": "SY-HL"},
        "namedetails": {"name": "دير حافر", "name:en": "Deir Hafer"}, "extratags": {"population": "18 948"},
    }  # fmt: skip
    return {name: value for name, value in (place | changes).items() if value is not None}


class Service:
    """Plays its replies in order, the last one for ever; ``asked`` are the names, ``times`` when they came."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.sent_bytes = 0
        self._guard = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.domain = f"127.0.0.1:{self.server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._guard:
            self.times.append(time.monotonic())
            self.paths.append(handler.path)
            self.headers.append(dict(handler.headers.items()))
            self.asked.append(parse_qs(urlsplit(handler.path).query).get("q", [""])[0])
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        try:
            if reply.play:
                reply.play(handler)
                return
            handler.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(reply.body)
        except OSError:
            pass  # the client has gone, which is what some of these tests are about


@contextmanager
def playing(*replies: Reply) -> Iterator[Service]:
    service = Service(*replies)
    thread = threading.Thread(
        target=service.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()


def slow(seconds: float) -> Reply:
    return Reply(play=lambda _: time.sleep(seconds))


def trickling(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for a second: no single read takes long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"[]")


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def huge(service_of: Callable[[], Service], status: int = 200) -> Reply:
    """Return a reply of 50 MB; how much of it went out is counted."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b" " * 1_000_000)
            service_of().sent_bytes += 1_000_000

    return Reply(play=play)
