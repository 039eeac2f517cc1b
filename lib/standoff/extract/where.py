"""Which statements of where belong to which event."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.extract import roles
from standoff.extract.state import text_of, words_at
from standoff.extract.stories import Story
from standoff.extract.tellings import Telling, dates_speech
from standoff.extract.triggers import OCCURRENCE, trigger_of
from standoff.model import Event, Relation

# Verbs that put a party to the event somewhere: "militiamen who had stayed just inside the zone".
_BEING = frozenset(
    "stay remain live base station shelter hide gather park hold lie sit stand wait patrol travel drive move sail "
    "lay cross enter approach advance fly anchor moor dock pass head operate work camp".split()
)
_METRIC = frozenset({"coordinates", "distance", "offset"})


def relations_of(doc: Doc, story: Story) -> list[str]:
    """Return the ids of the relations that say where: those that hang on a telling in the parse."""
    found: list[str] = []
    for telling in story.tellings:
        for relation in doc._.relations:
            inside = telling.sent.start_char <= relation.start and relation.end <= telling.sent.end_char
            if (
                inside
                and relation.id not in found
                and not _modifies_place(doc, relation)
                and _hangs_on(doc, relation, telling)
            ):
                found.append(relation.id)
    return found


def inherit(doc: Doc, stories: list[Story], events: list[Event]) -> list[Event]:
    """Give a position told in a sentence without an event to the event told last before it.

    "The vessel was hit on Wednesday. ... She was drifting 50 nautical miles off the port."
    Only a position, a distance or an offset counts, only for an event that has none, and
    not where it says where another place is.
    """
    told = {t.sent.start for story in stories for t in story.tellings}
    for relation in doc._.relations:
        span = words_at(doc, relation.start, relation.end)
        if span.sent.start in told or _is_of_place(doc, relation):
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
        update = {
            "relations": [*events[index].relations, relation.id],
            "reason": f"where: told after it, {relation.text!r}",
        }
        events[index] = events[index].model_copy(update=update)
    return events


def _inherit_zone(doc: Doc, stories: list[Story], events: list[Event], relation: Relation) -> None:
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
    return figure is not None and any(
        p.start < figure.end and figure.start < p.end for p in doc._.place_mentions
    )


def _modifies_place(doc: Doc, relation: Relation) -> bool:
    """Say whether a relation only says where a place is: "the base at X", "Sake in North Kivu"."""
    if relation.kind not in ("at", "in", "part", "near", "border"):
        return False
    before = text_of(doc)[: relation.start].rstrip()
    gap = text_of(doc)[len(before) : relation.start]
    return "\n" not in gap and any(place.end == len(before) for place in doc._.place_mentions)


def _hangs_on(doc: Doc, relation: Relation, telling: Telling) -> bool:
    span = words_at(doc, relation.start, relation.end)
    reported = telling.trigger.token.dep_ == "nsubjpass"  # "clashes were reported near"
    if dates_speech(span.root) and not reported:
        return False
    takes_place = telling.trigger.is_verb or reported or telling.clause.lemma_.lower() in OCCURRENCE
    triggers = [trigger for t in telling.sent if (trigger := trigger_of(t)) is not None]
    others = {i for t in triggers for i in (t.token.i, roles.clause_of(t).i)}
    others -= {telling.trigger.token.i, telling.clause.i}
    own = {telling.trigger.token.i, telling.clause.i} if takes_place else {telling.trigger.token.i}
    if span.start <= telling.trigger.token.head.i < span.end:
        return True  # "an incident 54NM southwest of Aden"
    for above in (span.root, *span.root.ancestors):
        if above.i in own:
            return True
        # "officials whom Russia installed in Enerhodar": what a verb does must put something there.
        first_verb = above.pos_ in ("VERB", "AUX")
        if above.i in others or (first_verb and above.lemma_.lower() not in OCCURRENCE | _BEING):
            return False
        if first_verb:
            break
    if not others and takes_place:
        return True
    owner = next((t for t in span.root.ancestors if t.i in own or t.i in others), None)
    if owner is not None:
        return owner.i in own
    return span.start_char < telling.trigger.token.idx and span.root.head.i == telling.clause.head.i
