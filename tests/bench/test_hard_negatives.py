"""Examples made of what search finds: which hits are negatives, and where a positive's answer stands."""

from __future__ import annotations

import random
from typing import Any

from bench.hard_negatives import NEGATIVES, documents, examples, places, sampled
from index.nouns import Hit
from ingest.nouns import Passage, Span

PASSAGE = "The mill was built by Anna Berg in 1871. It burned down twice, and Anna Berg saw neither fire."
ROW: dict[str, Any] = {
    "question": "Who built the mill?",
    "passage": PASSAGE,
    "title": "Mill",
    "answerable": True,
    "answers": [{"text": "Anna Berg", "start": 22}],
}


def hit(text: str, rank: int = 1, heading: str = "Mill") -> Hit:
    passage = Passage("d", 0, (Span(1, 0, len(text)),), text, heading)
    return Hit(passage=passage, name="mill.txt", rank=rank, score=1.0, cosine=1.0, bm25=1.0)


def test_a_hit_with_the_answer_in_its_own_words_around_it_is_a_positive() -> None:
    (row,) = examples(ROW, [hit(PASSAGE)])
    assert row["answerable"]
    assert row["title"] == "Mill"
    assert [row["passage"][a["start"] : a["start"] + len(a["text"])] for a in row["answers"]] == ["Anna Berg"] * 2


def test_a_hit_without_the_words_of_an_answer_is_a_negative() -> None:
    (row,) = examples(ROW, [hit("The mill stands by the river, and grinds rye.")])
    assert not row["answerable"]
    assert row["answers"] == []


def test_a_hit_that_holds_the_words_elsewhere_is_left_out_since_it_may_answer() -> None:
    assert list(examples(ROW, [hit("The inn was bought by anna berg, who owned the mill.")])) == []


def test_no_more_negatives_than_a_question_may_have() -> None:
    hits = [hit(f"Rye was ground on {day} days of the week.", rank=day) for day in range(1, 8)]
    assert len(list(examples(ROW, hits))) == NEGATIVES


def test_an_answer_is_placed_in_a_text_that_was_cut_elsewhere() -> None:
    found = "A heading\n\n" + PASSAGE + " The ruin is a museum now."
    assert [found[p["start"] :][:9] for p in places(found, PASSAGE, "Anna Berg")] == ["Anna Berg", "Anna Berg"]


def test_a_title_is_a_document_and_passages_without_one_are_put_together() -> None:
    rows = [ROW, {**ROW, "passage": "It grinds rye."}, {**ROW, "title": "", "passage": "Rye is a grass."}]
    assert documents(rows, "made") == {"Mill.txt": f"{PASSAGE}\n\nIt grinds rye.", "made 0.txt": "Rye is a grass."}


def test_whole_titles_are_sampled_until_there_are_rows_enough() -> None:
    rows = [{**ROW, "title": title, "question": f"{title} {n}?"} for title in "abc" for n in range(4)]
    kept = sampled(rows, 5, random.Random(1))
    assert len(kept) == 8
    assert len({row["title"] for row in kept}) == 2
