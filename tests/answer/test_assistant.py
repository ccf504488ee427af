"""Answers through the assistant, on a library with the model that needs none."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from answer.assistant import BEING_READ, NO_DOCUMENTS, NONE_CHOSEN, NOT_ALL_READ, NOTHING_MORE, WHICH, Assistant
from answer.nouns import Answer, Turn
from answer.reading import Reading
from answer.settings import AnswerSettings
from index.embedder import HashingEmbedder
from index.library import Library
from index.nouns import Hit
from index.settings import Settings
from ingest.errors import UnknownDocument
from ingest.nouns import Passage
from tests.answer.pointer import Pointer

HARBOUR = b"The harbour master is Jon Vane. The harbour master keeps the tide book."


class Smaller(HashingEmbedder):
    """Another model, with half the dimensions."""

    name = "smaller"
    dimension = 128


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as library:
        library.add_upload("harbour.txt", HARBOUR)
        library.add_upload("passport.txt", b"The fee for a passport is forty crowns to be paid in advance.")
        library.add_upload("zoo.txt", b"The fee for the zoo is two crowns to be paid in advance.")
        yield Assistant(library, AnswerSettings(threshold=0.01))


def follow(assistant: Assistant, *questions: str) -> Answer:
    """The answer to the last question, the others asked before it."""
    history: list[Turn] = []
    for question in questions:
        answer = assistant.ask(question, history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


def test_tell_me_more_says_what_was_not_said_yet_until_nothing_is_left(assistant: Assistant) -> None:
    first = follow(assistant, "Who is the harbour master?")
    more = follow(assistant, "Who is the harbour master?", "tell me more")
    assert more.standalone_question == "Who is the harbour master?"
    said = {" ".join(c.quote.split()) for c in first.citations}
    assert more.found
    assert said.isdisjoint(" ".join(c.quote.split()) for c in more.citations)
    every = follow(assistant, "Who is the harbour master?", *["tell me more"] * 9)
    assert (every.found, every.text) == (False, NOTHING_MORE)
    assert "not in your documents" in every.text


@pytest.mark.parametrize(
    ("before", "found"), [("Is the zoo open?", "zoo.txt"), ("Is a passport free?", "passport.txt")]
)
def test_the_question_before_brings_its_subject_along(assistant: Assistant, before: str, found: str) -> None:
    asked = "What fee must be paid in advance?"
    answer = follow(assistant, before, asked)
    assert answer.standalone_question == asked
    assert answer.hits[0].name == found


def test_a_changed_subject_is_not_held_back_by_the_question_before(assistant: Assistant) -> None:
    answer = follow(assistant, "Is a passport free?", "Who is the harbour master?")
    assert answer.citations[0].quote == "The harbour master is Jon Vane."


def test_yes_before_anything_was_asked_is_small_talk(assistant: Assistant) -> None:
    assert assistant.ask("yes").model == "small-talk"
    assert follow(assistant, "Who is the harbour master?", "yes").model == "extractive"


def test_what_the_reader_points_at_is_cited_exactly_and_bold_in_the_text(assistant: Assistant) -> None:
    pointed = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("forty crowns"))
    answer = pointed.ask("What is the fee for a passport?")
    first = answer.citations[0]
    assert first.exact is not None
    assert first.quote[slice(*first.exact)] == "forty crowns"
    assert [answer.text[slice(*place)] for place in answer.bold] == ["forty crowns"]
    assert answer.to_json()["citations"][0]["exact"] == {"start": first.exact[0], "end": first.exact[1]}


def test_without_a_reader_no_words_are_exact(assistant: Assistant) -> None:
    answer = assistant.ask("What is the fee for a passport?")
    assert answer.found
    assert answer.bold == ()
    assert {c.exact for c in answer.citations} == {None}


def test_a_script_that_the_reader_does_not_know_is_left_to_similarity(assistant: Assistant) -> None:
    pointed = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("forty crowns", odds=99))
    assert all(c.exact is None for c in pointed.evidence("护照 passport 费用多少").ranked)


def test_a_threshold_that_is_set_goes_before_the_caution(assistant: Assistant) -> None:
    sure = Assistant(assistant.library, AnswerSettings(threshold=1.0), Pointer("forty crowns"))
    refused = sure.ask("What is the fee for a passport?", caution="generous")
    assert not refused.found
    assert refused.text.startswith("The answer is not in your documents. Looked in 3 documents")
    assert refused.hits[0].name == "passport.txt"


def test_more_caution_declines_more(assistant: Assistant) -> None:
    found = {
        caution: Assistant(assistant.library, AnswerSettings(), Pointer("forty crowns", odds))
        .ask("What is the fee for a passport?", caution=caution)
        .found
        for caution, odds in (("strict", -8.0), ("generous", 9.0))
    }
    assert found == {"strict": False, "generous": True}


def test_a_name_that_is_in_other_documents_only_makes_an_answer_less_likely(assistant: Assistant) -> None:
    pointed = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("forty crowns"))
    asked = "What fee does the office of Vane ask for a passport?"
    assert pointed.evidence(asked).absent == ()
    assert pointed.evidence(asked, ["passport.txt"]).absent == ("Vane",)
    scoped, known = (
        pointed.ask(question, documents=["passport.txt"]).confidence
        for question in (asked, asked.replace("Vane", "crowns"))
    )
    assert scoped < known - 0.1


def test_a_figure_that_no_document_has_makes_an_answer_less_likely_and_is_told(assistant: Assistant) -> None:
    pointed = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("forty crowns"))
    assistant.library.add_upload("list.txt", b"Table 1 has the hours of the office, tables 2 and 3 its holidays.")
    asked = "What is the fee for a passport in Table 4?"
    assert "Table 4" in pointed.evidence(asked).absent
    known = pointed.ask(asked.replace(" in Table 4", "")).confidence
    assert pointed.ask(asked).confidence < known - 0.1
    unsure = Assistant(assistant.library, AnswerSettings(threshold=1.0))
    assert unsure.ask(asked).text.endswith("None of them has a Table 4.")
    assert unsure.ask(asked, everywhere=True).text.endswith("for a passage about “fee”, “passport”, “Table”, “4”.")


def sheets(*pages: str) -> bytes:
    """A PDF with a line on each page."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for line in pages:
        canvas.drawString(70, 700, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_what_stands_on_another_page_than_the_one_named_is_no_answer(assistant: Assistant) -> None:
    assistant.library.add_upload("fees.pdf", sheets("The fee for a boat is six crowns.", "The fee for a cart is nine."))
    asker = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("six crowns"))
    asked = "What is the fee for a boat on page {}?"
    assert {c.hit.passage.pages for c in asker.evidence(asked.format(2), ["fees.pdf"]).ranked} == {(2,)}
    assert asker.ask(asked.format(1), documents=["fees.pdf"]).citations[0].quote == "The fee for a boat is six crowns."
    elsewhere = asker.evidence(asked.format(2), ["fees.pdf"], everywhere=True).ranked
    assert {c.hit.passage.pages for c in elsewhere} == {(1,), (2,)}


