// Shows a page of a text document, the cited characters marked and scrolled to.  textContent only.
export default function ({ parentElement, data }) {
  const page = document.createElement("div");
  page.className = "page";
  page.tabIndex = 0;
  page.setAttribute("role", "img");
  page.setAttribute("aria-label", data.alt);
  const [before, first, exact, last, after] = data.pieces;
  const mark = document.createElement("mark");
  const words = document.createElement("strong");
  words.textContent = exact;
  mark.append(first, words, last);
  const cited = first + exact + last;
  page.append(before);
  if (cited) page.append(mark);
  page.append(after);
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches(".page")).forEach((old) => old.remove());
  parentElement.append(page);
  if (cited) page.scrollTop = Math.max(0, mark.offsetTop - page.offsetTop - page.clientHeight / 3);
}
