"""Quantities of every dimension, and numbers that leave something open: sentences made up for the purpose."""

from __future__ import annotations

import time

import pytest
import spacy

import standoff.extract.measures
from standoff.extract import hedges, measure_roles, money, numbers
from standoff.extract.measures import _quantities
from standoff.units import ALIASES, OTHER_ALIASES, any_unit_of, to_si


@pytest.fixture(scope="module")
def find():
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_measures")

    def found(text):
        measures = nlp(text)._.measures
        assert [m.id for m in measures] == [f"m{i}" for i in range(1, len(measures) + 1)]
        assert all(text[m.start : m.end] == m.text for m in measures)
        return measures

    return found


def one(find, text):
    (measure,) = find(text)
    return measure


# ---------------------------------------------------------------------------------------------------- lengths


@pytest.mark.parametrize(
    ("text", "quote", "metres"),
    [
        ("It lies two-thirds of a kilometre off.", "two-thirds of a kilometre", 2000 / 3),
        ("The gate is a mile and a half away.", "a mile and a half", 2414.016),
        ("They stopped two miles and a quarter short.", "two miles and a quarter", 3621.024),
        ("a one-and-a-half-mile tunnel", "one-and-a-half-mile", 2414.016),
        ("hit ¾ mile from the gate", "¾ mile", 1207.008),
        ("hit 1/2 mile from the gate", "1/2 mile", 804.672),
        ("within a quarter-mile", "a quarter-mile", 402.336),
        ("a third of a mile north", "a third of a mile", 536.448),
        ("a kilometre from the gate", "a kilometre", 1000),
        ("less than a mile from the gate", "a mile", 1609.344),
        ("at 20,000ft", "20,000ft", 6096),
        ("10 000 km of road", "10 000 km", 10_000_000),
        ("1.2 million km", "1.2 million km", 1.2e9),
        ("a couple miles", "a couple miles", 3218.688),
        ("12 n. miles off the cape", "12 n. miles", 22_224),
        ("3 naut. mi. off the cape", "3 naut. mi.", 5556),
        ("nine cables off the pier", "nine cables", 1666.8),
        ("six furlongs", "six furlongs", 1207.008),
        ("90 fathoms", "90 fathoms", 164.592),
        ("six leagues from the port", "six leagues", 28_968.192),
        ("5 ft 10 in", "5 ft 10 in", 1.778),
        ("6 feet 2 inches", "6 feet 2 inches", 1.8796),
        ("2-1/2 miles", "2-1/2 miles", 4023.36),
        ("three more km to go", "three more km", 3000),
        ("three point five km", "three point five km", 3500),
        ("twenty-two km", "twenty-two km", 22_000),
        ("20 or so miles", "20 or so miles", 32_186.88),
        ("one hundred and fifty km", "one hundred and fifty km", 150_000),
    ],
)
def test_one_length(find, text, quote, metres):
    measure = one(find, text)
    assert (measure.text, measure.dimension) == (quote, "length")
    assert measure.si_value == pytest.approx(metres)
    assert measure.si_unit == "m"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("15 km-20 km", 15, 20, "kilometre"),
        ("15km to 20km", 15, 20, "kilometre"),
        ("between 15 km and 20 km", 15, 20, "kilometre"),
        ("from 500 m to 2 km", 0.5, 2, "kilometre"),
        ("a 20- to 30-km strip", 20, 30, "kilometre"),
        ("20 to about 30 km", 20, 30, "kilometre"),
        ("1–1.5 km", 1, 1.5, "kilometre"),
        ("two or three kilometres", 2, 3, "kilometre"),
        ("two or three hundred metres", 200, 300, "metre"),
        ("a mile or two", 1, 2, "mile"),
        ("ten-twelve miles", 10, 12, "mile"),
        ("10-km to 12-km", 10, 12, "kilometre"),
        ("between about three and five miles", 3, 5, "mile"),
    ],
)
def test_a_range_is_one_measure(find, text, low, high, unit):
    measure = one(find, text)
    assert (measure.low, measure.high, measure.unit, measure.bound) == (low, high, unit, "range")
    assert measure.value == pytest.approx((low + high) / 2)
    assert measure.reason is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("several kilometres off", 3, 9),
        ("a few hundred metres off", 200, 500),
        ("tens of kilometres off", 20, 99),
        ("dozens of kilometres off", 24, 99),
        ("hundreds of metres off", 200, 999),
        ("100s of metres off", 200, 999),
        ("a handful of miles off", 3, 6),
        ("some 20-odd km off", 20, 29),
    ],
)
def test_a_vague_length_has_bounds_and_says_so(find, text, low, high):
    measure = one(find, text)
    assert (measure.low, measure.high) == (low, high)
    assert low <= measure.value <= high
    assert measure.bound == "~"
    assert "taken as" in measure.reason


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "says"),
    [
        ("50-10 km away", 30, 10, 50, "from the larger number"),
        ("between 90 and 3 miles away", 46.5, 3, 90, "from the larger number"),
        ("0 km away", 0, 0, 0, "adds nothing"),
        ("2,5 km away", 2.5, 2.5, 2.5, "decimal comma"),
        ("1.500 km away", 1.5, 1.5, 1.5, "thousands"),
    ],
)
def test_what_is_odd_about_a_number_is_said(find, text, value, low, high, says):
    measure = one(find, text)
    assert (measure.value, measure.low, measure.high) == (value, low, high)
    assert says in measure.reason


