"""The zip of a case file: made the same way each time, and opened without trust in what it says of itself.

Nothing is unpacked to the disk. Only regular files of known names are read, in bounded pieces and within limits,
so that neither a name, a link nor a wrong size in the archive does anything.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from standoff.csv_cells import visible
from standoff.errors import InputError
from standoff.units import shortened

MOST_FILES = 64
MOST_BYTES = 128 * 2**20
"""Of one file, unpacked."""
MOST_TOTAL = 256 * 2**20
"""Of all files together, unpacked; and of the archive."""
MOST_RATIO = 200
"""How many times larger than packed a file may be, where it is larger than ``FREE_BYTES``."""
FREE_BYTES = 16 * 2**20
_DIRECTORY_BYTES = 64 * 1024  # of the list of files: more than MOST_FILES short names need
_PIECE = 2**18
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_MODE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3
_FIRST, _END, _END_64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES = 22, 20
_ENCRYPTED = 0x1 | 0x40 | 0x2000
# What zipfile raises for archives that are damaged, or made to be; it documents only the first.
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError,
    IndexError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files in their order, without times, owners or anything else of this machine.

    Examples
    --------
    >>> unpack(pack({"a.txt": b"words"}), {"a.txt"}.__contains__, "case.zip")
    {'a.txt': b'words'}
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = _UNIX, _MODE
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()


def unpack(data: bytes, is_known: Callable[[str], bool], name: str) -> dict[str, bytes]:
    """Return the files of a zip by name, in its order.

    Parameters
    ----------
    data : bytes
        The archive.
    is_known : callable
        Which names may be in it.
    name : str
        What to call the archive in messages.

    Raises
    ------
    InputError
        If it is no zip, damaged, encrypted, too large, or holds anything else than regular files of known
        names, each once.
    """
    _check_ends(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            for info in infos:
                _check_entry(info, is_known, name)
            _check_all(infos, len(data), name)
            return {info.filename: _read(archive, info, name) for info in infos}
    except InputError:
        raise
    except _DAMAGE as error:
        msg = f"{name}: the archive is damaged ({_told(error)}); get the file again"
        raise InputError(msg) from None


def _check_ends(data: bytes, name: str) -> None:
    """Look at the two ends of an archive before a list of files is made of it, which may be of any length."""
    end = data[-_END_BYTES:]
    if (
        not data.startswith(_FIRST)
        or not end.startswith(_END)
        or len(end) < _END_BYTES
        or end[-2:] != b"\0\0"
    ):
        msg = f"{name}: it is no case file: not a zip archive as Standoff writes it, or not whole"
        raise InputError(msg)
    count, directory_bytes = struct.unpack("<HL", end[10:16])
    before = data[-_END_BYTES - _END_64_BYTES : -_END_BYTES]
    if count > MOST_FILES or directory_bytes > _DIRECTORY_BYTES or before.startswith(_END_64):
        msg = f"{name}: it holds more than {MOST_FILES} files; a case file does not"
        raise InputError(msg)


def _check_entry(info: zipfile.ZipInfo, is_known: Callable[[str], bool], name: str) -> None:
    shown = shortened(visible(info.orig_filename).replace("\n", " ").replace("\r", " "))
    if info.orig_filename != info.filename or not is_known(info.filename):
        msg = f"{name}: it holds {shown!r}, which is no file of a case"
        raise InputError(msg)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        msg = f"{name}: {shown} in it is {'a link' if kind == stat.S_IFLNK else 'no regular file'}"
        raise InputError(msg)
    if info.flag_bits & _ENCRYPTED:
        msg = f"{name}: {shown} in it is encrypted; a case file is not: ask for it without a password"
        raise InputError(msg)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        msg = f"{name}: {shown} in it is packed by a method that case files do not use"
        raise InputError(msg)


def _check_all(infos: list[zipfile.ZipInfo], archive_bytes: int, name: str) -> None:
    names = [info.filename for info in infos]
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        msg = f"{name}: it holds {twice} twice"
        raise InputError(msg)
    if sum(info.compress_size for info in infos) > archive_bytes:
        msg = f"{name}: the archive is damaged (its files overlap); get the file again"
        raise InputError(msg)
    if sum(info.file_size for info in infos) > MOST_TOTAL:
        msg = f"{name}: unpacked it is larger than {MOST_TOTAL // 2**20} MiB; a case file is not"
        raise InputError(msg)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Return a file's bytes; the sizes that the archive states are not relied on."""
    found = bytearray()
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            found += piece
            is_bomb = len(found) > max(FREE_BYTES, MOST_RATIO * info.compress_size)
            if len(found) > MOST_BYTES or is_bomb:
                msg = f"{name}: {info.filename} in it grows beyond all measure when unpacked; a case file does not"
                raise InputError(msg)
    if len(found) != info.file_size:
        msg = f"{name}: the archive is damaged ({info.filename} is cut off); get the file again"
        raise InputError(msg)
    return bytes(found)


def _told(error: Exception) -> str:
    words = visible(" ".join(str(error).split()))
    return shortened(words) if words else type(error).__name__
