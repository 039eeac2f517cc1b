/* The legend: what each kind of thing on this map means. */
(function (standoff) {
  "use strict";
  if (standoff.legend) return;
  const { el, svg } = standoff;

  function swatch(entry) {
    if (entry.glyph) return standoff.glyph(entry.glyph);
    const common = { stroke: "currentColor", "stroke-width": Math.max(1.5, entry.weight), fill: entry.tint || "currentColor", "fill-opacity": entry.fill };
    if (entry.dash) common["stroke-dasharray"] = entry.dash;
    const shapes = {
      zone: () => svg("circle", { cx: 14, cy: 10, r: 8, ...common }),
      disc: () => svg("circle", { cx: 14, cy: 10, r: 7, ...common }),
      ring: () => svg("path", { d: "M22 10a8 8 0 1 1-16 0 8 8 0 1 1 16 0M18 10a4 4 0 1 0-8 0 4 4 0 1 0 8 0", "fill-rule": "evenodd", ...common }),
      inside: () => svg("path", { d: "M6 10A8 8 0 0 1 22 10H18A4 4 0 0 0 10 10Z", ...common }),
      sector: () => svg("path", { d: "M5 17 9 4A14 14 0 0 1 23 10L11 18Z", ...common }),
      corridor: () => svg("path", { d: "M3 13C9 3 16 15 24 4L25 9C17 19 10 8 5 18Z", ...common }),
      other: () => svg("circle", { cx: 14, cy: 10, r: 8, ...common, "fill-opacity": 0, "stroke-width": 1.4 }),
      disputed: () => svg("path", { d: "M2 10H26", class: "sd-disputed" }),
      capital: () => svg("g", { class: "sd-capital" }, svg("circle", { cx: 14, cy: 10, r: 3.5 }), svg("circle", { cx: 14, cy: 10, r: 1.2 })),
      claim: () => svg("path", { d: "M2 10H26", ...common, "fill-opacity": 0, "stroke-width": 2 }),
    };
    const shape = shapes[entry.kind] || (() => svg("path", { d: "M4 6 12 3 24 7 22 16 9 17Z", ...common }));
    return svg("svg", { width: 28, height: 20, viewBox: "0 0 28 20", "aria-hidden": "true" }, shape());
  }

  standoff.legend = function (map, dataId) {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = function () {
      const list = el("ul", {});
      for (const entry of standoff.data(dataId)) {
        const words = el("span", {}, el("b", {}, entry.label), el("small", {}, entry.meaning));
        list.append(el("li", { "data-kind": entry.kind }, standoff.ink(el("span", { class: "sd-swatch" }, swatch(entry)), entry), words));
      }
      const { clientWidth, clientHeight } = map.getContainer();
      const narrow = clientWidth < 560 || clientHeight < 560; // open, it would lie over the buttons
      const box = el("details", { class: "sd-legend", open: narrow ? null : "" }, el("summary", {}, "Legend"), list);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control.addTo(map);
  };
})(window.standoff);
