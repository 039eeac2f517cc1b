"""What kinds of things and people the nouns round a verb stand for: ships, captors, vehicles, zones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from standoff.events import words

# F-16, Mi-8, Su-27, MiG-29, A-10: a letter or two, a hyphen, a number.
_MODEL = re.compile(r"(?i)^(?:f|fa|mi|su|mig|il|tu|ka|ah|uh|b|ch|an|mq)-?\d{1,3}s?$")
_SOME = frozenset(
    "side part control one some several dozens many both most all part half rest number scores hundreds thousands".split()
)

_SHIP = (
    "ship vessel tanker carrier boat tug freighter trawler dhow ferry barge yacht bulker "
    "containership submarine warship frigate "
    "destroyer cruiser steamer craft skiff supertanker cutter dinghy launch schooner speedboat canoe pirogue sampan coaster "
    "lighter catamaran steamship liner hovercraft"
)
_FLYING = (
    "drone jet aircraft plane helicopter missile rocket warplane uav balloon bomber fighter mirage "
    "airliner airplane harrier "
    "gripen shahed"
)
_PEOPLE = " ".join(words.PEOPLE)
_CIVIL = (
    "people resident civilian villager family inhabitant tourist worker passenger patient child woman "
    "islander citizen guest "
    "household person everybody everyone population crew staff employee pupil national foreigner holidaymaker miner evacuee "
    "traveller traveler hiker climber camper skier pilgrim community thousands hundreds refugee migrant personnel homeowner"
)
_CAPTOR = (
    "gunman militant rebel separatist pirate kidnapper insurgent fighter jihadist guerrilla bandit hijacker robber attacker "
    "assailant raider gang militia intruder perpetrator thief militiaman terrorist extremist men man group cartel band"
)
_TROOPS = (
    "troop soldier force unit brigade battalion regiment division marine paratrooper reinforcement "
    "peacekeeper army navy commando "
    "armour armor column contingent gendarme carrier destroyer frigate warship submarine fleet tank "
    "militia peshmerga fighter "
    "police convoy squadron garrison detachment"
)
_CLASSES = {
    "ship": _SHIP,
    "flying": _FLYING,
    "drones": "drone uav rocket missile shahed projectile balloon",
    "aircraft": "plane aircraft jet helicopter airliner glider bomber airplane warplane",
    "craft": f"{_SHIP} train bus car lorry truck express tram coach van plane aircraft jet helicopter airliner minibus tanker "
             "motorcycle locomotive carriage airplane glider coaster",
    "vehicle": "bus car lorry truck convoy vehicle minibus train van string taxi motorcycle column pickup tanker",
    "gunfire": "fire gunfire shot salvo volley shots",
    "shots": "shot shots round",
    "missiles": " ".join(words.MISSILES),
    "shellfire": "artillery mortar shell shelling shellfire bombardment",
    "bullets": "bullet bullets gunfire",
    "bomb": "bomb ied mine landmine grenade explosive device charge bomber vest booby trap charge dynamite explosives",
    "mine": "mine ied landmine device mines bomb bombs explosives",
    "person": f"{_PEOPLE} {_CIVIL}",
    "captor": f"{_CAPTOR} {' '.join(sorted(words.GROUPS))}",
    "forces": " ".join(words.FORCES),
    "troops": _TROOPS,
    "police": "police policeman detective officer soldier troop agent gendarme marine trooper authority force guard sheriff",
    "guards": "coastguard guard navy frigate patrol warship cutter destroyer marine force corvette",
    "crew": f"{_CIVIL} pilot inspector team coastguard navy crewman master captain officer",
    "crowd": "mother parent woman relative family inhabitant teacher worker protester demonstrator crowd resident people villager "
             "student driver neighbour neighbor marcher supporter activist farmer striker hundred "
             "thousand dozen mob youth men "
             "citizen fisherman miner doctor nurse pensioner opponent hundreds thousands dozens tens",
    "civil": _CIVIL,
    "town": "town city village base airport bridge hill port district post checkpoint control outpost headquarters capital "
            "neighbourhood island position stronghold crossing building airfield camp garrison suburb territory settlement",
    "building": "school house building home hotel mosque church hospital shop market office village compound camp clinic prison "
                "station post barracks embassy consulate restaurant warehouse store factory dormitory shelter university college depot",
    "place": "town city village base airport bridge hill port district post checkpoint outpost capital island crossing airfield camp",
    "control": "control",
    "hands": "hand hands",
    "chain": "chain rope cable side rail ladder",
    "ladder": "ladder hook grapnel pole",
    "deck": "deck",
    "board": "board",
    "shippart": f"deck room forecastle bridge board store poop stern hold ladder chain hawse {_SHIP}",
    "custody": "custody",
    "home": "home house village flat",
    "hospital": "hospital court custody clinic jail prison",
    "safety": "safety shelter shelters centre centres center centers camp camps school schools evacuation ground",
    "forest": "forest bush wood jungle mountain mountains",
    "zone": "zone area cordon perimeter airspace corridor curfew circle belt strip",
    "airspace": "zone airspace cordon border crossing",
    "strait": "strait channel port border crossing airport road waterway",
    "deal": " ".join(words.DEALS),
    "alert": "warning alert",
    "alarm": "alarm siren",
    "hazard": "fire blaze flame wildfire flood disease corruption crime poverty cancer inferno bushfire",
    "road": "road street highway bridge route railway motorway junction track square",
    "stone": "stone rock bottle molotov egg brick stones",
    "streets": "street streets",
    "tyres": "tyre tire tyres tires barricade",
    "fire": "fire",
    "rail": "rail rails track tracks road",
    "rock": "rock reef iceberg sandbank tree wall bridge pylon pier quay",
    "bank": "bank banks",
    "river": "river dam stream reservoir canal lake",
    "water": "water river sea wave floodwater tide",
    "structure": "building bridge dam mine stand roof tower house tunnel crane scaffolding block grandstand",
    "slope": "hillside slope hill mountainside rock boulder cliff embankment",
    "volcano": "volcano crater steam lava mount mountain",
    "ash": "ash lava steam smoke plume column rock magma",
    "landfall": "landfall",
    "other": "other another",
    "it": "it",
}  # fmt: skip
#: Name of a class -> the lemmas of its nouns.
CLASSES: dict[str, frozenset[str]] = {name: frozenset(nouns.split()) for name, nouns in _CLASSES.items()}


def arms_of(token: Token) -> set[str]:
    """Return the lemmas of a noun and of what stands before it as one: "mortar rounds"; an F-16 is an aircraft, too."""
    before = {
        part
        for c in token.lefts
        if c.dep_ in ("compound", "nmod", "amod")
        for part in (c.lemma_.lower(), *c.lower_.split("-"))
    }
    some = token.like_num or token.lower_ in _SOME
    whole = {_plain(c) for prep in token.children if some and prep.lower_ == "of" for c in prep.children}
    model = (
        {"aircraft"} if any(_MODEL.match(t) for t in (token.text, *(c.text for c in token.lefts))) else set()
    )
    return {_plain(token), *token.lower_.split("-"), *before, *whole, *model}


def _plain(token: Token) -> str:
    lemma: str = token.lemma_.lower()
    return lemma if token.pos_ != "PROPN" or lemma in words.MEANS else lemma.removesuffix("s")


def lemmas_of(tokens: Iterable[Token]) -> set[str]:
    """Return what `arms_of` says of some nouns and of those joined to them."""
    return {each for token in tokens for t in (token, *token.conjuncts) for each in arms_of(t)}
