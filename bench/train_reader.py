"""Train the reader: `python -m bench.train_reader DATA…`

DATA are the files of `reader_data.MIX`, as NAME.jsonl.xz.  The encoder starts from the embedding model's own
weights.  On a GPU it trains in bfloat16 there; on a CPU every core trains a copy of its own on its share of a
batch, and the gradients are added up, which needs one meeting a step instead of one a layer.  The learning
rate falls to 0 as `--minutes` or `--examples`, whichever comes first, run out.  A run that was stopped goes on
from the last checkpoint in `--out`.
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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load, save
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn

from answer.reader_model import ReaderModel, pretrained
from index.embedder import bfloat16_is_quick, checked_weights

from .reader_data import MIX, SHORTENED, Encoder, Example, Mixture, Tokens, batch, example, grams, grams_of_files, read

WARM_UP = 0.04
POOL = 32  # batches that are sorted by length together


def log(**figures: object) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(figures), flush=True)


def loss_of(logits: Tensor, right: Tensor) -> Tensor:
    """The negative log probability, summed, that start and end are right; any of several right ones will do."""
    chosen = logits.masked_fill(~right, float("-inf"))
    return (logits.logsumexp(1) - chosen.logsumexp(1)).sum()


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
                    clean[text] = held.isdisjoint(grams(text))
        kept[name] = [row for row in rows if clean[row["passage"]] and clean[row["question"]]]
        log(data=name, rows=len(rows), dropped=len(rows) - len(kept[name]))
    return kept


def batches(rows: Iterator[dict[str, Any]], encode: Encoder, size: int, seed: int) -> Iterator[list[Tokens]]:
    """Batches of about the same length, in an order that doesn't go by length."""
    generator = torch.Generator().manual_seed(seed)
    while True:
        pool = sorted((encode(example(row)) for row in itertools.islice(rows, size * POOL)), key=lambda t: len(t.ids))
        for i in torch.randperm(POOL, generator=generator).tolist():
            yield pool[i * size : (i + 1) * size]


