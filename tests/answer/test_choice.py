"""What is said: the best sentence, what adds to it, the neighbours it needs; and where documents differ."""

import re
from dataclasses import replace

import pytest

from answer.choice import chosen
from answer.evidence import Candidate
from index.nouns import Hit, Leaning
from ingest.nouns import Passage, Span
from ingest.passages import passages
from ingest.reader import read
from ingest.settings import Limits


def hit(text: str, document: str = "a") -> Hit:
    places = tuple(m.span() for m in re.finditer(r"\S[^.:\n]*[.:]?", text))
    passage = Passage(document, 0, (Span(1, 0, len(text)),), text, sentences=places)
    return Hit(passage=passage, name=f"{document}.txt", rank=1, score=0.9, cosine=0.8, bm25=1.0)


def candidate(where: Hit, sentence: int, score: float, exact: str | None = None, odds: float = 2.0) -> Candidate:
    start, end = where.passage.sentences[sentence]
    text = where.passage.text
    words = (text.index(exact, start), text.index(exact, start) + len(exact)) if exact else None
    return Candidate(where, start, end, text[start:end], 0.5, 0.8, 0.8, True, score, words, odds if exact else 0.0)


def said(question: str, *ranked: Candidate) -> list[str]:
    return [s.hit.passage.text[s.start : s.end] for s in chosen(question, ranked).statements]


def test_a_second_sentence_is_said_only_where_it_is_nearly_as_good() -> None:
    where = hit("The bridge is very red. The bridge was painted twice. Nobody crosses it at night.")
    ranked = [candidate(where, 0, 10), candidate(where, 2, 9.5), candidate(where, 1, 5)]
    assert said("What colour is it?", *ranked) == ["The bridge is very red.", "Nobody crosses it at night."]


def test_sentences_that_follow_on_each_other_become_one_quote() -> None:
    where = hit("The bridge is very red. The bridge was painted twice. Nobody crosses it at night.")
    ranked = [candidate(where, 1, 10), candidate(where, 0, 9.5)]
    assert said("What colour is it?", *ranked) == ["The bridge is very red. The bridge was painted twice."]


def test_rows_and_paragraphs_stay_quotes_of_their_own() -> None:
    where = hit("The red bridge is 38 metres.\n\nThe old bridge is 22 metres.")
    ranked = [candidate(where, 1, 10), candidate(where, 0, 9.5)]
    assert said("How long is it?", *ranked) == ["The old bridge is 22 metres.", "The red bridge is 38 metres."]


def test_a_document_that_the_question_names_goes_before_one_that_is_a_little_better() -> None:
    named = Leaning((("a.txt", "The Marrow Bridge of 1874"),))
    red, blue = "The bridge is red.", "The tower is very blue."
    one, other = hit(red), hit(blue, "b")
    for question, behind, first in (
        ("What colour is the Marrow Bridge?", 3.5, red),
        ("What colour is the one of 1874?", 3.5, red),
        ("What colour is the Marrow Bridge?", 4.5, blue),
        ("What colour is the bridge?", 1.5, blue),
    ):
        ranked = [candidate(other, 0, 4.0, "blue"), candidate(one, 0, 4.0 - behind, "red")]
        assert chosen(question, ranked, named).statements[0].hit.passage.text == first


def test_of_a_document_called_by_name_nothing_is_said_from_others() -> None:
    named = Leaning((("a.txt", "The Marrow Bridge"),))
    ranked = [
        candidate(hit("It is red."), 0, 4.0, "red"),
        candidate(hit("The tower is rather blue.", "b"), 0, 3.9, "blue"),
    ]
    question = "What colour is the Marrow Bridge?"
    assert [s.hit.name for s in chosen(question, ranked, named).statements] == ["a.txt"]
    assert [s.hit.name for s in chosen(question, ranked).statements] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(("behind", "first"), [(2.5, "The bridge is red."), (3.5, "The tower is very blue.")])
def test_a_page_that_the_question_names_goes_before_one_that_is_a_little_better(behind: float, first: str) -> None:
    named, other = replace(hit("The bridge is red."), placed=True), hit("The tower is very blue.")
    ranked = [candidate(other, 0, 4.0, "blue"), candidate(named, 0, 4.0 - behind, "red")]
    found = chosen("What colour is it on page 2?", ranked, Leaning(places=("page 2",)))
    assert found.statements[0].hit.passage.text == first
    assert chosen("What colour is it?", ranked).statements[0].hit is other


