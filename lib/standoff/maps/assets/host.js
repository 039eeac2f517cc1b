/* The map inside another page of ours: it tells what is clicked and chosen, and does what it is told. */
(function (standoff) {
  "use strict";
  if (standoff.host) return;
  const DRAGGED_PX = 5; // a click that began so far away ends a drag
  const QUIET_MS = 150;

  standoff.host = function (map, dataId) {
    const { mentions } = standoff.data(dataId);
    const host = { map, mentions, port: null, picking: false };
    host.tell = (kind, more) => host.port && host.port.postMessage({ kind, ...more });
    // Only the page round this one, once; from then on over its port, which nobody else has.
    window.addEventListener("message", function hello(event) {
      if (window.parent === window || event.source !== window.parent) return;
      if (!event.data || event.data.kind !== "standoff-host" || event.ports.length !== 1) return;
      window.removeEventListener("message", hello);
      host.port = event.ports[0];
      host.port.onmessage = (message) => obey(host, message.data);
      host.tell("ready", {});
    });
    watchPins(host);
    watchWords(host);
    watchView(host);
    watchPicking(host);
    return host;
  };

  const number = (value, low, high) => Number.isFinite(value) && value >= low && value <= high;
  const tabs = () => [...document.querySelectorAll(".sd-panel [role=tab]")];
  const legend = () => document.querySelector("details.sd-legend");
  const openBody = () => document.querySelector(".sd-panel [role=tabpanel]:not([hidden])");

  function obey(host, message) {
    if (!message || typeof message !== "object") return;
    if (message.kind === "pick") setPicking(host, message.on === true);
    if (message.kind === "show" && Array.isArray(message.items)) show(host, message.items.filter((id) => typeof id === "string"));
    if (message.kind === "restore") restore(host, message);
  }

  /** Light things up and move the map only if none of them is in sight. */
  function show(host, ids) {
    const { map } = host;
    const items = ids.flatMap((id) => standoff.state(map).items.get(id) || []);
    host.quiet = true;
    standoff.pin(map, ids);
    host.quiet = false;
    // In pixels: on a map of the pole, degrees are no box.
    const boxes = items.map((item) => L.bounds(item.points().map((point) => map.latLngToContainerPoint(point))));
    const view = L.bounds([[0, 0], map.getSize()]);
    if (boxes.length && !boxes.some((box) => box.intersects(view))) {
      standoff.state(map).moved = true;
      map.panTo(map.containerPointToLatLng(boxes[0].getCenter()), { animate: !standoff.calm() });
    }
  }

  function restore(host, view) {
    const { map } = host;
    if (view.moved === true && number(view.lat, -90, 90) && number(view.lon, -1080, 1080) && number(view.zoom, 0, 22)) {
      standoff.state(map).moved = true;
      map.setView([view.lat, view.lon], view.zoom, { animate: false });
    }
    if (legend() && typeof view.legend === "boolean") {
      host.legend = legend().open = view.legend; // as the reader left it; until then as it comes
    }
    const tab = tabs()[view.tab];
    if (tab) tab.click();
    const body = openBody();
    if (body && number(view.scroll, 0, 1e7)) body.scrollTop = view.scroll;
  }

  function watchPins(host) {
    const pin = standoff.pin;
    standoff.pin = function (map, ids) {
      pin(map, ids);
      if (map === host.map && !host.quiet) host.tell("chose", { items: ids, mention: null });
    };
  }

  /** Every name can be chosen, also one that is nowhere on the map: those are the ones to correct. */
  function watchWords(host) {
    for (const mark of document.querySelectorAll(".sd-text mark[data-piece]")) {
      const mention = host.mentions[mark.dataset.piece];
      if (!mention) continue;
      const choose = () => host.tell("chose", { items: [], mention });
      mark.style.cursor = "pointer";
      mark.addEventListener("click", choose);
      mark.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && choose());
      if (mark.hasAttribute("tabindex")) continue;
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
    }
  }

  function watchView(host) {
    const { map } = host;
    let timer = 0;
    const later = function () {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const centre = map.getCenter();
        const tab = tabs().findIndex((each) => each.getAttribute("aria-selected") === "true");
        const body = openBody();
        const moved = standoff.state(map).moved;
        const at = { lat: centre.lat, lon: centre.lng, zoom: map.getZoom(), moved };
        host.tell("view", { ...at, tab, scroll: body ? body.scrollTop : 0, legend: host.legend });
      }, QUIET_MS);
    };
    map.on("moveend zoomend", later);
    const summary = legend() && legend().querySelector("summary");
    if (summary) {
      summary.addEventListener("click", () => {
        host.legend = !legend().open; // it opens or closes after this
        later();
      });
    }
    for (const tab of tabs()) tab.addEventListener("click", later);
    for (const body of document.querySelectorAll(".sd-panel [role=tabpanel]")) body.addEventListener("scroll", later, { passive: true });
  }

  function setPicking(host, on) {
    host.picking = on;
    const container = host.map.getContainer();
    container.classList.toggle("sd-picking", on);
    if (on) host.map.closePopup();
  }

  /** While a place is picked, a click anywhere on the map is that place, also on a shape; Enter takes the middle. */
  function watchPicking(host) {
    const container = host.map.getContainer();
    let down = null;
    container.addEventListener("pointerdown", (event) => (down = [event.clientX, event.clientY]), true);
    container.addEventListener(
      "click",
      function (event) {
        if (!host.picking || event.target.closest(".leaflet-control")) return;
        event.stopPropagation();
        event.preventDefault();
        if (down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) > DRAGGED_PX) return;
        pick(host, host.map.mouseEventToLatLng(event));
      },
      true,
    );
    container.addEventListener(
      "keydown",
      function (event) {
        if (!host.picking || event.target !== container) return;
        if (event.key === "Enter") pick(host, host.map.getCenter());
        if (event.key === "Escape") host.tell("stop", {});
      },
      true,
    );
  }

  function pick(host, latlng) {
    const { lat, lng } = latlng.wrap();
    if (number(lat, -90, 90)) host.tell("click", { lat, lon: lng });
  }
})(window.standoff);
