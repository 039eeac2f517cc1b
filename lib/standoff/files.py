"""The one way a file is written: whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from standoff.errors import ExportError


def write_bytes(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file at once: whoever opens the path sees the old file or the new one, whole.

    The bytes go to a temporary file in the same folder, reach the disk, and take the
    path's name. Missing folders are made. A link is followed, not replaced.

    Returns
    -------
    Path
        The path as given.

    Raises
    ------
    OSError
        If the folder cannot be made or written to; the old file is then untouched.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_bytes(Path(folder, "new", "a.txt"), b"whole").read_bytes()
    b'whole'
    """
    given = Path(path)
    target = Path(os.path.realpath(given))
    if target.is_dir():
        msg = f"{given} is a folder"
        raise IsADirectoryError(msg)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        # "x": never through a file or link that somebody put there; its mode follows the umask.
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return given


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    """Write text as UTF-8, with its line ends as they are. See ``write_bytes``.

    Raises
    ------
    OSError
        As ``write_bytes``.
    UnicodeEncodeError
        If the text holds half of a surrogate pair; nothing is written.
    """
    return write_bytes(path, text.encode("utf-8"))


def make_folder(folder: Path) -> None:
    """Make a folder, and see that files can be made in it: a lock waits for ever where none can.

    Raises
    ------
    OSError
        If it cannot be made, or no file in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     make_folder(Path(folder, "new"))
    ...     Path(folder, "new").is_dir()
    True
    """
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".{secrets.token_hex(6)}.probe"
    try:
        probe.open("xb").close()
    finally:
        probe.unlink(missing_ok=True)


def export_bytes(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file for people: as ``write_bytes``, with what goes wrong in one line.

    Raises
    ------
    ExportError
        If the file cannot be written; it is then as it was.
    """
    try:
        return write_bytes(path, data)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        msg = f"{path}: cannot be written ({getattr(error, 'strerror', None) or error})"
        raise ExportError(msg) from error


def is_there(path: str | os.PathLike[str]) -> bool:
    r"""Return whether there is something of that name; a name that cannot be one is not, nor what one may not look at.

    ``Path.exists`` raises for both.

    Examples
    --------
    >>> is_there("."), is_there("a" * 5000), is_there("a\0b")
    (True, False, False)
    """
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Return whether it is a folder; never an error, as ``is_there``."""
    return os.path.isdir(path)  # noqa: PTH112


def is_same(path: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Return whether two names are one file, by whatever links; also where there is none yet.

    Examples
    --------
    >>> is_same("a.txt", "folder/../a.txt"), is_same("a.txt", "b.txt")
    (True, False)
    """
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        pass
    try:
        return os.path.realpath(path) == os.path.realpath(other)
    except (OSError, ValueError):
        return False


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and needs not: there the new name is on disk already.
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
