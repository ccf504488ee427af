"""The cited page beside the chat: a sharp picture with the cited lines marked, or the text of a text document."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import streamlit as st
from PIL import Image, ImageChops, ImageDraw

from index.library import Library
from ingest.errors import FootnoteError, PasswordError, UnknownDocument
from ingest.nouns import DRAWN, Box, Page

from . import navigation, parts, places, private
from .plain import plain

MARK = (255, 226, 110)
EXACT = (255, 176, 59)
ZOOMS = {"Fit": 2.0, "150 %": 3.0, "200 %": 4.0}
# On a screen of ordinary density a page fills about 700 pixels at "Fit"; further zoom scrolls sideways.
WIDTH = 700


@dataclass(frozen=True, slots=True)
class Shown:
    """What is open: a citation's place, its exact words within that, and the page that is looked at now."""

    name: str
    page: int
    cited_page: int
    start: int
    end: int
    quote: str
    exact: tuple[int, int] | None = None

    @classmethod
    def of(cls, citation: dict[str, Any]) -> Shown:
        """The place of a citation, given as its JSON row."""
        page = int(citation["page"])
        start, words = citation["start"], citation.get("exact")
        exact = (start + words["start"], start + words["end"]) if words else None
        return cls(citation["document"], page, page, start, citation["end"], citation["quote"], exact)

    @classmethod
    def of_passage(cls, row: dict[str, Any]) -> Shown:
        """The place of a passage that was found, given as its JSON row."""
        page = int(row["page"])
        return cls(row["document"], page, page, row["start"], row["end"], row["text"])

    def is_of(self, row: dict[str, Any]) -> bool:
        """Whether it is the place that a citation or a passage, given as its JSON row, stands in."""
        place = (row["document"], row["page"], row.get("start"), row.get("end"))
        return place == (self.name, self.cited_page, self.start, self.end)


def found_again(shown: Shown, page: Page) -> Shown:
    """The place of the quote on its page as the page is now: words of pictures may have come in before it.

    Where the quote stands there no more, a place of no characters.
    """
    words = shown.quote[: shown.end - shown.start].split()  # of a passage in several pieces the first
    if not words or page.text[shown.start : shown.end].split() == words:
        return shown
    places = list(re.finditer(r"\s+".join(map(re.escape, words)), page.text))
    if not places:
        return replace(shown, start=0, end=0, exact=None)
    found = min(places, key=lambda place: (place.start() < shown.start, abs(place.start() - shown.start)))
    by = found.start() - shown.start
    exact = (shown.exact[0] + by, shown.exact[1] + by) if shown.exact else None
    return replace(shown, start=found.start(), end=found.end(), exact=exact)


def marked(png: bytes, boxes: Sequence[Box], width: float, height: float, exact: Sequence[Box] = ()) -> bytes:
    """The picture of a page (`width` by `height` points) with the boxes coloured as by a highlighter.

    Those of the `exact` words get a stronger colour.
    """
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    ink = Image.new("RGB", picture.size, (255, 255, 255))
    draw = ImageDraw.Draw(ink)
    x, y = picture.width / max(width, 1), picture.height / max(height, 1)
    for colour, rectangles in ((MARK, boxes), (EXACT, exact)):
        for box in rectangles:
            draw.rectangle((box.x0 * x - 2, box.y0 * y - 2, box.x1 * x + 2, box.y1 * y + 2), fill=colour)
    out = io.BytesIO()
    ImageChops.multiply(picture, ink).save(out, "PNG")
    return out.getvalue()


def show(library: Library, shown: Shown) -> Shown | None:
    """Draw the viewer; returns what to show next, None to close it."""
    with st.container(key="viewer", border=True):
        try:
            return _draw(library, shown)
        except PasswordError:
            _ask_password(library, shown.name)
        except UnknownDocument:
            st.info(plain(f"{shown.name} was removed from the library, so its page can't be shown."))
        except FootnoteError as error:
            st.info(plain(str(error)))
        return None if st.button("Close", key="close_gone") else shown