@pytest.mark.parametrize("text", ["-3 km away", "at −3 km", "minus 3 km", "(-3 km)"])
def test_a_length_below_zero_is_recorded_and_not_used(find, text):
    measure = one(find, text)
    assert (measure.value, measure.si_value) == (-3, None)
    assert "below zero" in measure.reason


@pytest.mark.parametrize(
    ("text", "hedge", "bound", "low", "high"),
    [
        ("up to about 35 km", "up to about", "<=", None, 35),
        ("20 km or so", "or so", "~", 20, 20),
        ("20 km or more", "or more", ">=", 20, None),
        ("20 km at most", "at most", "<=", None, 20),
        ("~20 km", "~", "~", 20, 20),
        (">30 km", ">", ">", 30, None),
        ("≤ 5 km", "≤", "<=", None, 5),
        ("20+ km", "+", ">=", 20, None),
        ("20km+", "+", ">=", 20, None),
        ("60-plus miles", "plus", ">=", 60, None),
        ("in excess of 4 miles", "in excess of", ">", 4, None),
        ("just shy of 4 miles", "just shy of", "<", None, 4),
        ("no less than 4 miles", "no less than", ">=", 4, None),
        ("within several miles", "within", "<=", None, 9),
        ("perhaps 4 miles", "perhaps", "~", 4, 4),
    ],
)
def test_hedges_before_and_behind(find, text, hedge, bound, low, high):
    measure = one(find, text)
    assert (measure.hedge, measure.bound, measure.low, measure.high) == (hedge, bound, low, high)


