import pytest

from index.naming import Named, compares, groups


@pytest.fixture
def shelf(library, write):
    """Six reports of two companies, and some others."""
    texts = {
        "HarbourLine_2021_report.txt": "Revenue was 12 million. The fleet grew.",
        "HarbourLine_2022_report.txt": "Revenue was 15 million. The fleet shrank.",
        "MillBakery_2022_report.txt": "Revenue was 3 million. Ovens were bought.",
        "weather.txt": "Rain fell in the harbour all year. Revenue of farms fell.",
        "cats.txt": "Cats sleep all day.",
        "dogs.txt": "Dogs bark at night.",
    }
    for _ in library.add([write(name, text) for name, text in texts.items()]):
        pass
    return library


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was the revenue of MillBakery?", ["MillBakery_2022_report.txt"]),
        ("What was the revenue of Mill Bakery?", ["MillBakery_2022_report.txt"]),
        ("revenue of the bakery", ["MillBakery_2022_report.txt"]),
        ("How did HarbourLine do in 2022?", ["HarbourLine_2022_report.txt"]),
        ("Compare HarbourLine in 2021 and 2022", ["HarbourLine_2021_report.txt", "HarbourLine_2022_report.txt"]),
        ("When do ships sail?", []),
        ("Who barks?", []),
    ],
)
def test_the_documents_that_a_question_names_are_told(shelf, question: str, names: list[str]) -> None:
    leaning = shelf.looking_first(question)
    assert [name for name, _ in leaning.documents] == names
    assert bool(leaning) is bool(names)


def test_among_chosen_documents_only_those_are_named_that_leave_others_out(shelf) -> None:
    question = "Compare HarbourLine in 2021 and 2022"
    chosen = ["HarbourLine_2021_report.txt", "cats.txt"]
    assert shelf.looking_first(question, chosen).documents == ((chosen[0], "HarbourLine_2021_report"),)
    assert not shelf.looking_first(question, chosen[:1])


def test_looked_for_everywhere_a_named_document_is_not_preferred(library, write) -> None:
    texts = {
        "millbakery.txt": "Ovens were bought. Revenue was dear.",
        "press.txt": "Revenue of the millbakery was 3 million crowns.",
        "cats.txt": "Cats sleep.",
        "dogs.txt": "Dogs bark.",
    }
    for _ in library.add([write(name, text) for name, text in texts.items()]):
        pass
    question = "What was the revenue of millbakery?"
    assert library.looking_first(question).documents == (("millbakery.txt", "millbakery"),)
    scores = {h.name: h.score for h in library.search(question)}
    wide = library.search(question, everywhere=True)
    assert wide[0].name == "press.txt"
    assert scores["millbakery.txt"] - scores["press.txt"] > wide[1].score - wide[0].score + 0.1


def test_the_passages_of_a_named_document_come_first(shelf) -> None:
    assert shelf.search("What was the revenue of the Mill Bakery?")[0].name == "MillBakery_2022_report.txt"
    assert shelf.search("HarbourLine revenue in 2022")[0].name == "HarbourLine_2022_report.txt"


def test_a_question_over_two_documents_gets_passages_of_each(library, write) -> None:
    many = "\f".join(f"Harbour revenue of quarter {i} was {i * 3} million crowns." for i in range(1, 9))
    paths = [write("harbour.txt", many), write("bakery.txt", "It earned little.\fFlour was dear.")]
    for _ in library.add([*paths, *(write(f"{i}.txt", f"Other text {i}.") for i in range(5))]):
        pass
    first = [h.name for h in library.search("Compare the revenue of harbour and bakery")[:5]]
    assert first.count("bakery.txt") == 2
    assert first.count("harbour.txt") == 3


def test_groups_are_told_by_words_of_their_own() -> None:
    a, b, c = Named(1, frozenset({"x", "2021"})), Named(2, frozenset({"x", "2022"})), Named(3, frozenset({"x"}))
    assert groups([a, b, c]) == [[1], [2]]
    assert groups([Named(1, frozenset({"x"})), Named(2, frozenset({"x"}))]) == [[1, 2]]


@pytest.mark.parametrize(
    ("question", "several"),
    [("compare the two", True), ("sales in 2021 and 2022", True), ("sales in 2021", False), ("Who signed?", False)],
)
def test_comparing_questions_are_told(question: str, several: bool) -> None:
    assert compares(question) is several
