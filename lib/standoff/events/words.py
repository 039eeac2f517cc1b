"""The words that tell events, sorted by the kind of event: data/event_types.csv says what each kind is.

A kind's *family* groups what can be one event told twice: "the strike" may be the air
strike named before, but an ambush is no air strike.
"""

from __future__ import annotations

from standoff.event_types import known_types

#: Event type -> family, from data/event_types.csv.
FAMILY: dict[str, str] = {name: kind.family or name for name, kind in known_types().items()}

#: Families whose events people do to each other with arms.
ARMED = frozenset({"strike", "bombing", "attack", "clash"})
#: Families of which "from" tells where it was, not where it was fired.
LEAVES = frozenset({"evacuation", "movement", "kidnapping"})
#: Families of events that nobody does.
HAZARDS = frozenset("earthquake eruption flood storm landslide fire accident outbreak explosion".split())

# Nouns; "air strike" and the like come from what stands before "strike" (`BEFORE`).
_NOUNS = {
    "air strike": "airstrike air-strike airstrikes airraid dogfight",
    "strike": "strike",
    "shelling": "shelling bombardment barrage",
    "attack": "attack assault raid shooting massacre killing murder rampage",
    "ground attack": "offensive incursion invasion",
    "ambush": "ambush",
    "assassination": "assassination",
    "clash": "clash fighting battle skirmish firefight gunfight gunbattle shootout shoot-out",
    "bombing": "bombing",
    "boarding": "boarding robbery",
    "seizure": "hijacking hijack seizure capture takeover recapture",
    "sinking": "sinking",
    "shootdown": "shootdown downing",
    "interception": "interception",
    "kidnapping": "kidnapping abduction kidnap",
    "arrest": "arrest",
    "deployment": "deployment",
    "withdrawal": "withdrawal pullout pull-out",
    "evacuation": "evacuation",
    "agreement": "ceasefire cease-fire truce armistice accord agreement",
    "protest": "protest march demonstration rally sit-in riot unrest",
    "earthquake": "earthquake quake tremor temblor foreshock epicentre epicenter aftershock",
    "eruption": "eruption",
    "explosion": "explosion blast detonation",
    "flood": "flood flooding inundation tsunami deluge",
    "landslide": "landslide mudslide landslip avalanche",
    "storm": "storm cyclone hurricane typhoon tornado blizzard",
    "fire": "fire wildfire blaze bushfire inferno",
    "accident": "accident crash collision derailment pile-up capsizing capsize shipwreck stampede collapse",
    "outbreak": "outbreak epidemic",
    "incident": "incident",
}
NOUNS: dict[str, str] = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}

# Verbs that tell an event by themselves, and those that need somebody to whom it is done.
_VERBS_ALONE = {
    "clash": "clash skirmish",
    "bombing": "detonate",
    "sinking": "sink",
    "explosion": "explode",
    "eruption": "erupt",
    "accident": "crash collide",
    "protest": "protest demonstrate",
    "withdrawal": "withdraw",
}
_VERBS_WITH_OBJECT = {
    "air strike": "strafe",
    "strike": "strike hit",
    "shelling": "shell bombard",
    "attack": "attack assault shoot rake massacre slaughter behead execute",
    "ground attack": "raid invade",
    "ambush": "ambush",
    "assassination": "assassinate",
    "clash": "engage",
    "bombing": "bomb",
    "seizure": "hijack seize capture retake retook recapture overrun commandeer",
    "sinking": "torpedo scuttle",
    "shootdown": "down",
    "kidnapping": "kidnap abduct",
    "arrest": "arrest detain",
    "interception": "intercept",
    "evacuation": "evacuate",
    "flood": "flood inundate",
}
VERBS_ALONE: dict[str, str] = {verb: kind for kind, verbs in _VERBS_ALONE.items() for verb in verbs.split()}
VERBS_WITH_OBJECT: dict[str, str] = {
    verb: kind for kind, verbs in _VERBS_WITH_OBJECT.items() for verb in verbs.split()
}

#: Verbs of outcome: they tell what came of an event that is told elsewhere, or an attack of their own.
OUTCOMES = {
    "kill": "killed", "murder": "killed", "massacre": "killed", "slaughter": "killed", "behead": "killed", "execute": "killed", "wound": "wounded", "injure": "wounded", "hurt": "wounded",
    "destroy": "destroyed", "damage": "damaged", "hit": "hit", "strike": "hit", "die": "killed", "drown": "killed",
    "perish": "killed",
}  # fmt: skip

