"""Where reports come from: a folder of files, and a folder of the workbench's own for what is pasted or dropped."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from standoff import files
from standoff.errors import ExportError, InputError
from standoff.front_matter import printable
from standoff.model import Report
from standoff.report import read_report, slug

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")
OWN = "workbench"
"""The folder for what has no file yet, and for saved cases."""
_MOST_REPORTS = 2_000
_MOST_BYTES_OF_NAME = 200
_FIELDS = ("title", "publisher", "published", "url", "licence", "home")


class Shelf:
    """A folder of reports.

    Parameters
    ----------
    folder : path, optional
        Whose reports are offered; by default ``seeds`` in the current directory, else that directory.
    beside : path, optional
        A report: its folder is offered, if no other is given.

    Attributes
    ----------
    folder : Path
    own : Path
        Where pasted and dropped reports and saved cases go; it is made when something does.
    """

    def __init__(self, folder: str | Path | None = None, beside: Path | None = None) -> None:
        base = Path.cwd() if folder is None else Path(folder)
        if not files.is_folder(base):
            msg = f"{printable(str(base))}: there is no such folder"
            raise InputError(msg)
        seeds = base / "seeds"
        if folder is not None:
            self.folder = base
        elif beside is not None:
            self.folder = beside.parent
        else:
            self.folder = seeds if seeds.is_dir() else base
        self.own = base / OWN

    def reports(self) -> list[Path]:
        """Return the files that may be reports: those of the folder, then the workbench's own."""
        found = [*_reports_in(self.folder), *_reports_in(self.own)]
        return found[:_MOST_REPORTS]

    def name_of(self, path: Path) -> str:
        """Return what a report is called in the list."""
        inside = path.relative_to(self.folder) if path.is_relative_to(self.folder) else path
        return printable(f"{OWN}/{path.name}" if path.parent == self.own else str(inside))

    def keep(self, report: Report) -> Path:
        """Put a report that is no file yet into the workbench's own folder; one that lies there is left as it is.

        Raises
        ------
        ExportError
            If it cannot be written.
        """
        path = self.kept(report)
        return path or _written(self._free(slug(report.id), ".md"), _as_markdown(report))

    def kept(self, report: Report) -> Path | None:
        """Return where a report lies in the workbench's own folder, with its words and its dates; None if it does not."""
        for path in self._names(slug(report.id), ".md"):
            if not files.is_there(path):
                return None
            if _holds(path, _as_markdown(report)):
                return path
        return None

    def keep_file(self, name: str, data: bytes, max_chars: int) -> Path:
        """Put a file that was dropped into the workbench's own folder, if it can be read as a report.

        Parameters
        ----------
        name : str
            What it was called; only its words and its suffix are used.
        data : bytes
        max_chars : int
            The longest report that is read.

        Raises
        ------
        InputError
            If it cannot be read; nothing is kept then.
        ExportError
            If it cannot be written.
        """
        plain = Path(name.replace("\\", "/")).name
        suffix = Path(plain).suffix.lower()
        if suffix not in SUFFIXES:
            msg = f"{printable(plain[:80])}: a report ends in {', '.join(SUFFIXES)}"
            raise InputError(msg)
        stem = slug(Path(plain).stem) or "report"
        with (
            tempfile.TemporaryDirectory() as folder
        ):  # read before it is kept, under the name that errors shall have
            trial = Path(folder) / f"{_short(stem)}{suffix}"
            trial.write_bytes(data)
            try:
                read_report(trial, max_chars=max_chars)
            except InputError as error:
                msg = str(error).replace(str(trial), trial.name)
                raise InputError(msg) from None
        for path in self._names(stem, suffix):
            if _holds(path, data):
                return path
            if not files.is_there(path):
                return _written(path, data)
        raise AssertionError  # the names have no end

    def _free(self, stem: str, suffix: str) -> Path:
        return next(path for path in self._names(stem, suffix) if not files.is_there(path))

    def _names(self, stem: str, suffix: str) -> Iterator[Path]:
        name, number = _short(stem) or "report", 2
        yield self.own / f"{name}{suffix}"
        while True:
            yield self.own / f"{name}-{number}{suffix}"
            number += 1


def _reports_in(folder: Path) -> list[Path]:
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
        )
    except OSError:
        return []


def _holds(path: Path, data: bytes) -> bool:
    """Say whether a file has these bytes; a folder of that name, or what may not be read, has not."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _short(stem: str) -> str:
    """Return a name that no file system finds too long: it may be of letters of three bytes each."""
    return stem.encode()[:_MOST_BYTES_OF_NAME].decode(errors="ignore")


def _as_markdown(report: Report) -> bytes:
    import yaml

    told = {name: value for name in _FIELDS if (value := getattr(report, name))}
    if not told and not report.text.lstrip().startswith("---"):
        return report.text.encode()
    # Of nothing YAML makes {}; two rules of hyphens with nothing between them would be read as text.
    head = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n\n{report.text}".encode()


def _written(path: Path, data: bytes) -> Path:
    try:
        return files.write_bytes(path, data)
    except (OSError, ValueError) as error:
        msg = f"{path}: the report cannot be kept there ({getattr(error, 'strerror', None) or error})"
        raise ExportError(msg) from None
