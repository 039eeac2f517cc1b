"""Words -> events: every telling of an event found, and the tellings of one event put together.

A report tells one strike in its headline, its lead, its background and a quote. Each
telling is a `_Telling`; they are merged in reading order by what they share (kind, day,
actor, target) and by how they refer back ("the strike", "that attack", "its own strike").
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.extract import roles
from standoff.extract.claims import claim_of
from standoff.extract.dates import When
from standoff.extract.numbers import NUMBER, parse
from standoff.extract.state import set_extension
from standoff.extract.triggers import FAMILY, OCCURRENCE, POINTERS, Trigger, trigger_of
from standoff.model import Claim, Count, Event, Measure, Relation

_BACK = frozenset({"the", "that", "this", "those", "these"})
_FRESH = frozenset({"another", "second", "further", "new", "separate", "fresh", "other"})
_ORDINAL = re.compile(r"(?i)^(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))$")
_SAYING = frozenset("say tell report announce state add confirm claim note according".split())
_ARMED = frozenset({"strike", "attack", "shelling", "bombing", "clash"})
_METRIC = frozenset({"coordinates", "distance", "offset"})
_SHIPS = re.compile(
    r"(?i)\b(?:ships?|vessels?|tankers?|boats?|cruisers?|destroyers?|submarines?|frigates?|trawlers?|dhows?|freighters?|"
    r"bulk carriers?|skiffs?|at sea|nautical)\b"
)
_ASKED = frozenset("request demand call appeal offer proposal threat warning plea".split())
# Above the noun of an event, these say that it may come, not that it came: "liable to attack".
_EXPOSED = frozenset("liable vulnerable prone subject open risk danger fear protect prevent deter avoid guard prepare".split())
_EARLIER = frozenset({"after", "before"})
_CASUALTIES = re.compile(
    rf"(?i)\b(?P<number>{NUMBER})\s+(?:\w+\s+){{0,2}}?(?P<what>dead|killed|wounded|injured|hurt)\b"
    rf"|\bloss\s+of\s+(?:at\s+least\s+|some\s+|about\s+)?(?P<lives>{NUMBER})\s+(?:lives|people|men)\b"
)


@dataclass
class _Telling:
    """One telling of an event."""

    trigger: Trigger
    sent: Span
    paragraph: int
    clause: Token
    claim: Claim
    when: When | None = None
    actor: Token | None = None
    target: Token | None = None
    refers_back: bool = False
    fresh: bool = False
    headline: bool = False
    asked: bool = False
    such: bool = False
    background: bool = False
    casualties: list[tuple[str, int]] = field(default_factory=list)

    @property
    def family(self) -> str:
        return FAMILY[self.trigger.type]

    @property
    def actor_words(self) -> frozenset[str]:
        return roles.key_words(roles.phrase(self.actor)) if self.actor is not None else frozenset()

    @property
    def target_words(self) -> frozenset[str]:
        return roles.key_words(roles.phrase(self.target)) if self.target is not None else frozenset()


@dataclass
class _Story:
    """Tellings that are one event."""

    tellings: list[_Telling] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    when: When | None = None
    basis: str | None = None

    @property
    def families(self) -> set[str]:
        plain = {t.family for t in self.tellings if t.trigger.outcome is None and not t.refers_back}
        return plain or {t.family for t in self.tellings}

    def words(self, side: str) -> frozenset[str]:
        """Return the words of all phrases for the actor or the target."""
        return frozenset().union(*(getattr(telling, f"{side}_words") for telling in self.tellings))

    @property
    def background(self) -> bool:
        return all(telling.background for telling in self.tellings)

    @property
    def latest(self) -> int:
        return self.latest_before(sys.maxsize)

    def latest_before(self, position: int) -> int:
        """Return the position of the last telling before a token; -1 if there is none."""
        return max((t.trigger.token.i for t in self.tellings if t.trigger.token.i < position), default=-1)


set_extension("events", list)


@Language.factory("standoff_events", requires=["doc._.relations", "doc._.dates"], assigns=["doc._.events"])
class EventFinder:
    """spaCy component: puts a list of `Event`, without footprints, in ``doc._.events``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of one document, in the order of their first telling."""
        stories = _merge(_tellings(doc))
        events = [_event(doc, story) for story in stories]
        events = _inherit(doc, stories, events)
        doc._.events = [event.model_copy(update={"id": f"e{i}"}) for i, event in enumerate(events, start=1)]
        return doc


def _tellings(doc: Doc) -> list[_Telling]:
    found: list[_Telling] = []
    paragraph = 0
    for sent in doc.sents:
        for token in sent:
            paragraph += token.is_space and "\n\n" in token.text
            trigger = trigger_of(token)
            if trigger is None:
                continue
            telling = _telling(trigger, sent, paragraph)
            if not _is_question(telling) and not _is_generic(telling):
                found.append(telling)
    for telling in found:
        telling.when = _when(doc, telling, found)
        telling.casualties = _casualties(telling, found)
    return _without_echoes(found)


def _telling(trigger: Trigger, sent: Span, paragraph: int) -> _Telling:
    token = trigger.token
    determiners = {child.lower_ for child in token.lefts if child.dep_ in ("det", "poss", "amod", "nummod")}
    dated = any(child.dep_ == "poss" and child.ent_type_ == "DATE" for child in token.lefts)
    counted = any(_ORDINAL.match(child.text) for child in token.lefts)
    return _Telling(
        trigger=trigger, sent=sent, paragraph=paragraph, clause=roles.clause_of(trigger), claim=claim_of(token),
        actor=roles.actor_of(trigger), target=roles.target_of(trigger),
        refers_back=token.lemma_.lower() in POINTERS or (not trigger.is_verb and bool(determiners & _BACK or dated) and not determiners & _FRESH)
        or (counted and _is_copular(token)),
        fresh=bool(determiners & _FRESH) or _is_one_of(token), headline=_is_headline(sent), asked=_is_asked(token),
        background=_is_in_background(trigger), such="such" in determiners,
    )  # fmt: skip


def _casualties(telling: _Telling, tellings: list[_Telling]) -> list[tuple[str, int]]:
    """Return the dead and wounded counted by nouns, for the first telling of a sentence: "two dead and 23 wounded"."""
    if next(t for t in tellings if t.sent.start == telling.sent.start) is not telling:
        return []
    found = []
    for match in _CASUALTIES.finditer(telling.sent.text):
        number = parse(match["number"] or match["lives"])
        what = "killed" if match["lives"] or match["what"].lower() in ("dead", "killed") else "wounded"
        if number is not None:
            found.append((what, round(number)))
    return found


def _is_in_background(trigger: Trigger) -> bool:
    """Say whether the words only tell what came long before: "eight days after tremors", "since the attack"."""
    token = trigger.token
    markers = [child for child in token.children if child.dep_ == "mark"]
    if not trigger.is_verb:
        for before in reversed(token.doc[max(token.sent.start, token.i - 6) : token.i]):
            if before.is_punct or before.pos_ == "VERB":
                break
            markers.append(before)
    return any(m.lower_ == "since" or (m.lower_ in _EARLIER and _is_timed(m)) for m in markers)


def _is_timed(marker: Token) -> bool:
    """Say whether a length of time stands before "after" or "before": "a month after"."""
    return marker.i > 0 and marker.nbor(-1).lemma_.lower() in ("day", "week", "month", "year", "decade")


def _is_one_of(token: Token) -> bool:
    """Say whether the words pick one of a series: "the first of the three strikes"."""
    above = token.head
    return above.lower_ == "of" and (bool(_ORDINAL.match(above.head.text)) or above.head.like_num)


def _is_copular(token: Token) -> bool:
    """Say whether the words are "this is the third strike": the count of a strike told before."""
    return token.dep_ == "attr" and any(c.lower_ in ("this", "it", "that") for c in token.head.children if c.dep_ == "nsubj")


def _is_headline(sent: Span) -> bool:
    return not any(token.text in ".!?”" for token in list(sent)[-3:] if not token.is_space) and sent.start == 0


def _is_asked(token: Token) -> bool:
    """Say whether the event is only asked for, offered or threatened."""
    for ancestor in token.ancestors:
        lemma = ancestor.lemma_.lower()
        if (lemma in _ASKED and ancestor.pos_ == "NOUN") or (lemma in _EXPOSED and ancestor == _above(token)):
            return True
        if ancestor.dep_ in ("ROOT", "relcl", "advcl"):
            return ancestor.lemma_.lower() in _ASKED
    return False


def _above(token: Token) -> Token:
    """Return the word that governs a word, past prepositions."""
    head = token.head
    while head.pos_ in ("ADP", "PART") and head.head != head:
        head = head.head
    return head


def _is_question(telling: _Telling) -> bool:
    """Say whether the words only ask: "it was not clear how many were evacuated"."""
    return telling.trigger.is_verb and telling.claim == "hypothetical" and telling.clause.dep_ == "ccomp"


def _is_generic(telling: _Telling) -> bool:
    """Say whether the words speak of events in general: "earthquakes are common there"."""
    token, clause = telling.trigger.token, telling.clause
    bare = not any(child.dep_ in ("det", "poss", "nummod") for child in token.lefts)
    plural = not telling.trigger.is_verb and token.tag_ == "NNS" and bare
    return plural and not telling.headline and clause.tag_ in ("VBP", "VBZ") and token.dep_ == "nsubj"


def _when(doc: Doc, telling: _Telling, tellings: list[_Telling]) -> When | None:
    """Return the date expression that dates a telling: in its own clause first, else the sentence's only one."""
    sent = telling.sent
    if telling.background:
        own = {t.i for t in telling.clause.subtree}
    else:
        own = {t.i for t in sent}
    dates: list[When] = [w for w in doc._.dates if sent.start_char <= w.start < sent.end_char]
    near: list[tuple[int, When]] = []
    loose: list[When] = []
    for when in dates:
        span = doc.char_span(when.start, when.end, alignment_mode="expand")
        if span is None or span.root.i not in own or _dates_speech(span.root) or _dates_another(span.root, when, telling, tellings):
            continue
        steps = _steps(span.root, telling)
        if steps is not None:
            near.append((steps, when))
        else:
            loose.append(when)
    if near:
        return min(near, key=lambda pair: pair[0])[1]
    others = [t for t in tellings if t.sent.start == sent.start and t is not telling]
    if len(loose) == 1 and not _is_before(telling.clause) and (not others or _is_main(loose[0], doc)):
        return loose[0]
    return None


