"""Where the commands ``map`` and ``export`` write: which files, and never over what they were given to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from standoff.errors import ExportError, InputError
from standoff.files import is_folder, is_same


class Outputs:
    """What the files of each reading are called, each once.

    Parameters
    ----------
    output : str
        As typed: a file of a known suffix, or a folder: what exists as one, ends in a slash or has no suffix.
    reports : collection of str
        The reports as typed; ``"-"`` is standard input.
    kinds : collection of str
        Suffixes of what is written for each report.
    suffixes : collection of str
        Suffixes by which ``output`` is a file; none where it has to be a folder.
    others : iterable of str
        Other files that are read.

    Raises
    ------
    ExportError
        If ``output`` cannot be what was asked for.
    """

    def __init__(
        self,
        output: str,
        reports: Collection[str],
        kinds: Collection[str],
        suffixes: Collection[str],
        others: Iterable[str] = (),
    ) -> None:
        self.kinds = list(kinds)
        self.inputs = [*(name for name in reports if name != "-"), *others]
        self.file = _file_of(output, suffixes)
        if self.file and len(reports) > 1:
            msg = f"{output}: one file cannot hold {len(reports)} reports; give a folder"
            raise ExportError(msg)
        self.folder = self.file.parent if self.file else Path(output)
        self.used: set[str] = set()
        if self.file:
            self._refuse_inputs([self.file, *self._beside(self.file)], ExportError)

    def make_folder(self) -> None:
        """Make the folder, so that what is wrong with it is said before a report is read.

        Raises
        ------
        ExportError
            If it cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            msg = f"{self.folder}: it is a file, not a folder to write into"
            raise ExportError(msg) from None
        except (OSError, ValueError) as error:
            msg = f"{self.folder}: this folder cannot be made ({getattr(error, 'strerror', None) or error})"
            raise ExportError(msg) from None

    def of(self, report_id: str) -> list[Path]:
        """Return what is written for the next report, one path for each kind.

        Raises
        ------
        InputError
            If one of them is a file that this command reads; then nothing is to be written for this report.
        """
        if self.file:
            return [self.file, *self._beside(self.file)]
        name, n = report_id, 2
        while name in self.used:
            name, n = f"{report_id}-{n}", n + 1
        self.used.add(name)
        paths = [self.folder / f"{name}{kind}" for kind in self.kinds]
        self._refuse_inputs(paths, InputError)
        return paths

    def _beside(self, file: Path) -> list[Path]:
        # The name asked for stands for the kind that has its suffix; the others lie beside it.
        return [file.with_suffix(kind) for kind in self.kinds[1:]]

    def _refuse_inputs(self, paths: Iterable[Path], error: type[ExportError | InputError]) -> None:
        for path in paths:
            if any(is_same(path, given) for given in self.inputs):
                msg = f"{path}: it is read here, and would be written over; give another -o"
                raise error(msg)


def _file_of(output: str, suffixes: Collection[str]) -> Path | None:
    """Return the output as a file; None if it is a folder."""
    path = Path(output)
    if not output.strip():
        msg = "-o is empty; give a folder or a file"
        raise ExportError(msg)
    if output == "-":
        msg = "-o -: files are not written to standard output; standoff read --format jsonl prints JSON there"
        raise ExportError(msg)
    if is_folder(path) or output.endswith(("/", "\\")) or path.name == "..":
        return None
    suffix = path.suffix or (path.name if path.name.startswith(".") else "")
    if path.suffix and suffix.lower() in suffixes:
        return path
    if suffix:
        known = f"known are {', '.join(suffixes)}; a" if suffixes else "with --to it is a folder: a"
        msg = f"{output}: unknown suffix {suffix!r}; {known} folder has none, or ends in /"
        raise ExportError(msg)
    return None
