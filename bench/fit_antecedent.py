"""Fit what a follow-up's pronoun stands for: `python -m bench.fit_antecedent REWRITES.jsonl …`

Each line of REWRITES.jsonl is {"history", "question", "rewrite"}: what was said before (texts in turn, the
person's first, or {"role", "text"}), a follow-up, and the same question as a person made it stand alone.
What is fitted goes to `answer/antecedent.json`: a weight for each sign, and figures from the halves that a
fit did not see (halved by conversation: the same first question is the same half).

A reading's target is how well the words put for the pronoun are the words that the person put there; the
loss is the cross-entropy of the weights' softmax to the targets', with a penalty on large weights.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import json
import re
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from answer.nouns import Turn
from answer.rewriting import FILE, Way, chosen, leaning, ways

# How sharply the best reading is wanted, what "as it was asked" is worth, and the penalty on weights.
SHARPNESS, AS_ASKED, PENALTY = 8.0, 0.15, 1.0


def words(text: str) -> list[str]:
    """The words of a text, case folded; a genitive's s is a word."""
    return re.findall(r"\w+", text.casefold())


def f1(a: Sequence[str], b: Sequence[str]) -> float:
    """The harmonic mean of the precision and the recall of the words of `a` in `b`."""
    same = sum(min(a.count(w), b.count(w)) for w in set(a))
    return 2 * same / (len(a) + len(b)) if same else 0.0


@dataclass(frozen=True, slots=True)
class Example:
    """A follow-up that leans on something: its readings, what each is worth, and the person's rewrite."""

    question: str
    rewrite: str
    readings: list[Way]
    targets: list[float]


def example(row: Mapping[str, Any]) -> Example:
    """The example that a line gives."""
    history = [
        Turn("assistant" if i % 2 else "user", t) if isinstance(t, str) else Turn(t["role"], t["text"])
        for i, t in enumerate(row["history"])
    ]
    readings = ways(row["question"], history)
    asked, wanted = words(row["question"]), words(row["rewrite"])
    targets = [AS_ASKED]
    for way in readings[1:]:
        ours, theirs = _replaced(asked, words(way.text)), _replaced(asked, wanted)
        targets.append(f1(ours, theirs))
    return Example(row["question"], row["rewrite"], readings, targets)


def _replaced(asked: list[str], other: list[str]) -> list[str]:
    """The words of `other` that stand where `asked` has different ones, but for the genitive's s and articles."""
    found: list[str] = []
    matcher = difflib.SequenceMatcher(None, asked, other, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "replace":
            found += [w for w in other[start:end] if w not in ("s", "the", "a", "an")]
    return found


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weight of each sign."""
    names = sorted({name for e in examples for way in e.readings for name in way.signs})
    column = {name: i for i, name in enumerate(names)}
    most = max(len(e.readings) for e in examples)
    signs = torch.zeros(len(examples), most, len(names))
    targets = torch.full((len(examples), most), -1e9)
    for i, e in enumerate(examples):
        targets[i, : len(e.targets)] = torch.tensor(e.targets) * SHARPNESS
        for j, way in enumerate(e.readings):
            for name, value in way.signs.items():
                signs[i, j, column[name]] = value
    none = (targets < -1e8) * -1e9
    wanted = torch.softmax(targets, 1)
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        told = torch.log_softmax(signs @ weights + none, 1)
        total = -(wanted * told).sum() + PENALTY * (weights * weights).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return {name: round(float(value), 3) for name, value in zip(names, weights.detach(), strict=True)}


def gain(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """By how much choosing betters the word F1 to the person's rewrite, over the question as asked."""
    gains = [
        f1(words(chosen(e.readings, weights)), words(e.rewrite)) - f1(words(e.question), words(e.rewrite))
        for e in examples
    ]
    return sum(gains) / len(gains)


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="+", type=Path, metavar="REWRITES.jsonl")
    p.add_argument("--out", type=Path, default=FILE)
    args = p.parse_args()
    halves: tuple[list[Example], list[Example]] = ([], [])
    for file in args.files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["history"] and row["question"] != row["rewrite"] and leaning(row["question"]):
                first = row["history"][0]
                name = first if isinstance(first, str) else first["text"]
                halves[zlib.crc32(name.encode()) % 2].append(example(row))
    a, b = halves
    made = {
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "by": "python -m bench.fit_antecedent",
        "follow-ups": len(a) + len(b),
        "word F1 gained over the question as asked, on the half not fitted on": [
            round(gain(b, fit(a)), 3),
            round(gain(a, fit(b)), 3),
        ],
        "weights": fit([*a, *b]),
    }
    args.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
