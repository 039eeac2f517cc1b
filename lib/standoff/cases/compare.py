"""Two readings of one report held against each other: the same, or in what they differ, in one line."""

from __future__ import annotations

from typing import Any

from standoff.csv_cells import visible
from standoff.made_with import MadeWith
from standoff.model import ReadingRecord
from standoff.units import shortened

_PARTS = ("places", "measures", "relations", "zones", "footprints", "events", "rejected", "checks")
_MOST_TOLD = 6
_MOST_CHARS = 1000


def differences(stored: ReadingRecord, made: ReadingRecord) -> list[str]:
    """Say in what a reading differs from the one that is stored, a part each.

    Examples
    --------
    >>> from standoff.model import Check, ReportInfo
    >>> before = ReadingRecord(report=ReportInfo(id="a", sha256="", chars=0))
    >>> now = before.model_copy(update={"checks": [Check(kind="counts", ok=True, statement="2 and 2")]})
    >>> differences(before, now), differences(now, now)
    (['checks: 0 there, 1 here'], [])
    """
    found = [_of_part(name, getattr(stored, name), getattr(made, name)) for name in _PARTS]
    before, now = stored.settings, made.settings
    names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return [*filter(None, found), *([f"settings: {', '.join(names)}"] if names else [])]


def _of_part(name: str, stored: list[Any], made: list[Any]) -> str | None:
    if stored == made:
        return None
    if len(stored) != len(made):
        return f"{name}: {len(stored)} there, {len(made)} here"
    changed = [number for number, (one, other) in enumerate(zip(stored, made, strict=True)) if one != other]
    first = getattr(made[changed[0]], "id", None) or f"number {changed[0] + 1}"
    return f"{name}: {len(changed)} of {len(made)} differ, the first is {first}"


def told(
    stored: ReadingRecord, made: ReadingRecord, stored_with: MadeWith | None, made_with: MadeWith | None
) -> tuple[bool, str]:
    """Say whether a reading is the one that is stored, and in one line why it may not be.

    Returns
    -------
    bool
        Whether they are the same.
    str
        For people.
    """
    is_same, line = _told(differences(stored, made), stored_with, made_with)
    return is_same, shortened(
        " ".join(visible(line).split()), _MOST_CHARS
    )  # versions and settings are the file's words


def _told(found: list[str], stored_with: MadeWith | None, made_with: MadeWith | None) -> tuple[bool, str]:
    versions = stored_with.differences(made_with) if stored_with and made_with else []
    more = f"; {len(versions) - _MOST_TOLD} more" if len(versions) > _MOST_TOLD else ""
    others = "; ".join(versions[:_MOST_TOLD]) + more
    if not found:
        return True, "read again, it is the same reading" + (f", though made with {others}" if others else "")
    why = f" (made with {others})" if others else " (the versions of what read it are the same)"
    return False, f"read again, it is not the stored reading: {'; '.join(found)}{why}"
