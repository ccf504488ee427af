"""How fast are PDFs read?  Run it: python -m bench.reading FOLDER

Reads every PDF of a folder as adding it does, without recognition and embedding: text, order, tables and headings
in the child process, which on a machine with several cores shares out a long file, then passages.  Beside it the
same in one process, and plain pypdf's text.  All three in turns; of each, the shortest of its seconds by the clock
counts.  So it has to have the machine to itself: what else runs takes cores from the reading, and none from pypdf.
A file takes the reading a few hundredths of a second, which hardly ever pass undisturbed on a machine that others
share; so each is read often.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfReader

from answer.memory import settle
from index.embedder import embedder_of
from index.settings import Settings
from ingest.errors import ReadError
from ingest.passages import passages
from ingest.reader import read
from ingest.sandbox import Sandbox
from ingest.settings import Limits

LIMITS = Limits(ocr=False)


def seconds(works: Sequence[Callable[[], object]], times: int) -> list[float]:
    """The shortest that each of `works` took, done in turns, in seconds of the clock."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, its in zip(works, taken, strict=True):
            started = time.perf_counter()
            work()
            its.append(time.perf_counter() - started)
    return [min(its) for its in taken]


def main() -> None:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=9, help="how often each PDF is read (default 9)")
    args = parser.parse_args()
    paths = sorted(args.folder.rglob("*.pdf"))
    if not paths:
        sys.exit(f"{args.folder} holds no PDF; name a folder of PDFs")
    logging.disable(logging.CRITICAL)
    count = embedder_of(Settings()).count
    count(["the tokenizer is loaded before the clock starts"])
    settle()  # as the app does
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes at work in the last minute")
    all_pages, total = 0, [0.0, 0.0, 0.0]
    with Sandbox(LIMITS) as sandbox:
        for path in paths:
            try:
                pages = len(sandbox.read(path).pages)  # the child is started before the clock
            except ReadError as error:
                print(f"{path.name[:44]:44s} not read: {error}")
                continue

            def adding(path: Path = path) -> None:
                passages(sandbox.read(path), count)

            def alone(path: Path = path) -> None:
                passages(read(path.read_bytes(), path.name, LIMITS), count)

            def plain(path: Path = path) -> None:
                for page in PdfReader(path).pages:
                    page.extract_text()

            taken = seconds((adding, alone, plain), args.times)
            all_pages, total = all_pages + pages, [a + b for a, b in zip(total, taken, strict=True)]
            print(row(path.name, pages, taken), flush=True)
    print(row("all", all_pages, total))


def row(name: str, pages: int, taken: Sequence[float]) -> str:
    """One line of figures: pages a second, and how many times as many as pypdf's."""
    adding, alone, plain = taken
    ours = f"{pages / adding:7.1f} pages/s ({plain / adding:4.1f} times pypdf)"
    one = f"in one process {pages / alone:7.1f} ({plain / alone:4.1f})"
    return f"{name[:36]:36s} {pages:5d} pages {ours}   {one}   pypdf {pages / plain:6.1f}"


if __name__ == "__main__":
    main()
