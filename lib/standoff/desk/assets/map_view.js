/* The report's page in a frame of its own origin; what it says goes to the kernel, what the kernel says to it. */
const HEARD = new Set(["click", "chose", "stop"]);
const number = (value) => typeof value === "number" && Number.isFinite(value);

function checkedView(view) {
  const plain = { moved: view.moved === true };
  for (const name of ["lat", "lon", "zoom", "tab", "scroll"]) if (number(view[name])) plain[name] = view[name];
  if (typeof view.legend === "boolean") plain.legend = view.legend;
  return plain;
}

/** The page has a stop for the keyboard at every name: a way past it. */
function skip() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sdw-skip";
  button.textContent = "Skip the page";
  button.addEventListener("click", () => {
    const bench = button.closest(".sdw");
    const tab = bench && bench.querySelector(".sdw-tabs [role=tab][aria-selected=true]");
    if (tab) tab.focus();
  });
  return button;
}

function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "sdw-map";
  el.append(skip(), box);
  // Keys pressed in the workbench are no commands of the notebook; it is put round this box after it is made.
  setTimeout(() => el.closest(".sdw") && (el.closest(".sdw").dataset.lmSuppressShortcuts = "true"), 0);
  let shown = null; // the page that is seen: { frame, port, key }
  let coming = null; // the page that is being loaded
  let view = model.get("view") || {};

  function load() {
    const html = model.get("html");
    if (coming) coming.frame.remove();
    coming = null;
    if (!html) {
      if (shown) shown.frame.remove();
      shown = null;
      return;
    }
    const frame = document.createElement("iframe");
    // No allow-same-origin: the page cannot reach the notebook, its cookies or its kernel.
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.title = "The report with its map";
    frame.className = "sdw-frame sdw-coming";
    const page = { frame, port: null, key: model.get("key") };
    coming = page;
    frame.addEventListener("load", () => connect(page));
    frame.srcdoc = html;
    box.append(frame);
  }

  function connect(page) {
    const channel = new MessageChannel();
    page.port = channel.port1;
    page.port.onmessage = (event) => hear(page, event.data);
    // The frame has an origin that nobody can name; what goes to it is this port alone.
    page.frame.contentWindow.postMessage({ kind: "standoff-host" }, "*", [channel.port2]);
  }

  function hear(page, message) {
    if (!message || typeof message !== "object") return;
    if (message.kind === "ready" && page === coming) {
      if (view.key === page.key) page.port.postMessage({ kind: "restore", ...view });
      page.port.postMessage({ kind: "pick", on: model.get("picking") });
      if (shown) shown.frame.remove();
      page.frame.classList.remove("sdw-coming");
      box.dataset.loaded = String(Number(box.dataset.loaded || 0) + 1);
      shown = page;
      coming = null;
      return;
    }
    if (page !== shown) return;
    if (message.kind === "view") {
      view = { ...checkedView(message), key: page.key };
      model.set("view", view);
      model.save_changes();
    }
    if (!HEARD.has(message.kind)) return;
    if (message.kind === "click" && !(number(message.lat) && number(message.lon))) return;
    const { kind, lat, lon, items, mention } = message;
    model.send({ kind, lat, lon, items, mention });
  }

  const tell = (message) => shown && shown.port && shown.port.postMessage(message);
  const pick = function () {
    box.classList.toggle("sdw-picking", model.get("picking"));
    tell({ kind: "pick", on: model.get("picking") });
  };
  const show = (message) => message && message.kind === "show" && tell(message);
  model.on("change:html", load);
  model.on("change:picking", pick);
  model.on("msg:custom", show);
  load();
  return () => {
    model.off("change:html", load);
    model.off("change:picking", pick);
    model.off("msg:custom", show);
  };
}

export default { render };
