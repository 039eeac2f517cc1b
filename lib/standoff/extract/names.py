"""Words -> mentions of places: which words name a place.

The rules of `name_rules` find what a construction makes a place, the judge of `recogniser`
weighs that and all other stretches of capitalised words, and the rules tell the kind of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from standoff.extract.evidence import is_name_like
from standoff.extract.inside import begins_attribution, contained, ends_fronted_phrase
from standoff.extract.metonymy import stands_for_its_government
from standoff.extract.name_rules import Found, Lexicon, NameRules
from standoff.extract.needed_names import needed
from standoff.extract.nouns import FEATURE_NOUNS
from standoff.extract.recogniser import judged
from standoff.extract.slots import filled
from standoff.extract.state import set_extension, text_of
from standoff.model import PlaceMention

__all__ = ["Lexicon", "NameFinder", "find_names", "mentions_at"]

_NAMESAKES = 200  # there are many towns called Lebanon

set_extension("place_mentions", list)
set_extension("lexicon")
set_extension("given_names", list)


@Language.factory("standoff_names", assigns=["doc._.place_mentions"], requires=["doc.ents"])
class NameFinder:
    """spaCy component: puts named `PlaceMention` records in ``doc._.place_mentions``.

    Set ``doc._.lexicon`` to a gazetteer before use; without one only the model's labels
    and the constructions speak.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the named mentions of one document, in text order, with containment."""
        doc._.place_mentions = find_names(doc)
        return doc


def find_names(doc: Doc) -> list[PlaceMention]:
    """Return the named mentions of a parsed document, in text order, with containment.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies; a lexicon in ``doc._.lexicon`` or None, and in
        ``doc._.given_names`` names (as tokenised docs) that somebody says are places.
    """
    rules = NameRules(doc, doc._.lexicon)
    if doc._.lexicon is None:
        return _mentions(doc, _with_given(rules, rules.all(), doc._.given_names))
    return mentions_of(
        rules, needed(rules, filled(rules, [(item.start, item.end) for item in judged(rules)]))
    )


def mentions_of(rules: NameRules, tokens: Iterable[tuple[int, int]]) -> list[PlaceMention]:
    """Return mentions for tokens that are judged to name places: the rules tell what kind each is."""
    doc = rules.doc
    by_rule = {(item.start, item.end): item for item in rules.all()}
    found = [by_rule.get((start, end)) or _given(rules, start, end) for start, end in tokens]
    return _mentions(doc, _with_given(rules, found, doc._.given_names))


def _mentions(doc: Doc, found: Sequence[Found]) -> list[PlaceMention]:
    mentions = [_mention(doc, item, f"p{i}") for i, item in enumerate(found, start=1)]
    return _contained(doc, text_of(doc), mentions, found)


def _contained(
    doc: Doc, text: str, mentions: Sequence[PlaceMention], found: Sequence[Found]
) -> list[PlaceMention]:
    levels = [item.level for item in found]
    return contained(text, mentions, levels, _apart(doc, found), partial(_is_in, doc._.lexicon))


def _is_in(lexicon: Lexicon | None, name: str, holder: str) -> bool:
    if lexicon is None:
        return False
    outer = lexicon.lookup(holder, 10)
    regions = {sense.admin1 for sense in outer if sense.place.feature == "admin1"}
    countries = {sense.place.country for sense in outer if sense.place.feature == "country"}
    return any(
        sense.place.feature != "country"
        and sense.matched == "name"
        and (sense.admin1 in regions or sense.place.country in countries)
        for sense in lexicon.lookup(name, _NAMESAKES)
    )


def _apart(doc: Doc, found: Sequence[Found]) -> set[int]:
    spans = [doc[item.start : item.end] for item in found]
    return {
        i
        for i, (name, following) in enumerate(pairwise(spans))
        if ends_fronted_phrase(name, following) or begins_attribution(name, following)
    }


def _with_given(rules: NameRules, found: list[Found], names: Sequence[Doc]) -> list[Found]:
    """Add names that are places whatever the judge says, where they stand alone and as they are written.

    A mention that holds such a name stays ("At Tanf base" for "Tanf"); one that cuts it gives way.
    """
    if not names:
        return found
    doc = rules.doc
    matcher = PhraseMatcher(doc.vocab)  # as written: "Bath" is not a bath
    matcher.add("given", list(names))
    spans = [span for span in filter_spans(matcher(doc, as_spans=True)) if _stands_alone(span)]
    held = [span for span in spans if not any(f.start <= span.start and span.end <= f.end for f in found)]
    kept = [f for f in found if not any(f.start < span.end and span.start < f.end for span in held)]
    return sorted([*kept, *(_given(rules, s.start, s.end) for s in held)], key=lambda f: f.start)


def _stands_alone(span: Span) -> bool:
    """Say whether no other name is grown together with it: not "Paris" of "Paris Hilton"."""
    doc = span.doc
    before = span.start > span.sent.start and is_name_like(doc[span.start - 1])
    behind = span.end < span.sent.end and is_name_like(doc[span.end])
    if before and doc[span.start - 1].is_sent_start and doc[span.start - 1].pos_ != "PROPN":
        before = False  # "In Aleppo", "Later Aleppo"
    return not before and not (behind and doc[span.end].lower_ not in FEATURE_NOUNS)


def _given(rules: NameRules, start: int, end: int) -> Found:
    span = rules.doc[start:end]
    return rules.given(span, span.text)


def mentions_at(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[PlaceMention]:
    """Return mentions for spans that are known to name places, as an annotator marked them.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies, and a lexicon in ``doc._.lexicon``.
    spans : sequence of (start, end)
        Character offsets into the text, none over another.

    Raises
    ------
    ValueError
        If the text is shorter than a span says.
    """
    search = NameRules(doc, doc._.lexicon)
    text = text_of(doc)
    mentions, items = [], []
    for number, (start, end) in enumerate(sorted(spans), start=1):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            msg = f"the text has no characters {start} to {end}"
            raise ValueError(msg)
        found = search.given(span, text[start:end])
        mention = _mention(doc, found, f"p{number}")
        mentions.append(mention.model_copy(update={"text": text[start:end], "start": start, "end": end}))
        items.append(found)
    return _contained(doc, text, mentions, items)


def _mention(doc: Doc, item: Found, mention_id: str) -> PlaceMention:
    span = doc[item.start : item.end]
    return PlaceMention(
        id=mention_id, text=span.text, start=span.start_char, end=span.end_char, kind=item.kind, name=item.name,
        feature_hint=item.hint, metonymy=item.kind == "toponym" and not item.hint and stands_for_its_government(span),
    )  # fmt: skip
