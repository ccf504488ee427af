"""Two processes add, one removes and eight search one library; every result is held against a serial oracle.

Each process writes down what it did and when, by the one clock of the machine.  Afterwards it is told for every
search which documents were surely there, surely not there, or on their way; and searches in between changes are
asked again of a library that goes through the same states alone.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from index.library import Library
from index.nouns import Hit
from ingest.errors import FootnoteError

from .workload import opened

CREW = (2, 1, 8)  # processes that add, remove and search
KEPT = 12  # documents that the removing process leaves
HITS = 5
REPEATED = 200  # searches that are asked again
WORDS = [
    a + b for a in "bal den fir gol hus jam kel lor mun nes por rin sol tav".split() for b in "ab eck id on ur".split()
]

Row = dict[str, Any]
Act = Callable[[Library, random.Random, Path], Row | None]


@dataclass
class Figures:
    """What was done, and every fault that was found, in words."""

    seconds: float
    added: int = 0
    removed: int = 0
    searches: int = 0
    repeated: int = 0  # of them, how many were asked again of the oracle
    errors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)  # something found that was removed, or never there
    missing: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)  # not what the oracle gives

    @property
    def faults(self) -> list[str]:
        return [*self.errors, *self.stale, *self.missing, *self.other]


def text_of(name: str) -> str:
    """The text of a document: words by chance, the same for the same name, and one that is its own."""
    chance, own = random.Random(name), name.partition(".")[0]
    return "\n\n".join(f"{own} " + " ".join(chance.choices(WORDS, k=60)) + "." for _ in range(3))


def run(folder: Path, seconds: float, seed: int = 1, crew: tuple[int, int, int] = CREW) -> Figures:
    """The processes on a library in `folder`, for so long; then the judgement."""
    opened(folder / "library").close()
    (folder / "files").mkdir()
    acts = [act for act, number in zip((_add, _remove, _search), crew, strict=True) for _ in range(number)]
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(len(acts))  # importing takes some longer than others
    processes = [
        context.Process(target=_process, args=(act, folder, f"{act.__name__}{n}", together, seconds, seed + n))
        for n, act in enumerate(acts)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    rows = [json.loads(line) for log in sorted(folder.glob("*.log")) for line in log.read_text().splitlines()]
    figures = judged(rows, seconds)
    for n, process in enumerate(processes):
        if process.exitcode:
            figures.errors.append(f"process {n} ended with {process.exitcode}")
    with opened(folder / "library") as library:
        figures.errors += library.check().problems
        there = {e.name for e in library.entries()}
    if there != (left := {name for name, life in lives(rows).items() if life.removed is None}):
        figures.missing += [f"at the end: {name}" for name in sorted(left - there)]
        figures.stale += [f"at the end: {name}" for name in sorted(there - left)]
    repeat(rows, folder / "oracle", figures)
    return figures


def _process(act: Act, folder: Path, name: str, together: Barrier, seconds: float, seed: int) -> None:
    """Do `act` again and again for so long, each time a line in the log."""
    chance = random.Random(seed)
    with opened(folder / "library") as library, (folder / f"{name}.log").open("w") as log:
        together.wait(300)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.monotonic()
            try:
                row = act(library, chance, folder / "files")
            except FootnoteError as error:
                row = {"what": "error", "said": str(error)}
            if row:
                log.write(json.dumps({"begun": begun, "done": time.monotonic(), **row}) + "\n")
            time.sleep(chance.uniform(0.0, 0.1 if act is _search else 0.6))


def _add(library: Library, chance: random.Random, files: Path) -> Row:
    path = files / f"mark{chance.getrandbits(40):x}z.txt"
    path.write_text(text_of(path.name))
    (outcome,) = library.add([path])
    if outcome.status != "added":
        raise FootnoteError(f"{path.name}: {outcome.reason}")
    return {"what": "add", "name": path.name}


def _remove(library: Library, chance: random.Random, files: Path) -> Row | None:
    names = [e.name for e in library.entries() if e.vectors == e.passages]
    if len(names) <= KEPT:
        return None
    name = chance.choice(names)
    library.remove(name)
    return {"what": "remove", "name": name}


def _search(library: Library, chance: random.Random, files: Path) -> Row:
    """Half of all searches are for the own word of a document that is there, or was: its file stays behind."""
    names = sorted(path.name for path in files.iterdir())[-40:]
    own = chance.choice(names) if names and chance.random() < 0.5 else ""
    question = own.partition(".")[0] or " ".join(chance.sample(WORDS, 3))
    return {"what": "search", "own": own, "question": question, "hits": hits(library.search(question, HITS))}


def hits(found: list[Hit]) -> list[list[Any]]:
    return [[h.name, h.passage.text[:40], round(h.score, 5)] for h in found]


@dataclass
class Life:
    """When a document came and went: (begun, done) of either."""

    added: tuple[float, float]
    removed: tuple[float, float] | None = None

    def sure(self, begun: float, done: float) -> bool:
        """True where it was there, found by meaning too, from `begun` to `done`."""
        return self.added[1] < begun and (self.removed is None or self.removed[0] > done)

    def possible(self, begun: float, done: float) -> bool:
        """True where it may have been there at a moment between."""
        return self.added[0] <= done and (self.removed is None or self.removed[1] >= begun)


def lives(rows: list[Row]) -> dict[str, Life]:
    """The documents that were added, and when each came and went."""
    found = {r["name"]: Life((r["begun"], r["done"])) for r in rows if r["what"] == "add"}
    for r in rows:
        if r["what"] == "remove" and r["name"] in found:
            found[r["name"]].removed = (r["begun"], r["done"])
    return found


def judged(rows: list[Row], seconds: float) -> Figures:
    """What each search found, against what was there."""
    known, figures = lives(rows), Figures(seconds)
    figures.errors = [r["said"] for r in rows if r["what"] == "error"]
    figures.added, figures.removed = (sum(r["what"] == what for r in rows) for what in ("add", "remove"))
    for r in rows:
        if r["what"] != "search":
            continue
        figures.searches += 1
        when, names = (r["begun"], r["done"]), {h[0] for h in r["hits"]}
        gone = {n for n in names if n not in known or not known[n].possible(*when)}
        figures.stale += [f"{r['question']}: {name}" for name in gone]
        sure = {n for n, life in known.items() if life.sure(*when)}
        if r["own"] in sure and not any(h[0] == r["own"] for h in r["hits"]):
            figures.missing.append(f"{r['question']}: {r['hits']}")
        if not r["own"] and len(r["hits"]) < min(HITS, len(sure)):
            figures.missing.append(f"{r['question']}: {len(r['hits'])} hits of {len(sure)} documents")
    return figures


def quiet(rows: list[Row]) -> Iterator[tuple[Row, frozenset[str]]]:
    """The searches during which nothing was changed, each with the documents that were there."""
    changes = sorted((r for r in rows if r["what"] in ("add", "remove")), key=lambda r: float(r["done"]))
    for r in sorted((r for r in rows if r["what"] == "search"), key=lambda r: float(r["begun"])):
        if any(c["begun"] < r["done"] and c["done"] > r["begun"] for c in changes):
            continue
        there: set[str] = set()
        for c in changes:
            if c["done"] <= r["begun"]:
                (there.add if c["what"] == "add" else there.discard)(c["name"])
        yield r, frozenset(there)


def repeat(rows: list[Row], folder: Path, figures: Figures) -> None:
    """Ask quiet searches again of a library that nobody else uses, brought to what was there then."""
    found = list(quiet(rows))
    chosen = found[:: max(1, len(found) // REPEATED)]
    with opened(folder) as oracle:
        held: set[str] = set()
        for r, there in chosen:
            for name in sorted(held - there):
                oracle.remove(name)
            for name in sorted(there - held):
                oracle.add_upload(name, text_of(name).encode())
            held = set(there)
            again = hits(oracle.search(r["question"], HITS))
            figures.repeated += 1
            if not alike(again, r["hits"]):
                figures.other.append(f"{r['question']}: {r['hits']}, alone {again}")


def alike(one: list[list[Any]], other: list[list[Any]]) -> bool:
    """The same hits with the same scores; those of one score in any order, and the last score may be cut."""
    scores = [[h[2] for h in found] for found in (one, other)]
    if len(one) != len(other) or any(abs(a - b) > 1e-4 for a, b in zip(*scores, strict=True)):
        return False
    above = [{(h[0], h[1]) for h in found if h[2] > found[-1][2] + 1e-4} for found in (one, other)]
    return above[0] == above[1]


def row(figures: Figures) -> Row:
    """The figures as JSON, faults counted, the first of each kind shown."""
    kinds = ("errors", "stale", "missing", "other")
    values = asdict(figures)
    return {**values, **{k: len(values[k]) for k in kinds}, "examples": figures.faults[:5]}