def _dates_speech(token: Token) -> bool:
    """Say whether a date is that of a statement: "a spokesman said on Tuesday"."""
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head.lemma_.lower() in _SAYING


def _dates_another(token: Token, when: When, telling: _Telling, tellings: list[_Telling]) -> bool:
    """Say whether a date belongs to another event's noun, or to a series: "the third strike in recent weeks"."""
    nouns = {t.trigger.token.i for t in tellings if not t.trigger.is_verb}
    owner = next((ancestor.i for ancestor in token.ancestors if ancestor.i in nouns), None)
    if owner is None:
        return False
    return owner != telling.trigger.token.i or when.precision in ("week", "month", "year", "range")


def _steps(token: Token, telling: _Telling) -> int | None:
    """Return how far up the parse the date hangs on the telling; None if it does not."""
    chain = {telling.trigger.token.i: 0, telling.clause.i: 1}
    clause = telling.clause
    if clause.dep_ in ("xcomp",) and not _is_before(clause):
        chain.setdefault(clause.head.i, 2)
    for ancestor in token.ancestors:
        if ancestor.i in chain:
            return chain[ancestor.i]
        if ancestor.pos_ in ("VERB", "AUX"):
            return None
    return None


def _is_before(clause: Token) -> bool:
    """Say whether the clause is in the past perfect: what it tells came before."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in clause.children)


def _is_main(when: When, doc: Doc) -> bool:
    """Say whether a date hangs on the sentence's main clause, and so dates all of it."""
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    head = span.root
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head.dep_ == "ROOT"


