"""Where data/ is, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import StandoffError

_PACKAGE = Path(__file__).parent


def data_path(name: str) -> Path:
    """Return the path of a file of data/.

    Parameters
    ----------
    name : str
        Relative to data/, e.g. ``"sites.csv"``.

    Raises
    ------
    StandoffError
        If the file is not there: the installation is broken.

    Examples
    --------
    >>> data_path("LICENSES.md").name
    'LICENSES.md'
    """
    for folder in (_PACKAGE / "_data", _PACKAGE.parents[1] / "data"):
        path = folder / name
        if path.exists():
            return path
    msg = f"{name} is missing from the installed data; install standoff again"
    raise StandoffError(msg)