def test_a_file_without_pages_that_people_count_is_looked_through_whole(assistant: Assistant) -> None:
    assistant.library.add_upload("fees.txt", b"The fee for a boat is six crowns.\fThe fee for a cart is nine crowns.")
    asker = Assistant(assistant.library, AnswerSettings(threshold=0.01), Pointer("six crowns"))
    found = asker.evidence("What is the fee for a boat on page 2?", ["fees.txt"]).ranked
    assert {c.hit.passage.pages for c in found} == {(1,), (2,)}


def test_a_refusal_names_what_the_documents_asked_do_not_mention(assistant: Assistant) -> None:
    unsure = Assistant(assistant.library, AnswerSettings(threshold=1.0))
    assert unsure.ask("Who is Jon Vane?", documents=["zoo.txt"]).text.endswith("It doesn’t mention “Jon” or “Vane”.")
    assert unsure.ask("Who is Jon Vane?").text.endswith("about “Jon”, “Vane”.")


def test_an_answer_says_which_document_was_looked_in_first(assistant: Assistant) -> None:
    answer = assistant.ask("What is the fee for the zoo?")
    assert answer.looking_first.documents == (("zoo.txt", "zoo"),)
    assert answer.to_json()["looking_first"] == {"documents": [{"document": "zoo.txt", "title": "zoo"}], "places": []}
    assert not assistant.ask("What is paid in advance?").looking_first


def test_asked_everywhere_no_document_is_preferred(assistant: Assistant) -> None:
    asked = "What is the fee for the zoo?"
    answer, wide = assistant.ask(asked), assistant.ask(asked, everywhere=True)
    assert not wide.looking_first
    led, free = ({h.name: h.score for h in a.hits} for a in (answer, wide))
    assert led["passport.txt"] / led["zoo.txt"] < free["passport.txt"] / free["zoo.txt"]


def test_a_passage_that_was_found_can_be_opened_at_its_place(assistant: Assistant) -> None:
    row = assistant.ask("Who is the harbour master?").to_json()["passages"][0]
    text = assistant.library.page(row["document"], row["page"]).text
    assert text[row["start"] : row["end"]] == row["text"] == HARBOUR.decode()


