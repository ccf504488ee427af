"""What a conversation has spoken of is gathered: names with their short forms, noun phrases, where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from answer.mentions import mentions, names, noun_phrases
from answer.nouns import Turn


def texts(found: list[tuple[str, int, int]]) -> list[str]:
    return [text for text, _, _ in found]


def test_names_are_runs_of_capitalised_words_without_the_function_words_in_front() -> None:
    said = "Did the Bank of Marlow lend Ada Holm money in May 2019?"
    assert texts(names(said)) == ["Bank of Marlow", "Ada Holm"]


def test_a_name_ends_with_its_sentence_and_not_at_an_abbreviation() -> None:
    assert texts(names("I met Ada Holm. Bo Lind of St. Ives left.")) == ["Ada Holm", "Bo Lind of St. Ives"]


def test_a_month_or_a_day_of_the_week_is_no_name() -> None:
    assert names("Is it open in May, on a Monday, and on Mondays?") == []


def test_a_name_may_begin_with_an_abbreviation_of_several_letters() -> None:
    assert texts(names("She rowed at the U.K. Games and left.")) == ["U.K. Games"]


def test_a_quoted_title_is_a_name_and_a_quoted_word_is_none() -> None:
    assert "Rain on Tin" in texts(names('Is "Rain on Tin" a "good" song?'))
    assert "good" not in texts(names('Is "Rain on Tin" a "good" song?'))


def test_noun_phrases_leave_out_verbs_behind_auxiliaries_and_pronouns() -> None:
    assert texts(noun_phrases("When did the civil war end?")) == ["civil war"]
    assert texts(noun_phrases("Who signed the treaty?")) == ["treaty"]


def test_a_short_form_counts_as_the_full_name() -> None:
    history = [Turn("user", "Who is Ada Holm?"), Turn("assistant", "Holm built boats.[1]")]
    (ada,) = [m for m in mentions(history) if m.is_name]
    assert (ada.text, ada.turns, ada.asked, ada.answered, ada.is_person) == ("Ada Holm", [0, 1], 1, 1, True)


def test_names_joined_by_and_are_spoken_of_together_and_each() -> None:
    found = [m.text for m in mentions([Turn("assistant", "Later Ada Holm and Bo Lind sold boats.")])]
    assert found == ["Ada Holm and Bo Lind", "Ada Holm", "Bo Lind"]


def test_one_of_two_is_not_short_for_both() -> None:
    history = [Turn("user", "When did Lind leave?"), Turn("assistant", "Holm and Lind sold boats. Lind left in May.")]
    lind = next(m for m in mentions(history) if m.text == "Lind")
    assert (lind.turns, lind.asked, lind.answered) == ([0, 1, 1], 1, 2)


def test_where_a_name_is_a_place_and_what_a_name_owns_is_noted() -> None:
    history = [Turn("assistant", "Holm’s boat was built in Marlow and sold at Marlow.")]
    holm, marlow = mentions(history)
    assert (holm.owns, holm.placed, marlow.owns, marlow.placed) == (1, 0, 0, 2)


def test_what_acts_and_which_pronouns_follow_is_noted() -> None:
    history = [Turn("user", "What did he do in Marlow?"), Turn("assistant", "Holm left Marlow and sold his boat.")]
    marlow, holm = (next(m for m in mentions(history) if m.text == name) for name in ("Marlow", "Holm"))
    assert (holm.text, holm.acts, holm.begins, holm.followed, holm.beside) == ("Holm", 1, 1, {"he": 1}, set())
    assert (marlow.text, marlow.acts, marlow.asked_behind, marlow.beside) == ("Marlow", 0, 1, {"he"})


def test_a_name_in_small_letters_is_known_from_the_answer() -> None:
    history = [Turn("user", "what did holm build?"), Turn("assistant", "Holm built boats.")]
    (holm,) = [m for m in mentions(history) if m.text == "Holm"]
    assert (holm.turns, holm.asked) == ([0, 1], 1)


def test_a_row_of_a_table_and_the_command_of_a_step_give_no_names() -> None:
    history = [
        Turn("user", "What is in the box?"),
        Turn("assistant", "Weight | 9 kg\nPower\t900 W[1]\n1. Hold Rinse for five seconds.\n2. Red Kite was paid.[2]"),
    ]
    assert [m.text for m in mentions(history) if m.is_name] == ["Red Kite"]


def test_an_answer_to_how_i_do_something_begins_with_commands_and_not_with_names() -> None:
    said = "Hold Rinse for five seconds. Ask Ada Holm of Port Marlow. Bo Lind has the key, says Una Ferr."
    asked_how = [Turn("user", "How do I descale the machine?"), Turn("assistant", said)]
    assert [m.text for m in mentions(asked_how) if m.is_name] == ["Bo Lind", "Una Ferr"]
    asked_who = [Turn("user", "Who has the key?"), Turn("assistant", said)]
    assert {"Hold Rinse", "Ask Ada Holm of Port Marlow"} < {m.text for m in mentions(asked_who)}


@given(st.text(max_size=80))
def test_what_is_found_stands_where_it_says(text: str) -> None:
    assert all(text[start:end] == name for name, start, end in names(text))
    assert all(text[start:end].startswith(phrase) for phrase, start, end in noun_phrases(text))