@pytest.mark.parametrize(("words", "meaning", "first"), [(1.0, 0.9, True), (0.7, 0.9, False), (1.0, 0.5, False)])
def test_a_sentence_that_says_what_is_asked_goes_before_one_that_says_none_of_it(
    words: float, meaning: float, first: bool
) -> None:
    where = hit("Tide Ltd runs the ferry. It declined to come. Ada Holm is its director.")
    pointed = replace(candidate(where, 2, 4.0, "Ada Holm"), words=0.1)
    asked = replace(candidate(where, 1, -3.0, "It", -6.0), words=words, meaning=meaning)
    statement = chosen("Who declined to come?", [pointed, asked]).statements[0]
    said = where.passage.text[statement.start : statement.end]
    assert said == ("Tide Ltd runs the ferry. It declined to come." if first else "Ada Holm is its director.")


def test_documents_that_are_compared_each_have_their_best_said() -> None:
    question = "Compare the colours of the bridge and the tower"
    leaning = Leaning((("a.txt", ""), ("b.txt", "")), (), {"a.txt": "the bridge", "b.txt": "the tower"})
    one, other = hit("The bridge is red. The bridge is long."), hit("The tower is blue. It is tall.", "b")
    ranked = [candidate(one, 0, 6.0, "red"), candidate(one, 1, 1.5, "long"), candidate(other, 0, 1.0, "blue")]
    statements = chosen(question, ranked, leaning).statements
    assert [s.hit.passage.text[s.start : s.end] for s in statements] == ["The bridge is red.", "The tower is blue."]


def test_of_what_is_compared_a_title_is_said_only_where_there_is_nothing_else() -> None:
    leaning = Leaning((("a.txt", ""), ("b.txt", "")), (), {"a.txt": "the bridge", "b.txt": "the tower"})
    one, other = (
        hit("The bridge and its neighbour 2021\nThe bridge is quite red."),
        hit("All about the blue tower", "b"),
    )
    title, sentence = candidate(one, 0, 6.0, "bridge"), candidate(one, 1, 2.0, "red")
    ranked = [title, sentence, candidate(other, 0, 1.0, "blue")]
    statements = chosen("Compare the bridge and the tower", ranked, leaning).statements
    assert [s.hit.passage.text[s.start : s.end] for s in statements] == [
        "The bridge is quite red.",
        "All about the blue tower",
    ]


def test_the_same_sentence_in_another_document_is_said_once() -> None:
    one, other = hit("The bridge is quite red."), hit("The Bridge is quite red", "b")
    assert len(said("What colour is it?", candidate(one, 0, 10), candidate(other, 0, 9.9))) == 1


def test_a_question_of_two_parts_gets_a_sentence_for_each() -> None:
    where = hit("Ada Holm built the bridge. Nobody helped. Work on the bridge ended in 1874.")
    ranked = [candidate(where, 0, 4.0, "Ada Holm"), candidate(where, 2, 1.5, "1874")]
    assert said("Who built the bridge?", *ranked) == ["Ada Holm built the bridge."]
    assert said("Who built the bridge, and when was it done?", *ranked) == [
        "Ada Holm built the bridge.",
        "Work on the bridge ended in 1874.",
    ]


def test_a_sentence_that_leans_on_the_one_before_is_said_with_it() -> None:
    where = hit("Ada Holm was a builder. She made the red bridge in 1874.")
    assert said("When was it made?", candidate(where, 1, 4.0, "1874")) == [where.passage.text]


def test_an_announced_list_is_said_with_its_items() -> None:
    where = hit("Bring with you:\na lamp.\na rope.")
    assert said("What should I bring?", candidate(where, 0, 4.0, "Bring")) == [where.passage.text]


def test_the_steps_after_a_first_one_are_said_where_a_question_asks_how() -> None:
    where = hit("Turn the valve to the left. Then wait a minute. The lamp is red.")
    asked = candidate(where, 0, 4.0, "Turn the valve")
    assert said("How do I open it?", asked) == ["Turn the valve to the left. Then wait a minute."]
    assert said("What turns?", asked) == ["Turn the valve to the left."]


@pytest.mark.parametrize(
    ("score", "between", "joined"),
    [(0.6, " ", True), (0.4, " ", False), (0.6, "\n\n", False), (0.6, " " + "Or " * 55, False)],
)
def test_the_sentence_after_is_said_where_it_answers_nearly_as_well(score: float, between: str, joined: bool) -> None:
    where = hit(f"The toll was raised in May.{between}Every cart pays two crowns since.")
    ranked = [candidate(where, 0, 4.0, "May"), candidate(where, 1, score, "two crowns")]
    assert said("What became of the toll?", *ranked) == [
        where.passage.text if joined else "The toll was raised in May."
    ]


