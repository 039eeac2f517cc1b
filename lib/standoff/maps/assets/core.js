/* Standoff's maps. Text reaches the document through textContent only. */
window.standoff = window.standoff || {};
(function (standoff) {
  "use strict";
  if (standoff.light) return; // a page with several of our elements holds this once

  const states = new WeakMap();
  const SVG = "http://www.w3.org/2000/svg";

  /** Make an element: attributes, then children (elements, or text). */
  standoff.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  standoff.svg = function (tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  standoff.data = (id) => JSON.parse(document.getElementById(id).textContent);

  /** What our elements know of each other on one map. */
  standoff.state = function (map) {
    if (!states.has(map)) {
      const state = { items: new Map(), listeners: [], hovered: [], pinned: [], labels: [], home: null, moved: false };
      // What is not shown: ids of items, who hides which items and events, who is told of it, and ways back to all.
      Object.assign(state, { out: new Set(), outs: new Map(), dimmers: [], resets: [], recolour: [] });
      states.set(map, state);
      map.on("click", () => standoff.pin(map, []));
      map.getContainer().addEventListener("keydown", (event) => {
        if (event.key === "Escape") standoff.pin(map, []);
      });
    }
    return states.get(map);
  };

  /** Our elements may hang in groups: run once the layer is on its map. */
  standoff.onceOnMap = function (parent, run) {
    const map = parent instanceof L.Map ? parent : parent._map;
    if (map) run(map);
    else parent.once("add", () => run(parent._map));
  };

  function show(map) {
    const state = standoff.state(map);
    const lit = new Set([...state.hovered, ...state.pinned]);
    for (const [id, items] of state.items) items.forEach((item) => item.light(lit.has(id)));
    state.listeners.forEach((listener) => listener(lit));
  }

  /** Light items and their words; an empty list puts the lights out. */
  standoff.light = function (map, ids) {
    standoff.state(map).hovered = ids;
    show(map);
  };

  /** Keep items lit until something else is chosen. */
  standoff.pin = function (map, ids) {
    const state = standoff.state(map);
    state.pinned = ids;
    state.hovered = [];
    show(map);
  };

  /**
   * Hide items, and dim the words of events, for one of those who may ("time", "layers"): what any of them hides is hidden.
   * Pointing at the words still shows them.
   */
  standoff.setOut = function (map, who, ids, events) {
    const state = standoff.state(map);
    state.outs.set(who, { ids, events });
    state.out = new Set([...state.outs.values()].flatMap((out) => [...out.ids]));
    for (const items of state.items.values()) items.forEach((item) => item.hide());
    if (standoff.noteStandIns) standoff.noteStandIns(map);
    state.hovered = state.hovered.filter((id) => !state.out.has(id));
    state.pinned = state.pinned.filter((id) => !state.out.has(id));
    standoff.dim(map);
    show(map);
    if (state.queue) state.queue();
  };

  /** Tell those who hold words which of them are of something hidden. */
  standoff.dim = function (map) {
    const state = standoff.state(map);
    const events = new Set([...state.outs.values()].flatMap((out) => [...out.events]));
    state.dimmers.forEach((dim) => dim(state.out, events));
  };

  /** The colours of a thing by day and by night; the style sheet takes one of the two. */
  standoff.ink = function (element, style) {
    element.classList.add("sd-ink");
    element.style.setProperty("--sd-day", style.colour);
    element.style.setProperty("--sd-night", style.night || style.colour);
    return element;
  };

  standoff.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** Words that came after something was lit or hidden. */
  standoff.refresh = function (map) {
    standoff.dim(map);
    show(map);
  };

  standoff.zoomTo = function (map, ids) {
    const state = standoff.state(map);
    const points = ids.flatMap((id) => (state.items.get(id) || []).flatMap((item) => item.points()));
    if (!points.length) return;
    state.moved = true;
    standoff.pin(map, ids);
    frame(map, points, { maxZoom: 10, animate: !standoff.calm() });
  };

  /** Bring points into view, clear of the legend and the time control where there is room. */
  standoff.frame = frame;
  function frame(map, points, options) {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    if (!map.options.crs.polar) {
      const bounds = L.latLngBounds(points);
      return map.fitBounds(bounds, { ...room(map, bounds), ...options });
    }
    // Corners of degrees say nothing round a pole: what counts is where the points come to lie.
    const box = L.bounds(points.map((point) => map.project(point, 0)));
    const wide = box.getSize();
    const fits = Math.log2(Math.min((size.x - 72) / Math.max(wide.x, 1e-6), (size.y - 72) / Math.max(wide.y, 1e-6)));
    const zoom = Math.min(options.maxZoom, Math.max(map.getMinZoom(), Math.floor(fits * 4) / 4));
    return map.setView(map.unproject(box.getCenter(), 0), zoom, options);
  }

  /** Padding that keeps a box clear of the legend and the time control, on whichever sides cost least zoom. */
  function room(map, bounds) {
    const pad = map.getSize().x < 500 ? 18 : 36;
    const [left, bottom] = sides(map, ".sd-legend", pad);
    const [right, top] = sides(map, ".sd-time", pad);
    const options = [];
    for (const [l, b] of [[left, pad], [pad, bottom]]) {
      for (const [r, t] of [[right, pad], [pad, top]]) options.push({ paddingTopLeft: [l, t], paddingBottomRight: [r, b] });
    }
    const zoom = (option) =>
      map.getBoundsZoom(bounds, false, L.point(option.paddingTopLeft).add(option.paddingBottomRight));
    const size = map.getSize();
    const roomy = ([l, t], [r, b]) => size.x - l - r > size.x / 4 && size.y - t - b > size.y / 4;
    const clear = options.filter((option) => roomy(option.paddingTopLeft, option.paddingBottomRight));
    return clear.length ? clear.reduce((best, option) => (zoom(option) > zoom(best) ? option : best)) : { padding: [pad, pad] };
  }

  /** How much of the map a box in its corner takes, from the side and from the top or bottom. */
  function sides(map, selector, pad) {
    const box = map.getContainer().querySelector(selector);
    return box && box.offsetWidth ? [box.offsetWidth + 24, box.offsetHeight + 28] : [pad, pad];
  }

  /** Show a box, and again whenever the map's size changes, until the reader moves the map. */
  standoff.fit = function (map, corners) {
    const state = standoff.state(map);
    state.home = function () {
      if (map._animatingZoom) return map.once("zoomend", state.home); // else the end of that zoom would undo this
      frame(map, corners, { maxZoom: 11, animate: false });
    };
    state.home();
    const container = map.getContainer();
    for (const name of ["wheel", "pointerdown", "keydown"]) {
      container.addEventListener(name, () => (state.moved = true), { passive: true });
    }
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (!state.moved) state.home();
    }).observe(container);
    homeControl(map, state).addTo(map);
  };

  standoff.fitTo = (map, dataId) => standoff.fit(map, standoff.data(dataId));

  function homeControl(map, state) {
    const control = L.control({ position: "topleft" });
    control.onAdd = function () {
      const button = standoff.el("a", { href: "#", role: "button", title: "Show everything", "aria-label": "Show everything" }, "⤢");
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.stop(event);
        standoff.pin(map, []);
        map.closePopup();
        state.resets.forEach((reset) => reset());
        state.home();
      });
      return standoff.el("div", { class: "leaflet-bar sd-home" }, button);
    };
    return control;
  }

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

  /** Corners as the page holds them: whole numbers in letters, each the difference to the one before. */
  standoff.path = function (letters, scale) {
    const corners = [];
    const at = [0, 0]; // x, y
    let axis = 0;
    let number = 0;
    let unit = 1;
    for (const letter of letters) {
      const value = VALUES.get(letter);
      number += (value & 31) * unit;
      unit *= 32;
      if (value & 32) continue; // more of this number follows
      at[axis] += number % 2 ? -(number + 1) / 2 : number / 2;
      if (axis) corners.push([at[1] / scale, at[0] / scale]);
      axis = 1 - axis;
      number = 0;
      unit = 1;
    }
    return corners;
  };

  standoff.polygons = (geometry) =>
    geometry.polygons.map((rings) => rings.map((ring) => standoff.path(ring, geometry.scale)));
  standoff.lines = (geometry) => geometry.lines.map((line) => standoff.path(line, geometry.scale));
})(window.standoff);
