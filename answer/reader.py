"""The reader of our own: a small network that points at the words in a passage that answer a question.

Its weights, `reader.safetensors`, were trained by `python -m bench.train_reader`; READER.md beside them says on
what, and how well they do.  They hold all but the word embeddings, which are the embedding model's and stay in
its memory.  Without the file, or with another embedding model, sentences are chosen by similarity instead.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.embedder import Embedder, SentenceTransformerEmbedder, bundled_folder
from index.fair_lock import FairLock
from index.settings import DEFAULT_MODEL
from ingest.nouns import Passage

from .reading import Reading

FILE = Path(__file__).with_name("reader.safetensors")
SHA256 = "71bcacf7eb6db146a427a2b18784553ef5fad8dae279d2a55ae3d9fa6ce47214"
QUESTION_TOKENS = 48
HEADING_TOKENS = 16
TOKENS = 320
# Few lengths, so that the processor's kernels are prepared once each.
PAD_TO = 64
START, SEPARATOR = 101, 102  # [CLS] and [SEP] in BERT's vocabulary

_log = logging.getLogger("footnote")


class MiniLMReader:
    """The trained network on the embedder's word embeddings.  Loaded when first used; thread-safe."""

    def __init__(self, embedder: SentenceTransformerEmbedder, weights: bytes) -> None:
        self._embedder = embedder
        self._weights = weights
        self._turn = FairLock()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        if not passages:
            return []
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        texts = self._tokenizer.encode_batch([p.text for p in passages], add_special_tokens=False)
        headings = self._tokenizer.encode_batch(
            [f"{p.heading}." if p.heading else "" for p in passages], add_special_tokens=False
        )
        rows, firsts = [], []
        for text, heading in zip(texts, headings, strict=True):
            context = heading.ids[-HEADING_TOKENS:]
            row = [START, *asked, SEPARATOR, *context, *text.ids]
            rows.append([*row[: TOKENS - 1], SEPARATOR])
            firsts.append(len(asked) + 2 + len(context))
        logits = self._logits(rows, len(asked) + 2)
        found = []
        for row, first, text, ends in zip(rows, firsts, texts, logits, strict=True):
            count = len(row) - 1 - first
            offsets = np.array(text.offsets[:count], np.int64).reshape(-1, 2)
            own = ends[first : first + count] - ends[0]
            found.append(Reading(offsets, own[:, 0], own[:, 1]))
        return found

    def _logits(self, rows: list[list[int]], second: int) -> Any:
        """Logits (n, tokens, 2) of token rows whose passage part begins at `second`."""
        import torch

        longest = -(-max(map(len, rows)) // PAD_TO) * PAD_TO
        ids, kinds, mask = (torch.zeros((len(rows), longest), dtype=torch.long) for _ in range(3))
        for i, row in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            kinds[i, second : len(row)] = 1
            mask[i, : len(row)] = 1
        with self._turn, torch.inference_mode():
            device = self._model.ends.weight.device
            return self._model(ids.to(device), kinds.to(device), mask.to(device)).cpu().numpy()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        own = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
        own.no_truncation()
        own.no_padding()
        return own

    @cached_property
    def _model(self) -> Any:
        from safetensors.torch import load

        from .reader_model import loaded

        return loaded(bundled_folder(), load(self._weights), self._embedder.word_embeddings)


def reader_for(embedder: Embedder, file: Path = FILE, sha256: str = SHA256) -> MiniLMReader | None:
    """The reader that goes with an embedder; None, with a word in the log, where there is none."""
    if not isinstance(embedder, SentenceTransformerEmbedder) or embedder.name != DEFAULT_MODEL:
        return None
    try:
        weights = file.read_bytes()
    except OSError:
        _log.warning("the reader's file %s is missing, so answers are chosen by similarity alone", file)
        return None
    if hashlib.sha256(weights).hexdigest() != sha256:
        _log.warning("the reader's file %s is damaged, so answers are chosen by similarity alone", file)
        return None
    return MiniLMReader(embedder, weights)
