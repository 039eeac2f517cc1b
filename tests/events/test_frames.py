"""Which words tell an event, of which kind, and which words that look like it tell none."""

from __future__ import annotations

import pytest

from told_events import kinds, told, wrong

FIGURE = "a figure of speech is read as a deed of arms"
BY_FRAME = f"{FIGURE}: no class of object is asked of the verb (triggers._verb, words.VERBS_WITH_OBJECT)"
ALONE = f"{FIGURE}: no class of subject is asked of the verb (words.VERBS_ALONE)"
OF_WHAT = f"{FIGURE}: what stands behind 'of' is not looked at (triggers._noun)"
BEFORE = f"{FIGURE}: what stands before the noun is not looked at (words.NOT_ARMED)"


@pytest.mark.parametrize(
    "text",
    [
        "The minister died of a heart attack on Monday.",
        "Forty prisoners began a hunger strike in the capital.",
        "The club fired the coach after three defeats.",
        "She took a crash course in Arabic.",
        "The region has seen explosive growth.",
        "Ceasefire talks resumed in Cairo on Monday.",
        "The unions called a general strike for Friday.",
        "Teachers went on strike on Monday.",
        "The visitors attacked in the second half and scored twice.",
        "The press conference was shelved.",
        "The fire brigade has a new station in Leeds.",
        "He went to a boarding school in Nairobi.",
        "The government launched a campaign against measles.",
        "The company launched a new phone in Seoul.",
        "The bank collapsed in 2008.",
        "The talks collapsed on Tuesday.",
        "The patient suffered an asthma attack.",
        "The police fired the chief of staff.",
        "The couple drowned their sorrows.",
        "The album was a hit in Brazil.",
        "The party suffered a landslide defeat.",
        "Her book is a bombshell.",
        "The chef fired up the grill.",
        "The ship's sinking fund was empty.",
        "The striker shot wide from ten metres.",
        "The earthquake drill was held in the schools.",
        "The mayor executed a contract for a new bridge.",
        "The heat killed the battery.",
        "Air raid sirens sounded in the city.",
        "He is the strike partner of the captain.",
        "The bridge was closed for repairs.",
        wrong("fires in general are no fire", "Putting out a blaze is hard work."),
        "The traders seized the opportunity.",
        "The novel captured the mood of the country.",
        "The team captured the title.",
        "The news struck a chord with readers.",
        "The court struck down the law.",
        "A raft of reforms hit a snag.",
        wrong(BY_FRAME, "The bus hit the road at dawn."),
        "Heavy rain hit the match.",
        wrong(BY_FRAME, "The drought hit farmers hard."),
        wrong(BY_FRAME, "He was hit by a wave of nostalgia."),
        "The senator attacked the budget in a speech.",
        wrong(BY_FRAME, "The virus attacked his lungs."),
        wrong(BY_FRAME, "The hackers attacked the bank's servers."),
        "The company executed the order.",
        "They shot a film in Jordan last year.",
        wrong(BY_FRAME, "The photographer shot the wedding in Rome."),
        "The rebels were bombarded with questions.",
        wrong(BY_FRAME, "The goalkeeper was beaten by a deflected shot."),
        wrong(BY_FRAME, "The army killed off the project."),
        wrong(BY_FRAME, "The company fired 300 workers on Monday."),
        wrong(BY_FRAME, "The army deployed a new radio system."),
        wrong(BY_FRAME, "The film bombed at the box office."),
        "The minister came under fire for his remarks.",
        "The website crashed on Monday.",
        "Prices exploded last year.",
        "The deal sank without trace.",
        "The two ministers clashed over the budget.",
        "The tax plan met a storm of protest.",
        "The flood of applications surprised the ministry.",
        "An avalanche of complaints reached the office.",
        "A clash of cultures marked the meeting.",
        wrong(OF_WHAT, "The invasion of privacy angered users."),
        "The collapse of the currency worried bankers.",
        wrong(OF_WHAT, "The company's raid on costs pleased investors."),
        "The four clubs fought a battle for the trophy.",
        "The stock market crash wiped out savings.",
        "The candidate won by a landslide.",
        wrong("'under attack' is said of a currency", "The dollar was under attack on Tuesday."),
        wrong("a strike that a union calls is no armed one", "The union launched a wave of strikes."),
        wrong(
            "a battle shown in a museum is none of the report",
            "The museum opened a show about the battle of Verdun.",
        ),
    ],
)
def test_words_that_only_look_like_an_event(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jets bombed a depot in Damascus.", "air strike"),
        ("Jets carried out six air strikes on Raqqa on Sunday.", "air strike"),
        ("A drone carrying explosives hit a depot in Sumy.", "drone strike"),
        ("Two missiles struck a power plant in Sumy.", "missile strike"),
        ("Rebels fired three rockets at a base near Gao.", "missile strike"),
        ("The army fired 40 shells at Homs.", "shelling"),
        ("Shells landed in Sumy.", "shelling"),
        ("The army shelled Homs.", "shelling"),
        ("A car bomb exploded in Kirkuk.", "bombing"),
        ("A bomb went off in Kirkuk.", "bombing"),
        ("A suicide bomber blew himself up at a market in Kano.", "bombing"),
        ("A bus hit a landmine near Gao, killing nine.", "bombing"),
        ("Militants threw a grenade into a bar in Bujumbura.", "bombing"),
        ("Gunmen attacked a village near Goma.", "attack"),
        ("Gunmen killed three farmers in Kano.", "attack"),
        ("A child was killed when a shell landed near Homs.", "shelling"),
        ("A mine killed a shepherd near Homs.", "bombing"),
        ("A blast ripped through a market in Homs, killing six.", "explosion"),
        ("The mayor was assassinated in Tripoli.", "assassination"),
        ("Air defences downed four drones over Sumy.", "shootdown"),
        ("A sniper killed a guard in Homs.", "attack"),
        wrong(
            "an illness that kills is an outbreak, no attacker",
            "Cholera has killed 40 people in Goma.",
            "outbreak",
        ),
        ("Three farmers were shot dead in Kano.", "attack"),
        ("Attackers set a school on fire in Kano.", "attack"),
        ("Rebels ambushed a convoy near Gao.", "ambush"),
        ("Rebels fought the army in Homs.", "clash"),
        ("Government forces clashed with rebels in Homs.", "clash"),
        ("Protesters stormed the parliament in Lagos.", "ground attack"),
        ("The rebels captured the town of Rastan.", "seizure"),
        ("The town of Rastan fell to the rebels.", "seizure"),
        ("Rebels shot down a helicopter near Gao.", "shootdown"),
        ("The frigate sank off Cebu after a missile hit it.", "sinking"),
        ("Pirates boarded a tanker off Lagos.", "boarding"),
        ("The navy intercepted a dhow off Oman.", "interception"),
        ("Gunmen kidnapped two engineers in Kano.", "kidnapping"),
        ("Police arrested six men in Kano.", "arrest"),
        ("Troops were deployed to Kano.", "deployment"),
        ("The rebels withdrew from Homs.", "withdrawal"),
        ("Residents were evacuated from Homs.", "evacuation"),
        ("The two sides agreed a ceasefire in Homs.", "agreement"),
        ("Protesters marched in Lagos on Friday.", "protest"),
        ("An earthquake struck 25 km west of Kathmandu.", "earthquake"),
        ("Flooding in Homs killed two people on Monday.", "flood"),
        ("Fire destroyed a warehouse in Lagos on Monday.", "fire"),
        ("A passenger train derailed near Pune.", "accident"),
        ("A tanker and a trawler collided off Cebu.", "accident"),
        ("A ferry capsized off Cebu.", "accident"),
        ("Fighting erupted in Homs on Monday.", "clash"),
        ("A bus struck a roadside bomb near Gao, killing nine.", "bombing"),
        wrong(
            "'captured' with a town that the tagger takes for a person is read as a kidnapping (frames, named/GPE)",
            "The rebels captured Rastan from the army on Monday.",
            "seizure",
        ),
        ("Attackers set fire to a school in Kano.", "attack"),
        ("Shelling in Homs killed two people on Monday.", "shelling"),
        ("Fighting in Homs left five dead.", "clash"),
        ("On Tuesday shells damaged a school in Kharkiv.", "shelling"),
        wrong(
            "a town that the tagger takes for a person is arrested, not seized",
            "The army seized Rastan on Monday.",
            "seizure",
        ),
        ("The third air strike in a week hit a school in Raqqa.", "air strike"),
        wrong("the verb of a headline is tagged as a noun", "Rebels attack post near Homs", "attack"),
        wrong(
            "tear gas against a crowd is police at a protest, not an attack",
            "Police fired tear gas at protesters in Lagos.",
            "protest",
        ),
    ],
)
def test_what_kind_of_event_is_told(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "A bridge over the river was repaired on Monday.",
        "The governor visited Homs on Monday.",
        ".",
        "?!",
        "x",
    ],
)
def test_reports_without_events(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a checkpoint near Homs.",
        "A checkpoint near Homs was attacked by rebels.",
        "Rebels carried out an attack on a checkpoint near Homs.",
        wrong(
            "'by rebels on a checkpoint': the target hangs on the rebels",
            "An attack by rebels on a checkpoint near Homs was reported.",
        ),
    ],
)
def test_a_verb_and_its_noun_tell_the_same(text: str) -> None:
    (event,) = told(text)
    assert event.type == "attack"
    assert "rebels" in (event.actor or "").lower()
    assert "checkpoint" in (event.target or "")