@pytest.mark.parametrize(
    ("text", "quote", "twice", "unit"),
    [
        ("20km (12 miles) off", "20km (12 miles)", 12, "mile"),
        ("12 miles/20km off", "12 miles/20km", 20, "kilometre"),
        ("12 miles, or about 20 km, off", "12 miles, or about 20 km", 20, "kilometre"),
        ("(12 miles or 20 km)", "12 miles or 20 km", 20, "kilometre"),
        ("12 miles [20 km] off", "12 miles [20 km]", 20, "kilometre"),
        ("20 km - roughly 12 miles - off", "20 km - roughly 12 miles", 12, "mile"),
        ("20 kilometres, 12 miles, off", "20 kilometres, 12 miles", 12, "mile"),
        ("12 miles, which is 20 km", "12 miles, which is 20 km", 20, "kilometre"),
        ("20-30 km (12-19 miles) off", "20-30 km (12-19 miles)", 15.5, "mile"),
        (
            "10 nautical miles (18.5 km; 11.5 mi) off",
            "10 nautical miles (18.5 km; 11.5 mi)",
            18.5,
            "kilometre",
        ),
        ("50 sq km (19 sq miles)", "50 sq km (19 sq miles)", 19, "square_mile"),
        ("120 km/h (75 mph)", "120 km/h (75 mph)", 75, "mile_per_hour"),
        ("500 kg (1,100 lb)", "500 kg (1,100 lb)", 1100, "pound"),
        ("40°C (104°F)", "40°C (104°F)", 104, "degree_fahrenheit"),
        ("500 acres, or about 200 hectares", "500 acres, or about 200 hectares", 200, "hectare"),
    ],
)
def test_stated_twice_in_every_order(find, text, quote, twice, unit):
    measure = one(find, text)
    assert measure.text == quote
    assert (measure.stated_twice.value, measure.stated_twice.unit) == (twice, unit)
    assert abs(measure.stated_twice.residual) < 0.05


def test_the_residual_has_the_sign_of_the_second(find):
    assert one(find, "12 miles (20 km)").stated_twice.residual == pytest.approx(20 / 19.312128 - 1, abs=1e-4)
    assert one(find, "20 km (12 miles)").stated_twice.residual == pytest.approx(19.312128 / 20 - 1, abs=1e-4)


@pytest.mark.parametrize(
    "text", ["20°C (150°F)", "10 km, 20 km, 30 km", "12 miles (20 people)", "5 km (5 km)", "10 km, 12 miles"]
)
def test_what_is_not_the_same_stays_apart(find, text):
    assert all(m.stated_twice is None for m in find(text))


# ---------------------------------------------------------------------------------------------------- units in doubt


@pytest.mark.parametrize(
    ("text", "unit", "doubt"),
    [
        ("The tanker was hit 12 nm off the port.", "nautical_mile", None),
        ("12 nm NNE of the city", "nautical_mile", None),
        ("12 NM from the city", "nautical_mile", None),
        ("The village lies 12 nm from the city.", "nautical_mile", "nautical"),
        ("blue light of 450 nm", "nanometre", "nanometres"),
        ("a 7nm chip", "nanometre", "nanometres"),
        ("The vessel was 10 M SW of the light.", "nautical_mile", "charts"),
        ("5 tons of wheat", "ton", "short ton"),
        ("he lifted 20 pounds", "pound", "money"),
    ],
)
def test_units_with_two_meanings(find, text, unit, doubt):
    measure = one(find, text)
    assert measure.unit == unit
    assert (measure.reason is None) if doubt is None else (doubt in measure.reason)


@pytest.mark.parametrize(
    "text",
    [
        "the 3M company", "three cables were cut", "two leagues agreed", "a million clicks", "a 5G network", "at 1430h",
        "the twenty-second floor", "5'10\" tall", "10 to the north", "on 12.05 at 19:30", "version 1.2.3", "192.168.1.10",
        "+44 20 7946 0958", "ISBN 978-3-16-148410-0", "won 3-2", "three times a day", "the M23 group", "an F-16",
        "a second vehicle", "the five won", "9999999999999999 km", "12'500 km", "1.2.3.4 km", "40 degrees north",
    ],
)  # fmt: skip
def test_what_has_no_unit(find, text):
    assert [m for m in find(text) if m.dimension != "count"] == []


def test_a_way_down_is_two_statements_unless_it_is_a_change(find):
    down = find("fired from 30 to 4 km")
    assert [(m.value, m.bound) for m in down] == [(30, "="), (4, "=")]
    assert all("not as a range" in m.reason for m in down)
    assert [m.reason for m in find("it was cut from 30 to 4 km")] == [None, None]


def test_people_have_no_decimals(find):
    measure = one(find, "20.000 people")
    assert measure.value == 20_000
    assert "20,000" in measure.reason


