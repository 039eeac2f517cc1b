/* Natural Earth: land, water and borders under everything, names of countries and towns. */
(function (standoff) {
  "use strict";
  if (standoff.basemap) return;
  const ON_TOP = new Set(["border", "disputed"]); // online tiles do not cover them

  standoff.basemap = function (map, dataId) {
    const data = standoff.data(dataId);
    pane(map, "sd-land", 150); // below tiles, so that tiles cover it where there are some
    pane(map, "sd-borders", 250);
    const group = L.layerGroup();
    const lines = [];
    for (const part of data.parts) {
      // The sea of a finer part covers the coarser one.
      if (part.frame) group.addLayer(L.rectangle(part.frame, filled("sd-sea")));
      group.addLayer(L.polygon(standoff.polygons(part.land), filled("sd-land")));
      group.addLayer(L.polygon(standoff.polygons(part.lakes), filled("sd-lake")));
      for (const { kind, from, path } of part.lines) {
        const line = L.polyline(standoff.lines(path), options(ON_TOP.has(kind) ? "sd-borders" : "sd-land", { className: `sd-${kind}` }));
        lines.push([line, from]);
        group.addLayer(line);
      }
    }
    const fit = function () {
      const zoom = map.getZoom();
      map.getContainer().classList.toggle("sd-far", zoom < 5);
      for (const [line, from] of lines) line.getElement()?.classList.toggle("sd-later", zoom < from);
    };
    map.on("zoomend", fit);
    group.on("add", fit);
    group.addTo(map);
    fit();
    map.getContainer().classList.add("sd-has-basemap");
    // As the places' own sources are written, so that one is not named twice.
    for (const source of data.sources) map.attributionControl?.addAttribution(standoff.el("span", { dir: "auto" }, source).outerHTML);
    for (const [text, points] of data.labels) {
      const spots = points.map(([lat, lng, room, from]) => [[lat, lng], "centre", 0, 0, room, from]);
      const room = Math.max(...points.map((point) => point[2]));
      standoff.label(map, { text, kind: "country", priority: 1, room, spots });
    }
    for (const [text, lat, lng, from, capital] of data.cities) {
      const spots = [["left", 5, 0], ["right", -5, 0], ["above", 0, -4], ["below", 0, 4]].map((spot) => [[lat, lng], ...spot]);
      standoff.label(map, { text, kind: capital ? "capital" : "city", priority: 0.5, room: -from, from, dot: [lat, lng], spots });
    }
    return group;
  };

  function pane(map, name, zIndex) {
    if (map.getPane(name)) return;
    map.createPane(name).style.zIndex = zIndex;
    map.getPane(name).style.pointerEvents = "none";
  }

  const options = (paneName, more) => ({ pane: paneName, interactive: false, smoothFactor: 0.5, ...more });
  const filled = (className) => options("sd-land", { className, stroke: false, fillOpacity: 1 });
})(window.standoff);