def test_two_sentences_after_are_said_at_most_and_none_behind_a_worse_one() -> None:
    where = hit("Carts paid two. Then all paid. Riders paid one. Geese paid none.")
    ranked = [candidate(where, 0, 4.0, "two"), *(candidate(where, i, 1.0, "paid") for i in (1, 2, 3))]
    assert said("What did they pay?", *ranked) == ["Carts paid two. Then all paid. Riders paid one."]
    worse = [ranked[0], ranked[2], replace(ranked[1], score=-1.0)]
    assert said("What did they pay?", *worse) == ["Carts paid two."]


def test_a_further_sentence_is_said_where_the_answer_stays_short_without_its_neighbour_if_need_be() -> None:
    one = hit("The toll was raised in May" + " again" * 40 + ".")
    two = hit("The toll rose in spring" + " once" * 10 + ". It fell" + " later" * 20 + ".", "b")
    ranked = [candidate(one, 0, 4.0, "May"), candidate(two, 0, 3.9, "spring"), candidate(two, 1, 3.5, "fell")]
    asked = "What became of the toll?"
    assert said(asked, *ranked) == [one.passage.text, two.passage.text.partition(" It")[0]]
    assert said(asked, *ranked[1:], ranked[0]) == [two.passage.text]


def test_the_sentence_after_is_known_where_an_overlapping_passage_holds_it() -> None:
    text = "The toll was raised in May. Every cart pays two crowns since. The bridge is red."
    where = hit(text)
    later = Passage("a", 1, (Span(1, 28, len(text)),), text[28:], sentences=((0, 33), (34, 52)))
    other = candidate(replace(where, passage=later, rank=2), 0, 1.1, "two crowns")
    assert said("What became of the toll?", candidate(where, 0, 4.0, "May"), other) == [text[:61]]


@pytest.mark.parametrize(
    ("other", "differ"),
    [("The bridge is 40 metres long.", True), ("The bridge is 38 metres long, all told.", False)],
)
def test_two_documents_that_give_other_numbers_differ(other: str, differ: bool) -> None:
    one, two = hit("The bridge is just 38 metres in length."), hit(other, "b")
    number = "40" if differ else "38"
    ranked = [candidate(one, 0, 4.0, "38"), candidate(two, 0, 3.9, number)]
    assert chosen("How long is the bridge?", ranked).differ is differ


def test_exact_words_that_the_reader_is_not_sure_of_are_not_shown() -> None:
    where = hit("The bridge is red.")
    assert chosen("What colour?", [candidate(where, 0, 4.0, "red", odds=1.0)]).statements[0].exact == (14, 17)
    assert chosen("What colour?", [candidate(where, 0, 4.0, "red", odds=-5.0)]).statements[0].exact is None


def test_without_candidates_nothing_is_said() -> None:
    assert chosen("What?", []).statements == ()


def test_a_question_of_yes_or_no_has_no_exact_words() -> None:
    where = hit("The bridge is red.")
    assert chosen("Is the bridge red?", [candidate(where, 0, 4.0, "red")]).statements[0].exact is None


def test_a_label_after_a_sentence_and_what_it_is_the_label_of_are_not_said_with_it() -> None:
    where = hit("It then powers on by itself.\nCharging time\nIt is full within two hours.")
    ranked = [candidate(where, 0, 4.0, "powers on"), candidate(where, 2, 2.0, "full"), candidate(where, 1, 2.0, "time")]
    assert said("How do I charge it?", *ranked) == ["It then powers on by itself."]


@pytest.mark.parametrize(
    ("below", "joined"), [("We face many rivals at sea.", True), ("We face" + " many" * 60, False)]
)
def test_a_heading_is_said_with_the_first_sentence_below_it(below: str, joined: bool) -> None:
    text = f"Intense competition\n{below} They are large."
    where = hit(text)
    heading = replace(where, passage=replace(where.passage, sentences=where.passage.sentences[1:]))
    found = replace(candidate(where, 0, 4.0, "competition"), hit=heading)
    assert said("What do we face?", found) == [
        text.removesuffix(" They are large.") if joined else "Intense competition"
    ]


def markdown(text: str) -> Hit:
    """A hit of all that a Markdown file holds, cut as the library cuts it."""
    document = read(text.encode(), "town.md", Limits())
    [passage] = passages(document, lambda texts: [len(t.split()) for t in texts])
    return replace(hit(text), passage=passage)


TOWN = "# Town\n\n## Port\n\nThe town has a port.\n\n## Ferry\n\nIt sails at nine.\n\n## Market ##\n\nIt opens at ten."


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("It sails at nine.", "Ferry\n\nIt sails at nine."),
        ("Ferry", "Ferry\n\nIt sails at nine."),
        ("Town", "Town"),  # the sentence below is that of another heading
        ("It opens at ten.", "It opens at ten."),
    ],
)
def test_the_marks_of_a_markdown_heading_are_not_said(found: str, expected: str) -> None:
    where = markdown(TOWN)
    start = TOWN.index(found)
    one = replace(candidate(where, 0, 4.0), start=start, end=start + len(found), text=found)
    assert said("When does it sail?", one) == [expected]


