"""Names that a sentence makes places whatever the judge of names thinks of them.

"Mayi-Moya, 40 km north of Beni", "Yeonpyeong, an island in the Yellow Sea", "the volcano Puyehue",
"off Misrata", "2/ Kyiv - a missile struck": the words round the name need a place there. Many of
these names are in no gazetteer; a name that is not known is told of, not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from standoff.extract.deeds import is_goal
from standoff.extract.directions import DIRECTION
from standoff.extract.evidence import TITLES, is_name_like
from standoff.extract.item_heads import item_heads
from standoff.extract.name_rules import NameRules
from standoff.extract.nouns import FEATURE_NOUNS, PART_WORDS
from standoff.extract.state import text_of
from standoff.units import unit_of

_MOST_TOKENS = 5
_BEFORE = frozenset("in at near to from of outside around towards toward into".split())
_TAKEN = frozenset(
    "attack attacks attacked raid raided storm stormed shell shelled bomb bombed hit struck capture captured seize seized "
    "take took overran burn burned burnt enter entered retake retook".split()
)
# Kinds of place by which an unknown name may be called behind a comma; firms and armies have plants and bases, too.
_CALLED = frozenset({"city", "island", "region", "mountain", "lake", "river", "cape"})
_AFLOAT = frozenset(
    "ship vessel boat tanker barge trawler ferry tug freighter carrier skiff sampan dhow yacht".split()
)
# What is done to places alone; people are captured and attacked, too.
_STORMED = frozenset(
    "retake retook recapture overrun liberate storm occupy besiege shell bombard encircle".split()
)
_OF_VOLCANOES = frozenset("eruption eruptions crater craters lava".split())
_AREA_NOUNS = frozenset("area quarter neighbourhood neighborhood suburb district".split())
_MEASURED = re.compile(
    rf",\s+(?:(?:about|around|some|roughly|just|nearly|almost|over)\s+)?\d[\d.,]*(?:\s+|-)(?P<unit>[a-z]+(?:\s+miles?)?)\s+"
    rf"(?:to\s+the\s+)?(?:{DIRECTION.replace('?P<dir>', '?:')}\s+of|from|off)\s"
)
_OFF = re.compile(r"\b[Oo]ff\s+(?=[^\W\d_a-z])")
# "kicked off London Fashion Week": the word belongs to the verb.
_WITH_OFF = frozenset(
    "kick take lay fend hold pay set call break cut face show sell ward round see finish fight brush shrug start drop pull "
    "sign write shake trigger touch spark carry live go come put send shave knock".split()
)
_OVER = re.compile(
    r"\b(?:shot\s+down|shooting\s+down|brought\s+down|downed|downing|shootdown|crashed|collided|intercepted)\b[^.;:\n]{0,60}?\s+over\s+(?=[^\W\d_a-z])"
)
_TOWARDS = re.compile(
    r"\b(?:push|advance|offensive|drive|thrust|assault|pushed|advanced|advancing|pushing)"
    r"(?:\s+(?:of|by)\s+(?:[\w-]{1,30}\s+){0,3}[\w-]{1,30})?\s+towards?\s+(?=[^\W\d_a-z])"
)
_ROAD_BETWEEN = re.compile(
    r"\b(?:road|highway|motorway|route|railway|line|track)\s+(?:\w{1,20}\s+)?(?P<one>between\s+)(?![a-z])[^\W\d_]"
    r"[\w -]{1,30}?\s+and\s+(?=[^\W\d_a-z])"
)
_PEOPLE_LABELS = frozenset({"PERSON", "ORG", "NORP"})


def needed(rules: NameRules, named: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans that name places, and with them those that a construction makes places.

    Parameters
    ----------
    rules : NameRules
        Of the document.
    named : list of (start, end)
        Tokens that are judged to name places.
    """
    named = [_whole(rules, start, end) for start, end in named]
    taken = {i for span in named for i in range(*span)}
    more: list[tuple[int, int]] = []
    for start, end in sorted({*_found(rules, named)}):
        if taken.isdisjoint(range(start, end)) and not rules.forbids(start, end):
            more.append((start, end))
            taken.update(range(start, end))
    return sorted({*named, *more})


