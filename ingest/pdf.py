"""PDF files: PDFium reads the pages and what stands around them, pypdf the text where PDFium can't."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from . import pdf_pypdf, pdf_second, pdf_structure, pdf_text
from .errors import PasswordError, ReadError
from .figures import Figures
from .furniture import furniture
from .headings import headings_by_size
from .limits import check_characters, check_pages
from .nouns import Document, Line, Page, Progress
from .numbers import some
from .page_numbers import printed
from .pdf_assembly import Vocabulary, assembled, hyphenated
from .pdf_order import arranged
from .pdf_pictures import Region
from .pdf_text import Sheet
from .scanned import Scans
from .settings import Limits

RECOVERED = "The file is damaged: its text could be read, but not where the words stand on the pages."


def read_pdf(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in `data`; `progress` is told of every page.

    Raises PasswordError where it is encrypted and `password` does not open it, ReadError where it is
    over a limit, damaged or without pages.
    """
    reading, scans = _Reading(data, name, limits, password, progress), Scans(name, limits, progress)
    figures = Figures(name, limits, progress)
    try:
        with pdf_text.opened(data, password) as handle:
            pages = scans.read(handle, reading.by_pdfium(handle))
            regions = {number: found for number, found in reading.regions.items() if number not in scans.off}
            pages = figures.read(handle, pages, regions)
            structure = pdf_structure.read_structure(handle)
            attached = pdf_structure.attached(handle, limits)
    except PasswordError:
        raise
    except pdf_text.Unreadable as problem:
        structure, attached = pdf_structure.Structure(), ()
        pages = reading.by_pypdf()
        if not pages:
            raise ReadError(str(problem)) from problem
    labels = structure.labels
    if all(label == str(number) for number, label in labels.items()):
        labels = printed(pages)
    pages = tuple(replace(page, label=labels.get(page.number, page.label)) for page in pages)
    repeated = furniture(pages)
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        name=name,
        title=pdf_structure.best_title(structure.title, pages, name),
        kind="pdf",
        pages=pages,
        headings=pdf_structure.located(structure.outline, pages) or headings_by_size(pages, repeated),
        furniture=repeated,
        warnings=(*structure.warnings, *reading.warnings, *scans.warnings(pages)),
        size=len(data),
        notes=tuple(figures.notes()),
        attached=attached,
    )


class _Reading:
    """The pages of one file: read one after the other, counted, cleaned, held to the limits."""

    def __init__(
        self, data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
    ) -> None:
        self.data, self.name, self.limits, self.password, self.progress = data, name, limits, password, progress
        self.pages: list[Page] = []
        self.regions: dict[int, tuple[Region, ...]] = {}  # of pictures, by the page's number
        self.warnings: list[str] = []
        self.characters = 0

    def count(self, text: str, number: int, total: int) -> None:
        """Hold what was read so far to the limits, and tell how far it is."""
        self.characters += len(text)
        check_characters(self.characters, self.limits)
        self.progress(Progress(self.name, number, total))

    def by_pdfium(self, handle: pdf_text.Handle) -> tuple[Page, ...]:
        """Every page, with the places of its words.  Raises Unreadable where there is none."""
        total = pdf_text.page_count(handle)
        if total < 1:
            raise pdf_text.Unreadable("it has no pages")
        check_pages(total, self.limits)
        units = pdf_pypdf.user_units(self.data, self.password)
        with _without_collecting():
            sheets, broken = [], []
            for number in range(1, total + 1):
                sheet = pdf_text.read_sheet(handle, number, units.get(number, 1.0))
                if sheet is None:
                    broken.append(number)
                sheets.append(sheet or Sheet(number, []))
                self.regions[number] = sheets[-1].regions
                self.count(sheets[-1].raw, number, total)
        if broken:
            self.warnings.append(f"{some('Page', broken)} of the file {_are(broken)} damaged and could not be read.")
        self.read_again(sheets)
        with _without_collecting():
            arrangements = [arranged(sheet.lines) for sheet in sheets]
            vocabulary = Vocabulary(arrangements) if any(map(hyphenated, arrangements)) else None
            for sheet, lines in zip(sheets, arrangements, strict=True):
                text, made = assembled(lines, vocabulary)
                self.pages.append(_page(sheet.number, text, made, sheet.width, sheet.height))
        return tuple(self.pages)

    def read_again(self, sheets: list[Sheet]) -> None:
        """Put pypdf's lines on the pages whose fonts PDFium can't decode, where it reads more of them."""
        doubtful = {sheet.number: n for n, sheet in enumerate(sheets) if sheet.glyphs is not None}
        texts = pdf_pypdf.second_texts(self.data, self.password, list(doubtful)) if doubtful else {}
        for number, text in texts.items():
            sheet = sheets[doubtful[number]]
            if pdf_second.better(text, sheet.raw):
                sheets[doubtful[number]] = replace(sheet, lines=pdf_second.placed(text, sheet.glyphs or ()))

    def by_pypdf(self) -> tuple[Page, ...]:
        """The text of every page, without places; nothing where pypdf can't open the file either."""
        for number, total, text in pdf_pypdf.page_texts(self.data, self.password):
            if number == 1:
                check_pages(total, self.limits)
            self.count(text, number, total)
            self.pages.append(_page(number, text))
        self.warnings.append(RECOVERED)
        return tuple(self.pages)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Words and lines are made by the thousand, in no cycle: to look for one takes a twentieth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _page(number: int, text: str, lines: tuple[Line, ...] = (), width: float = 0.0, height: float = 0.0) -> Page:
    """The page, without its text where nothing in it can be read."""
    if pdf_text.blank(text):
        text, lines = "", ()
    return Page(number, str(number), text, lines, width, height)


def _are(numbers: list[int]) -> str:
    return "is" if len(numbers) == 1 else "are"
