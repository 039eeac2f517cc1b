"""What the words round a capitalised name say of it: put somewhere, called a kind of place, or a person.

An index from token to entity is made once a document, so that no question walks all of
them again.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from spacy.tokens import Doc, Span, Token

from standoff.extract.nouns import BEARINGS, FEATURE_MODIFIERS, FEATURE_NOUNS, PART_WORDS
from standoff.units import unit_of

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# The model gives these to a place that stands beside a number ("7.4 km W of Grindavik"), too.
QUANTITY_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_GROUP_LABELS = frozenset({"ORG", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "NORP", "LAW"})
PARTICLES = frozenset(
    ("al el ez ad ar as ash az an ed es et ul e i ye de del della di du da la le los las of and the").split()
)
#: Words that stand in names of towns, and elsewhere between two names: only a known name holds them together.
SMALL_WORDS = frozenset(
    "upon on am an im bei ob in by under next sur sous en lez au aux aan bij op pod nad".split()
)
_SURNAME_PARTICLES = frozenset(
    "al el bin ben ibn abu de del della di du da la le los van von der den".split()
)
LINKS = frozenset(["-", "–", "’", "'", "/"])
DASHES = frozenset(["-", "–", "—"])
POSSESSIVES = frozenset(["'s", "’s"])
LOCATIVES = frozenset(
    (
        "in at near from to toward towards outside inside around round off via between into through across over "
        "throughout beyond within nearby along alongside beside past behind opposite abeam above below surrounding "
        "reach reached reaching enter entered entering leave left leaving approached approaching "
        "seize seized seizing capture captured capturing recaptured take took taken retake retook retaken "
        "occupied overran stormed liberated besieged besieging bombed bombing shelled shelling struck hit "
        "raided visited fled fleeing crossed linking connecting north south east west"
    ).split()
)
_STATIONS = frozenset(
    (
        "railway rail railroad train bus metro subway underground tram coach police fire radio television tv weather "
        "petrol filling polling space"
    ).split()
)
# Of a headline these stand before a place, and elsewhere before anything.
_HEADLINE_LINKS = frozenset(
    (
        "hits strikes bombs shells attacks targets seizes captures retakes besieges rocks shakes storms raids enters "
        "reaches leaves flees struck hit bombed shelled near in at from outside"
    ).split()
)
_BEFORE_PLACES = frozenset(
    ["the", "nearby", "neighbouring", "neighboring", "downtown", "central", "rural", "greater", *PART_WORDS]
)
_PARTITIVES = frozenset(
    (
        "outskirts coast shore shores edge edges outside part parts areas most radius circle vicinity environs "
        "surroundings suburbs centre center middle heart side bank banks border borders frontier waters skies "
        "airspace streets slopes slope foot crater rim summit flank flanks neighbourhoods neighborhoods districts "
        "direction reach residents inhabitants siege battle fall capture shelling bombardment"
    ).split()
)
_CENTRES = frozenset({"centre", "center", "epicentre", "epicenter", "middle", "destination", "target"})
TITLES = frozenset(
    (
        "mr mrs ms dr col col. gen gen. lt lt. sgt capt capt. maj maj. cmdr adm adm. prof sen sen. rep rep. "
        "gov president minister king queen prince princess sheikh general colonel admiral captain major "
        "secretary spokesman spokesperson spokeswoman ambassador governor senator pope chancellor commander"
    ).split()
)
#: Given names that are places too: "Paris Hilton", "Austin Butler".
GIVEN_NAMES = frozenset(
    (
        "adelaide alexandria alma ariel asia aurora austin beatrice beverly bradford brandon brooklyn carolina chad "
        "charlotte chelsea chester china clayton clinton dakota dallas denver devon eden elizabeth eugene eureka "
        "fernando florence francisco georgia hamilton helena houston india ireland israel jackson jerome jordan jose kent "
        "kenya lawrence lincoln lourdes lucia madison marion martin martinique mercedes milan montana nelson odessa "
        "olympia orlando paris phoenix preston regina salvador santiago savannah selma sierra sofia stanley sydney troy "
        "tyler valencia valentina vera victoria vienna virginia warren wayne"
    ).split()
)
#: Words of every day that are places, too, and are capitalised where a sentence or a title begins.
EVERYDAY = frozenset(
    (
        "april bath battle best bigger blue book buffalo bull bush central champion china church clay cook cork deal "
        "delight dust eagle enterprise excel eye field fire flood fog food frank friendship fuel gas gay gold grant "
        "grave green hall harmony hazard hell home hope hull hunt ice independence java jersey job lead liberty love "
        "man march mass mercury metropolis mobile most nice normal of oil opportunity orange peace pen plain police "
        "polish price progress purple rain reading real republic rich rugby rush safe sale sand sandwich save "
        "security silver smoke snow split sport star starkey stone storm summer sun superior tank time tours truth "
        "turkey union universal van victory water wells west wind winter wood young"
    ).split()
)
#: Words that put a place somewhere and begin no name, capitalised at the start of a line: "Off Lagos".
_PREPOSITIONS = frozenset("off near around about approximately approx between outside inside beyond".split())
# Capitalised words of time, which follow "in" and "around" as places do.
CALENDAR = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
        "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed "
        "thu fri sat sun spring summer autumn fall winter christmas easter ramadan eid lent passover thanksgiving "
        "halloween today tomorrow yesterday tonight gmt utc am pm"
    ).split()
)
#: What two names joined by a dash are the ends of.
_LINE_NOUNS = frozenset(
    (
        "road highway motorway route railway line track corridor border frontier axis front pipeline ferry flight "
        "train bus expressway canal strait"
    ).split()
)


_QUARTER_WIND = re.compile(r"[NESW]{1,3}[xb][NESW]")  # "NxW", north by west


def is_name_like(token: Token) -> bool:
    """Say whether a token can begin, end or stand in a name."""
    if token.is_space or token.is_punct or not any(char.isalpha() for char in token.text):
        return False
    if token.ent_type_ == "LAW" or _is_direction(token) or token.lower_ in _PREPOSITIONS:
        return False
    if token.ent_type_ in QUANTITY_LABELS - {"ORDINAL", "CARDINAL"} and (
        token.pos_ != "PROPN" or token.lower_.rstrip(".") in CALENDAR
    ):
        return False
    return token.text[0].isupper() or (token.ent_type_ in PLACE_LABELS and not token.is_lower)


def _is_direction(token: Token) -> bool:
    """Say whether a token is the direction of "7 km W of X", "South of X", which belongs to no name."""
    is_wind = token.lower_.rstrip(".") in BEARINGS or bool(_QUARTER_WIND.fullmatch(token.text))
    return is_wind and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("of", "off", "from")


def binds(token: Token) -> bool:
    """Say whether a token can stand inside a name: the next word must be written to it or be a name."""
    if token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    if token.text in LINKS:
        return not token.whitespace_ and (is_name_like(following) or following.lower_ in PARTICLES)
    if token.lower_ in PARTICLES:
        return is_name_like(following) or following.text in LINKS
    return False


class Evidence:
    """What one document says of stretches of its tokens.

    Parameters
    ----------
    doc : Doc
        With entities, tags and dependencies.
    laid_out : collection of int
        Tokens at which a name stands in a dateline or a list of places.
    """

    def __init__(self, doc: Doc, laid_out: Collection[int] = ()) -> None:
        self.doc = doc
        self._laid_out = frozenset(laid_out)
        self._entities: dict[int, Span] = {i: e for e in doc.ents for i in range(e.start, e.end)}
        self._headlines: dict[int, bool] = {}

    def entity_at(self, position: int) -> Span | None:
        """Return the entity that a token is part of."""
        return self._entities.get(position)

    def _labelled(self, start: int, end: int, labels: frozenset[str]) -> Span | None:
        """Return the first entity with one of the labels that a span touches."""
        found = (self._entities.get(i) for i in range(start, end))
        return next((entity for entity in found if entity is not None and entity.label_ in labels), None)

    def covers_entity(self, start: int, end: int) -> bool:
        """Say whether the span is the whole entity, so that half of "New York" is no name of its own."""
        entity = self._labelled(start, end, PLACE_LABELS)
        if entity is None:
            return True
        bare = entity.start + (self.doc[entity.start].lower_ == "the")
        return start <= bare and end >= entity.end - (self.doc[entity.end - 1].lower_ in POSSESSIVES)

    def entity_is_longer(self, start: int, end: int) -> bool:
        """Say whether a span is but a part of an entity."""
        entity = self._entities.get(start)
        return entity is not None and entity.end >= end and len(entity) > end - start

    def is_person(self, start: int, end: int, run_start: int) -> bool:
        """Say whether the words are, or belong to, the name of a person."""
        before = self.doc[start - 1].lower_ if start else ""
        if before in TITLES or (start > run_start and self.doc[run_start].lower_ in TITLES):
            return True
        entity = self._labelled(start, end, frozenset({"PERSON"}))
        return entity is not None and (len(entity) > end - start or not self.is_located(start))

    def in_longer_person(self, start: int, end: int) -> bool:
        """Say whether the words are a part of a longer name of a person."""
        entity = self._labelled(start, end, frozenset({"PERSON"}))
        return entity is not None and len(entity) > end - start

    def may_be_surname(self, position: int) -> bool:
        """Say whether the word here, right behind a word that is a place and a first name, is taken for a surname.

        "Israel Adesanya", "Chad Le Clos"; not what the model calls a group or a work: "Paris Match".
        """
        entity = self._entities.get(position)
        if entity is not None and entity.start < position and entity.label_ in _GROUP_LABELS:
            return False
        return self.looks_like_surname(position)

    def looks_like_surname(self, position: int) -> bool:
        """Say whether the word here has the form of a surname.

        Not "Israel Defense Forces", "Iraq Prime Minister", "the Iraq War", nor a headline in capitals.
        """
        doc = self.doc
        word = doc[position]
        if doc[position - 1].whitespace_ == "" or not is_name_like(word) or not word.text[1:].islower():
            return False
        if position >= 2 and doc[position - 2].pos_ == "DET":
            return False
        if word.tag_ != "NNP" or word.lower_ in FEATURE_NOUNS or word.lower_ in FEATURE_MODIFIERS:
            return False
        ahead = doc[position : position + 3]
        if any(t.lower_ in TITLES or t.tag_ == "NNPS" for t in ahead) or word.lower_ in CALENDAR:
            return False
        return not self.is_headline(word)

    def surname(self, position: int) -> str:
        """Return the surname that may begin here, with its particle: "Le Clos"."""
        end = position + 1
        if (
            self.doc[position].lower_ in _SURNAME_PARTICLES
            and end < len(self.doc)
            and is_name_like(self.doc[end])
        ):
            end += 1
        return self.doc[position:end].text

    def is_headline(self, token: Token) -> bool:
        """Say whether a token stands in a line of capitalised words."""
        sent = token.sent
        if sent.start not in self._headlines:
            content = ("VERB", "AUX", "NOUN", "ADJ", "ADV")
            self._headlines[sent.start] = not any(t.is_lower and t.pos_ in content for t in sent)
        return self._headlines[sent.start]

    def parts_headline(self, token: Token) -> bool:
        """Say whether a capitalised word stands between names of a headline: "Drone Hits Kharkiv Railway Station"."""
        return (
            token.lower_ in _HEADLINE_LINKS
            and 0 < token.i < len(self.doc) - 1
            and not token.is_sent_start
            and self.is_headline(token)
        )

    def is_stop_of_line(self, position: int) -> bool:
        """Say whether a noun here is the station of a railway or the police: of every town, and no power plant."""
        return (
            0 < position < len(self.doc)
            and self.doc[position].lower_ in ("station", "stations")
            and self.doc[position - 1].lower_ in _STATIONS
        )

    def is_located(self, start: int) -> bool:
        """Say whether the words before a span, or its place in the layout, put something there."""
        if start in self._laid_out or (start and self.parts_headline(self.doc[start - 1])):
            return True
        doc, position = self.doc, start - 1
        while position >= 0:
            word = doc[position].lower_
            if word == "of":
                return position > 0 and self._is_partitive(doc[position - 1])
            is_hyphen = word == "-" and position > 0 and doc[position - 1].lower_ in PART_WORDS
            if word not in _BEFORE_PLACES and not is_hyphen:
                break
            position -= 1
        return position >= 0 and (doc[position].lower_ in LOCATIVES or _says_where(doc[position]))

    @staticmethod
    def _is_partitive(token: Token) -> bool:
        """Say whether "of" behind this word announces a place: "NNE of", "3 nm of", "a radius of 5 km of"."""
        word = token.lower_.rstrip(".")
        if word in BEARINGS:
            return len(word) > 3 or token.text.isupper()
        return word in FEATURE_NOUNS or word in _PARTITIVES or unit_of(word) is not None

    def noun_before(self, start: int, sealed: set[int], *, by_comma: bool = True) -> str | None:
        """Return the kind that "the town of", "port of", "province" or "the capital," states before a name.

        Parameters
        ----------
        start : int
            The name's first token.
        sealed : set of int
            Where names that were found end: the noun of "the Kharg terminal, Iran" is spoken for.
        by_comma : bool
            Whether an apposition counts; a country is never "the base, Iran".
        """
        doc, position = self.doc, start - 1
        if position >= 1 and doc[position].lower_ == "of":
            noun = doc[position - 1]
            indefinite = any(child.lower_ in ("a", "an") for child in noun.lefts)
            return None if indefinite else FEATURE_NOUNS.get(noun.lower_)
        if position >= 2 and doc[position].text == ",":
            noun = doc[position - 1]
            if not by_comma or position in sealed or not noun.is_lower or noun.dep_ == "compound":
                return None
            return FEATURE_NOUNS.get(noun.lower_) if self._is_apposed(start) else None
        if position >= 0 and doc[position].dep_ in ("compound", "nmod", "appos") and doc[position].is_lower:
            return FEATURE_NOUNS.get(doc[position].lower_)
        return None

    def _is_apposed(self, start: int) -> bool:
        """Say whether a name behind a comma ends there, and is not who speaks: "near the plant, Rosatom said"."""
        end = start
        while end < len(self.doc) and is_name_like(self.doc[end]):
            end += 1
        return end >= len(self.doc) or (
            self.doc[end].pos_ not in ("VERB", "AUX", "NOUN") and self.doc[end].lower_ not in POSSESSIVES
        )

    def noun_behind(self, end: int) -> str | None:
        """Return the kind that an apposition states behind a name: "Sake, a town of North Kivu"."""
        doc = self.doc
        if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the"):
            return None
        for token in doc[end + 2 : end + 6]:
            if token.dep_ in ("nsubj", "nsubjpass"):
                return None  # "in George Town, the river rose"
            if token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod"):
                return FEATURE_NOUNS.get(token.lower_)
            if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "VERB", "PUNCT"):
                return None
        return None

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether the span does not cut a hyphenated name, as "At" off "At-Tanf"; "US-led" may be cut."""
        doc = self.doc
        if self.is_tied(end) and doc[end].text != "–" and len(doc[end - 1]) <= 3:
            return end + 1 >= len(doc) or not is_name_like(doc[end + 1])
        return not (
            start > 1
            and doc[start - 1].text == "-"
            and not doc[start - 1].whitespace_
            and len(doc[start - 2]) <= 3
            and doc[start - 2].text[0].isupper()
        )

    def is_tied(self, link: int) -> bool:
        """Say whether the token here is a hyphen or the like written to the words on both sides."""
        doc = self.doc
        return (
            0 < link < len(doc) - 1
            and doc[link].text in LINKS
            and not doc[link - 1].whitespace_
            and not doc[link].whitespace_
        )

    def is_line(self, end: int) -> bool:
        """Say whether the words here, behind two joined names, make them ends of one line: "A-B highway"."""
        return any(token.lower_ in _LINE_NOUNS for token in self.doc[end : end + 2])


def _says_where(verb: Token) -> bool:
    """Say whether a verb is the "is" of "its centre is X", "the capital is X"."""
    if verb.lower_ not in ("is", "was", "are", "were"):
        return False
    subjects = [child.lower_ for child in verb.lefts if child.dep_ == "nsubj"]
    return any(word in _CENTRES or word in FEATURE_NOUNS for word in subjects)
