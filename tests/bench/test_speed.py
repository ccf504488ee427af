import time
from pathlib import Path

import pytest

from bench.speed import Watch, Writer, made, vocabulary
from index.embedder import HashingEmbedder
from index.library import Library
from index.settings import Settings


def test_the_same_seed_writes_the_same_and_asks_of_the_text() -> None:
    one, other = Writer(3), Writer(3)
    text = one.document(4)
    assert text == other.document(4)
    assert len(text.split("\n\n")) == 4
    question = one.question(text)
    assert question == other.question(text) != one.question(text)
    held = set(text.casefold().replace(".", " ").split())
    assert sum(word in held for word in question.rstrip("?").split()) >= 4
    assert text != Writer(4).document(4)


def test_words_are_as_rare_as_zipf_has_it() -> None:
    words = vocabulary()
    text = Writer().document(60).casefold().replace(".", "").split()
    commonest, hundredth = text.count(words[0]), text.count(words[99])
    assert words[:2] == ["the", "of"]
    assert 10 < commonest / max(1, hundredth) < 80


@pytest.mark.model
def test_a_library_is_made_once_with_at_least_so_many_passages(tmp_path: Path) -> None:
    made(tmp_path / "library", 7)
    with Library.open(tmp_path / "library", Settings()) as library:
        entries = library.entries()
        assert sum(e.passages for e in entries) == sum(e.vectors for e in entries) >= 7
    made(tmp_path / "library", 7)
    with Library.open(tmp_path / "library", Settings(), embedder=HashingEmbedder()) as library:
        assert library.entries() == entries
    made(tmp_path / "library", 11)
    with Library.open(tmp_path / "library", Settings(), embedder=HashingEmbedder()) as library:
        assert sum(e.passages for e in library.entries()) >= 11


def test_what_was_watched_is_left_as_it_was() -> None:
    class Thing:
        def act(self) -> int:
            return 1

    watch, before = Watch(), Thing.act
    watch.watch(Thing, "act", "acting")
    assert Thing().act() == 1
    watch.next()
    watch.end()
    assert Thing.act is before
    assert len(watch.spent["acting"]) == 1


def test_a_stage_is_what_its_calls_of_one_question_took_together(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 2.0, 10.0, 13.0, 20.0, 21.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(time, "process_time", lambda: 0.0)
    watch = Watch()
    for calls in (2, 1):
        for _ in range(calls):
            with watch.stage("reading"):
                pass
        watch.next()
    assert watch.row("reading", max) == ["5000.0", "0.0"]
    assert watch.row("reading", min) == ["1000.0", "0.0"]
