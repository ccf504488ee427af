"""Examples for the reader: what a row means, where its answer stands in tokens, what overlaps is found."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from bench.reader_data import TOKENS, Encoder, Example, Mixture, batch, example, grams

# A tokenizer of whole words, each its own number: "w7" is token 7.
VOCABULARY = {f"w{i}": i for i in range(1000)} | {"?": 1000, ".": 1001}


def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordLevel(VOCABULARY, unk_token="?"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


def row(**more: Any) -> dict[str, Any]:
    return {"question": "w1 w2", "passage": "w5 w6. w7 w8.", "answerable": True, "answers": [], **more}


def test_answers_are_exact_places() -> None:
    made = example(row(answers=[{"text": "w7 w8", "start": 7}]))
    assert (made.spans, made.exact, made.texts) == (((7, 12),), True, ("w7 w8",))


def test_gold_sentences_are_where_an_answer_is_somewhere_within() -> None:
    made = example(row(sentences=["w5 w6.", "w7 w8."], gold_sentence_idx=[1]))
    assert (made.spans, made.exact) == (((7, 13),), False)


def test_an_answer_that_no_place_is_known_of_is_anywhere_in_the_passage() -> None:
    assert example(row()).spans == ((0, 13),)


def test_what_is_not_answerable_has_no_place() -> None:
    assert example(row(answerable=False, answers=[{"text": "w7", "start": 7}])).spans == ()


def test_the_first_position_is_right_where_nothing_answers() -> None:
    made = Encoder(tokenizer(), 0)(example(row(answerable=False)))
    assert (made.starts, made.ends) == ([0], [0])


@given(st.integers(1, 600), st.data(), st.integers(0, 9))
def test_the_window_holds_the_answer_and_the_model_takes_it_in(length: int, data: st.DataObject, seed: int) -> None:
    first = data.draw(st.integers(0, length - 1))
    last = min(length - 1, first + data.draw(st.integers(0, 20)))
    words = [f"w{i + 100}" for i in range(length)]
    start = len(" ".join(words[:first])) + (first > 0)
    span = (start, start + len(" ".join(words[first : last + 1])))
    made = Encoder(tokenizer(), seed)(Example("w1 w2 w3", " ".join(words), "w9", (span,), True))
    assert len(made.ids) <= TOKENS
    assert [made.ids[i] for i in made.starts] == [first + 100]
    assert [made.ids[i] for i in made.ends] == [last + 100]


def test_a_batch_marks_the_passage_and_what_is_right() -> None:
    made = Encoder(tokenizer(), 0)(example(row(answers=[{"text": "w7 w8", "start": 7}])))
    ids, kinds, mask, right = batch([made])
    assert ids.shape == (1, 16)
    assert ids[0, :10].tolist() == [101, 1, 2, 102, 5, 6, 1001, 7, 8, 1001]
    assert kinds[0].tolist() == [0] * 4 + [1] * 7 + [0] * 5
    assert int(mask.sum()) == 11
    assert right[0].nonzero().tolist() == [[7, 0], [8, 1]]


@pytest.mark.parametrize(("other", "shares"), [("x a b c d e f g h", True), ("a b c d e f g x h", False)])
def test_texts_overlap_where_they_share_eight_words_in_a_row(other: str, shares: bool) -> None:
    assert (not grams("A b, c d; e f g H!").isdisjoint(grams(other))) is shares


def test_the_same_seed_draws_the_same_rows_and_every_row_before_any_twice() -> None:
    rows = [row(id=i) for i in range(5)]
    drawn = [[r["id"] for r in itertools.islice(Mixture({"nq": rows}, seed), 10)] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert sorted(drawn[0][:5]) == sorted(drawn[0][5:]) == [0, 1, 2, 3, 4]
