"""The looks of kinds: told apart by people with any colour vision, and legible on their backgrounds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from standoff.maps.styles import STYLES

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1; they work on linear RGB.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
WHITE = [0.95047, 1.0, 1.08883]
LEAST = {"colour": 18, "night": 18, "fill": 18}  # CIE76; 2.3 is just seen, 10 at a glance
AREAS = [style for style in STYLES.values() if not style.glyph]


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = np.array(TO_XYZ) @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def colour_of(style, what):
    return (style.tint or style.colour) if what == "fill" else getattr(style, what)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("what", LEAST)
def test_kinds_are_told_apart_by_any_eye(what, vision):
    seen = {style.kind: lab(np.array(VISIONS[vision]) @ linear(colour_of(style, what))) for style in AREAS}
    close = {
        (one, other): round(float(np.linalg.norm(seen[one] - seen[other])), 1)
        for one, other in combinations(seen, 2)
        if np.linalg.norm(seen[one] - seen[other]) < LEAST[what]
    }
    assert close == {}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_colours_carry_text_on_their_backgrounds(style):
    """4.5 to 1 (WCAG 2.1, 1.4.3), on the land by day and by night, and on white."""
    for colour, ground in ((style.colour, "#f7f5f0"), (style.colour, "#ffffff"), (style.night, "#222a31")):
        one, other = sorted(float(linear(each) @ TO_XYZ[1]) for each in (colour, ground))
        assert (other + 0.05) / (one + 0.05) >= 4.5
