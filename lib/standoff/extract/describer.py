"""Which named place a description points to: "the base", "the snowbound city", "the capital", "that location"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.capitals import is_capital
from standoff.extract.at_hand import AtHand
from standoff.extract.names import Lexicon
from standoff.extract.nouns import FEATURE_NOUNS, LEADING_NOUNS, POINTING_NOUNS
from standoff.extract.state import text_of
from standoff.model import PlaceMention

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "its", "their"})
_POINTERS = frozenset({"that", "this"})
# Kinds of place that a bare description is taken to point to; "the region" or "the country" is too loose.
_DESCRIBED = frozenset(
    {
        "base",
        "airfield",
        "camp",
        "plant",
        "port",
        "crossing",
        "dam",
        "island",
        "city",
        "cape",
        "lake",
        "mountain",
        "bridge",
    }
)
_PLACED_KINDS = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})
# Kinds that reports call by each other's names: the base is a camp or an airfield.
_INTERCHANGEABLE = ({"base", "airfield", "camp"},)
_CIVILIAN = frozenset({"refugee", "displacement", "displaced", "idp", "tent", "tented"})
# Nouns for any site; without "that" or "this" they point to a site or to nothing.
_SITE_NOUNS = frozenset({"site", "facility"})
# These name another place than the one last spoken of, unless that one was called so.
_ONLY_IF_CALLED = frozenset(
    {"point", "range", "complex", "community", "headquarters", "hills", "terminal", "reactor"}
)
_AREAS = frozenset({"country", "continent", "admin1"})
# Below the first nobody writes "the city", from the second on nobody writes "the village": of our own reading of news.
_CITY_PEOPLE, _TOO_MANY = 40_000, 150_000
_SMALL = frozenset({"village", "hamlet", "town", "settlement"})
# These point to a place of a kind if one was named, and name another thing otherwise: a hotel, a bomb's hole.
_OTHER_NOUNS = {"resort": "city", "crater": "mountain", "summit": "mountain", "caldera": "mountain"}
#: A town is called by these where no port of its own is named: "12 nm off the port".
_HARBOURS = frozenset({"port", "harbour", "harbor"})
_LOCATED = frozenset(
    "in from of near outside around round to into towards toward off through over across at inside beyond above".split()
)
_LINKS = frozenset({"at", "of", "in", "near", "called", "named", "known", "as", ","})
_NAMED_BEFORE = re.compile(r"\bthe\s+(?:\w+\s+){0,2}(\w+)\s+of\s+$", re.IGNORECASE)
_APPOSED_BEHIND = re.compile(r"^,\s+(?:an?|the)\s+((?:\w+\s+){0,3}\w+)\b", re.IGNORECASE)
# Between a name and the place that it is placed by: ", just south-west of the".
_PLACES = re.compile(
    r",\s+(?:(?!and\b|but\b|or\b)[\w.-]+\s+){1,7}(?:of|from)\s+(?:the|that)\s+(?:\w+\s+)?", re.IGNORECASE
)
_LEADS = tuple(f"{noun} " for noun in LEADING_NOUNS)
_WINDOW = 40


class Spans:
    """Mentions in text order, none over another, asked by offsets."""

    def __init__(self, mentions: Sequence[PlaceMention]) -> None:
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self.mentions]

    def touch(self, start: int, end: int) -> bool:
        """Say whether a mention lies over some of these characters."""
        after = bisect_left(self._starts, end)
        return after > 0 and self.mentions[after - 1].end > start

    def first_from(self, start: int) -> PlaceMention | None:
        """Return the first mention that begins here or later."""
        here = bisect_left(self._starts, start)
        return self.mentions[here] if here < len(self.mentions) else None

    def within(self, start: int, end: int) -> Sequence[PlaceMention]:
        """Return the mentions that begin between two offsets."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class Describer:
    """Finds the descriptions of one document, and keeps what was named so far by what it is and is called.

    Parameters
    ----------
    doc : Doc
        With a parse.
    named : list of PlaceMention
        What the report names.

    Attributes
    ----------
    open_capitals : list of int
        Where "the capital" stands that no named capital before it can be.
    """

    def __init__(self, doc: Doc, named: list[PlaceMention]) -> None:
        self.doc = doc
        self.at_hand = AtHand(doc, named)
        self.open_capitals: list[int] = []
        self.lexicon: Lexicon | None = doc._.lexicon
        self.spans = Spans(named)
        self.hints: dict[str, str] = {}
        self.kinds: dict[str, set[str]] = {}
        for mention in named:
            if mention.name:
                known = self.kinds.setdefault(self._key(mention.name), set())
                known.update({mention.feature_hint} if mention.feature_hint else ())
        holders = {mention.inside for mention in named if mention.inside}
        self.holders = {mention.name for mention in named if mention.id in holders}
        self.in_lexicon: dict[str, set[str]] = {}
        # Of what was named before the word at hand: the last mention of each name, names by what they are called.
        self.waiting = iter([m for m in self.spans.mentions if m.kind != "demonym" and m.name])
        self.following = next(self.waiting, None)
        self.last: dict[str, PlaceMention] = {}
        self.called: dict[str, set[str]] = {}

    def describe(self) -> tuple[list[PlaceMention], dict[str, str]]:
        """Return the descriptions, and the kinds of place that they state of names ("the base at X")."""
        described: list[PlaceMention] = []
        for token in self.doc:
            kind = _kind_of(token)
            if kind is None or self.spans.touch(token.idx, token.idx + len(token)):
                continue
            start = self._start_of(token)
            if start is None:
                continue
            self._pass_names(token.idx)
            found = self._described(token, kind, start)
            if found:
                described.append(found.model_copy(update={"id": f"d{len(described)}"}))
        return described, self.hints

    def _pass_names(self, position: int) -> None:
        """Take in the names that end before a position."""
        while self.following is not None and self.following.end <= position:
            mention = self.following
            core = self._key(mention.name or "")
            self.last.pop(core, None)  # so that the dictionary stays in the order of the text
            self.last[core] = mention
            for noun in _nouns_of(self.doc, mention):
                self.called.setdefault(noun, set()).add(core)
            self.following = next(self.waiting, None)

    def _described(self, token: Token, kind: str, start: int) -> PlaceMention | None:
        """Return the description that ends in a noun; None where it is none, or the name behind it says it all."""
        following, words = self._next_name(token)
        is_country = following is not None and self._is_area(following)
        if token.lower_ == "capital":
            return self._capital(token, start, following, words)
        if words and words[0] == "of" and set(words[1:]) <= {"the"} and following:
            if following.feature_hint is None and not is_country and kind in _DESCRIBED:
                self._call(following, kind)
            return None
        target = None if is_country else self._ahead(token, kind, following, words)
        if target is None and self._speaks_of_another(token):
            return None
        target = target or self._behind(token, kind)
        if target is None and token.lower_ in _OTHER_NOUNS:
            return None
        if target is None and (token.lower_ in _ONLY_IF_CALLED or token.lower_ == "site") and kind != "any":
            return None
        return self._mention(token, kind, start, target, None)

    def _capital(
        self, token: Token, start: int, following: PlaceMention | None, words: list[str]
    ) -> PlaceMention | None:
        """Return "the capital": the town that is named with it, or the country whose it is.

        Which town is the capital of a country that names none is for those to say who know places.
        """
        is_country = following is not None and self._is_area(following)
        if following is not None and words == [","] and not is_country:
            target = self._ahead(token, "city", following, words)
            if target is not None:
                return self._mention(token, "city", start, target, None)
        if following is not None and words[:1] == ["of"] and set(words[1:]) <= {"the"}:
            code = self.at_hand.country_code(following)
            reason = f"the capital of {following.text!r} is not named"
            return (
                self._mention(token, "capital", start, following if code else None, reason)
                if is_country
                else None
            )
        own = [m for m in self.spans.within(start, token.idx) if self.at_hand.country_code(m)]
        if own and following is not None and words == [","] and following.name:
            self._pass_names(following.end)
            if self._is_seat(self._key(following.name), self.at_hand.country_code(own[-1])):
                return self._mention(token, "city", start, following, None)
        if own:
            return self._mention(token, "capital", start, own[-1], None)
        if not is_located(token):
            return None
        country = self.at_hand.country_before(token.idx)
        code = self.at_hand.country_code(country) if country else None
        town = self._latest(lambda core: core in self.called.get("capital", set())) or self._latest(
            lambda core: self._is_seat(core, code)
        )
        if town is not None:
            return self._mention(token, "city", start, town, None)
        self.open_capitals.append(start)
        return self._mention(token, "capital", start, country, None) if country else None

    def _key(self, name: str) -> str:
        """Return what names of one place share; "Port Sudan" is a town of its own and shares nothing with "Sudan"."""
        core = _core(name)
        if name.lower().startswith(_LEADS) and core != name.lower() and self.lexicon:
            senses = self.lexicon.lookup(name, limit=5)
            if senses and senses[0].place.feature == "city" and senses[0].read_as is None:
                return name.lower()
        return core

    def _is_seat(self, core: str, code: str | None) -> bool:
        """Say whether a name is first of all that of a capital, of a country if one is given by its code."""
        senses = self.lexicon.lookup(self.last[core].name or "", limit=5) if self.lexicon else ()
        seats = [s.place for s in senses if s.place.feature == "city"][:1]
        return any(is_capital(place) and code in (None, place.country) for place in seats)

    def _mention(
        self, token: Token, kind: str, start: int, target: PlaceMention | None, reason: str | None
    ) -> PlaceMention:
        end = token.idx + len(token)
        text = text_of(self.doc)[start:end]
        reason = None if target else reason or f"no place named before {text!r} is of that kind"
        return PlaceMention(
            id="d", text=text, start=start, end=end, kind="facility", feature_hint=None if kind in ("any", "site") else kind,
            refers_to=target.id if target else None, reason=reason,
        )  # fmt: skip

    def _start_of(self, token: Token) -> int | None:
        """Return where the description starts; None when a name of that very place stands in it."""
        first = min(
            (child.left_edge for child in token.lefts if _is_determiner(child, token)),
            key=lambda child: child.i,
        )
        inner = self.spans.within(first.idx, token.idx + len(token))
        return None if any(m.kind == "facility" for m in inner) else first.idx

    def _next_name(self, token: Token) -> tuple[PlaceMention | None, list[str]]:
        """Return the name behind a noun and the words between, as "at" in "the base at X"."""
        end = token.idx + len(token)
        following = self.spans.first_from(end)
        if following is None or following.kind == "demonym" or following.start - end > _WINDOW:
            return None, []
        between = text_of(self.doc)[end : following.start].lower().replace(",", " , ").split()
        return following, between

    @staticmethod
    def _speaks_of_another(token: Token) -> bool:
        """Say whether words behind "the site" say which: "the site of the crash", "the site where it fell"."""
        following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        return token.lower_ == "site" and following in ("of", "where", "for")

    def _is_area(self, mention: PlaceMention) -> bool:
        """Say whether a name is first of all a country or a region, which is no base, port or plant."""
        senses = self.lexicon.lookup(mention.name or "", limit=5) if self.lexicon else ()
        features = {sense.place.feature for sense in senses}
        return mention.feature_hint in ("region", "country") or (
            bool(senses) and (senses[0].place.feature in ("country", "continent") or features <= _AREAS)
        )

    def _ahead(
        self, token: Token, kind: str, following: PlaceMention | None, words: list[str]
    ) -> PlaceMention | None:
        """Return the name in "the base at X", "the plant called X", "the capital, X"."""
        if following is None or not words:
            return None
        if words == [","]:
            # The names have seen to it that the comma makes an apposition.
            return following if following.feature_hint == FEATURE_NOUNS.get(token.lower_) else None
        if kind not in _PLACED_KINDS and kind != "site":
            return None
        if not set(words) <= _LINKS | {"the"}:
            return None
        if kind in _PLACED_KINDS:
            self._call(following, following.feature_hint or kind)
        return following

    def _call(self, mention: PlaceMention, kind: str) -> None:
        self.hints[mention.id] = kind
        self.kinds[self._key(mention.name or "")].add(kind)

    def _behind(self, token: Token, kind: str) -> PlaceMention | None:
        """Return the latest name before a description that is, or is called, such a place; first by the same noun."""
        called = self.called.get(token.lower_, set())
        if called or token.lower_ in _ONLY_IF_CALLED:
            return self._latest(lambda core: core in called)
        if kind == "city":
            return self._town_behind(token.lower_, self._placed_by(token))
        if token.lower_ in _HARBOURS:
            found = self._latest(lambda core: kind in self.kinds[core])
            found = found or self._latest(lambda core: kind in self._lexicon_kinds(core))
            return found or self._town_behind(token.lower_)
        if kind in ("any", "site"):
            found = self._latest(lambda core: bool(self.kinds[core] & _PLACED_KINDS))
        else:
            found = self._latest(lambda core: kind in self.kinds[core])
            found = found or self._latest(lambda core: bool(self.kinds[core] & _alike(kind, self.last[core])))
            found = found or self._latest(lambda core: kind in self._lexicon_kinds(core))
        return found or (self._latest(self._is_plain) if kind == "any" else None)

    def _is_plain(self, core: str) -> bool:
        """Say whether the report calls a name nothing, and puts no other place in it."""
        return not self.kinds[core] and self.last[core].name not in self.holders

    def _placed_by(self, token: Token) -> str | None:
        """Return the key of the name that is placed by a description: Lod, in "at Lod, just south-east of the city"."""
        before = self.spans.within(max(0, token.idx - 2 * _WINDOW), token.idx)
        if not before or not before[-1].name:
            return None
        name, text = before[-1], text_of(self.doc)
        if text[max(0, name.start - 6) : name.start].lower().split()[-1:] in (["of"], ["from"], ["off"]):
            return None  # "south of Hodeidah, 45 km from the city": what is measured from it is not it
        between = text[name.end : token.idx]
        return self._key(name.name or "") if _PLACES.fullmatch(between) else None

    def _town_behind(self, noun: str, apart: str | None = None) -> PlaceMention | None:
        """Return the latest town before "the city" or "the village", other than one; first of those of that size.

        Towns that somebody only came from, or spoke in, are looked at last.
        """
        towns = {core for core, m in self.last.items() if core != apart and not self.at_hand.is_wide(m)}
        sized = {core for core in towns if self._has_size(noun, core)}
        aside = {core for core in towns if self.at_hand.is_aside(self.last[core])}
        for cores in (sized - aside, towns - aside, sized, towns):
            found = self._latest_of(cores, lambda core: "city" in self.kinds[core])
            found = found or self._latest_of(cores, self._is_plain)
            if found:
                return found
        return None

    def _latest_of(self, cores: set[str], fits: Callable[[str], bool]) -> PlaceMention | None:
        return self._latest(lambda core: core in cores and fits(core))

    def _has_size(self, noun: str, core: str) -> bool:
        """Say whether the lexicon knows a town of a name that is large enough for "city", or small enough for "village"."""
        senses = self.lexicon.lookup(self.last[core].name or "", limit=5) if self.lexicon else ()
        people = max((s.place.population for s in senses if s.place.feature == "city"), default=0)
        calls = {called for called, cores in self.called.items() if core in cores}
        if noun == "city":
            return people >= _CITY_PEOPLE and not calls & _SMALL
        return noun not in _SMALL or people < _TOO_MANY

    def _latest(self, fits: Callable[[str], bool]) -> PlaceMention | None:
        return next((self.last[core] for core in reversed(self.last) if fits(core)), None)

    def _lexicon_kinds(self, core: str) -> set[str]:
        """Return the kinds of place that the lexicon has under a name, or that are words of their full names."""
        if core not in self.in_lexicon:
            senses = self.lexicon.lookup(self.last[core].name or "", limit=5) if self.lexicon else ()
            places = [sense.place for sense in senses if sense.matched != "demonym"]
            nouns = {place.name.lower().split()[-1] for place in places if " " in place.name}
            self.in_lexicon[core] = {p.feature.removesuffix(" group") for p in places} | {
                FEATURE_NOUNS[noun] for noun in nouns if noun in FEATURE_NOUNS
            }
        return self.in_lexicon[core]


