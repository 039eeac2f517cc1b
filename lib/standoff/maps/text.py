"""The report's text with its mentions marked, and the sentences that are quoted.

Text is cut by the record's offsets first and made fit for showing afterwards, so that
every mark sits on the words it was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from standoff.maps.escape import html_text
from standoff.maps.links import links, place_points
from standoff.maps.styles import MENTIONS
from standoff.model import ReadingRecord, Report

# A full stop that ends no sentence: initials, titles, common abbreviations of news.
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Col|Gen|Lt|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Mr|Mrs|Ms|Dr|St|Mt|No|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept|Sep|Oct|Nov|Dec|approx|ca|vs|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|U\.K|km|mi|nm))\.$"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+|\n+")
_LONGEST_QUOTE = 420  # characters; a "sentence" without an end is cut to about this

# Which kind colours a stretch that several mentions cover: the smaller thing first.
_ORDER = ("place", "measure", "zone", "event", "relation")


@dataclass(frozen=True)
class Mark:
    """A mention in the text, with the items on the map that it belongs to."""

    start: int
    end: int
    kind: str  # a key of MENTIONS
    id: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that the same marks cover from end to end."""

    text: str
    kinds: tuple[str, ...]  # the kind that colours it first
    items: tuple[str, ...]
    ids: tuple[str, ...]
    first: bool  # a mark begins here: one stop for the keyboard


def marks(record: ReadingRecord) -> list[Mark]:
    """Return every mention of the record as a mark, in the order of the text."""
    to_items = links(record, place_points(record))
    found: list[tuple[int, int, str, str]] = [(p.start, p.end, "place", p.id) for p in record.places]
    found += [(m.start, m.end, "measure", m.id) for m in record.measures]
    found += [(start, end, "zone", zone.id) for zone in record.zones for start, end in zone.mentions]
    found += [(r.start, r.end, "relation", r.id) for r in record.relations]
    for event in record.events:
        spans = event.mentions or [_trigger_span(event.text, event.trigger, event.start, event.end)]
        found += [(start, end, "event", event.id) for start, end in spans]
    return [
        Mark(start, end, kind, id_, to_items.get(id_, ()))
        for start, end, kind, id_ in sorted(found, key=lambda mark: (mark[0], -mark[1], mark[2], mark[3]))
        if end > start
    ]


def _trigger_span(text: str, trigger: str, start: int, end: int) -> tuple[int, int]:
    at = text.find(trigger) if trigger else -1
    return (start, end) if at < 0 else (start + at, start + at + len(trigger))


def pieces(report: Report, record: ReadingRecord) -> list[Piece]:
    """Cut the text at every end of a mark; the pieces joined are the text.

    Examples
    --------
    >>> report = Report(id="r", text="Nothing here.")
    >>> [piece.text for piece in pieces(report, ReadingRecord(report=report.info))]
    ['Nothing here.']
    """
    found = [mark for mark in marks(record) if mark.end <= len(report.text)]
    cuts = sorted({0, len(report.text)} | {mark.start for mark in found} | {mark.end for mark in found})
    starting: dict[int, list[Mark]] = {cut: [] for cut in cuts}
    for mark in found:
        starting[mark.start].append(mark)
    covering: list[Mark] = []
    result = []
    for start, end in pairwise(cuts):
        covering = [mark for mark in covering if mark.end > start] + starting[start]
        result.append(_piece(report.text[start:end], start, covering))
    return result


def _piece(text: str, start: int, covering: list[Mark]) -> Piece:
    inner_first = sorted(covering, key=lambda mark: (_ORDER.index(mark.kind), mark.end - mark.start))
    items = dict.fromkeys(item for mark in inner_first for item in mark.items)
    return Piece(
        text,
        tuple(dict.fromkeys(mark.kind for mark in inner_first)),
        tuple(items),
        tuple(mark.id for mark in inner_first),
        any(mark.start == start and mark.items for mark in covering),
    )


def highlight(report: Report, record: ReadingRecord) -> str:
    """Return the report's text as escaped HTML with its mentions marked.

    Each mention is a ``<mark>`` with the classes ``sd-`` and its kinds and a title that
    says them; nothing else is markup. Line ends are kept: show it with
    ``white-space: pre-wrap``.
    """
    parts = []
    for piece in pieces(report, record):
        escaped = html_text(piece.text)
        if piece.kinds:
            classes = " ".join(f"sd-{kind}" for kind in piece.kinds)
            words = html_text(", ".join(MENTIONS[kind] for kind in piece.kinds))
            escaped = f'<mark class="{classes}" title="{words}">{escaped}</mark>'
        parts.append(escaped)
    return "".join(parts)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence round a span starts and ends.

    Examples
    --------
    >>> text = "One. Col. Ryan saw it near Rutba today. Three."
    >>> text[slice(*sentence(text, 19, 32))]
    'Col. Ryan saw it near Rutba today. '
    """
    opens, closes = 0, len(text)
    reach = 2 * _LONGEST_QUOTE
    for match in _SENTENCE_END.finditer(text, max(0, start - reach), end + reach):
        if text[match.start()] == "." and _ABBREVIATED.search(
            text[max(0, match.start() - 8) : match.start() + 1]
        ):
            continue
        if match.end() <= start:
            opens = match.end()
        elif match.start() >= end - 1:
            closes = match.end()
            break
    return opens, closes


def quotes(text: str, spans: list[tuple[int, int]]) -> list[list[tuple[str, bool]]]:
    """Return the sentences that hold the spans, each as stretches of text, marked or not.

    A span that is most of its sentence marks nothing that a finer one does not.

    Examples
    --------
    >>> quotes("We met. It was near Rutba. Bye.", [(15, 25), (8, 26)])
    [[('It was ', False), ('near Rutba', True), ('.', False)]]
    """
    by_sentence: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for span in sorted(set(spans)):
        by_sentence.setdefault(sentence(text, *span), []).append(span)
    found = []
    for (opens, closes), inside in by_sentence.items():
        fine = [span for span in inside if span[1] - span[0] < 0.8 * (closes - opens)] or inside
        found.append(_stretches(text, opens, closes, _joined(fine)))
    return found


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stretches(text: str, opens: int, closes: int, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    if closes - opens > _LONGEST_QUOTE:  # no sentence: keep what is round the words
        opens = max(opens, spans[0][0] - _LONGEST_QUOTE // 3)
        closes = min(closes, spans[-1][1] + _LONGEST_QUOTE // 3)
    opens = min(opens, spans[0][0])
    closes = max(closes, spans[-1][1])
    parts, at = [], opens
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:closes].rstrip(), False))
    return [part for part in parts if part[0]]
