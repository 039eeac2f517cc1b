"""Which report: one of the folder, one that is pasted, one that is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as w

from standoff.desk.shelf import Shelf
from standoff.desk.widgets import Drop
from standoff.maps.escape import html_text

_LABELS = {"description_width": "118px"}


class SourceBox:
    """The list of reports, and a drawer for those that are not in it.

    Parameters
    ----------
    shelf : Shelf
    when_opened, when_pasted, when_dropped : callable
        Called with a path; with text, title and date; with a name and bytes.
    """

    def __init__(
        self,
        shelf: Shelf,
        when_opened: Callable[[Path], None],
        when_pasted: Callable[[str, str, str], None],
        when_dropped: Callable[[str, bytes], None],
    ) -> None:
        self.shelf = shelf
        self.when_opened, self.when_pasted = when_opened, when_pasted
        self.reports = w.Dropdown(
            description="Report",
            tooltip=f"the reports in {shelf.folder}",
            layout=w.Layout(flex="1 1 320px", width="auto"),
        )
        self.reports.style.description_width = "52px"
        self.again = w.Button(
            description="↻",
            tooltip="Look into the folder, and read the report again",
            layout=w.Layout(width="38px"),
        )
        self.other = w.ToggleButton(
            description="Paste or drop…",
            tooltip="Paste a text, or drop a file",
            layout=w.Layout(width="130px"),
        )
        self.title = w.Text(
            description="Title",
            placeholder="as people will look for it",
            style=_LABELS,
            layout=w.Layout(width="auto"),
        )
        self.published = w.Text(
            description="Published", placeholder="2017-06-08", tooltip="without it, “Thursday” stays “Thursday”",
            style=_LABELS, layout=w.Layout(width="auto"),
        )  # fmt: skip
        self.text = w.Textarea(
            description="Text",
            placeholder="Paste the report here",
            style=_LABELS,
            layout=w.Layout(width="auto", height="130px"),
        )
        self.read = w.Button(
            description="Read it",
            button_style="primary",
            tooltip=f"It is kept in {shelf.own}",
            layout=w.Layout(width="130px"),
        )
        self.drop = Drop()
        self.drop.when_dropped = when_dropped
        where = w.HTML(
            f'<p class="sdw-note">What is pasted or dropped is kept in {html_text(str(shelf.own))}</p>'
        )
        pasted = w.VBox(
            [self.title, self.published, self.text, w.HBox([self.read])], layout=w.Layout(flex="2 1 420px")
        )
        pasted.add_class("sdw-pasted")
        pasted.children[-1].add_class("sdw-read")
        self.drawer = w.Box(
            [pasted, w.VBox([self.drop, where], layout=w.Layout(flex="1 1 260px"))],
            layout=w.Layout(display="none"),
        )
        self.drawer.add_class("sdw-drawer")
        self._quiet = False
        self.set(None)
        self.reports.observe(self._opened, names="value")
        self.other.observe(self._toggled, names="value")
        self.again.on_click(lambda _: self.set(self.reports.value))
        self.read.on_click(
            lambda _: self.when_pasted(self.text.value, self.title.value, self.published.value)
        )

    def set(self, file: Path | None, name: str = "") -> None:
        """Show which report is read, and what else lies in the folder now."""
        options: list[tuple[str, Any]] = [(self.shelf.name_of(path), path) for path in self.shelf.reports()]
        if file is None:
            options = [(name or "choose a report", None), *options]
        elif file not in [path for _, path in options]:
            options = [(self.shelf.name_of(file), file), *options]
        self._quiet = True
        self.reports.options = options
        self.reports.value = file
        self._quiet = False

    def close(self) -> None:
        """Put the drawer away, and what was pasted."""
        self.other.value = False
        self.text.value = self.title.value = self.published.value = ""

    def _opened(self, change: Any) -> None:
        if not self._quiet and change["new"] is not None:
            self.when_opened(change["new"])

    def _toggled(self, change: Any) -> None:
        self.drawer.layout.display = "" if change["new"] else "none"
