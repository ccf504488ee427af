"""Do the boxes of a quote cover its words, all of them and nothing else?  Run it: python -m bench.marking FOLDER

Takes random quotes (3 to 60 words) from the PDFs of a folder, asks for their boxes, reads what stands
under the boxes back from the PDF itself, and compares.  It prints, for each document, for each sort of
page (turned by quarters, right to left, Chinese or Japanese or Korean, all others) and in all, the share
of the quotes' characters that lie inside, and how many others do, both of the quotes' characters.

With --recognised N it also draws N of the pages as pictures, recognises them as if they were scans, and
reads what stands under those boxes back from the PDF: a wrong letter counts as one that is not inside.
So pages in a script that the recogniser does not know, of which it makes other letters, are counted apart:
there no box can be right, since the words are not.
Documents of other kinds have no boxes; there the quote's own characters are marked.
"""

from __future__ import annotations

import argparse
import ctypes
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pypdfium2_raw as pdfium

from ingest import pdf_repair
from ingest.errors import ReadError
from ingest.nouns import Box, Document, Page
from ingest.pdf import read_pdf
from ingest.pdf_page import open_page
from ingest.pdf_text import opened
from ingest.picture import read_picture
from ingest.render import render_page
from ingest.settings import Limits

WORDS = (3, 60)
KNOWN = 0.8  # of the letters recognised on a page that stand on it: with fewer its script is not known
SCRIPTS = {
    "right to left": pdf_repair.RTL,
    "Chinese, Japanese, Korean": re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"),
}


@dataclass(slots=True)
class Tally:
    """Characters of quotes, of them found under their boxes, and others found there; quotes, and those unmarked."""

    characters: int = 0
    inside: int = 0
    others: int = 0
    quotes: int = 0
    unmarked: int = 0

    def add(self, other: Tally) -> None:
        """Count the other's too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> str:
        """One line of figures."""
        total = max(1, self.characters)
        shares = f"inside {self.inside / total:7.2%}  others {self.others / total:7.2%}"
        return f"{name[:44]:44s} {shares}  quotes {self.quotes:4d}  unmarked {self.unmarked}"


def letters(text: str) -> Counter[str]:
    """The characters that are compared: letters and digits, without their accents, whatever their form."""
    return Counter(c for c in unicodedata.normalize("NFKD", text).casefold() if unicodedata.category(c)[0] in "LN")


def under(page: ctypes.c_void_p, shown: Page, boxes: list[Box]) -> str:
    """The characters whose middle lies in one of the boxes, by PDFium's own way from the picture to the page."""
    fine = 100
    width, height = round(shown.width * fine), round(shown.height * fine)

    def back(x: float, y: float) -> tuple[float, float]:
        px, py = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(page, 0, 0, width, height, 0, round(x * fine), round(y * fine), px, py)
        return px.value, py.value

    areas = []
    for box in boxes:
        (ax, ay), (bx, by) = back(box.x0, box.y0), back(box.x1, box.y1)
        areas.append((min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)))
    text_page = pdfium.FPDFText_LoadPage(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index):
            continue
        pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        if any(a <= x <= b and c <= y <= d for a, b, c, d in areas):
            found.append(chr(pdfium.FPDFText_GetUnicode(text_page, index)))
    pdfium.FPDFText_ClosePage(text_page)
    return "".join(found)


def quotes(document: Document, chance: random.Random) -> Iterator[tuple[Page, int, int]]:
    """Random runs of words, each on one page, pages as likely as their text is long."""
    pages = [p for p in document.pages if len(p.text.split()) >= WORDS[0]]
    while pages:
        (page,) = chance.choices(pages, [len(p.text) for p in pages])
        words = list(re.finditer(r"\S+", page.text))
        length = min(chance.randint(*WORDS), len(words))
        first = chance.randrange(len(words) - length + 1)
        yield page, words[first].start(), words[first + length - 1].end()


def compared(page: ctypes.c_void_p, shown: Page, start: int, end: int) -> Tally:
    """How well the boxes of one quote fit it."""
    return judged(page, shown, shown.text[start:end], shown.boxes(start, end))


