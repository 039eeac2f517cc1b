"""The words of a noun phrase, as they may be filed."""

from __future__ import annotations

from spacy.tokens import Token

_PRONOUNS = frozenset("it they he she who which that this we i you them him her us one its their".split())


def phrase(head: Token) -> str | None:
    """Return a noun phrase without the clauses that follow it; None for a pronoun.

    Quotation marks at its ends are left out; the words between are the report's own.
    """
    if (head.lower_ in _PRONOUNS or head.pos_ == "PRON") and not (head.is_upper and len(head) > 1):
        return None
    partitive = [c for prep in head.children if prep.lower_ == "of" for c in prep.children]
    if any(part.lower_ in _PRONOUNS for part in partitive):
        return None  # "two of them"
    left, right = head.left_edge.i, head.i
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "aligned"):
            right = child.right_edge.i
            for inner in child.subtree:
                if (inner.dep_ in ("relcl", "acl") or inner.text == ",") and inner.i > child.i + 1:
                    right = min(right, inner.left_edge.i - 1)
        elif child.i > right + 1:
            break
    text: str = head.doc[left : right + 1].text
    return text.strip("“”\"'‘’,. \n") or None
