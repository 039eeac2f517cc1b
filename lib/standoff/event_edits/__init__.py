"""An analyst's edits to the table of events: read from a CSV, tied to the events of a reading, applied, kept.

See docs/event_corrections.md.
"""

from standoff.event_edits.sources import Given, gather, is_sheet

__all__ = ["Given", "gather", "is_sheet"]