def _kind_of(token: Token) -> str | None:
    if token.pos_ != "NOUN" or token.dep_ in ("compound", "nmod"):
        return None
    noun = token.lower_
    if noun not in FEATURE_NOUNS and noun not in POINTING_NOUNS and noun not in _OTHER_NOUNS:
        return None
    determiners = {child.lower_ for child in token.lefts}
    if noun in _OTHER_NOUNS:
        return _OTHER_NOUNS[noun] if determiners & _DEFINITE else None
    if noun == "capital" and any(_is_determiner(child, token) for child in token.lefts):
        return "city"
    if noun in POINTING_NOUNS and determiners & _POINTERS:
        return "any"
    if noun in _SITE_NOUNS:
        return "site" if determiners & _DEFINITE else None
    kind = FEATURE_NOUNS.get(noun)
    return kind if kind in _DESCRIBED and determiners & _DEFINITE else None


def _is_determiner(child: Token, noun: Token) -> bool:
    """Say whether a word makes a noun one that is known: "the base", and "Chad's capital"."""
    return child.lower_ in _DEFINITE or (noun.lower_ == "capital" and child.dep_ == "poss")


def is_located(token: Token) -> bool:
    """Say whether something is put at a noun, so that "the capital" is no money."""
    head = token.head
    return (token.dep_ == "pobj" and head.lower_ in _LOCATED) or (
        token.dep_ in ("nsubj", "nsubjpass")
        and head.lemma_.lower() in ("be", "lie", "stand", "fall", "remain")
    )


def _alike(kind: str, mention: PlaceMention) -> set[str]:
    """Return the kinds that a report may mean by another's name; a camp of refugees is no base."""
    if _CIVILIAN & set(mention.text.lower().split()):
        return set()
    return next((kinds for kinds in _INTERCHANGEABLE if kind in kinds), set())


def _nouns_of(doc: Doc, mention: PlaceMention) -> Iterator[str]:
    """Yield the nouns in or right beside a name: "Kharg terminal", "Sake, a town of", "the city of Goma"."""
    text = text_of(doc)
    before = _NAMED_BEFORE.search(text[max(0, mention.start - _WINDOW) : mention.start])
    behind = _APPOSED_BEHIND.search(text[mention.end : mention.end + _WINDOW])
    words = mention.text.lower().split()
    words += [before[1].lower()] if before else []
    words += behind[1].lower().split() if behind else []
    yield from (word for word in words if word in FEATURE_NOUNS)


def _core(name: str) -> str:
    """Return the last word of a name that is no kind of place: "At Tanf" and "al-Tanf Garrison" share "tanf"."""
    words = [word for word in name.lower().replace("-", " ").split() if word not in FEATURE_NOUNS]
    return words[-1] if words else name.lower()
