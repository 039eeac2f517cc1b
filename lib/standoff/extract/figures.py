"""What a relation locates: the subject of the verb, or the noun, that it hangs on."""

from __future__ import annotations

from spacy.tokens import Span, Token

from standoff.model import Span as TextSpan


def figure_of(words: Span, sent: Span) -> TextSpan | None:
    """Return the words for what is located: the subject of the verb, or the noun, that the relation hangs on."""
    head: Token = words.root
    before = words.doc[words.start - 1] if words.start > sent.start else None
    if before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in ("dobj", "obj"):
        return _text_span(before, words)  # "struck a column 18 km from"
    if head.pos_ in ("VERB", "AUX"):
        found = _subject(head)
        return _text_span(found, words) if found is not None and found.sent.start == sent.start else None
    while head.head != head and words.start <= head.i < words.end:
        head = head.head
    if words.start <= head.i < words.end:
        return None
    found = (_object(head, words) or _subject(head)) if head.pos_ in ("VERB", "AUX") else head
    if found is not None and found.pos_ == "ADP":
        found = _subject_above(found)  # "12 km from the border and 40 km from Gao"
    if found is None or found.pos_ in ("ADP", "SCONJ", "PUNCT") or found.sent.start != sent.start:
        return None
    return _text_span(found, words)


def _text_span(found: Token, words: Span) -> TextSpan:
    """Return the noun phrase round a word, as far as the relation that follows it."""
    left = found.left_edge.i
    right = found.i + 1
    for child in found.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.right_edge.i < words.start:
            right = child.right_edge.i + 1
    span = found.doc[left:right]
    return TextSpan(text=span.text, start=span.start_char, end=span.end_char)


def _object(verb: Token, words: Span) -> Token | None:
    """Return the object before the relation: "drones struck a column on Thursday 18 km from" locates the column."""
    objects = (
        c for c in verb.children if c.dep_ in ("dobj", "obj") and c.i < words.start and c.pos_ != "PRON"
    )
    return next(objects, None)


def _subject_above(preposition: Token) -> Token | None:
    """Return the subject of the verb that prepositions joined by "and" hang on."""
    head = preposition
    while head.pos_ == "ADP" and head.head != head:
        head = head.head
    return _subject(head) if head.pos_ in ("VERB", "AUX") else None


def _subject(verb: Token) -> Token | None:
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return (
                    child
                    if child.pos_ != "PRON" or child.lower_ not in ("which", "that", "who")
                    else verb.head
                )
        if verb.dep_ in ("acl", "relcl") and verb.head != verb:
            return verb.head
        if verb.head == verb or verb.dep_ not in ("xcomp", "conj", "advcl", "ccomp", "pcomp"):
            return None
        verb = verb.head
    return None
