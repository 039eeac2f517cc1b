/* The layer control: what is shown, by kind and by event, on which background. */
(function (standoff) {
  "use strict";
  if (standoff.layers) return;
  const { el } = standoff;
  const GROUNDS = { light: "Light", dark: "Dark", none: "None" };

  standoff.layers = function (map, dataId) {
    const data = standoff.data(dataId);
    const control = L.control({ position: "topleft" });
    control.onAdd = () => box(map, data);
    return control.addTo(map);
  };

  /** The background: a theme of the whole page, or none at all. */
  standoff.ground = function (map, name) {
    const container = map.getContainer();
    const page = container.closest(".sd-layout") || container;
    for (const each of [page, container]) each.classList.toggle("sd-dark", name === "dark");
    container.classList.toggle("sd-bare", name === "none");
    standoff.state(map).recolour.forEach((run) => run());
    standoff.state(map).queue?.();
  };

  function box(map, data) {
    const state = standoff.state(map);
    const off = { kinds: new Set(), events: new Set() };
    const checks = [];

    function apply() {
      const ids = [...state.items.keys()].filter((id) => hidden(id, state, data, off));
      standoff.setOut(map, "layers", new Set(ids), off.events);
      if (state.sieve) state.sieve(off); // shapes that are no items (many.js)
    }

    function choice(words, act, on = true) {
      const input = el("input", { type: "checkbox" });
      input.checked = on;
      input.addEventListener("change", () => act(input.checked));
      checks.push([input, on, act]);
      return el("label", {}, input, el("span", { dir: "auto" }, words));
    }

    function setOff(set, ids, shown) {
      ids.forEach((id) => (shown ? set.delete(id) : set.add(id)));
      apply();
    }

    const body = el("div", { class: "sd-layers-body" });
    if (data.ground) body.append(grounds(map));
    body.append(fieldset("Kinds", ...data.kinds.map(([kind, label]) => choice(label, (on) => setOff(off.kinds, [kind], on)))));
    if (data.events.length) {
      body.append(fieldset(data.grouped ? "Events by type" : "Events", ...data.events.map(([words, ids]) => choice(words, (on) => setOff(off.events, ids, on)))));
    }
    const labels = choice("Labels", (on) => map.getContainer().classList.toggle("sd-unlabelled", !on));
    body.append(fieldset("Also", labels, choice("Grid of degrees", standoff.graticule(map), false)));
    state.resets.push(function () {
      for (const [input, on, act] of checks) if (input.checked !== on) (input.checked = on), act(on);
    });
    const made = el("details", { class: "sd-layers leaflet-bar" }, el("summary", { title: "Layers", "aria-label": "Layers" }, standoff.sign("M9 2 16.5 6 9 10 1.5 6ZM2 9.5 9 13.2 16 9.5M2 12.7 9 16.4 16 12.7")), body);
    made.addEventListener("keydown", (event) => event.key === "Escape" && ((made.open = false), made.firstChild.focus()));
    // The two would lie over each other.
    made.addEventListener("toggle", () => made.open && map.closePopup());
    map.on("popupopen", () => (made.open = false));
    L.DomEvent.disableClickPropagation(made);
    L.DomEvent.disableScrollPropagation(made);
    return made;
  }

  function fieldset(title, ...rows) {
    return el("fieldset", {}, el("legend", {}, title), ...rows);
  }

  function grounds(map) {
    const name = `sd-ground-${map._leaflet_id}`;
    const rows = Object.entries(GROUNDS).map(([value, words]) => {
      const input = el("input", { type: "radio", name, value });
      input.checked = value === "light";
      input.addEventListener("change", () => standoff.ground(map, value));
      return el("label", {}, input, words);
    });
    return fieldset("Background", ...rows);
  }

  /** An item goes with its kind, and with its events once all of them are off. */
  function hidden(id, state, data, off) {
    if (state.items.get(id).every((item) => off.kinds.has(item.kind))) return true;
    const events = data.of[id] || [];
    return events.length > 0 && events.every((event) => off.events.has(event));
  }
})(window.standoff);
