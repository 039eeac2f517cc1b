"""Text that would run, vanish or break the page if it reached a sink unescaped."""

from __future__ import annotations

import json
from typing import Any

import records
from standoff.model import ReadingRecord, Report

RUN = "window.ran=(window.ran||0)+1"
STRINGS = [
    f"</script><img src=x onerror={RUN}>",
    f"<script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f"${{{RUN}}}",
    f"`+({RUN})+`",
    f"'+({RUN})+'",
    f'"><svg onload="{RUN}">',
    "{{ 7*7 }}{% raw %}{#",
    r"C:\new\users\0 \u003cb\u003e \`",
    "&lt;b&gt;&amp;nbsp;",
    "]]></style><b>",
    f"javascript:{RUN}",
]
MARKED = "".join(STRINGS)


def _poison(value: Any, inside: str = "") -> Any:
    """Append the strings to all free text of a record; ids, kinds and numbers stay."""
    free = {
        "name",
        "reason",
        "actor",
        "target",
        "sub_type",
        "statement",
        "publisher",
        "licence",
        "date_text",
        "override",
        "source",
    }
    lists = {"constraints", "assumptions", "attributed_to", "losses"}
    if isinstance(value, dict):
        return {key: _poison(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [
            _poison(item, inside) if isinstance(item, (dict, list)) or inside in lists else item
            for item in value
        ]
    return f"{value}{MARKED}" if isinstance(value, str) and inside in free | lists else value


def report() -> Report:
    """Return the sample report with hostile text before and after its own, and in its title."""
    plain = records.report()
    text = f"{plain.text}\n{MARKED}\n"
    poisoned = {
        "text": text,
        "title": f"Title {MARKED}",
        "publisher": f"Paper {MARKED}",
        "url": f"javascript:{RUN}",
    }
    return plain.model_copy(update=poisoned)


def record() -> ReadingRecord:
    """Return the sample record with hostile text in every field that came from text or a gazetteer."""
    values = _poison(json.loads(records.record().model_dump_json()))
    values["report"] = json.loads(report().info.model_dump_json())
    values["settings"] = {"zone_radius": MARKED}
    return ReadingRecord.model_validate(values)
