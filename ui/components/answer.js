// Shows an answer.  Everything from documents goes in as textContent: nothing is ever parsed as HTML.
const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
};

function addText(paragraph, text, fresh, state) {
  if (!fresh) { paragraph.append(document.createTextNode(text)); return; }
  for (const word of text.split(/(?<=\s)/)) {
    const span = make("span", "word", word);
    span.style.animationDelay = `${Math.min(state.words++ * 22, 2500)}ms`;
    paragraph.append(span);
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = make("div", "answer");
  root.setAttribute("aria-live", "polite");
  const state = { words: 0 };
  const known = new Map(data.sources.map((s) => [s.marker, s]));
  if (data.understood) root.append(make("p", "understood", `understood as: ${data.understood}`));
  const paragraph = make("p");
  let rest = data.text;
  for (const part of rest.split(/(\[\d+\])/)) {
    const marker = /^\[(\d+)\]$/.exec(part);
    const source = marker && known.get(Number(marker[1]));
    if (source && data.cited) {
      const button = make("button", "marker", `[${source.marker}]`);
      button.setAttribute("aria-label", `Citation ${source.marker}`);
      button.onclick = () => setTriggerValue("open", source.marker);
      paragraph.append(button);
    } else if (part) addText(paragraph, part, data.fresh, state);
  }
  root.append(paragraph);
  if (data.sources.length) {
    const list = make("ul", "sources");
    for (const source of data.sources) {
      const button = make("button", source.open ? "source open" : "source");
      button.append(make("span", "n", `Source ${source.marker}:`), document.createTextNode(` ${source.document}, page ${source.page}`));
      button.onclick = () => setTriggerValue("open", source.marker);
      const item = make("li");
      item.append(button);
      list.append(item);
    }
    root.append(list);
  }
  if (data.closest.length) {
    root.append(make("p", "closest", "The closest passages:"));
    for (const passage of data.closest) {
      const block = make("div", "passage");
      block.append(make("div", "where", `${passage.document}, page ${passage.page}`), make("div", "", passage.text));
      root.append(block);
    }
  }
  if (data.meta) root.append(make("div", "meta", data.meta));
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches(".answer")).forEach((old) => old.remove());
  parentElement.append(root);
}
