import html
import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

import hostile
from standoff.maps.escape import html_text, json_block, visible


class Words(HTMLParser):
    """Reads HTML back as a browser does: text, and whether there was any markup."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", []
        self.feed(source)
        self.close()

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)


@given(st.text())
def test_html_reads_back_as_the_visible_text(text):
    words = Words(html_text(text))
    assert words.text == visible(text)
    assert words.tags == []


@given(st.text())
def test_html_holds_nothing_that_folium_or_jinja_would_run(text):
    assert not set("\\`${}<>\"'") & set(html_text(text))


def test_hostile_strings_survive_unchanged():
    for text in hostile.STRINGS:
        assert html.unescape(html_text(text)) == text


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_json_reads_back_and_opens_no_tag(value):
    written = json_block(value)
    assert json.loads(written) == value
    for code in ("<", ">", "&", "\u2028", "\u2029", "{{", "{%", "{#"):
        assert code not in written


def test_bidi_and_control_characters_are_shown_not_obeyed():
    assert visible("user\u202egnp.exe") == "user⟨U+202E⟩gnp.exe"
    assert visible("a\x00b\x1bc") == "a⟨U+0000⟩b⟨U+001B⟩c"
    assert visible("half \ud83d") == "half ⟨U+D83D⟩"


def test_marks_and_joiners_that_scripts_need_stay():
    persian = "می\u200cخواهم\u200f"
    assert visible(persian) == persian
