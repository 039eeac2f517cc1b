"""Annotated files: both forms, and what is wrong with them said in one line."""

from __future__ import annotations

import json
import re

import pytest

from standoff.errors import InputError
from standoff.evaluate import read_gold

TEXT = "Two men from Cairo, Ill., met in Paris."
CAIRO = {"start": 13, "end": 18, "text": "Cairo", "lat": 37.0053, "lon": -89.1765, "geonameid": "4235193"}
PARIS = {"start": 33, "end": 38, "text": "Paris", "lat": None, "lon": None, "geonameid": None}
ROW = {"id": "a", "text": TEXT, "publisher": "example.org", "toponyms": [PARIS, CAIRO]}
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<articles><article docid="7"><feedid>3</feedid><domain>example.org</domain><text>{TEXT}</text><toponyms>
<toponym><start>13</start><end>18</end><phrase>Cairo</phrase>
<gaztag geonameid="4235193"><name>Cairo</name><lat>37.0053</lat><lon>-89.1765</lon></gaztag></toponym>
<toponym><start>33</start><end>38</end><phrase>Paris</phrase></toponym>
</toponyms></article></articles>"""


def test_json_lines_and_the_xml_of_lgl_are_read_alike(tmp_path):
    lines, xml = tmp_path / "gold.jsonl", tmp_path / "gold.xml"
    lines.write_text("\n" + json.dumps(ROW) + "\n\n", encoding="utf-8")
    xml.write_text(XML, encoding="utf-8")
    (by_line,), (by_xml,) = read_gold(lines), read_gold(xml)
    assert by_line.toponyms == by_xml.toponyms
    assert [TEXT[t.start : t.end] for t in by_line.toponyms] == ["Cairo", "Paris"]
    assert by_line.toponyms[0].geonameid == "4235193"
    assert by_line.toponyms[1].lat is None
    assert by_line.publisher == by_xml.publisher == "example.org"


def test_of_toponyms_over_each_other_the_first_counts(tmp_path):
    path = tmp_path / "gold.jsonl"
    nested = ROW | {"toponyms": [CAIRO | {"end": 23}, CAIRO, CAIRO | {"start": 20, "end": 23}]}
    path.write_text(json.dumps(nested), encoding="utf-8")
    (report,) = read_gold(path)
    assert [(t.start, t.end) for t in report.toponyms] == [(13, 18), (20, 23)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2"),
        ("[]", "line 2"),
        ("7", "line 2"),
        (json.dumps({"text": TEXT}), "'toponyms' is missing"),
        (json.dumps(ROW | {"text": 5}), "text is not a string"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"end": 999}]}), "in a text of 39 characters"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"start": 18}]}), "18 to 18"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"lat": 95}]}), "95.0"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"lat": float("nan")}]}), "nan"),
        (json.dumps(ROW | {"toponyms": 7}), "line 2"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"end": float("inf")}]}), "end is no whole number: inf"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"start": 0.5}]}), "start is no whole number: 0.5"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"start": True}]}), "start is no whole number: True"),
        (json.dumps(ROW | {"toponyms": [CAIRO | {"lat": 10**400}]}), "line 2"),
        ('{"text": "a", "toponyms": [{"start": ' + "9" * 5000 + "}]}", "line 2"),
        (json.dumps(ROW | {"publisher": {"a": 1}}), "publisher is not a string"),
        (json.dumps({"text": "", "toponyms": []}), "it is empty"),
        (json.dumps({"text": "ab \ud800", "toponyms": []}), "surrogate"),
        (json.dumps({"text": "ab\x00\x01\x02", "toponyms": []}), "binary"),
    ],
    ids=lambda value: value[:60],
)
def test_a_bad_line_is_named(tmp_path, line, said):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + line, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_gold(path)
    assert "gold.jsonl" in str(error.value)
    assert "line 2" in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "sys." not in str(error.value)


@pytest.mark.parametrize(
    "xml",
    [
        "not xml",
        "<articles></articles>",
        XML.replace("<end>18</end>", "<end>eighteen</end>"),
        XML.replace("<start>13</start>", ""),
        XML.replace("37.0053", "137.0"),
        XML.replace("<end>18</end>", "<end>1e400</end>"),
        re.sub("<text>.*</text>", "<text> </text>", XML, flags=re.DOTALL),
    ],
)
def test_bad_xml_is_one_line(tmp_path, xml):
    path = tmp_path / "gold.xml"
    path.write_text(xml, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_gold(path)
    assert str(error.value).count("\n") == 0


def test_entities_of_xml_neither_grow_nor_read_files(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "gold.xml"
    path.write_text(f"{head}<articles><article><text>a &e; b</text></article></articles>", encoding="utf-8")
    (report,) = read_gold(path)
    assert "secret" not in report.text


def test_a_missing_file_and_an_empty_one_are_said(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_gold(tmp_path / "nowhere.jsonl")
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(InputError, match="no report"):
        read_gold(tmp_path / "empty.jsonl")
