/* Natural Earth: land and borders under everything, names of countries. */
(function (standoff) {
  "use strict";
  if (standoff.basemap) return;

  standoff.basemap = function (map, dataId) {
    const data = standoff.data(dataId);
    pane(map, "sd-land", 150); // below tiles, so that tiles cover it where there are some
    pane(map, "sd-borders", 250);
    const group = L.layerGroup();
    const borders = [];
    for (const part of [data.world, data.detail]) {
      // The sea of the detail covers the coarse world.
      if (part === data.detail) group.addLayer(L.rectangle(data.frame, options("sd-land", { className: "sd-sea", stroke: false, fillOpacity: 1 })));
      group.addLayer(L.polygon(standoff.polygons(part.land), options("sd-land", { className: "sd-land", stroke: false, fillOpacity: 1 })));
      borders.push(L.polyline(standoff.lines(part.borders), options("sd-borders", { className: "sd-border" })));
      group.addLayer(borders[borders.length - 1]);
    }
    const thin = () => borders.forEach((line) => line.setStyle({ weight: map.getZoom() < 5 ? 0.7 : 1.2 }));
    map.on("zoomend", thin);
    group.addTo(map);
    thin();
    map.getContainer().classList.add("sd-has-basemap");
    map.attributionControl && map.attributionControl.addAttribution("Natural Earth");
    for (const label of data.labels) {
      const spots = label.points.map(([lat, lng, room]) => [[lat, lng], "centre", 0, 0, room]);
      const room = Math.max(...label.points.map((point) => point[2]));
      standoff.label(map, { text: label.text, kind: "country", priority: 1, room, spots });
    }
    return group;
  };

  function pane(map, name, zIndex) {
    if (map.getPane(name)) return;
    map.createPane(name).style.zIndex = zIndex;
    map.getPane(name).style.pointerEvents = "none";
  }

  const options = (paneName, more) => ({ pane: paneName, interactive: false, smoothFactor: 0.5, ...more });
})(window.standoff);