def test_what_is_left_out_is_read_and_not_searched(assistant: Assistant) -> None:
    history = [Turn("user", "Is a passport free?"), Turn("assistant", "The fee goes to the Harbour Office.[1]")]
    answer = assistant.ask("Which other fees must be paid in advance?", history)
    assert answer.standalone_question == "Which other fees must be paid in advance besides the Harbour Office?"
    found = assistant.evidence(
        "Which other fees must be paid in advance?",
        beside="Is a passport free? Which other fees must be paid in advance?",
    )
    assert answer.hits == found.hits


def test_documents_that_are_compared_are_read_one_by_one_and_each_cited(tmp_path: Path) -> None:
    class Noted(Pointer):
        def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
            asked.append((question, sorted({p.text.split()[1] for p in passages})))
            return super().read(question, passages)

    asked = list[tuple[str, list[str]]]()
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as library:
        library.add_upload("elm.txt", b"The fee for the elm is forty crowns.")
        library.add_upload("ash.txt", b"The fee for the ash is nine crowns.")
        library.add_upload("zoo.txt", b"The zoo fee is two crowns.")
        assistant = Assistant(library, AnswerSettings(threshold=0.01), Noted("crowns"))
        answer = assistant.ask("Compare the fee of the elm and of the ash")
        assert [c.name for c in answer.citations] == ["elm.txt", "ash.txt"]
        assert [c.quote for c in answer.citations] == [
            "The fee for the elm is forty crowns.",
            "The fee for the ash is nine crowns.",
        ]
    assert [question for question, _ in asked[:2]] == ["the fee of the elm", "the fee of the ash"]


def test_a_summary_is_of_the_document_that_is_named_however_loosely(assistant: Assistant) -> None:
    assert {c.name for c in assistant.ask("Summarise the text on the zoo").citations} == {"zoo.txt"}


