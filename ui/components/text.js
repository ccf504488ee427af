// Shows a page of a text document, the cited characters marked and scrolled to.  textContent only.
export default function ({ parentElement, data }) {
  const page = document.createElement("div");
  page.className = "page";
  page.tabIndex = 0;
  page.setAttribute("role", "img");
  page.setAttribute("aria-label", data.alt);
  const mark = document.createElement("mark");
  mark.textContent = data.text.slice(data.start, data.end);
  page.append(data.text.slice(0, data.start));
  if (data.end > data.start) page.append(mark);
  page.append(data.text.slice(data.end));
  // Not `:scope > …`: in a shadow root it matches nothing.
  [...parentElement.children].filter((old) => old.matches(".page")).forEach((old) => old.remove());
  parentElement.append(page);
  if (data.end > data.start) page.scrollTop = Math.max(0, mark.offsetTop - page.offsetTop - page.clientHeight / 3);
}
