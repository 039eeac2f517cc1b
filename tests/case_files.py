"""Case files taken apart and put together again, as somebody would who changes one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import records
from standoff.cases import case_bytes
from standoff.cases.archive import pack
from standoff.cases.contents import MANIFEST, SUMS
from standoff.reading import Reading


def by_hand() -> bytes:
    """Return the case file of the reading made by hand."""
    return case_bytes(Reading(records.report(), records.record()))


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def put_together(files: Mapping[str, bytes], **changed: Any) -> bytes:
    """Return a case file of some files, with a manifest that says what they are; fields of it may be changed."""
    manifest = json.loads(files[MANIFEST]) | changed
    if "files" not in changed:
        what = {each["name"]: each["what"] for each in manifest["files"]}
        manifest["files"] = [
            {
                "name": name,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "what": what.get(name, ""),
            }
            for name, data in files.items()
            if name not in (MANIFEST, SUMS)
        ]
    return pack({**files, MANIFEST: json.dumps(manifest).encode()})


def with_json(data: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    """Return a case file with one of its JSON files changed, and its hash with it."""
    files = files_of(data)
    value = json.loads(files[name])
    changed = change(value)
    return put_together(files | {name: json.dumps(value if changed is None else changed).encode()})
