"""What each part of finding is worth: `python -m bench.ablation NAME=LIBRARY=QUESTIONS.jsonl … > bench/ablation.md`

Each QUESTIONS.jsonl has a line a question: {"question", "documents" (optional: where to look)} and what must
come back: {"document", "pages"}, or {"evidence": [documents]}, or {"answers": [texts, any of which a passage
must hold]}, or {"gist": [texts, of one of which the passages must hold the words]}.  The figure is the share of
questions (with "evidence": of the documents, with "gist": of the words that are not among the commonest) that the
first five passages bring; pages and documents are counted once.  The weights are those of `index.fusion`; each row of
the table leaves out one part and keeps the rest as it is.  The standard error of a share of n questions is up
to 0.5/√n (0.07 for 50, 0.025 for 400); milliseconds are those of the machine as busy as it was.

`--sizes 100:1,200:0` also makes each library anew with passages of so many tokens that share so many
sentences, in a temporary folder, and prints the curve.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from answer.assistant import Assistant
from answer.settings import AnswerSettings
from index.arranging import Ranked, arranged
from index.finding import CANDIDATES, MORE, ranked
from index.fusion import Signs, Weights, fuse
from index.library import Library
from index.settings import Settings
from index.stopwords import ENGLISH
from index.word_search import places, scope_of

from .speed import asked

FIRST = 5
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What finding knew of one question: every candidate's signs, their passages, and what must come back."""

    row: Mapping[str, Any]
    signs: Mapping[int, Signs]
    passages: Mapping[int, tuple[str, int, Ranked]]  # document, page, and what arranging looks at
    groups: Sequence[Sequence[int]]
    weights: Weights


def words_of(text: str) -> str:
    """The words of a text, folded, each between spaces."""
    folded = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
    return f" {folded} "


def worth(row: Mapping[str, Any], found: Sequence[tuple[str, int, str]]) -> float:
    """The figure of one question: 1 or 0, or the share of its evidence.  `found`: document, page, text, best first."""
    if row.get("pages"):
        pages = list(dict.fromkeys((name, page) for name, page, _ in found))[:FIRST]
        return float(any((row["document"], page) in pages for page in row["pages"]))
    if row.get("evidence"):
        names = list(dict.fromkeys(name for name, _, _ in found))[:FIRST]
        return sum(name in names for name in row["evidence"]) / len(row["evidence"])
    if row.get("gist"):
        held = {word for _, _, text in found[:FIRST] for word in words_of(text).split()}
        wanted = [[w for w in words_of(gist).split() if w not in ENGLISH] for gist in row["gist"]]
        return max((mean(w in held for w in words) for words in wanted if words), default=0.0)
    asked = [words_of(answer) for answer in row["answers"]]
    texts = [words_of(text) for _, _, text in found[:FIRST]]
    spaceless = [answer.strip() for answer in asked if not answer.isascii()]
    return float(any(a in t for t in texts for a in (*asked, *spaceless)))


def found_of(library: Library, row: Mapping[str, Any]) -> Found:
    """Everything that finding knows of a question before it is weighed."""
    finder, question = library.finder, str(row["question"])
    vector = library.embedder.encode([question])[0]
    with library.store.read() as connection:
        scope = scope_of(connection, row["documents"]) if row.get("documents") else None
        signs = finder.signs(connection, question, vector, CANDIDATES, scope)
        shown = {r.scored.id: r for r in ranked(connection, fuse(signs, finder.weights))}
        names = dict(connection.execute("SELECT serial, name FROM documents"))
        stand = places(connection, shown)
        passages = {key: (names[r.document], stand[key].page, r) for key, r in shown.items()}
        return Found(
            row,
            signs,
            passages,
            [s.documents for s in finder.sides(connection, question)],
            finder.weights_for(question),
        )


def figure(found: Sequence[Found], without: Sequence[str] = (), *, arrange: bool = True) -> float:
    """The figure of a set, the weights `without` at nothing."""
    return mean(worth(f.row, _first(f, without, arrange)) for f in found)


