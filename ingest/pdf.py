"""PDF files: PDFium reads the pages and what stands around them, pypdf the text where PDFium can't."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from . import pdf_pypdf, pdf_structure, pdf_team, pdf_text
from .errors import PasswordError, ReadError
from .figures import Figures
from .furniture import furniture
from .headings import headings_of_print
from .limits import check_characters, check_pages
from .nouns import Document, Page, Progress
from .numbers import counted, some
from .page_numbers import printed
from .pdf_page import Handle
from .pdf_part import Part, page_of, without_collecting
from .pdf_pictures import Region
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
            attached = () if reading.pinned else pdf_structure.attached(handle, (), limits)
        if reading.pinned:  # reading has taken the pins off the pages
            with pdf_text.opened(data, password) as handle:
                attached = pdf_structure.attached(handle, reading.pinned, limits)
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
        headings=pdf_structure.located(structure.outline, pages) or headings_of_print(pages, repeated),
        furniture=repeated,
        warnings=(*structure.warnings, *reading.warnings, *scans.warnings(pages)),
        size=len(data),
        notes=(*figures.notes(), *reading.notes),
        attached=attached,
    )


class _Reading:
    """The pages of one file: read, counted, cleaned, held to the limits."""

    def __init__(
        self, data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
    ) -> None:
        self.data, self.name, self.limits, self.password, self.progress = data, name, limits, password, progress
        self.regions: dict[int, tuple[Region, ...]] = {}  # of pictures, by the page's number
        self.pinned: list[int] = []  # the pages that files are pinned to
        self.warnings: list[str] = []
        self.notes: list[str] = []
        self.characters = 0

    def count(self, characters: int, done: int, total: int) -> None:
        """Hold what was read so far to the limits, and tell how far it is."""
        self.characters += characters
        check_characters(self.characters, self.limits)
        self.progress(Progress(self.name, done, total))

    def by_pdfium(self, handle: Handle) -> tuple[Page, ...]:
        """Every page, with the places of its words.  Raises Unreadable where there is none."""
        total = pdf_text.page_count(handle)
        if total < 1:
            raise pdf_text.Unreadable("it has no pages")
        check_pages(total, self.limits)
        part = Part(handle, self.data, self.password, pdf_pypdf.user_units(self.data, self.password))
        with without_collecting():
            pages = None
            with suppress(pdf_team.Failed):
                pages = self.pages(part, total, several=pdf_team.processes() > 1)
            if pages is None:  # out here, where the error holds nothing of the first attempt any more
                self.characters, part = 0, part.other()
                pages = self.pages(part, total, several=False)
        if part.broken:
            self.warnings.append(
                f"{some('Page', part.broken)} of the file {_are(part.broken)} damaged and could not be read."
            )
        self.regions, self.pinned = part.regions, part.pinned
        if part.comments:
            many, where = sum(part.comments.values()), some("page", sorted(part.comments))
            self.notes.append(f"{counted(many, 'comment')} on {where} {'is' if many == 1 else 'are'} not read.")
        return tuple(pages)

    def pages(self, part: Part, total: int, *, several: bool) -> list[Page]:
        """All pages, read into `part`; where it pays and `several` may, the most of them by others at the same time.

        Raises Failed where that comes to nothing.
        """
        began = time.perf_counter()
        for number in range(1, total + 1):
            self.count(part.read(number), number, total)
            if several and pdf_team.worth_it(time.perf_counter() - began, number, total):
                return pdf_team.read(part, total, self.count)
        return part.pages(part.words() if part.arrange() else None)

    def by_pypdf(self) -> tuple[Page, ...]:
        """The text of every page, without places; nothing where pypdf can't open the file either."""
        pages = []
        for number, total, text in pdf_pypdf.page_texts(self.data, self.password):
            if number == 1:
                check_pages(total, self.limits)
            self.count(len(text), number, total)
            pages.append(page_of(number, text))
        self.warnings.append(RECOVERED)
        return tuple(pages)


def _are(numbers: list[int]) -> str:
    return "is" if len(numbers) == 1 else "are"
