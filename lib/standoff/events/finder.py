"""Words -> events: a report tells one strike in its headline, its lead, its background and a quote.

Every telling is found (`tellings`), those of one sentence that are one event are bundled
(`bundles`), those of one event are put together (`stories`), and what the report says of where is
given to the event it belongs to (`where`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from datetime import date as date_type

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.events.actors import may_be_party, role_of
from standoff.events.counting import counted
from standoff.events.done_at import DoneAt
from standoff.events.extent import count_of, duration_of, series_of
from standoff.events.sources import quotes_in, speakers
from standoff.events.standing import is_before
from standoff.events.stories import merge
from standoff.events.story import Story
from standoff.events.tellings import Telling, measures_in, tellings_of
from standoff.events.timing import date
from standoff.events.where import Where
from standoff.events.words import ARMED, FAMILY, HAZARDS
from standoff.extract.clock_times import ClockTime
from standoff.extract.numbers import NUMBER
from standoff.extract.phrases import phrase
from standoff.extract.state import set_extension
from standoff.extract.text_kinds import SEA_WORDS
from standoff.model import Claim, Count, Event

set_extension("events", list)

# "killing 5", "killing two": how many, not who.
_NUMBER_ONLY = re.compile(
    rf"(?i)(?:at least |about |some |another )?(?:{NUMBER}|dozens|scores|hundreds|thousands|several)(?: others| more)?$"
)
#: Kinds that say least; another telling of the event may say more.
_VAGUE = ("strike", "attack", "incident", "explosion")


@Language.factory("standoff_events", requires=["doc._.relations", "doc._.dates"], assigns=["doc._.events"])
class EventFinder:
    """spaCy component: puts a list of `Event`, without footprints, in ``doc._.events``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of one document, in the order of their first telling."""
        tellings, loose = tellings_of(doc)
        date(doc, tellings)
        stories = merge(tellings, loose)
        where = Where(doc)
        told = Counter(start for story in stories for start in {t.sent.start for t in story.tellings})
        alone = {start for start, count in told.items() if count == 1}
        events = [_event(doc, story, where, alone) for story in stories]
        events = _placed(doc, stories, where.inherited(stories, events))
        number = {id(story): f"e{i}" for i, story in enumerate(stories, start=1)}
        doc._.events = [
            event.model_copy(update={"id": number[id(story)], "follows": number.get(id(story.follows))})
            for story, event in zip(stories, events, strict=True)
        ]
        return doc


def _placed(doc: Doc, stories: list[Story], events: list[Event]) -> list[Event]:
    """Give events without a statement of where the place that their own words say they were done at."""
    done_at = DoneAt(doc)
    found: list[Event] = []
    for story, event in zip(stories, events, strict=True):
        relation = None if event.relations else done_at.relation_of(story)
        if relation is not None:
            doc._.relations = [*doc._.relations, relation]
            found.append(event.model_copy(update={"relations": [relation.id]}))
        else:
            found.append(event)
    return found


def _event(doc: Doc, story: Story, where: Where, alone: Container[int]) -> Event:
    body = [t for t in story.tellings if not t.headline and not t.asked] or story.tellings
    main = next((t for t in body if not is_before(t.clause) and not t.is_outcome), body[0])
    kind = _kind(story, main)
    sub_type = next(
        (t.trigger.sub_type for t in story.tellings if t.trigger.type == kind and t.trigger.sub_type), None
    )
    if all(t.trigger.tried for t in story.tellings if t.trigger.type == kind):
        sub_type = f"attempted {kind}"
    ordered = [t.tolls for t in story.tellings if t.headline]
    headline = [toll for tolls in ordered for toll in tolls]
    tolls = [toll for toll in story.tolls if toll not in headline] + headline
    killed, by = counted(tolls, "killed")
    wounded, also_by = counted(tolls, "wounded")
    weapon, weapon_count = _weapon(body, story.tellings)
    actor, actor_role = _party(story, "actor")
    blamed, role = (
        (phrase(story.blamed[0]), story.blamed[1])
        if story.blamed and not story.families <= HAZARDS
        else (None, None)
    )
    when, time = story.when, _time(story)
    _date_by_time(doc, story)
    text = main.sent.text.strip()
    return Event(
        id="e", type=kind, sub_type=sub_type, text=text, start=_start(main.sent), end=_start(main.sent) + len(text),
        trigger=main.trigger.token.text, date_start=story.first.isoformat() if story.first else None,
        date_end=story.last.isoformat() if story.last else None,
        date_precision=((when.precision if when else None) or "day") if story.first else None,
        date_text=when.text if when else None, date_basis=story.basis,
        time_start=time.first if time else None, time_end=time.last if time else None,
        time_zone=time.zone if time else None,
        actor=actor or blamed, actor_role=role_of(actor_role) if actor else role,
        target=_party(story, "target")[0], weapon=weapon, weapon_count=weapon_count,
        killed=killed, wounded=wounded, casualty_claimant=by or also_by, losses=_losses(story),
        relations=where.relations_of(story, alone),
        claim=_claim(story, main),
        attributed_to=speakers(_words_of(story)), series=series_of(story.tellings), duration_s=duration_of(doc, body),
        target_count=_target_count(story, doc), quotes=quotes_in(doc, _sentences(story.tellings)),
        mentions=[(t.trigger.token.idx, t.trigger.token.idx + len(t.trigger.token)) for t in story.tellings],
        at_sea=any(SEA_WORDS.search(sent.text) for sent in _sentences(body)),
    )  # fmt: skip


def _date_by_time(doc: Doc, story: Story) -> None:
    """Date what happened at a time of day with no day told: on the day of publication."""
    timed = any(t.time is not None for t in story.tellings)
    if story.first is None and story.when is None and timed and doc._.published and not story.background:
        story.first = story.last = date_type.fromisoformat(doc._.published)
        story.basis = "a time of day with no day: that of publication"


def _claim(story: Story, main: Telling) -> Claim:
    """Return whether an event is asserted: what one says and another denies is disputed."""
    claims = [t.claim for t in story.tellings if not t.is_outcome or len(story.tellings) == 1]
    claims = claims or [main.claim]
    if "asserted" not in claims:
        return main.claim if main.claim in claims else claims[0]
    return "disputed" if story.denied_by or "denied" in claims or "disputed" in claims else "asserted"


def _time(story: Story) -> ClockTime | None:
    """Return the time of day that a telling states, the main one's first."""
    whens = [t.when.time for t in story.tellings if t.when is not None and t.when.time is not None]
    times = whens + [t.time for t in story.tellings if t.time is not None]
    if not times and story.when is not None and story.when.time is not None:
        times = [story.when.time]  # the time that stands beside the day of the scene
    return times[0] if times else None


