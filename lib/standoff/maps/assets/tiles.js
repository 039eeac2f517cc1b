/* Online tiles as backgrounds: none is asked for until one is chosen, and then that one alone. */
(function (standoff) {
  "use strict";
  if (standoff.tiles) return;
  const { el } = standoff;
  const FAILED = "No tile came: there is no network, or the server refuses this page.";

  standoff.tiles = function (map, dataId) {
    const { layers, note } = standoff.data(dataId);
    const status = el("small", { role: "status" });
    const body = map.getContainer().querySelector(".sd-layers-body") || ownBox(map);
    const name = body.querySelector("input[type=radio]").name;
    const made = layers.map((tiles) => layer(map, tiles, status));
    const rows = layers.map((tiles, i) =>
      el("label", {}, el("input", { type: "radio", name, value: `tiles-${i}` }), el("span", { dir: "auto" }, tiles.name))
    );
    const box = el("fieldset", { class: "sd-online" }, el("legend", {}, "Online background"), ...rows, el("small", {}, note), status);
    body.querySelector("fieldset").after(box);
    // The offline backgrounds are radios of the same name: to choose one of them switches tiles off.
    body.addEventListener("change", function ({ target }) {
      if (target.name !== name) return;
      made.forEach((each) => each.remove());
      status.textContent = "";
      const chosen = layers[Number(target.value.replace("tiles-", ""))];
      if (!chosen) return;
      standoff.ground(map, chosen.dark ? "dark" : "light");
      made[layers.indexOf(chosen)].addTo(map);
    });
  };

  function layer(map, tiles, status) {
    const { url, attribution, most_zoom: maxNativeZoom, subdomains, named } = tiles;
    // A server gets the page's origin where there is one; some refuse who does not say it.
    const made = L.tileLayer(url, { attribution, maxNativeZoom, maxZoom: 22, subdomains, referrerPolicy: "origin" });
    let came = false;
    made.on("tileload", function () {
      came = true;
      status.textContent = "";
      map.getContainer().classList.toggle("sd-named-tiles", named);
    });
    made.on("tileerror", () => came || (status.textContent = FAILED));
    made.on("remove", () => map.getContainer().classList.remove("sd-named-tiles"));
    return made;
  }

  function ownBox(map) {
    const name = `sd-ground-${map._leaflet_id}`;
    const none = el("label", {}, el("input", { type: "radio", name, value: "light", checked: "" }), "Offline");
    const body = el("div", { class: "sd-layers-body" }, el("fieldset", {}, el("legend", {}, "Background"), none));
    const control = L.control({ position: "topleft" });
    control.onAdd = function () {
      const box = el("details", { class: "sd-layers leaflet-bar" }, el("summary", { title: "Backgrounds", "aria-label": "Backgrounds" }, "▤"), body);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
    return body;
  }
})(window.standoff);
