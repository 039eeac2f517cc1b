"""Words -> events: a report tells one strike in its headline, its lead, its background and a quote.

Every telling is found (`tellings`), those of one event are put together (`stories`), and
what the report says of where is given to the event it belongs to (`where`).
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc, Span

from standoff.events import roles
from standoff.events.stories import Story, merge
from standoff.events.tellings import Telling, is_before, is_thing, tellings_of
from standoff.events.triggers import FAMILY
from standoff.events.where import Where
from standoff.extract.phrases import phrase
from standoff.extract.speakers import SAYING
from standoff.extract.state import set_extension
from standoff.extract.text_kinds import SEA_WORDS
from standoff.model import Count, Event, Measure

set_extension("events", list)


@Language.factory("standoff_events", requires=["doc._.relations", "doc._.dates"], assigns=["doc._.events"])
class EventFinder:
    """spaCy component: puts a list of `Event`, without footprints, in ``doc._.events``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of one document, in the order of their first telling."""
        stories = merge(tellings_of(doc))
        where = Where(doc)
        events = [_event(doc, story, where) for story in stories]
        events = where.inherited(stories, events)
        doc._.events = [event.model_copy(update={"id": f"e{i}"}) for i, event in enumerate(events, start=1)]
        return doc


def _event(doc: Doc, story: Story, where: Where) -> Event:
    body = [t for t in story.tellings if not t.headline and not t.asked] or story.tellings
    main = next((t for t in body if not is_before(t.clause) and t.trigger.outcome is None), body[0])
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
        relations=where.relations_of(story),
        claim=main.claim if all(t.claim != "asserted" for t in tellings) else "asserted",
        attributed_to=_sources(story),
        mentions=[(t.trigger.token.idx, t.trigger.token.idx + len(t.trigger.token)) for t in tellings],
        at_sea=any(SEA_WORDS.search(sent.text) for sent in _sentences(body)),
    )  # fmt: skip


def _sentences(tellings: list[Telling]) -> list[Span]:
    """Return the sentences of some tellings, each one once."""
    return list({telling.sent.start: telling.sent for telling in tellings}.values())


def _within(sent: Span, measures: list[Measure]) -> list[Measure]:
    """Return the measures of one sentence; they are in text order."""
    first, last = (
        bisect_left(measures, at, key=lambda m: m.start) for at in (sent.start_char, sent.end_char)
    )
    return measures[first:last]


def _start(sent: Span) -> int:
    return sent.start_char + len(sent.text) - len(sent.text.lstrip())


def _best(story: Story, side: str) -> str | None:
    """Return the first phrase for a party that is not a pronoun, body before headline, cause before outcome."""
    ranked = sorted(story.tellings, key=lambda t: (t.headline, t.asked, t.trigger.outcome is not None))
    phrases = (phrase(head) for t in ranked if (head := getattr(t, side)) is not None and not is_thing(head))
    return next((text for text in phrases if text), None)


def _weapon(story: Story, measures: list[Measure]) -> tuple[str | None, int | None]:
    for sent in _sentences(story.tellings):
        weapon, count = roles.weapon_of(list(sent), _within(sent, measures))
        if weapon or count:
            return weapon, count
    return None, None


def _people(story: Story, outcome: str, measures: list[Measure]) -> Count | None:
    for telling in story.tellings:
        if telling.trigger.outcome == outcome and telling.claim in ("asserted", "disputed"):
            counted = roles.people_hit(telling.trigger.token, _within(telling.sent, measures))
            if counted:
                return counted
    stated = (
        number
        for t in story.tellings
        if t.claim == "asserted"
        for what, number in t.casualties
        if what == outcome
    )
    number = next(stated, None)
    return None if number is None else Count(low=number, best=number, high=number)


def _losses(story: Story) -> list[str]:
    found = [
        loss for t in story.tellings for loss in roles.losses_of(t.trigger.token, t.trigger.outcome or "")
    ]
    return list(dict.fromkeys(found))


def _sources(story: Story) -> list[str]:
    """Return who says so, in the order of the text: the subjects of the verbs of saying above the tellings."""
    found: dict[str, None] = {}
    for telling in story.tellings:
        for token in (telling.clause, *telling.clause.ancestors):
            if token.lemma_.lower() not in SAYING:
                continue
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            text = phrase(subject) if subject is not None else None
            if text:
                found[text] = None
    return list(found)