def _whole(rules: NameRules, start: int, end: int) -> tuple[int, int]:
    """Return a name with what stands before it and is a part: "Democratic Republic of the Congo", "A Nang Pa"."""
    doc = rules.doc
    if start > 2 and doc[start - 1].lower_ == "the" and doc[start - 2].lower_ == "of":
        for first in range(max(0, start - 5), start - 2):
            if is_name_like(doc[first]) and _is_country(rules, doc[first:end].text):
                return first, end
    before = doc[start - 1] if start else None
    if before is not None and before.text == "A" and not before.is_sent_start and start > 1:
        # An article has a small letter inside a sentence, but for headlines, where all words are large.
        return (start - 1, end) if doc[start - 2].is_lower else (start, end)
    return start, end


def _is_country(rules: NameRules, name: str) -> bool:
    senses = rules.senses(name)
    return bool(senses) and senses[0].place.feature == "country"


def _found(rules: NameRules, named: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    doc = rules.doc
    starts = {start for start, _ in named}
    yield from _again(rules, named)
    yield from _in_runs(rules, starts)
    text = text_of(doc)
    yield from _behind(doc, _OFF.finditer(text), lambda name: _is_off(rules, name))
    yield from _behind(doc, _OVER.finditer(text))
    yield from _behind(doc, _TOWARDS.finditer(text))
    for match in _ROAD_BETWEEN.finditer(text):
        for offset in (match.end("one"), match.end()):
            yield from _named_at(doc, offset)
    heads = (doc.char_span(start, end) for start, end in item_heads(doc, rules.senses))
    yield from ((span.start, span.end) for span in heads if span is not None)


def _in_runs(rules: NameRules, starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words that the words beside them make places."""
    doc = rules.doc
    tests = (
        _is_measured,
        _is_called,
        _is_area,
        _is_called_before,
        _is_goal,
        _is_beside,
        _is_stormed,
        _is_volcano,
    )
    for whole_run in rules.runs():
        run = _without_article(whole_run)
        if run is None or len(run) > _MOST_TOKENS or any(t.ent_type_ in ("DATE", "TIME") for t in run):
            continue
        if run[0].lower_ in TITLES or (run.start and doc[run.start - 1].lower_ in TITLES):
            continue
        if any(test(rules, run) for test in tests) or _lies_in(rules, run, starts):
            yield run.start, run.end
        elif _is_water(run):
            yield run.start, run.end + 1


def _again(rules: NameRules, named: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield further mentions, behind a preposition, of known names that are judged to be places elsewhere in the report."""
    doc = rules.doc
    known = {doc[start:end].text for start, end in named if _is_known(rules, doc[start:end].text)}
    for run in rules.runs():
        before = doc[run.start - 1].lower_ if run.start else ""
        if (
            before in (*_BEFORE, "between")
            and before != "of"
            and run.text in known
            and not _is_of_people(run)
        ):
            yield run.start, run.end


def _without_article(run: Span) -> Span | None:
    """Return a run without a preposition or an article that opens it, as at the start of a sentence: "Off Misrata"."""
    start = run.start
    while start < run.end and run.doc[start].lower_ in ("off", "in", "at", "near", "the", "on"):
        start += 1
    return run.doc[start : run.end] if start < run.end else None


def _behind(
    doc: Doc, matches: Iterable[re.Match[str]], fits: Callable[[Span], bool] = lambda _: True
) -> Iterator[tuple[int, int]]:
    for match in matches:
        for start, end in _named_at(doc, match.end()):
            if fits(doc[start:end]):
                yield start, end


def _named_at(doc: Doc, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the tokens of the capitalised words that begin at an offset, as far as no small word parts them."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None or not is_name_like(span[0]):
        return
    end = span.start + 1
    while end < min(len(doc), span.start + _MOST_TOKENS) and (
        is_name_like(doc[end]) or (doc[end].text == "-" and not doc[end].whitespace_)
    ):
        end += 1
    yield span.start, end


def _is_of_people(run: Span) -> bool:
    return any(token.ent_type_ in _PEOPLE_LABELS for token in run)


def _is_stormed(rules: NameRules, run: Span) -> bool:
    """Say whether what is done to a name is done to places alone: "troops retook Runyonyi"."""
    verb = run.root.head
    done_to = run.root.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB"
    return done_to and verb.lemma_.lower() in _STORMED and not _is_of_actor(rules, run, but=verb)


def _is_volcano(rules: NameRules, run: Span) -> bool:
    """Say whether a name erupts: "Dukono erupted", "Merapi's eruptions"."""
    doc, root = rules.doc, run.root
    if root.dep_ == "nsubj" and root.head.lemma_.lower() == "erupt":
        # "Athens erupted in cheers"
        joy = any(
            c.dep_ == "prep" and c.lower_ in ("in", "into", "with") and _is_mood(c)
            for c in root.head.children
        )
        return not joy
    return (
        root.dep_ == "poss"
        and root.head.lower_ in _OF_VOLCANOES
        and run.end < len(doc)
        and doc[run.end].tag_ == "POS"
    )


def _is_mood(prep: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ not in ("DATE", "TIME", "GPE", "LOC") for c in prep.children)


def _is_known(rules: NameRules, name: str) -> bool:
    senses = rules.senses(name)
    return bool(senses) and senses[0].matched not in ("demonym", "adjective")


def _is_off(rules: NameRules, run: Span) -> bool:
    """Say whether a name behind "off" is where a ship is: one that is known, or that lies in a known one."""
    doc = rules.doc
    off = doc[run.start - 1]
    before = doc[off.i - 1] if off.i > off.sent.start else None
    if before is not None and (before.lemma_.lower() in _WITH_OFF or before.text in ("%", "per cent")):
        return False
    if _is_known(rules, run.text):
        return True
    holder = doc[run.end + 1 : run.end + 2]
    return (
        run.end + 1 < len(doc)
        and doc[run.end].text == ","
        and is_name_like(holder[0])
        and _is_known(rules, holder.text)
    )


def _is_measured(rules: NameRules, run: Span) -> bool:
    """Say whether a distance tells where a name lies: "at Afungi, 10 km south of the town"."""
    doc = rules.doc
    match = _MEASURED.match(text_of(doc), run.end_char)
    if match is None or not run.start or unit_of(match["unit"]) is None:
        return False
    before = doc[run.start - 1].lower_
    return before in _BEFORE or (before in _TAKEN and match["unit"][:2] != "na")


def _is_called(rules: NameRules, run: Span) -> bool:
    """Say whether a comma and a noun say that a name is a place: "on Yeonpyeong, an island in the Yellow Sea"."""
    kind = rules.evidence.noun_behind(run.end)
    doc = rules.doc
    article = doc[run.end + 1].lower_ if run.end + 1 < len(doc) else ""
    return kind in _CALLED and article in ("a", "an") and not any(t.ent_type_ == "PERSON" for t in run)


def _is_area(rules: NameRules, run: Span) -> bool:
    """Say whether words name a part of a town: "in the Divis area of west Belfast"."""
    doc, end = rules.doc, run.end
    if end + 2 >= len(doc) or doc[end].lower_ not in _AREA_NOUNS or doc[end + 1].lower_ != "of":
        return False
    behind = end + 2
    while behind + 1 < len(doc) and doc[behind].lower_ in ("the", *PART_WORDS):
        behind += 1
    before = doc[run.start - 1].lower_ if run.start else ""
    return before in ("the", "in") and is_name_like(doc[behind]) and _is_known(rules, doc[behind].text)


def _is_called_before(rules: NameRules, run: Span) -> bool:
    """Say whether the noun right before a known name is that of its kind: "the volcano Puyehue", "the river Tisza"."""
    doc = rules.doc
    if run.start < 2 or not doc[run.start - 1].is_lower or doc[run.start - 2].lower_ != "the":
        return False
    kind = FEATURE_NOUNS.get(doc[run.start - 1].lower_)
    return kind in _CALLED and any(sense.place.feature == kind for sense in rules.senses(run.text))


def _is_water(run: Span) -> bool:
    """Say whether a name has the noun of a water behind it: "on the Sugandha river", which the model calls a people."""
    doc, end = run.doc, run.end
    if run.start < 2 or end >= len(doc) or doc[end].text not in ("river", "lake", "canal", "creek"):
        return False
    return doc[run.start - 1].lower_ == "the" and doc[run.start - 2].lower_ in (
        "on",
        "in",
        "along",
        "across",
        "near",
        "into",
    )


def _is_goal(rules: NameRules, run: Span) -> bool:
    """Say whether people or forces are moved to a name: "120 soldiers will be sent to Rukla"."""
    doc = rules.doc
    if not run.start or doc[run.start - 1].lower_ != "to" or run.root.dep_ != "pobj":
        return False
    return is_goal(run.root) and (_is_known(rules, run.text) or not _is_of_actor(rules, run))


def _is_beside(rules: NameRules, run: Span) -> bool:
    """Say whether something is put beside a name: "a tanker near Tanjung Pergam", "an army camp at Kerem Shalom".

    The name may be one that no gazetteer has, and that the model takes for a person's; it is not one where the
    report lets it act or gives it a title.
    """
    doc = rules.doc
    if run.start < 2:
        return False
    word, before = doc[run.start - 1].lower_, doc[run.start - 2]
    behind = doc[run.end] if run.end < len(doc) else None
    island = behind is not None and behind.lower_ in ("island", "islands")
    if behind is not None and behind.pos_ == "NOUN" and not island:
        return False
    if word == "off":  # the verb's particle by some parses
        afloat = island or any(t.lemma_.lower() in _AFLOAT for t in run.sent)
        fits = afloat and before.lemma_.lower() not in _WITH_OFF
    elif word == "at":
        fits = before.pos_ == "NOUN" and before.lower_ in FEATURE_NOUNS
    else:
        fits = word == "near" and (island or run.root.dep_ == "pobj")
    if not fits:
        return False
    return not _is_of_actor(rules, run)


def _is_of_actor(rules: NameRules, run: Span, but: Token | None = None) -> bool:
    """Say whether a name acts elsewhere in the report: not as what a certain verb is done to."""
    alike = (other for other in rules.runs() if other.text == run.text)
    return any(_acts(other) for other in alike if but is None or other.root.head != but)


def _acts(run: Span) -> bool:
    """Say whether a name is that of somebody who does or owns something in the report."""
    titled = run.start > 0 and run.doc[run.start - 1].lower_ in TITLES
    return titled or run.root.dep_ in ("nsubj", "nsubjpass", "poss", "agent", "appos")


def _lies_in(rules: NameRules, run: Span, starts: set[int]) -> bool:
    """Say whether a name behind "at" or "near" is said to lie in a region: "at Wegel Tena in the Amhara region"."""
    doc, end = rules.doc, run.end
    if not run.start or doc[run.start - 1].lower_ not in ("at", "near") or end + 1 >= len(doc):
        return False
    if doc[end].lower_ != "in":
        return False
    behind = end + 1
    while behind + 1 < len(doc) and doc[behind].lower_ in ("the", *PART_WORDS):
        behind += 1
    if behind not in starts:
        return False
    is_region = any(FEATURE_NOUNS.get(t.lower_) == "region" for t in doc[behind : behind + 4])
    # "at Google in Germany": a firm is in a country, and hardly in a province
    return is_region or (not _is_of_people(run) and _is_wide(rules, doc[behind]))


def _is_wide(rules: NameRules, first: Token) -> bool:
    """Say whether a name is that of a region or country, by the lexicon."""
    doc = rules.doc
    return any(
        sense.place.feature in ("country", "admin1")
        for end in range(first.i + 1, min(len(doc), first.i + 4))
        for sense in rules.senses(doc[first.i : end].text)[:1]
    )
