"""How fast are PDFs read?  Run it: python -m bench.reading FOLDER

Reads every PDF of a folder into passages (text, order, tables, headings, passages; no recognition, no
embedding) and extracts its text by plain pypdf, one after the other in one process.  Seconds are of the
processor, so that what else runs on the machine does not matter; the shorter of two readings counts.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from index.embedder import embedder_of
from index.settings import Settings
from ingest.errors import ReadError
from ingest.passages import passages
from ingest.pdf import read_pdf
from ingest.settings import Limits

LIMITS = Limits(ocr=False)


def seconds(work: Callable[[], object], times: int) -> float:
    """The shortest that `work` took, in seconds of the processor."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> None:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    paths = sorted(args.folder.rglob("*.pdf"))
    if not paths:
        sys.exit(f"{args.folder} holds no PDF; name a folder of PDFs")
    logging.disable(logging.CRITICAL)
    count = embedder_of(Settings()).count
    count(["the tokenizer is loaded before the clock starts"])
    pages = ours = plain = 0.0
    for path in paths:
        data = path.read_bytes()
        try:
            number = len(read_pdf(data, path.name, LIMITS, None, lambda _: None).pages)
        except ReadError as error:
            print(f"{path.name[:44]:44s} not read: {error}")
            continue

        def read(data: bytes = data, name: str = path.name) -> None:
            passages(read_pdf(data, name, LIMITS, None, lambda _: None), count)

        def extract(data: bytes = data) -> None:
            for page in PdfReader(BytesIO(data)).pages:
                page.extract_text()

        one, other = seconds(read, 2), seconds(extract, 1)
        pages, ours, plain = pages + number, ours + one, plain + other
        print(row(path.name, number, one, other), flush=True)
    print(row("all", pages, ours, plain))


def row(name: str, pages: float, ours: float, plain: float) -> str:
    """One line of figures."""
    speeds = f"{pages / ours:8.1f} pages/s   pypdf {pages / plain:7.1f} pages/s   times as fast {plain / ours:5.1f}"
    return f"{name[:44]:44s} {pages:5.0f} pages {speeds}"


if __name__ == "__main__":
    main()
