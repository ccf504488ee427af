"""Follow-ups are made to stand alone, and what stands alone is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.conversation import Understood, standalone, understood
from answer.nouns import Turn

ACCORD = [
    Turn("user", "What is the Cybersecurity Tech Accord?"),
    Turn("assistant", "A coalition of more than 160 companies.[1]"),
]


def asked(*texts: str) -> str:
    """The last of `texts` standing alone; those before it are questions and answers in turn."""
    history = [Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(texts[:-1])]
    return standalone(texts[-1], history)


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What is the Cybersecurity Tech Accord?", "and who leads it?", "Who leads the Cybersecurity Tech Accord?"),
        ("Who is Deborah Brown?", "Where does she work?", "Where does Deborah Brown work?"),
        ("Who is Deborah Brown?", "What are her arguments?", "What are Deborah Brown’s arguments?"),
        ("Who is Deborah Brown?", "Who met her yesterday?", "Who met Deborah Brown yesterday?"),
        ("When was the treaty signed?", "Where was it signed?", "Where was the treaty signed?"),
        ("Who are the Marlow Brothers?", "When did they meet?", "When did the Marlow Brothers meet?"),
    ],
)
def test_a_pronoun_gets_its_name_back(before: str, question: str, alone: str) -> None:
    assert asked(before, "I found nothing.", question) == alone


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What was the profit of Dell in 2018?", "And in 2019?", "What was the profit of Dell in 2019?"),
        ("What was the profit of Dell in 2018?", "what about Lenovo?", "What was the profit of Lenovo in 2018?"),
        ("What were the sales in Q1?", "and Q3?", "What were the sales in Q3?"),
        ("What is on page 4?", "and page 5?", "What is on page 5?"),
        ("What does the lease say about pets?", "and subletting?", "What does the lease say about subletting?"),
        ("What was the profit in Germany?", "and in Spain?", "What was the profit in Spain?"),
        ("What was the profit?", "and in Spain?", "What was the profit in Spain?"),
    ],
)
def test_an_ellipsis_takes_the_question_before_along(before: str, question: str, alone: str) -> None:
    assert asked(before, "I found nothing.", question) == alone


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What was the revenue in Q3 2023?", "And what about Q2 2023?", "What was the revenue in Q2 2023?"),
        ("What was the revenue in Q3 2023?", "and the net income?", "What was the net income in Q3 2023?"),
        ("What was the fee in the first year?", "And in the second year?", "What was the fee in the second year?"),
        (
            "How long is the notice period after probation?",
            "And during probation?",
            "How long is the notice period during probation?",
        ),
        ("Are pets allowed in the flat?", "and dogs?", "Are dogs allowed in the flat?"),
        ("Are pets allowed in the flat?", "and in the garden?", "Are pets allowed in the garden?"),
        ("What must the tenants repair?", "And the landlord?", "What must the landlord repair?"),
        ("Is the bridge open in winter?", "and the tunnel?", "Is the tunnel open in winter?"),
        ("Is the Harbour Museum open on Mondays?", "and the Ferry House?", "Is the Ferry House open on Mondays?"),
        ("Who leads the camp?", "and the board?", "Who leads the board?"),
        ("What is the fee for adults?", "What about children?", "What is the fee for children?"),
        (
            "How long do they keep my parcel?",
            "And if it contains food?",
            "How long do they keep my parcel if it contains food?",
        ),
        ("Can I cancel the lease?", "And what if I have paid?", "Can I cancel the lease if I have paid?"),
        ("What is the penalty?", "and when I pay late?", "What is the penalty when I pay late?"),
    ],
)
def test_an_ellipsis_asks_for_what_is_new_in_the_place_of_its_like(before: str, question: str, alone: str) -> None:
    assert asked(before, "I found nothing.", question) == alone


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("Who is the chair?", "No, I meant the treasurer.", "Who is the treasurer?"),
        ("What was the profit of Dell in 2018?", "I mean Lenovo", "What was the profit of Lenovo in 2018?"),
        ("How much is the deposit?", "Sorry, I meant the rent", "How much is the rent?"),
        ("What was the profit in 2018?", "no, in 2019", "What was the profit in 2019?"),
    ],
)
def test_what_was_meant_instead_takes_the_place_of_what_was_said(before: str, question: str, alone: str) -> None:
    assert asked(before, "I found nothing.", question) == alone


@pytest.mark.parametrize(
    "sentence",
    [
        "So I can bring a dog to the office?",
        "And if the tenant dies, who pays the rent?",
        "I mean the one that was signed in October by Ada Holm",
        "So the ferry never sailed to Port Marlow again?",
    ],
)
def test_a_sentence_of_its_own_is_no_ellipsis(sentence: str) -> None:
    assert asked("Who pays for repairs?", "I found nothing.", sentence) == sentence


def test_it_is_a_thing_also_behind_the_name_of_a_person_with_a_title() -> None:
    said = "Flood is covered only if the optional Flood Extension has been bought.[1]"
    assert asked("Is flood covered?", said, "Has Mr Holm bought it?") == "Has Mr Holm bought Flood Extension?"


def test_it_is_what_was_asked_about_and_no_label_or_command_of_the_answer() -> None:
    assert asked("How heavy is the K-450?", "Weight | 9.4 kg[1]", "How loud is it?") == "How loud is the K-450?"
    said = "Hold Rinse for five seconds.[1]"
    assert asked("How do I clean the kettle?", said, "How loud is it?") == "How loud is the kettle?"


def test_what_takes_long_is_what_one_wanted_to_do() -> None:
    said = "Hold Rinse for five seconds.[1]"
    question = "How long does it take?"
    assert asked("How do I clean the kettle?", said, question) == "How long does it take to clean the kettle?"
    assert asked("What is the Ferry Race?", "A race.", question) == "How long does the Ferry Race take?"


def test_ellipses_can_follow_each_other() -> None:
    texts = ("What was the profit of Dell in 2018?", "Much.", "and in 2019?", "More.", "what about Lenovo?")
    assert asked(*texts) == "What was the profit of Lenovo in 2019?"


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What does the lease say about pets?", "why?", "Why: What does the lease say about pets?"),
        ("Did Russia propose the treaty?", "Why?", "Why did Russia propose the treaty?"),
        ("Did Russia propose the treaty?", "And when?", "When did Russia propose the treaty?"),
        ("Who pays for repairs?", "how much?", "How much: Who pays for repairs?"),
        ("Where did Russia sign the treaty?", "When?", "When did Russia sign the treaty?"),
        ("How many states signed the treaty?", "When?", "When: How many states signed the treaty?"),
        ("Where did Ada Holm drown?", "How did it happen?", "How did Ada Holm drown?"),
        ("Was Ada Holm dismissed?", "And why was that?", "Why was Ada Holm dismissed?"),
    ],
)
def test_a_bare_question_word_asks_it_of_the_question_before(before: str, question: str, alone: str) -> None:
    assert asked(before, "The tenant does.", question) == alone


@pytest.mark.parametrize("said", ["yes", "Yes please", "Tell me more", "more", "go on", "what else?", "elaborate"])
def test_yes_and_tell_me_more_want_more_on_the_question_before(said: str) -> None:
    history = [Turn("user", "Who signed the treaty?"), Turn("assistant", "Viet Nam signed.[1]")]
    assert understood(said, history) == Understood("Who signed the treaty?", "Who signed the treaty?", more=True)


@pytest.mark.parametrize(
    "doubt",
    [
        "Are you sure?",
        "are you really sure about that",
        "Is that right?",
        "Hm, is this true?",
        "Really?",
        "Says who?",
        "How do you know that?",
        "Where does it say that?",
        "Which page is that on?",
        "On what page does it say so?",
        "What document is that from?",
        "Where did you read that?",
        "What's your source?",
    ],
)
def test_who_doubts_an_answer_or_asks_for_its_place_gets_it_again(doubt: str) -> None:
    before = [Turn("user", "What is the Harbour Act?"), Turn("assistant", "A law of 1921.[1]")]
    history = [*before, Turn("user", "Who signed it?"), Turn("assistant", "Ada Holm signed the act.[1]")]
    meant = understood(doubt, history)
    assert meant == understood("Who signed it?", before)
    assert meant.alone == "Who signed the Harbour Act?"
    again = [*history, Turn("user", doubt), Turn("assistant", "Ada Holm signed the act.[1]")]
    assert understood("Are you certain?", again) == meant
    assert standalone("And when?", again) == standalone("And when?", history)


def test_a_doubt_of_what_more_was_said_asks_for_all_of_it() -> None:
    history = [
        Turn("user", "Who signed?"),
        Turn("assistant", "Ada Holm."),
        Turn("user", "more"),
        Turn("assistant", "Bo."),
    ]
    assert understood("Are you sure?", history) == Understood("Who signed?", "Who signed?")


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Where is it?", "Where is Ebb Gate?"),
        ("Is it safe?", "Is Ebb Gate safe?"),
        ("Where did it come from?", "Where did Ebb Gate come from?"),
    ],
)
def test_a_question_about_the_thing_itself_doubts_nothing(question: str, alone: str) -> None:
    assert asked("What is Ebb Gate?", "Ebb Gate was opened in 1937.", question) == alone


def test_a_doubt_with_nothing_said_before_stays_as_it_is() -> None:
    assert understood("Are you sure?", []) == Understood("Are you sure?", "Are you sure?")


def test_a_changed_subject_is_left_alone() -> None:
    question = "What are the opening hours of the museum?"
    assert asked("Who is Deborah Brown?", "She speaks for Human Rights Watch.", question) == question


def test_a_question_that_leans_on_nothing_stays_as_it_is() -> None:
    question = "Which countries were among the first to join the Budapest Convention?"
    assert standalone(question, ACCORD) == question


def test_a_pronoun_whose_name_stands_in_the_question_stays() -> None:
    question = "Did Ada Holm sell her house?"
    assert asked("Who is Deborah Brown?", "She speaks for Human Rights Watch.", question) == question


def test_an_it_that_stands_for_nothing_stays() -> None:
    question = "Is it possible to end the lease early?"
    assert asked("What is the Harbour Act?", "A law.", question) == question


def test_a_subject_that_changed_in_between_is_the_one_that_is_meant() -> None:
    texts = ("Who is Deborah Brown?", "A lawyer.", "What is the Cybersecurity Tech Accord?", "A coalition.")
    assert asked(*texts, "Who leads it?") == "Who leads the Cybersecurity Tech Accord?"


def test_thanks_in_between_change_nothing() -> None:
    texts = ("When was the treaty signed?", "In October.", "thanks", "You're welcome. Ask on whenever you like.")
    assert asked(*texts, "Where was it signed?") == "Where was the treaty signed?"


def test_a_question_that_says_too_little_gets_its_topic() -> None:
    alone = understood("any deadlines?", [Turn("user", "What is the Harbour Act?"), Turn("assistant", "A law.")]).alone
    assert alone == "The Harbour Act: any deadlines?"


def test_what_happened_happened_to_the_topic() -> None:
    texts = ("Who is Deborah Brown?", "Brown worked for Human Rights Watch.")
    assert asked(*texts, "What happened in 2019?") == "What happened to Deborah Brown in 2019?"


def test_a_short_question_on_something_new_is_left_alone() -> None:
    assert (
        asked("Who is Deborah Brown?", "Brown worked for Human Rights Watch.", "What is phishing?")
        == "What is phishing?"
    )


def test_any_other_leaves_out_what_was_just_said_but_is_searched_without_it() -> None:
    history = [
        Turn("user", "Which prizes did Ada Holm win?"),
        Turn("assistant", "Holm won the Harbour Prize in 1921.[1]"),
    ]
    meant = understood("Did she win any other prizes?", history)
    assert meant.alone == "Did Ada Holm win any other prizes besides the Harbour Prize?"
    assert meant.sought == "Did Ada Holm win any other prizes?"


def test_a_place_that_is_asked_about_is_not_who_is_meant() -> None:
    texts = ("What did he do in Port Marlow?", "Holm built boats there and said that he liked the sea.")
    assert asked(*texts, "When did he leave?") == "When did Holm leave?"


def test_beside_a_follow_up_the_question_before_is_searched_and_no_answer() -> None:
    history = [Turn("user", "How do I get a passport?"), Turn("assistant", "Fill in form DS-11.")]
    meant = understood("Any special rules for children?", history)
    assert meant.alone == "Any special rules for children?"
    assert meant.beside == "How do I get a passport? Any special rules for children?"


def test_nothing_is_searched_beside_a_first_question() -> None:
    assert understood("Who leads it?", []) == Understood("Who leads it?", "Who leads it?")


def test_the_first_question_stays_as_it_is() -> None:
    assert standalone("Who leads it?", []) == "Who leads it?"


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    history = [
        Turn("user", "Who is Deborah Brown?"),
        Turn("assistant", "She speaks for Human Rights Watch."),
        Turn("user", "Where does she work?"),
        Turn("assistant", "At Human Rights Watch."),
    ]
    assert standalone("What did she say?", history) == "What did Deborah Brown say?"


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=4))
def test_any_strings_are_a_legal_conversation(question: str, said: list[str]) -> None:
    history = [Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(said)]
    assert isinstance(standalone(question, history), str)


def test_it_is_no_person_whose_title_or_office_is_told() -> None:
    said = [Turn("user", "What did Holm call the act?"), Turn("assistant", "Mayor Ada Holm called the act fair.")]
    assert understood("When was it signed?", said).alone == "When was the act signed?"
    said = [Turn("user", "Who stayed away?"), Turn("assistant", "Jon Vane is the director of the Harbour Trust.")]
    assert understood("Who leads it?", said).alone == "Who leads the Harbour Trust?"


@pytest.mark.parametrize(
    ("question", "answer", "asked", "alone"),
    [
        ("What is Ebb Gate?", "Ebb Gate was opened in 1937.", "How long is it?", "How long is Ebb Gate?"),
        (
            "Who signed first?",
            "Viet Nam signed the convention first.",
            "When did it ratify?",
            "When did Viet Nam ratify?",
        ),
        ("Who made it?", "Red Kite was founded in Leeds.", "Where is it based?", "Where is Red Kite based?"),
    ],
)
def test_it_is_what_the_answer_is_about_in_two_words_too(question: str, answer: str, asked: str, alone: str) -> None:
    assert understood(asked, [Turn("user", question), Turn("assistant", answer)]).alone == alone
