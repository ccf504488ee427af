// The documents of the library: which to ask in, what state they are in, and a button to remove each.
export default function ({ parentElement, data, setTriggerValue }) {
  const list = document.createElement("ul");
  data.documents.forEach((entry, index) => {
    const item = document.createElement("li");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.id = `document-${index}`;
    box.checked = entry.chosen;
    box.onchange = () => setTriggerValue("choose", { document: entry.name, chosen: box.checked });
    const name = document.createElement("label");
    name.htmlFor = box.id;
    name.textContent = entry.name;
    const remove = document.createElement("button");
    remove.textContent = "✕";
    remove.title = `Remove ${entry.name}`;
    remove.setAttribute("aria-label", `Remove ${entry.name}`);
    remove.onclick = () => setTriggerValue("remove", entry.name);
    const detail = document.createElement("button");
    detail.className = "detail";
    detail.title = `What was read of ${entry.name}`;
    detail.onclick = () => setTriggerValue("report", entry.name);
    detail.textContent = entry.detail;
    item.append(box, name, remove, detail);
    for (const text of entry.warnings) {
      const warning = document.createElement("div");
      warning.className = "warning";
      warning.textContent = text;
      item.append(warning);
    }
    list.append(item);
  });
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches("ul")).forEach((old) => old.remove());
  parentElement.append(list);
}