def _kind(story: Story, main: Telling) -> str:
    """Return what kind of event it is: what most tellings leave open, one may say."""
    causes = [t for t in story.tellings if not t.is_outcome and t.trigger.type != "incident"]
    plain = [t.trigger.type for t in causes if not t.refers_back] or [t.trigger.type for t in causes]
    armed = any(FAMILY[kind] in ARMED for kind in plain)  # the fire that a strike set is no fire of its own
    telling = [
        kind for kind in (*plain, *(t.trigger.type for t in causes))
        if kind not in _VAGUE and FAMILY[kind] in story.families and not (armed and FAMILY[kind] in HAZARDS)
    ]  # fmt: skip
    return next(iter([*telling, *plain, main.trigger.type]))


def _sentences(tellings: Iterable[Telling]) -> list[Span]:
    """Return the sentences of some tellings, each one once."""
    return list({telling.sent.start: telling.sent for telling in tellings}.values())


def _start(sent: Span) -> int:
    return sent.start_char + len(sent.text) - len(sent.text.lstrip())


def _words_of(story: Story) -> list[Token]:
    found = [token for t in story.tellings for token in (t.trigger.token, t.clause)]
    return sorted({*found, *(toll.token for toll in story.tolls)}, key=lambda token: token.i)


def _party(story: Story, side: str) -> tuple[str | None, Token | None]:
    """Return the first phrase for a party that is no pronoun, and its head: body before headline, cause before outcome."""
    hazard = story.families <= HAZARDS
    if hazard:
        return None, None
    ranked = sorted(story.tellings, key=lambda t: (t.headline, t.asked, t.is_outcome))
    meant, own = ("doer", "actor") if side == "actor" else ("aim", "target")
    for telling in ranked:
        head: Token | None = getattr(telling, meant)
        if head is None or (side == "actor" and not may_be_party(head)):
            continue
        text = phrase(head)
        if text and not _NUMBER_ONLY.match(text):
            return text, getattr(telling, own)
    return None, None


def _target_count(story: Story, doc: Doc) -> Count | None:
    """Return how many of the target are told, the first number in the body."""
    if story.families <= HAZARDS:
        return None
    for telling in sorted(story.tellings, key=lambda t: t.headline):
        if telling.trigger.outcome not in (None, "hit"):
            continue  # "two guns were destroyed": losses, not the target
        within = measures_in(telling.sent, doc._.measures)
        if any(
            toll.token.head == head or head.head == toll.token
            for head in (telling.target, telling.aim)
            if head is not None
            for toll in story.tolls
        ):
            continue  # "the strike killed one sailor": its dead
        aimed_at = measures_in(telling.aim.sent, doc._.measures) if telling.aim is not None else []
        counted_target = count_of(telling.target, within) or count_of(telling.aim, aimed_at)
        if counted_target is not None:
            return counted_target
    return None


def _weapon(body: list[Telling], every: list[Telling]) -> tuple[str | None, int | None]:
    named = [t for t in (*body, *every) if t.weapon]
    if not named:
        return None, None
    sentence = named[0].sent.start
    count = next((t.weapon_count for t in named if t.weapon_count and t.sent.start == sentence), None)
    return named[0].weapon, count


def _losses(story: Story) -> list[str]:
    found = [*(loss for t in story.tellings for loss in t.losses), *story.losses]
    return list(dict.fromkeys(found))
