"""Correct a place: the names of the report, what each may mean, and where else it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from standoff.desk.places import NameRow, place_words, position_words, row_of
from standoff.desk.widgets import Table
from standoff.errors import SettingError
from standoff.maps.escape import html_text, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from standoff.desk.desk import Desk

COLUMNS = ["", "Name", "Times", "Taken to mean", "Position", "Probability"]
_LABELS = {"description_width": "92px"}


class PlacesBox:
    """A table of names, and beside it what can be said of the one that is chosen.

    Parameters
    ----------
    desk : Desk
    do : callable
        Runs a step of the desk, shows what is wrong with it, and shows the new reading.
    when_chosen : callable
        Called with the ids of the mentions of a name that was chosen.
    """

    def __init__(
        self,
        desk: Desk,
        do: Callable[..., object],
        when_chosen: Callable[[list[str]], None],
        when_picking: Callable[[bool], None],
    ) -> None:
        self.desk, self.do, self.when_chosen, self.when_picking = desk, do, when_chosen, when_picking
        self.table = Table(label="Names of places", columns=COLUMNS)
        self.about = w.HTML()
        self.candidates = w.Select(
            description="May mean",
            rows=5,
            tooltip="places of this name, the likeliest first",
            style=_LABELS,
            layout=w.Layout(width="auto"),
        )
        self.take = w.Button(description="Take it", tooltip="The name means the place that is chosen above")
        self.pick = w.ToggleButton(
            description="Pick on the map",
            tooltip="Then click on the map, or move its middle there and press Enter",
        )
        self.position = w.Text(
            description="Position", placeholder="33.5058, 38.6178", tooltip="latitude, longitude in degrees",
            style=_LABELS, layout=w.Layout(width="auto", flex="1 1 200px"),
        )  # fmt: skip
        self.put = w.Button(description="Put it there", tooltip="The name is at this position")
        self.none = w.Button(description="No place", tooltip="These words name no place")
        self.undo = w.Button(description="Undo", tooltip="Take the correction of this name out of the file")
        self.here_only = w.Checkbox(
            value=True,
            description="In this report only",
            tooltip="otherwise for all reports beside it",
            indent=False,
        )
        self.note = w.Text(
            description="Note",
            placeholder="why: it goes wherever the place goes",
            style=_LABELS,
            layout=w.Layout(width="auto"),
        )
        self.where = w.HTML()
        buttons = w.HBox([self.take, self.pick, self.none, self.undo])
        buttons.add_class("sdw-buttons")
        spot = w.HBox([self.position, self.put])
        spot.add_class("sdw-spot")
        self.form = w.VBox(
            [self.about, self.candidates, buttons, spot, self.note, self.here_only, self.where]
        )
        self.form.add_class("sdw-form")
        self.box = w.Box([self.table, self.form])
        self.box.add_class("sdw-pair")
        self.rows: list[NameRow] = []
        self._report: object = None
        self._connect()

    def _connect(self) -> None:
        self.table.observe(lambda _: self._show(), names="chosen")
        self.take.on_click(lambda _: self._set(self.desk.choose, self.candidates.value))
        self.put.on_click(lambda _: self._put())
        self.none.on_click(lambda _: self._set(self.desk.no_place))
        self.undo.on_click(lambda _: self.do(self.desk.undo, self.table.chosen))
        self.pick.observe(lambda change: self.when_picking(change["new"]), names="value")

    def refresh(self) -> None:
        """Show the names of the reading as it is now."""
        self.rows = self.desk.names()
        report = self.desk.reading.record.report if self.desk.reading else None
        chosen = row_of(self.rows, self.table.chosen) if report == self._report else None
        self._report = report
        self.table.rows = [_table_row(row) for row in self.rows]
        # What is not known is what there is to do.
        first = next(
            (row for row in self.rows if row.place is None and not row.set_by),
            self.rows[0] if self.rows else None,
        )
        self.table.chosen = chosen.id if chosen else (first.id if first else "")
        self._show(tell=False)

    def choose(self, mention: str) -> NameRow | None:
        """Choose the name that a mention is of; None if it is none that can be corrected."""
        row = row_of(self.rows, mention)
        if row is not None:
            self.table.chosen = row.id
        return row

    def put_at(self, lat: float, lon: float) -> None:
        """Put the chosen name where somebody clicked."""
        self.pick.value = False
        self._set(self.desk.put, lat, lon)

    @property
    def chosen(self) -> NameRow | None:
        """The name that is chosen."""
        return row_of(self.rows, self.table.chosen)

    def _show(self, *, tell: bool = True) -> None:
        row = self.chosen
        self.form.layout.display = "" if row else "none"
        if row is None:
            return
        self.about.value = _about(row)
        options = [
            (_candidate_words(each.probability, place_words(each), each.lat, each.lon), each.gid)
            for each in row.candidates
        ]
        self.candidates.options = options
        own = row.place.gid if row.place else None
        self.candidates.value = (
            own if own in [gid for _, gid in options] else (options[0][1] if options else None)
        )
        self.candidates.layout.display = self.take.layout.display = "" if options else "none"
        self.position.value = position_words(row.place.lat, row.place.lon) if row.place else ""
        self.undo.disabled = not self.desk.can_undo(row)
        path = self.desk.overrides_path
        told = f"Written to {path}" if path else "Corrections are switched off (Overrides: none)"
        self.where.value = f'<p class="sdw-note">{html_text(told)}</p>'
        if tell:
            self.when_chosen(list(row.mentions))

    def _put(self) -> None:
        self.do(self._at_position)

    def _at_position(self) -> object:
        parts = self.position.value.replace(";", ",").split(",")
        try:
            lat, lon = (float(part) for part in parts)
        except ValueError:
            msg = f"position {self.position.value!r}: write latitude, longitude in degrees: 33.5058, 38.6178"
            raise SettingError(msg) from None
        return self.desk.put(
            self.table.chosen, lat, lon, note=self.note.value, here_only=self.here_only.value
        )

    def _set(self, step: Callable[..., object], *arguments: Any) -> None:
        done = self.do(
            step, self.table.chosen, *arguments, note=self.note.value, here_only=self.here_only.value
        )
        if done:
            self.note.value = ""


def _table_row(row: NameRow) -> dict[str, Any]:
    sign, word, status = ("✎", "set by the analyst", "corrected") if row.set_by else ("", "", "")
    if row.place is None and not row.set_by:
        sign, word, status = "?", "not known", "unknown"
    meaning = place_words(row.place) if row.place else ("no place" if row.set_by else "not known")
    position = f"{row.place.lat:.3f}, {row.place.lon:.3f}" if row.place else ""
    probability = f"{row.probability:.2f}" if row.probability is not None else ""
    cells = [sign, row.text, str(row.count), meaning, position, probability]
    return {"id": row.id, "cells": [visible(cell) for cell in cells], "status": status, "word": word}


def _about(row: NameRow) -> str:
    lines = [f"<strong>{html_text(row.text)}</strong>"]
    lines += [html_text(row.reason)] if row.reason else []
    return "<br>".join(lines)


def _candidate_words(probability: float, words: str, lat: float, lon: float) -> str:
    return visible(f"{probability:.2f}  {words}  {lat:.3f}, {lon:.3f}")
