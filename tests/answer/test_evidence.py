"""The sentence that answers is put before those that only sound like it."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from answer.evidence import candidates, is_caption, stem
from index.embedder import HashingEmbedder
from index.nouns import Hit
from ingest.nouns import Passage, Span
from ingest.sentences import sentences


class Corpus:
    """Every word equally rare; meaning by the hashing embedder."""

    embedder = HashingEmbedder()

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        return dict.fromkeys(words, 1.0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embedder.encode(texts)


def hit(text: str, start: int = 0, rank: int = 1) -> Hit:
    passage = Passage("id", rank, (Span(1, start, start + len(text)),), text, sentences=tuple(sentences(text)))
    return Hit(passage=passage, name="a.txt", rank=rank, score=0.5, cosine=0.5, bm25=1.0)


def ranked(question: str, *hits: Hit) -> list[str]:
    return [c.text for c in candidates(Corpus(), question, hits)]


def test_the_sentence_with_the_questions_words_comes_first() -> None:
    text = (
        "The weather was fine on that day. The coalition declined to attend the signing. Nobody was surprised by this."
    )
    assert ranked("Which coalition declined to attend?", hit(text))[0].startswith("The coalition declined")


def test_a_number_is_preferred_where_a_number_is_asked_for() -> None:
    text = "Several states signed the treaty in public. In all 64 states signed the treaty there."
    assert ranked("How many states signed the treaty?", hit(text))[0].startswith("In all 64")


def test_a_heading_that_repeats_the_question_is_no_answer() -> None:
    text = "Who signed the treaty?\n\nDelegates of sixty countries signed the treaty that morning."
    assert ranked("Who signed the treaty?", hit(text))[0].startswith("Delegates")


def test_a_sentence_that_stands_in_two_passages_is_weighed_once() -> None:
    one, two = "First sentence stands here now.", "Second sentence stands here too."
    assert len(ranked("sentence", hit(f"{one} {two}"), hit(two, start=len(one) + 1, rank=2))) == 2


def test_words_are_compared_without_their_commonest_endings() -> None:
    assert {stem("signed"), stem("signing"), stem("signs")} == {"sign"}
    assert stem("this") == "this"


def test_a_caption_is_passed_over_unless_tables_or_figures_are_asked_about() -> None:
    text = "Table 2: Revenue of boats in EUR million\n\nBoats earned a revenue of nine million euros."
    for question, first in [
        ("What revenue of boats in EUR million was there?", "Boats earned"),
        ("Which table has the revenue of boats in EUR million?", "Table 2"),
    ]:
        assert candidates(Corpus(), question, [hit(text)])[0].text.startswith(first)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Table 2: Revenue by segment in EUR million", True),
        ("Figure 3.1 – Rainfall at the weir", True),
        ("FIG. 4 Section of the hull", True),
        ("Chart A1. Catches by month", True),
        ("Table 2 shows that revenue fell.", False),
        ("Table of contents", False),
        ("Tables 2 chairs 4", False),
        ("Revenue by segment in EUR million", False),
    ],
)
def test_a_caption_has_a_number_and_is_no_sentence(text: str, caption: bool) -> None:
    assert is_caption(text) == caption
