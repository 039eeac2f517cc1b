"""Which statements of where belong to which event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container
from collections.abc import Set as AbstractSet

from spacy.tokens import Doc, Span

from standoff.events.actors import clause_of
from standoff.events.likeness import key_words
from standoff.events.story import Story
from standoff.events.tellings import Telling
from standoff.events.timing import dates_speech
from standoff.events.triggers import trigger_of
from standoff.events.words import LEAVES, OCCURRENCE
from standoff.extract.speakers import SAYING
from standoff.extract.state import Taken, text_of, words_at
from standoff.model import Event, Relation

# Verbs that put a party to the event somewhere: "militiamen who had stayed just inside the zone".
_BEING = frozenset(
    "stay remain live base station shelter hide gather park hold lie sit stand wait patrol travel drive move sail "
    "lay cross enter approach advance fly anchor moor dock pass head operate work camp".split()
)
_METRIC = frozenset({"coordinates", "distance", "offset"})


class Where:
    """The statements of where in one document, at hand by where they stand.

    Parameters
    ----------
    doc : Doc
        With relations, in text order, and mentions of places.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.relations: list[Relation] = doc._.relations
        self._kinds = {relation.id: relation.kind for relation in self.relations}
        self._ends = {place.end for place in doc._.place_mentions}
        self._places = Taken(len(text_of(doc)))
        for place in doc._.place_mentions:
            self._places.add(place.start, place.end)
        self._words: dict[int, set[int]] = {}

    def relations_of(self, story: Story, alone: Container[int]) -> list[str]:
        """Return the ids of the relations that say where: those that hang on a telling in the parse.

        Where none does, and no other event is told in its sentences (``alone`` holds where they begin), those that
        stand there: parsers hang "at a hideout 15 km south of X" on any verb nearby.
        """
        sentences = {t.sent.start: t.sent for t in story.tellings}
        own = {start: self._own_words(story, start) for start in sentences}
        found: dict[str, None] = {}
        for telling in story.tellings:
            for relation in self._in(telling.sent):
                if relation.id not in found and self._hangs_on(relation, telling, own[telling.sent.start]):
                    found[relation.id] = None
        placed = any(self._kinds[each] in _METRIC for each in found)
        for start, sent in sentences.items():
            if start not in alone or placed:
                continue
            for relation in self._in(sent):
                wanted = not found or (relation.kind in _METRIC and not self._is_of_place(relation))
                if (
                    wanted
                    and not self._is_of_speech(relation, sent)
                    and not self._is_origin(relation, story.families)
                ):
                    found[relation.id] = None
        return list(found)

    def _in(self, sent: Span) -> list[Relation]:
        """Return the relations of a sentence that do not only say where a place is."""
        first = bisect_left(self.relations, sent.start_char, key=lambda r: r.start)
        last = bisect_right(self.relations, sent.end_char, key=lambda r: r.start)
        return [
            r for r in self.relations[first:last] if r.end <= sent.end_char and not self._modifies_place(r)
        ]

    def _own_words(self, story: Story, start: int) -> set[int]:
        """Return the words by which a story is told in one sentence, and the verbs that carry them."""
        return {i for t in story.tellings if t.sent.start == start for i in (t.trigger.token.i, t.clause.i)}

    def _is_origin(self, relation: Relation, families: AbstractSet[str]) -> bool:
        """Say whether a relation tells where guns stood or jets took off: "shelled the town from positions in Hama"."""
        if families & LEAVES or relation.kind in _METRIC:
            return False
        span = words_at(self.doc, relation.start, relation.end)
        above = (t for t in span.root.ancestors if not span.start <= t.i < span.end)
        return any(t.lower_ == "from" and t.pos_ == "ADP" and t.head.pos_ in ("VERB", "AUX") for t in above)

    def _is_of_speech(self, relation: Relation, sent: Span) -> bool:
        """Say whether a relation tells where somebody spoke, or where he is at home."""
        span = words_at(self.doc, relation.start, relation.end)
        if dates_speech(span.root):
            return True
        figure = relation.figure
        if figure is None:
            return False
        words = words_at(self.doc, figure.start, figure.end)
        return words.root.dep_ == "nsubj" and words.root.head.lemma_.lower() in SAYING

    def inherited(self, stories: list[Story], events: list[Event]) -> list[Event]:
        """Give a position told in a sentence without an event to the event told last before it.

        "The vessel was hit on Wednesday. ... She was drifting 50 nautical miles off the port."
        Only a position, a distance or an offset counts, only for an event that has none, and
        not where it says where another place is.
        """
        told = {t.sent.start for story in stories for t in story.tellings}
        fit = [i for i, story in enumerate(stories) if not story.background and events[i].claim == "asserted"]
        tellings = sorted((t.trigger.token.i, i) for i in fit for t in stories[i].tellings)
        kinds = {relation.id: relation.kind for relation in self.relations}
        placed = {i for i in fit if any(kinds[r] in _METRIC for r in events[i].relations)}
        headed = self._headed(stories, events, told)
        for relation in self.relations:
            if relation.id in headed:
                continue
            span = words_at(self.doc, relation.start, relation.end)
            if span.sent.start in told or self._is_of_place(relation):
                continue
            if relation.kind == "zone" and relation.figure is not None:
                self._inherit_zone(stories, events, relation)
            before = bisect_left(tellings, (span.start, -1))
            if relation.kind not in _METRIC or not before or tellings[before - 1][1] in placed:
                continue
            index = tellings[before - 1][1]
            placed.add(index)
            update = {
                "relations": [*events[index].relations, relation.id],
                "reason": f"where: told after it, {relation.text!r}",
            }
            events[index] = events[index].model_copy(update=update)
        return events

    def _headed(self, stories: list[Story], events: list[Event], told: Container[int]) -> set[str]:
        """Give the positions in the heading of a paragraph to the event that is told first below it.

        "24.05.2017: 2215 UTC: 01:43N 101:25E, Dumai Anchorage. Two robbers boarded a tanker." Returns their ids.
        """
        tellings = sorted(
            (
                (t.trigger.token.idx, t.paragraph_start, i)
                for i, s in enumerate(stories)
                for t in s.tellings
                if not t.background
            ),
        )
        first_of: dict[int, tuple[int, int]] = {}
        for at, start, i in tellings:
            first_of.setdefault(start, (at, i))
        given: set[str] = set()
        for start, (at, i) in first_of.items():
            low, high = (bisect_left(self.relations, x, key=lambda r: r.start) for x in (start, at))
            ours = [r for r in self.relations[low:high] if r.end <= at]
            ours = [r for r in ours if words_at(self.doc, r.start, r.end).sent.start not in told]
            if any(r.kind in _METRIC for r in ours):
                known = events[i].relations
                fresh = [r.id for r in ours if r.id not in known and not self._modifies_place(r)]
                reason = f"where: told in the heading above it, {ours[0].text!r}"
                events[i] = events[i].model_copy(update={"relations": [*known, *fresh], "reason": reason})
                given.update(fresh)
        return given

    def _inherit_zone(self, stories: list[Story], events: list[Event], relation: Relation) -> None:
        """Put an event in the zone that its target entered: "three trucks drove into the zone. ... Jets hit two of them"."""
        words = key_words(relation.figure.text if relation.figure else None)
        zones = {r.id: r.zone for r in self.relations if r.kind == "zone"}
        fits = [
            (abs(story.tellings[-1].trigger.token.idx - relation.start), i) for i, story in enumerate(stories)
            if not story.background and story.words("target") & words
            and relation.zone not in {zones.get(r) for r in events[i].relations}
        ]  # fmt: skip
        if fits and relation.claim == "asserted":
            index = min(fits)[1]
            event = events[index]
            events[index] = event.model_copy(update={"relations": [*event.relations, relation.id]})

    def _is_of_place(self, relation: Relation) -> bool:
        figure = relation.figure
        return figure is not None and self._places.touches(figure.start, figure.end)

    def _modifies_place(self, relation: Relation) -> bool:
        """Say whether a relation only says where a place is: "the base at X", "Sake in North Kivu"."""
        if relation.kind not in ("at", "in", "part", "near", "border"):
            return False
        text, end = text_of(self.doc), relation.start
        bare = relation.text[:1].isupper() and relation.kind == "in"  # "At Tanf, Syria"
        while end and (text[end - 1].isspace() or (bare and text[end - 1] == ",")):
            end -= 1
        return end in self._ends and "\n" not in text[end : relation.start]

    def _hangs_on(self, relation: Relation, telling: Telling, ours: set[int]) -> bool:
        span = words_at(self.doc, relation.start, relation.end)
        reported = telling.trigger.token.dep_ == "nsubjpass"  # "clashes were reported near"
        if (dates_speech(span.root) and not reported) or self._is_origin(relation, {telling.family}):
            return False
        takes_place = telling.trigger.is_verb or reported or telling.clause.lemma_.lower() in OCCURRENCE
        others = self._telling_words(telling.sent) - ours
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

    def _telling_words(self, sent: Span) -> set[int]:
        """Return the words of a sentence that tell events and the verbs that carry them, looked up once."""
        if sent.start not in self._words:
            triggers = [trigger for token in sent if (trigger := trigger_of(token)) is not None]
            self._words[sent.start] = {i for t in triggers for i in (t.token.i, clause_of(t).i)}
        return self._words[sent.start]