def _without_echoes(tellings: list[_Telling]) -> list[_Telling]:
    """Drop the verb whose subject already tells the event: "an earthquake struck", not "killed"."""
    subjects = {t.clause.i for t in tellings if not t.trigger.is_verb and t.trigger.token.dep_ == "nsubj"}
    return [
        t for t in tellings
        if not t.trigger.is_verb or t.clause.i not in subjects or t.trigger.outcome not in (None, "hit")
    ]  # fmt: skip


def _merge(tellings: list[_Telling]) -> list[_Story]:
    stories: list[_Story] = []
    focus: _Story | None = None
    paragraph, paragraph_day = -1, None
    for telling in tellings:
        same_paragraph = telling.paragraph == paragraph
        paragraph_day = paragraph_day if same_paragraph else None
        day = _same_day(telling, focus)
        story = _find(stories, telling, focus if same_paragraph else None, day, focus)
        if story is None and telling.asked:
            continue
        if story is None:
            story = _Story()
            stories.append(story)
        story.tellings.append(telling)
        _date(story, telling, day)
        if story.first is None and telling.when is None and day is not None and _goes_on(telling):
            story.first = story.last = day
            story.basis = "goes on from the event told before"
        current = not (_is_before(telling.clause) or telling.background) and telling.claim == "asserted"
        if story.first is None and paragraph_day is not None and current:
            story.first = story.last = paragraph_day.first
            story.when, story.basis = paragraph_day, "the day told of before in the same paragraph"
        if current and telling.when and telling.when.precision == "day" and telling.when.first:
            paragraph_day = telling.when
        focus, paragraph = focus if telling.background else story, telling.paragraph
    return stories


