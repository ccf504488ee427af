"""Examples for the reader: rows of public question sets, mixed, cut to a window and made into tokens.

A row is a line of an xz-compressed JSON Lines file: {"question", "passage", "answerable", "answers":
[{"text", "start"}], and where the set has them "title", "sentences", "gold_sentence_idx"}.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

QUESTION_TOKENS = 48
TITLE_TOKENS = 16
TOKENS = 272
SHORT = 128  # tokens of most examples: where an answer stands shows in the words around it, at half the work
SHORTENED = 0.8
PAD_TO = 16
TITLED = 0.3  # of the examples show their passage under its title, as a passage found has its heading

# How often a file's answerable and unanswerable rows are drawn.  People's negatives come first; sets of real
# search questions and of tables count above their size.  Files not named here are not drawn.
MIX: dict[str, tuple[float, float]] = {
    "squad": (20.0, 14.0),
    "squad_distractor_articles": (10.0, 6.0),
    "squad_hardneg": (0.0, 3.0),
    "squad_distractor_articles_hardneg": (0.0, 2.0),
    "nearmiss": (0.0, 3.0),
    "nq": (4.0, 0.0),
    "squadshifts": (6.0, 0.0),
    "tsqa": (0.8, 0.8),
    "tatqa": (0.8, 0.4),
    "quoref": (1.5, 0.0),
    "bioasq": (2.5, 0.6),
    "cuad": (1.0, 0.6),
    "qasper": (0.8, 0.3),
    "qamr": (1.0, 0.0),
    "ares_synthetic": (1.5, 0.2),
    "selqa": (1.0, 0.0),
    "medquad": (0.8, 0.4),
    "conditionalqa": (0.6, 0.0),
    "pubmedqa": (0.2, 0.0),
    "boolq": (1.0, 0.0),
    "multihop": (0.8, 1.0),
    "fairytaleqa": (1.2, 0.2),
    "found": (5.0, 12.0),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a passage.

    `spans` are the places that answer, as characters of `passage`; none where it doesn't answer.  Where
    `exact` is false, the answer is somewhere within them.
    """

    question: str
    passage: str
    title: str
    spans: tuple[tuple[int, int], ...]
    exact: bool
    texts: tuple[str, ...] = ()


def example(row: dict[str, Any]) -> Example:
    """The example that a row stands for."""
    passage, answers = row["passage"], row.get("answers") or []
    exact = bool(answers)
    spans = [(a["start"], a["start"] + len(a["text"])) for a in answers]
    if row["answerable"] and not spans and row.get("gold_sentence_idx"):
        starts = [(passage.find(row["sentences"][i]), len(row["sentences"][i])) for i in row["gold_sentence_idx"]]
        spans = [(start, start + length) for start, length in starts if start >= 0]
    if row["answerable"] and not spans:
        spans = [(0, len(passage))]
    texts = tuple(a["text"] for a in answers)
    title = str(row.get("title") or "").replace("_", " ")
    return Example(row["question"], passage, title, tuple(spans) if row["answerable"] else (), exact, texts)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a data file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def grams(text: str) -> set[int]:
    """Hashes of every eight words in a row of `text`, case and punctuation aside."""
    words = re.findall(r"\w+", text.casefold())
    return {hash(tuple(words[i : i + 8])) for i in range(len(words) - 7)}


def texts_in(value: object) -> Iterator[str]:
    """Every string within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def grams_of_files(paths: Iterable[Path]) -> set[int]:
    """The eight-word sequences in JSON Lines files, whatever their form."""
    found: set[int] = set()
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            for text in texts_in(json.loads(line)):
                found |= grams(text)
    return found


class Mixture:
    """An endless, seeded stream of rows, each source shuffled anew every time it has been gone through."""

    def __init__(self, sources: dict[str, list[dict[str, Any]]], seed: int) -> None:
        self._random = random.Random(seed)
        self._pools: list[list[dict[str, Any]]] = []
        self._weights: list[float] = []
        for name, rows in sorted(sources.items()):
            for wanted, weight in zip((True, False), MIX[name], strict=True):
                pool = [row for row in rows if bool(row["answerable"]) is wanted]
                if pool and weight:
                    self._pools.append(pool)
                    self._weights.append(weight)
        self._left: list[list[dict[str, Any]]] = [[] for _ in self._pools]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while True:
            which = self._random.choices(range(len(self._pools)), self._weights)[0]
            if not self._left[which]:
                self._left[which] = self._random.sample(self._pools[which], len(self._pools[which]))
            yield self._left[which].pop()


@dataclass(frozen=True, slots=True)
class Tokens:
    """An example as the model reads it: token ids, where the passage starts, allowed starts and ends."""

    ids: list[int]
    second: int
    starts: list[int]
    ends: list[int]


class Encoder:
    """Makes tokens of examples; the window of a long passage is drawn around one of its answers."""

    def __init__(self, tokenizer: Tokenizer, seed: int, short: float = SHORTENED) -> None:
        self._tokenizer = tokenizer
        self._short = short
        self._random = random.Random(seed)

    def __call__(self, given: Example) -> Tokens:
        question = self._ids(given.question)[:QUESTION_TOKENS]
        shown = given.title if self._random.random() < TITLED else ""
        title = self._ids(f"{shown}.")[:TITLE_TOKENS] if shown else []
        passage = self._tokenizer.encode(given.passage, add_special_tokens=False)
        spans = [s for s in (_tokens(passage.offsets, *span) for span in given.spans) if s]
        limit = SHORT if self._random.random() < self._short else TOKENS
        room = limit - 3 - len(question) - len(title)
        low = self._window(len(passage.ids), room, spans)
        first = len(question) + 2 + len(title)
        starts, ends = [], []
        for start, end in spans:
            if given.exact and low <= start and end < low + room:
                starts.append(start - low + first)
                ends.append(end - low + first)
            elif not given.exact:
                inside = range(max(start, low) - low + first, min(end, low + room - 1) - low + first + 1)
                starts += inside
                ends += inside
        ids = [101, *question, 102, *title, *passage.ids[low : low + room], 102]
        return Tokens(ids, len(question) + 2, starts or [0], ends or [0])

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _window(self, length: int, room: int, spans: Sequence[tuple[int, int]]) -> int:
        """The first token of a window of `room` tokens, holding one of `spans` where it can."""
        if length <= room:
            return 0
        if not spans:
            return self._random.randint(0, length - room)
        start, end = self._random.choice(spans)
        lowest, highest = max(0, end + 1 - room), min(start, length - room)
        return self._random.randint(lowest, highest) if lowest <= highest else min(start, length - room)


def _tokens(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The first and last token that characters `start:end` touch."""
    inside = [i for i, (low, high) in enumerate(offsets) if low < end and high > start]
    return (inside[0], inside[-1]) if inside else None


def batch(examples: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, kinds and mask, (n, tokens), and which (start, end) are right, (n, tokens, 2)."""
    longest = max(len(e.ids) for e in examples)
    shape = (len(examples), -(-longest // PAD_TO) * PAD_TO)
    ids, kinds, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    right = torch.zeros((*shape, 2), dtype=torch.bool)
    for i, e in enumerate(examples):
        ids[i, : len(e.ids)] = torch.tensor(e.ids)
        kinds[i, e.second : len(e.ids)] = 1
        mask[i, : len(e.ids)] = 1
        right[i, e.starts, 0] = True
        right[i, e.ends, 1] = True
    return ids, kinds, mask, right
