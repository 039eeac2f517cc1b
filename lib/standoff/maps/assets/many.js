/* Thousands of events: shapes on one canvas, and a table of those in view. */
(function (standoff) {
  "use strict";
  if (standoff.many) return;
  const { el } = standoff;
  const SMALL_PX = 7; // below this a shape is a dot
  const DOT_PX = 3.5;
  const MOST_ROWS = 150; // of the table: more in view are counted
  const DAY_MS = 86400000;

  /** A shape on a canvas, or a dot where it would be too small to see. */
  const Shape = L.Polygon.extend({
    _small() {
      const size = this._rawPxBounds && this._rawPxBounds.min && this._rawPxBounds.getSize();
      return size && Math.max(size.x, size.y) < SMALL_PX;
    },
    _updatePath() {
      if (!this._small()) return L.Polygon.prototype._updatePath.call(this);
      const context = this._renderer._ctx;
      const at = this._rawPxBounds.getCenter();
      context.beginPath();
      context.arc(at.x, at.y, DOT_PX, 0, 2 * Math.PI);
      context.globalAlpha = this.options.opacity;
      context.fillStyle = this.options.color;
      context.fill();
      context.globalAlpha = 1;
    },
    _containsPoint(point) {
      if (this._small()) return point.distanceTo(this._rawPxBounds.getCenter()) <= DOT_PX + 2;
      return L.Polygon.prototype._containsPoint.call(this, point);
    },
  });

  standoff.many = function (map, dataId) {
    const data = standoff.data(dataId);
    const table = panelOf(map, data);
    const group = L.featureGroup().addTo(map);
    // The page is painted first: thousands of shapes take a while.
    requestAnimationFrame(() => setTimeout(() => fill(map, data, group, table)));
    return group;
  };

  function fill(map, data, group, table) {
    const renderer = L.canvas({ padding: 0.3, tolerance: 3 });
    const day = (count) => new Date(Date.parse(data.origin) + count * DAY_MS).toISOString().slice(0, 10);
    const events = data.rows.map((row) => eventOf(map, row, data, day, renderer));
    const state = standoff.state(map);
    let days = null;
    let off = { kinds: new Set(), events: new Set() };

    function update() {
      // In pixels, as degrees say nothing round a pole.
      const scale = map.getZoomScale(0, map.getZoom());
      const view = map.getPixelBounds();
      const box = L.bounds(view.min.multiplyBy(scale), view.max.multiplyBy(scale));
      const seen = events.filter((event) => event.on && box.intersects(event.box));
      table.show(seen, events.filter((event) => event.on).length, events.length);
    }

    function sift() {
      for (const event of events) {
        const shown = !off.kinds.has(event.style.kind) && !off.events.has(event.title);
        const on = shown && (!days || standoff.meets(event.days, days));
        if (on !== event.on) on ? group.addLayer(event.layer) : group.removeLayer(event.layer);
        event.on = on;
      }
      update();
    }

    for (const event of events) {
      event.layer.bindPopup(() => card(event, data), { maxWidth: 320, minWidth: 200, className: "sd-popup" });
      event.layer.on("mouseover", () => (table.light(event), light(event, true)));
      event.layer.on("mouseout", () => (table.light(null), light(event, false)));
      event.layer.setStyle(looks(event, map));
      group.addLayer(event.layer);
    }
    table.choose = function (event) {
      state.moved = true;
      const size = event.box.getSize();
      const middle = map.unproject(event.box.getCenter(), 0);
      if (Math.max(size.x, size.y) > 1e-6) standoff.frame(map, event.corners, { maxZoom: 10, animate: !standoff.calm() });
      else map.setView(middle, Math.max(map.getZoom(), 8), { animate: !standoff.calm() });
      event.layer.openPopup(middle);
    };
    table.point = light;
    state.recolour.push(() => events.forEach((event) => event.layer.setStyle(looks(event, map))));
    map.on("moveend", update);
    state.sieve = (wanted) => ((off = wanted), sift());
    control(map, events, (chosen) => ((days = chosen), sift()));
    update();
  }

  function eventOf(map, [id, look, title, source, days, quote, where], data, day, renderer) {
    const style = data.looks[look];
    const options = { renderer, weight: 1, opacity: 0.9, dashArray: style.dash, fillOpacity: style.fill, smoothFactor: 0.5 };
    const corners = typeof where[0] === "number" ? [[[where]]] : standoff.polygons({ polygons: where, scale: 1000, lines: [] });
    const layer = new Shape(corners, options);
    const flat = corners.flat(2);
    const box = L.bounds(flat.map((corner) => map.project(corner, 0)));
    const dates = days && [day(days[0]), day(days[days.length - 1])];
    return { id, style, title: data.titles[title], source: data.sources[source], days: dates, quote, layer, corners: flat, box, on: true };
  }

  function looks(event, map) {
    const dark = map.getContainer().classList.contains("sd-dark");
    return { color: dark ? event.style.night : event.style.colour, fillColor: event.style.tint };
  }

  function light(event, on) {
    event.layer.setStyle({ weight: on ? 3 : 1, fillOpacity: on ? 0.45 : event.style.fill });
  }

  const when = (event) => (event.days ? [...new Set(event.days)].join(" to ") : "");
  const claimed = (event) => (event.style.claim === "asserted" ? "" : event.style.claim);

  function card(event) {
    const rows = [["When", when(event) || "not dated"], ["Claim", event.style.claim], ["Shape", event.style.label], ["Source", event.source], ["Event", event.id]].filter((row) => row[1]);
    return standoff.cards([{ title: event.title, kind: event.style.kind, quotes: event.quote ? [[[event.quote, false]]] : [], rows, lists: [] }]);
  }

  /** The table beside the map: what is in view. */
  function panelOf(map, data) {
    const words = el("p", { class: "sd-source", role: "status" });
    const body = el("tbody", {});
    const head = el("tr", {}, ...["When", "What", "Source"].map((title) => el("th", { scope: "col" }, title)));
    const caption = el("caption", { class: "sd-unseen" }, "The events in view");
    const table = el("table", { class: "sd-table" }, caption, el("thead", {}, head), body);
    const scroller = el("div", { class: "sd-rows", tabindex: 0, role: "region", "aria-label": "The events in view" }, table);
    const panel = el("aside", { class: "sd-panel", "aria-label": "Events" }, el("header", {}, el("h1", { dir: "auto" }, data.title), words), scroller);
    standoff.beside(map, panel);
    const rows = new Map();
    const own = { choose: null, point: null };

    function rowOf(event) {
      const button = el("button", { type: "button", dir: "auto" }, [event.title, claimed(event)].filter(Boolean).join(", "));
      const row = el("tr", {}, el("td", {}, when(event)), el("td", {}, button), el("td", { dir: "auto" }, event.source));
      button.addEventListener("click", () => own.choose(event));
      for (const name of ["mouseenter", "focusin"]) row.addEventListener(name, () => own.point(event, true));
      for (const name of ["mouseleave", "focusout"]) row.addEventListener(name, () => own.point(event, false));
      return row;
    }

    own.show = function (seen, all, whole) {
      const sorted = [...seen].sort((a, b) => (when(a) || "~").localeCompare(when(b) || "~") || a.id.localeCompare(b.id));
      rows.clear();
      for (const event of sorted.slice(0, MOST_ROWS)) rows.set(event, rowOf(event));
      const more = sorted.length - rows.size;
      const last = more > 0 ? [el("tr", {}, el("td", { colspan: 3 }, `${more} more in view: zoom in, or choose days.`))] : [];
      body.replaceChildren(...rows.values(), ...last);
      const parts = [`${seen.length} of ${all} in view`];
      if (all < whole) parts.push(`${whole - all} not chosen`);
      if (data.unplaced) parts.push(`${data.unplaced} without a place are not on the map`);
      words.textContent = parts.join(" · ");
    };
    own.light = (event) => rows.forEach((row, each) => row.classList.toggle("sd-lit", each === event));
    return own;
  }

  function control(map, events, choose) {
    const stops = [...new Set(events.flatMap((event) => event.days || []))].sort();
    const undated = events.filter((event) => !event.days).length;
    if (stops.length > 1) standoff.timeControl(map, { stops, shapes: {}, events: events.map((event) => event.days), undated }, choose);
  }
})(window.standoff);
