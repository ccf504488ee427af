"""The reader's file is checked, goes with its embedder, and gives a reading for each passage."""

import hashlib
import logging
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save

from answer.reader import MiniLMReader, reader_for
from answer.reader_model import ReaderModel, answerable, pretrained
from index.embedder import HashingEmbedder, SentenceTransformerEmbedder, bundled_folder
from ingest.nouns import Passage, Span

TEXTS = ["The lamp was lit in 1874.", "A much longer passage about gulls. " * 12]


def passage(text: str) -> Passage:
    return Passage("id", 0, (Span(1, 0, len(text)),), text, "Marrow Point")


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    torch.manual_seed(0)
    return pretrained(bundled_folder()).eval()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, model: ReaderModel) -> Path:
    path = tmp_path_factory.mktemp("reader") / "reader.safetensors"
    path.write_bytes(save(model.shipped()))
    return path


def hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.model
def test_the_file_holds_all_but_the_word_embeddings_and_is_small(file: Path) -> None:
    assert file.stat().st_size < 24_000_000


@pytest.mark.model
def test_a_reading_has_the_logits_that_the_network_gives_a_passage_alone(file: Path, model: ReaderModel) -> None:
    embedder = SentenceTransformerEmbedder()
    reader = reader_for(embedder, file, hash_of(file))
    assert isinstance(reader, MiniLMReader)
    readings = reader.read("When was the lamp lit?", [passage(t) for t in TEXTS])
    for text, reading in zip(TEXTS, readings, strict=True):
        assert [text[a:b] for a, b in reading.offsets[:3]] == text.split()[:3]
        assert reading.starts.shape == reading.ends.shape == (len(reading.offsets),)
    own = readings[0].offsets
    ids = reader._tokenizer.encode("When was the lamp lit?", "Marrow Point. " + TEXTS[0])
    with torch.inference_mode():
        naive = model(*(torch.tensor([x]) for x in (ids.ids, ids.type_ids, ids.attention_mask)))[0]
    starts = (naive[:, 0] - naive[0, 0])[-len(own) - 1 : -1].numpy()
    assert np.abs(readings[0].starts - starts).max() < 0.1  # the embedder's precision may be bfloat16


@pytest.mark.model
def test_the_embeddings_are_the_embedders_own(file: Path) -> None:
    embedder = SentenceTransformerEmbedder()
    reader = reader_for(embedder, file, hash_of(file))
    assert reader is not None
    assert reader._model.bert.embeddings.word_embeddings is embedder.word_embeddings


def test_a_missing_or_damaged_file_is_said_and_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    damaged = tmp_path / "reader.safetensors"
    damaged.write_bytes(b"nothing of the kind")
    with caplog.at_level(logging.WARNING):
        assert reader_for(SentenceTransformerEmbedder(), tmp_path / "none", "") is None
        assert reader_for(SentenceTransformerEmbedder(), damaged, "0" * 64) is None
    assert ["is missing" in r.message for r in caplog.records] == [True, False]
    assert "damaged" in caplog.records[1].message


def test_another_embedder_has_no_reader(file: Path) -> None:
    assert reader_for(HashingEmbedder(), file, hash_of(file)) is None
    assert reader_for(SentenceTransformerEmbedder("another"), file, hash_of(file)) is None


def test_an_answer_stands_in_the_passage_or_at_the_first_position() -> None:
    kinds, mask = torch.tensor([[0, 0, 1, 1, 1, 0]]), torch.tensor([[1, 1, 1, 1, 1, 0]])
    assert answerable(kinds, mask).tolist() == [[True, False, True, True, False, False]]
