"""What a training's loss is of, that its batches are seeded, and that a reader learns from data and from teachers."""

import itertools
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from answer.reader_model import ReaderModel
from bench.reader_data import Tokens, batch, example
from bench.train_reader import Batches, Trainer, distance_from, evaluate, loss_of, mean_told, stream_of, tokenizer_of

WORDS = [f"w{i}" for i in range(40)]


def network(seed: int) -> ReaderModel:
    """A reader of two small layers."""
    torch.manual_seed(seed)
    made = BertModel(
        BertConfig(vocab_size=120, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                   hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0),
        add_pooling_layer=False,
    )  # fmt: skip
    made.embeddings.word_embeddings.weight.requires_grad_(False)
    return ReaderModel(made)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer of whole words."""
    made = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)} | {"?": 40, ".": 41}, unk_token="?"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    place = tmp_path_factory.mktemp("tokenizer")
    made.save(str(place / "tokenizer.json"))
    return place


def rows(count: int) -> list[dict[str, Any]]:
    """Questions on the word after w1, answerable in every other."""
    made = []
    for i in range(count):
        said = " ".join(WORDS[(i * 7 + j) % 30 + 5] for j in range(6))
        text, answers = f"{said} {WORDS[1]} {WORDS[i % 30 + 5]}", [{"text": WORDS[i % 30 + 5], "start": len(said) + 4}]
        made.append({"question": "w2 w3", "passage": text, "answerable": i % 2 == 0, "answers": answers})
    return made


def some() -> list[Tokens]:
    return [Tokens([101, 2, 102, 5, 6, 7, 102], 3, [4], [5]), Tokens([101, 2, 102, 8, 9, 102], 3, [0], [0])]


def test_the_loss_is_the_negative_log_probability_that_start_and_end_are_right() -> None:
    logits = torch.tensor([[[0.0, 1.0], [2.0, 3.0], [0.0, 0.0]]])
    right = torch.tensor([[[False, False], [True, False], [False, True]]])
    start = math.exp(2) / (math.exp(0) + math.exp(2) + math.exp(0))
    end = math.exp(0) / (math.exp(1) + math.exp(3) + math.exp(0))
    assert float(loss_of(logits, right)) == pytest.approx(-math.log(start) - math.log(end))


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=6))
def test_nothing_is_nearer_to_what_is_told_than_itself(values: list[float]) -> None:
    told = torch.tensor([[[1.0, 0.5], [0.0, -2.0], [float("-inf")] * 2, [3.0, 0.0]]])
    other = torch.tensor(values).reshape(1, 3, 2)
    other = torch.cat([other[:, :2], torch.full((1, 1, 2), float("-inf")), other[:, 2:]], 1)
    own = float(distance_from(told.softmax(1), told))
    assert own <= float(distance_from(told.softmax(1), other)) + 1e-5
    assert math.isfinite(own)


def test_what_teachers_say_is_their_mean_probability() -> None:
    class Says(nn.Module):
        def __init__(self, likely: float) -> None:
            super().__init__()
            self.likely = likely

        def forward(self, *_: Tensor) -> Tensor:
            return torch.tensor([[[self.likely] * 2, [1 - self.likely] * 2]]).log()

    nothing = torch.zeros(1)
    told = mean_told([Says(0.9), Says(0.5)], nothing, nothing, nothing)
    assert told.flatten().tolist() == pytest.approx([0.7, 0.7, 0.3, 0.3])


def test_batches_are_the_same_for_one_seed_and_others_for_another(folder: Path) -> None:
    def first(seed: int) -> list[list[list[int]]]:
        stream = stream_of(Batches({"squad": rows(20)}, folder, 4, seed, 0.5), 0)
        return [ids.tolist() for ids, *_ in itertools.islice(stream, 3)]

    assert first(1) == first(1)
    assert first(1) != first(2)


def trained(model: ReaderModel, steps: int, **more: Any) -> ReaderModel:
    trainer = Trainer(model, "cpu", 0.02, **more)
    for i in range(steps):
        trainer.step(batch(some()), (i + 0.5) / steps)
    return trainer.model.eval()


def probabilities(model: nn.Module) -> Tensor:
    ids, kinds, mask, _ = batch(some())
    return mean_told([model], ids, kinds, mask)


def test_training_makes_what_is_right_likely_and_leaves_the_word_embeddings() -> None:
    model = network(0)
    words = model.bert.embeddings.word_embeddings.weight.clone()
    found = probabilities(trained(model, 40))
    assert found[0, 4, 0] > 0.8
    assert found[0, 5, 1] > 0.8
    assert found[1, 0].min() > 0.8
    assert torch.equal(words, model.bert.embeddings.word_embeddings.weight)


def test_a_reader_that_trusts_its_teachers_alone_comes_to_say_what_they_say() -> None:
    teachers = [network(1).eval(), network(2).eval()]
    told = torch.stack([probabilities(t) for t in teachers]).mean(0)
    before = float((probabilities(network(0).eval()) - told).abs().max())
    after = float((probabilities(trained(network(0), 80, teachers=teachers, trust=1.0)) - told).abs().max())
    assert after < before / 3


def test_a_look_tells_how_well_spans_and_rows_without_an_answer_are_told(folder: Path) -> None:
    trainer = Trainer(network(0), "cpu", 0.01)
    dev = [example(row) for row in rows(6)]

    def knows(examples: list[Tokens]) -> Tensor:
        """The right span but for one token more, and more doubt where nothing answers."""
        found = torch.full((len(examples), max(len(e.ids) for e in examples), 2), -9.0)
        for i, e in enumerate(examples):
            found[i, 0] = 0.0
            found[i, max(1, e.starts[0] - 1), 0] = found[i, max(1, e.ends[0]), 1] = 5.0 if e.starts != [0] else -1.0
        return found

    trainer.logits = knows  # type: ignore[method-assign]
    found = evaluate(trainer, dev, tokenizer_of(folder))
    assert found == {"f1": pytest.approx(2 / 3), "auroc": 1.0, "n": 6}
