/* The time control: two sliders choose the days, and what was not in between is hidden. */
(function (standoff) {
  "use strict";
  if (standoff.timeline) return;
  const { el, svg } = standoff;
  const STEP_MS = 1300;
  const WIDEST_BAR = 0.03; // of the track

  standoff.timeline = (map, dataId) => standoff.timeControl(map, standoff.data(dataId));

  /** The control; who holds shapes of its own (many.js) is told of the chosen days. */
  standoff.timeControl = function (map, data, tell) {
    if (data.stops.length < 2) return null; // nothing to choose
    const control = L.control({ position: "topright" });
    control.onAdd = () => box(map, data, tell || ((chosen) => show(map, data, chosen)));
    return control.addTo(map);
  };

  /** Whether a period, null where it is not dated, is in the chosen days. */
  const meets = (period, chosen) =>
    period === null ? chosen.undated : (period[0] === null || period[0] <= chosen.to) && (period[1] === null || period[1] >= chosen.from);

  function show(map, data, chosen) {
    const out = (periods) => !periods.some((period) => meets(period, chosen));
    const shapes = Object.keys(data.shapes).filter((id) => out(data.shapes[id]));
    const events = Object.keys(data.events).filter((id) => !meets(data.events[id], chosen));
    standoff.setOut(map, "time", new Set(shapes), new Set(events));
  }

  standoff.meets = meets;

  function box(map, data, tell) {
    const last = data.stops.length - 1;
    const track = trackOf(data);
    const from = slider("First day", "sd-from", last, 0);
    const to = slider("Last day", "sd-to", last, last);
    const words = el("output", { class: "sd-days" });
    const undated = el("input", { type: "checkbox" });
    undated.checked = true;
    const button = el("button", { type: "button", class: "sd-play" });
    let timer = null;
    let rest = [0, last]; // what a tour of the days goes through, and comes back to

    function update() {
      const [a, b] = [Number(from.value), Number(to.value)];
      const chosen = { from: data.stops[a], to: data.stops[b], undated: undated.checked };
      for (const input of [from, to]) input.setAttribute("aria-valuetext", data.stops[input.value]);
      words.textContent = a === b ? chosen.from : `${chosen.from} to ${chosen.to}`;
      words.setAttribute("aria-live", timer ? "off" : "polite");
      // Where both lie on one day at the end, only the first can still move.
      from.classList.toggle("sd-above", a > last / 2);
      whole.classList.toggle("sd-whole", a === 0 && b === last && chosen.undated);
      track.mark(a, b);
      tell(chosen);
    }

    function set(a, b) {
      from.value = a;
      to.value = b;
      update();
    }

    function play(on) {
      clearTimeout(timer);
      timer = null;
      if (on) step(rest[0]);
      button.replaceChildren(sign(on));
      button.setAttribute("aria-label", on ? "Stop" : "Play, day by day");
      button.title = button.getAttribute("aria-label");
    }

    function step(day) {
      timer = setTimeout(() => (day < rest[1] ? step(day + 1) : (play(false), set(...rest))), STEP_MS);
      set(day, day);
    }

    button.addEventListener("click", function () {
      if (timer) return play(false);
      const [a, b] = [Number(from.value), Number(to.value)];
      rest = a < b ? [a, b] : a < last ? [a, last] : [0, last]; // from one day on; from the last day, all
      play(true);
    });
    from.addEventListener("input", () => (play(false), set(Math.min(from.value, to.value), to.value)));
    to.addEventListener("input", () => (play(false), set(from.value, Math.max(from.value, to.value))));
    undated.addEventListener("change", update);
    standoff.state(map).resets.push(function () {
      undated.checked = true;
      play(false);
      set(0, last);
    });

    const tick = data.undated ? el("label", { class: "sd-undated" }, undated, "not dated") : null;
    const whole = el("div", { class: "sd-time", role: "group", "aria-label": "Time" });
    whole.append(el("div", { class: "sd-time-head" }, button, words, tick), el("div", { class: "sd-track" }, track.element, from, to));
    play(false);
    update();
    apart(whole);
    return whole;
  }

  /** What is done in the control is not done to the map. */
  function apart(whole) {
    L.DomEvent.disableClickPropagation(whole);
    L.DomEvent.disableScrollPropagation(whole);
    whole.addEventListener("pointerdown", (event) => event.stopPropagation());
    whole.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  }

  function slider(label, name, last, value) {
    const input = el("input", { type: "range", class: name, min: 0, max: last, step: 1, "aria-label": label });
    input.value = value;
    return input;
  }

  const sign = (playing) =>
    svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
      svg("path", { d: playing ? "M3 2h3v10H3zM8 2h3v10H8z" : "M3 1.5 12 7 3 12.5z", fill: "currentColor" }));

  /** The line under the sliders, with a bar for how many events each day had. */
  function trackOf(data) {
    const last = data.stops.length - 1;
    const told = Object.values(data.events).length ? Object.values(data.events) : Object.values(data.shapes).flat();
    const dated = told.filter((period) => period !== null);
    const counts = data.stops.map((day) => dated.filter((period) => meets(period, { from: day, to: day })).length);
    const most = Math.max(1, ...counts);
    const wide = Math.min(0.5, WIDEST_BAR * last);
    const bar = (x, width, y, height, name) => svg("rect", { x, y, width, height, class: name });
    const bars = counts.map((count, i) => bar(i - wide / 2, wide, 16 - (14 * count) / most, (14 * count) / most, "sd-bar"));
    const line = bar(0, last, 16, 3, "sd-line");
    const chosen = bar(0, last, 16, 3, "sd-chosen");
    const options = { viewBox: `0 0 ${last} 24`, preserveAspectRatio: "none", "aria-hidden": "true" };
    return {
      element: svg("svg", options, ...bars, line, chosen),
      mark(a, b) {
        chosen.setAttribute("x", a);
        chosen.setAttribute("width", b - a);
        bars.forEach((each, i) => each.classList.toggle("sd-in", a <= i && i <= b));
      },
    };
  }
})(window.standoff);