@pytest.mark.parametrize(
    ("text", "value"), [("1.500 metres", 1500), ("1.500 euros", 1500), ("$1.234 billion", 1.234e9)]
)
def test_what_nobody_states_to_the_thousandth(find, text, value):
    assert one(find, text).value == pytest.approx(value)


def test_feet_that_are_a_height(find):
    assert one(find, "at 15,000 feet").role == "dimension"
    assert one(find, "at 300 feet from it").role == "other"


def test_millions_are_no_metres(find):
    assert [(m.dimension, m.unit, m.value) for m in find("5m people, 3.5m tonnes and a 5m wall")] == [
        ("count", "people", 5e6), ("mass", "tonne", 3.5e6), ("length", "metre", 5),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------- other dimensions


@pytest.mark.parametrize(
    ("text", "dimension", "unit", "value", "si", "si_unit"),
    [
        ("40°C", "temperature", "degree_celsius", 40, 313.15, "K"),
        ("104 °F", "temperature", "degree_fahrenheit", 104, 313.15, "K"),
        ("300 kelvin", "temperature", "kelvin", 300, 300, "K"),
        ("minus 40 degrees Celsius", "temperature", "degree_celsius", -40, 233.15, "K"),
        ("-12 C", "temperature", "degree_celsius", -12, 261.15, "K"),
        ("a heat of 45C", "temperature", "degree_celsius", 45, 318.15, "K"),
        ("temperatures of 20-25°C", "temperature", "degree_celsius", 22.5, 295.65, "K"),
        ("temperatures of -10 to -15°C", "temperature", "degree_celsius", -12.5, 260.65, "K"),
        ("60 km/h", "speed", "kilometre_per_hour", 60, 16.6667, "m/s"),
        ("60 kilometres per hour", "speed", "kilometre_per_hour", 60, 16.6667, "m/s"),
        ("35 miles an hour", "speed", "mile_per_hour", 35, 15.6464, "m/s"),
        ("10 m/s", "speed", "metre_per_second", 10, 10, "m/s"),
        ("20 knots", "speed", "knot", 20, 10.2889, "m/s"),
        ("55 mph", "speed", "mile_per_hour", 55, 24.5872, "m/s"),
        ("20 km a day", "speed", "kilometre_per_day", 20, 0.231481, "m/s"),
        ("Mach 2", "speed", "mach", 2, 680.58, "m/s"),
        ("50 tonnes a day", "other", "tonne_per_day", 50, 0.578704, "kg/s"),
        ("50 square miles", "area", "square_mile", 50, 129_499_405.5, "m2"),
        ("50 sq km", "area", "square_kilometre", 50, 5e7, "m2"),
        ("50 km2", "area", "square_kilometre", 50, 5e7, "m2"),
        ("50 km²", "area", "square_kilometre", 50, 5e7, "m2"),
        ("a 500-square-mile park", "area", "square_mile", 500, 1_294_994_055, "m2"),
        ("20 acres", "area", "acre", 20, 80_937.128, "m2"),
        ("2 million hectares", "area", "hectare", 2e6, 2e10, "m2"),
        ("10 dunams", "area", "dunam", 10, 1e4, "m2"),
        ("20 cubic metres", "other", "cubic_metre", 20, 20, "m3"),
        ("25 t of flour", "mass", "tonne", 25, 25_000, "kg"),
        ("20 kilotons", "mass", "kiloton", 20, 2e7, "kg"),
        ("1.2 tonnes", "mass", "tonne", 1.2, 1200, "kg"),
        ("500g", "mass", "gram", 500, 0.5, "kg"),
        ("a 250-pound bomb", "mass", "pound", 250, 113.398, "kg"),
        ("18 months", "duration", "month", 18, 47_336_400, "s"),
        ("two years", "duration", "year", 2, 63_115_200, "s"),
        ("an hour and a half", "duration", "hour", 1.5, 5400, "s"),
        ("2 hours and 30 minutes", "duration", "hour", 2.5, 9000, "s"),
        ("three-quarters of an hour", "duration", "hour", 0.75, 2700, "s"),
        ("a week later", "duration", "week", 1, 604_800, "s"),
        ("24h", "duration", "hour", 24, 86_400, "s"),
    ],
)
def test_other_dimensions(find, text, dimension, unit, value, si, si_unit):
    measure = one(find, text)
    assert (measure.dimension, measure.unit, measure.si_unit) == (dimension, unit, si_unit)
    assert measure.value == pytest.approx(value)
    assert measure.si_value == pytest.approx(si, rel=1e-5)


def test_degrees_of_no_scale_have_no_size(find):
    measure = one(find, "temperatures fell to minus 40")
    assert (measure.dimension, measure.value, measure.si_value) == ("temperature", -40, None)
    assert "no scale" in measure.reason
    assert "absolute zero" in one(find, "-400 °C").reason


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("$5 million", "USD", 5e6), ("€20m", "EUR", 2e7), ("300,000 euros", "EUR", 3e5), ("US$1.2bn", "USD", 1.2e9),
        ("£40", "GBP", 40), ("5,000 Syrian pounds", "SYP", 5000), ("3m rubles", "RUB", 3e6), ("20 yuan", "CNY", 20),
        ("USD 5 million", "USD", 5e6), ("5 million USD", "USD", 5e6), ("EUR20m", "EUR", 2e7),
        ("half a million dollars", "USD", 5e5), ("40 pounds sterling", "GBP", 40), ("a fine of 500 pounds", "GBP", 500),
        ("2 million Iraqi dinars", "IQD", 2e6), ("900 South Korean won", "KRW", 900), ("$30k", "USD", 30_000),
        ("$5-10 million", "USD", 7.5e6), ("between $5m and $10m", "USD", 7.5e6), ("€5-10m", "EUR", 7.5e6),
        ("between 5 and 10 million euros", "EUR", 7.5e6), ("10,000 dinars", "dinar", 10_000),
        ("$3-billion", "USD", 3e9), ("US$ 5 million", "USD", 5e6), ("50 million pounds", "GBP", 5e7),
    ],
)  # fmt: skip
def test_money(find, text, unit, value):
    measure = one(find, text)
    assert (measure.dimension, measure.unit, measure.value) == ("money", unit, value)
    assert (measure.si_value, measure.si_unit) == (None, None)