def judged(page: ctypes.c_void_p, shown: Page, quote: str, boxes: list[Box]) -> Tally:
    """How well the boxes fit the quote by what the PDF has under them."""
    if not boxes:
        return Tally(quotes=1, unmarked=1)
    wanted, got = letters(quote), letters(under(page, shown, boxes))
    return Tally(wanted.total(), (wanted & got).total(), (got - wanted).total(), 1, 0)


def documents(folder: Path) -> Iterator[tuple[bytes, Document]]:
    """Every PDF below the folder that can be read and holds text."""
    for path in sorted(folder.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            document = read_pdf(data, path.name, Limits(ocr=False), None, lambda _: None)
        except ReadError as error:
            print(f"{path.name[:44]:44s} not read: {error}")
            continue
        if any(len(page.text.split()) >= WORDS[0] for page in document.pages):
            yield data, document


def sort_of(page: ctypes.c_void_p, shown: Page) -> str:
    """What may make a page hard to mark."""
    if pdfium.FPDFPage_GetRotation(page):
        return "turned pages"
    letters_of = [c for c in shown.text if c.isalpha()]
    for name, script in SCRIPTS.items():
        if 2 * len(script.findall(shown.text)) > len(letters_of):
            return name
    return "other pages"


def measure(data: bytes, document: Document, number: int, chance: random.Random, verbose: bool) -> dict[str, Tally]:
    """`number` quotes of one document, by the sort of their page."""
    tallies: dict[str, Tally] = {}
    with opened(data, None) as handle:
        for shown, start, end in islice(quotes(document, chance), number):
            with open_page(handle, shown.number) as page:
                assert page
                one = compared(page.handle, shown, start, end)
                tallies.setdefault(sort_of(page.handle, shown), Tally()).add(one)
            if verbose and (one.inside < 0.99 * one.characters or one.others > 0.02 * one.characters):
                print(one.row(f"  page {shown.number} characters {start}-{end}"))
    return tallies


def recognised(data: bytes, document: Document, chance: random.Random) -> tuple[str, Tally]:
    """Quotes of one page of the document, drawn and recognised, against what the PDF says stands there; its sort."""
    tally = Tally()
    (shown,) = chance.choices(document.pages, [len(p.text) for p in document.pages])
    picture = render_page(data, shown.number, scale=150 / 72, limits=Limits())
    (read,) = read_picture(picture, "page.png", Limits(), None, lambda _: None).pages
    scale = shown.width / read.width
    said, stands = letters(read.text), letters(shown.text)
    known = (said & stands).total() >= KNOWN * said.total()
    with opened(data, None) as handle, open_page(handle, shown.number) as page:
        assert page
        for _, start, end in islice(quotes(replace(document, pages=(read,)), chance), 10):
            boxes = [Box(1, b.x0 * scale, b.y0 * scale, b.x1 * scale, b.y1 * scale) for b in read.boxes(start, end)]
            tally.add(judged(page.handle, shown, read.text[start:end], boxes))
    return "recognised pages" if known else "recognised pages, script not known", tally


def main() -> None:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quotes", type=int, default=500, help="how many, shared out among the files (default 500)")
    parser.add_argument("--recognised", type=int, default=0, help="pages that are recognised too, of as many files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="name the quotes that don't fit")
    args = parser.parse_args()
    read = list(documents(args.folder))
    if not read:
        sys.exit(f"{args.folder} holds no PDF with text; name a folder of PDFs")
    chance = random.Random(args.seed)
    total, sorts = Tally(), dict[str, Tally]()
    for n, (data, document) in enumerate(read):
        number = args.quotes * (n + 1) // len(read) - args.quotes * n // len(read)
        whole = Tally()
        for sort, tally in measure(data, document, number, chance, args.verbose).items():
            whole.add(tally)
            sorts.setdefault(sort, Tally()).add(tally)
        total.add(whole)
        print(whole.row(document.name), flush=True)
    print()
    for data, document in chance.sample(read, min(args.recognised, len(read))):
        sort, tally = recognised(data, document, chance)
        sorts.setdefault(sort, Tally()).add(tally)
    for sort, tally in sorted(sorts.items()):
        print(tally.row(sort))
    print(total.row("all but the recognised" if args.recognised else "all"))


if __name__ == "__main__":
    main()
