// The earlier conversations by their first question; the open one is marked, and can be managed.
export default function ({ parentElement, data, setTriggerValue }) {
  const list = document.createElement("ul");
  const add = (item, text, act, label) => {
    const button = document.createElement("button");
    button.textContent = text;
    if (label) button.title = label;
    if (label) button.setAttribute("aria-label", label);
    button.onclick = act;
    item.append(button);
    return button;
  };
  for (const { id, title, open } of data.conversations) {
    const item = document.createElement("li");
    const name = add(item, title, () => setTriggerValue("visit", id));
    name.className = "chat";
    if (open) name.setAttribute("aria-current", "page");
    if (open) add(item, "⋯", () => setTriggerValue("manage", id), "Rename, export or remove");
    list.append(item);
  }
  if (data.more) {
    const item = document.createElement("li");
    add(item, `All ${data.more} conversations`, () => setTriggerValue("all", true)).className = "chat all";
    list.append(item);
  }
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches("ul")).forEach((old) => old.remove());
  parentElement.append(list);
}
