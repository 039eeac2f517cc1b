"""Reports come in as they are, or are refused by name in one line."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import logging
import os
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.errors import InputError, SettingError, StandoffWarning
from standoff.report import iso_date, read_report, report_from_text, slug

ENGLISH = "The convoy – three trucks – reached At Tanf on Thursday. “It’s close,” he said.\n"
FRENCH = (
    "Les affrontements près de Saké, à 25 kilomètres de Goma, ont forcé des milliers d’habitants à fuir.\n"
)
RUSSIAN = "Войска отошли на 30 километров от границы. Город остался под контролем правительства.\n"
PAGE = """<!DOCTYPE html>
<!-- saved from url=(0031)https://example.org/news/1.html -->
<html><head>{charset}<title>Strike near Tanf | Example News</title>
<meta property="og:site_name" content="Example News"><meta property="og:title" content="Strike near Tanf">
<meta property="article:published_time" content="2017-06-08T18:12:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/a">World of adverts</a></li></ul></nav>
<article><h1>Strike near Tanf</h1>
<p>Two trucks burned out some 24 miles off the At Tanf base on Thursday, two officials said in Washington,
and the zone around it was quiet afterwards, according to the café’s owner.</p>
<p>The coalition has kept a zone of 34 miles around the garrison since May, and says it will defend it.</p>
<p>A headline read &lt;script&gt;alert(1)&lt;/script&gt; for an hour, and nobody in the newsroom knew why.</p>
</article><footer>Copyright 2021 Example News <a href="/p">Privacy</a></footer></body></html>
"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path | str, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        read_report(path, **options)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_text_is_kept_with_its_line_ends_and_the_file_gives_the_id(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, "At Tanf_8 June.txt", "one\r\ntwo\n\n  three \n"))
    assert report.text == "one\r\ntwo\n\n  three \n"
    assert (report.id, report.title, report.published) == ("at-tanf-8-june", None, None)


def test_the_hash_is_that_of_the_text(tmp_path: Path) -> None:
    info = read_report(write(tmp_path, "a.txt", ENGLISH)).info
    assert info.sha256 == hashlib.sha256(ENGLISH.encode()).hexdigest()
    assert info.chars == len(ENGLISH)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_utf8_text_comes_in_unchanged(tmp_path: Path, text: str) -> None:
    expected = text.removeprefix("\ufeff")
    if expected.strip():
        assert read_report(write(tmp_path, "any.txt", text)).text == expected


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(
    tmp_path: Path, mark: bytes, encoding: str
) -> None:
    assert read_report(write(tmp_path, "a.txt", mark + RUSSIAN.encode(encoding))).text == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN * 4, "koi8-r")],
)
def test_an_older_encoding_is_detected(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_report(write(tmp_path, "a.txt", text.encode(encoding))).text == text


def test_an_encoding_in_doubt_is_refused_by_name_and_place(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, "k.txt", b"To " + "Войска".encode("koi8-r")))
    assert message.startswith(f"{tmp_path}/k.txt: it is not UTF-8 (byte 0xf7 at 3)")
    assert "save it as UTF-8" in message


def test_a_broken_byte_order_mark_is_refused(tmp_path: Path) -> None:
    assert "starts as utf-16-le but is not" in refusal(write(tmp_path, "a.txt", b"\xff\xfea\0b"))


FRONT_MATTER = """---
title: "Strike: the third"
publisher: Standoff samples
published: {published}
url: https://example.org/1
licence: CC0-1.0
note: anything else is passed over
---

Body --- with a rule.
---
And more.
"""


@pytest.mark.parametrize("published", ["2017-06-08", "2017-06-08T21:00:00Z", "8 June 2017", '"June 8, 2017"'])
def test_front_matter_is_read_and_the_body_begins_after_it(tmp_path: Path, published: str) -> None:
    report = read_report(write(tmp_path, "a.md", FRONT_MATTER.format(published=published)))
    assert report.text == "Body --- with a rule.\n---\nAnd more.\n"
    assert (report.title, report.publisher, report.licence) == (
        "Strike: the third",
        "Standoff samples",
        "CC0-1.0",
    )
    assert (report.published, report.url) == ("2017-06-08", "https://example.org/1")


