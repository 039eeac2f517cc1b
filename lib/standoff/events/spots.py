"""The towns and sites that a clause names: an attack in one and an attack in another are two."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from standoff.events.parties import kind_of
from standoff.extract.at_hand import AtHand
from standoff.extract.names import Lexicon
from standoff.extract.state import words_at
from standoff.model import PlaceMention

_SENSES = 5


class Spots:
    """The mentions of towns and sites in one document, by where they stand.

    Parameters
    ----------
    doc : Doc
        With mentions of places.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._lexicon: Lexicon | None = doc._.lexicon
        self._keys: dict[str, set[str]] = {}
        mentions: list[PlaceMention] = sorted(doc._.place_mentions, key=lambda m: m.start)
        self._named = {m.id: m for m in mentions}
        at_hand = AtHand(doc, mentions)
        self._spots = [m for m in mentions if at_hand.is_spot(m) and not at_hand.is_aside(m)]
        self._starts = [m.start for m in self._spots]

    def of(self, clause: Token, trigger: Token) -> frozenset[str]:
        """Return the names of the spots that hang on a clause or on a word."""
        sent = clause.sent
        first, last = (bisect_left(self._starts, at) for at in (sent.start_char, sent.end_char))
        found = set()
        for mention in self._spots[first:last]:
            root = words_at(self._doc, mention.start, mention.end).root
            if kind_of(root) == "ship":
                continue  # "the cruiser General Belgrano" is no place
            chain = [root, *root.ancestors]
            verb = next((t for t in chain if t in (trigger, clause) or t.pos_ in ("VERB", "AUX")), None)
            if verb is not None and (verb in (trigger, clause)):
                found |= self._known_as(mention)
        return frozenset(found)

    def _known_as(self, mention: PlaceMention) -> set[str]:
        """Return a name and the gazetteer's entries for it: "At Tanf" and "the At Tanf base" can be one place."""
        meant = self._named.get(mention.refers_to or "", mention)
        name = meant.name or meant.text
        if name not in self._keys:
            senses = self._lexicon.lookup(name, _SENSES) if self._lexicon is not None else ()
            self._keys[name] = {name.lower(), *(sense.place.gid for sense in senses)}
        return self._keys[name]