def _same_day(telling: _Telling, focus: _Story | None) -> date | None:
    """Return the day that "hours later" points to: that of the event told just before."""
    if focus is None or focus.first != focus.last:
        return None
    if telling.when is not None:
        return focus.first if telling.when.same_day else None
    return focus.first if not telling.trigger.is_verb or _goes_on(telling) else None


def _goes_on(telling: _Telling) -> bool:
    """Say whether the paragraph goes on with what was just told: "the militia then brought in more men"."""
    position = telling.trigger.token.i
    doc = telling.sent.doc
    while position > 0 and not (doc[position].is_space and "\n\n" in doc[position].text):
        if doc[position].lower_ in ("then", "afterwards", "subsequently"):
            return True
        position -= 1
    return False


def _find(
    stories: list[_Story], telling: _Telling, local: _Story | None, day: date | None, focus: _Story | None
) -> _Story | None:
    bare = telling.when is None and (telling.actor is None or not telling.actor_words or _is_thing(telling.actor))
    near = local or (focus if bare else None)
    if telling.trigger.outcome and near is not None and _is_outcome_of(telling, near, day):
        return near
    if local is not None and "any" in (local.families | {telling.family}) and _can_be(local, telling, day):
        return local
    if telling.such and focus is not None:
        return focus
    fits = [story for story in stories if _can_be(story, telling, day)]
    if not fits and telling.refers_back and telling.family in _ARMED:
        fits = [s for s in stories if s.families & _ARMED and _can_be(s, telling, day, any_arms=True)]
    if not fits:
        return None
    fits.sort(key=lambda story: (not story.background, story.latest))
    latest = fits[-1]
    if telling.refers_back:
        return latest
    good = [story for story in fits if _has_evidence(story, telling, day)]
    return max(good, key=lambda story: story.latest) if good else None


def _is_outcome_of(telling: _Telling, story: _Story, day: date | None) -> bool:
    """Say whether "were hit", "killed", "destroyed" tell what came of the event just told in this paragraph."""
    if telling.background:
        return False
    explicit = telling.when.first if telling.when else day
    if explicit and story.first and not story.first <= explicit <= (story.last or story.first):
        return False
    actor, known = telling.actor_words, story.words("actor")
    return not actor or not known or roles.overlap(actor, known) or telling.actor is None or _is_thing(telling.actor)


def _is_thing(token: Token) -> bool:
    """Say whether the doer is the event itself or its weapon: "the blast killed", "bombs that killed"."""
    return token.lemma_.lower() in roles.PROJECTILES or trigger_of(token) is not None


def _can_be(story: _Story, telling: _Telling, day: date | None, *, any_arms: bool = False) -> bool:
    vague = any_arms or "any" in (telling.family, *story.families)
    if not vague and telling.family not in story.families and not (telling.trigger.outcome and story.families & {"strike", "attack"}):
        return False
    first = telling.when.first if telling.when and telling.when.first else day
    if first and story.first:
        last = telling.when.last if telling.when and telling.when.last else first
        if last < story.first or first > (story.last or story.first):
            return False
    if any(t.headline for t in story.tellings) and len(story.tellings) == 1:
        return True
    if telling.fresh:
        return False
    actor, known = telling.actor_words, story.words("actor")
    if actor and known and not roles.overlap(actor, known):
        return False
    target, aimed = telling.target_words, story.words("target")
    agrees = not (target and aimed) or bool(target & aimed) or roles.overlap(actor, known)
    return telling.refers_back or agrees


def _has_evidence(story: _Story, telling: _Telling, day: date | None) -> bool:
    """Say whether an indefinite telling ("an airstrike", "was attacked") shares enough with a story to be it."""
    if any(t.headline for t in story.tellings) and len(story.tellings) == 1:
        return True
    first = telling.when.first if telling.when and telling.when.first else day
    same_day = first is not None and story.first is not None
    same_actor = roles.overlap(telling.actor_words, story.words("actor"))
    same_target = bool(telling.target_words & story.words("target"))
    if telling.trigger.outcome or telling.trigger.is_verb:
        return same_actor or same_target or same_day
    undated = first is None or story.first is None
    return (same_actor and (same_day or undated)) or (same_target and same_day)


