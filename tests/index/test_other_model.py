"""Any sentence-transformers model can be named: here a tiny one, made in the test, that reads another script."""

from pathlib import Path

import pytest

from index.embedder import SentenceTransformerEmbedder
from index.library import Library
from index.settings import Settings

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@pytest.mark.model
def test_a_model_of_another_script_makes_the_vectors_and_is_remembered(tmp_path: Path, write) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    folder = tmp_path / "tiny"
    folder.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{c}" for c in LETTERS)]
    (folder / "vocab.txt").write_text("\n".join(pieces), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    word = Transformer(str(folder), max_seq_length=64)
    SentenceTransformer(modules=[word, Pooling(32)], device="cpu").save(str(tmp_path / "model"))

    embedder = SentenceTransformerEmbedder(str(tmp_path / "model"), "cpu")
    assert (embedder.dimension, embedder.limit) == (32, 64)
    with Library.open(tmp_path / "library", Settings(), create=True, embedder=embedder) as library:
        paths = [write("a.txt", "Договор подписан."), write("b.txt", "Кошки спят.")]
        assert [o.status for o in library.add(paths)] == ["added", "added"]
        best = library.search("договоры")[0]
        assert (best.name, best.bm25 > 0) == ("a.txt", True)
        assert best.cosine != 0
        assert library.check().problems == ()
