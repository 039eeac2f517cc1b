"""Positions in every form, and what only looks like one. Places are where maps have them."""

from __future__ import annotations

import time

import pytest
import spacy

import standoff
from standoff.extract import angles, coordinates, grids, map_links


def one(text):
    (found,) = coordinates.find(f"The site is at {text} , they said.")
    assert found.text == text
    return found


LAT, LON = 33.505556, 38.618056  # 33°30'20"N 38°37'05"E


@pytest.mark.parametrize(
    "text",
    [
        "33°30'20\"N 38°37'05\"E",
        "33º30’20”N, 38º37’05”E",
        "33° 30′ 20″ N / 38° 37′ 5″ E",
        "33°30′20″ north, 38°37′05″ east",
        "33d30'20\"N 38d37'05\"E",
        "N33°30'20\" E38°37'05\"",
        "33 30 20 N 038 37 05 E",
        "33-30-20N 038-37-05E",
        "333020N 0383705E",
        "333020N0383705E",
        "N333020 E0383705",
        "38°37'05\"E, 33°30'20\"N",
        "E038-37-05 N33-30-20",
        "33 degrees 30 minutes 20 seconds north, 38 degrees 37 minutes 5 seconds east",
        "Lat. 33° 30' 20\" N, Long. 38° 37' 05\" E",
    ],
)
def test_degrees_minutes_and_seconds(text):
    found = one(text)
    assert (found.lat, found.lon) == (pytest.approx(LAT, abs=1e-5), pytest.approx(LON, abs=1e-5))
    assert found.precision_m == pytest.approx(15.4, rel=0.05)


@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision_m"),
    [
        ("3330N 03837E", 33.5, 38.616667, 927),
        ("3330.5N 03837.1E", 33.508333, 38.618333, 93),
        ("S33°51.5' E151°12.6'", -33.858333, 151.21, 93),
        ("33-30.5N / 038-37.1E", 33.508333, 38.618333, 93),
        ("33.5 N, 38.6 E", 33.5, 38.6, 5560),
        ("33,505 N 38,618 E", 33.505, 38.618, 56),
        ("38.6178 E, 33.5058 N", 33.5058, 38.6178, 6),
        ("E38.6178 N33.5058", 33.5058, 38.6178, 6),
        ("40.7128° N 74.0060° W", 40.7128, -74.006, 6),
        ("Lat: 33.5, Long: 38.6", 33.5, 38.6, 5560),
        ("lat 33.5058 lon -38.6178", 33.5058, -38.6178, 6),
        ("lat=33.5058 lon=38.6178", 33.5058, 38.6178, 6),
        ("Longitude: 38.6178, Latitude: -33.5058", -33.5058, 38.6178, 6),
        ("latitude 33.5 north and longitude 38.6 east", 33.5, 38.6, 5560),
        ("-33.8688, 151.2093", -33.8688, 151.2093, 6),
        ("33.5058°, 38.6178°", 33.5058, 38.6178, 6),
        ("33.50583 38.61778", 33.50583, 38.61778, 1),
    ],
)
def test_degrees_otherwise(text, lat, lon, precision_m):
    found = one(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-5), pytest.approx(lon, abs=1e-5))
    assert found.precision_m == pytest.approx(precision_m, rel=0.08)


