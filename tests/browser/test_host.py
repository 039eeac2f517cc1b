"""The map's page in the workbench's frame: what it tells, what it obeys, and whom it does not listen to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import hostile
import map_samples
import records
from standoff import maps

pytestmark = pytest.mark.browser

VIEW = Path(maps.__file__).parents[1] / "desk" / "assets" / "map_view.js"
MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
# A stand-in for the model that Jupyter hands to map_view.js: what is set, saved and sent is kept.
SHELL = """<!DOCTYPE html><meta charset="utf-8"><title>shell</title><style>
.sdw-map {{ position: relative; height: 600px; }} .sdw-frame {{ position: absolute; width: 100%; height: 100%; border: 0; }}
.sdw-coming {{ visibility: hidden; }}</style><div class="sdw"><div id="here"></div></div>
<script type="application/json" id="traits">{traits}</script>
<script type="module">
{view}
const traits = JSON.parse(document.getElementById("traits").textContent);
const heard = {{}};
window.sent = [];
window.model = {{
  get: (name) => traits[name],
  set(name, value) {{ traits[name] = value; (heard["change:" + name] || []).forEach((run) => run()); }},
  save_changes() {{}},
  send: (content) => window.sent.push(content),
  on: (name, run) => (heard[name] = [...(heard[name] || []), run]),
  off() {{}},
  say: (content) => heard["msg:custom"].forEach((run) => run(content)),
}};
render({{ model: window.model, el: document.getElementById("here") }});
</script>"""


def page_of(sample) -> str:
    return maps.build(*sample, host=True).get_root().render()


@pytest.fixture
def open_host(open_page, tmp_path):
    """Return a function that opens a sample in the frame of the workbench."""

    def opener(sample, **traits):
        whole = {"html": page_of(sample), "key": "a", "picking": False, "view": {}} | traits
        shell = tmp_path / "shell.html"
        view = VIEW.read_text(encoding="utf-8").replace("export default { render };", "")
        shell.write_text(
            SHELL.format(traits=json.dumps(whole).replace("<", "\\u003c"), view=view), encoding="utf-8"
        )
        opened = open_page(shell)
        opened.page.locator(".sdw-map[data-loaded='1']").wait_for()
        return opened

    return opener


def frame_of(page):
    return page.locator("iframe.sdw-frame:not(.sdw-coming)").element_handle().content_frame()


def said(page, kind):
    return [each for each in page.evaluate("window.sent") if each["kind"] == kind]


def quiet(opened) -> bool:
    return opened.errors == [] and [url for url in opened.requests if not url.startswith("about:")] == []


def test_a_click_is_told_only_while_a_place_is_picked_and_also_on_a_shape(open_host) -> None:
    opened = open_host(map_samples.at_tanf())
    page, frame = opened.page, frame_of(opened.page)
    box = frame.locator(".leaflet-container")
    shape = frame.locator("path.sd-shape-zone").first
    at = shape.bounding_box()
    own = box.bounding_box()
    spot = {"x": at["x"] - own["x"] + at["width"] * 0.35, "y": at["y"] - own["y"] + at["height"] * 0.35}
    box.click(position=spot)
    assert said(page, "click") == []
    frame.evaluate(f"() => {MAP}.closePopup()")
    page.evaluate("window.model.set('picking', true)")
    frame.locator(".leaflet-container.sd-picking").wait_for()
    there = frame.evaluate(f"(at) => {MAP}.containerPointToLatLng([at.x, at.y]).wrap()", spot)
    box.click(position=spot)
    page.wait_for_function("window.sent.some((each) => each.kind === 'click')")
    (click,) = said(page, "click")
    assert (click["lat"], click["lon"]) == pytest.approx((there["lat"], there["lng"]), abs=0.005)  # a pixel
    assert frame.locator(".sd-popup").count() == 0
    frame.locator(".leaflet-control-zoom-in").click()  # a control is no place
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.sent.filter((each) => each.kind === 'click').length === 2")
    page.keyboard.press("Escape")
    page.wait_for_function("window.sent.some((each) => each.kind === 'stop')")
    assert quiet(opened)


def test_words_and_shapes_that_are_chosen_are_told(open_host) -> None:
    report, record = records.report(), records.record()
    opened = open_host((report, record))
    page, frame = opened.page, frame_of(opened.page)
    names = {mention.id: mention.text for mention in record.places}
    for word in frame.locator(".sd-text mark.sd-place").all()[:4]:
        words = word.inner_text()
        word.click()
        page.wait_for_function("window.sent.some((each) => each.mention)")
        mention = next(each["mention"] for each in page.evaluate("window.sent") if each["mention"])
        assert words in names[mention]
        page.evaluate("window.sent.length = 0")
    shape = frame.locator("[data-item='f1']").first
    shape.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.sent.some((each) => (each.items || []).includes('f1'))")


def test_names_without_a_place_can_be_chosen_too(open_host) -> None:
    report, record = records.report(), records.record()
    bare = next(mention for mention in record.places if mention.place is None and mention.refers_to is None)
    opened = open_host((report, record))
    word = frame_of(opened.page).locator(".sd-text mark.sd-place", has_text=bare.text).first
    word.focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("(id) => window.sent.some((each) => each.mention === id)", arg=bare.id)


def test_another_reading_of_the_report_keeps_the_view_and_another_report_does_not(open_host) -> None:
    opened = open_host(map_samples.at_tanf())
    page, frame = opened.page, frame_of(opened.page)
    first = view_in(frame)
    frame.locator(".leaflet-control-zoom-in").click()
    frame.locator(".sd-legend summary").click()
    frame.get_by_role("tab", name="Checks").click()
    page.wait_for_function("window.model.get('view').tab === 2 && window.model.get('view').moved")
    zoomed = view_in(frame)
    assert zoomed["zoom"] > first["zoom"]
    page.evaluate("window.model.set('html', window.model.get('html') + ' ')")
    page.locator(".sdw-map[data-loaded='2']").wait_for()
    assert view_in(frame_of(page)) == zoomed
    assert zoomed["legend"] != first["legend"]
    page.evaluate("window.model.set('key', 'b'); window.model.set('html', window.model.get('html') + ' ')")
    page.locator(".sdw-map[data-loaded='3']").wait_for()
    again = view_in(frame_of(page))
    assert (again["zoom"], again["tab"]) == (first["zoom"], first["tab"])
    assert page.locator("iframe").count() == 1
    assert quiet(opened)


def view_in(frame):
    return frame.evaluate(
        f"""() => ({{ zoom: {MAP}.getZoom(),
          lat: +{MAP}.getCenter().lat.toFixed(4), lon: +{MAP}.getCenter().lng.toFixed(4),
          legend: document.querySelector(".sd-legend").open,
          tab: document.querySelector("[role=tab][aria-selected=true]").textContent }})"""
    )


def test_what_is_chosen_outside_is_lit(open_host) -> None:
    opened = open_host(map_samples.at_tanf())
    page, frame = opened.page, frame_of(opened.page)
    page.evaluate("window.model.say({ kind: 'show', items: ['f1'] })")
    frame.locator("[data-item='f1'].sd-lit").first.wait_for()
    assert said(page, "chose") == []  # it is told by the reader alone


def test_nobody_else_is_listened_to(open_host) -> None:
    opened = open_host(map_samples.at_tanf())
    page, frame = opened.page, frame_of(opened.page)
    # Not the frame itself, not a second caller, not a message that is no order.
    frame.evaluate(
        """() => {
          const channel = new MessageChannel();
          window.stolen = [];
          channel.port1.onmessage = (event) => window.stolen.push(event.data);
          window.postMessage({ kind: 'standoff-host' }, '*', [channel.port2]);
        }"""
    )
    page.evaluate(
        """() => {
          const channel = new MessageChannel();
          window.stolen = [];
          channel.port1.onmessage = (event) => window.stolen.push(event.data);
          const frame = document.querySelector('iframe').contentWindow;
          frame.postMessage({ kind: 'standoff-host' }, '*', [channel.port2]);
          const orders = [null, 'pick', { kind: 'pick', on: true }, { kind: 'restore', lat: 'x', tab: 99, moved: true }];
          for (const order of orders) frame.postMessage(order, '*');
          window.postMessage({ kind: 'click', lat: 1, lon: 2 }, '*');
        }"""
    )
    page.evaluate("window.model.say({ kind: 'show', items: ['f1'] })")
    frame.locator("[data-item='f1'].sd-lit").first.wait_for()
    assert page.evaluate("window.stolen") == frame.evaluate("window.stolen") == []
    assert said(page, "click") == []
    assert frame.locator(".sd-picking").count() == 0
    # The frame can reach neither the page round it nor its storage.
    assert (
        frame.evaluate(
            "() => { try { return String(window.parent.document); } catch (e) { return e.name; } }"
        )
        == "SecurityError"
    )
    assert opened.errors == []


def test_hostile_words_do_not_run_in_the_frame_either(open_host) -> None:
    opened = open_host((hostile.report(), hostile.record()))
    frame = frame_of(opened.page)
    assert frame.evaluate("window.ran") is None
    assert opened.page.evaluate("window.ran") is None
    assert quiet(opened)


def test_opened_by_itself_the_page_is_silent_and_otherwise_as_ever(open_page, tmp_path) -> None:
    path = tmp_path / "alone.html"
    path.write_text(page_of(map_samples.at_tanf()), encoding="utf-8")
    opened = open_page(path)
    opened.page.locator("path.sd-shape-zone").first.wait_for()
    assert opened.errors == []
    assert opened.requests == []


def test_a_page_without_a_host_has_none_of_it() -> None:
    assert "standoff.host" not in maps.build(*map_samples.at_tanf()).get_root().render()
    assert page_of(map_samples.at_tanf()) == page_of(map_samples.at_tanf())
