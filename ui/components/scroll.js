// Brings the marked part of the page's picture into view, once each time a source is opened.
const scroller = (element) => {
  for (let up = element.parentElement; up; up = up.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(up).overflowY) && up.scrollHeight > up.clientHeight) return up;
  }
  return document.scrollingElement;
};

export default function ({ parentElement, data }) {
  const host = parentElement.host ?? parentElement;
  if (host.dataset.shown === data.opened) return;
  host.dataset.shown = data.opened;
  const started = Date.now();
  const bring = () => {
    const image = document.querySelector(".st-key-page_picture img");
    if (!image?.complete || !image.clientHeight) {
      if (Date.now() - started < 10000) setTimeout(bring, 60);
      return;
    }
    const box = scroller(image);
    const mark = image.getBoundingClientRect().top + data.at * image.clientHeight;
    const top = box === document.scrollingElement ? 0 : box.getBoundingClientRect().top;
    if (mark < top + 40 || mark > top + box.clientHeight * 0.8) box.scrollBy({ top: mark - top - box.clientHeight / 3 });
  };
  setTimeout(bring, 60);
}