# Well-known places, codes of the Open Location Code project's tests, and what the packages mgrs 1.6.0 and utm 0.9.0 give.
@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision_m"),
    [
        ("18S UJ 23480 06470", 38.889407, -77.035312, 1),  # the Washington Monument
        ("18SUJ2348006470", 38.889407, -77.035312, 1),
        ("18SUJ234064", 38.8893, -77.0357, 50),
        ("4Q FJ 12345 67890", 21.4097, -157.9161, 1),  # Honolulu, of the Wikipedia article on MGRS
        ("31U DQ 48251 11932", 48.8583, 2.2944, 1),  # the Eiffel Tower
        ("33X WG 14278 83355", 78.2232, 15.6267, 1),  # Svalbard has zones of its own
        ("32V KN 97 00", 60.39, 5.32, 500),  # and so has the south-west of Norway: Bergen
        ("56H LH 34 52", -33.85, 151.21, 500),  # Sydney
        ("UTM 36N 447500 3741500", 33.812398, 32.432745, 1),
        ("UTM 37S 412345E 3709876N", 33.524882, 38.056063, 1),
        ("404927E, 3983643N (zone 37N)", 35.992609, 37.945246, 1),
        ("zone 37N 404927 3983643", 35.992609, 37.945246, 1),
        ("404927 mE, 3983643 mN, zone 37N", 35.992609, 37.945246, 1),
        ("3983643N 404927E zone 37N", 35.992609, 37.945246, 1),
        ("56H 334786E 6252080N", -33.858664, 151.214023, 1),
        ("UTM 56S 334786E 6252080N", -33.858664, 151.214023, 1),
        ("8FVC2222+22", 47.000062, 8.000063, 7),  # of the Open Location Code project
        ("7FG49Q00+", 20.375, 2.775, 2780),
        ("87C4VXX7+39", 38.897688, -77.036562, 7),
        ("6PH57VP3+PR6", 1.286786, 103.854504, 2),
    ],
)
def test_grids(text, lat, lon, precision_m):
    found = one(text)
    near = 2e-4 if precision_m < 50 else 2e-2
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=near), pytest.approx(lon, abs=near))
    assert found.precision_m == pytest.approx(precision_m, rel=0.3)


def test_a_grid_reference_of_few_digits_needs_the_word():
    assert list(coordinates.find("a 37S DT 12 sign")) == []
    assert len(list(coordinates.find("at grid 37S DT 12"))) == 1


def test_which_s_is_meant_is_said():
    assert "band S" in one("UTM 37S 412345E 3709876N").note
    assert "south of the equator" in one("UTM 56S 334786E 6252080N").note


def test_a_zone_said_before_holds():
    (found,) = coordinates.find("In UTM zone 37N the wreck is at 404927E 3983643N.")
    assert found.lat == pytest.approx(35.9926, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision_m"),
    [
        ("geo:33.5,38.6;u=50", 33.5, 38.6, 50),
        ("geo:33.50583,38.61778,700", 33.50583, 38.61778, 1),
        ("geo:-33.5,38.6;crs=wgs84;u=20", -33.5, 38.6, 20),
        ("https://www.google.com/maps/@33.5058,38.6178,15z", 33.5058, 38.6178, 6),
        (
            "https://www.google.com/maps/place/X/@33.1,38.1,15z/data=!4m5!8m2!3d33.4923!4d38.6567",
            33.4923,
            38.6567,
            6,
        ),
        ("https://maps.google.com/?q=33.5058,38.6178", 33.5058, 38.6178, 6),
        ("https://www.google.com/maps/search/?api=1&query=33.5058%2C38.6178", 33.5058, 38.6178, 6),
        ("https://www.openstreetmap.org/?mlat=33.51&mlon=38.62#map=12/33.4/38.5", 33.51, 38.62, 556),
        ("https://www.openstreetmap.org/#map=12/33.51/38.62", 33.51, 38.62, 556),
        ("https://www.bing.com/maps?cp=33.51~38.62&lvl=12", 33.51, 38.62, 556),
        ("https://maps.apple.com/?ll=33.51,38.62", 33.51, 38.62, 556),
        ("https://yandex.com/maps/?ll=38.62%2C33.51&z=12", 33.51, 38.62, 556),
    ],
)
def test_addresses(text, lat, lon, precision_m):
    found = one(text)
    assert (found.lat, found.lon) == (lat, lon)
    assert found.precision_m == pytest.approx(precision_m, rel=0.1)


def test_the_end_of_a_sentence_is_none_of_an_address():
    (found,) = coordinates.find("(see https://maps.google.com/?q=33.5058,38.6178).")
    assert found.text == "https://maps.google.com/?q=33.5058,38.6178"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("91°N 20°E", "91° is no latitude"),
        ("91N 20E", "91° is no latitude"),
        ("12 N 200 E", "200° is no longitude"),
        ("33°75'N 38°37'E", "75 minutes"),
        ("33°30'61\"N 38°37'05\"E", "61 seconds"),
        ("Lat: 95.5, Long: 38.6", "95.5° is no latitude"),
        ("[38.61778, 33.50583]", "which is which"),
        ("404927E 3983643N", "without the zone"),
        ("UTM zone 37 404927 3983643", "north or south"),
        ("61S DT 12345 67890", "no zone 61"),
        ("37S JT 12345 67890", "no square JT"),
        ("37S DT 123 4567", "as many digits"),
        ("8FRG+X2 Palmyra", "short plus code"),
        ("geo:95.5,38.6", "no latitude"),
        ("geo:3.5,38.6;crs=moon-2011", "not WGS84"),
        ("https://maps.google.com/?q=33.5058,238.6178", "no longitude"),
    ],
)
def test_what_can_be_no_position_says_why(text, says):
    text = f"The site is at {text}, they said."
    assert list(coordinates.find(text)) == []
    (refusal,) = coordinates.refused(text)
    assert says in refusal.reason
    assert text[refusal.start : refusal.end] == refusal.text