def test_a_bare_dollar_is_said_to_be_a_guess(find):
    assert "US dollars" in one(find, "$5").reason
    assert one(find, "US$5").reason is None


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("155 mm guns", [155], "millimetre"),
        ("7.62x39mm rounds", [7.62], "millimetre"),
        ("5.56×45 ammunition", [5.56], "millimetre"),
        (".50-calibre bullets", [0.5], "inch"),
        ("a .50 cal machine gun", [0.5], "inch"),
        ("122-mm Grad rockets", [122], "millimetre"),
        ("a 105mm howitzer", [105], "millimetre"),
        ("82- and 120-mm mortars", [82, 120], "millimetre"),
        ("105mm and 155mm howitzers", [105, 155], "millimetre"),
        ("guns of 155 mm calibre", [155], "millimetre"),
        ("a 155 mm self-propelled gun", [155], "millimetre"),
        ("a 5-inch gun", [5], "inch"),
    ],
)
def test_calibres(find, text, values, unit):
    found = find(text)
    assert [(m.dimension, m.value, m.unit, m.role) for m in found] == [
        ("calibre", value, unit, "dimension") for value in values
    ]
    assert all(m.reason.startswith("a calibre") for m in found)


@pytest.mark.parametrize("text", ["20 mm of rain", "a crack 8 mm thick", "35mm film", "an 11-inch fish"])
def test_millimetres_with_nothing_of_a_gun(find, text):
    assert one(find, text).dimension == "length"


