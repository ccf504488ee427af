import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adding import CONTEXT_TOKENS, PASSAGE_TOKENS, Stopped, embedding_texts
from index.embedder import HashingEmbedder

FAKE = HashingEmbedder()


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=400), st.text(max_size=50)), max_size=4))
def test_what_is_embedded_keeps_the_words_whole_and_the_context_small(parts) -> None:
    for (_, _, words), text in zip(parts, embedding_texts(parts, FAKE), strict=True):
        assert text.endswith(words)
        context = text[: len(text) - len(words)]
        assert FAKE.count([context])[0] <= CONTEXT_TOKENS
        assert context == "" or context.endswith(". ")


def test_the_context_is_title_and_heading_and_a_long_one_is_cut_at_a_word() -> None:
    assert embedding_texts([("Treaty", "Aims", "Words.")], FAKE) == ["Treaty. Aims. Words."]
    assert embedding_texts([("Treaty", "", "Words.")], FAKE) == ["Treaty. Words."]
    (text,) = embedding_texts([("Treaty", " ".join(f"h{i}" for i in range(300)), "Words.")], FAKE)
    assert text.startswith("Treaty. h")
    assert text.endswith(" h298 h299. Words.")  # of a path of headings the last one is the nearest
    assert FAKE.count([text])[0] <= CONTEXT_TOKENS + FAKE.count(["Words."])[0]
    assert FAKE.limit >= CONTEXT_TOKENS + PASSAGE_TOKENS + 2


def test_the_context_takes_no_more_than_a_long_passage_leaves() -> None:
    words = " ".join(f"w{i}" for i in range(FAKE.limit - 8))
    (text,) = embedding_texts([("Treaty of the sea", "Aims", words)], FAKE)
    assert text == f"Treaty. Aims. {words}"
    assert embedding_texts([("Treaty", "Aims", f"{words} {words}")], FAKE) == [f"{words} {words}"]


class Letters(HashingEmbedder):
    """Reads letter by letter, as an English model does another alphabet."""

    def count(self, texts):
        return [sum(not c.isspace() for c in text) for text in texts]


def test_a_passage_of_a_language_that_is_spelt_out_fills_what_the_model_reads(open_library, write) -> None:
    library = open_library(embedder=Letters())
    russian = " ".join("Договор подписан." for _ in range(60))
    list(
        library.add(
            [
                write("russian.txt", russian),
                write("english.txt", russian.replace("Договор", "Convent").replace("подписан", "isagreed")),
            ]
        )
    )
    longest = dict.fromkeys(("russian.txt", "english.txt"), 0)
    for hit in library.search("договор convent", 40):
        longest[hit.name] = max(longest[hit.name], *Letters().count([hit.passage.text]))
    assert longest["english.txt"] <= PASSAGE_TOKENS < longest["russian.txt"] <= FAKE.limit - 6


class Choking(HashingEmbedder):
    """Can't count the tokens of some texts."""

    def count(self, texts):
        if any("bone" in text for text in texts):
            raise IndexError("string index out of range")
        return super().count(texts)


def test_a_file_that_cannot_be_cut_is_reported_and_the_others_are_added(open_library, write) -> None:
    library = open_library(embedder=Choking())
    rows = list(library.add([write(f"{name}.txt", f"A fish with a {name}.") for name in ("tail", "bone", "head")]))
    became = {Path(row.path).stem: (row.status, row.reason) for row in rows}
    assert became == {
        "tail": ("added", None),
        "bone": ("failed", "the reader failed on it (IndexError); it may be damaged"),
        "head": ("added", None),
    }


def test_a_reader_never_sees_half_a_document(open_library, write) -> None:
    one, two = open_library(), open_library()
    pages = "\f".join(f"Page {i} says treaty. " * 30 for i in range(40))
    paths = [write(f"{n}.txt", f"{n} {pages}") for n in range(8)]
    adding = threading.Thread(target=lambda: list(one.add(paths)))
    adding.start()
    seen = set()
    while adding.is_alive():
        seen |= {(e.name, e.pages, e.passages) for e in two.entries()}
        assert all(hit.passage.text for hit in two.search("treaty", 3))
    adding.join()
    whole = {(e.name, e.pages, e.passages) for e in two.entries()}
    assert len(whole) == 8
    assert seen <= whole


def test_many_small_files_share_groups_of_vectors(library, write) -> None:
    calls = []
    encode = library.adder.embedder.encode

    def counting(texts):
        calls.append(len(texts))
        return encode(texts)

    library.adder.embedder.encode = counting
    for number in range(60):
        library.adder.store_file(write(f"{number}.txt", f"words {number}"), None, None, None)
    assert library.adder.embed() == 0
    assert calls == [60]


def test_an_adding_is_called_off_while_its_text_is_cut(library, monkeypatch) -> None:
    """The cutting of a long text ran to its end in the program's own process, whatever was cancelled."""
    cut: list[int] = []
    monkeypatch.setattr(library.adder.embedder, "count", lambda texts: cut.append(len(texts)) or [1] * len(texts))
    with pytest.raises(Stopped):
        library.adder.store_upload("stops.txt", b". " * 50_000, None, None, lambda: len(cut) > 1)
    assert sum(cut) < 10_000
    assert library.entries() == []
