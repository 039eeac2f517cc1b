"""The widgets that ipywidgets has not: the page in its frame, a table with a row chosen, a file that is dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from standoff.desk.messages import Chosen, Clicked, message_of
from standoff.desk.shelf import SUFFIXES

_ASSETS = Path(__file__).parent / "assets"
MOST_BYTES = 9_000_000
"""The largest file that can be dropped: a message to the kernel may have ten million bytes."""


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


class MapView(anywidget.AnyWidget):
    """A page of ours in a sandboxed frame; see ``standoff.maps.host``.

    Attributes
    ----------
    html : str
        The page; another one takes its place when it is ready.
    key : str
        Which report it is of: as long as it is the same, the view stays.
    picking : bool
        Whether a click on the map is a place.
    view : dict
        What the reader sees: centre, zoom, tab.
    """

    _esm = _asset("map_view.js")
    _css = _asset("workbench.css")
    html = traitlets.Unicode("").tag(sync=True)
    key = traitlets.Unicode("").tag(sync=True)
    picking = traitlets.Bool(False).tag(sync=True)
    view: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.when_clicked: Callable[[Clicked], None] = _nothing
        self.when_chosen: Callable[[Chosen], None] = _nothing
        self.on_msg(self._heard)

    def _heard(self, _: object, content: object, __: object) -> None:
        if isinstance(content, dict) and content.get("kind") == "stop":
            self.picking = False
        message = message_of(content)
        if isinstance(message, Clicked) and self.picking:
            self.when_clicked(message)
        elif isinstance(message, Chosen):
            self.when_chosen(message)

    def show(self, items: list[str]) -> None:
        """Light things up on the map."""
        self.send({"kind": "show", "items": items})


class Table(anywidget.AnyWidget):
    """A table of text of which one row is chosen.

    Attributes
    ----------
    columns : list of str
    rows : list of dict
        ``id``, ``cells``, ``status``, ``word`` for the sign in the first cell, and the numbers of the cells
        that were ``corrected``.
    actions : list
        Kind, sign and label of the buttons in each row.
    chosen : str
        The id of a row.
    """

    _esm = _asset("table.js")
    label = traitlets.Unicode("").tag(sync=True)
    columns: Any = traitlets.List().tag(sync=True)
    rows: Any = traitlets.List().tag(sync=True)
    actions: Any = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.when_acted: Callable[[str, str], None] = _nothing
        self.on_msg(self._heard)

    def _heard(self, _: object, content: object, __: object) -> None:
        if not isinstance(content, dict):
            return
        kind, row = content.get("kind"), content.get("id")
        if kind in [action[0] for action in self.actions] and row in [each["id"] for each in self.rows]:
            self.when_acted(str(kind), str(row))


class Drop(anywidget.AnyWidget):
    """A place for a file to be dropped on, or chosen by."""

    _esm = _asset("drop.js")
    label = traitlets.Unicode("Drop a report here, or choose one:").tag(sync=True)
    accept = traitlets.Unicode(",".join(SUFFIXES)).tag(sync=True)
    most_bytes = traitlets.Int(MOST_BYTES).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.when_dropped: Callable[[str, bytes], None] = _nothing
        self.on_msg(self._heard)

    def _heard(self, _: object, content: object, buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("kind") != "file" or len(buffers or []) != 1:
            return
        name = content.get("name")
        if isinstance(name, str) and len(buffers[0]) <= self.most_bytes:
            self.when_dropped(name[:500], bytes(buffers[0]))


def _nothing(*_: object) -> None:
    """Do nothing, until somebody is told."""
