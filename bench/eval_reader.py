"""What the reader is worth on given passages: `python -m bench.eval_reader DATA…`

DATA are files as for `bench.train_reader`.  For each: the word F1 of the exact words and whether they stand in the
right sentence, over the answerable; the area under the ROC curve of the passage's log odds, answerable or not; and
passages a second.  Each with its 95 % interval from 1,000 bootstrap samples.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from answer.reader import FILE, MiniLMReader
from answer.reading import Reading
from index.embedder import SentenceTransformerEmbedder
from ingest.nouns import Passage, Span
from ingest.sentences import sentences

from .reader_data import Example, example, read

Floats = NDArray[np.float64]


def word_f1(one: str, other: str) -> float:
    """Twice the shared words over all words, case and punctuation aside."""
    a, b = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    same = sum(min(a.count(word), b.count(word)) for word in set(a))
    return 2 * same / (len(a) + len(b)) if same else 0.0


def interval(value: Callable[[NDArray[np.int64]], float], size: int) -> list[float]:
    """[value, low, high] of what `value` makes of the rows at some indices: of all, and of 1,000 bootstrap samples."""
    generator = np.random.default_rng(0)
    tried = [value(generator.integers(0, size, size)) for _ in range(1000)]
    return [round(float(x), 3) for x in (value(np.arange(size)), *np.nanpercentile(tried, [2.5, 97.5]))]


def judged(row: Example, reading: Reading) -> tuple[float, float]:
    """Word F1 of the best exact words, and 1 where they stand in a sentence with an answer."""
    found = reading.best(0, len(row.passage))
    if found is None:
        return 0.0, 0.0
    said = row.passage[found.start : found.end]
    places = sentences(row.passage)
    here = next(((a, b) for a, b in places if a <= found.start < b), (found.start, found.end))
    right = any(here[0] <= start < here[1] for start, _ in row.spans)
    return max((word_f1(said, text) for text in row.texts), default=0.0), float(right)


def figures(reader: MiniLMReader, rows: Sequence[Example]) -> dict[str, object]:
    """The figures of a set."""
    scores, odds = [], []
    started = time.perf_counter()
    for row in rows:
        passage = Passage("", 0, (Span(1, 0, len(row.passage)),), row.passage, row.title)
        (reading,) = reader.read(row.question, [passage])
        odds.append(reading.odds)
        scores.append(judged(row, reading))
    seconds = time.perf_counter() - started
    answerable = np.array([bool(row.spans) for row in rows])
    yes = np.array([s for s, a in zip(scores, answerable, strict=True) if a])
    sure = np.array(odds)
    found: dict[str, object] = {"n": len(rows), "answerable": int(answerable.sum())}
    if len(yes):
        found["word F1"] = interval(lambda at: float(yes[at, 0].mean()), len(yes))
        found["right sentence"] = interval(lambda at: float(yes[at, 1].mean()), len(yes))
    if 0 < answerable.sum() < len(rows):
        found["AUROC"] = interval(lambda at: float(roc_auc_score(answerable[at], sure[at])), len(rows))
    return {**found, "passages a second": round(len(rows) / seconds, 1)}


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", nargs="+", type=Path, metavar="DATA")
    p.add_argument("--limit", type=int, help="at most this many rows of a set")
    args = p.parse_args()
    reader = MiniLMReader(SentenceTransformerEmbedder(), FILE.read_bytes())
    for path in args.data:
        rows = [example(row) for row in read(path)][: args.limit]
        print(json.dumps({"set": path.name.partition(".")[0], **figures(reader, rows)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
