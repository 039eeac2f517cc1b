/* Labels that never lie on each other: the important first, each where there is room. */
(function (standoff) {
  "use strict";
  if (standoff.label) return;
  const GAP = 3;
  const DOT = 6; // pixels across

  /**
   * Add a label: text, colour, kind, priority, room, item; spots ([latlng, side, dx, dy, room in degrees, least zoom], best first);
   * from (the least zoom), dot (a latlng that gets a dot whenever the label is shown).
   */
  standoff.label = function (map, label) {
    const state = standoff.state(map);
    if (!state.labels.length) start(map, state);
    label.element = standoff.el("div", { class: `sd-label sd-label-${label.kind}`, dir: "auto" }, label.text);
    if (label.colour) standoff.ink(label.element, label);
    if (label.dot) label.mark = standoff.el("div", { class: `sd-dot sd-dot-${label.kind}` });
    map.getPane("sd-labels").append(label.element, ...(label.mark ? [label.mark] : []));
    state.labels.push(label);
    state.queue();
  };

  function start(map, state) {
    const pane = map.createPane("sd-labels");
    pane.style.zIndex = 620;
    pane.setAttribute("aria-hidden", "true"); // the shapes are named themselves
    let waiting = false;
    state.queue = function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        place(map, state);
      });
    };
    state.place = () => place(map, state); // at once, for who cannot wait for the next frame
    map.on("moveend zoomend viewreset resize", state.queue);
    map.on("zoomstart", () => pane.classList.add("sd-hidden"));
    map.on("zoomend", () => pane.classList.remove("sd-hidden"));
  }

  function place(map, state) {
    const size = map.getSize();
    if (!size.x || !map._loaded) return;
    const origin = map.getContainer().getBoundingClientRect();
    const taken = [...map.getContainer().querySelectorAll(".leaflet-control, .sd-glyph")].map((element) =>
      relative(element.getBoundingClientRect(), origin)
    );
    const pixelsPerDegree = (256 * 2 ** map.getZoom()) / 360;
    state.labels.sort((a, b) => b.priority - a.priority || (b.room || 0) - (a.room || 0));
    const zoom = map.getZoom();
    const wanted = (label) => !state.out.has(label.item) && !(zoom < label.from);
    measure(state.labels.filter(wanted));
    for (const label of state.labels) {
      const dot = label.dot && square(map.latLngToContainerPoint(label.dot));
      const free = wanted(label) && !(dot && taken.some((other) => overlap(dot, other)));
      const roomy = (spot) => !(zoom < spot[5] || spot[4] * 2 * pixelsPerDegree <= label.width * 0.4);
      const box = free ? firstFree(map, label.spots.filter(roomy), label.width, label.height, size, taken) : null;
      set(map, label.element, box);
      if (label.mark) set(map, label.mark, box && dot);
      if (box) taken.push(...(dot ? [box, dot] : [box]));
    }
  }

  function set(map, element, box) {
    element.style.display = box ? "" : "none";
    if (box) L.DomUtil.setPosition(element, map.containerPointToLayerPoint([box.left, box.top]).round());
  }

  const square = ({ x, y }) => ({ left: x - DOT / 2, top: y - DOT / 2, right: x + DOT / 2, bottom: y + DOT / 2 });

  /** All at once, so that the browser lays the page out once. */
  function measure(labels) {
    const fresh = labels.filter((label) => label.width === undefined);
    for (const label of fresh) label.element.style.display = "";
    for (const label of fresh) {
      label.width = label.element.offsetWidth;
      label.height = label.element.offsetHeight;
    }
  }

  const relative = (rect, origin) => ({
    left: rect.left - origin.left,
    top: rect.top - origin.top,
    right: rect.right - origin.left,
    bottom: rect.bottom - origin.top,
  });

  function firstFree(map, spots, width, height, size, taken) {
    for (const [latlng, side, dx, dy] of spots) {
      const at = map.latLngToContainerPoint(latlng);
      const shift = { left: [0, -0.5], right: [-1, -0.5], above: [-0.5, -1], below: [-0.5, 0], centre: [-0.5, -0.5] }[side];
      const left = at.x + dx + shift[0] * width;
      const top = at.y + dy + shift[1] * height;
      const box = { left, top, right: left + width, bottom: top + height };
      const inside = left >= 2 && top >= 2 && box.right <= size.x - 2 && box.bottom <= size.y - 2;
      if (inside && !taken.some((other) => overlap(box, other))) return box;
    }
    return null;
  }

  const overlap = (a, b) =>
    a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
})(window.standoff);
