"""Rules for which words name a place, standing for constructions.

Three kinds of evidence meet: what the statistical model labels, what the lexicon knows
(the gazetteer's names, handed in from above), and what the sentence does with the words
("24 miles from ...", "... base", "..., Syria"). No single one is enough: small models
call a garrison a person, and half of all English words are a village somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc, Span

from standoff.extract.evidence import (
    CALENDAR,
    DASHES,
    GIVEN_NAMES,
    LINKS,
    PLACE_LABELS,
    POSSESSIVES,
    QUANTITY_LABELS,
    SMALL_WORDS,
    TITLES,
    Evidence,
    is_name_like,
)
from standoff.extract.inside import Level
from standoff.extract.layouts import laid_out, speakers
from standoff.extract.lexicon import Found, Lexicon, Sense, runs_of
from standoff.extract.nouns import (
    CENTRE_WORDS,
    FEATURE_MODIFIERS,
    FEATURE_NOUNS,
    LEADING_NOUNS,
    PART_WORDS,
    SEA_NAMES,
)
from standoff.extract.persons import acts_as_person, is_adjective, is_dish, players
from standoff.model import MentionKind

__all__ = ["Found", "Lexicon", "NameRules", "Sense"]

_ADMIN = frozenset({"country", "admin1", "state", "region", "continent"})
_SURE = frozenset({"country", "state", "continent"})
_FACILITIES = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})
# What words may call a country: "the Republic of Chad", "the island of Malta"; "the capital of Chad" is another place.
_KINDS_OF_COUNTRIES = frozenset({"country", "region", "island"})
#: Words that stand in names of offices and firms as well: "Police Department", "Discovery Channel".
_LOOSE_HINTS = frozenset({"region", "city", "country", "sea"})
_MAX_TOKENS = 7
_LEAST_HALF = 3  # letters: "Deir ez-Zor" and the like are bound by their particles
# A city of less than this share of the people of a region of its name is another place: Texas, Queensland.
_CITY_SHARE = 0.2


class NameRules:
    """The search for place names in one document.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies.
    lexicon : Lexicon or None
    """

    def __init__(self, doc: Doc, lexicon: Lexicon | None) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.seen: dict[str, Sequence[Sense]] = {}
        self.evidence = Evidence(doc, laid_out(doc, self.senses))
        self.players = players(doc)
        self.speakers = speakers(doc, self.senses)
        self.accepted_ends: set[int] = set()
        self.known_ends: set[int] = set()

    def senses(self, name: str) -> Sequence[Sense]:
        """Return what the lexicon knows of a name, asked once."""
        if name not in self.seen:
            self.seen[name] = self.lexicon.lookup(name, limit=10) if self.lexicon else ()
        return self.seen[name]

    def possessives_in_names(self) -> set[int]:
        """Return each "'s" that stands inside a known name: "Cox's Bazar", "People's Republic of China"."""
        doc = self.doc
        return {
            token.i
            for token in doc
            if token.lower_ in POSSESSIVES
            and 0 < token.i < len(doc) - 1
            and is_name_like(doc[token.i - 1])
            and is_name_like(doc[token.i + 1])
            and any(self.senses(doc[token.i - 1 : end].text) for end in range(token.i + 2, token.i + 5))
        }

    def small_words_in_names(self) -> set[int]:
        """Return each small word inside a known name: "Newcastle upon Tyne", "Frankfurt am Main", "Stoke-on-Trent"."""
        doc = self.doc
        found: set[int] = set()
        for token in doc[1:-1]:
            if token.lower_ not in SMALL_WORDS:
                continue
            start, end = token.i - 1, token.i + 2
            if doc[start].text == "-" and doc[end - 1].text == "-":
                start, end = start - 1, end + 1
            if start < 0 or end > len(doc) or not (is_name_like(doc[start]) and is_name_like(doc[end - 1])):
                continue
            if self.senses(doc[start:end].text):
                found.update(range(start + 1, end - 1))
        return found

    def hyphened_in_names(self) -> set[int]:
        """Return the hyphen and the small second half of each known name: "Katsuren-haebaru", "Tel-abyad"."""
        doc = self.doc
        found: set[int] = set()
        for token in doc[1:-1]:
            behind = doc[token.i + 1]
            if token.text != "-" or not behind.is_lower or not behind.is_alpha or len(behind) < _LEAST_HALF:
                continue
            if (
                self.evidence.is_tied(token.i)
                and is_name_like(doc[token.i - 1])
                and self.senses(doc[token.i - 1 : token.i + 2].text)
            ):
                found.update((token.i, token.i + 1))
        return found

    def all(self) -> list[Found]:
        """Return what the rules find in the whole document, in text order."""
        found = [item for run in self.runs() for item in self.in_run(run)]
        return sorted(found, key=lambda item: item.start)

    def runs(self) -> list[Span]:
        """Return the maximal stretches of capitalised words."""
        return list(self._runs)

    @cached_property
    def _runs(self) -> list[Span]:
        glued = self.possessives_in_names() | self.small_words_in_names() | self.hyphened_in_names()
        return [part for run in runs_of(self.doc, glued) for part in self._parts(run)]

    def _parts(self, run: Span) -> Iterator[Span]:
        """Part a headline's capitalised words at those that stand between names."""
        start = run.start
        for token in run:
            if self.evidence.parts_headline(token):
                if start < token.i:
                    yield self.doc[start : token.i]
                start = token.i + 1
        if start < run.end:
            yield self.doc[start : run.end]

    def is_firm(self, item: Found) -> bool:
        """Say whether a construction leaves no doubt: a name with the noun of a site or of nature, a road's two ends."""
        if item.kind == "demonym":
            return True
        if item.hint is not None and item.hint not in _LOOSE_HINTS:
            return True
        return bool(self.senses(item.name)) and self._is_paired(item.start, item.end)

    def forbids(self, start: int, end: int) -> bool:
        """Say whether words are no place whatever they look like: a month, "Mr London", a country that is a first name."""
        words = self.doc[start:end]
        if all(token.lower_.rstrip(".") in CALENDAR for token in words) or start in self.speakers:
            return True
        if start and words[0].nbor(-1).lower_ in TITLES and not words[0].is_sent_start:
            return True
        if end - start == 1 and self._is_something_else(start):
            return True
        if self._is_language(words):
            return True
        if self._is_country(words.text):
            return self._is_first_name(start, end)
        return self._is_given_name(start, end)

    def _is_something_else(self, start: int) -> bool:
        """Say whether a bare name is no place here: one who plays, in this sentence or another, a dish or an adjective."""
        token = self.doc[start]
        if token.lower_ in self.players:
            return not (self.evidence.is_located(start) or self._has_holder(start + 1))
        return is_dish(token) or is_adjective(token)

    def _has_holder(self, end: int) -> bool:
        """Say whether a comma and a country or region stand behind a name: "Jordan, Minnesota"."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].text != ",":
            return False
        senses = [self.senses(doc[end + 1 : stop].text) for stop in (end + 3, end + 2) if stop <= len(doc)]
        return any(found and found[0].place.feature in _ADMIN for found in senses)

    def _is_plain_word(self, start: int, end: int) -> bool:
        """Say whether words that open a sentence are no name: "A base" is not the base of Å; "US" is a country."""
        text = self.doc[start:end].text
        if end - start == 1 and not (len(text) > 1 and text.isupper()):
            return True
        return not self.senses(text)

    def _is_given_name(self, start: int, end: int) -> bool:
        """Say whether a town's name is a person's: "Paris Hilton sang", not "in Paris Hilton sang" nor "Austin Texas"."""
        if end - start > 1 or self.doc[start].lower_ not in GIVEN_NAMES or end >= len(self.doc):
            return False
        if self.evidence.is_located(start):
            return False
        if not self.evidence.may_be_surname(end):
            return acts_as_person(self.evidence, end)
        features = {sense.place.feature for sense in self.senses(self.evidence.surname(end))[:1]}
        return not features & {"country", "admin1"}

    def _is_language(self, words: Span) -> bool:
        """Say whether words are a language to the model, and no place to the gazetteer: "in Arabic", not "in Aleppo"."""
        if words[0].ent_type_ != "LANGUAGE":
            return False
        senses = self.senses(words.text)
        return not senses or senses[0].matched in ("demonym", "adjective")

    def given(self, span: Span, text: str) -> Found:
        """Judge words that are a place for sure: under what name, of what kind."""
        facility = self._facility(span.start, span.end)
        if facility and facility.end == span.end:
            return facility
        senses = self.senses(text)
        people = bool(senses) and senses[0].matched in ("demonym", "adjective")
        hint = facility.hint if facility else self._hint(span.start, span.end, sure=self._is_country(text))
        kind: MentionKind = "demonym" if people else "toponym"
        return Found(span.start, span.end, text, kind, None if people else hint, self._level(text))

    def in_run(self, run: Span) -> list[Found]:
        """Return the mentions inside one run, longest names first, from left to right."""
        found: list[Found] = []
        start = run.start
        while start < run.end:
            best = None
            for end in range(min(run.end, start + _MAX_TOKENS), start, -1):
                best = self._judge(start, end, run)
                if best:
                    break
            if best:
                found.append(best)
                self.accepted_ends.add(best.end)
                if self.senses(best.name):
                    self.known_ends.add(best.end)
                start = best.end
            else:
                start += 1
        return found

    def _judge(self, start: int, end: int, run: Span) -> Found | None:
        first, last = self.doc[start], self.doc[end - 1]
        if not is_name_like(first) or last.text in LINKS or last.lower_ in ("of", "and", "the", *POSSESSIVES):
            return None
        if first.lower_ == "the" and first.is_sent_start:
            return None
        if start in self.speakers:
            return None
        if end - start == 1 and (first.lower_ in PART_WORDS or self._is_something_else(start)):
            return None
        if self._is_half(start, end) or self._is_language(self.doc[start:end]):
            return None
        if not self.evidence.is_whole(start, end) and not self._is_end_of_line(start, end):
            return None
        if first.is_sent_start and first.is_stop and self._is_plain_word(start, end):
            return None
        return self._facility(start, end) or self._plain(start, end, run)

    def _facility(self, start: int, end: int) -> Found | None:
        """Judge a name with its noun: "Tanf Garrison", "At Tanf base", "Cape Guardafui", "port of Shuaiba"."""
        doc = self.doc
        noun_end, hint = self._noun_after(end)
        name_end = end
        if noun_end is None and end - start > 1 and doc[end - 1].lower_ in FEATURE_NOUNS:
            noun_end, hint, name_end = end, FEATURE_NOUNS[doc[end - 1].lower_], end - 1
            while name_end - start > 1 and doc[name_end - 1].lower_ in FEATURE_MODIFIERS:
                name_end -= 1
        if noun_end is None and end - start > 1 and doc[start].lower_ in LEADING_NOUNS:
            noun_end, hint, name_end = end, LEADING_NOUNS[doc[start].lower_], end
            if doc[end - 1].lower_ == "of" or not is_name_like(doc[end - 1]):
                return None
            if not self.senses(doc[start:end].text) and any(
                doc[i].ent_type_ == "PERSON" for i in range(start, end)
            ):
                return None
        if noun_end is None or (noun_end == end and self._is_town(doc[start:end].text)):
            return None
        if self.evidence.is_stop_of_line(noun_end - 1):
            return None
        name = doc[start:name_end].text
        if self._names_a_people(name) or name.lower() in FEATURE_NOUNS or doc[start].lower_ in TITLES:
            return None
        if (" and " in name or self._organisation(start, name_end)) and not self.senses(name):
            return None
        full = doc[start:noun_end].text
        looked_up = full if self.senses(full) else name
        kind: MentionKind = "facility" if hint in _FACILITIES else "toponym"
        return Found(start, noun_end, looked_up, kind, hint, self._level(looked_up))

    def _is_town(self, name: str) -> bool:
        """Say whether a noun is a part of a town's name: "Port Sudan", "Lake Charles", "Ras al-Ayn"."""
        senses = self.senses(name)
        return (
            bool(senses)
            and senses[0].place.feature == "city"
            and senses[0].matched in ("name", "alternate")
            and senses[0].read_as is None  # not "Jackson Township", read as Jackson
        )

    def _noun_after(self, end: int) -> tuple[int | None, str | None]:
        """Find the kind of place behind a name, past words such as "nuclear power"."""
        position = end
        while position < len(self.doc) and position < end + 4:
            word = self.doc[position].lower_
            if word in FEATURE_NOUNS and self.doc[position].tag_ in ("NN", "NNS", "NNP", "NNPS"):
                compound = self.doc[position].dep_ != "compound" or word == "air"
                return (position + 1, FEATURE_NOUNS[word]) if compound else (None, None)
            if word not in FEATURE_MODIFIERS and word != "-":
                return None, None
            position += 1
        return None, None

    def _level(self, name: str) -> Level | None:
        places = [sense.place for sense in self.senses(name)[:3]]
        kinds = {place.feature for place in places}
        if "country" in kinds:
            return "country"
        if not kinds & _ADMIN:
            return "region" if places and places[0].feature == "island" else None
        most = max(place.population for place in places if place.feature in _ADMIN)
        has_city = any(p.feature not in _ADMIN and p.population > _CITY_SHARE * most for p in places)
        return "both" if has_city else "region"

    def _is_country(self, name: str) -> bool:
        senses = self.senses(name)
        return bool(senses) and senses[0].place.feature in _SURE

    def _names_a_people(self, name: str) -> bool:
        """Say whether the name alone is a country or its people: "the US base" is not a base named US."""
        senses = self.senses(name)
        return bool(senses) and (senses[0].matched == "demonym" or senses[0].place.feature == "country")

    def _organisation(self, start: int, end: int) -> bool:
        return all(self.doc[i].ent_type_ in ("ORG", "PRODUCT", "PERSON", "NORP") for i in range(start, end))

    def _plain(self, start: int, end: int, run: Span) -> Found | None:
        doc = self.doc
        name = doc[start:end].text
        senses = self.senses(name)
        labels = {doc[i].ent_type_ for i in range(start, end)}
        if senses and senses[0].matched in ("demonym", "adjective"):
            return None if labels == {"PERSON"} else Found(start, end, name, "demonym", None, "country")
        if " and " in name and not senses:
            return None
        sure = self._is_country(name)
        if (name.isupper() and len(name) <= 4 and not sure) or (
            end - start == 1 and doc[start].is_stop and not name.isupper()
        ):
            return None
        if self._is_first_name(start, end) if sure else self._is_part_of_name(start, end, run):
            return None
        hint = self._hint(start, end, sure=sure)
        if not (senses and self._is_paired(start, end)):
            if not hint and self.evidence.is_person(start, end, run.start):
                return None
            if senses and not self._accepts_known(start, end, labels, sure=sure, hint=hint):
                return None
            if not senses and not self._accepts_unknown(start, end, labels, hint):
                return None
        return Found(start, end, name, "toponym", hint, self._level(name))

    def _hint(self, start: int, end: int, *, sure: bool) -> str | None:
        """Return the kind of place that the words before or behind a name say it is."""
        hint = self.evidence.noun_before(start, self.accepted_ends, by_comma=not sure)
        hint = hint or self.evidence.noun_behind(end)
        if not sure and end - start == 1 and self.doc[start].lower_ in SEA_NAMES:
            return "sea"
        if not (sure or hint) and self._is_river(start, end):
            return "river"
        return None if sure and hint not in _KINDS_OF_COUNTRIES else hint

    def _is_river(self, start: int, end: int) -> bool:
        """Say whether a name is a river's and stands as one: "the Danube"; a town of that name has no article."""
        if not start or self.doc[start - 1].lower_ != "the":
            return False
        senses = self.senses(self.doc[start:end].text)
        return bool(senses) and senses[0].read_as is None and senses[0].place.feature == "river"

    def _accepts_known(self, start: int, end: int, labels: set[str], *, sure: bool, hint: str | None) -> bool:
        if hint or (sure and "PERSON" not in labels):
            return True
        if labels & PLACE_LABELS and self.evidence.covers_entity(start, end):
            return True
        return self._in_context(start, end, labels)

    def _accepts_unknown(self, start: int, end: int, labels: set[str], hint: str | None) -> bool:
        if (
            labels & QUANTITY_LABELS
            or self.doc[start].lower_ in CALENDAR
            or self._is_made_of_names(start, end)
        ):
            return False
        if labels & PLACE_LABELS and self.evidence.covers_entity(start, end):
            joined = start - 1 in self.accepted_ends and self.doc[start - 1].lower_ == "and"
            return self.lexicon is None or self.evidence.is_located(start) or joined
        return bool(hint) and self.doc[start].pos_ == "PROPN"

    def _is_made_of_names(self, start: int, end: int) -> bool:
        """Say whether unknown words are a known name and more: "Northern Syria", "Upper Egypt", "Homs-Hama"."""
        doc = self.doc
        if doc[start].lower_ in (*PART_WORDS, *CENTRE_WORDS, "upper", "lower"):
            return bool(self.senses(doc[start + 1 : end].text))
        dashes = (i for i in range(start + 1, end - 1) if doc[i].text in DASHES)
        return any(self.senses(doc[start:i].text) and self.senses(doc[i + 1 : end].text) for i in dashes)

    def _is_part_of_name(self, start: int, end: int, run: Span) -> bool:
        """Say whether capitalised words that are no place stand right beside: "Hyundai Dubai", "Springfield Rovers"."""
        doc = self.doc
        before = start > run.start and start not in self.accepted_ends and doc[start - 1].text not in LINKS
        if before and doc[start - 1].lower_ not in (*FEATURE_NOUNS, *PART_WORDS, "of", "and", "the"):
            return is_name_like(doc[start - 1]) and not doc[start - 1].is_stop
        after = end < run.end and is_name_like(doc[end]) and not self.evidence.is_stop_of_line(end + 1)
        return after and not self.senses(doc[end].text)

    def _is_half(self, start: int, end: int) -> bool:
        """Say whether a hyphen ties a span to a name that is no place: "Benz" of "Mercedes-Benz"."""
        if self._is_country(self.doc[start:end].text):
            return False
        left = start - 2
        if (
            self.evidence.is_tied(start - 1)
            and is_name_like(self.doc[left])
            and start - 1 not in self.accepted_ends
        ):
            return self.doc[start - 1].text == "-" or not self.senses(self.doc[left].text)
        return (
            self.evidence.is_tied(end) and is_name_like(self.doc[end + 1]) and not self._knows_from(end + 1)
        )

    def _knows_from(self, start: int) -> bool:
        """Say whether a known name begins here."""
        stops = range(start + 1, min(start + 4, len(self.doc) + 1))
        return any(self.senses(self.doc[start:stop].text) for stop in stops)

    def _is_first_name(self, start: int, end: int) -> bool:
        """Say whether a country's name is a person's: one word before an unknown surname, "Israel Adesanya"."""
        if end - start > 1 or self.doc[start].text.isupper() or end >= len(self.doc):
            return False
        return self.evidence.may_be_surname(end) and not self.senses(self.evidence.surname(end))

    def _is_paired(self, start: int, end: int) -> bool:
        """Say whether a known name is one of two that stand together: "between Homs and Palmyra"."""
        if self.evidence.in_longer_person(start, end):
            return False
        doc = self.doc
        if start - 1 in self.known_ends:
            link = doc[start - 1]
            return link.text in DASHES or (link.lower_ in ("and", "or") and doc[end - 1].dep_ == "conj")
        return self._is_end_of_line(start, end)

    def _is_end_of_line(self, start: int, end: int) -> bool:
        """Say whether a known name is an end of a line between two: "the Herat-Kandahar highway"."""
        doc = self.doc
        if start - 1 in self.known_ends and doc[start - 1].text in DASHES:
            return self.evidence.is_line(end)
        if end + 1 >= len(doc) or doc[end].text not in DASHES or not self.senses(doc[start:end].text):
            return False
        others = (doc[end + 1 : stop] for stop in range(end + 2, min(end + 5, len(doc))))
        return any(self.evidence.is_line(other.end) and self.senses(other.text) for other in others)

    def _in_context(self, start: int, end: int, labels: set[str]) -> bool:
        """Say whether the sentence treats a known name as a place."""
        doc = self.doc
        if doc[start].is_stop and end - start == 1:
            return False
        whole_organisation = labels == {"ORG"} and self.evidence.entity_is_longer(start, end)
        if self.evidence.is_located(start) and not whole_organisation:
            return True
        joined = start - 1 in self.accepted_ends and doc[start - 1].lower_ in ("and", "or", ",", *DASHES)
        return joined and doc[start].pos_ == "PROPN"
