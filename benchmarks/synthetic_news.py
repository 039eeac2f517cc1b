"""Short reports made from templates, with every place marked: what the annotated sets have too little of.

The sets are local news and epidemics. Reports of strikes, ships and quakes name towns that no
language model knows, garrisons, headlands and roads, and people who bear the names of places.
The sentences are ours; the places are drawn from the gazetteer, a handful round one spot a
report, so that which of several places of one name is meant follows from the rest.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from standoff.extract.evidence import EVERYDAY
from standoff.gazetteer import Gazetteer
from standoff.gazetteer.rows import NAME_KINDS
from standoff.model import Place
from standoff.resources import data_path
from training import Annotated

FIRST = (
    "James Maria Ahmed Olena Jordan Chad Israel Georgia Austin Paris Sydney Dakota Charlotte Victoria Florence Carolina "
    "Ivan Chen Fatima Pedro Kofi Anna John Mary Robert Linda David Susan Omar Leila"
).split()
LAST = (
    "Smith London Lincoln Jackson Washington Houston Kent Hamilton Berlin Israel Santiago Cordoba Tripoli Ireland French "
    "England Jordan Bristol Boston Wellington Okafor Petrov Nguyen Haddad Silva Ito Kaya Mensah Dillon Barzani Field Hall"
).split()
GROUPS = (
    "Hezbollah|Hamas|Reuters|Interfax|Amnesty|Oxfam|Wagner|Boko Haram|Lockheed Martin|Al Jazeera|Interpol|UNICEF|Toyota|"
    "Boeing|the Pentagon|the Kremlin|Congress|Parliament|Frontex|Gazprom|Maersk|NATO|Red Cross|Bayraktar|Shahed|Katyusha"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
WINDS = "north south east west north-east south-west northwest southeast N SSW ENE".split()

#: {t} a town, {s} a curated site, {c} the country, {a} its adjective, {r} the region, {p} a person, {l} a surname,
#: {g} a group, {n} a number, {k} the country's capital, {o} another country's,
#: {f} a town anywhere, the largest of its name: not every name of a report lies near the others.
HEADLINES = (
    "Two killed in strike on {t}",
    "Quake of magnitude 5.{d} shakes {r}",
    "Tanker boarded off {t}",
    "{c}: fighting near {t}",
    "Thousands leave {t} as fire nears",
    "Drones hit depot close to {t}",
    "{t} under curfew after clashes",
    "Army retakes {t}",
    "Drone hits {t} railway station",
    "Blast at {t} bus station kills {n}",
    "Missile strikes {t} train station",
)
SENTENCES = (
    "A drone struck a warehouse about {n} km from {t} on {w}.",
    "The blast happened {n} miles {wind} of {t}, in {r}, police said.",
    "Shelling was reported in {t}, {t} and {t} through the night.",
    "Militants attacked an outpost near {t}, killing {n} soldiers, a spokesman said on {w}.",
    "{p}, who leads the relief effort, said roads to {t} were cut.",
    "Officials in {t} said the bridge over the river had collapsed.",
    "Rebels seized the road between {t} and {t}, some {n} kilometres long.",
    "The convoy left {t} at dawn and reached {t} by noon.",
    "Fighters dug in at {t} fired rockets toward {t}.",
    "\"We heard two explosions,\" said {p}, a teacher in {t}.",
    "{g} said it had no information about the incident.",
    "According to {g}, at least {n} people were hurt.",
    "Colonel {p} told {g} that the garrison had been reinforced.",
    "Residents fled to {t}, {n} km to the {wind}.",
    "The epicentre lay {n} km {wind} of {t} at a depth of 10 km.",
    "{p} met {p} in {m} and again on {w}.",
    "Troops from {c} crossed near {t} in {m}.",
    "The ministry of {c} called the attack unacceptable.",
    "Aid has not reached {t} since {m}, {p} of {g} wrote.",
    "The vessel was {n} nautical miles off {t} when three skiffs approached.",
    "Smoke rose over {t} as {g} fighters pulled back.",
    "A curfew is in force in {t} and the villages around it.",
    "Clashes broke out in {t} district of {r} early on {w}.",
    "{t}, a town of {n} thousand in {r}, has changed hands twice.",
    "The {t} airfield was closed and flights went to {t}.",
    "Power was out in much of {r}, including {t}.",
    "The army said it had shot down {n} drones over {r} and {t}.",
    "Captain {p} and Mrs {p} were among those honoured on {w}.",
    "{p} scored twice and {p} watched from the stand.",
    "Police in {t}, {c}, arrested {p}, {n}.",
    "A ceasefire talk is planned in {t} next week, said {p}.",
    "Mayor {p} asked people to stay out of the centre of {t}.",
    "The {g} office in {t} did not reply.",
    "Some {n} families from {t} now live in tents outside {t}.",
    "{w}'s raid on {t} was the third since {m}.",
    "An official of {g} said the pipeline from {t} to {t} was safe.",
    "Rain delayed rescue work at {t}, where a dam burst in {m}.",
    "The front runs from {t} to just {wind} of {t}.",
    "{c} denied that its forces had entered {t}.",
    "After {t} fell, the men regrouped at {t}.",
    "{a} soldiers took down a launcher {n} km from {t}.",
    "Two {a} jets bombed {t} after dark.",
    "The {a} army lost {n} men at {t}, {g} said.",
    "{a} police closed the port of {t} on {w}.",
    "{t} has been without power since {w}.",
    "{t} sits on the main road to {t}.",
    "{t} and {t} were quiet on {w}.",
    "{t} fell to the rebels in {m}.",
    "Nearly {n} homes burned. {t} was spared.",
    "{t}'s mayor, {p}, called it a disaster.",
    "{t} is home to {n} thousand people.",
    "No ships may sail there. {t} remains open, {g} said.",
    "{s} was the target, {p} said.",
    "{r} has seen worse, said {p}.",
    "{c} sent {n} doctors to {t}.",
    "{t}, {r}, was under water on {w}.",
    "He grew up in {t}, {r}, and lives in {t}, {c}.",
    "Students left {t} University after the blast.",
    "The wounded were taken to {t} General Hospital.",
    "{t} police said {n} people were missing.",
    "Doctors at {t} University Hospital treated {n} people, {p} said.",
    "{k} said it would respond.",
    "{k} accused {o} of arming the rebels.",
    "Talks between {k} and {o} broke off in {m}.",
    "{o} denied that it had sent fighters to {t}.",
    "{c} sent aid to {t} on {w}.",
    "{c} has {n} soldiers near {t}, and {o} wants them gone.",
    "A lorry burnt in {t}.",
    "The {k}-backed forces took {t}.",
    "A {t}-based group said it had heard of {n} dead.",
    "{c}-backed fighters hold {t}.",
    "The {t}-{t} road was mined.",
    "{n} people died in {t}.",
    "Power was cut in {t} and {t}.",
    "{g} fighters attacked {t}, on the shore of the lake.",
    "Snow and rain slowed the trucks; fog lay on the road to {t}.",
    "{t} ({n}), {t} ({n}) and {t} ({n}) had the most dead.",
    "Arrests by town: {t} ({n}), {t} ({n}), {t} ({n}).",
    "{t}: {n} killed; {t}: {n}; {t}: {n} wounded.",
    "Homes lost: {t} ({n}), {t} ({n}).",
    "A drone hit a depot in {t}, {k} said.",
    "A drone hit a depot in {f}, {k} said.",
    "Hours later a blast shook {f}.",
    "The ship was bound for {f}.",
    "A bomb went off in {f}, {c}, on {w}.",
    "Police in {t}, {r}, said {n} people were hurt.",
    "Two men were held in {t}, {g} said.",
    "{t} was retaken.",
    "{t} was shelled.",
    "{n} people died at {t} railway station.",
    "Trains stopped at {t} Railway Station on {w}.",
)  # fmt: skip
#: Words that are places elsewhere, in sentences where they are none.
WORDS = (
    "Mobile phone masts near {t} fell silent.",
    "Reading from a note, {p} thanked the medics.",
    "Nice weather helped the crews.",
    "Split opinions delayed the vote in {t}.",
    "Turkey, stuffing and bread were handed out in {t}.",
    "Bath water had to be boiled.",
    "Police found the car on {w}.",
    "Orange smoke marked the spot.",
    "Hope is fading, said {p}.",
    "Battle damage was light.",
    "Normal service resumed on {w}.",
    "Independence Day passed quietly.",
    "Enterprise software was to blame, {g} said.",
    "Central bank reserves fell in {m}.",
    "Union leaders met {p}.",
    "Victory was declared in {t}.",
    "{p} is 6 feet tall.",
    "Liberty and order were the words of {p}.",
    "Sale of fuel was banned in {t}.",
    "Most of the {n} hurt were children.",
    "China plates and glass lay in the street.",
    "Jersey barriers blocked the way into {t}.",
    "Java code ran the pumps, said {g}.",
    "Buffalo herds were moved from {t}.",
    "Cork and rope floated ashore.",
    "{p} told {g} that {l} would resign.",
    "{l} has led the unit since {m}.",
    "{l} scored {n} points against {p}.",
    "{l} told {g} that {p} would coach the side.",
    '"It is over," {l} said on {w}.',
    "Goals: {l} ({d}), {l} ({d}), {l} (1).",
    "{l}: Thank you for having me.",
    "{l} scored {n} points for the home side.",
    "{l} had {n} points and nine rebounds.",
    "Turkey was carved and served with gravy in {t}.",
)
SITES = (
    "Two rockets landed {n} miles from {s}, {p} said.",
    "Aircraft from {s} joined the search off {t}.",
    "The coalition at {s} has trained local fighters since {m}.",
    "Crowds gathered at {s} as {g} lorries waited.",
    "Nobody was hurt at {s}, which lies {n} km {wind} of {t}.",
)
#: How agencies begin: {T} is a town in capitals.
DATELINES = (
    "{T} - ", "{T} — ", "{T}, {m} {n} ({g}) - ", "{T} ({g}) — ", "{t} ({g}) - ", "{T}/{T}, {m} {n} ({g}) - ",
    "{T}, {c} ({g}) — ", "{T}: ", "{T}: ", "{T}: ", "{T} | ", "{t}, {c} — ", "{T}, {c}: ", "({g}) - ", "{T}, {m} {n}: ",
)  # fmt: skip
_TITLE_CASE, _DATELINED, _EVERYDAY, _OTHER_NAME, _WIDE = 0.5, 0.35, 0.08, 0.2, 0.4
_SHORT = 0.25  # of the reports: a sentence or two, with nothing else to tell what a name means
_SLOT = re.compile(r"\{(\w+)\}")


def synthetic(gazetteer: Gazetteer, count: int, seed: int = 1) -> Iterator[Annotated]:
    """Yield reports, the same for the same gazetteer and seed.

    Parameters
    ----------
    gazetteer : Gazetteer
    count : int
        How many reports.
    seed : int
    """
    chance = random.Random(seed)
    seats = gazetteer.query(
        "SELECT gid, name FROM places WHERE feature = 'city' AND population > 20000 ORDER BY gid", ()
    )
    everyday = [gid for gid, name in seats if name.lower() in EVERYDAY]
    seats = [(gid,) for gid, _ in seats]
    sites = gazetteer.query("SELECT gid FROM places WHERE gid LIKE 'standoff:%' ORDER BY gid", ())
    for number in range(count):
        site = _place(gazetteer, chance.choice(sites)[0]) if chance.random() < 0.3 else None
        seat = site or _place(gazetteer, chance.choice(seats)[0])
        if site is None and chance.random() < _EVERYDAY:
            seat = _place(gazetteer, chance.choice(everyday))
        towns = (
            _towns_of_country(gazetteer, chance, seat)
            if chance.random() < _WIDE
            else _towns_round(gazetteer, seat)
        )
        towns = [town for town in towns if town.name[0].isupper()]
        if len(towns) >= 3:
            yield _report(gazetteer, chance, f"synthetic-{number}", seat, site, towns)


def _towns_round(gazetteer: Gazetteer, seat: Place) -> list[Place]:
    return [hit.place for hit, _ in gazetteer.nearest(seat.lat, seat.lon, 25, ("city",), within_m=200_000)]


def _towns_of_country(gazetteer: Gazetteer, chance: random.Random, seat: Place) -> list[Place]:
    """Return towns from all over the country: a war or a flood is not next door to one town."""
    gids = gazetteer.query(
        "SELECT gid FROM places WHERE feature = 'city' AND country = ? AND population > 10000 ORDER BY gid",
        (seat.country,),
    )
    return [_place(gazetteer, gid) for (gid,) in chance.sample(gids, min(len(gids), 12))]


def _place(gazetteer: Gazetteer, gid: str) -> Place:
    place = gazetteer.place(gid)
    if place is None:
        raise KeyError(gid)
    return place


def _report(
    gazetteer: Gazetteer,
    chance: random.Random,
    name: str,
    seat: Place,
    site: Place | None,
    towns: list[Place],
) -> Annotated:
    text, marks, people = "", [], [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(3)]
    used = chance.sample(towns, min(len(towns), chance.randint(3, 6)))
    if seat.name.lower() in EVERYDAY:
        used.insert(0, seat)
    headline = chance.choice(HEADLINES)
    if chance.random() < _TITLE_CASE:
        headline = " ".join(word if "{" in word else word.capitalize() for word in headline.split())
    templates = [headline, *chance.sample((*SENTENCES, *WORDS), chance.randint(4, 9))]
    if chance.random() < _SHORT:
        templates = chance.sample(SENTENCES, chance.randint(1, 3))
    if site is not None:
        templates.insert(1, chance.choice(SITES))
    if chance.random() < _DATELINED:
        opening = min(1, len(templates) - 1)
        templates[opening] = chance.choice(DATELINES) + templates[opening]
    for number, template in enumerate(templates):
        cursor, free, here = 0, list(used), seat
        for slot in _SLOT.finditer(template):
            text += template[cursor : slot.start()]
            cursor = slot.end()
            # "X, Y": the region or country behind a town is that town's.
            around = here if slot[1] in ("c", "r") else seat
            words, place = _filled(gazetteer, chance, slot[1], around, site, free, people)
            here = place if place is not None and slot[1] in ("t", "T", "f") else here
            if place is not None:
                marks.append({
                    "start": len(text), "end": len(text) + len(words.removesuffix(" province")),
                    "text": words.removesuffix(" province"), "lat": place.lat, "lon": place.lon,
                    "geonameid": place.gid.removeprefix("geonames:"),
                })  # fmt: skip
            text += words
        text += template[cursor:] + ("\n\n" if number == 0 or chance.random() < 0.3 else " ")
    return Annotated("synthetic", name, text.strip(), None, marks)


def _filled(
    gazetteer: Gazetteer,
    chance: random.Random,
    slot: str,
    seat: Place,
    site: Place | None,
    free: list[Place],
    people: list[str],
) -> tuple[str, Place | None]:
    if slot in ("t", "T"):
        town = chance.choice(free)
        free[:] = [other for other in free if other.gid != town.gid] or free
        name = _as_news_writes(chance, _other_name(gazetteer, chance, town))
        return (name.upper() if slot == "T" else name), town
    if slot == "f":
        far = _far_town(gazetteer, chance, seat)
        return _as_news_writes(chance, _other_name(gazetteer, chance, far)), far
    if slot in ("k", "o"):
        country = (
            seat.country if slot == "k" else chance.choice([c for c in _capitals() if c != seat.country])
        )
        capital = gazetteer.place(_capitals().get(country or "", ""))
        return (capital.name, capital) if capital else ("the government", None)
    if slot == "s" and site is not None:
        names = gazetteer.query("SELECT name FROM places WHERE gid = ?", (site.gid,))
        return names[0][0], site
    if slot == "a":
        return _adjective(gazetteer, chance, seat)
    if slot in ("c", "r"):
        kind = "country" if slot == "c" else "admin1"
        column, value = ("country", seat.country) if slot == "c" else ("admin1", _region(gazetteer, seat))
        rows = gazetteer.query(f"SELECT gid FROM places WHERE feature = ? AND {column} = ?", (kind, value))
        if rows:
            place = _place(gazetteer, rows[0][0])
            return (f"{place.name} province" if _is_town_too(gazetteer, place) else place.name), place
        return "the country", None
    plain = {
        "p": lambda: chance.choice(people), "l": lambda: chance.choice(people).split()[1],
        "g": lambda: chance.choice(GROUPS),
        "n": lambda: str(chance.randint(2, 90)), "d": lambda: str(chance.randint(0, 9)), "w": lambda: chance.choice(DAYS),
        "m": lambda: chance.choice(MONTHS), "wind": lambda: chance.choice(WINDS), "s": lambda: "the base",
    }  # fmt: skip
    return plain[slot](), None


def _far_town(gazetteer: Gazetteer, chance: random.Random, seat: Place) -> Place:
    """Return a town that a writer need not explain: the largest of its name, and none of that name in the seat's country."""
    gids = _towns(gazetteer)
    while True:
        town = _place(gazetteer, chance.choice(gids))
        hits = gazetteer.lookup(town.name, 200)
        first = max(hits, key=lambda hit: hit.place.population)
        namesake = any(hit.place.country == seat.country for hit in hits)
        if first.place.gid == town.gid and town.name[0].isupper() and not namesake:
            return town