@pytest.mark.parametrize(
    "text", ["No front matter.\n", "---\nonly one rule\n", "---\njust words\n---\nbody\n"]
)
def test_markdown_without_front_matter_is_kept_whole(tmp_path: Path, text: str) -> None:
    assert read_report(write(tmp_path, "a.md", text)).text == text


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("title: [a", "not YAML (line"),
        ("published: soon", "published 'soon' is not a date"),
        ("published: 08/06/2017", "'08/06/2017' is not a date"),
        ("published: 2017-02-30", "published '2017-02-30' is not a date"),
        ("published: 99999999999-01-01", "is not a date"),
        ("published: 2017-13-45", "is not a date"),
        ("title: {a: b}", "title in its front matter is a list or a table"),
        ("title: !!python/object/apply:os.system [echo]", "is a list or a table"),
        (
            "published: 2017-06-08\ntitle: Iran: the war",
            'line 3: a text with a colon stands in quotation marks: title: "Iran',
        ),
        ("title: &a [*a]", "not YAML"),
        ("? [a]\n: b", "not YAML"),
        ("x: " + "[" * 20_000, "nested too deeply"),
    ],
    ids=lambda value: value[:40],
)
def test_bad_front_matter_is_refused(tmp_path: Path, header: str, words: str) -> None:
    message = refusal(write(tmp_path, "a.md", f"---\n{header}\n---\nbody\n"))
    assert message.startswith(f"{tmp_path}/a.md: ")
    assert words in message


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("title: 0x" + "f" * 5000, "0x" + "f" * 5000),
        ("title: " + "9" * 5000, "9" * 5000),
        ("title: 1:2:3:4", "1:2:3:4"),
        ("title: 2017-06-08", "2017-06-08"),
        ("title: .inf", ".inf"),
        ("title: ~", None),
        ("title:", None),
        ("title: null", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_field_is_the_text_that_stands_there(tmp_path: Path, header: str, title: str | None) -> None:
    assert read_report(write(tmp_path, "a.md", f"---\n{header}\n---\nbody\n")).title == title


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_front_matter_is_read_whatever_its_line_ends(tmp_path: Path, end: str) -> None:
    lines = "---\ntitle: T\npublished: 2017-06-08\n---\nOne.\n\nTwo.\n".replace("\n", end)
    report = read_report(write(tmp_path, "a.md", lines.encode()))
    assert (report.title, report.published) == ("T", "2017-06-08")
    assert report.text.splitlines() == ["One.", "", "Two."]


def test_front_matter_that_is_not_closed_is_told_of(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\ntitle: T\nOne.\n")
    with pytest.warns(StandoffWarning, match=r"a\.md: its front matter has no closing line"):
        assert read_report(path).title is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_report(write(tmp_path, "b.md", "---\nA rule, and words: with a colon.\n"))


def test_nested_aliases_do_not_blow_up(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert "list or a table" in refusal(write(tmp_path, "a.md", f"---\n{bomb}title: *a11\n---\nbody\n"))


def test_given_date_and_title_stand_in_where_the_report_has_none(tmp_path: Path) -> None:
    bare = write(tmp_path, "bare.md", "Words.\n")
    dated = write(tmp_path, "dated.md", FRONT_MATTER.format(published="2017-06-08"))
    assert (
        read_report(bare, published="2020-01-02", title="T").info.model_dump().items()
        >= {
            "published": "2020-01-02",
            "title": "T",
        }.items()
    )
    assert read_report(dated, published="2020-01-02", title="T").published == "2017-06-08"
    assert read_report(dated, published="2020-01-02", title="T").title == "Strike: the third"


def test_a_saved_page_gives_its_article_and_its_facts(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, "page.html", PAGE.format(charset='<meta charset="utf-8">')))
    assert (report.title, report.publisher, report.published) == (
        "Strike near Tanf",
        "Example News",
        "2017-06-08",
    )
    assert report.url == "https://example.org/news/1.html"
    assert "some 24 miles off the At Tanf base" in report.text
    assert "<script>alert(1)</script>" in report.text  # words, as the reader saw them
    assert "adverts" not in report.text
    assert "Privacy" not in report.text


def test_a_page_reads_the_same_each_time(tmp_path: Path) -> None:
    page = write(tmp_path, "page.html", PAGE.format(charset=""))
    assert len({read_report(page) for _ in range(3)}) == 1


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    content = PAGE.format(charset='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">')
    page = write(tmp_path, "page.htm", content.replace("café’s", "Łódź café").encode("iso-8859-2"))
    assert "Łódź café" in read_report(page).text


def test_a_page_without_an_article_is_refused_quietly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("trafilatura", "htmldate"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
    assert "no article was found" in refusal(write(tmp_path, "a.html", "<html><body></body></html>"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "<p>A drone struck <b>Aleppo</b> &amp; Homs.</p><p>Two died.</p>",
        "<html><head><title>T</title></head><body><script>a = '<p>'</script>A drone struck Aleppo &amp; Homs.<br>Two died.",
        "A drone struck Aleppo &amp; Homs.<br>Two died.",
    ],
    ids=["deep", "bare", "no tags"],
)
def test_a_page_without_an_article_is_read_whole_and_that_is_said(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    with pytest.warns(StandoffWarning, match="no article was found"):
        text = read_report(write(tmp_path, "a.html", page)).text
    assert text == "A drone struck Aleppo & Homs.\nTwo died."


def test_depth_does_not_hide_a_paragraph(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 20_000 + f"<p>{ENGLISH * 5}</p></body></html>"
    with pytest.warns(StandoffWarning, match="no article was found"):
        assert ENGLISH.strip() in read_report(write(tmp_path, "a.html", page)).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\n", "it is empty"),
        (codecs.BOM_UTF8, "it is empty"),
        (b"ab\0c", "binary, not text (a NUL byte at 2)"),
        (b"\x01\x02\x03\x04 hello", "binary"),
        (b"%PDF-1.7\n...", "a PDF, not text; copy its text"),
        (b"PK\x03\x04....", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (rb"{\rtf1 words}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
    ],
)
def test_what_is_not_text_is_refused_with_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    message = refusal(write(tmp_path, "a.txt", content))
    assert message.startswith(f"{tmp_path}/a.txt: ")
    assert words in message


def test_the_limit_of_length_is_stated_and_can_be_raised(tmp_path: Path) -> None:
    long = write(tmp_path, "long.txt", "é" * 101)
    message = refusal(long, max_chars=100)
    assert "101 characters is more than the limit of 100" in message
    assert "--max-chars" in message
    assert len(read_report(long, max_chars=101).text) == 101


def test_fifty_megabytes_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"word " * 10_000_000)
    message = refusal(huge)
    assert "at least 12,500,000 characters" in message
    assert "limit of 1,000,000" in message


def test_no_such_file_a_folder_and_odd_names(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.txt").endswith("gone.txt: there is no such file")
    assert "it is a folder" in refusal(tmp_path)
    assert "there is no such file" in refusal(str(tmp_path / "a\nb\x1b[31m.txt"))
    assert "cannot be read" in refusal("a\0b")
    for name in ("", "  "):
        assert "is no name of a report" in refusal(name)


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH * 100, "Two trucks were hit near Tanf"])
def test_text_where_a_file_is_wanted_is_recognised(text: str) -> None:
    message = refusal(text)
    assert "standoff.read_text" in message
    assert len(message) < 200


@pytest.mark.parametrize("published", ["banana", "2017-02-30", 5])
def test_a_given_date_is_one_even_where_the_report_has_its_own(tmp_path: Path, published: object) -> None:
    dated = write(tmp_path, "dated.md", FRONT_MATTER.format(published="2017-06-08"))
    assert "is not a date" in refusal(dated, published=published)


@pytest.mark.parametrize("key", ["title", "publisher", "url", "licence", "id"])
def test_what_is_to_be_text_is_text(key: str) -> None:
    with pytest.raises(SettingError, match=f"{key} is text, not int: 5"):
        report_from_text("Words.", **{key: 5})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [5, None, b"Words.", ["Words."]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(SettingError, match="text is text, not"):
        report_from_text(value)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"standoff\.read_text"):
        read_report(value if value != b"Words." else None)  # type: ignore[arg-type]


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", "words")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    assert refusal(path) == f"{path}: it cannot be read (Permission denied)"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (ENGLISH.encode(), None),
        (FRONT_MATTER.format(published="2017-06-08").encode(), "Strike: the third"),
        (PAGE.format(charset="").encode(), "Strike near Tanf"),
    ],
)
def test_standard_input_is_read_by_what_it_starts_with(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, title: str | None
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    report = read_report("-")
    assert (report.id, report.title) == ("stdin", title)


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no /dev/fd here")  # noqa: PTH110
def test_a_pipe_by_name_is_read(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, ENGLISH.encode())
    os.close(writer)
    assert read_report(f"/dev/fd/{reader}").text == ENGLISH
    os.close(reader)


def test_text_at_hand_gets_an_id_from_title_or_text() -> None:
    assert report_from_text("Words.", title="A Title!").id == "a-title"
    assert report_from_text("Words.").id == report_from_text("Words.").id
    assert report_from_text("Words.").id != report_from_text("Other words.").id
    assert report_from_text("Words.", id="mine").id == "mine"


def test_text_at_hand_is_checked_too() -> None:
    with pytest.raises(InputError, match="it is empty"):
        report_from_text("  ")
    with pytest.raises(InputError, match="surrogate"):
        report_from_text("half \ud800")
    with pytest.raises(InputError, match="limit of 3"):
        report_from_text("four", max_chars=3)
    with pytest.raises(InputError, match="not a date"):
        report_from_text("words", published="yesterday")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2017-06-08", "2017-06-08"),
        ("2017-06-08 23:59", "2017-06-08"),
        ("2017-06-08 23:59:00 +0200", "2017-06-08"),
        (dt.date(2017, 6, 8), "2017-06-08"),
        (dt.datetime(2017, 6, 8, 23, tzinfo=dt.UTC), "2017-06-08"),
        ("Thursday, 8 June 2017", "2017-06-08"),
        ("1 Feb 2020", "2020-02-01"),
    ],
)
def test_dates(value: str | dt.date, day: str) -> None:
    assert iso_date(value, "a") == day


@pytest.mark.parametrize(
    "value",
    ["yesterday", "June 2017", "2017", "2017-13-01", "last Tuesday", "x" * 10_000, "8", "in May", "20170608"],
)
def test_not_dates(value: str) -> None:
    with pytest.raises(InputError, match="is not a date; write it as 2017-06-08"):
        iso_date(value, "a")


@given(st.text())
def test_an_id_is_always_a_plain_file_name(name: str) -> None:
    made = slug(name)
    assert len(made) <= 80
    assert made == slug(made)
    assert not set(made) & set('/\\:*?"<>|.~ \0\n')