def _date(story: _Story, telling: _Telling, day: date | None) -> None:
    when = telling.when
    if when is None or (story.first is not None and not _is_finer(when, story)):
        return
    if when.first is not None:
        story.first, story.last, story.when, story.basis = when.first, when.last, when, when.basis
    elif day is not None and when.same_day:
        story.first = story.last = day
        story.when, story.basis = when, f"{when.text!r}: the day of the event told before"
    elif story.when is None:
        story.when, story.basis = when, when.basis


def _is_finer(when: When, story: _Story) -> bool:
    return when.precision == "day" and when.first is not None and story.first != story.last


def _event(doc: Doc, story: _Story) -> Event:
    body = [t for t in story.tellings if not t.headline and not t.asked] or story.tellings
    main = next((t for t in body if not _is_before(t.clause) and t.trigger.outcome is None), body[0])
    measures: list[Measure] = doc._.measures
    tellings = story.tellings
    kind = next((t for t in tellings if t.trigger.sub_type), main).trigger
    plain = [t.trigger.type for t in tellings if t.trigger.type != "incident"]
    typed = next((name for name in plain if name not in ("strike", "attack") and FAMILY[name] in story.families),
                 plain[0] if plain else main.trigger.type)  # fmt: skip
    weapon, weapon_count = _weapon(story, measures)
    when = story.when
    return Event(
        id="e", type=typed, sub_type=kind.sub_type if kind.type == typed or kind.sub_type else None,
        text=main.sent.text.strip(), start=_start(main.sent), end=_start(main.sent) + len(main.sent.text.strip()),
        trigger=main.trigger.token.text, date_start=story.first.isoformat() if story.first else None,
        date_end=story.last.isoformat() if story.last else None,
        date_precision=((when.precision if when else None) or "day") if story.first else None,
        date_text=when.text if when else None, date_basis=story.basis,
        actor=_best(story, "actor"), target=_best(story, "target"), weapon=weapon, weapon_count=weapon_count,
        killed=_people(story, "killed", measures), wounded=_people(story, "wounded", measures), losses=_losses(story),
        relations=_relations(doc, story), claim=main.claim if all(t.claim != "asserted" for t in tellings) else "asserted",
        attributed_to=_sources(story),
        mentions=[(t.trigger.token.idx, t.trigger.token.idx + len(t.trigger.token)) for t in tellings],
        at_sea=any(_SHIPS.search(t.sent.text) for t in body),
    )  # fmt: skip


def _start(sent: Span) -> int:
    return sent.start_char + len(sent.text) - len(sent.text.lstrip())


def _best(story: _Story, side: str) -> str | None:
    """Return the first phrase for a party that is not a pronoun, body before headline, cause before outcome."""
    ranked = sorted(story.tellings, key=lambda t: (t.headline, t.asked, t.trigger.outcome is not None))
    phrases = (roles.phrase(head) for t in ranked if (head := getattr(t, side)) is not None and not _is_thing(head))
    return next((text for text in phrases if text), None)


def _weapon(story: _Story, measures: list[Measure]) -> tuple[str | None, int | None]:
    for telling in story.tellings:
        weapon, count = roles.weapon_of(list(telling.sent), measures)
        if weapon or count:
            return weapon, count
    return None, None


def _people(story: _Story, outcome: str, measures: list[Measure]) -> Count | None:
    for telling in story.tellings:
        if telling.trigger.outcome == outcome and telling.claim in ("asserted", "disputed"):
            counted = roles.people_hit(telling.trigger.token, measures)
            if counted:
                return counted
    stated = (number for t in story.tellings if t.claim == "asserted" for what, number in t.casualties if what == outcome)
    number = next(stated, None)
    return None if number is None else Count(low=number, best=number, high=number)


def _losses(story: _Story) -> list[str]:
    found: list[str] = []
    for telling in story.tellings:
        for loss in roles.losses_of(telling.trigger.token, telling.trigger.outcome or ""):
            if loss not in found:
                found.append(loss)
    return found


def _sources(story: _Story) -> list[str]:
    """Return who says so, in the order of the text: the subjects of the verbs of saying above the tellings."""
    found: list[str] = []
    for telling in story.tellings:
        for token in (telling.clause, *telling.clause.ancestors):
            if token.lemma_.lower() not in _SAYING:
                continue
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            text = roles.phrase(subject) if subject is not None else None
            if text and text not in found:
                found.append(text)
    return found


