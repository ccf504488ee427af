"""Fit what a follow-up leans on, points at and leaves out: `python -m bench.fit_antecedent REWRITES.jsonl …`

Each line of REWRITES.jsonl is {"history", "question", "rewrite"}: what was said before (texts in turn, the
person's first, or {"role", "text"}), a follow-up, and the same question as a person made it stand alone.
What is fitted goes to `answer/antecedent.json`: a weight for each sign, and figures from folds that a fit did
not see (no conversation is in two folds: the same first question is the same fold).

A reading is worth its word F1 to the person's rewrite, less that of the question as asked.  What is made large
is the sum of these, each weighed by the softmax of the readings' scores, less a penalty on large weights.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from answer.nouns import Turn
from answer.pointed import pointed
from answer.rewriting import FILE, Way, chosen, exceptions, ways

# What a gain of 1 counts against the penalty, what any change must gain, the penalty on weights, the folds.
GAIN, CHANGE, PENALTY, FOLDS = 20.0, 0.02, 1.0, 5
Weights = Mapping[str, float]
# From a question as far as understood, its history and the question as asked to its readings.
Choice = Callable[[str, list[Turn], str], list[Way]]
# The choices, each made on the question as the one before it left it.
CHOICES: tuple[Choice, ...] = (
    lambda text, history, asked: ways(text, history),
    pointed,
    lambda text, history, asked: exceptions(text, history),
)


def words(text: str) -> list[str]:
    """The words of a text, case folded; a genitive's s is a word."""
    return re.findall(r"\w+", text.casefold())


def f1(a: Sequence[str], b: Sequence[str]) -> float:
    """The harmonic mean of the precision and the recall of the words of `a` in `b`."""
    same = sum(min(a.count(w), b.count(w)) for w in set(a))
    return 2 * same / (len(a) + len(b)) if same else 0.0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in its conversation, and how a person made it stand alone."""

    history: list[Turn]
    question: str
    rewrite: str
    fold: int

    def worth(self, text: str) -> float:
        """The word F1 of `text` to the person's rewrite."""
        return f1(words(text), words(self.rewrite))


def follow_up(row: Mapping[str, Any]) -> FollowUp:
    """The follow-up that a line gives."""
    history = [
        Turn("assistant" if i % 2 else "user", t) if isinstance(t, str) else Turn(t["role"], t["text"])
        for i, t in enumerate(row["history"])
    ]
    return FollowUp(history, row["question"], row["rewrite"], zlib.crc32(history[0].text.encode()) % FOLDS)


@dataclass(frozen=True, slots=True)
class Example:
    """The readings of a follow-up, and what each gains over the first."""

    readings: list[Way]
    gains: list[float]


def examples(follow_ups: Sequence[FollowUp], texts: Sequence[str], choice: Choice) -> list[Example]:
    """An example of every follow-up, as far as understood in `texts`, that has more than one reading."""
    found = []
    for one, text in zip(follow_ups, texts, strict=True):
        read = choice(text, one.history, one.question)
        if len(read) > 1:
            gains = [one.worth(way.text) - one.worth(text) - CHANGE * bool(way.signs) for way in read]
            found.append(Example(read, gains))
    return found


def fit_all(follow_ups: Sequence[FollowUp]) -> dict[str, float]:
    """The weights of all choices, each fitted on what those before it make of the follow-ups."""
    weights: dict[str, float] = {}
    texts = [one.question for one in follow_ups]
    for choice in CHOICES:
        weights |= fit(examples(follow_ups, texts, choice))
        texts = made(follow_ups, texts, choice, weights)
    return weights


def made(follow_ups: Sequence[FollowUp], texts: Sequence[str], choice: Choice, weights: Weights) -> list[str]:
    """Each follow-up, as far as understood in `texts`, with one more choice made."""
    pairs = zip(follow_ups, texts, strict=True)
    return [chosen(choice(text, one.history, one.question), weights) for one, text in pairs]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weight of each sign; none where there is nothing to choose."""
    if not examples:
        return {}
    names = sorted({name for e in examples for way in e.readings for name in way.signs})
    column = {name: i for i, name in enumerate(names)}
    most = max(len(e.readings) for e in examples)
    signs = torch.zeros(len(examples), most, len(names))
    gains = torch.zeros(len(examples), most)
    none = torch.full((len(examples), most), -1e9)
    for i, e in enumerate(examples):
        gains[i, : len(e.gains)] = torch.tensor(e.gains)
        none[i, : len(e.gains)] = 0
        for j, way in enumerate(e.readings):
            for name, value in way.signs.items():
                signs[i, j, column[name]] = value
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        told = torch.softmax(signs @ weights + none, 1)
        total = PENALTY * (weights * weights).sum() - GAIN * (told * gains).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return {name: round(float(value), 3) for name, value in zip(names, weights.detach(), strict=True)}


def held_out(follow_ups: Sequence[FollowUp]) -> list[float]:
    """The mean word F1 of the follow-ups as asked, and after each of the choices."""
    sums = [0.0] * (len(CHOICES) + 1)
    for fold in range(FOLDS):
        weights = fit_all([one for one in follow_ups if one.fold != fold])
        held = [one for one in follow_ups if one.fold == fold]
        texts = [one.question for one in held]
        for i in range(len(sums)):
            sums[i] += sum(one.worth(text) for one, text in zip(held, texts, strict=True)) / len(follow_ups)
            if i < len(CHOICES):
                texts = made(held, texts, CHOICES[i], weights)
    return [round(value, 3) for value in sums]


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="+", type=Path, metavar="REWRITES.jsonl")
    p.add_argument("--out", type=Path, default=FILE)
    args = p.parse_args()
    rows = [json.loads(line) for file in args.files for line in file.read_text("utf-8").splitlines()]
    follow_ups = [follow_up(row) for row in rows if row["history"] and words(row["question"]) != words(row["rewrite"])]
    made = {
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "by": "python -m bench.fit_antecedent",
        "follow-ups": len(follow_ups),
        "word F1, in folds not fitted on: as asked; what is meant, pointed at and left out put in": held_out(
            follow_ups
        ),
        "weights": fit_all(follow_ups),
    }
    args.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