@pytest.mark.parametrize(
    "text",
    [
        "call 555-1234 555-9876", "call +252 61 5551234 or 45-12-33", "won 3-2, 4-1", "on 12-05-2017, 13:30",
        "192.168.1.10, 10.0.0.1", "ISBN 978-3-16-148410-0", "version 1.234, 2.345", "from $1.500 to $2.300",
        "€1.500, €2.300", "at 12.30, 14.45", "a share of 0.123, 0.456", "5 E 10 Street", "the S 300 and the N 7",
        "12.345, 67.890 km", "2345+67", "1.5, 2.5", "[38.6, 33.5]", "12 N 12 N", "flight EK 404927E", "E=mc2, N 5",
        "https://example.org/33.5058,38.6178", "the score was 30-15, 40-15", "from 33 to 38 E", "June 8, 2017",
    ],
)  # fmt: skip
def test_what_is_no_position_at_all(text):
    assert list(coordinates.find(text)) == []
    assert list(coordinates.refused(text)) == []


def test_a_position_is_read_once():
    (found,) = coordinates.find("at 33°30'20\"N 38°37'05\"E (https://example.org/?x=33.5058,38.6178)")
    assert found.lat == pytest.approx(LAT, abs=1e-5)


def test_the_component_keeps_what_it_refuses_apart():
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_coordinates")
    doc = nlp("seen at 91°N 20°E and at 12°30'N 45°10'E")
    assert [p.text for p in doc._.coordinates] == ["12°30'N 45°10'E"]
    assert [r.text for r in doc._.refused_coordinates] == ["91°N 20°E"]


def test_measures_leave_positions_alone():
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_coordinates")
    nlp.add_pipe("standoff_measures")
    doc = nlp(
        "at 12 degrees 30 minutes north, 45 degrees 10 minutes east, or 404927 m E 3983643 m N, 5 km away"
    )
    assert [m.text for m in doc._.measures] == ["5 km"]


def test_the_rooms_are_usable_alone():
    assert len(list(angles.pairs("33.5 N, 38.6 E"))) == 1
    assert len(list(grids.found("37S DT 12345 67890"))) == 1
    assert len(list(map_links.found("geo:33.5,38.6"))) == 1


@pytest.mark.parametrize(
    "hostile",
    ["°" * 20_000, "33°" * 10_000, "33 30 " * 10_000, "33 30 20 N " * 6_000, "12.345, " * 10_000, "37S DT " * 10_000,
     "404927E " * 8_000, "lat 33.5 " * 8_000, "geo:1,2" + ";a=b" * 10_000, "https://google.com/" + "a" * 60_000,
     "https://" * 8_000, "8FRGABCD+" * 6_000, "33" + " " * 40_000 + "N", "lat: " + " " * 20_000],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(hostile):
    def seconds(text):
        start = time.process_time()
        list(coordinates.find(text))
        return time.process_time() - start

    quarter = max(seconds(hostile[: len(hostile) // 4]), 0.02)
    assert seconds(hostile) < 16 * quarter


def test_a_refused_position_is_a_mention_without_a_place():
    record = standoff.read_text("The boat sank at 33°75'N 38°37'E on Tuesday.", published="2024-05-16").record
    (mention,) = [p for p in record.places if p.kind == "coordinates"]
    assert (mention.place, mention.reason) == (None, "75 minutes are none: there are 60 of them")
    assert not [f for f in record.footprints if mention.id in f.places]


def test_a_grid_reference_is_drawn_and_says_how_it_was_read():
    record = standoff.read_text(
        "The convoy was hit at UTM 37S 412345E 3709876N.", published="2024-05-16"
    ).record
    (mention,) = [p for p in record.places if p.kind == "coordinates"]
    assert mention.place.extent_m == 1.0
    assert "band S" in mention.reason
    assert [f.shape for f in record.footprints] == ["point"]
