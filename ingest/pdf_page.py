"""A page of an open PDF as a person sees it: with what was filled into its form, typed onto it and stamped on it.

These are annotations to PDF, which lie over a page's content.  They are made a part of it (in memory) before the
page is read or drawn, so that their words are read, placed, marked and shown like all others.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2_raw as pdfium

from .nouns import SPARSE
from .pdf_draft import Rect

OVER = frozenset(
    {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WATERMARK}
)
ASIDE = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
    }
)
SIGNS = {pdfium.FPDF_FORMFIELD_CHECKBOX: ("☐", "☑"), pdfium.FPDF_FORMFIELD_RADIOBUTTON: ("○", "◉")}
UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_INVISIBLE | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MOST = 5_000  # annotations of a page that are looked at


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies over a page: the rectangle of each field and the like (left, bottom, right, top; PDF user space).

    With it goes the sign for a box that may be ticked, ☑ or ☐, ◉ or ○, else "".  Of what doesn't show: whether files
    are `pinned` to the page, and how many `comments` are.  `alone`: there are fields, and hardly any text below them.
    """

    fields: tuple[tuple[Rect, str], ...] = ()
    pinned: bool = False
    comments: int = 0
    alone: bool = False


NOTHING = Laid()


class Handle:
    """PDFium's handle of an open document, which its functions take, and what it needs to know of its form."""

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        self._as_parameter_ = pointer
        self._info = pdfium.FPDF_FORMFILLINFO(version=1)
        self._form: ctypes.c_void_p | None = None
        self.laid: dict[int, Laid] = {}  # by page; from a page that it was made a part of, it can't be told any more

    def form(self) -> ctypes.c_void_p | None:
        """The form; None where the document has none.  No script in it is ever run."""
        if not self._form and pdfium.FPDF_GetFormType(self) != pdfium.FORMTYPE_NONE:
            self._form = pdfium.FPDFDOC_InitFormFillEnvironment(self, self._info)
        return self._form or None

    def close(self) -> None:
        """Close the document; nothing of it may be used any more."""
        if self._form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._form)
        pdfium.FPDF_CloseDocument(self)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """PDFium's page, and what was laid over it."""

    handle: ctypes.c_void_p
    laid: Laid


@contextmanager
def open_page(handle: Handle, number: int) -> Iterator[OpenPage | None]:
    """Page `number` (from 1), closed at the end; None where there is no such page, or it is broken."""
    page = pdfium.FPDF_LoadPage(handle, number - 1)
    if page and number not in handle.laid and (count := pdfium.FPDFPage_GetAnnotCount(page)):
        handle.laid[number], page = _flattened(handle, page, number, min(count, MOST))
    try:
        yield OpenPage(page, handle.laid.get(number, NOTHING)) if page else None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def pinned_files(handle: Handle, number: int) -> Iterator[Any]:
    """PDFium's attachments that are pinned to page `number`, in a document of which no page was opened here before."""
    page = pdfium.FPDF_LoadPage(handle, number - 1)
    if not page:
        return
    try:
        for kind, annotation in _annotations(page, pdfium.FPDFPage_GetAnnotCount(page)):
            if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                yield pdfium.FPDFAnnot_GetFileAttachment(annotation)
    finally:
        pdfium.FPDF_ClosePage(page)


def _annotations(page: ctypes.c_void_p, count: int) -> Iterator[tuple[int, ctypes.c_void_p]]:
    """The first annotations of a page, each with its kind; one is closed when the next is asked for."""
    for index in range(min(count, MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield pdfium.FPDFAnnot_GetSubtype(annotation), annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def _flattened(handle: Handle, page: ctypes.c_void_p, number: int, count: int) -> tuple[Laid, ctypes.c_void_p | None]:
    """What lies over the page, and the page opened anew with it as a part of it; None where it can't be any more."""
    fields: list[tuple[Rect, str]] = []
    pinned, comments = False, 0
    form = handle.form()
    if form:
        pdfium.FORM_OnAfterLoadPage(page, form)  # gives looks to fields that have none, and knows what is ticked
    for kind, annotation in _annotations(page, count):
        if kind in OVER:
            fields += _field(form, annotation)
        pinned = pinned or kind == pdfium.FPDF_ANNOT_FILEATTACHMENT
        comments += kind in ASIDE and pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0) > 2
    alone = bool(fields) and not _has_text(page)
    if fields:
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    if form:
        pdfium.FORM_OnBeforeClosePage(page, form)
    if fields:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(handle, number - 1)
    return Laid(tuple(fields), pinned, comments, alone), page or None


def _field(form: ctypes.c_void_p | None, annotation: ctypes.c_void_p) -> Iterator[tuple[Rect, str]]:
    """The annotation's rectangle, and the sign for a box that may be ticked; nothing for one that doesn't show.

    A button is hidden: it says what a click does.
    """
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation) if form else pdfium.FPDF_FORMFIELD_UNKNOWN
    flags = pdfium.FPDFAnnot_GetFlags(annotation)
    if kind == pdfium.FPDF_FORMFIELD_PUSHBUTTON:
        pdfium.FPDFAnnot_SetFlags(annotation, flags | pdfium.FPDF_ANNOT_FLAG_HIDDEN)
        return
    box = pdfium.FS_RECTF()
    if not flags & UNSEEN and pdfium.FPDFAnnot_GetRect(annotation, box):
        off, on = SIGNS.get(kind, ("", ""))
        sign = on if off and pdfium.FPDFAnnot_IsChecked(form, annotation) else off
        yield (box.left, box.bottom, box.right, box.top), sign


def _has_text(page: ctypes.c_void_p) -> bool:
    """True where the page itself holds more than hardly any text."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return False
    try:
        signs = (chr(pdfium.FPDFText_GetUnicode(text_page, i)) for i in range(pdfium.FPDFText_CountChars(text_page)))
        visible = (sign for sign in signs if not sign.isspace())
        return sum(1 for _ in islice(visible, SPARSE)) == SPARSE
    finally:
        pdfium.FPDFText_ClosePage(text_page)
