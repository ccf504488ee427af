"""Passages that our own search finds for a question: `python -m bench.hard_negatives DATA…`

DATA are files as for `bench.train_reader`, whose answers are exact.  Their passages, each article a document, make a
library as a user's would be; each of `--questions` questions of a file is searched in it.  Of the first hits, those
that hold the words of no answer are negatives, and the one that holds an answer where its set says is a positive, as
it was cut and found.  What is written is a data file for `bench.train_reader`, named `found.jsonl.xz`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.library import Library
from index.nouns import Hit
from index.settings import Settings
from ingest.errors import FootnoteError

from .reader_data import read

HITS = 6
NEGATIVES = 3
AROUND = 60  # characters on each side of an answer that tell it from the same words elsewhere
TOGETHER = 40  # passages without a title that make one document

Row = dict[str, Any]


def documents(rows: Sequence[Row], name: str) -> dict[str, str]:
    """The text of each document: its file's name, and its passages, once each."""
    passages = list(dict.fromkeys((str(row.get("title") or ""), str(row["passage"])) for row in rows))
    texts: dict[str, list[str]] = {}
    for number, (title, passage) in enumerate(passages):
        stem = re.sub(r"\W+", " ", title).strip()[:80] or f"{name} {number // TOGETHER}"
        texts.setdefault(f"{stem}.txt", []).append(" ".join(passage.split()))
    return {file: "\n\n".join(parts) for file, parts in texts.items()}


def sampled(rows: Sequence[Row], count: int, chance: random.Random) -> list[Row]:
    """The rows with exact answers of so many titles that there are `count`; whole titles, in a random order."""
    exact = [row for row in rows if row["answerable"] and row.get("answers")]
    titles = sorted({str(row.get("title") or row["passage"]) for row in exact})
    chance.shuffle(titles)
    kept: list[Row] = []
    by_title: dict[str, list[Row]] = {}
    for row in exact:
        by_title.setdefault(str(row.get("title") or row["passage"]), []).append(row)
    for title in titles:
        if len(kept) >= count:
            break
        kept += by_title[title]
    return kept


def examples(row: Row, hits: Sequence[Hit]) -> Iterator[Row]:
    """The rows that the hits of a question make."""
    passage = " ".join(row["passage"].split())
    answers = {str(a["text"]).casefold() for a in row["answers"]}
    negatives = 0
    for hit in hits:
        text = hit.passage.text
        folded = text.casefold()
        made = {"question": row["question"], "passage": text, "title": hit.passage.heading}
        if found := [place for a in row["answers"] for place in places(text, passage, str(a["text"]))]:
            yield {**made, "answerable": True, "answers": found}
        elif negatives < NEGATIVES and not any(answer in folded for answer in answers):
            negatives += 1
            yield {**made, "answerable": False, "answers": []}


def places(text: str, passage: str, answer: str) -> Iterator[Row]:
    """Where `answer` stands in a found text, with the words around it that it has in its own passage."""
    for match in re.finditer(re.escape(answer), passage):
        around = passage[max(0, match.start() - AROUND) : match.end() + AROUND]
        at = text.find(around)
        if at >= 0:
            yield {"text": answer, "start": at + match.start() - max(0, match.start() - AROUND)}


def found(paths: Sequence[Path], questions: int, others: int, seed: int) -> Iterator[Row]:
    """The examples of all files, from one library."""
    chance = random.Random(seed)
    asked: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "documents"
        texts.mkdir()
        for path in paths:
            rows = list(read(path))
            kept = sampled(rows, others, chance)
            (texts / path.name).mkdir()  # two sets may have articles of one title
            for file, text in documents(kept, path.name.partition(".")[0]).items():
                (texts / path.name / file).write_text(text, "utf-8")
            asked += chance.sample(kept, min(questions, len(kept)))
        with Library.open(Path(folder) / "library", Settings(), create=True) as library:
            for number, outcome in enumerate(library.add([texts])):
                if number % 100 == 0:
                    print(number, outcome.name, outcome.status, file=sys.stderr, flush=True)
            for number, row in enumerate(asked):
                if number % 250 == 0:
                    print(f"{number} of {len(asked)} questions", file=sys.stderr, flush=True)
                try:
                    yield from examples(row, library.search(row["question"], HITS))
                except FootnoteError as error:
                    print(f"{row['question']}: {error}", file=sys.stderr)


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", nargs="+", type=Path, metavar="DATA")
    p.add_argument("--questions", type=int, default=1000, help="questions of each file (default 1000)")
    p.add_argument("--rows", type=int, default=5000, help="rows a file that the library is made of (default 5000)")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--out", type=Path, default=Path("found.jsonl.xz"))
    args = p.parse_args()
    count = {True: 0, False: 0}
    with lzma.open(args.out, "wt", encoding="utf-8") as out:
        for row in found(args.data, args.questions, args.rows, args.seed):
            count[row["answerable"]] += 1
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(json.dumps({"answerable": count[True], "not": count[False]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
