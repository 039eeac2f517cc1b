"""The map inside another page of ours: what ties it to the workbench round it."""

from __future__ import annotations

from typing import Any

from standoff.maps.elements import PageElement
from standoff.maps.text import pieces
from standoff.model import ReadingRecord, Report


class HostBridge(PageElement):
    """Tells the page round this one what was clicked and chosen, and does what that page asks.

    The page talks with its parent alone, over a port that the parent hands in; opened by itself it is silent.
    It belongs on a map with a `ReportPanel`.
    """

    verb = "host"
    scripts = ("host.js",)

    def __init__(self, report: Report, record: ReadingRecord) -> None:
        super().__init__()
        self.report = report
        self.record = record

    def data(self) -> Any:
        """Return the mention of a place that each piece of the text is of, by the number of the piece."""
        places = {mention.id for mention in self.record.places}
        found = {}
        for number, piece in enumerate(pieces(self.report, self.record)):
            own = [each for each in piece.ids if each in places]
            if own:
                found[str(number)] = own[0]
        return {"mentions": found}