def test_a_heading_between_a_sentence_that_leans_and_the_one_before_is_said_instead_of_it() -> None:
    where = hit("The town has a port.\nFerry\nIt sails at nine.")
    places = where.passage.sentences
    where = replace(where, passage=replace(where.passage, sentences=(places[0], places[2])))
    assert said("When does it sail?", candidate(where, 1, 4.0, "nine")) == ["Ferry\nIt sails at nine."]


@pytest.mark.parametrize("last", ["It is recommended that you lift the cradle.", "● It has to be lifted up."])
def test_what_leans_on_nothing_is_said_without_the_sentence_before(last: str) -> None:
    where = hit(f"Keep the metal away. {last}")
    assert said("How do I charge it?", candidate(where, 1, 4.0, "lift")) == [last]


def test_what_a_thing_is_used_to_do_leans_on_what_names_the_thing() -> None:
    where = hit("The cradle is made of steel. It is used to lift the watch.")
    assert said("What is it for?", candidate(where, 1, 4.0, "lift")) == [where.passage.text]


LISTED = "1. Empty the tray. Rinse it.\n2. Pour in the fluid.\n3. Wait an hour."
STEPS = f"Descale it when the lamp is orange.\n\n{LISTED}\n\nKeep it dry."


def sentences_of(text: str) -> Hit:
    """The hit of a text, its sentences as they are read; a number begins a step."""
    places = tuple(m.span() for m in re.finditer(r"(?:\d\. )?\S[^.\n]*[.]?", text))
    where = hit(text)
    return replace(where, passage=replace(where.passage, sentences=places))


@pytest.mark.parametrize(
    ("question", "best", "quotes"),
    [
        ("How do I descale the machine?", 0, [STEPS[:35], LISTED]),
        ("What is the way how to descale it?", 3, [LISTED]),
        ("When should I descale the machine?", 0, [STEPS[:35]]),
        ("How do I keep it dry?", 5, ["Keep it dry."]),
    ],
)
def test_how_something_is_done_is_told_with_all_its_numbered_steps(question: str, best: int, quotes: list[str]) -> None:
    assert said(question, candidate(sentences_of(STEPS), best, 10, odds=1.0)) == quotes


def test_steps_end_before_a_paragraph_that_is_none_and_before_too_many_words() -> None:
    long = "1. Open it.\n2. " + "Turn it on and off again " * 30 + ".\n3. Close it."
    assert said("How do I reset it?", candidate(sentences_of(long), 0, 10)) == ["1. Open it."]
    alone = "1. Open the tap of the boat.\n\nNo step is this."
    assert said("How do I open it?", candidate(sentences_of(alone), 0, 10)) == ["1. Open the tap of the boat."]


def test_another_document_adds_only_where_it_holds_the_words_asked() -> None:
    one, other = hit("The bridge is very red."), hit("Nobody crosses it at night.", "b")
    first, second = candidate(one, 0, 10, "red"), candidate(other, 0, 9.5, "night")
    assert said("Is it red?", first, second) == ["The bridge is very red.", "Nobody crosses it at night."]
    assert said("Is it red?", first, replace(second, words=0.6)) == ["The bridge is very red."]


def test_a_question_that_is_a_heading_is_said_with_its_whole_answer() -> None:
    text = "Can I park there at night?\nYes. There are six places behind the house. Pay at the gate.\n\nNo."
    where = hit(text)
    where = replace(where, passage=replace(where.passage, sentences=where.passage.sentences[1:]))  # it is a heading
    asked = Candidate(where, 0, 26, text[:26], 0.5, 0.8, 0.8, True, 9.0, (0, 26), 1.0)
    assert said("Can I park there?", asked) == [text[: text.index(" Pay")]]


def test_a_row_of_a_table_is_said_without_the_next_one() -> None:
    text = "East quay\t40\t90 crowns.\nWest quay\t30\t80 crowns."
    where = hit(text)
    ranked = [candidate(where, 0, 10, "90"), candidate(where, 1, 8.5, "80")]
    assert said("What does the East quay cost?", *ranked) == ["East quay\t40\t90 crowns."]


def test_what_stands_between_two_sentences_parts_them() -> None:
    text = "The flat is let to Ada Lund alone.\n2. Rent\nThe rent of the flat is due each month."
    where = replace(hit(text), passage=replace(hit(text).passage, sentences=((0, 34), (43, len(text)))))
    ranked = [candidate(where, 0, 10, "Ada Lund"), candidate(where, 1, 8.5, "month")]
    assert said("Who rents the flat?", *ranked) == ["The flat is let to Ada Lund alone."]