@pytest.mark.parametrize(
    ("text", "quote", "low", "high"),
    [
        ("more than 60 soldiers", "60 soldiers", 60, None),
        ("four bombs", "four bombs", 4, 4),
        ("an estimated 10 fighters", "10 fighters", 10, 10),
        ("between 20 and 30 people", "20 and 30 people", 20, 30),
        ("20-30 soldiers", "20-30 soldiers", 20, 30),
        ("at least 12 civilians", "12 civilians", 12, None),
        ("dozens of people", "dozens of people", 24, 99),
        ("scores of villagers", "scores of villagers", 40, 99),
        ("hundreds of thousands of people", "hundreds of thousands of people", 200_000, 999_000),
        ("some 20-odd fighters", "20-odd fighters", 20, 29),
        ("60+ soldiers", "60+ soldiers", 60, None),
        ("5 to 10 million people", "5 to 10 million people", 5e6, 1e7),
        ("half a dozen drones", "half a dozen drones", 6, 6),
        ("a few soldiers", "a few soldiers", 2, 5),
    ],
)
def test_counts_by_the_words_alone(find, text, quote, low, high):
    measure = one(find, text)
    assert (measure.text, measure.dimension, measure.low, measure.high) == (quote, "count", low, high)


def test_roles_keep_the_doubts_of_a_measure(find):
    measure = one(find, "1.500 km away")
    assert measure_roles.with_role(measure, "distance", "a distance").reason.startswith("a distance; '1.500'")
    again = measure_roles.with_role(measure_roles.with_role(measure, "distance", "a"), "radius", "b")
    assert again.reason.startswith("b; '1.500'")


# ---------------------------------------------------------------------------------------------------- the parts


def test_every_alias_has_a_unit_with_a_size():
    for alias in ALIASES:
        dimension, unit = any_unit_of(alias)
        assert to_si(1, unit), (alias, unit)
        assert dimension in ("length", *OTHER_ALIASES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two and a half million", 2.5e6), ("three and three-quarters", 3.75), ("seven-eighths of a", 0.875),
        ("1.2bn", 1.2e9), ("3 dozen", 36), ("a hundred and ten", 110), ("1.234.567", 1_234_567), ("12 ¾", 12.75),
        ("1/0", None), ("half a dozen", 6), ("several", None),
    ],
)  # fmt: skip
def test_numbers(text, value):
    assert numbers.parse(text) == (None if value is None else pytest.approx(value))


def test_decimals_of_a_decimal_comma():
    assert numbers.decimals("2,5") == 1
    assert numbers.decimals("2,500") == -2
    assert numbers.decimals("-3") == 0


def test_money_and_hedges_are_usable_alone():
    assert money.by_sign("£") == ("GBP", None)
    assert money.currency("francs", "Swiss") == ("CHF", None)
    assert hedges.before("20 km", 0) == (None, "=")


@pytest.mark.parametrize(
    "hostile",
    ["$5-" * 20_000, "5 mm " * 20_000, "5 mm and " * 10_000, "5 nm " * 10_000, "-5" * 20_000, "7.62x" * 10_000,
     "minus 5 " * 10_000, "hundreds of " * 10_000, "a few " * 10_000, "5 km (" * 10_000, "5 km or " * 10_000,
     "5 hours and " * 10_000, "5 pounds " * 10_000, "up to " * 20_000, "123 " * 40_000, "1.000" * 20_000, "1/2" * 30_000,
     "5" + " " * 30_000 + "square" + " " * 30_000 + "mile", "5 mm" + " a" * 20_000],
)  # fmt: skip
def test_hostile_quantities_take_time_in_proportion(hostile):
    list(_quantities("5 km"))  # pint is read in before the clock runs

    def seconds(text):
        start = time.process_time()
        list(standoff.extract.measures._quantities(text))
        return time.process_time() - start

    def in_proportion():
        quarter = max(seconds(hostile[: len(hostile) // 4]), 0.02)
        return seconds(hostile) < 16 * quarter

    assert any(in_proportion() for _ in range(3))  # a busy machine may stretch one of them
