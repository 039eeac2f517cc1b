"""People, players, dishes and adjectives that bear the names of places: "Paris Hilton sang", "Jordan scored 30 points"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.extract.evidence import EVERYDAY, GIVEN_NAMES, Evidence

# What a person does, and a company, a club or a country does not.
_PERSONS_DO = frozenset(
    (
        "arrive attend blush cough cry dance die divorce dress eat fall faint giggle greet grin laugh live marry nod "
        "pose recall resign retire shrug sigh sing sit sleep smile speak stand starve study sweat swim tweet visit "
        "wait wake walk wave wear weep whisper"
    ).split()
)
_PERSONS_ARE = frozenset(
    "born arrested greeted married divorced dressed hospitalised hospitalized buried jailed".split()
)
# What a player makes, and a side makes more of.
_SCORES = frozenset("points rebounds assists touchdowns yards runs wickets steals".split())
_SCORING = frozenset(
    "score average add finish have post grab dish rush pass throw make take tally drop collect".split()
)
_MOST_OF_A_PLAYER = 60
_TOWNS_HAVE = frozenset(
    (
        "police officers officials authorities residents mayor council court courts firefighters schools school hospital "
        "hospitals man men woman women boy girl teenager teenagers native natives driver drivers family families student "
        "students people area airport port suburb suburbs lawyer lawyers doctor doctors"
    ).split()
)
_FOODS = frozenset(
    "turkey sandwich chile bologna brie champagne gouda edam parma cheddar stilton java bass".split()
)
_MEAL = frozenset(
    (
        "stuffing gravy roast roasted carved oven cranberry cranberries dinner lunch supper plate plates slice slices "
        "sliced feast recipe dish dishes cook cooked cooks fried baked stuffed eat eats ate eaten leftovers crackers "
        "cheese cheeses wine wines sauce potatoes vegetables salad"
    ).split()
)


def acts_as_person(evidence: Evidence, position: int) -> bool:
    """Say whether two words, the second here, are a person by what they do, whatever the model calls them.

    "Paris Hilton arrived"; not "Austin Energy said", "Paris Match wrote".
    """
    doc = evidence.doc
    surname = doc[position]
    if not evidence.looks_like_surname(position):
        return False
    behind = doc[position + 1 : position + 3].text
    if behind[:2] == ", " and behind[2:].isdigit() and 15 <= int(behind[2:]) <= 99:
        return True
    verb = surname.head
    if surname.dep_ == "nsubj":
        return verb.lemma_.lower() in _PERSONS_DO
    return surname.dep_ == "nsubjpass" and verb.lower_ in _PERSONS_ARE


def is_player(token: Token) -> bool:
    """Say whether a bare name is a player's: "Jordan scored 30 points"; not "Jordan scored 80", "... against Iraq"."""
    if token.lower_ not in GIVEN_NAMES or token.dep_ != "nsubj" or token.head.lemma_.lower() not in _SCORING:
        return False
    counted = [
        other for other in token.head.subtree if other.lower_ in _SCORES and token.i < other.i <= token.i + 6
    ]
    numbers = [child for other in counted for child in other.children if child.like_num]
    if not counted or any(
        number.text.isdigit() and int(number.text) > _MOST_OF_A_PLAYER for number in numbers
    ):
        return False
    return not any(other.lower_ in ("against", "over", "beat", "defeated") for other in token.sent[:])


def is_dish(token: Token) -> bool:
    """Say whether a word that opens a sentence is something to eat: "Turkey was served with gravy"."""
    return (
        token.lower_ in _FOODS
        and bool(token.is_sent_start)
        and any(other.lower_ in _MEAL or other.lemma_.lower() == "serve" for other in token.sent)
        and any(other.lower_ in _MEAL for other in token.sent)
    )


def is_adjective(token: Token) -> bool:
    """Say whether a word of every day opens a sentence as an adjective: "Mobile phones fell silent"; not "Mobile police"."""
    return (
        token.lower_ in EVERYDAY
        and bool(token.is_sent_start)
        and token.tag_ == "JJ"
        and token.dep_ == "amod"
        and token.head.i == token.i + 1
        and token.head.is_lower
        and token.head.lower_ not in _TOWNS_HAVE
    )


def players(doc: Doc) -> frozenset[str]:
    """Return the names, in small letters, that a report uses for players."""
    return frozenset(token.lower_ for token in doc if token.text[0].isupper() and is_player(token))
