/* Footprints and points: how each kind looks, lights up, and what its popup says. */
(function (standoff) {
  "use strict";
  if (standoff.shape) return;
  const { el, svg } = standoff;
  const SMALLEST_PX = 14; // a shape below this is shown by a stand-in
  const STANDS_IN = new Set(["disc", "region", "corridor", "zone", "surface"]);

  /** A point symbol, 22 pixels square, drawn round (11, 11), in the colour of the text round it. */
  standoff.glyph = function (name) {
    const colour = "currentColor";
    const line = { fill: "none", stroke: colour, "stroke-width": 2 };
    const halo = { class: "sd-halo", "fill-opacity": 0.9, stroke: "none" };
    const parts = {
      diamond: [svg("path", { d: "M11 4 18 11 11 18 4 11Z", fill: colour, class: "sd-edged", "stroke-width": 1.5 })],
      target: [
        svg("circle", { cx: 11, cy: 11, r: 8, ...halo }),
        svg("circle", { cx: 11, cy: 11, r: 6.5, ...line }),
        svg("circle", { cx: 11, cy: 11, r: 2.75, fill: colour }),
      ],
      dashed: [
        svg("circle", { cx: 11, cy: 11, r: 8, class: "sd-halo", "fill-opacity": 0.6 }),
        svg("circle", { cx: 11, cy: 11, r: 7, ...line, "stroke-dasharray": "3.4 2.1" }),
      ],
      dot: [svg("circle", { cx: 11, cy: 11, r: 3.5, fill: colour, class: "sd-edged", "stroke-width": 1.5 })],
    };
    return svg("svg", { width: 22, height: 22, viewBox: "0 0 22 22", "aria-hidden": "true" }, ...parts[name]);
  };

  function icon(name, style, more) {
    const html = standoff.ink(el("span", {}, standoff.glyph(name)), style);
    return L.divIcon({ html, className: `sd-glyph ${more || ""}`, iconSize: [22, 22] });
  }

  /** How a path looks at rest: in full, as an outline (no event), or not at all (part of another shape). */
  function resting(item) {
    const style = item.style;
    const full = {
      color: style.colour,
      weight: style.weight,
      opacity: 0.95,
      dashArray: style.dash,
      fillColor: style.tint || style.colour,
      fillOpacity: style.fill,
      smoothFactor: 0,
    };
    if (item.rank === "other") return { ...full, weight: 1.4, opacity: 0.85, fill: false };
    if (item.rank === "part") return { ...full, weight: 1.2, opacity: 0, fill: false, interactive: false };
    return full;
  }

  function shining(item) {
    const rest = resting(item);
    if (item.rank === "part") return { opacity: 0.95 };
    const fillOpacity = Math.min(0.5, item.style.fill + 0.15);
    return { weight: rest.weight + 2, opacity: 0.95, fill: true, fillOpacity };
  }

  /** Make a popup's contents from its cards. */
  standoff.cards = function (cards) {
    const box = el("div", { class: "sd-cards" });
    for (const card of cards) {
      const body = el("article", { class: "sd-card", "data-kind": card.kind });
      body.append(el("h3", { dir: "auto" }, card.title));
      for (const parts of card.quotes) {
        const stretches = parts.map(([words, marked]) => (marked ? el("mark", {}, words) : words));
        body.append(el("blockquote", { dir: "auto" }, ...stretches));
      }
      const list = el("dl", {});
      for (const [label, value] of card.rows) list.append(el("dt", {}, label), el("dd", { dir: "auto" }, value));
      body.append(list);
      for (const [label, lines] of card.lists) {
        body.append(el("h4", {}, label));
        body.append(el("ul", {}, ...lines.map((line) => el("li", { dir: "auto" }, line))));
      }
      box.append(body);
    }
    return box;
  };

  /** Name an element for screen readers and let the keyboard reach it. */
  function reachable(element, item, act) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", [item.style.label, item.label, item.claim].filter(Boolean).join(", "));
    element.dataset.item = item.id;
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  }

  /** Leaflet rounds corners to whole pixels, which makes a circle of 360 corners wobble. */
  const exact = {
    _projectLatlngs(latlngs, result, bounds) {
      if (!(latlngs[0] instanceof L.LatLng)) return latlngs.forEach((part) => this._projectLatlngs(part, result, bounds));
      const origin = this._map.getPixelOrigin();
      const points = latlngs.map((latlng) => this._map.project(latlng)._subtract(origin));
      points.forEach((point) => bounds.extend(point));
      result.push(points);
    },
  };
  const Polygon = L.Polygon.extend(exact);
  const Polyline = L.Polyline.extend(exact);

  function polygonLayers(item) {
    const style = { ...resting(item), className: `sd-shape sd-shape-${item.style.kind}` };
    const layers = [];
    const polygons = standoff.polygons(item.geometry);
    if (polygons.length) layers.push(new Polygon(polygons, style));
    const lines = standoff.lines(item.geometry);
    if (lines.length) layers.push(new Polyline(lines, { ...style, weight: Math.max(4, style.weight), fill: false }));
    return layers;
  }

  function marker(item, glyph, more) {
    return L.marker(item.at, { icon: icon(glyph, item.style, more), keyboard: false, riseOnHover: true });
  }

  standoff.shape = function (parent, dataId) {
    const item = standoff.data(dataId);
    const paths = item.geometry ? polygonLayers(item) : [];
    const group = L.featureGroup(paths.length ? paths : [marker(item, item.style.glyph || "dashed")]);
    const standIn = paths.length && item.rank === "main" && STANDS_IN.has(item.style.kind) ? marker(item, "dashed", "sd-standin") : null;
    group.addTo(parent);
    standoff.onceOnMap(group, (map) => settle(map, group, item, paths, standIn));
    return group;
  };

  function popupOptions(map) {
    const size = map.getSize();
    const time = map.getContainer().querySelector(".sd-time");
    const above = time && size.x < 560 ? time.offsetHeight : 0; // on a phone it lies over the popup's head
    return {
      maxWidth: Math.min(340, size.x - 60),
      minWidth: 220,
      maxHeight: Math.max(160, Math.min(460, size.y - 90 - above)),
      autoPanPaddingTopLeft: [16, 16 + above],
      autoPanPaddingBottomRight: [16, 16],
      className: "sd-popup",
    };
  }

  /** Controls lie over popups: those that would cover the open one are hidden as long as they do. */
  function makeWay(map) {
    let popup = null;
    const update = function () {
      const box = popup && popup.getElement() && popup.getElement().getBoundingClientRect();
      for (const control of map.getContainer().querySelectorAll(".sd-legend, .leaflet-bar, .leaflet-control-scale")) {
        const own = control.getBoundingClientRect();
        const meets = box && own.left < box.right && box.left < own.right && own.top < box.bottom && box.top < own.bottom;
        control.classList.toggle("sd-hidden", Boolean(meets));
      }
    };
    map.on("popupopen", function (event) {
      popup = event.popup;
      const content = popup.getElement().querySelector(".leaflet-popup-content"); // it may scroll: the keyboard must reach it
      Object.assign(content, { tabIndex: 0, role: "region", ariaLabel: "Details" });
      update();
    });
    map.on("popupclose", (event) => event.popup === popup && ((popup = null), update()));
    map.on("move moveend zoomend resize", update);
  }

  function settle(map, group, item, paths, standIn) {
    const state = standoff.state(map);
    if (!state.madeWay) makeWay(map);
    state.madeWay = true;
    if (item.cards.length) group.bindPopup(() => standoff.cards(item.cards), popupOptions(map));
    const own = { kind: item.style.kind, light: (on) => lightUp(group, item, paths, on), points: () => (paths.length ? paths.flatMap((path) => path.getLatLngs().flat(3)) : [L.latLng(item.at)]), hide: () => hide(map, group, item) };
    state.items.set(item.id, [...(state.items.get(item.id) || []), own]);
    group.on("mouseover", () => standoff.light(map, [item.id]));
    group.on("mouseout", () => standoff.light(map, []));
    group.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      standoff.pin(map, [item.id]);
    });
    // A group that is switched off and on again gets new elements.
    group.on("layeradd add", () => {
      name(map, group, item);
      hide(map, group, item);
    });
    name(map, group, item);
    hide(map, group, item);
    if (standIn) watchSize(map, group, paths[0], standIn);
    if (item.label && item.rank !== "part") standoff.label(map, shapeLabel(map, item, paths[0]));
  }

  function name(map, group, item) {
    group.eachLayer((layer) => {
      const element = layer.getElement && layer.getElement();
      if (!element || element.dataset.item) return;
      if (element.matches("path")) tinted(element, item.style);
      if (item.rank === "part") return void (element.dataset.item = item.id); // lit by its words only
      reachable(element, item, () => {
        standoff.pin(map, [item.id]);
        group.openPopup(layer.getLatLng ? layer.getLatLng() : L.latLng(item.at));
        group.once("popupclose", () => element.isConnected && element.focus({ preventScroll: true }));
        map.getContainer().querySelector(".leaflet-popup-content")?.focus({ preventScroll: true });
      });
      element.addEventListener("focus", () => standoff.light(map, [item.id]));
      element.addEventListener("blur", () => standoff.light(map, []));
    });
  }

  function tinted(element, style) {
    standoff.ink(element, style);
    if (!style.tint) element.classList.add("sd-untinted"); // its fill is its outline's colour
  }

  /** What is not shown is there only as long as its words are pointed at. */
  function hide(map, group, item) {
    const out = standoff.state(map).out.has(item.id);
    if (out && group.isPopupOpen()) group.closePopup();
    group.eachLayer((layer) => {
      const element = layer.getElement && layer.getElement();
      if (element) element.classList.toggle("sd-out", out);
    });
  }

  standoff.noteStandIns = function (map) {
    const some = map.getContainer().querySelector(".sd-standin:not(.sd-out)");
    map.getContainer().classList.toggle("sd-has-standins", some !== null);
  };

  function lightUp(group, item, paths, on) {
    for (const path of paths) path.setStyle(on ? shining(item) : resting(item));
    group.eachLayer((layer) => {
      const element = layer.getElement && layer.getElement();
      if (element) element.classList.toggle("sd-lit", on);
    });
  }

  /** A shape too small to see gets a symbol that says "an area, here". */
  function watchSize(map, group, path, standIn) {
    const update = function () {
      const box = path.getBounds();
      const corners = map.options.crs.polar ? path.getLatLngs().flat(3) : [box.getSouthWest(), box.getNorthEast()];
      const seen = L.bounds(corners.map((corner) => map.project(corner))).getSize();
      const small = Math.max(seen.x, seen.y) < SMALLEST_PX;
      if (small !== group.hasLayer(standIn)) small ? group.addLayer(standIn) : group.removeLayer(standIn);
      standoff.noteStandIns(map);
    };
    map.on("zoomend viewreset", update);
    map.whenReady(update);
  }

  function shapeLabel(map, item, path) {
    const common = { item: item.id, text: item.label, colour: item.style.colour, night: item.style.night, kind: item.style.kind };
    const beside = [["left", 15, 0], ["right", -15, 0], ["above", 0, -15], ["below", 0, 15]];
    if (!path) {
      return { ...common, priority: item.style.kind === "named" ? 2 : 4, spots: beside.map((spot) => [item.at, ...spot]) };
    }
    const corners = path.getLatLngs().flat(3);
    const most = (better) => corners.reduce((best, corner) => (better(corner, best) ? corner : best), corners[0]);
    const at = (corner) => map.project(corner, 0); // up on the map is not always north
    const north = most((a, b) => at(a).y < at(b).y);
    const south = most((a, b) => at(a).y > at(b).y);
    const east = most((a, b) => at(a).x > at(b).x);
    const west = most((a, b) => at(a).x < at(b).x);
    const priority = item.rank === "main" ? 3 : 2.5;
    const spots = [[north, "above", 0, -4], [south, "below", 0, 4], [east, "left", 6, 0], [west, "right", -6, 0]];
    return { ...common, priority, spots };
  }
})(window.standoff);
