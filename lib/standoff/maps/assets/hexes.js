/* Cells with a number each, from light to dark, and a legend that leads to the largest. */
(function (standoff) {
  "use strict";
  if (standoff.hexes) return;
  const { el, svg } = standoff;
  const OPAQUE = 0.78;

  standoff.hexes = function (map, dataId) {
    const data = standoff.data(dataId);
    if (!map.getPane("sd-hexes")) map.createPane("sd-hexes").style.zIndex = 240; // land below, borders above
    const group = L.layerGroup();
    const layers = data.cells.map(function (cell) {
      const corners = standoff.polygons({ polygons: cell.path, scale: data.scale });
      const colour = data.classes[cell.class].colour;
      const layer = L.polygon(corners, { pane: "sd-hexes", className: "sd-hex", fillColor: colour, fillOpacity: OPAQUE, color: "#fff", weight: 0.6, smoothFactor: 0 });
      layer.bindTooltip(() => tip(data, cell), { sticky: true, className: "sd-hex-tip" });
      return group.addLayer(layer) && layer;
    });
    group.addTo(map);
    legend(map, data, layers).addTo(map);
    return group;
  };

  const told = (number) => (number >= 0.01 ? number.toFixed(2) : number > 0 ? number.toPrecision(2) : "0");

  function tip(data, cell) {
    const [expected, least, most, reports] = cell.values;
    const lines = [el("b", {}, `${data.title}: ${told(expected)}`)];
    if (least !== null && most !== null) lines.push(el("span", {}, `for sure ${least}, at most ${most}`));
    if (reports !== null) lines.push(el("br"), el("span", {}, `told by ${reports} ${reports === 1 ? "report" : "reports"}`));
    return el("div", {}, ...lines);
  }

  function swatch(colour) {
    const hexagon = svg("path", { d: "M8 2h10l5 8-5 8H8L3 10z", fill: colour, "fill-opacity": OPAQUE, stroke: "#8a929c", "stroke-width": 0.8 });
    return svg("svg", { width: 26, height: 20, viewBox: "0 0 26 20", "aria-hidden": "true" }, hexagon);
  }

  function legend(map, data, layers) {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = function () {
      const list = el("ul", {});
      for (const each of [...data.classes].reverse()) {
        list.append(el("li", {}, el("span", { class: "sd-swatch" }, swatch(each.colour)), el("span", {}, each.label)));
      }
      const narrow = map.getContainer().clientWidth < 560;
      const box = el("details", { class: "sd-legend sd-hexes", open: narrow ? null : "" }, el("summary", {}, data.title), list);
      if (data.top.length) box.append(el("h4", {}, "The most"), ...data.top.map((i) => way(map, data.cells[i], layers[i])));
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control;
  }

  /** A button that shows a cell: the way to it without a mouse. */
  function way(map, cell, layer) {
    const { lat, lng } = layer.getBounds().getCenter();
    const east = ((((lng + 180) % 360) + 360) % 360) - 180;
    const button = el("button", { type: "button" }, `${told(cell.values[0])} · ${lat.toFixed(2)}, ${east.toFixed(2)}`);
    const light = (on) => layer.getElement() && layer.getElement().classList.toggle("sd-lit", on);
    for (const name of ["mouseenter", "focus"]) button.addEventListener(name, () => light(true));
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, () => light(false));
    button.addEventListener("click", function () {
      standoff.state(map).moved = true;
      map.fitBounds(layer.getBounds().pad(2), { animate: !standoff.calm() });
      layer.openTooltip(layer.getBounds().getCenter());
    });
    return button;
  }
})(window.standoff);
