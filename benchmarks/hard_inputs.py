"""Reports made to be slow: what a hostile writer, a broken converter or a table without end would hand us.

Each is a function of a size; `read_speed.py` reads it at one size and at twice that size.
"""

from __future__ import annotations

from collections.abc import Callable

Made = Callable[[int], str]


def _strikes(count: int) -> str:
    return " ".join(f"A drone struck a truck {n} km north of Aleppo." for n in range(1, count + 1))


def _distances(count: int) -> str:
    return " ".join(f"{n} km from Aleppo." for n in range(1, count + 1))


def _decimal(count: int) -> str:
    return ", ".join(f"{30 + n % 10}.{n:04d}, {36 + n % 7}.{n:04d}" for n in range(count))


def _sexagesimal(count: int) -> str:
    return ", ".join(
        f"{30 + n % 10}°{n % 60:02d}'{n // 60:02d}\"N {36 + n % 7}°{n % 60}'10\"E" for n in range(count)
    )


#: What it is -> (how it is made, the smaller of the two sizes).
HARD: dict[str, tuple[Made, int]] = {
    "a number, tabs, a unit": (lambda n: "12" + "\t" * n + "km 12" + " " * n + "km north of Aleppo.", 10_000),
    "a length, then hyphens": (lambda n: "They went 5 km" + "-" * n + "x.", 10_000),
    "degree signs": (lambda n: "°" * n, 5_000),
    "a name in brackets": (lambda n: "(" * n + "Aleppo" + ")" * n, 2_500),
    "quotation marks": (lambda n: '"' * n, 5_000),
    "one word without end": (lambda n: "abc.def-" * n, 1_000),
    "one sentence without end": (lambda n: "the soldiers who had been hit by the drone " * n, 200),
    "the same date": (lambda n: "on Tuesday, 8 June 2017, " * n, 400),
    "strikes, each elsewhere": (_strikes, 200),
    "distances": (_distances, 200),
    "decimal coordinates": (_decimal, 400),
    "degrees, minutes and seconds": (_sexagesimal, 400),
    "lines of places": (lambda n: "Location: Esbjerg Roads, Denmark (see there)\n" * n, 200),
    "anchors that nobody knows": (lambda n: "He was 5 km from Xqzvbar. " * n, 200),
    "one name": (lambda n: "Springfield, " * n, 1_000),
    "ordinary sentences": (lambda n: "The minister spoke of trade with Ghana on Friday. " * n, 200),
}