def _relations(doc: Doc, story: _Story) -> list[str]:
    """Return the ids of the relations that say where: those that hang on a telling in the parse."""
    found: list[str] = []
    for telling in story.tellings:
        for relation in doc._.relations:
            inside = telling.sent.start_char <= relation.start and relation.end <= telling.sent.end_char
            if inside and relation.id not in found and not _modifies_place(doc, relation) and _hangs_on(doc, relation, telling):
                found.append(relation.id)
    return found


def _inherit(doc: Doc, stories: list[_Story], events: list[Event]) -> list[Event]:
    """Give a position told in a sentence without an event to the event told last before it.

    "The vessel was hit on Wednesday. ... She was drifting 50 nautical miles off the port."
    Only a position, a distance or an offset counts, only for an event that has none, and
    not where it says where another place is.
    """
    told = {t.sent.start for story in stories for t in story.tellings}
    for relation in doc._.relations:
        span = doc.char_span(relation.start, relation.end, alignment_mode="expand")
        if span is None or span.sent.start in told or _is_of_place(doc, relation):
            continue
        if relation.kind == "zone" and relation.figure is not None:
            _inherit_zone(doc, stories, events, relation)
        if relation.kind not in _METRIC:
            continue
        before = [
            (story.latest_before(span.start), i) for i, story in enumerate(stories)
            if not story.background and events[i].claim == "asserted" and story.latest_before(span.start) >= 0
        ]  # fmt: skip
        if not before:
            continue
        index = max(before)[1]
        known = {r.id: r for r in doc._.relations}
        if any(known[i].kind in _METRIC for i in events[index].relations):
            continue
        update = {"relations": [*events[index].relations, relation.id], "reason": f"where: told after it, {relation.text!r}"}
        events[index] = events[index].model_copy(update=update)
    return events


def _inherit_zone(doc: Doc, stories: list[_Story], events: list[Event], relation: Relation) -> None:
    """Put an event in the zone that its target entered: "three trucks drove into the zone. ... Jets hit two of them"."""
    words = roles.key_words(relation.figure.text if relation.figure else None)
    zones = {r.id: r.zone for r in doc._.relations if r.kind == "zone"}
    fits = [
        (abs(story.tellings[-1].trigger.token.idx - relation.start), i) for i, story in enumerate(stories)
        if not story.background and story.words("target") & words
        and relation.zone not in {zones.get(r) for r in events[i].relations}
    ]  # fmt: skip
    if fits and relation.claim == "asserted":
        index = min(fits)[1]
        event = events[index]
        events[index] = event.model_copy(update={"relations": [*event.relations, relation.id]})


def _is_of_place(doc: Doc, relation: Relation) -> bool:
    figure = relation.figure
    return figure is not None and any(p.start < figure.end and figure.start < p.end for p in doc._.place_mentions)


def _modifies_place(doc: Doc, relation: Relation) -> bool:
    """Say whether a relation only says where a place is: "the base at X", "Sake in North Kivu"."""
    if relation.kind not in ("at", "in", "part", "near", "border"):
        return False
    before = doc.text[: relation.start].rstrip()
    gap = doc.text[len(before) : relation.start]
    return "\n" not in gap and any(place.end == len(before) for place in doc._.place_mentions)


def _hangs_on(doc: Doc, relation: Relation, telling: _Telling) -> bool:
    span = doc.char_span(relation.start, relation.end, alignment_mode="expand")
    reported = telling.trigger.token.dep_ == "nsubjpass"  # "clashes were reported near"
    if _dates_speech(span.root) and not reported:
        return False
    takes_place = telling.trigger.is_verb or reported or telling.clause.lemma_.lower() in OCCURRENCE
    triggers = [trigger for t in telling.sent if (trigger := trigger_of(t)) is not None]
    others = {i for t in triggers for i in (t.token.i, roles.clause_of(t).i)}
    others -= {telling.trigger.token.i, telling.clause.i}
    own = {telling.trigger.token.i, telling.clause.i} if takes_place else {telling.trigger.token.i}
    if not others and takes_place:
        return True
    for ancestor in (span.root, *span.root.ancestors):
        if ancestor.i in own:
            return True
        if ancestor.i in others:
            return False
    return span.start_char < telling.trigger.token.idx and span.root.head.i == telling.clause.head.i
