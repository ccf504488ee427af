// Shows an answer.  Everything from documents goes in as textContent: nothing is ever parsed as HTML.
const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
};

function addText(paragraph, text, exact, fresh, state) {
  const place = exact ? make("strong", "exact") : paragraph;
  if (exact) paragraph.append(place);
  if (!fresh) { place.append(document.createTextNode(text)); return; }
  for (const word of text.split(/(?<=\s)/)) {
    const span = make("span", "word", word);
    span.style.animationDelay = `${Math.min(state.words++ * 22, 2500)}ms`;
    place.append(span);
  }
}

// How the question was understood; a click opens it to be put right, or asked as it was typed.
function understood(data, ask) {
  const line = make("div", "understood");
  const button = make("button", "meant", data.understood);
  button.setAttribute("aria-label", `Understood as: ${data.understood} Change the question`);
  button.title = "Change the question";
  const said = make("div", "said");
  const form = make("form", "restate");
  const box = make("input");
  box.value = data.understood;
  box.setAttribute("aria-label", "The question that was meant");
  const typed = make("button", "", "Ask as typed");
  typed.type = "button";
  typed.title = data.asked;
  const cancel = make("button", "", "Cancel");
  cancel.type = "button";
  const show = (open) => {
    form.hidden = !open;
    said.hidden = open;
    if (open) { box.value = data.understood; box.focus(); box.select(); } else button.focus();
  };
  said.append(document.createTextNode("understood as: "), button);
  button.onclick = () => show(true);
  cancel.onclick = () => show(false);
  typed.onclick = () => ask(data.asked);
  form.onsubmit = (event) => { event.preventDefault(); if (box.value.trim()) ask(box.value.trim()); };
  form.onkeydown = (event) => { if (event.key === "Escape") show(false); };
  form.append(box, make("button", "first", "Ask this"), typed, cancel);
  form.hidden = true;
  line.append(said, form);
  return line;
}

// Where it was looked first, and a click to look everywhere.
function first(data, widen) {
  const line = make("div", "first-in");
  const button = make("button", "widen", "search everywhere");
  button.onclick = widen;
  line.append(document.createTextNode(`Looking first in ${data.first} · `), button);
  return line;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = make("div", "answer");
  root.setAttribute("aria-live", "polite");
  const state = { words: 0 };
  // A click says which conversation was shown: the next one's answers stand in the same places.
  const click = (what, value) => setTriggerValue(what, { chat: data.chat, value });
  const known = new Map(data.sources.map((s) => [s.marker, s]));
  if (data.understood) root.append(understood(data, (text) => click("ask", text)));
  if (data.first) root.append(first(data, () => click("everywhere", true)));
  if (data.differ) root.append(make("p", "differ", "Two documents differ:"));
  const paragraph = make("p");
  const parts = data.pieces.flatMap(({ text, exact }) =>
    (exact ? [text] : text.split(/(\[\d+\])/)).map((part) => ({ part, exact })));
  for (const { part, exact } of parts) {
    const marker = !exact && /^\[(\d+)\]$/.exec(part);
    const source = marker && known.get(Number(marker[1]));
    if (source && data.cited) {
      const button = make("button", "marker", `[${source.marker}]`);
      button.setAttribute("aria-label", `Citation ${source.marker}`);
      button.onclick = () => click("open", source.marker);
      paragraph.append(button);
    } else if (part) addText(paragraph, part, exact, data.fresh, state);
  }
  root.append(paragraph);
  if (data.sources.length) {
    const list = make("ul", "sources");
    for (const source of data.sources) {
      const button = make("button", source.open ? "source open" : "source");
      button.append(make("span", "n", `Source ${source.marker}:`), document.createTextNode(` ${source.document}, page ${source.page}${source.place}`));
      button.onclick = () => click("open", source.marker);
      const item = make("li");
      item.append(button);
      list.append(item);
    }
    root.append(list);
  }
  if (data.closest.length) {
    root.append(make("p", "closest", "The closest passages:"));
    for (const passage of data.closest) {
      const place = `${passage.document}, page ${passage.page}`;
      const block = make(passage.opens ? "button" : "div", passage.open ? "passage open" : "passage");
      block.append(make("span", "where", place), make("span", "", passage.text));
      if (passage.opens) block.onclick = () => click("look", passage.rank);
      root.append(block);
    }
  }
  if (data.meta) root.append(make("div", "meta", data.meta));
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches(".answer")).forEach((old) => old.remove());
  parentElement.append(root);
  if (data.fresh) setTimeout(() => bring(root), 60);
}

// Where a source is open on a narrow screen, it stands below: the page stays at its end, and a new answer out of sight.
function bring(root) {
  const { top, bottom } = root.getBoundingClientRect();
  if (bottom < 80 || top > innerHeight - 80) root.scrollIntoView({ block: "center" });
}
