"""Fit the weights of finding, a set held out at a time: `python -m bench.fit_fusion NAME=LIBRARY=QUESTIONS …`

Libraries and questions are those of `bench.ablation`, but for those with a "gist".  Every candidate's signs are
read once; then each weight in turn is made larger and smaller as long as the mean of the sets' figures grows.
Printed for each set: its figure with the weights that are shipped, with those fitted on all sets, and with those
fitted on the other sets alone; then the weights.  Arranging is left out: it looks at texts, not at weights.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from index.fusion import Weights, fuse
from index.library import Library
from index.settings import Settings

from .ablation import FIRST, Found, found_of, table, worth

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = tuple(field.name for field in fields(Weights))
STEPS = (0.5, 0.75, 1.33, 2.0)
SWEEPS = 3
DEEP = 60  # candidates among which the first five pages or documents are


@dataclass(frozen=True)
class Case:
    """One question: a row of signs a candidate, what it counts as once, and whether that is asked for."""

    signs: NDArray[np.float64]
    counts_as: Sequence[Hashable]
    right: Sequence[bool]
    wanted: int

    @classmethod
    def of(cls, found: Found) -> Case:
        """What `bench.ablation` found.  Raises SystemExit for a "gist", of which no passage alone is right or wrong."""
        row = found.row
        if "gist" in row:
            raise SystemExit(f"fit_fusion: {row['question']!r} has a gist; leave that set out")
        passages = {key: (name, page, ranked.text) for key, (name, page, ranked) in found.passages.items()}
        keys = list(passages)
        nothing = Weights(**dict.fromkeys(NAMES, 0.0))
        columns = []
        for name in NAMES:
            alone = {s.id: s.score for s in fuse(found.signs, replace(nothing, **{name: 1.0}))}
            columns.append(np.array([alone[key] for key in keys]))
        columns[0] *= found.weights.meaning / Weights().meaning  # less, in a language that the model does not know
        right = [worth(row, [passages[key]]) > 0 for key in keys]
        counts_as: list[Hashable] = list(keys)
        if row.get("pages") or row.get("evidence"):
            counts_as = [passages[key][:2] if row.get("pages") else passages[key][0] for key in keys]
        return cls(np.stack(columns, 1), counts_as, right, len(row.get("evidence", "1")))

    def figure(self, weights: NDArray[np.float64]) -> float:
        """The share of what is wanted that the first five bring."""
        first: dict[Hashable, bool] = {}
        for i in np.argsort(-(self.signs @ weights), kind="stable")[:DEEP]:
            if len(first) == FIRST and self.counts_as[i] not in first:
                break
            first[self.counts_as[i]] = first.get(self.counts_as[i], False) or self.right[i]
        got = sum(first.values())
        return got / self.wanted if self.wanted > 1 else float(got > 0)


Sets = dict[str, list[Case]]


def figure(cases: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """The mean of a set."""
    return mean(case.figure(weights) for case in cases)


def fitted(sets: Sets, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights that no step of a single one makes better, or those after a few sweeps."""
    best, value = start, mean(figure(cases, start) for cases in sets.values())
    for _ in range(SWEEPS):
        before = value
        for at in range(len(NAMES)):
            for step in STEPS:
                tried = best.copy()
                tried[at] *= step
                worth_of_it = mean(figure(cases, tried) for cases in sets.values())
                if worth_of_it > value + 1e-9:
                    best, value = tried, worth_of_it
        if value <= before:
            break
    return best


def read(options: Sequence[str], limit: int) -> Sets:
    """Every set's questions, looked up."""
    sets: Sets = {}
    for name, folder, path in (one.split("=", 2) for one in options):
        lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
        rows = lines[:: max(1, -(-len(lines) // limit))]
        print(f"{name}: {len(rows)} questions", file=sys.stderr, flush=True)
        with Library.open(Path(folder), Settings.of(os.environ)) as library:
            sets[name] = [Case.of(found_of(library, row)) for row in rows]
    return sets


def report(sets: Sets) -> str:
    """The figures and the weights, as Markdown."""
    shipped = np.array(list(asdict(Weights()).values()))
    every = fitted(sets, shipped)
    held_out = {name: fitted({n: c for n, c in sets.items() if n != name}, shipped) for name in sets}
    lines = [
        [name, figure(cases, shipped), figure(cases, every), figure(cases, held_out[name])]
        for name, cases in sets.items()
    ]
    lines.append(["mean", *(mean(float(str(line[i])) for line in lines) for i in (1, 2, 3))])
    weights: list[list[object]] = [["shipped", *map(float, shipped)], ["on all", *map(float, every)]]
    weights += [[f"without {name}", *map(float, found)] for name, found in held_out.items()]
    figures = table(["set", "as shipped", "fitted on all", "fitted on the others"], lines)
    return figures + "\n\n" + table(["weights", *NAMES], weights)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=LIBRARY=QUESTIONS.jsonl")
    parser.add_argument("--limit", type=int, default=400, help="questions of a set, spread over it")
    options = parser.parse_args()
    sets = read(options.sets, options.limit)
    print("# The weights of finding, fitted and held out\n")
    print((__doc__ or "").split("\n\n")[1] + "\n")
    print(report(sets))


if __name__ == "__main__":
    main()
