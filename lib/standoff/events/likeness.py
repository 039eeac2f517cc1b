"""Whether two phrases stand for one party: by the words they share."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

_STOP = frozenset(
    ("force group fighter troop led backed aligned anti pro own the a an of and several small number").split()
)
_SAME = {
    "american": "us", "u.s.": "us", "u.s": "us", "united": "us", "british": "britain", "iranian": "iran",
    "russian": "russia", "ukrainian": "ukraine", "israeli": "israel", "syrian": "syria", "turkish": "turkey",
    "jet": "aircraft", "jets": "aircraft", "warplane": "aircraft", "warplanes": "aircraft", "plane": "aircraft",
    "planes": "aircraft",
}  # fmt: skip
_MEANS = frozenset({"aircraft"})


def key_words(text: str | None) -> frozenset[str]:
    """Return the words by which two phrases for one party overlap.

    Examples
    --------
    >>> sorted(key_words("the US-led coalition") & key_words("The US"))
    ['us']
    """
    if not text:
        return frozenset()
    found = text.lower().replace("-", " ").replace("’s", "").replace("'s", "").split()
    bare = (_SAME.get(word.strip(".,“”\"'"), word.strip(",“”\"'.")) for word in found)
    return frozenset(
        word.rstrip("s") if len(word) > 3 else word for word in bare if word.rstrip("s") not in _STOP and word
    )


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Say whether two parties share a word; that both flew aircraft is not enough when each is named.

    Examples
    --------
    >>> overlap(key_words("Jets"), key_words("Aircraft of the US-led coalition"))
    True
    >>> overlap(key_words("a Syrian warplane"), key_words("Aircraft of the coalition"))
    False
    """
    common = one & other
    if common and common <= _MEANS and one - common and other - common:
        return False
    return bool(common)