class Trainer:
    """The weights in float32, and quicker copies of them that do the work."""

    def __init__(self, model: ReaderModel, device: str, rate: float) -> None:
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
        self.copies = [copy.deepcopy(self.model).to(dtype) for _ in range(workers)]
        self._pool = ThreadPoolExecutor(workers)
        if device == "cpu":
            torch.set_num_threads(1)

    def step(self, examples: list[Tokens], done: float) -> float:
        """One step, `done` (0 to 1) of the way through; returns the mean loss of an example."""
        size = -(-len(examples) // len(self.copies))
        shares = [examples[i : i + size] for i in range(0, len(examples), size)]
        losses = list(self._pool.map(self._share, self.copies, shares, [len(examples)] * len(shares)))
        copied = [[p for p in c.parameters() if p.requires_grad] for c in self.copies]
        for i, weight in enumerate(self.weights):
            grads = [c[i].grad for c in copied if c[i].grad is not None]
            weight.grad = torch.stack([g.float() for g in grads if g is not None]).sum(0)
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * min(done / WARM_UP, (1 - done) / (1 - WARM_UP), 1.0)
        self.optimizer.step()
        self.spread()
        return sum(losses) / len(examples)

    def spread(self) -> None:
        """Give the copies the weights."""
        with torch.no_grad():
            for c in self.copies:
                for mine, theirs in zip(self.model.parameters(), c.parameters(), strict=True):
                    if mine.requires_grad:
                        theirs.copy_(mine)
                        theirs.grad = None

    def _share(self, model: ReaderModel, examples: list[Tokens], whole: int) -> float:
        torch.set_num_threads(1 if self.device == "cpu" else torch.get_num_threads())
        ids, kinds, mask, right = (t.to(self.device) for t in batch(examples))
        loss = loss_of(model(ids, kinds, mask), right)
        (loss / whole).backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def logits(self, examples: list[Tokens]) -> Tensor:
        """Logits of examples, without a thought of training."""
        with torch.inference_mode():
            ids, kinds, mask, _ = (t.to(self.device) for t in batch(examples))
            found: Tensor = self.copies[0](ids, kinds, mask)
            return found.cpu()


@dataclass
class Progress:
    """How far a run is: what is needed to go on."""

    steps: int = 0
    examples: int = 0
    seconds: float = 0.0


def evaluate(trainer: Trainer, rows: list[Example], tokenizer: Tokenizer) -> dict[str, float]:
    """Word F1 of the best span in answerable rows, and the AUROC of the margin over "no answer"."""
    encode = Encoder(tokenizer, 0, 0.0)
    order = sorted((encode(row) for row in rows), key=lambda t: len(t.ids))
    right, margins, hits = [], [], []
    for i in range(0, len(order), 16):
        part = order[i : i + 16]
        for tokens, found in zip(part, trainer.logits(part), strict=True):
            start, end = found.unbind(-1)
            margins.append(float(start[1:].logsumexp(0) - start[0] + end[1:].logsumexp(0) - end[0]))
            right.append(tokens.starts != [0])
            if right[-1]:
                hits.append(_overlap(start, end, tokens))
    return {"f1": sum(hits) / max(1, len(hits)), "auroc": float(roc_auc_score(right, margins)), "n": len(rows)}


def _overlap(start: Tensor, end: Tensor, tokens: Tokens) -> float:
    """Token F1 of the best span, against the best of the right ones."""
    pairs = (start[:, None] + end[None, :]).triu().tril(29)
    pairs[0] = float("-inf")
    pairs = pairs.masked_fill(torch.ones_like(pairs).triu().tril(29) == 0, float("-inf"))
    low, high = divmod(int(pairs.argmax()), len(end))
    best = 0.0
    for a, b in zip(tokens.starts, tokens.ends, strict=True):
        common = max(0, min(high, b) - max(low, a) + 1)
        best = max(best, 2 * common / (high - low + 1 + b - a + 1))
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
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = pretrained(folder)
    if args.start:
        missing = model.load_state_dict(load(args.start.read_bytes()), strict=False)
        log(start=str(args.start), missing=missing.missing_keys)
    trainer = Trainer(model, device, args.rate)
    progress = load_checkpoint(args.out, trainer)
    trainer.spread()
    rows = iter(Mixture(sources(args.data, args.exclude), args.seed))
    dev = [example(row) for path in args.dev for row in read(path)]
    log(device=device, copies=len(trainer.copies), batch=args.batch, resumed=progress.examples, dev=len(dev))
    stream = batches(rows, Encoder(tokenizer, args.seed, args.short), args.batch, args.seed)
    for _ in range(progress.steps):
        next(stream)
    run(trainer, stream, progress, args, lambda: evaluate(trainer, dev, tokenizer) if dev else {})
    write(trainer.model, args.out / "reader.safetensors")


def run(
    trainer: Trainer,
    stream: Iterator[list[Tokens]],
    progress: Progress,
    args: argparse.Namespace,
    look: Callable[[], dict[str, float]],
) -> None:
    """Steps until the time or the examples are used up."""
    before, started = progress.seconds, time.monotonic()
    recent: list[float] = []
    saved = looked = before
    while True:
        done = max(progress.seconds / (60 * args.minutes), progress.examples / args.examples)
        if done >= 1:
            break
        examples = next(stream)
        recent.append(trainer.step(examples, done))
        progress.steps += 1
        progress.examples += len(examples)
        progress.seconds = before + time.monotonic() - started
        if progress.steps % 20 == 0:
            log(steps=progress.steps, examples=progress.examples, minutes=round(progress.seconds / 60, 2),
                done=round(done, 4), loss=round(sum(recent) / len(recent), 4))  # fmt: skip
            recent.clear()
        if progress.seconds - saved > 60 * args.save:
            save_checkpoint(args.out, trainer, progress)
            saved = progress.seconds
        if progress.seconds - looked > 60 * args.look:
            log(**look())
            looked = progress.seconds = before + time.monotonic() - started
    save_checkpoint(args.out, trainer, progress)
    log(**look())


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", nargs="+", type=Path, metavar="DATA", help="NAME.jsonl.xz, NAME one of the mix's")
    p.add_argument("--out", type=Path, default=Path("reader-training"), help="folder of checkpoints and result")
    p.add_argument("--start", type=Path, help="weights of an earlier reader to go on from")
    p.add_argument("--minutes", type=float, default=240.0, help="time to train, looking included (default 240)")
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
