"""The sentence that the reader points into comes first, with its exact words."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from answer.pointing import Weights, pointed_at, readable
from index.embedder import HashingEmbedder
from index.nouns import Hit
from ingest.nouns import Passage, Span
from ingest.sentences import sentences
from tests.answer.pointer import Pointer


class Corpus:
    """Every word equally rare; meaning by the hashing embedder."""

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        return dict.fromkeys(words, 1.0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return HashingEmbedder().encode(texts)


def hit(text: str, start: int = 0, rank: int = 1) -> Hit:
    places = tuple(sentences(text))
    passage = Passage("id", rank, (Span(1, start, start + len(text)),), text, sentences=places)
    return Hit(passage=passage, name="a.txt", rank=rank, score=0.5, cosine=0.5, bm25=1.0)


TEXT = "The keeper of the lamp lives alone. Ottilie Brandt has been there since spring."


def test_the_sentence_with_the_words_pointed_at_comes_first() -> None:
    best = pointed_at(Corpus(), Pointer("Ottilie Brandt"), "Who is the keeper of the lamp?", [hit(TEXT)])[0]
    assert best.text == "Ottilie Brandt has been there since spring."
    assert best.answer == "Ottilie Brandt"
    assert best.odds == 6.0
    assert best.fits


def test_a_sentence_in_two_passages_stands_once() -> None:
    second = TEXT[TEXT.index("Ottilie") :]
    hits = [hit(TEXT), hit(second, start=TEXT.index("Ottilie"), rank=2)]
    assert len(pointed_at(Corpus(), Pointer("Brandt"), "Who keeps it?", hits)) == 2


def titled(text: str, *told: str) -> Hit:
    """A hit of which only the sentences told are none of its headings."""
    places = tuple((text.index(sentence), text.index(sentence) + len(sentence)) for sentence in told)
    passage = Passage("id", 1, (Span(1, 0, len(text)),), text, sentences=places)
    return Hit(passage=passage, name="a.txt", rank=1, score=0.5, cosine=0.5, bm25=1.0)


def test_words_that_stand_in_a_heading_can_answer() -> None:
    title = titled("The Lamp\n\nOttilie Brandt\nKEEPER\nIt is lit at dusk.", "The Lamp", "It is lit at dusk.")
    best = pointed_at(Corpus(), Pointer("Ottilie Brandt"), "Who is the keeper?", [title])[0]
    assert best.text == "Ottilie Brandt KEEPER"
    assert best.answer == "Ottilie Brandt"


def test_a_row_that_the_question_names_goes_before_one_with_more_in_its_label() -> None:
    rows = ["Boats and ropes, net\t1,204\t988", "Boats and ropes bought\t310\t205"]
    text = "\n".join(rows)
    question = "How much was spent on boats and ropes bought?"
    where = titled(text, *rows)
    best = pointed_at(Corpus(), Pointer("1,204"), question, [where], Weights(odds=0.05, words=0.0, meaning=0.0))
    assert best[0].text == "Boats and ropes bought 310 205"


CAPTIONED = "Table 2: Revenue of boats in EUR million\nRevenue of boats\t12.4"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many EUR million of revenue did boats earn?", "Revenue of boats 12.4"),
        ("What does table 2 show?", "Table 2: Revenue of boats in EUR million"),
    ],
)
def test_a_caption_answers_only_where_tables_or_figures_are_asked_about(question: str, first: str) -> None:
    best = pointed_at(Corpus(), Pointer("nothing here"), question, [titled(CAPTIONED, *CAPTIONED.split("\n"))])
    assert best[0].text == first


def test_a_heading_without_a_letter_or_digit_is_no_candidate() -> None:
    title = titled("* * *\nIt is lit at dusk.\n* * *", "It is lit at dusk.")
    assert [c.text for c in pointed_at(Corpus(), Pointer("dusk"), "When is it lit?", [title])] == ["It is lit at dusk."]


def test_a_question_without_passages_has_no_candidates() -> None:
    assert pointed_at(Corpus(), Pointer("x"), "Who?", []) == []


@pytest.mark.parametrize(
    ("question", "able"),
    [
        ("Who signed?", True),
        ("notice period lease", True),
        ("What was it?", True),
        ("Wer hat unterschrieben?", False),
        ("¿Quién firmó el tratado?", False),
        ("Qui a signé le traité ?", False),
        ("谁签署了公约？", False),
        ("?", False),
    ],
)
def test_languages_that_the_reader_does_not_know_are_left_to_similarity(question: str, able: bool) -> None:
    assert readable(question) is able
