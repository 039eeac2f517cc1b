"""Where an event was that no statement of where places: at what it was done to, or where its noun points.

"Rockets fell on Mitiga airport", "the shelling of Terter", "troops were sent to Komanda", "Merapi's eruption".
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from standoff.events.parties import kind_of
from standoff.events.story import Story
from standoff.events.tellings import Telling
from standoff.events.words import FAMILY, HAZARDS, LEAVES
from standoff.extract.state import text_of, words_at
from standoff.model import PlaceMention, Relation, Span

_OF_DEEDS = frozenset(
    "of on for over in at near off against to into outside inside around across onto towards through along".split()
)
#: Kinds that are done to people alone: "police arrested Paris".
_OF_PEOPLE = frozenset({"arrest", "kidnapping"})
_STEPS = 6


class DoneAt:
    """The named places of one document, asked for those that an event's own words hold.

    Parameters
    ----------
    doc : Doc
        With mentions of places and relations.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        found: list[PlaceMention] = doc._.place_mentions
        self._mentions = sorted(
            (m for m in found if m.kind != "demonym" and not m.metonymy), key=lambda m: m.start
        )
        self._starts = [m.start for m in self._mentions]
        self._next = len(doc._.relations)

    def relation_of(self, story: Story) -> Relation | None:
        """Return a relation that puts an event where its own words say it was done; None where they do not."""
        for telling in story.tellings:
            if telling.is_outcome and len(story.tellings) > 1:
                continue
            mention = self._mention_of(telling)
            if mention is not None:
                return self._relation(mention, telling)
        return None

    def _mention_of(self, telling: Telling) -> PlaceMention | None:
        sent = telling.sent
        first, last = (bisect_left(self._starts, at) for at in (sent.start_char, sent.end_char))
        for mention in self._mentions[first:last]:
            root = words_at(self._doc, mention.start, mention.end).root
            if kind_of(root) != "ship" and self._is_of(root, telling):
                return mention
        return None

    def _is_of(self, root: Token, telling: Telling) -> bool:
        """Say whether a place stands in the target, behind the noun of the event, or is the volcano itself."""
        trigger, target, doer = telling.trigger.token, telling.target, telling.actor
        family = FAMILY[telling.trigger.type]
        hazard, leaves = family in HAZARDS, family in LEAVES
        token = root
        for _ in range(_STEPS):
            if doer is not None and token == doer:
                return False
            head = token.head
            # "3 km from the town", "fired from there"; but "the army withdrew from there"
            if (
                head.lower_ in ("from", "out")
                and head.pos_ == "ADP"
                and not (leaves and head.head == trigger)
            ):
                return False
            if target is not None and token == target:
                return family not in _OF_PEOPLE
            if head == trigger or (hazard and head == telling.clause):
                return self._points(token, head, hazard=hazard, leaves=leaves)
            if head == token or head.pos_ in ("VERB", "AUX"):
                return False
            token = head
        return False

    def _points(self, token: Token, head: Token, *, hazard: bool, leaves: bool) -> bool:
        if token.dep_ in ("prep", "agent"):
            return token.lower_ in _OF_DEEDS or (leaves and token.lower_ in ("from", "out"))
        if token.dep_ in ("dobj", "nsubjpass"):
            return True
        return (hazard and token.dep_ in ("nsubj", "poss", "compound", "nmod")) or (
            token.dep_ == "poss" and head.pos_ == "NOUN" and hazard
        )

    def _relation(self, mention: PlaceMention, telling: Telling) -> Relation:
        self._next += 1
        trigger = telling.trigger.token
        text = text_of(self._doc)
        figure = Span(
            text=text[trigger.idx : trigger.idx + len(trigger)],
            start=trigger.idx,
            end=trigger.idx + len(trigger),
        )
        return Relation(
            id=f"r{self._next}", kind="in", text=mention.text, start=mention.start, end=mention.end, anchors=[mention.id],
            figure=figure, claim=telling.claim,
            assumed="the event was where it was done to something",
        )  # fmt: skip
