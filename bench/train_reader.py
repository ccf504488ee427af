"""Train the reader: `python -m bench.train_reader DATA…`

DATA are the files of `reader_data.MIX`, as NAME.jsonl.xz.  The encoder starts from the embedding model's own
weights.  On a GPU it trains in bfloat16 there; on a CPU every core trains a copy of its own on its share of a
batch, and the gradients are added up, which needs one meeting a step instead of one a layer.  The learning
rate falls to 0 as `--minutes` or `--examples`, whichever comes first, run out.  A run that was stopped goes on
from the last checkpoint in `--out`.

With `--teachers`, readers trained before, it learns what they say on average beside what is right ("distillation",
Hinton et al., 2015): a passage that a set wrongly calls without an answer does less harm, and several readers' worth
comes into one.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load, save
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from answer.reader_model import ReaderModel, pretrained
from answer.reading import Reading, Words
from index.embedder import bfloat16_is_quick, checked_weights

from .reader_data import MIX, SHORTENED, Encoder, Example, Mixture, Tokens, batch, example, grams, grams_of_files, read

WARM_UP = 0.04
POOL = 32  # batches that are sorted by length together
AHEAD = 2 * POOL  # batches that each process has ready, so that none waits while a pool is made
LOOKED_AT = 64  # examples that are looked at together
LOGGED = 20  # steps between two lines of figures


def log(**figures: object) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(figures), flush=True)


def loss_of(logits: Tensor, right: Tensor) -> Tensor:
    """The negative log probability, summed, that start and end are right; any of several right ones will do."""
    chosen = logits.masked_fill(~right, float("-inf"))
    return (logits.logsumexp(1) - chosen.logsumexp(1)).sum()


def distance_from(told: Tensor, logits: Tensor) -> Tensor:
    """The cross entropy, summed, of `logits` against the probabilities `told`, both (n, tokens, 2)."""
    likely = logits.log_softmax(1)
    return -(told * likely.masked_fill(told == 0, 0.0)).sum()


def mean_told(teachers: Sequence[nn.Module], ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
    """The mean of the teachers' probabilities, (n, tokens, 2), that an answer starts and ends at a token."""
    with torch.no_grad():
        return torch.stack([teacher(ids, kinds, mask).softmax(1) for teacher in teachers]).mean(0)


