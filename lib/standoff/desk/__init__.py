"""The workbench: a report, its parameters, its map and its events at one desk, in a notebook or in a browser.

``desk``, ``shelf``, ``places``, ``events``, ``parameters`` and ``case`` hold what is worked on and know no widget;
``widgets``, the ``..._box`` modules and ``bench`` draw it. ``server`` is ``standoff serve``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from standoff.errors import StandoffError
from standoff.files import is_folder

if TYPE_CHECKING:
    from standoff.desk.bench import Workbench
    from standoff.reading import Reading

NEEDS = "it needs ipywidgets, anywidget and voila: pip install --editable '.[notebooks]' in the folder of the project"


def workbench(reading: Reading | str | Path | None = None, *, folder: str | Path | None = None) -> Workbench:
    """Return the workbench: a widget in which a report is read, corrected and saved.

    Parameters
    ----------
    reading : Reading or path, optional
        What to begin with: a reading, a report or a folder of reports. Otherwise the first report of the
        folder.
    folder : path, optional
        Whose reports are offered: by default that of the report, else ``seeds`` where there is one, else
        the current directory. What is pasted, and saved cases, go into ``workbench`` in it, or in the current
        directory where none was given.

    Returns
    -------
    Workbench
        Shown by a notebook. Its ``reading`` is what is on the screen.

    Raises
    ------
    StandoffError
        If the packages of widgets are not installed.
    InputError
        If the report cannot be read.

    Examples
    --------
    >>> bench = workbench("seeds/at-tanf-2017-06-08.md")  # doctest: +SKIP
    >>> bench  # doctest: +SKIP
    """
    try:
        from standoff.desk.bench import Workbench
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"ipywidgets", "anywidget", "traitlets"}:
            msg = f"the workbench has no widgets ({error.name} is missing); {NEEDS}"
            raise StandoffError(msg) from None
        raise
    from standoff.desk.desk import Desk

    given = Path(reading) if isinstance(reading, str | Path) else reading
    if isinstance(given, Path) and is_folder(given):
        given, folder = None, given
    desk = Desk(folder, beside=given)
    if isinstance(given, Path):
        desk.open(given)
    elif given is not None:
        desk.adopt(given)
    elif desk.shelf.reports():
        desk.try_first()
    return Workbench(desk)
