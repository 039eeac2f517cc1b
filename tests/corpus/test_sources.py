"""Copies by rows of words, exactly; reports of one publisher."""

from __future__ import annotations

from standoff.corpus.sources import LENGTH, shingles, sources_of

STORY = (
    "Shells fell on the cattle market of the town on Tuesday morning and killed four people there, a doctor said. "
    "The governor asked for calm and promised help to the families of the dead, who were buried in the afternoon."
)
OTHER = "Snow closed the pass for a second night. Drivers slept in their lorries, and a school took in forty children."


def sources(*texts: str, who: str | None = None):
    return sources_of({f"r{n}": (who, text) for n, text in enumerate(texts)})


def test_rows_of_words_pass_over_case_and_signs():
    assert shingles("One, two three: four FIVE six") == {"one two three four five", "two three four five six"}
    assert shingles("Too short") == {"too short"}
    assert shingles("") == frozenset()
    assert all(len(row.split()) == LENGTH for row in shingles(STORY))


def test_a_copy_with_a_changed_word_is_one():
    found = sources(STORY, STORY.replace("cattle", "livestock"))
    assert found.independent(["r0", "r1"]) == 1
    assert 0.5 < found.copies[0][2] < 1


def test_a_story_within_a_longer_report_is_a_copy():
    assert sources(STORY, f"{OTHER * 3} {STORY} {OTHER * 3}").independent(["r0", "r1"]) == 1


def test_a_sentence_that_both_quote_is_none():
    quote = "“We heard three blasts, one after the other,” the mayor said."
    assert sources(f"{STORY} {quote}", f"{OTHER} {quote}").independent(["r0", "r1"]) == 2


def test_copies_of_copies_are_one_source():
    second = STORY.replace("cattle", "livestock").replace("doctor", "nurse")
    third = second.replace("governor", "prefect").replace("families", "relatives")
    found = sources(STORY, second, third)
    assert set(found.source.values()) == {"r0"}


def test_unknown_publishers_are_not_one():
    assert sources(STORY, OTHER).independent(["r0", "r1"]) == 2
    assert sources(STORY, OTHER, who="The Post").independent(["r0", "r1"]) == 1
