"""The workbench put together: the report and its controls, the page with text and map, and what can be set in it."""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as w

from standoff.desk.case import case_folder, save_case
from standoff.desk.controls import ParameterBox
from standoff.desk.desk import Desk
from standoff.desk.events_box import EventsBox
from standoff.desk.later import Later
from standoff.desk.messages import Chosen, Clicked
from standoff.desk.parameters import blame
from standoff.desk.places_box import PlacesBox
from standoff.desk.source_box import SourceBox
from standoff.desk.widgets import MapView
from standoff.errors import SettingError, StandoffError, StandoffWarning
from standoff.maps.escape import html_text
from standoff.reading import Reading

_NOTHING_YET = "Choose a report, or paste one."
_POINT = "at-"  # how the page names a point that stands for a place


class Workbench(w.VBox):  # type: ignore[misc]
    """A report at work, as a widget; see `standoff.workbench`.

    Parameters
    ----------
    desk : Desk
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._pending: dict[str, Any] = {}
        self._later = Later(self._read_again)
        self._from_page = False
        self.status = w.HTML()
        self.status.add_class("sdw-status")
        self.source = SourceBox(desk.shelf, self._open, self._paste, self._drop)
        self.map = MapView()
        self.parameters = ParameterBox(desk.settings, desk.overrides_file, self._set)
        self.places = PlacesBox(desk, self._do, self._show_mentions, self._pick)
        self.events = EventsBox(desk, self._do, self._show_event)
        self.folder = w.Text(
            description="Folder",
            tooltip="where the case is written",
            style={"description_width": "60px"},
            layout=w.Layout(width="auto", flex="1 1 auto"),
        )
        self.save = w.Button(
            description="Save the case",
            button_style="primary",
            tooltip="Write page, shapes and tables into this folder",
        )
        self.saved = w.HTML()
        self.tabs = w.Tab(children=[self.parameters.box, self.places.box, self.events.box, self._save_box()])
        self.tabs.add_class("sdw-tabs")
        self._connect()
        head = w.HBox([self.source.reports, self.source.again, self.source.other, self.status])
        head.add_class("sdw-head")
        super().__init__([head, self.source.drawer, self.map, self.tabs])
        self.add_class("sdw")
        self._refresh()

    def _save_box(self) -> Any:
        row = w.HBox([self.folder, self.save])
        words = "The page, the shapes, the tables and the record, and all of them as one case file (.zip)."
        box = w.VBox([row, w.HTML(f'<p class="sdw-note">{html_text(words)}</p>'), self.saved])
        box.add_class("sdw-save")
        return box

    def _connect(self) -> None:
        self.map.when_clicked = self._clicked
        self.map.when_chosen = self._chosen
        self.map.observe(self._picking_ended, names="picking")
        self.save.on_click(lambda _: self._save())
        self.source.again.on_click(lambda _: self._do(self.desk.again))

    @property
    def reading(self) -> Reading | None:
        """What is on the screen, with all that was changed."""
        self._later.now()
        return self.desk.reading

    # --- what is done ---

    def _do(self, step: Callable[..., object], *arguments: Any, **named: Any) -> bool:
        """Run a step of the desk; False if it could not be done, which is said in one line."""
        self._say("Reading…", "busy")
        try:
            step(*arguments, **named)
        except StandoffError as error:
            self._blame(error)
            return False
        except Exception as error:  # a fault must not leave the workbench without a word
            if os.environ.get("STANDOFF_DEBUG"):
                traceback.print_exception(error)
            self._say(f"a fault of standoff itself: {type(error).__name__}: {error}", "problem")
            return False
        self._refresh()
        return True

    def _blame(self, error: StandoffError) -> None:
        name, words = blame(error) if isinstance(error, SettingError) else (None, str(error))
        if self.parameters.blame(name, words):
            self._say("The last reading stays: one of the parameters cannot be used.", "problem")
        else:
            self._say(str(error), "problem")

    def _say(self, words: str, kind: str = "") -> None:
        role = "alert" if kind == "problem" else "status"
        self.status.value = f'<span role="{role}" class="sdw-{kind or "calm"}">{html_text(words)}</span>'

    def _open(self, path: Path) -> None:
        self._do(self.desk.open, path)

    def _paste(self, text: str, title: str, published: str) -> None:
        if self._do(self.desk.paste, text, title.strip(), published.strip()):
            self.source.close()

    def _drop(self, name: str, data: bytes) -> None:
        if self._do(self.desk.drop, name, data):
            self.source.close()

    def _set(self, name: str, value: Any) -> None:
        self._pending[name] = value
        self._later.start()

    def _read_again(self) -> None:
        values, self._pending = self._pending, {}
        if "overrides" in values:
            self.parameters.blame("overrides", None)
            self._do(self.desk.use_overrides, values.pop("overrides"))
        if values and self._do(self.desk.change, **values):
            for name in values:
                self.parameters.blame(name, None)

    def _save(self) -> None:
        reading = self.reading
        if reading is None:
            self._say(_NOTHING_YET, "problem")
            return
        written: list[Path] = []
        if self._do(lambda: written.extend(save_case(reading, self.folder.value))):
            lines = "".join(f"<li>{html_text(str(path))}</li>" for path in written)
            self.saved.value = f"<ul>{lines}</ul>"
            self._say(f"Saved: {len(written)} files")

    # --- the page in the frame ---

    def _clicked(self, click: Clicked) -> None:
        self.places.put_at(click.lat, click.lon)

    def _chosen(self, chosen: Chosen) -> None:
        """Choose in the tables what was chosen in the page."""
        self._from_page = True
        try:
            mentions = (
                [chosen.mention]
                if chosen.mention
                else [i.removeprefix(_POINT) for i in chosen.items if i.startswith(_POINT)]
            )
            names = [row for mention in mentions if (row := self.places.choose(mention))]
            if names:
                self._say(f"“{names[0].text}”: correct it under Places.")
            events = [event.id for event in self.desk.events() if event.footprint in chosen.items]
            if events:
                self.events.choose(events[0])
        finally:
            self._from_page = False

    def _show_mentions(self, mentions: list[str]) -> None:
        self._light(mentions)

    def _show_event(self, event: str) -> None:
        self._light([event])

    def _light(self, ids: list[str]) -> None:
        from standoff.maps.links import links, place_points

        if self._from_page or self.desk.reading is None:
            return
        record = self.desk.reading.record
        to_items = links(record, place_points(record))
        self.map.show(sorted({item for each in ids for item in to_items.get(each, ())}))

    def _pick(self, on: bool) -> None:
        name = self.places.chosen
        self.map.picking = on and name is not None
        if self.map.picking and name is not None:
            self._say(f"Click on the map where “{name.text}” is; Escape stops.")

    def _picking_ended(self, change: Any) -> None:
        if not change["new"]:
            self.places.pick.value = False

    # --- what is shown ---

    def _refresh(self) -> None:
        reading = self.desk.reading
        if reading is None:
            self._say(_NOTHING_YET)
            return
        title = reading.report.title or reading.report.id
        self.source.set(self.desk.file, f"{title} (text at hand)")
        self.parameters.set(self.desk.settings, reading.record)
        self.places.refresh()
        self.events.refresh()
        notes = [*self.desk.notes, *self._draw(reading)]
        counts = (
            ("Parameters", None),
            ("Places", len(self.places.rows)),
            ("Events", len(self.events.events)),
            ("Save", None),
        )
        self.tabs.titles = [name if count is None else f"{name} {count}" for name, count in counts]
        folder = str(case_folder(self.desk.shelf, reading))
        if not self.folder.value or self.folder.value == self._folder:
            self.folder.value = folder
        self._folder = folder
        self.saved.value = ""
        self._say("; ".join(notes) if notes else _summary(reading), "note" if notes else "")

    _folder = ""

    def _draw(self, reading: Reading) -> list[str]:
        """Show the page of a reading; return what is told of it."""
        from standoff import maps

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", StandoffWarning)
            html = maps.build(reading.report, reading.record, host=True).get_root().render()
        with self.map.hold_sync():
            self.map.key = f"{reading.report.id} {reading.record.report.sha256}"
            self.map.html = html
        return [str(each.message) for each in caught if issubclass(each.category, StandoffWarning)]


def _summary(reading: Reading) -> str:
    record = reading.record
    wrong = sum(check.ok is False for check in record.checks)
    counts = (("shape", record.footprints), ("event", record.events), ("check", record.checks))
    words = ", ".join(f"{len(each)} {name}{'' if len(each) == 1 else 's'}" for name, each in counts)
    return f"{words}, {wrong} failed" if wrong else words
