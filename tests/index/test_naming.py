import pytest

from index.naming import Named, compares, groups, sides


@pytest.fixture
def shelf(library, write):
    """Six reports of two companies, and some others."""
    texts = {
        "HarbourLine_2021_report.txt": "Revenue was 12 million. The fleet grew.",
        "HarbourLine_2022_report.txt": "Revenue was 15 million. The fleet shrank.",
        "MillBakery_2022_report.txt": "Revenue was 3 million. Ovens were bought.",
        "OldFerry_2023Q2_report.txt": "A quarter is short.",
        "weather.txt": "Rain fell in the harbour all year. Revenue of farms fell.",
        "cats compared.txt": "Cats sleep all day.",
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
        ("What did the ferry report in FY2023?", ["OldFerry_2023Q2_report.txt"]),
        ("What does the HarbourLine report say of FY2021?", ["HarbourLine_2021_report.txt"]),
        ("Compare the MillBakery and the OldFerry", ["MillBakery_2022_report.txt", "OldFerry_2023Q2_report.txt"]),
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
    chosen = ["HarbourLine_2021_report.txt", "cats compared.txt"]
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


def test_it_gets_them_too_where_nothing_of_one_is_among_the_best(library, write) -> None:
    many = "\f".join(f"The harbour: a revenue of {i * 3} crowns in quarter {i}." for i in range(1, 60))
    paths = [write("harbour.txt", many), write("bakery.txt", "The owner is old.\fIts revenue was 7 crowns.")]
    for _ in library.add([*paths, *(write(f"{i}.txt", f"Other text {i}.") for i in range(5))]):
        pass
    hits = library.search("Compare the revenue of the harbour and the bakery", 4)
    assert [h.name for h in hits].count("bakery.txt") == 2
    assert next(h for h in hits if h.name == "bakery.txt").passage.page == 2, "of the bakery's, the one on revenue"
    chosen = library.search("Compare the revenue of the harbour and the bakery", 4, ["harbour.txt", "0.txt"])
    assert chosen[0].name == "harbour.txt"
    assert {h.name for h in chosen} <= {"harbour.txt", "0.txt"}


def test_of_names_that_compete_the_one_that_says_more_is_told(library, write) -> None:
    texts = {"millbakery report.txt": "Bread is baked.", "form 10-k.txt": "Ships sail.", "a.txt": "A.", "b.txt": "B."}
    for _ in library.add([write(name, text) for name, text in texts.items()]):
        pass
    leaning = library.looking_first("Where are the ovens in the millbakery 10-K?")
    assert [name for name, _ in leaning.documents] == ["millbakery report.txt"]


@pytest.mark.parametrize(
    ("question", "about", "what"),
    [
        ("Compare the net income of Elm and Ash Tree.", "the net income of Elm.", "the net income of."),
        ("Compare the net income of Ash Tree and Elm.", "the net income of Elm.", "the net income of."),
        ("Did Ash Tree or Elm have more staff?", "Did Elm have more staff?", "Did have more staff?"),
        ("What is the difference in size between Elm and Ash Tree?", "What is size of Elm?", "What is size of?"),
        ("What is the difference between Elm and Ash Tree?", "What is Elm?", "What is?"),
        ("Is Elm's revenue higher than Ash Tree's?", "Is Elm's revenue higher?", "Is revenue higher?"),
        ("Elm vs. Ash Tree revenue", "Elm revenue", "revenue"),
        ("Compare the fee of the elm and of the ash tree", "the fee of the elm", "the fee of the"),
    ],
)
def test_a_question_that_compares_is_asked_of_each_alone(question: str, about: str, what: str) -> None:
    named = [Named(1, frozenset({"elm"})), Named(2, frozenset({"ash", "tree"}))]
    elm = next(side for side in sides(question, named) if side.documents == (1,))
    assert (elm.about, elm.what) == (about, what)


def test_financial_years_are_set_side_by_side() -> None:
    named = [Named(1, frozenset({"2018"})), Named(2, frozenset({"2019"}))]
    found = sides("Compare the revenue of FY2018 and FY2019", named)
    assert [side.about for side in found] == ["the revenue of FY2018", "the revenue of FY2019"]


def test_one_thing_alone_has_no_sides() -> None:
    assert sides("Compare the fees of Elm", [Named(1, frozenset({"elm"}))]) == []
    both = [Named(1, frozenset({"elm"})), Named(2, frozenset({"ash"}))]
    assert sides("Who lives near the elm, by the ash?", both) == []


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