def test_a_summary_of_something_else_than_the_only_document_is_declined_like_any_question(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as library:
        library.add_upload("harbour.txt", HARBOUR)
        assistant = Assistant(library, AnswerSettings())
        for question in ("Summarise this for a child", "What is harbour.txt about?", "Summarise harbour.txt"):
            assert (assistant.ask(question).found, assistant.ask(question).confidence) == (True, 1.0)
        for question in (
            "Give me an overview of the risks of nuclear power",
            "Summarise what the documents say about llama farms",
            "Summarise what harbour.txt says about llama farms",
        ):
            answer = assistant.ask(question)
            assert (answer.found, answer.citations) == (False, ())
            assert "not in your documents" in answer.text


def test_a_summary_of_a_page_is_of_that_page(assistant: Assistant) -> None:
    first, last = (
        "The old ferry was sold to the island council in the spring.",
        "The new ferry burns no oil and is quiet.",
    )
    assistant.library.add_upload("Chapter 7.pdf", sheets(first, "", last))

    def quotes(question: str) -> list[str]:
        return [c.quote for c in assistant.ask(question).citations]

    assert quotes("Summarise page 3 of Chapter 7.pdf") == quotes("What is on page 3 of Chapter 7?") == [last]
    assert quotes("Summarise pages 1 to 3 of Chapter 7.pdf") == quotes("Summarise Chapter 7.pdf") == [first, last]
    for page in (2, 90):
        refused = assistant.ask(f"What is on page {page} of Chapter 7?")
        assert (refused.found, refused.citations) == (False, ())
        assert refused.text.endswith(f"Chapter 7.pdf has no text on page {page}.")
        assert {hit.name for hit in refused.hits} == {"Chapter 7.pdf"}


def test_the_same_question_of_another_page_is_no_summary_of_it(assistant: Assistant) -> None:
    assistant.library.add_upload("fees.pdf", sheets("The fee for a boat is six crowns.", "The fee for a cart is nine."))
    answer = follow(assistant, "What is the fee for a boat on page 1 of fees.pdf?", "And on page 2?")
    assert answer.standalone_question.startswith("What is the fee for a boat on page 2")
    assert answer.confidence < 1


def test_a_summary_of_what_was_spoken_of_before_is_not_asked_back(assistant: Assistant) -> None:
    answer = follow(assistant, "What is the fee for the zoo?", "Summarise it")
    assert answer.text != WHICH


def test_where_it_is_not_said_what_to_summarise_it_is_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise this document")
    assert (answer.found, answer.text, answer.citations) == (False, WHICH, ())
    assert "not in your documents" in answer.text
    assert len(answer.hits) == 3


def test_with_no_document_chosen_it_is_said_that_none_is(assistant: Assistant) -> None:
    for question in ("Who is the harbour master?", "Summarise harbour.txt", "What is on page 1?"):
        answer = assistant.ask(question, documents=[])
        assert (answer.found, answer.text, answer.hits) == (False, NONE_CHOSEN, ())


def test_after_the_model_has_changed_the_same_question_is_answered_with_the_new_one(tmp_path: Path) -> None:
    folder, models = tmp_path / "library", {"hashing": HashingEmbedder, "smaller": Smaller}

    def opened(model: str) -> Library:
        return Library.open(folder, Settings(model=model), create=True, models=lambda s: models[s.model](), renew=True)

    with opened("hashing") as library:
        library.add_upload("harbour.txt", HARBOUR)
    with opened("smaller") as library:
        assistant = Assistant(library, AnswerSettings(threshold=0.01, reader=False))
        before = assistant.ask("Who is the harbour master?")
        assert library.embedder.name != "smaller"
        while library.renew():
            pass
        assert library.embedder.name == "smaller"
        library.add_upload("zoo.txt", b"The master of the zoo is Ada Lund.")
        after = assistant.ask("Who is the harbour master?")
        assert after.citations[0].quote == before.citations[0].quote == "The harbour master is Jon Vane."


def test_an_answer_is_worked_out_with_one_model_though_the_library_goes_over_to_another(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(assistant.library, AnswerSettings(threshold=0.01, reader=False))
    rarity = assistant.library.rarity

    def meddled(words: Sequence[str]) -> dict[str, float]:  # asked for when the question is encoded, the rest not yet
        assistant.library.embedder = Smaller()
        return rarity(words)

    monkeypatch.setattr(assistant.library, "rarity", meddled)
    assert assistant.ask("Who is the harbour master?").citations[0].quote == "The harbour master is Jon Vane."
    assert assistant.encode(["The harbour"]).shape == (1, Smaller.dimension)


def taken_out_meanwhile(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, times: int = 1) -> list[str]:
    """Make another take the best document out after each search, as often as said; what was found first each time."""
    search, searched = assistant.library.search, list[str]()
    monkeypatch.setattr(assistant.library.store, "empty_log", lambda times: True)  # it would wait for the question

    def meddled(question: str, *arguments: Any, **more: Any) -> list[Hit]:
        hits = search(question, *arguments, **more)
        searched.append(hits[0].name)
        if len(searched) <= times:
            assistant.library.remove(hits[0].name)
        return hits

    monkeypatch.setattr(assistant.library, "search", meddled)
    return searched


@pytest.mark.parametrize("times", [1, 2])
def test_a_document_taken_out_while_it_is_asked_about_is_not_cited(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    searched = taken_out_meanwhile(assistant, monkeypatch, times)
    answer = assistant.ask("What is the fee for a passport?")
    assert searched == ["passport.txt", "zoo.txt", "harbour.txt"][: times + 1]
    assert {c.name for c in answer.citations} <= {"zoo.txt", "harbour.txt"} - set(searched[:times])


def test_where_documents_go_faster_than_it_can_be_answered_it_is_true_of_a_moment_meanwhile(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_out_meanwhile(assistant, monkeypatch, 3)
    answer = assistant.ask("What is the fee for a passport?")
    assert {hit.name for hit in answer.hits} == {"harbour.txt"}
    assert assistant.library.entries() == []


def test_a_document_that_is_asked_about_by_name_and_taken_out_is_unknown(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_out_meanwhile(assistant, monkeypatch)
    with pytest.raises(UnknownDocument, match=r"passport\.txt"):
        assistant.ask("What is the fee for a passport?", documents=["passport.txt"])


def test_while_the_first_documents_are_being_read_the_library_is_not_said_to_be_empty(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as library:
        assistant = Assistant(library, AnswerSettings())
        assert assistant.ask("Who is the harbour master?").text == NO_DOCUMENTS
        job = library.jobs.submit("harbour.txt", HARBOUR)  # no worker reads it
        assert assistant.ask("Who is the harbour master?").text == BEING_READ
        library.jobs.cancel(job)
        assert assistant.ask("Who is the harbour master?").text == NO_DOCUMENTS


def test_a_refusal_says_that_not_everything_is_read_yet(assistant: Assistant) -> None:
    assistant = Assistant(assistant.library, AnswerSettings(threshold=1))
    question = "Who owns the lighthouse?"
    declined = assistant.ask(question).text
    assert declined.startswith("The answer is not in your documents. Looked in 3 documents")
    assert NOT_ALL_READ not in declined
    job = assistant.library.jobs.submit("light.txt", b"The lighthouse is the town's.")  # no worker reads it
    assert assistant.ask(question).text == f"{declined} {NOT_ALL_READ}"
    assert NOT_ALL_READ not in assistant.ask(question, documents=["harbour.txt"]).text
    assistant.library.jobs.cancel(job)
    assert assistant.ask(question).text == declined
