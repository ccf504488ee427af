"""Answers are held against what is known, and the figures say what they claim."""

from types import SimpleNamespace

import pytest

from answer.nouns import Answer, Citation
from answer.quality import Known, calibration, check, checked, figures, holds, read, write
from index.nouns import Hit
from ingest.errors import SettingError
from ingest.nouns import Passage, Span


def hit(rank: int, page: int, text: str, name: str = "a.txt") -> Hit:
    return Hit(Passage(name, rank, (Span(page, 0, len(text)),), text), name, rank, 1 / rank, 0.5, 1.0)


def answer(*hits: Hit, quote: str = "", page: int = 1, sure: float = 0.9, name: str = "a.txt") -> Answer:
    citations = (Citation(1, name, page, str(page), quote, 0, len(quote)),) if quote else ()
    return Answer("q", "q", bool(quote), sure, "extractive", quote, citations, hits, 0.25)


def figure(name: str, done: list) -> tuple[float, int]:
    (found,) = [f for f in figures(done) if f.name == name]
    return found.value, found.n


def test_a_file_is_read_whatever_its_separator_case_and_order_of_columns() -> None:
    text = "\ufeffPage;Question;Document;Expected Answer\n3;Who pays?;lease.pdf;the tenant\n;Since when?;;\n"
    assert read(text) == [Known("Who pays?", "the tenant", "lease.pdf", 3, 2), Known("Since when?", line=3)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,what\na,b\n", "no column named question"),
        ("question\n", "no question"),
        ("question,document,page\nWho?,a.pdf,iv\n", "line 2: the page 'iv'"),
        ("question,document,page\nWho?,,4\n", "line 2 names page 4 and no document"),
        ("question,document,page\nWho?,a.pdf,0\n", "line 2: the page '0'"),
        ("question,document,page\nWho?,a.pdf,1000001\n", "line 2: the page '1000001'"),
        ("question,document,page\nWho?,a.pdf,99999999999999999999\n", "line 2: the page '9999"),
        (f"question,document,page\nWho?,a.pdf,{'9' * 5000}\n", "line 2: the page '9999"),
        (f"question\nWho?\n{'x' * 131_073}\n", r"line 3 can't be read \(field larger than field limit"),
        (f"question{'x' * 131_073}\n", r"line 1 can't be read \(field larger than field limit"),
    ],
)
def test_a_file_that_can_not_be_used_says_where_and_why(text: str, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        read(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_of_a_file_end_as_any_system_ends_them(end: str) -> None:
    text = end.join(["question;expected answer", "Who pays?;the tenant", 'When?;"in May', 'or June"', ""])
    assert read(text) == [Known("Who pays?", "the tenant", line=2), Known("When?", "in May\nor June", line=4)]


def test_a_page_without_a_document_is_refused_before_anything_is_asked() -> None:
    """Such a row counted as right on that page of any document."""
    library = SimpleNamespace(entries=lambda: [SimpleNamespace(name="a.txt")])
    assistant = SimpleNamespace(library=library, ask=lambda question: pytest.fail("nothing is to be asked"))
    questions = [Known("Who pays?", "the tenant", "a.txt", 2, 2), Known("Why?", "forty crowns", "", 2, 3)]
    with pytest.raises(SettingError, match="line 3 names page 2 and no document"):
        check(assistant, questions)  # type: ignore[arg-type]


def test_what_is_written_is_read_again() -> None:
    questions = [Known('Who said "no", twice?', "Ada, then Bo", "a b.pdf", 2, 2), Known("Why?", line=3)]
    assert read(write(questions)) == questions


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        ("The rent is 1,200 crowns.", "1,200 Crowns", True),
        ("The rent is 11,200 crowns.", "1,200 crowns", False),
        ("Repairs are paid by the tenant within thirty days.", "the tenant has paid repairs within thirty days", True),
        ("Repairs are paid by the owner.", "the tenant has paid repairs within thirty days", False),
    ],
)
def test_a_text_holds_an_answer_by_its_words(text: str, wanted: str, held: bool) -> None:
    assert holds(text, wanted) is held


def test_the_right_passage_is_the_first_one_on_the_page_that_is_named() -> None:
    known = Known("Who pays?", "the tenant", "a.txt", 2)
    done = checked(known, answer(hit(1, 1, "the tenant"), hit(2, 2, "none of it"), quote="the tenant", page=1))
    assert (done.rank, done.cited) == (2, False)
    assert done.failure == "the first citation is another place; the right passage was number 2"


def test_without_a_page_the_passage_must_hold_the_answer_and_without_an_answer_the_document_will_do() -> None:
    found = answer(hit(1, 1, "nothing"), hit(2, 1, "the tenant"), quote="the tenant")
    assert checked(Known("Who pays?", "the tenant"), found).rank == 2
    assert checked(Known("Who pays?", document="a.txt"), found).rank == 1
    assert checked(Known("Who pays?", "the tenant", "b.txt"), found).rank is None


def test_of_a_bare_question_nothing_is_claimed() -> None:
    done = checked(Known("Who pays?"), answer(hit(1, 1, "x"), quote="x"))
    assert (done.rank, done.cited, done.failure, done.held) == (None, None, None, None)


def test_an_answer_where_there_is_none_is_a_failure_and_declining_is_right() -> None:
    nothing = Known("Who pays?", "none")
    assert checked(nothing, answer(hit(1, 1, "x"), quote="x")).failure == "answered, though the documents don't say"
    assert checked(nothing, answer(hit(1, 1, "x"))).failure is None
    assert (
        checked(Known("Who pays?", "x"), answer(hit(1, 1, "x"))).failure == "declined; the right passage was number 1"
    )


def test_the_figures_are_shares_of_the_questions_that_they_are_about() -> None:
    known = Known("Who pays?", "the tenant")
    done = [
        checked(known, answer(hit(1, 1, "the tenant"), quote="the tenant")),
        checked(known, answer(hit(1, 1, "x"), hit(2, 1, "the tenant"), quote="x")),
        checked(known, answer(hit(1, 1, "x"))),
        checked(Known("Why?", "none"), answer(hit(1, 1, "x"))),
        checked(Known("When?"), answer(hit(1, 1, "x"), quote="x")),
    ]
    assert figure("right passage among the first 1", done) == (pytest.approx(1 / 3), 3)
    assert figure("right passage among the first 5", done) == (pytest.approx(2 / 3), 3)
    assert figure("first citation right, of those answered", done) == (0.5, 2)
    assert figure("declined, of all", done) == (0.4, 5)
    assert figure("declined, of those with an answer", done) == (0.25, 4)
    assert figure("declined, of those without an answer", done) == (1.0, 1)
    assert figure("seconds a question, median", done) == (0.25, 5)


def test_calibration_holds_the_confidence_against_what_came_true() -> None:
    known, found = Known("Who pays?", "the tenant"), hit(1, 1, "the tenant")
    done = [
        checked(known, answer(found, quote="the tenant", sure=0.9)),
        checked(known, answer(hit(1, 1, "x"), quote="x", sure=1.0)),
        checked(Known("Why?", "none"), answer(found, sure=0.1)),
    ]
    low, high = calibration(done)
    assert (low.said, low.true, low.n) == (0.1, 0.0, 1)
    assert (high.said, high.true, high.n) == (pytest.approx(0.95), 0.5, 2)
    assert figure("confidence off by, on average", done) == (pytest.approx((0.1 + 2 * 0.45) / 3), 3)