#: What is fired, dropped or laid, and what carries it -> the event that a hit by it is.
MEANS: dict[str, str] = {
    noun: kind
    for kind, nouns in {
        "air strike": "jet warplane aircraft plane bomber helicopter gunship airplane aeroplane mirage harrier "
        "gripen rafale eurofighter",
        "drone strike": "drone uav quadcopter shahed bayraktar lancet geran",
        "missile strike": "missile rocket torpedo katyusha grad himars exocet neptune tomahawk scud iskander kalibr",
        "shelling": "shell mortar artillery howitzer cannon tank",
        "bombing": "bomb ied mine landmine explosive device booby",
        "attack": "grenade rpg",
    }.items()
    for noun in nouns.split()
}
#: What does a deed for whoever sent it: a bomb cannot stand for its side, an aircraft can.
PROJECTILES = frozenset(
    (
        "bomb missile rocket shell mortar torpedo grenade mine landmine ied explosive round device charge "
        "bullet booby trap"
    ).split()
)
#: What is fired, launched or dropped.
MISSILES = PROJECTILES | {"shot", "drone", "salvo", "volley"}
GUNFIRE = frozenset("fire gunfire shots".split())
ARMS = (
    frozenset(MEANS)
    | PROJECTILES
    | frozenset("gun rifle machete knife pistol machine-gun launcher dagger dinghy".split())
)

# What stands before "strike", "attack", "raid", "fire" and says by what.
BEFORE: dict[str, str] = {
    "air": "air strike", "aerial": "air strike", "airborne": "air strike", "helicopter": "air strike",
    "drone": "drone strike", "uav": "drone strike",
    "missile": "missile strike", "rocket": "missile strike", "artillery": "shelling", "mortar": "shelling", "tank": "shelling",
    "ground": "ground attack", "land": "ground attack", "bomb": "bombing", "suicide": "bombing", "car": "bombing",
    "grenade": "bombing", "truck": "bombing", "ied": "bombing", "mine": "bombing",
}  # fmt: skip
#: What stands before "strike" and "attack" where they are no armed event.
NOT_ARMED = frozenset(
    "hunger labour labor general rail teacher heart panic counter asthma verbal cyber charm sales ad pay hunger sympathy "
    "lightning media press peace name word court legal election election spelling".split()
)

#: Verbs that lend a subject to the noun of the event: "carried out a strike".
LIGHT_VERBS = frozenset(
    "keep continue resume intensify conduct carry launch undertake perform mount make stage execute "
    "deliver begin wage hold sign reach announce declare "
    "agree start".split()
)
#: Verbs by which an event takes place; what hangs on them says where and when it did.
OCCURRENCE = LIGHT_VERBS | frozenset(
    "take happen occur come break erupt continue hit strike kill wound injure destroy damage be rage resume "
    "place put locate record register centre center unfold follow leave rock shake jolt tear rip displace flatten "
    "claim target reach go fall sweep engulf cause trigger spread rip".split()
)

#: Forces that are sent, brought in or withdrawn.
FORCES = frozenset(
    (
        "troop soldier force unit brigade battalion regiment division company marine paratrooper reinforcement convoy "
        "peacekeeper warship destroyer frigate carrier submarine warplane jet fighter tank police ship vessel army navy "
        "policeman officer commando militia column armour armor helicopter bomber aircraft contingent gendarme guardsman "
        "fleet group squadron garrison battery vehicle truck"
    ).split()
)
ZONE_NOUNS = frozenset("zone area cordon perimeter airspace corridor".split())
DEALS = frozenset("ceasefire cease-fire truce armistice accord agreement deal treaty pact".split())
#: Armed groups that taggers take for places, or for nothing.
GROUPS = frozenset(
    "islamic isis isil daesh boko haram houthi houthis taliban hamas hezbollah hizbollah shabaab "
    "al-shabaab qaeda al-qaeda pkk eln farc "
    "rsf adf m23 codeco wagner aqim jnim fano ira plo tplf ypg sdf iswap".split()
)
#: Who is hurt by deeds; everything else that is hit is a thing.
PEOPLE = frozenset(
    (
        "people person civilian soldier fighter man woman child militant troop policeman officer resident "
        "member worker sailor rebel guard passenger crew villager life militiaman combatant jihadist "
        "insurgent gunman peacekeeper journalist student teacher farmer driver girl boy family refugee nurse doctor "
        "patient pupil tourist migrant miner fisherman herder shepherd others victim marine trooper commander "
        "guardsman protester demonstrator attacker assailant bomber baby toddler teenager policewoman serviceman "
        "brother sister father mother son daughter wife husband crewman seafarer pilot leader official bystander "
        "worshipper pilgrim shopper monk priest nun firefighter rescuer engineer cook hostage captive captain master mate"
    ).split()
)
#: Nouns that only speak of an event told elsewhere.
POINTERS = frozenset({"epicentre", "epicenter"})
