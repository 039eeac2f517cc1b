/* The side panel: the report's text beside the map, its events, checks and basis. */
(function (standoff) {
  "use strict";
  if (standoff.panel) return;
  const { el } = standoff;

  standoff.panel = function (map, dataId) {
    const data = standoff.data(dataId);
    const words = []; // every element that lights with items: [element, ids]
    const panel = el("aside", { class: "sd-panel", "aria-label": "The report" }, header(data));
    const tabs = [
      ["Text", () => textTab(map, data, words)],
      [`Events ${data.events.length}`, () => eventsTab(map, data.events, words)],
      [`Checks ${data.checks.length}`, () => checksTab(map, data.checks, words)],
      ["Basis", () => basisTab(map, data.basis, words)],
    ];
    const choose = addTabs(map, panel, tabs, dataId);
    standoff.beside(map, panel);
    const head = panel.firstChild; // of a long title: it scrolls, so the keyboard must reach it
    if (head.scrollHeight > head.clientHeight) Object.assign(head, { tabIndex: 0, role: "region", ariaLabel: "Title and source" });
    standoff.sheet(map, data);
    const state = standoff.state(map);
    state.listeners.push((lit) => {
      for (const [element, ids] of words) element.classList.toggle("sd-lit", ids.some((id) => lit.has(id)));
      if (state.pinned.length) reveal(panel, words, state.pinned);
    });
    state.dimmers.push((items, events) => {
      for (const element of panel.querySelectorAll("[data-items], [data-events]")) {
        const [ids, out] = element.dataset.events ? [element.dataset.events, events] : [element.dataset.items, items];
        element.classList.toggle("sd-dim", ids.split(" ").every((id) => out.has(id)));
      }
    });
    panel.addEventListener("keydown", (event) => event.key === "Escape" && standoff.pin(map, []));
    return { element: panel, choose };
  };

  function header(data) {
    const source = el("p", { class: "sd-source" });
    data.source.forEach((word, i) => source.append(i ? " · " : "", el("bdi", {}, word)));
    if (data.url) {
      const host = hostOf(data.link);
      const shown = host ? el("a", { href: data.link, rel: "noopener noreferrer nofollow", target: "_blank" }, host) : el("bdi", {}, data.url);
      source.append(data.source.length ? " · " : "", shown);
    }
    return el("header", {}, el("h1", { dir: "auto" }, data.title), source);
  }

  /** The host of a link; null for what the browser takes for no address: it is stricter than Python. */
  function hostOf(link) {
    try {
      return link && new URL(link).hostname;
    } catch {
      return null;
    }
  }

  /** The map's box and the panel side by side, whoever made the map. */
  standoff.beside = function (map, panel) {
    const container = map.getContainer();
    const layout = el("div", { class: "sd-layout" });
    container.parentNode.insertBefore(layout, container);
    layout.append(container, panel);
    map.invalidateSize({ animate: false });
  };

  /** Tabs whose bodies are made when they are first chosen: a page of thousands of events opens fast. */
  function addTabs(map, panel, tabs, prefix) {
    const bar = el("div", { role: "tablist", "aria-label": "Parts of the reading" });
    const bodies = tabs.map(() => el("section", {}));
    const filled = new Set();
    const buttons = tabs.map(([title], i) => {
      const body = bodies[i];
      const [word, count] = title.split(" ");
      const button = el("button", { type: "button", role: "tab", id: `${prefix}-tab${i}`, "aria-controls": `${prefix}-body${i}` }, word);
      if (count) button.append(el("span", { class: "sd-count" }, count));
      body.id = `${prefix}-body${i}`;
      body.setAttribute("role", "tabpanel");
      body.setAttribute("aria-labelledby", button.id);
      body.tabIndex = 0;
      button.addEventListener("click", () => choose(i));
      bar.append(button);
      return button;
    });
    function choose(index) {
      buttons.forEach((button, i) => {
        button.setAttribute("aria-selected", i === index);
        button.tabIndex = i === index ? 0 : -1;
        bodies[i].hidden = i !== index;
      });
      if (filled.has(index)) return;
      filled.add(index);
      bodies[index].append(...tabs[index][1]().filter(Boolean));
      standoff.refresh(map);
    }
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const next = { ArrowRight: (at + 1) % buttons.length, ArrowLeft: (at || buttons.length) - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
      buttons[next].focus();
    });
    panel.append(bar, ...bodies);
    choose(0);
    return choose;
  }

  /** Pointing at it or focusing it lights its items; a click or Enter zooms to them. */
  function live(map, element, ids, words, focusable) {
    if (!ids.length) return element;
    words.push([element, ids]);
    element.dataset.items = ids.join(" ");
    element.classList.add("sd-live");
    element.addEventListener("mouseenter", () => standoff.light(map, ids));
    element.addEventListener("mouseleave", () => standoff.light(map, []));
    element.addEventListener("click", () => standoff.zoomTo(map, ids));
    if (!focusable) return element;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.addEventListener("focus", () => standoff.light(map, ids));
    element.addEventListener("blur", () => standoff.light(map, []));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      standoff.zoomTo(map, ids);
    });
    return element;
  }

  function textTab(map, data, words) {
    const body = el("div", { class: "sd-text" });
    let paragraph = el("p", { dir: "auto" });
    const close = function () {
      if (paragraph.childNodes.length) body.append(paragraph);
      paragraph = el("p", { dir: "auto" });
    };
    const used = new Set();
    for (const [number, [text, kinds, ids, first, events]] of data.pieces.entries()) {
      text.split("\n").forEach((line, i) => {
        if (i) close();
        if (!line) return;
        if (!kinds.length) return paragraph.append(line);
        kinds.forEach((kind) => used.add(kind));
        const mark = el("mark", { class: kinds.map((kind) => `sd-${kind}`).join(" ") }, line);
        mark.dataset.piece = number;
        if (events.length) mark.dataset.events = events.join(" ");
        if (ids.length && i === 0 && first) mark.title = kinds.map((kind) => data.kinds[kind]).join(", ");
        paragraph.append(live(map, mark, ids, words, first && i === 0));
      });
    }
    close();
    const keys = Object.entries(data.kinds).filter(([kind]) => used.has(kind));
    const key = el("p", { class: "sd-key" }, ...keys.map(([kind, label]) => el("mark", { class: `sd-${kind}` }, label)));
    return [keys.length ? key : null, body];
  }

  function rowsOf(rows) {
    const list = el("dl", {});
    for (const [label, value] of rows) list.append(el("dt", {}, label), el("dd", { dir: "auto" }, value));
    return list;
  }

  function eventsTab(map, events, words) {
    const list = el("ol", { class: events.length > 60 ? "sd-events sd-many" : "sd-events" });
    for (const event of events) {
      const title = el("h2", {}, el("bdi", {}, event.title));
      title.append(el("small", { class: "sd-id" }, event.id));
      if (event.claim !== "asserted") title.append(el("span", { class: "sd-claim" }, event.claim));
      const card = el("div", { class: "sd-happening", "data-events": event.id }, title, rowsOf(event.rows));
      card.append(el("blockquote", { dir: "auto" }, event.quote));
      if (event.where) card.append(el("p", { class: "sd-where", dir: "auto" }, event.where));
      list.append(el("li", {}, live(map, card, event.items, words, true)));
    }
    if (!events.length) return [el("p", { class: "sd-none" }, "No events were read.")];
    const cards = [...list.children].map((each) => each.firstChild);
    const table = standoff.eventTable(events, (index) => {
      cards[index].scrollIntoView({ block: "nearest" });
      cards[index].focus({ preventScroll: true });
      if (events[index].items.length) standoff.zoomTo(map, events[index].items);
    });
    return [table, list];
  }

  const COLUMNS = [
    ["When", (event) => event.when || ""],
    ["What", (event) => event.title],
    ["Killed", (event) => event.killed || ""],
    ["Claim", (event) => (event.claim === "asserted" ? "" : event.claim)],
  ];

  /** One row an event: when, what, who died, how it is claimed. With ``choose``, its number leads to it and a heading sorts. */
  standoff.eventTable = function (events, choose) {
    const body = el("tbody", {});
    const rows = events.map((event, index) => {
      const number = choose ? el("button", { type: "button", "aria-label": `Show event ${event.id}` }, event.id) : event.id;
      if (choose) number.addEventListener("click", () => choose(index));
      const cells = COLUMNS.map(([, value]) => el("td", { dir: "auto" }, value(event)));
      return el("tr", { "data-events": event.id }, el("th", { scope: "row" }, number), ...cells);
    });
    body.append(...rows);
    const heads = COLUMNS.map(([title], i) => el("th", { scope: "col" }, choose ? sorter(title, i, events, rows, body) : title));
    const caption = el("caption", { class: "sd-unseen" }, "The events of the report");
    return el("table", { class: "sd-table" }, caption, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "#"), ...heads)), body);
  };

  /** Sorts the rows by a column, once more the other way, what is empty last; a third time as the report has them. */
  function sorter(title, column, events, rows, body) {
    const button = el("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      const head = button.parentNode;
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
      for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
      if (next !== "none") head.setAttribute("aria-sort", next);
      const value = (i) => COLUMNS[column][1](events[i]);
      const compare = (a, b) => !value(a) - !value(b) || (next === "descending" ? -1 : 1) * value(a).localeCompare(value(b), "en", { numeric: true }) || a - b;
      const order = events.map((_, i) => i);
      if (next !== "none") order.sort(compare);
      body.append(...order.map((i) => rows[i]));
    });
    return button;
  }

  standoff.signs = { true: ["✓", "holds"], false: ["✗", "does not hold"], null: ["?", "cannot be told"] };

  function checksTab(map, checks, words) {
    const list = el("ul", { class: "sd-checks" });
    for (const check of checks) {
      const [sign, meaning] = standoff.signs[String(check.ok)];
      const mark = el("span", { class: "sd-sign", role: "img", "aria-label": meaning, title: meaning }, sign);
      const line = el("div", { class: "sd-check", "data-ok": String(check.ok) }, mark);
      line.append(el("span", { dir: "auto" }, check.statement, el("small", {}, check.kind)));
      list.append(el("li", {}, live(map, line, check.items, words, true)));
    }
    return [checks.length ? list : el("p", { class: "sd-none" }, "There was nothing to check.")];
  }

  function basisTab(map, sections, words) {
    const body = el("div", { class: "sd-basis" });
    for (const { title, lines } of sections) {
      const list = el("ul", {});
      for (const [line, ids] of lines) {
        list.append(el("li", {}, live(map, el("span", { dir: "auto" }, line), ids, words, true)));
      }
      body.append(el("h2", {}, title), list);
    }
    if (!sections.length) body.append(el("p", { class: "sd-none" }, "Nothing was assumed."));
    return [body];
  }

  /** Bring the first words of what was chosen into view, without moving the page. */
  function reveal(panel, words, ids) {
    const found = words.find(([element, own]) => element.offsetParent && own.some((id) => ids.includes(id)));
    if (!found || found[0].matches(":hover, :focus")) return;
    const scroller = found[0].closest("[role=tabpanel]");
    if (scroller.scrollHeight <= scroller.clientHeight) return;
    const at = found[0].getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    if (at.top < frame.top || at.bottom > frame.bottom) scroller.scrollTop += at.top - frame.top - frame.height / 3;
  }

  /** Whom the places are owed to, in the corner of the map: text, though Leaflet takes HTML. */
  standoff.attribution = function (map, dataId) {
    for (const line of standoff.data(dataId)) {
      map.attributionControl && map.attributionControl.addAttribution(el("span", { dir: "auto" }, line).outerHTML);
    }
  };

  /** Words on the map itself: nothing could be drawn, and why. */
  standoff.notice = function (map, dataId) {
    const { lines, aside } = standoff.data(dataId);
    const box = el("div", { class: aside ? "sd-notice sd-aside" : "sd-notice", role: "status" });
    lines.forEach((line, i) => box.append(el(i ? "p" : "strong", { dir: "auto" }, line)));
    map.getContainer().append(box);
    return box;
  };
})(window.standoff);
