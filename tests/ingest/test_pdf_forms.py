"""What was filled in stands where a person reads it."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf_draft import Draft, Rect
from ingest.pdf_forms import settled

WIDE = 5.0  # points a letter


def line(text: str, x: float = 0.0, y: float = 0.0) -> Draft:
    """A line of 10 points, all letters of one width; `x` and `y` are its top left corner."""
    words, at = [], 0
    for word in text.split(" "):
        words.append((at, at + len(word), x + WIDE * at, y, x + WIDE * (at + len(word)), y + 10))
        at += len(word) + 1
    return Draft(text, words, 10.0)


def box(x: float, y: float, width: float) -> Rect:
    """A field, one line high."""
    return x, y, x + width, y + 12


def texts(lines: list[Draft], *fields: Rect) -> list[str]:
    """The texts of the settled lines, whose words still stand under their own letters."""
    found = settled(lines, [(field, "") for field in fields], 400.0)
    assert all(draft.text[a:b].strip() == draft.text[a:b] != "" for draft in found for a, b, *_ in draft.words)
    return [draft.text for draft in found]


def test_without_fields_nothing_moves() -> None:
    assert texts([line("one two"), line("three", y=20)]) == ["one two", "three"]


def test_values_that_pdfium_puts_on_one_line_go_to_the_labels_they_stand_beside() -> None:
    both = line("Mira", 80, 0).followed_by(line("Oslo", 80, 20), " ")
    assert texts([line("Name:"), line("Town:", y=20), both], box(78, 0, 80), box(78, 20, 80)) == [
        "Name: Mira",
        "Town: Oslo",
    ]


def test_a_value_between_two_words_of_a_line_is_read_between_them() -> None:
    sentence = line("within").followed_by(line("days of notice", 60), " ")
    assert texts([sentence, line("30", 40)], box(38, 0, 16)) == ["within 30 days of notice"]


def test_a_value_before_its_words_is_read_before_them() -> None:
    assert texts([line("pets allowed", 20), line("X", 0)], box(-1, 0, 10)) == ["X pets allowed"]


def test_a_value_below_its_label_follows_it() -> None:
    column = [line("Name"), line("Town", 200), line("Signed here.", y=60)]
    assert texts([*column, line("Oslo", 200, 20)], box(198, 20, 60)) == ["Name", "Town", "Oslo", "Signed here."]


def test_the_lines_of_one_field_stay_together() -> None:
    page = [line("Remarks:"), line("The end.", y=80), line("The roof", 80, 0), line("leaks.", 80, 12)]
    assert texts(page, (78, 0, 200, 30)) == ["Remarks: The roof", "leaks.", "The end."]


def test_a_word_far_from_any_label_is_a_line_of_its_own() -> None:
    page = [
        line("A title across the whole of it", 0),
        line("Name:", y=40),
        line("The end.", y=80),
        line("Oslo", 300, 40),
    ]
    assert texts(page, box(298, 40, 60)) == ["A title across the whole of it", "Name:", "Oslo", "The end."]


def test_two_values_without_a_label_are_two_lines() -> None:
    both = line("Mira", 80).followed_by(line("Oslo", 120), " ")
    assert texts([line("The end.", y=80), both], box(78, 0, 30), box(118, 0, 30)) == ["Mira", "Oslo", "The end."]


def test_boxes_alone_are_no_text() -> None:
    assert settled([], [(box(0, 0, 10), "☐")], 400.0) == []


def test_a_tick_is_a_sign_before_what_it_is_for_whatever_the_font_draws() -> None:
    page = [line("Pets are allowed.", 20), line("Smoking is allowed.", 20, 20), line("4", 2, 0)]
    yes, no = box(0, 0, 10), box(0, 20, 10)
    found = settled(page, [(yes, "☑"), (no, "☐")], 400.0)
    assert [draft.text for draft in found] == ["☑ Pets are allowed.", "☐ Smoking is allowed."]
    assert found[1].words[0] == (0, 1, *no)


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 30)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 30), st.integers(5, 200)), max_size=6),
)
def test_no_word_is_lost_or_read_twice(places: list[tuple[int, int]], fields: list[tuple[int, int, int]]) -> None:
    lines = [line(f"a{n} b{n} c{n}", x, 12 * y) for n, (x, y) in enumerate(places)]
    found = settled(lines, [(box(x, 12 * y, width), "") for x, y, width in fields], 400.0)
    assert sorted(word for draft in found for word in draft.text.split()) == sorted(
        word for draft in lines for word in draft.text.split()
    )
    assert all(len(draft.text.split()) == len(draft.words) for draft in found)
