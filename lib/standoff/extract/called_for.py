"""Names that the rest of a report makes places, where their own sentence does not.

"Kigali is short of warehouses. A dry port is to be built 30 km from the city": nothing in the
first sentence says that Kigali is a place, "the city" does. So do "southern", "both Goma and
Rutshuru" and a zone that surrounds it. Only a known name is taken so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span

from standoff.capitals import is_capital
from standoff.extract.evidence import EVERYDAY, GIVEN_NAMES, LOCATIVES, POSSESSIVES, TITLES
from standoff.extract.name_rules import NameRules, Sense
from standoff.extract.names import mentions_of
from standoff.extract.nouns import CENTRE_WORDS, FEATURE_NOUNS, PART_WORDS
from standoff.extract.state import Taken, text_of, words_at
from standoff.extract.zone_words import CENTRE_NOUNS, ZONE_NOUNS
from standoff.model import PlaceMention

_BACK = 3  # sentences before a description in which its name can stand
#: People of a town that is called by a noun, at least: a village of that name somewhere is no sign.
_PEOPLE = {
    "city": 40_000,
    "place": 20_000,
    "town": 3_000,
    "capital": 0,
    "port": 10_000,
    "harbour": 10_000,
    "harbor": 10_000,
}
_OTHERWISE, _LARGE = 2_000, 100_000
#: Kinds of place that a report can speak of by their noun, and the gazetteer by the same.
_SHAPES = frozenset({"mountain", "island", "lake", "cape", "desert"})
_REGIONS = frozenset({"country", "admin1", "continent", "region"})
_ROUND_IT = frozenset("around round surround surrounds surrounding encircle encircles".split())
_CENTRED = [[verb, word] for verb in ("centred", "centered") for word in ("on", "at")]
_ROUND = frozenset({"surround", "encircle", "circle"})
_PEOPLE_SAY = frozenset("say tell add speak write claim".split())


class CalledFor:
    """The names of one document that no rule of their own sentence has found.

    Parameters
    ----------
    doc : Doc
        With a parse, and a lexicon in ``doc._.lexicon``.
    mentions : sequence of PlaceMention
        What is known to be a place, in text order.
    """

    def __init__(self, doc: Doc, mentions: Sequence[PlaceMention]) -> None:
        self.doc = doc
        self.rules = NameRules(doc, doc._.lexicon)
        self._known = Taken(len(text_of(doc)))
        for mention in mentions:
            self._known.add(mention.start, mention.end)
        self._sentences = [sent.start_char for sent in doc.sents]
        self._towns = [m for m in mentions if m.kind == "toponym" and not m.metonymy]
        runs = self.rules.runs() if doc._.lexicon is not None else []
        self._runs = [name for run in runs for name in self._parts(run)]
        self._starts = [run.start_char for run in self._runs]

    def by_their_phrase(self) -> list[Span]:
        """Return names behind a compass word, beside a town by "and", or in the middle of a zone."""
        towns = {words_at(self.doc, m.start, m.end).root.i for m in self._towns}
        found: list[Span] = []
        for run in self._runs:
            name = self._in_part(run) or (run if self._is_free(run) else None)
            if name is None:
                continue
            features = {"city"} if name.start == run.start else _REGIONS
            if self._is_owned(name) or self._is_zoned(name):
                found.append(name)
                continue
            if name.start == run.start and not (self._is_joined(name, towns) or self._is_surrounded(name)):
                continue
            if self._senses(name, features):
                found.append(name)
        return found

    def before(self, position: int, noun: str) -> Span | None:
        """Return the last name of a known town before "the city", "the capital" or the like."""
        first = self._sentences[max(0, bisect_right(self._sentences, position) - 1 - _BACK)]
        for index in range(bisect_right(self._starts, position) - 1, -1, -1):
            run = self._runs[index]
            if run.start_char < first:
                return None
            if run.end_char <= position and self._is_free(run) and self._is_town(run, noun):
                return run
        return None

    def mentions(self, names: Iterable[Span]) -> list[PlaceMention]:
        """Return mentions for names, with ids that no other mention has."""
        found = mentions_of(self.rules, [(name.start, name.end) for name in sorted(set(names), key=_start)])
        ids = {mention.id: f"w{mention.id}" for mention in found}
        return [
            m.model_copy(update={"id": ids[m.id], "inside": ids.get(m.inside or "")})
            for m in found
            if not self._known.touches(m.start, m.end)
        ]

    # ------------------------------------------------------------------ one name

    def _parts(self, run: Span) -> Iterator[Span]:
        """Yield the names of a run: "Half of Kostiantynivka" and "Goma and Rutshuru" are two, where they are not known."""
        breaks = [token.i for token in run if token.lower_ in ("of", "and")]
        if not breaks or self.rules.senses(run.text):
            yield run
            return
        for start, end in pairwise([run.start - 1, *breaks, run.end]):
            if end > start + 1:
                yield self.doc[start + 1 : end]

    def _is_free(self, run: Span) -> bool:
        """Say whether a run of capitalised words is no place yet, and no person either."""
        if self._known.touches(run.start_char, run.end_char):
            return False
        first = run[0]
        if len(run) == 1 and (first.is_stop or first.lower_ in EVERYDAY):
            return False
        if first.lower_ in GIVEN_NAMES or (first.i and first.nbor(-1).lower_ in TITLES):
            return False
        if run.root.head.lemma_.lower() in _PEOPLE_SAY and run.root.dep_ == "nsubj":
            return False
        return not self.rules.forbids(run.start, run.end)

    def _in_part(self, run: Span) -> Span | None:
        """Return the name behind a compass word that a sentence begins with: "Southern Syria"."""
        if len(run) < 2 or run[0].lower_ not in {*PART_WORDS, *CENTRE_WORDS} or not run[0].is_sent_start:
            return None
        name = self.doc[run.start + 1 : run.end]
        taken = self._known.touches(name.start_char, name.end_char)
        return None if taken or self._senses(run, None) else name

    def _senses(self, name: Span, features: Collection[str] | None) -> list[Sense]:
        """Return the places that bear a name as written, of some kinds; a country is no town of its name."""
        senses = [s for s in self.rules.senses(name.text) if s.matched in ("name", "alternate")]
        if features is None:
            return senses
        if senses and senses[0].place.feature == "country" and "country" not in features:
            return []
        return [sense for sense in senses if sense.place.feature in features]

    def _is_town(self, name: Span, noun: str) -> bool:
        least = _PEOPLE.get(noun, _OTHERWISE) if name.root.pos_ == "PROPN" else _PEOPLE["city"]
        if name.root.ent_type_ == "PERSON":
            least = max(least, _LARGE)  # a town of this size is hardly met in a surname
        kind = FEATURE_NOUNS.get(noun, "city")
        if kind in _SHAPES:
            return bool(self._senses(name, {kind, f"{kind} group"}))
        for sense in self._senses(name, {"city"}):
            if noun == "capital":
                return is_capital(sense.place)
            if sense.exact and sense.read_as is None and sense.place.population >= least:
                return True
        return False

    def _is_zoned(self, name: Span) -> bool:
        """Say whether a zone is told to lie round it: "the 6-km danger zone around Agung", "has Codogno at its centre"."""
        sent = name.sent
        before = [token.lower_ for token in self.doc[max(sent.start, name.start - 2) : name.start]]
        behind = [token.lower_ for token in self.doc[name.end : min(sent.end, name.end + 3)]]
        has_centre = behind[:2] in (["at", "its"], ["in", "its"]) and behind[-1] in CENTRE_NOUNS
        is_round = before[-1:] and before[-1] in _ROUND_IT
        if not (has_centre or is_round or before[-2:] in _CENTRED):
            return False
        if not any(token.lower_ in ZONE_NOUNS for token in sent):
            return False
        follows = self.doc[name.end] if name.end < len(self.doc) else None
        is_modifier = (
            follows is not None and follows.pos_ == "NOUN" and follows.is_lower
        )  # "around Hezbollah positions"
        return bool(self._senses(name, None)) or not is_modifier

    def _is_owned(self, name: Span) -> bool:
        """Say whether a country has it, and something is put there: "20 km from Turkey's Hatay"."""
        first = name.start
        if (
            first < 3
            or self.doc[first - 1].lower_ not in POSSESSIVES
            or self.doc[first - 3].lower_ not in LOCATIVES
        ):
            return False
        owner = self.rules.senses(self.doc[first - 2].text)[:1]
        senses = self._senses(name, {"city", "admin1"})
        return (
            bool(owner and senses)
            and owner[0].place.feature == "country"
            and owner[0].place.country == senses[0].place.country
        )

    def _is_joined(self, name: Span, towns: set[int]) -> bool:
        """Say whether "and" ties a name to a town: "both Goma and Rutshuru"."""
        root = name.root
        ties = [root.head.i] if root.dep_ == "conj" else []
        ties += [child.i for child in root.children if child.dep_ == "conj"]
        labels = {root.ent_type_, ""} if root.ent_type_ else None
        return any(i in towns and (labels is None or self.doc[i].ent_type_ in labels) for i in ties)

    @staticmethod
    def _is_surrounded(name: Span) -> bool:
        """Say whether a zone surrounds it: "a closed zone surrounds Semey"."""
        verb = name.root.head
        if name.root.dep_ != "dobj" or verb.lemma_.lower() not in _ROUND:
            return False
        return any(c.dep_ == "nsubj" and c.lower_ in ZONE_NOUNS for c in verb.children)


def _start(name: Span) -> int:
    return name.start
