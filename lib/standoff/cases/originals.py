"""Whether a report is what is read in the file that it is said to be of."""

from __future__ import annotations

import warnings

from standoff.errors import InputError
from standoff.model import Report
from standoff.report import report_from_bytes
from standoff.stair import Original


def gives(original: Original, report: Report, max_chars: int) -> bool:
    """Say whether a file, read now, gives a report; its id apart, which is the file's name.

    Parameters
    ----------
    original : Original
    report : Report
        What its title and day of publication are where the file does not say may have been given.
    max_chars : int
        As it was read with.

    Examples
    --------
    >>> from standoff.report import report_from_text
    >>> gives(Original(".txt", b"Two trucks were hit."), report_from_text("Two trucks were hit."), 100)
    True
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what there is to be told of it was told when it was read
            again = report_from_bytes(
                original.data, original.suffix, f"original{original.suffix}",
                published=report.published, title=report.title, max_chars=max_chars,
            )  # fmt: skip
    except InputError:
        return False
    return again.model_copy(update={"id": report.id}) == report
