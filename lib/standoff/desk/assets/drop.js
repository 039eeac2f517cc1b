/* A file that is dropped or chosen goes to the kernel as bytes. Browsers let a file be dropped on their own input. */
function render({ model, el }) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = model.get("accept");
  const label = document.createElement("label");
  label.className = "sdw-drop";
  const words = document.createElement("span");
  words.textContent = model.get("label");
  const said = document.createElement("span");
  said.className = "sdw-problem";
  said.setAttribute("role", "status");
  label.append(words, input, said);
  el.append(label);

  async function take() {
    const file = input.files[0];
    if (!file) return;
    said.textContent = "";
    if (file.size > model.get("most_bytes")) {
      said.textContent = `It is larger than ${(model.get("most_bytes") / 1e6).toFixed(1)} MB; put it into the folder of reports instead.`;
    } else {
      const bytes = await file.arrayBuffer();
      model.send({ kind: "file", name: file.name }, undefined, [bytes]);
    }
    input.value = "";
  }

  input.addEventListener("change", take);
  for (const name of ["dragenter", "dragover"]) label.addEventListener(name, () => label.classList.add("sdw-over"));
  for (const name of ["dragleave", "drop"]) label.addEventListener(name, () => label.classList.remove("sdw-over"));
}

export default { render };
