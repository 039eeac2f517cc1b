"""Accept, reject and edit events: each lands in the table of events beside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from standoff.desk.events import COLUMNS, FIELDS, MARKS, cells, table_row, type_names
from standoff.desk.widgets import Table
from standoff.maps.escape import html_text, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from standoff.desk.desk import Desk
    from standoff.model import Event

_ACTIONS = [["accepted", "✓", "Accept"], ["rejected", "✗", "Reject"]]
_LABELS = {"description_width": "60px"}


class EventsBox:
    """A table of events, and beside it the cells of the one that is chosen.

    Parameters
    ----------
    desk : Desk
    do : callable
        Runs a step of the desk, shows what is wrong with it, and shows the new reading.
    when_chosen : callable
        Called with the id of an event that was chosen.
    """

    def __init__(self, desk: Desk, do: Callable[..., object], when_chosen: Callable[[str], None]) -> None:
        self.desk, self.do, self.when_chosen = desk, do, when_chosen
        self.table = Table(label="Events", columns=COLUMNS, actions=_ACTIONS)
        self.table.when_acted = self._act
        self.about = w.HTML()
        self.fields = {name: self._field(name, label) for name, label in FIELDS.items()}
        self.apply = w.Button(
            description="Set",
            button_style="primary",
            tooltip="Write what was changed into the table of events",
        )
        self.restore = w.Button(
            description="Back as read", tooltip="Take back all that was set for this event"
        )
        self.apply.on_click(lambda _: self._set())
        self.restore.on_click(lambda _: self.do(self.desk.restore, self.table.chosen))
        self.where = w.HTML()
        buttons = w.HBox([self.apply, self.restore])
        buttons.add_class("sdw-buttons")
        self.form = w.VBox([self.about, *self.fields.values(), buttons, self.where])
        self.form.add_class("sdw-form")
        self.box = w.Box([self.table, self.form])
        self.box.add_class("sdw-pair")
        self.events: list[Event] = []
        self._report: object = None
        self.table.observe(lambda _: self._show(), names="chosen")

    def _field(self, name: str, label: str) -> Any:
        layout = w.Layout(width="auto")
        if name == "event_type":
            return w.Combobox(description=label, ensure_option=False, style=_LABELS, layout=layout)
        tips = {
            "date_start": "2017-06-08; empty if it is not known",
            "killed_best": "a whole number; empty if it is not known",
        }
        return w.Text(
            description=label,
            tooltip=tips.get(name, "empty if it is not known"),
            style=_LABELS,
            layout=layout,
        )

    def refresh(self) -> None:
        """Show the events of the reading as it is now."""
        self.events = self.desk.events()
        rows = [table_row(event) for event in self.events]
        for row in rows:
            row["cells"] = [visible(cell) for cell in row["cells"]]
            row["words"] = visible(row["words"])
        self.table.rows = rows
        if self.desk.reading is not None:
            self.fields["event_type"].options = type_names(self.desk.reading.record)
        ids = [event.id for event in self.events]
        report = self.desk.reading.record.report if self.desk.reading else None
        if report != self._report or self.table.chosen not in ids:
            self.table.chosen = ids[0] if ids else ""
        self._report = report
        self._show(tell=False)

    @property
    def chosen(self) -> Event | None:
        """The event that is chosen."""
        return next((event for event in self.events if event.id == self.table.chosen), None)

    def choose(self, event: str) -> bool:
        """Choose an event; False if there is none with this id."""
        if event not in [each.id for each in self.events]:
            return False
        self.table.chosen = event
        return True

    def _show(self, *, tell: bool = True) -> None:
        event = self.chosen
        self.form.layout.display = "" if event else "none"
        if event is None:
            return
        self.about.value = _about(event)
        known = cells(event)
        for name, field in self.fields.items():
            field.value = known[name]
        path = self.desk.events_path
        self.where.value = f'<p class="sdw-note">{html_text(f"Edits are written to {path}")}</p>'
        self.restore.disabled = event.review_status in ("unreviewed", "added")
        if tell:
            self.when_chosen(event.id)

    def _act(self, kind: str, event: str) -> None:
        now = next(each.review_status for each in self.events if each.id == event)
        status = None if now == kind else kind  # pressed again, it is taken back
        self.table.chosen = event
        self.do(self.desk.set_event, event, {"review_status": status})

    def _set(self) -> None:
        event = self.chosen
        if event is None:
            return
        known = cells(event)
        changed = {
            name: field.value.strip()
            for name, field in self.fields.items()
            if field.value.strip() != known[name]
        }
        if changed:
            self.do(self.desk.set_event, event.id, changed)


def _about(event: Event) -> str:
    _, word = MARKS[event.review_status]
    lines = [f"<strong>{html_text(event.id)}</strong> · {html_text(word)}"]
    lines += [f"<q dir='auto'>{html_text(event.text)}</q>"] if event.text else []
    lines += [
        html_text(f"{FIELDS.get(name, name)} was read as {before or 'nothing'}")
        for name, before in event.read_as.items()
    ]
    return "<br>".join(lines)
