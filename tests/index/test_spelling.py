import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import distance
from ingest.errors import UnknownDocument

LETTERS = st.text("abcde", max_size=7)


def plain(a: str, b: str) -> int:
    """Edits from a to b, swaps of neighbours among them, by trying all: the oracle."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return plain(a[1:], b[1:])
    ways = [plain(a[1:], b), plain(a, b[1:]), plain(a[1:], b[1:])]
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        ways.append(plain(a[2:], b[2:]))
    return 1 + min(ways)


@given(LETTERS.map(lambda s: s + "z"), LETTERS)  # no ending is that of a word that ends in z
def test_the_distance_counts_edits(word: str, stem: str) -> None:
    assert distance(word, stem) == plain(word, stem)


@pytest.mark.parametrize(
    ("word", "stem", "apart"), [("treaties", "treati", 0), ("signde", "sign", 1), ("runing", "run", 0)]
)
def test_an_ending_costs_nothing(word: str, stem: str, apart: int) -> None:
    assert distance(word, stem) == apart


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Secretary-General Guterres spoke.", "What did Guterrez say?"),
        ("Netflix paid no dividend.", "did Netfilx pay"),
        ("The convention on cybercrime was signed.", "cyber crime"),
        ("The convention on cyber crime was signed.", "cybercrime"),
        ("Write an e-mail to the office.", "email"),
        ("Write an email to the office.", "e-mail"),
        ("The conven-\ntion was signed.", "convention"),
        ("The \ufb01nal e\ufb00ect.", "final effect"),
        ("Ｎｅｔ sales grew.", "net sales"),
        ("It cost 1,577 dollars.", "1577"),
        ("It cost 1577 dollars.", "1,577"),
        ("It cost 1\u202f577\u202f000 dollars.", "1577000"),
        ("Der Vertrag über Straßen.", "STRASSEN"),
        ("Città e società.", "citta"),
    ],
)
def test_a_word_is_found_however_it_is_written(library, write, text: str, question: str) -> None:
    others = [write(f"{i}.txt", f"Cats sleep on day {i}. Goats graze.") for i in range(4)]
    for _ in library.add([*others, write("sought.txt", text)]):
        pass
    best = library.search(question)[0]
    assert (best.name, best.bm25 > 0) == ("sought.txt", True)


def test_a_word_that_the_library_holds_is_not_respelt(library, write) -> None:
    for _ in library.add([write("a.txt", "Cats sleep."), write("b.txt", "Carts creak."), write("c.txt", "Dogs bark.")]):
        pass
    assert [h.name for h in library.search("carts") if h.bm25 > 0] == ["b.txt"]


@pytest.mark.parametrize(
    ("word", "near", "found"), [("cuts", "Cats", False), ("Guterrez", "Guterres", True), ("договоры", "договора", True)]
)
def test_short_words_stay_as_they_are(library, write, word: str, near: str, found: bool) -> None:
    for _ in library.add([write("a.txt", f"{near} came."), write("b.txt", "Dogs bark.")]):
        pass
    assert {h.name: h.bm25 > 0 for h in library.search(word)} == {"a.txt": found, "b.txt": False}


def test_words_that_no_document_holds_in_any_spelling_are_told(library, write) -> None:
    for _ in library.add([write("a.txt", "Secretary-General Guterres spoke of cybercrime and 1,577 boats.")]):
        pass
    asked = ["Guterrez", "cyber-crime", "1577", "boat", "Zanzibar", "kestrels"]
    assert library.absent(asked) == ["Zanzibar", "kestrels"]


def test_words_are_looked_for_in_the_documents_named(library, write) -> None:
    for _ in library.add([write("a.txt", "Guterres spoke of boats."), write("b.txt", "Nobody spoke of kestrels.")]):
        pass
    asked = ["Guterrez", "kestrels", "spoke", "Zanzibar"]
    assert library.absent(asked, ["a.txt"]) == ["kestrels", "Zanzibar"]
    assert library.absent(asked, ["b.txt"]) == ["Guterrez", "Zanzibar"]
    assert library.absent(asked, ["a.txt", "b.txt"]) == ["Zanzibar"]
    with pytest.raises(UnknownDocument):
        library.absent(asked, ["c.txt"])