def _draw(library: Library, shown: Shown) -> Shown | None:
    entry, page = library.entry(shown.name), library.page(shown.name, shown.page)
    with st.container(horizontal=True, vertical_alignment="center"):  # columns would stack on a phone
        st.markdown(f"**{plain(entry.title or entry.name)}**", width="stretch")
        closed = st.button("✕", key="close", help="Close the page", type="tertiary")
    if closed:
        return None
    cited = shown.start if shown.page == shown.cited_page else None
    st.caption(plain(f"{entry.name} · {places.title(page, entry.pages, cited)}"))
    drawn = entry.kind in DRAWN and page.width > 0  # what is attached to a PDF has pages that can't be drawn
    following = _turn(shown, entry.pages, drawn)
    _page(library, shown, page, drawn)
    if shown.page == shown.cited_page and shown.quote:
        with st.expander("The passage as text"):
            st.text(" ".join(shown.quote.split()))
    navigation.link("report", "What was read of this document", ":material/fact_check:", {"document": entry.name})
    kind = private.download("application/octet-stream")
    st.download_button("Download the original", lambda: library.original(shown.name), entry.name, kind, key="download")
    return following


def _ask_password(library: Library, name: str) -> None:
    """After a restart the password of a document is not known any more: it is never stored."""
    st.info(plain(f"{name} is protected by a password, which is never stored. Give it to see the page."))
    with st.form("page_password", border=False):
        given = st.text_input("Password", type="password", key="page_password_text")
        if st.form_submit_button("Show the page") and given:
            library.unlock(name, given)
            st.rerun()


def _turn(shown: Shown, pages: int, picture: bool) -> Shown:
    """The buttons for the page before and after, and the zoom; returns what to show next."""
    step = 0
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("‹ Page", key="previous", disabled=shown.page <= 1, help="Previous page"):
            step = -1
        if st.button("Page ›", key="next", disabled=shown.page >= pages, help="Next page"):
            step = 1
        if picture:
            st.segmented_control("Zoom", list(ZOOMS), default="Fit", key="zoom", label_visibility="collapsed")
    return replace(shown, page=shown.page + step)


def alternative(shown: Shown, page: Page, *, marked: bool) -> str:
    """What the picture or text of a page is called by those who can't see it."""
    if shown.page != shown.cited_page:
        return f"Page {page.number} of {shown.name}"
    return f"Page {page.number} of {shown.name}, {'cited passage highlighted' if marked else 'page shown unmarked'}"


def _page(library: Library, shown: Shown, page: Page, drawn: bool) -> None:
    cited = shown.page == shown.cited_page
    shown = found_again(shown, page) if cited else shown
    if not drawn:
        start, end = (shown.start, shown.end) if cited else (0, 0)
        places = (0, start, *((cited and shown.exact) or (start, start)), end, len(page.text))
        alt = alternative(shown, page, marked=bool(page.text[start:end].strip()))
        parts.text_page({"pieces": [page.text[a:b] for a, b in pairwise(places)], "alt": alt}, key="text_page")
        return
    boxes = page.boxes(shown.start, shown.end) if cited else []
    if cited and not boxes:
        st.caption("The place on this page isn't known, so nothing is marked.")
    exact = page.boxes(*shown.exact) if cited and shown.exact else []
    chosen = st.session_state.get("zoom") or "Fit"
    scale = ZOOMS[chosen]
    picture = marked(library.render(shown.name, page.number, scale), boxes, page.width, page.height, exact)
    with st.container(key="page_picture", horizontal=True):
        width: Literal["stretch"] | int = "stretch" if chosen == "Fit" else int(WIDTH * scale / 2)
        alt = alternative(shown, page, marked=bool(boxes))
        st.image(private.picture(picture), width=width, alt=alt)
    if boxes:
        opened = f"{shown.name} {shown.page} {shown.start} {chosen}"
        parts.scroll({"at": boxes[0].y0 / max(page.height, 1), "opened": opened}, key="scroll")
