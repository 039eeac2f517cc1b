/* Tools of the map: where the pointer is, how far it is, a grid of degrees, north, the whole screen. */
(function (standoff) {
  "use strict";
  if (standoff.tools) return;
  const { el, svg } = standoff;

  standoff.tools = function (map, dataId) {
    const wanted = standoff.data(dataId);
    const bar = L.control({ position: "topleft" });
    bar.onAdd = function () {
      const box = el("div", { class: "leaflet-bar sd-tools" });
      if (wanted.measure) box.append(measureButton(map));
      if (wanted.fullscreen && document.fullscreenEnabled) box.append(screenButton(map));
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    if (wanted.measure || wanted.fullscreen) bar.addTo(map);
    const corner = L.control({ position: "bottomright" });
    corner.onAdd = () => el("div", { class: "sd-corner" }, wanted.position ? positionOf(map) : null, wanted.north && !map.options.crs.polar ? north() : null);
    if (wanted.position || wanted.north) corner.addTo(map);
    return bar;
  };

  /** A symbol of lines, 18 pixels square. */
  standoff.sign = (path) =>
    svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", class: "sd-sign-line", "aria-hidden": "true" }, svg("path", { d: path }));

  function button(path, words, act) {
    const made = el("a", { href: "#", role: "button", title: words, "aria-label": words, "aria-pressed": "false" }, standoff.sign(path));
    L.DomEvent.on(made, "click", (event) => {
      L.DomEvent.stop(event);
      act(made);
    });
    made.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), act(made)));
    return made;
  }

  // ------------------------------------------------------------------------------------------- where

  /** Latitude, longitude and the grid, under the pointer or, for the keyboard and fingers, in the middle of the map. */
  function positionOf(map) {
    const place = el("bdi", {});
    const grid = el("bdi", {});
    const out = el("div", { class: "sd-position", role: "group", "aria-label": "Position under the pointer, else of the middle" }, place, grid);
    const show = function (latlng) {
      const at = latlng.wrap();
      place.textContent = `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`;
      grid.textContent = Math.abs(at.lat) <= 90 ? standoff.mgrs(at.lat, at.lng) || "" : "";
    };
    let pointed = false;
    const middle = () => pointed || !map._loaded || show(map.getCenter());
    map.on("mousemove", (event) => ((pointed = true), show(event.latlng)));
    map.on("mouseout", () => ((pointed = false), middle()));
    map.on("move viewreset", middle);
    map.whenReady(middle);
    const cross = el("div", { class: "sd-cross", "aria-hidden": "true" });
    map.getContainer().append(cross);
    return out;
  }

  function north() {
    const arrow = svg("path", { d: "M9 1 15 17 9 13 3 17Z", class: "sd-needle" });
    return el("div", { class: "sd-north", role: "img", "aria-label": "North is up", title: "North is up" }, svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18" }, arrow), "N");
  }

  function screenButton(map) {
    const whole = () => map.getContainer().closest(".sd-layout") || map.getContainer();
    const made = button("M2 6V2H6M12 2H16V6M16 12V16H12M6 16H2V12", "Full screen", () => (document.fullscreenElement ? document.exitFullscreen() : whole().requestFullscreen()));
    document.addEventListener("fullscreenchange", () => {
      made.setAttribute("aria-pressed", String(document.fullscreenElement === whole()));
      map.invalidateSize({ animate: false });
    });
    return made;
  }

  // ----------------------------------------------------------------------------------------- how far

  /** A length in kilometres, statute and nautical miles. */
  standoff.lengthWords = function (metres) {
    const digits = (value) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : String(Math.round(value)));
    const first = metres < 1000 ? `${Math.round(metres)} m` : `${digits(metres / 1000)} km`;
    return `${first} · ${digits(metres / 1609.344)} mi · ${digits(metres / 1852)} nm`;
  };

  function measureButton(map) {
    let points = null; // null: not measuring
    let drawn = null;
    const words = el("output", { class: "sd-measured", "aria-live": "polite" });
    const container = map.getContainer();

    function redraw(pointer) {
      drawn.clearLayers();
      const way = pointer ? [...points, pointer] : points;
      for (let i = 1; i < way.length; i++) {
        const open = pointer && i === way.length - 1;
        const line = { className: "sd-way", interactive: false, smoothFactor: 0, weight: 2.5, dashArray: open ? "4 5" : null };
        L.polyline(standoff.shortest(way[i - 1], way[i]), line).addTo(drawn);
      }
      points.forEach((point) => L.circleMarker(point, { className: "sd-way-end", radius: 4, weight: 2, interactive: false }).addTo(drawn));
      tell(way);
    }

    function tell(way) {
      const legs = way.slice(1).map((point, i) => standoff.inverse(way[i], point));
      if (!legs.length) return void (words.textContent = "Click two points, or move the map under the cross and press Enter. Esc ends.");
      const total = standoff.lengthWords(legs.reduce((sum, leg) => sum + leg.metres, 0));
      const last = legs[legs.length - 1];
      const bearing = `${String(Math.round(last.bearing) % 360).padStart(3, "0")}°`;
      words.textContent = legs.length > 1 ? `${total} (last leg ${standoff.lengthWords(last.metres)}, ${bearing})` : `${total}, ${bearing}`;
    }

    const corner = (latlng) => [latlng.lat, latlng.lng];
    const add = (latlng) => (points.push(corner(latlng)), redraw(null));
    const clicked = (event) => add(event.latlng);
    const moved = (event) => points.length && redraw(corner(event.latlng));
    const pressed = function (event) {
      if (event.key === "Escape") return stop(true);
      if (event.key === "Backspace") return points.pop(), redraw(null), event.preventDefault();
      if (event.key === "Enter" && event.target === container) add(map.getCenter());
    };

    function start() {
      points = [];
      drawn = drawn || L.layerGroup().addTo(map);
      container.classList.add("sd-measuring");
      container.append(words);
      map.doubleClickZoom.disable();
      map.on("click", clicked).on("mousemove", moved);
      container.addEventListener("keydown", pressed);
      redraw(null);
      container.focus({ preventScroll: true });
    }

    /** What was measured stays on the map until the tool is used again. */
    function stop(keep) {
      if (points && keep) redraw(null);
      else if (drawn) drawn.clearLayers();
      if (!keep || !points || points.length < 2) words.remove();
      points = null;
      container.classList.remove("sd-measuring");
      map.doubleClickZoom.enable();
      map.off("click", clicked).off("mousemove", moved);
      container.removeEventListener("keydown", pressed);
      made.setAttribute("aria-pressed", "false");
    }

    const made = button("M1.5 12 12 1.5 16.5 6 6 16.5ZM4 9.5 5.5 11M6.5 7 8.5 9M9 4.5 10.5 6", "Measure a distance", function () {
      if (points) return stop(true);
      if (words.isConnected) return stop(false);
      made.setAttribute("aria-pressed", "true");
      start();
    });
    standoff.state(map).resets.push(() => stop(false));
    return made;
  }

  // ---------------------------------------------------------------------------------- a grid of degrees

  const STEPS = [90, 45, 30, 15, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

  /** Lines of latitude and longitude, some four to ten over the view, each with its degrees at the edge. */
  standoff.graticule = function (map) {
    const group = L.layerGroup();
    let on = false;
    const style = { className: "sd-graticule", interactive: false, weight: 0.7, smoothFactor: 0 };
    const draw = () => (group.clearLayers(), map.options.crs.polar ? roundPole() : overView());

    function roundPole() {
      const pole = map.options.crs.polar;
      for (let lng = -180; lng < 180; lng += 30) {
        L.polyline([[89 * pole, lng], [30 * pole, lng]], style).addTo(group);
        edge([60 * pole, lng], degrees(lng, "E", "W", 1), "sd-edge-top");
      }
      for (let lat = 40; lat < 90; lat += 10) {
        L.polyline(standoff.parallel(lat * pole), style).addTo(group);
        edge([lat * pole, 15], degrees(lat * pole, "N", "S", 1), "sd-edge-top");
      }
      L.polyline(standoff.parallel(85 * pole), style).addTo(group);
    }

    function overView() {
      const view = map.getBounds().pad(0.1);
      const across = Math.min(view.getEast() - view.getWest(), 2 * (view.getNorth() - view.getSouth()));
      const step = STEPS.find((each) => across / each >= 5) || STEPS[STEPS.length - 1];
      const [low, high] = [Math.max(-85, view.getSouth()), Math.min(85, view.getNorth())];
      const seen = map.getBounds();
      for (let i = Math.ceil(view.getWest() / step); i * step <= view.getEast(); i++) {
        L.polyline([[low, i * step], [high, i * step]], style).addTo(group);
        edge([seen.getNorth(), i * step], degrees(((((i * step + 180) % 360) + 360) % 360) - 180, "E", "W", step), "sd-edge-top");
      }
      for (let i = Math.ceil(low / step); i * step <= high; i++) {
        L.polyline([[i * step, view.getWest()], [i * step, view.getEast()]], style).addTo(group);
        edge([i * step, seen.getEast()], degrees(i * step, "N", "S", step), "sd-edge-right");
      }
    }
    function edge(at, words, side) {
      const icon = L.divIcon({ html: el("span", {}, words), className: `sd-edge ${side}`, iconSize: [0, 0] });
      L.marker(at, { icon, interactive: false, keyboard: false }).addTo(group);
    }
    return function (wanted) {
      if (wanted === on) return;
      on = wanted;
      map[on ? "on" : "off"]("moveend", draw);
      on ? (group.addTo(map), draw()) : group.remove();
    };
  };

  function degrees(value, plus, minus, step) {
    const digits = Math.max(0, (String(step).split(".")[1] || "").length);
    const words = Math.abs(value).toFixed(digits);
    return `${words}°${Number(words) === 0 || Number(words) === 180 ? "" : value > 0 ? plus : minus}`;
  }
})(window.standoff);
