"""A page of an open PDF as a person sees it: with what was filled into its form, typed onto it and stamped on it.

These are annotations to PDF, which lie over a page's content.  They are made a part of it (in memory) before the
page is read or drawn, so that their words are read, placed, marked and shown like all others.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

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


class Handle:
    """PDFium's handle of an open document, which its functions take, and what it needs to know of its form."""

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        self._as_parameter_ = pointer
        self._info = pdfium.FPDF_FORMFILLINFO(version=1)
        self._form: ctypes.c_void_p | None = None

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
    """PDFium's page; the rectangles of its filled fields and the like (left, bottom, right, top; PDF user space).

    `ticks` are the boxes to be ticked among them, each with the sign for how it is: ☑ or ☐, ◉ or ○.
    Of what doesn't show on it: whether files are `pinned` to it, and how many `comments` are.
    """

    handle: ctypes.c_void_p
    over: tuple[Rect, ...] = ()
    ticks: tuple[tuple[Rect, str], ...] = ()
    pinned: bool = False
    comments: int = 0


@contextmanager
def open_page(handle: Handle, number: int) -> Iterator[OpenPage | None]:
    """Page `number` (from 1), closed at the end; None where there is no such page, or it is broken."""
    page = pdfium.FPDF_LoadPage(handle, number - 1)
    shown = OpenPage(page) if page else None
    if shown and (count := pdfium.FPDFPage_GetAnnotCount(page)):
        shown = _with_annotations(handle, page, number, min(count, MOST))
    try:
        yield shown
    finally:
        if shown:
            pdfium.FPDF_ClosePage(shown.handle)


def pinned(handle: Handle, number: int) -> Iterator[Any]:
    """PDFium's attachments that are pinned to page `number`, in a document of which no page was opened here before."""
    page = pdfium.FPDF_LoadPage(handle, number - 1)
    if not page:
        return
    try:
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if annotation:
                if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                    yield pdfium.FPDFAnnot_GetFileAttachment(annotation)
                pdfium.FPDFPage_CloseAnnot(annotation)
    finally:
        pdfium.FPDF_ClosePage(page)


def _with_annotations(handle: Handle, page: ctypes.c_void_p, number: int, count: int) -> OpenPage | None:
    """The page, opened anew with what lies over it as a part of it; None where that can't be opened any more."""
    over: list[Rect] = []
    ticks: list[tuple[Rect, str]] = []
    pinned, comments = False, 0
    form = handle.form()
    if form:
        pdfium.FORM_OnAfterLoadPage(page, form)  # gives looks to fields that have none, and knows what is ticked
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind in OVER:
                for rect, sign in _place(form, annotation):
                    over.append(rect)
                    ticks += [(rect, sign)] if sign else []
            pinned = pinned or kind == pdfium.FPDF_ANNOT_FILEATTACHMENT
            comments += kind in ASIDE and pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0) > 2
            pdfium.FPDFPage_CloseAnnot(annotation)
    if over:
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    if form:
        pdfium.FORM_OnBeforeClosePage(page, form)
    if over:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(handle, number - 1)
    return OpenPage(page, tuple(over), tuple(ticks), pinned, comments) if page else None


def _place(form: ctypes.c_void_p | None, annotation: ctypes.c_void_p) -> Iterator[tuple[Rect, str]]:
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
