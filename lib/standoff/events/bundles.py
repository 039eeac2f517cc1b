"""The tellings of one sentence that are one event: a cause and what came of it, deeds in a row, a noun and its verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from spacy.tokens import Token

from standoff.events import words
from standoff.events.parties import PRONOUNS
from standoff.events.standing import is_before
from standoff.events.syntax import agent, own_subject
from standoff.events.tellings import Telling
from standoff.extract.dates import When

#: Deeds in a row by the same hands on the same target are one event: "boarded and hijacked", "torpedoed and sank".
_ONE_DEED = frozenset(
    "strike bombing attack clash boarding seizure sinking kidnapping interception fire".split()
)
_SUBJECTS = ("nsubj", "nsubjpass")
_WHEN = frozenset({"when", "as", "while", "after"})


@dataclass
class Bundle:
    """Tellings of one sentence that are one event, in text order."""

    tellings: list[Telling]
    #: Whether no other event is told in its sentence.
    alone: bool = False

    @cached_property
    def main(self) -> Telling:
        """The one that says what happened, not what came of it."""
        causes = [t for t in self.tellings if not t.is_outcome]
        return causes[0] if causes else self.tellings[0]

    @cached_property
    def families(self) -> frozenset[str]:
        """The families of events that it can be."""
        causes = frozenset(t.family for t in self.tellings if not t.is_outcome)
        return causes or frozenset(t.family for t in self.tellings)

    @cached_property
    def is_outcome(self) -> bool:
        """Whether it only tells what came of something told elsewhere."""
        return all(t.is_outcome for t in self.tellings)

    @cached_property
    def actor_words(self) -> frozenset[str]:
        """The words by which the doer can be known again."""
        return frozenset().union(*(t.actor_words for t in self.tellings))

    @cached_property
    def target_words(self) -> frozenset[str]:
        """The words by which the target can be known again."""
        return frozenset().union(*(t.target_words for t in self.tellings))

    @cached_property
    def refers_back(self) -> bool:
        """Whether it speaks of an event told before: "a guard was shot dead in the raid"."""
        return any(t.refers_back for t in self.tellings)

    @cached_property
    def spots(self) -> frozenset[str]:
        """The names of the towns and sites in its clauses."""
        return frozenset().union(*(t.spots for t in self.tellings))

    @property
    def when(self) -> When | None:
        """The date expression of the main telling, else of another one."""
        own = self.main.when or next((t.when for t in self.tellings if t.when is not None), None)
        if own is None and self.alone and not any(t.lag for t in self.tellings):
            return self.main.only_date
        return own


def bundles_of(tellings: Sequence[Telling]) -> list[Bundle]:
    """Return the tellings of a document put together sentence by sentence, in text order."""
    found: list[Bundle] = []
    for _, group in groupby(tellings, key=lambda telling: telling.sent.start):
        found += _of_sentence(list(group))
    return found


def _of_sentence(told: list[Telling]) -> list[Bundle]:
    owner = list(range(len(told)))

    def root(i: int) -> int:
        while owner[i] != i:
            i = owner[i]
        return i

    for j, later in enumerate(told):
        for i in range(j):
            if root(i) != root(j) and _is_one(told[i], later):
                owner[root(j)] = root(i)
    for j, outcome in enumerate(told):
        own = [t for k, t in enumerate(told) if root(k) == root(j)]
        if outcome.is_outcome and all(t.is_outcome for t in own):
            cause = _cause_of(j, told)
            if cause is not None and root(cause) != root(j):
                owner[max(root(j), root(cause))] = min(root(j), root(cause))
    groups: dict[int, list[Telling]] = {}
    for i, telling in enumerate(told):
        groups.setdefault(root(i), []).append(telling)
    return [Bundle(each, alone=len(groups) == 1) for each in groups.values()]


def _is_one(one: Telling, other: Telling) -> bool:
    """Say whether two tellings of a sentence are plainly one event, by the parse."""
    if (one.lag is None) != (other.lag is None):
        return False  # "explosions, a month after four ships were damaged"
    if _is_arm_of(one, other) or _is_arm_of(other, one) or _is_where_clause(one, other):
        return True
    if _is_noun_of(one, other) or _is_noun_of(other, one):
        return True
    if _is_incident_of(one, other) or _is_incident_of(other, one):
        return True
    if (
        other.trigger.token.dep_ == "advcl"
        and other.trigger.token.tag_ == "VBG"
        and one.trigger.token == other.trigger.token.head
        and other.when is None
    ):
        return True  # "rallied outside the embassy, throwing stones"
    if other.such and other.clause.dep_ in ("advcl", "relcl"):
        return True
    deeds = {one.family, other.family} <= _ONE_DEED and one.trigger.is_verb and other.trigger.is_verb
    if deeds and _is_deed_in_a_row(one, other):
        return True
    if one.family == other.family == "evacuation":
        return True
    return _is_when_clause(one, other) or _is_when_clause(other, one)


def _is_incident_of(incident: Telling, other: Telling) -> bool:
    """Say whether an incident is what its sentence tells: "in another incident, a bomb derailed a train"."""
    return incident.family == "any" and not incident.refers_back and not other.is_outcome


def _is_arm_of(below: Telling, above: Telling) -> bool:
    """Say whether a clause only tells where the weapon of another verb came from: "missiles launched by a jet crippled"."""
    token, verb = below.trigger.token, above.trigger.token
    if token.dep_ not in ("acl", "relcl") or not above.trigger.is_verb:
        return False
    arms = [own_subject(verb), agent(verb)]
    heads = {
        token.head.i,
        *(t.i for t in token.head.ancestors if t.dep_ in ("nsubj", "pobj") and t.i < token.i),
    }
    return any(arm is not None and arm.i in heads for arm in arms)


def _is_where_clause(above: Telling, below: Telling) -> bool:
    """Say whether the second tells what went on there: "the massacre at Baisaran, where gunmen fired at tourists"."""
    clause = below.clause
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head
    where = clause.dep_ in ("relcl", "advcl") and any(
        c.lower_ in ("where", "in") for c in clause.children if c.dep_ in ("advmod", "prep")
    )
    noun = above.trigger.token
    return (
        where
        and not above.trigger.is_verb
        and noun in clause.ancestors
        and {above.family, below.family} <= words.ARMED
    )


def _is_noun_of(noun: Telling, verb: Telling) -> bool:
    """Say whether a noun that tells an event is the subject or object of the verb: "the attack hit", "hit by a blast"."""
    token = noun.trigger.token
    if token.dep_ in (*_SUBJECTS, "csubj") and token.head == verb.trigger.token and verb.is_outcome:
        return True  # "fighting in the hills has killed nine": parsers take it for a verb
    if noun.trigger.is_verb or not verb.trigger.is_verb:
        return False
    if _relates(token, verb.trigger.token):
        return (
            verb.trigger.outcome is not None
            or verb.family == noun.family
            or {verb.family, noun.family} <= words.ARMED
        )
    if noun.clause == _first_verb(verb.trigger.token) and token.dep_ in (
        "nsubj",
        "nsubjpass",
        "agent",
        "dobj",
    ):
        return not (token.dep_ == "dobj" and noun.family != verb.family)
    if token.dep_ != "pobj" or _above(token) != verb.trigger.token:
        return False
    return token.head.lower_ in ("by", "in", "during") and not (
        token.head.lower_ != "by" and noun.family not in verb.family and not verb.is_outcome
    )


def _first_verb(verb: Token) -> Token:
    """Return the verb whose subject a joined verb shares: "the barrage was fired from the hills and hit the town"."""
    while (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and not any(c.dep_ in _SUBJECTS for c in verb.children)
    ):
        verb = verb.head
    return verb


def _relates(noun: Token, verb: Token) -> bool:
    """Say whether a verb stands in a relative clause about a noun: "the quake that struck", "the truce that both agreed"."""
    if verb.dep_ not in ("relcl", "acl"):
        return False
    head = verb.head
    while head != noun and head.dep_ in ("pobj", "prep"):
        head = head.head
    return bool(head == noun)


def _above(token: Token) -> Token:
    head = token.head
    while head.pos_ in ("ADP", "PART") and head.head != head:
        head = head.head
    return head


def _is_deed_in_a_row(one: Telling, other: Telling) -> bool:
    """Say whether the later verb goes on with the deed: "fired on the ships and seized them", "sank after it was hit"."""
    first, then = one.trigger.token, other.trigger.token
    if first not in then.ancestors:
        return False
    if then.dep_ == "conj" and then.head == first:
        own = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in PRONOUNS for c in then.children)
        if not own and other.trigger.outcome not in (None, "hit"):
            return True  # "set a depot alight and damaged a hotel"
        if own or (_has_own_place_or_time(other) and other.family == one.family):
            return False
        objects = [c for c in then.children if c.dep_ in ("dobj", "obj")]
        return (
            not objects
            or all(c.lower_ in PRONOUNS for c in objects)
            or bool(other.target_words & one.target_words)
            or (one.family != other.family and not _has_own_place_or_time(other))
        )
    return (
        then.dep_ in ("advcl", "xcomp")
        and not is_before(other.clause)
        and then.tag_ == "VBG"
        and other.when is None
    )


def _has_own_place_or_time(telling: Telling) -> bool:
    token = telling.trigger.token
    return telling.when is not None and any(
        t.i > token.i and t.idx <= telling.when.start < t.idx + len(t) for t in token.subtree
    )


def _is_when_clause(above: Telling, below: Telling) -> bool:
    """Say whether the second one is the "when" clause of the first: "died on Saturday when a drone struck"."""
    clause = below.clause
    if clause.dep_ not in ("advcl", "relcl") or (below.is_outcome and above.is_outcome):
        return False
    if not any(c.lower_ in _WHEN - {"after"} for c in clause.children if c.dep_ in ("advmod", "mark")):
        return False
    if above.clause not in clause.ancestors or not above.trigger.is_verb:
        return False
    return (
        above.is_outcome
        or above.family == below.family
        or (above.family in words.ARMED and below.family in words.ARMED)
    )


def _cause_of(number: int, told: list[Telling]) -> int | None:
    """Return the telling of the sentence of which a bare outcome came: above it in the parse, or in a clause below."""
    outcome = told[number]
    token = outcome.trigger.token
    chain = {ancestor.i: steps for steps, ancestor in enumerate(token.ancestors)}
    best: tuple[int, int] | None = None
    for i, cause in enumerate(told):
        apart = (cause.lag is None) != (outcome.lag is None)
        if cause.is_outcome or cause.background or i == number or apart:
            continue
        steps = min(chain.get(cause.clause.i, 99), chain.get(cause.trigger.token.i, 99))
        if (
            steps == 99
            and cause.clause != token
            and token in cause.clause.ancestors
            and _may_cause(cause, outcome)
        ):
            steps = 50
        if steps == 99 and cause.clause == token:
            steps = 0  # "was killed in an ambush"
        if steps < 99 and _may_suffer(outcome, cause) and (best is None or steps < best[0]):
            best = (steps, i)
    return best[1] if best else None


def _may_cause(cause: Telling, outcome: Telling) -> bool:
    """Say whether a clause below can tell what caused an outcome; not "killed five days after an attack"."""
    marks = {c.lower_ for c in cause.clause.children if c.dep_ in ("mark", "advmod")}
    before = cause.clause.dep_ == "advcl" and bool(marks & {"before", "since"})
    return not before and not (
        outcome.actor is not None and cause.actor is not None and not outcome.actor_words & cause.actor_words
    )


def _may_suffer(outcome: Telling, cause: Telling) -> bool:
    """Say whether nothing in the outcome speaks against the cause: other hands, another day."""
    doer, known = outcome.actor_words, cause.actor_words
    thing = outcome.actor is None or outcome.trigger.token.lemma_.lower() in ("die", "drown", "perish")
    return thing or not doer or not known or bool(doer & known)
