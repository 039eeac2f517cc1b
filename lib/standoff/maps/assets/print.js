/* On paper: one A4 page with the map, its legend, and the events and checks beside it. */
(function (standoff) {
  "use strict";
  if (standoff.sheet) return;
  const { el } = standoff;
  const MOST = 12; // rows that fit beside the map

  /** Lay the page out as paper while it is printed. The map needs its size before the browser asks for the picture. */
  standoff.sheet = function (map, data) {
    const sheet = el("section", { class: "sd-sheet", "aria-hidden": "true" });
    map.getContainer().closest(".sd-layout").append(sheet);
    let view = null;
    window.addEventListener("beforeprint", () => {
      if (view) return;
      view = [map.getCenter(), map.getZoom()];
      const before = map.getBounds();
      document.documentElement.classList.add("sd-printing");
      map.closePopup();
      sheet.replaceChildren(...parts(data));
      map.invalidateSize({ animate: false, pan: false });
      const state = standoff.state(map);
      if (state.home && !state.moved) state.home();
      else map.fitBounds(before, { animate: false });
      if (state.place) state.place();
    });
    window.addEventListener("afterprint", () => {
      if (!view) return;
      document.documentElement.classList.remove("sd-printing");
      map.invalidateSize({ animate: false, pan: false });
      map.setView(...view, { animate: false });
      view = null;
    });
  };

  function parts(data) {
    const source = [...data.source, data.url].filter(Boolean).join(" · ");
    const head = el("header", {}, el("h1", { dir: "auto" }, data.title), el("p", { dir: "auto" }, source));
    const found = [head];
    if (data.events.length) found.push(el("h2", {}, `Events (${data.events.length})`), standoff.eventTable(data.events.slice(0, MOST)), more(data.events.length, "events"));
    if (data.checks.length) {
      const lines = data.checks.slice(0, MOST / 2).map((check) => {
        const [sign, meaning] = standoff.signs[String(check.ok)];
        return el("li", { "data-ok": String(check.ok) }, el("span", { class: "sd-sign", role: "img", "aria-label": meaning }, sign), el("span", { dir: "auto" }, check.statement));
      });
      found.push(el("h2", {}, "Checks"), el("ul", { class: "sd-checks" }, ...lines), more(data.checks.length, "checks", MOST / 2));
    }
    const assumed = data.basis.find((section) => section.kind === "assumed");
    if (assumed) {
      const lines = assumed.lines.slice(0, MOST / 2).map(([line]) => el("li", { dir: "auto" }, line));
      found.push(el("h2", {}, assumed.title), el("ul", { class: "sd-assumed" }, ...lines), more(assumed.lines.length, "assumptions", MOST / 2));
    }
    return found.filter(Boolean);
  }

  function more(count, words, most = MOST) {
    return count > most ? el("p", { class: "sd-more" }, `${count - most} more ${words} are in the file.`) : null;
  }
})(window.standoff);