def sources(paths: list[Path], exclude: list[Path]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each file, without those that share eight words in a row with the files in `exclude`."""
    held = grams_of_files(exclude)
    kept = {}
    for path in paths:
        name = path.name.partition(".")[0]
        if name not in MIX:
            raise SystemExit(f"train_reader: {path} is in no mix; there are: {', '.join(sorted(MIX))}")
        rows = list(read(path))
        clean: dict[str, bool] = {}
        for row in rows:
            for text in (row["passage"], row["question"]):
                if text not in clean:
                    clean[text] = not held or held.isdisjoint(grams(text))
        kept[name] = [row for row in rows if clean[row["passage"]] and clean[row["question"]]]
        log(data=name, rows=len(rows), dropped=len(rows) - len(kept[name]))
    return kept


class Batches(IterableDataset[tuple[NDArray[Any], ...]]):
    """Endless batches of about the same length, in an order that doesn't go by length, as `batch` gives them.

    Every process that makes them draws a stream of its own.
    """

    def __init__(self, rows: dict[str, list[dict[str, Any]]], tokenizer: Path, size: int, seed: int, short: float):
        self._rows, self._tokenizer, self._size, self._seed, self._short = rows, tokenizer, size, seed, short

    def __iter__(self) -> Iterator[tuple[NDArray[Any], ...]]:
        worker = get_worker_info()
        seed = 1000 * self._seed + (worker.id if worker else 0)
        rows = iter(Mixture(self._rows, seed))
        encode = Encoder(tokenizer_of(self._tokenizer), seed, self._short)
        generator = torch.Generator().manual_seed(seed)
        while True:
            drawn = itertools.islice(rows, self._size * POOL)
            pool = sorted((encode(example(row)) for row in drawn), key=lambda t: len(t.ids))
            for i in torch.randperm(POOL, generator=generator).tolist():
                yield tuple(t.numpy() for t in batch(pool[i * self._size : (i + 1) * self._size]))


def stream_of(batches: Batches, workers: int) -> Iterator[tuple[Tensor, ...]]:
    """The batches, made by so many processes in turn; by this one where there are none."""
    ahead = AHEAD if workers else None
    loader = DataLoader(batches, batch_size=None, num_workers=workers, collate_fn=tuple, prefetch_factor=ahead)
    for made in loader:
        yield tuple(map(torch.from_numpy, made))


def tokenizer_of(folder: Path) -> Tokenizer:
    """The tokenizer in `folder`, which cuts and pads nothing."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Trainer:
    """The weights in float32, and quicker copies of them that do the work."""

    def __init__(
        self, model: ReaderModel, device: str, rate: float, teachers: Sequence[ReaderModel] = (), trust: float = 0.0
    ) -> None:
        self.model = model.to(device)
        self.device = device
        self.rate = rate
        self.weights = [p for p in self.model.parameters() if p.requires_grad]
        decayed = [p for p in self.weights if p.dim() > 1]
        others = [p for p in self.weights if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=rate, fused=True
        )
        dtype = torch.bfloat16 if bfloat16_is_quick(device) else torch.float32
        workers = 1 if device == "cuda" else os.cpu_count() or 1
        self.copies = [copy.deepcopy(self.model).to(dtype).train() for _ in range(workers)]
        self._teachers = [teacher.to(device, dtype).eval() for teacher in teachers]
        self._trust = trust if teachers else 0.0
        self._pool = ThreadPoolExecutor(workers)
        if device == "cpu":
            torch.set_num_threads(1)

    def step(self, examples: Sequence[Tensor], done: float) -> Tensor:
        """One step over a batch, `done` (0 to 1) of the way through; returns the mean loss of an example."""
        shares = zip(*(part.chunk(len(self.copies)) for part in examples), strict=True)
        losses = list(self._pool.map(self._share, self.copies, shares, [len(examples[0])] * len(self.copies)))
        copied = [[p for p in c.parameters() if p.requires_grad] for c in self.copies]
        for i, weight in enumerate(self.weights):
            grads = [c[i].grad for c in copied]
            weight.grad = torch.stack([g.float() for g in grads if g is not None]).sum(0)
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * min(done / WARM_UP, (1 - done) / (1 - WARM_UP), 1.0)
        self.optimizer.step()
        self.spread()
        return torch.stack(losses).sum() / len(examples[0])

    def spread(self) -> None:
        """Give the copies the weights."""
        with torch.no_grad():
            for c in self.copies:
                for mine, theirs in zip(self.model.parameters(), c.parameters(), strict=True):
                    if mine.requires_grad:
                        theirs.copy_(mine)
                        theirs.grad = None

    def _share(self, model: ReaderModel, examples: Sequence[Tensor], whole: int) -> Tensor:
        torch.set_num_threads(1 if self.device == "cpu" else torch.get_num_threads())
        ids, kinds, mask, right = (t.to(self.device, non_blocking=True) for t in examples)
        logits = model(ids, kinds, mask)
        loss = (1 - self._trust) * loss_of(logits, right)
        if self._teachers:
            loss = loss + self._trust * distance_from(mean_told(self._teachers, ids, kinds, mask), logits)
        (loss / whole).backward()  # type: ignore[no-untyped-call]
        return loss.detach()

    def logits(self, examples: list[Tokens]) -> Tensor:
        """Logits of examples, without a thought of training."""
        model = self.copies[0].eval()
        with torch.inference_mode():
            ids, kinds, mask, _ = (t.to(self.device) for t in batch(examples))
            found: Tensor = model(ids, kinds, mask)
        model.train()
        return found.cpu()


@dataclass
class Progress:
    """How far a run is: what is needed to go on."""

    steps: int = 0
    examples: int = 0
    seconds: float = 0.0


def evaluate(trainer: Trainer, rows: list[Example], tokenizer: Tokenizer) -> dict[str, float]:
    """Token F1 of the best span in answerable rows, and the AUROC of the log odds that a row answers."""
    encode = Encoder(tokenizer, 0, 0.0)
    order = sorted((encode(row) for row in rows), key=lambda t: len(t.ids))
    right, odds, hits = [], [], []
    for i in range(0, len(order), LOOKED_AT):
        part = order[i : i + LOOKED_AT]
        for tokens, logits in zip(part, trainer.logits(part).numpy(), strict=True):
            ends = logits[1:] - logits[:1]
            place = np.arange(1, len(logits))
            reading = Reading(np.stack([place, place + 1], 1), ends[:, 0], ends[:, 1])
            odds.append(reading.odds)
            right.append(tokens.starts != [0])
            if right[-1]:
                hits.append(_overlap(reading.best(1, len(logits)), tokens))
    return {"f1": sum(hits) / max(1, len(hits)), "auroc": float(roc_auc_score(right, odds)), "n": len(rows)}


def _overlap(said: Words | None, tokens: Tokens) -> float:
    """Token F1 of a span, whose characters are tokens, against the best of the right ones."""
    best = 0.0
    for a, b in zip(tokens.starts, tokens.ends, strict=True):
        common = max(0, min(said.end - 1, b) - max(said.start, a) + 1) if said else 0
        best = max(best, 2 * common / (said.end - said.start + b - a + 1) if said else 0.0)
    return best


def save_checkpoint(out: Path, trainer: Trainer, progress: Progress) -> None:
    """Write the checkpoint, whole or not at all."""
    state = {
        "model": trainer.model.state_dict(),
        "optimizer": trainer.optimizer.state_dict(),
        "progress": vars(progress),
    }
    torch.save(state, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")


def load_checkpoint(out: Path, trainer: Trainer) -> Progress:
    """Go on from the checkpoint, if there is one."""
    if not (out / "checkpoint.pt").exists():
        return Progress()
    state = torch.load(out / "checkpoint.pt", map_location=trainer.device, weights_only=True)
    trainer.model.load_state_dict(state["model"])
    trainer.optimizer.load_state_dict(state["optimizer"])
    return Progress(**state["progress"])


def write(model: ReaderModel, path: Path) -> None:
    """The reader's file, and its hash beside it."""
    data = save(model.shipped())
    path.write_bytes(data)
    log(file=str(path), bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def train(args: argparse.Namespace) -> None:
    """The whole training."""
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    folder = checked_weights()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    attention = "sdpa" if device == "cuda" else "eager"
    model = started(folder, args.start, args.dropout, attention)
    teachers = [started(folder, path, 0.0, attention) for path in args.teachers]
    trainer = Trainer(model, device, args.rate, teachers, args.trust)
    progress = load_checkpoint(args.out, trainer)
    trainer.spread()
    dev = [example(row) for path in args.dev for row in read(path)]
    log(device=device, copies=len(trainer.copies), batch=args.batch, resumed=progress.examples, dev=len(dev))
    rows = sources(args.data, args.exclude)
    stream = stream_of(Batches(rows, folder, args.batch, args.seed, args.short), args.workers)
    for _ in range(progress.steps):
        next(stream)
    run(trainer, stream, progress, args, lambda: evaluate(trainer, dev, tokenizer_of(folder)) if dev else {})
    write(trainer.model, args.out / "reader.safetensors")


def started(folder: Path, weights: Path | None, dropout: float, attention: str) -> ReaderModel:
    """The reader in the file `weights`, or one before training."""
    model = pretrained(folder, dropout, attention)
    if weights:
        missing = model.load_state_dict(load(weights.read_bytes()), strict=False)
        log(start=str(weights), missing=missing.missing_keys)
    return model


def run(
    trainer: Trainer,
    stream: Iterator[tuple[Tensor, ...]],
    progress: Progress,
    args: argparse.Namespace,
    look: Callable[[], dict[str, float]],
) -> None:
    """Steps until the time or the examples are used up."""
    before, started = progress.seconds, time.monotonic()
    recent: list[Tensor] = []
    saved = looked = before
    while True:
        done = max(progress.seconds / (60 * args.minutes), progress.examples / args.examples)
        if done >= 1:
            break
        examples = next(stream)
        recent.append(trainer.step(examples, done))
        progress.steps += 1
        progress.examples += len(examples[0])
        progress.seconds = before + time.monotonic() - started
        if progress.steps % LOGGED == 0:
            log(steps=progress.steps, examples=progress.examples, minutes=round(progress.seconds / 60, 2),
                done=round(done, 4), loss=round(float(torch.stack(recent).mean()), 4))  # fmt: skip
            recent.clear()
        if progress.seconds - saved > 60 * args.save:
            save_checkpoint(args.out, trainer, progress)
            saved = progress.seconds
        if progress.seconds - looked > 60 * args.look:
            began = time.monotonic()
            log(**look())
            started += time.monotonic() - began  # looking is no training
            looked = progress.seconds
    save_checkpoint(args.out, trainer, progress)
    log(**look())


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", nargs="+", type=Path, metavar="DATA", help="NAME.jsonl.xz, NAME one of the mix's")
    p.add_argument("--out", type=Path, default=Path("reader-training"), help="folder of checkpoints and result")
    p.add_argument("--start", type=Path, help="weights of an earlier reader to go on from")
    p.add_argument("--teachers", nargs="*", type=Path, default=[], help="readers to learn from beside the data")
    p.add_argument("--trust", type=float, default=0.5, help="how much the teachers count, 0 to 1 (default 0.5)")
    p.add_argument("--dropout", type=float, default=0.0, help="share of activations left out (default 0)")
    p.add_argument("--workers", type=int, default=0, help="processes that make batches (default 0: none but this)")
    p.add_argument("--minutes", type=float, default=240.0, help="time to train, looking not counted (default 240)")
    p.add_argument("--examples", type=int, default=400_000, help="examples to train on at most (default 400000)")
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--rate", type=float, default=1.5e-4, help="highest learning rate (default 1.5e-4)")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--short", type=float, default=SHORTENED, help=f"share of short windows (default {SHORTENED})")
    p.add_argument("--exclude", nargs="*", type=Path, default=[], help="JSON Lines whose eight-word sequences to avoid")
    p.add_argument("--dev", nargs="*", type=Path, default=[], help="data files to look at in between")
    p.add_argument("--look", type=float, default=10.0, help="minutes between two looks (default 10)")
    p.add_argument("--save", type=float, default=5.0, help="minutes between two checkpoints (default 5)")
    train(p.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
