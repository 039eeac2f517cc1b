/* A table of which a row can be chosen, with buttons in each row. Text reaches the document through textContent only. */
const MOST = 300; // rows that are drawn; the rest is found by typing

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function render({ model, el }) {
  const filter = make("input", { type: "search", class: "sdw-filter", placeholder: "Filter", "aria-label": "Filter the rows" });
  const note = make("span", { class: "sdw-note", role: "status" });
  const body = make("tbody", {});
  const head = make("thead", {});
  const table = make("table", { class: "sdw-table", "aria-label": model.get("label") }, head, body);
  const bar = make("div", { class: "sdw-bar" }, filter, note);
  el.dataset.lmSuppressShortcuts = "true"; // keys pressed here are no commands of the notebook
  el.append(bar, make("div", { class: "sdw-scroll" }, table));

  const matches = (row, words) => words.every((word) => [...row.cells, row.words || ""].some((cell) => cell.toLowerCase().includes(word)));

  function choose(id) {
    if (model.get("chosen") === id) return;
    model.set("chosen", id);
    model.save_changes();
  }

  function rowOf(row) {
    const line = make("tr", { "data-id": row.id, title: row.words, "data-status": row.status, tabindex: "-1" });
    row.cells.forEach((cell, i) => {
      const box = make("td", { dir: "auto", title: i === 0 ? row.word : cell }, cell);
      if (i === 0 && row.word) box.setAttribute("aria-label", row.word);
      if ((row.corrected || []).includes(i)) box.className = "sdw-set";
      line.append(box);
    });
    const actions = model.get("actions");
    if (actions.length) {
      const cell = make("td", { class: "sdw-actions" });
      for (const [kind, sign, label] of actions) {
        const button = make("button", { type: "button", title: label, "aria-label": `${label}: ${row.id}`, "data-kind": kind }, sign);
        button.setAttribute("aria-pressed", String(row.status === kind));
        button.addEventListener("click", (event) => {
          event.stopPropagation();
          model.send({ kind, id: row.id });
        });
        cell.append(button);
      }
      line.firstElementChild.after(cell);
    }
    line.addEventListener("click", () => choose(row.id));
    line.addEventListener("keydown", (event) => {
      if (event.target !== line) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(row.id);
      }
      const next = { ArrowDown: line.nextElementSibling, ArrowUp: line.previousElementSibling }[event.key];
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus();
      choose(next.dataset.id);
    });
    return line;
  }

  function draw() {
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr").dataset.id : null;
    const rows = model.get("rows");
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter((row) => matches(row, words));
    const [first, ...names] = model.get("columns");
    const heads = [first, ...(model.get("actions").length ? [""] : []), ...names];
    head.replaceChildren(make("tr", {}, ...heads.map((name) => (name ? make("th", { scope: "col" }, name) : make("td", {})))));
    body.replaceChildren(...found.slice(0, MOST).map(rowOf));
    note.textContent = found.length > MOST ? `${MOST} of ${found.length} rows are shown; type to find the others` : words.length ? `${found.length} of ${rows.length}` : "";
    bar.hidden = rows.length < 12 && !words.length;
    mark(focused);
  }

  function mark(focused) {
    const chosen = model.get("chosen");
    for (const line of body.rows) {
      const on = line.dataset.id === chosen;
      line.setAttribute("aria-selected", String(on));
      line.tabIndex = on ? 0 : -1;
      if (line.dataset.id === focused) line.focus({ preventScroll: true });
      if (on && typeof focused !== "string") reveal(line);
    }
    if (body.rows.length && ![...body.rows].some((line) => line.tabIndex === 0)) body.rows[0].tabIndex = 0;
  }

  /** Bring a row into sight within its own box: the page round it stays where it is. */
  function reveal(line) {
    const scroller = line.closest(".sdw-scroll");
    const own = line.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    if (own.top < frame.top + 28 || own.bottom > frame.bottom) scroller.scrollTop += own.top - frame.top - frame.height / 3;
  }

  const again = () => mark(null);
  filter.addEventListener("input", draw);
  model.on("change:rows", draw);
  model.on("change:chosen", again);
  draw();
  return () => {
    model.off("change:rows", draw);
    model.off("change:chosen", again);
  };
}

export default { render };