def _first(f: Found, without: Sequence[str], arrange: bool) -> list[tuple[str, int, str]]:
    blank: dict[str, Any] = dict.fromkeys(without, 0.0)
    signs = {key: replace(s, bm25=0.0) for key, s in f.signs.items()} if "words" in without else f.signs
    scored = fuse(signs, replace(f.weights, **blank))[: LOOKED_AT + MORE]
    if arrange:
        shown = [replace(f.passages[s.id][2], scored=s) for s in scored]
        scored = arranged(shown, str(f.row["question"]), f.groups)
    return [(*f.passages[s.id][:2], f.passages[s.id][2].text) for s in scored[:LOOKED_AT]]


def rows_of(found: Sequence[Found]) -> Iterator[tuple[str, float]]:
    """Each part's name, and the set's figure without it."""
    closer = [field.name for field in fields(Weights)][2:]
    every = figure(found)
    words = figure(found, ["meaning", *closer], arrange=False)
    meaning = figure(found, ["words", *closer], arrange=False)
    yield "all parts", every
    yield "words alone", words
    yield "meaning alone", meaning
    yield "all parts, over the better of the two alone", every - max(words, meaning)
    yield "words and meaning", figure(found, closer, arrange=False)
    for name in closer:
        yield f"without `{name}`", figure(found, [name])
    yield "without arranging", figure(found, arrange=False)


def spent(library: Library, questions: Sequence[str]) -> dict[str, float]:
    """Median milliseconds of each stage of finding, one question at a time, as `bench.speed` counts them."""
    watch = asked(Assistant(library, AnswerSettings(reader=False)), questions, library.search)
    return {stage: 1e3 * median(clock for clock, _ in took) for stage, took in watch.spent.items()}


def curve(folder: Path, rows: Sequence[Mapping[str, Any]], sizes: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    """(size, passages, figure) of a copy of the library cut anew: "200:1" is 200 tokens, one sentence shared."""
    for each in sizes:
        with tempfile.TemporaryDirectory(prefix="footnote-ablation-") as copy:
            shutil.copytree(folder, copy, dirs_exist_ok=True)
            with Library.open(Path(copy), Settings.of(os.environ)) as library:
                tokens, _, shared = each.partition(":")
                library.adder.size, library.adder.overlap = int(tokens), int(shared or 0)
                health = library.rebuild()
                yield each, health.passages, figure([found_of(library, row) for row in rows])


def table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(f'{c:.3f}' if isinstance(c, float) else str(c) for c in row)} |" for row in rows)


def main() -> None:
    """Print the report as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablation", description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="NAME=LIBRARY=QUESTIONS.jsonl")
    parser.add_argument("--limit", type=int, default=400, help="questions of a set, spread over it")
    parser.add_argument("--sizes", default="", help="for the curve, such as 100:1,150:1,200:0,200:1")
    parser.add_argument("--curve", default="", help="the sets (NAME,NAME) that the curve is made of; all where empty")
    options = parser.parse_args()
    parts: dict[str, list[object]] = {}
    costs: dict[str, list[object]] = {}
    sizes: list[list[object]] = []
    heads: list[str] = []
    for name, folder, path in (one.split("=", 2) for one in options.sets):
        lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
        rows = lines[:: max(1, -(-len(lines) // options.limit))]
        print(f"{name}: {len(rows)} questions", file=sys.stderr, flush=True)
        with Library.open(Path(folder), Settings.of(os.environ)) as library:
            found = [found_of(library, row) for row in rows]
            for part, value in rows_of(found):
                parts.setdefault(part, []).append(value)
            for step, milliseconds in spent(library, [str(row["question"]) for row in rows[:50]]).items():
                costs.setdefault(step, []).append(f"{milliseconds:.1f}")
            heads.append(f"{name} ({len(rows)} questions, {library.check().passages} passages)")
        if options.sizes and (not options.curve or name in options.curve.split(",")):
            sizes += [[name, *point] for point in curve(Path(folder), rows, options.sizes.split(","))]
    print("# What each part of finding is worth\n")
    print(__doc__.split("\n\n")[1] + "\n")
    print(table(["", *heads], [[part, *values] for part, values in parts.items()]))
    print("\n## What it costs, median milliseconds\n")
    print(table(["", *heads], [[step, *values] for step, values in costs.items()]))
    if sizes:
        print("\n## Passages of other sizes (tokens : sentences shared)\n")
        print(table(["set", "size", "passages", "figure"], sizes))


if __name__ == "__main__":
    main()