@cache
def _towns(gazetteer: Gazetteer) -> tuple[str, ...]:
    rows = gazetteer.query(
        "SELECT gid FROM places WHERE feature = 'city' AND population > 30000 ORDER BY gid", ()
    )
    return tuple(gid for (gid,) in rows)


def _is_town_too(gazetteer: Gazetteer, region: Place) -> bool:
    """Say whether a town of the country has the region's name, so that a writer would say which is meant."""
    hits = gazetteer.lookup(region.name, 50)
    return any(hit.place.feature == "city" and hit.place.country == region.country for hit in hits)


@cache
def _capitals() -> dict[str, str]:
    with data_path("capitals.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso"]: row["gid"] for row in csv.DictReader(file)}


def _other_name(gazetteer: Gazetteer, chance: random.Random, town: Place) -> str:
    """Return the town's name, or now and then another one that is written in Latin letters."""
    if chance.random() >= _OTHER_NAME:
        return town.name
    rows = gazetteer.query(
        "SELECT text FROM names JOIN places ON id = place WHERE gid = ? AND kind = ? ORDER BY text",
        (town.gid, NAME_KINDS.index("alternate")),
    )
    latin = [text for (text,) in rows if text.replace(" ", "").isalpha() and text.isascii() and len(text) > 3]
    return " ".join(word.capitalize() for word in chance.choice(latin).split()) if latin else town.name


def _adjective(gazetteer: Gazetteer, chance: random.Random, seat: Place) -> tuple[str, Place | None]:
    """Return the word for what is of the country: "Lebanese"."""
    rows = gazetteer.query(
        "SELECT gid, text FROM names JOIN places ON id = place WHERE feature = 'country' AND country = ? AND kind = ? "
        "ORDER BY text", (seat.country, NAME_KINDS.index("adjective")),
    )  # fmt: skip
    if not rows:
        return "local", None
    gid, text = chance.choice(rows)
    return " ".join(word.capitalize() for word in text.split()), _place(gazetteer, gid)


def _as_news_writes(chance: random.Random, name: str) -> str:
    """Leave the marks off most names, as newsrooms do: Basyun, not Basyūn."""
    if chance.random() < 0.2:
        return name
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return "".join(char for char in bare if char not in "‘’ʻʼ`")


def _region(gazetteer: Gazetteer, place: Place) -> str | None:
    rows = gazetteer.query("SELECT admin1 FROM places WHERE gid = ?", (place.gid,))
    return rows[0][0] if rows else None
