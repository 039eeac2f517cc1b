"""Which place a report is at, and of which country it speaks, where a clause names none of its own.

"Troops retook Macomia on Tuesday. Insurgents still hold a village 15 km away": 15 km from
Macomia. Only spots are taken so, a town or a site; from a country nobody is 15 km away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.capitals import is_capital
from standoff.extract.names import Lexicon
from standoff.extract.state import text_of, words_at
from standoff.model import PlaceMention

_SENSES = 5  # of a name that are looked at
_BACK = 3  # sentences before the one at hand
_MOST_COUNTRIES = 400  # mentions that are counted: the last ones
_WIDE = frozenset(
    {"country", "admin1", "admin2", "region", "sea", "ocean", "gulf", "strait", "continent", "desert"}
)
_WIDE_HINTS = frozenset({"region", "country", "sea", "river", "desert", "mountain"})
_SAY = frozenset("say tell speak announce report write state declare add".split())
# From where somebody comes is not where he is.
_COMES = frozenset(
    (
        "fly send bring come arrive drive ship rush sail travel return deploy dispatch airlift truck move order "
        "call hail import supply flee"
    ).split()
)


class AtHand:
    """The mentions of one document, asked for what a clause without a name of its own is about.

    Parameters
    ----------
    doc : Doc
        With a parse, and a lexicon in ``doc._.lexicon``.
    mentions : sequence of PlaceMention
        Its mentions, in text order.
    """

    def __init__(self, doc: Doc, mentions: Sequence[PlaceMention]) -> None:
        self.doc = doc
        self.lexicon: Lexicon | None = doc._.lexicon
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self.mentions]
        self._sentences = [sent.start_char for sent in doc.sents]
        self._holders = {m.inside for m in mentions if m.inside}
        self._codes: dict[str, str | None] = {}
        self._features: dict[str, list[str]] = {}
        self._own_capital: set[str] = set()
        self._countries = [(m, code) for m in self.mentions if m.name and (code := self.country_code(m))]

    # ------------------------------------------------------------------ spots

    def spot_before(
        self, position: int, apart: Container[str] = (), *, back: int = _BACK
    ) -> PlaceMention | None:
        """Return the spot that was named last before an offset, other than some mentions.

        What is only where somebody came from, or spoke, is taken where there is nothing else.
        """
        found = [m for m in self._before(position, back) if m.id not in apart and self.is_spot(m)]
        named = {m.id: m for m in self.mentions}
        here = [m for m in found if not self.is_aside(named.get(m.refers_to or "", m))]
        seats = (
            []
            if found
            else [m for m in self._before(position, back) if self._is_city_state(m) and m.id not in apart]
        )
        return next(iter([*here, *found, *seats]), None)

    def spots_before(self, position: int, count: int) -> list[PlaceMention]:
        """Return the last spots before an offset, each name once, in text order; none if there are not so many."""
        found: dict[str, PlaceMention] = {}
        for mention in self._before(position, _BACK):
            if self.is_spot(mention) and mention.name:
                found.setdefault(mention.name.lower(), mention)
        return list(found.values())[:count][::-1] if len(found) >= count else []

    def is_spot(self, mention: PlaceMention) -> bool:
        """Say whether a distance can be from a mention: a town, a site or written coordinates, no region."""
        if mention.kind == "demonym" or mention.metonymy or mention.id in self._holders:
            return False
        if mention.name is None:
            return mention.kind == "coordinates" or bool(mention.refers_to)
        if mention.kind == "facility":
            return True  # "the Zaporizhzhia plant", although the name alone is a province too
        return mention.feature_hint not in _WIDE_HINTS and not self.is_wide(mention)

    def is_wide(self, mention: PlaceMention) -> bool:
        """Say whether a name means a country first, or nothing but provinces and seas."""
        features = self._features_of(mention.name or "")
        return features[:1] == ["country"] or (bool(features) and all(f in _WIDE for f in features))

    def _is_city_state(self, mention: PlaceMention) -> bool:
        """Say whether a country bears the name of its capital, which can be meant: Djibouti, Singapore."""
        return (
            mention.kind == "toponym"
            and not mention.metonymy
            and self._features_of(mention.name or "")[:1] == ["country"]
            and mention.name in self._own_capital
        )

    def _features_of(self, name: str) -> list[str]:
        if name not in self._features:
            senses = self.lexicon.lookup(name, _SENSES) if self.lexicon else ()
            self._features[name] = [sense.place.feature for sense in senses]
            if any(sense.place.feature == "city" and is_capital(sense.place) for sense in senses):
                self._own_capital.add(name)
        return self._features[name]

    def _before(self, position: int, back: int) -> Iterator[PlaceMention]:
        """Yield the mentions that end before an offset and begin no more than some sentences back, the last first."""
        sentence = bisect_right(self._sentences, position) - 1
        first = self._sentences[max(0, sentence - back)] if self._sentences else 0
        for index in range(bisect_left(self._starts, position) - 1, -1, -1):
            mention = self.mentions[index]
            if mention.start < first:
                return
            if mention.end <= position:
                yield mention

    def is_aside(self, mention: PlaceMention) -> bool:
        """Say whether a name is only where somebody came from, or where something was said."""
        root = words_at(self.doc, mention.start, mention.end).root
        if root.dep_ != "pobj":
            return False
        above = _verb_above(root.head)
        if root.head.lower_ == "from":
            return root.head.head.pos_ in ("NOUN", "PROPN") or (
                above is not None and above.lemma_.lower() in _COMES
            )
        return root.head.lower_ in ("in", "at") and above is not None and above.lemma_.lower() in _SAY

    # ------------------------------------------------------------------ countries

    def country_code(self, mention: PlaceMention) -> str | None:
        """Return the code of the country that a name, or that of its people, means first."""
        name = mention.name or ""
        if name not in self._codes:
            senses = self.lexicon.lookup(name, 1) if self.lexicon else ()
            is_country = bool(senses) and senses[0].place.feature == "country"
            self._codes[name] = senses[0].place.country if is_country else None
        return self._codes[name]

    def country_before(self, position: int) -> PlaceMention | None:
        """Return the mention of the country that is spoken of most before an offset, of several the last.

        Its name counts before that of its people: "Russian guns" in a report of Ukraine.
        """
        before = [(m, code) for m, code in self._countries if m.end <= position][-_MOST_COUNTRIES:]
        if not before:
            return None
        named = [pair for pair in before if pair[0].kind != "demonym"] or before
        count = Counter(code for _, code in before)
        return max(named, key=lambda pair: (count[pair[1]], pair[0].start))[0]

    def countries_before(self, position: int, count: int) -> list[PlaceMention]:
        """Return the last mentions of so many countries before an offset, by name or people; none if too few are there."""
        found: dict[str, PlaceMention] = {}
        here = bisect_left(self._countries, position, key=lambda pair: pair[0].end)
        for mention, code in reversed(self._countries[max(0, here - 2 * count) : here]):
            found.setdefault(code, mention)
        return list(found.values())[:count][::-1] if len(found) >= count else []

    # ------------------------------------------------------------------ pronouns

    def place_of_it(self, position: int) -> PlaceMention | None:
        """Return the spot that "it" stands for in "7 km from it"; None where it can be another thing."""
        spot = self.spot_before(position, back=1)
        if spot is None:
            return None
        between = words_at(self.doc, spot.start, position)
        first = between.sent.start
        rivals = (t for t in self.doc[first : between.end] if _is_thing(t) and not self._covers(t))
        return None if any(rivals) else spot

    def _covers(self, token: Token) -> bool:
        index = bisect_right(self._starts, token.idx) - 1
        return index >= 0 and self.mentions[index].end > token.idx

    def dateline(self) -> PlaceMention | None:
        """Return the place that the report is written from: "MASVINGO, Zimbabwe: ...", "KYIV (Agency) -"."""
        text = text_of(self.doc)
        for mention in self.mentions[:3]:
            if mention.name and not text[: mention.start].strip() and self.is_spot(mention):
                head = text[mention.end : mention.end + 60].split("\n")[0]
                return mention if any(mark in head for mark in (":", " - ", "—", " – ", "(")) else None
        return None


def _verb_above(token: Token) -> Token | None:
    for _ in range(6):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") else None


def _is_thing(token: Token) -> bool:
    """Say whether a word is one thing that is told of, and that "it" can stand for."""
    return (
        token.tag_ == "NN"
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "ROOT")
        and token.ent_type_ not in ("DATE", "TIME", "QUANTITY", "PERSON")
        and not any(child.dep_ == "nummod" for child in token.children)
    )
