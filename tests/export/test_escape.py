"""Hostile text, one sink at a time."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from standoff.csv_cells import csv_cell, visible
from standoff.export.escape import json_text, kml_html, xml_text

HOSTILE = [
    "]]><script>alert(1)</script>",
    "</description></Placemark>",
    "<![CDATA[ x ]]>",
    "&lt;b&gt; &amp; \"quotes\" 'and' apostrophes",
    '<img src=x onerror="alert(1)">',
    "null \x00 bell \x07 vertical \x0b escape \x1b[31m delete \x7f",
    "not a character \ufffe \uffff, a byte order mark \ufeff",
    "right to left \u202egnp.exe\u202c and \u2066isolated\u2069",
    "line\u2028and\u2029separators",
    "half \ud800 a character",
    '=HYPERLINK("https://example.org","x")',
    "+1+1|cmd",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200e=1+1",
    "＝1+1",
    'a","=1+1',
    "$[address] ${x} `y` {{ z }} {% raw %}",
    "C:\\new\\table",
    "قاعدة التنف 🗺️ e\u0301",
]
ACTIVE_FOR_EYES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\x1b\ufeff"

anything = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_the_text_back_and_shows_nothing_active(text):
    written = json_text({text: [text, 1.5]}, indent=2)
    assert json.loads(written) == {text: [text, 1.5]}
    assert not set(written) & set("<>&\u2028\u2029" + ACTIVE_FOR_EYES)
    written.encode("utf-8")


@given(anything)
def test_json_gives_any_text_back(text):
    assert json.loads(json_text([text, text])) == [text, text]


def test_json_has_no_nan():
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"a": float("nan")})


def test_pairs_of_numbers_stay_on_a_line_and_strings_like_them_stay_as_they_are():
    value = {"at": [[38.6, -33.5], [1e-07, 2]], "text": "[\n  1,\n  2\n]"}
    written = json_text(value, indent=2)
    assert "[38.6, -33.5]" in written
    assert "[1e-07, 2]" in written
    assert json.loads(written) == value


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text):
    cell = csv_cell(text)
    assert cell.lstrip(" \u200e\u200f\ufeff")[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert not set(cell) & set(ACTIVE_FOR_EYES)
    assert cell.removeprefix("'") == visible(text)
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow([cell, "next"])
    assert next(csv.reader(io.StringIO(buffer.getvalue(), newline=""))) == [cell, "next"]


@pytest.mark.parametrize("text", ["2 killed", "", "a=b", "the 5-mile zone", "at-tanf", "'quoted'", "٣ كم"])
def test_harmless_cells_stay_as_they_are(text):
    assert csv_cell(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_xml_holds_the_text(text):
    element = etree.Element("value")
    element.text = xml_text(text)
    back = etree.fromstring(etree.tostring(element, encoding="utf-8"))
    assert len(back) == 0
    assert back.text == visible(text)


@given(anything)
def test_xml_holds_any_text(text):
    element = etree.Element("value")
    element.text = xml_text(text)
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == visible(text)


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_comment(self, data):
        self.tags.append("!--")

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_a_description_shows_the_text_and_has_no_tags_of_it(text):
    written = kml_html(text)
    assert "$[" not in written
    seen = _Seen()
    seen.feed(f"<p>{written}</p>")
    seen.close()
    assert set(seen.tags) <= {"p", "br"}
    assert seen.text == visible(text).replace("\n", "")


def test_marks_that_arabic_needs_are_kept():
    assert visible("\u200fالتنف\u200e \u200c") == "\u200fالتنف\u200e \u200c"
