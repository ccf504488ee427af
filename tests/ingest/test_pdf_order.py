"""The order of reading, on pages drawn in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf_draft import Draft, Drawn, cuts
from ingest.pdf_order import arranged

from .drawing import Draw, changed, column, every, made, read, words

LEFT = "\n".join(f"the left column has line {n} of its prose" for n in "abcdefg")
RIGHT = "\n".join(f"the right column has line {n} of prose" for n in "abcdefg")


def first_words(*draws: Draw) -> list[str]:
    """The second word of every line, in the order of the text."""
    text = read(made(every(*draws))).pages[0].text
    return [line.split()[1] for line in text.split("\n")]


def test_columns_are_read_one_after_the_other_whichever_is_drawn_first() -> None:
    left, right = column(LEFT, 20, size=8), column(RIGHT, 220, size=8)
    expected = ["left"] * 7 + ["right"] * 7
    assert first_words(left, right) == expected
    assert first_words(right, left) == expected


def test_a_title_across_the_columns_comes_before_them() -> None:
    title = words("A title that runs across both of the two columns", 20, 285, 14)
    got = first_words(column(RIGHT, 220, size=8), column(LEFT, 20, size=8), title)
    assert got == ["title", *["left"] * 7, *["right"] * 7]


def test_what_comes_below_columns_comes_after_both() -> None:
    below = column(
        "\n".join(["a closing paragraph that runs across the page, below both of its columns"] * 4), 20, 150, 9
    )
    got = first_words(below, column(RIGHT, 220, size=8), column(LEFT, 20, size=8))
    assert got == ["left"] * 7 + ["right"] * 7 + ["closing"] * 4


def test_headers_and_footers_that_are_drawn_last_stand_at_the_edges() -> None:
    header, footer = words("The header", 20, 290, 8), words("Page 12", 180, 10, 8)
    got = first_words(footer, column(LEFT, 20, size=8), header)
    assert got == ["header", *["left"] * 7, "12"]


def test_the_order_of_drawing_is_kept_where_it_makes_sense() -> None:
    # Nothing says which of two captions beside each other comes first but the order that they are drawn in.
    assert first_words(words("a second", 220, 200), words("a first", 20, 150)) == ["second", "first"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_if_it_were_turned(turn: int) -> None:
    data = made(every(column(LEFT, 20, size=8), column(RIGHT, 220, size=8)))
    turned = changed(data, lambda writer: writer.pages[0].rotate(turn) and None)
    assert read(turned).pages[0].text == read(data).pages[0].text == f"{LEFT}\n{RIGHT}"


def test_words_that_are_drawn_twice_or_turned_are_all_there() -> None:
    def turned(canvas: object) -> None:
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]
        words("up the margin", 50, -15)(canvas)  # type: ignore[arg-type]
        canvas.restoreState()  # type: ignore[attr-defined]

    text = read(made(every(turned, column(LEFT, 40, size=8)))).pages[0].text
    assert sorted(text.split()) == sorted((LEFT + " up the margin").split())


LINES = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(0, 12),
        st.lists(st.sampled_from(["a", "12.5", "word", "-", "b c"]), min_size=1, max_size=4),
        st.sampled_from([3, 14]),
    ),
    max_size=25,
)


@given(LINES)
def test_no_word_is_lost_or_told_twice_wherever_the_lines_stand(lines: list[tuple[int, int, list[str], int]]) -> None:
    drafts = []
    for n, (column_, row, texts, gap) in enumerate(lines):
        placed: list[Drawn] = []
        text, x = "", 30.0 * column_
        for word in [f"{n}:", *texts]:
            text += " " if text else ""
            placed.append((len(text), len(text) + len(word), x, 12.0 * row, x + 5 * len(word), 12.0 * row + 9))
            text += word
            x += 5 * len(word) + gap
        drafts.append(Draft(text, placed, 10, cuts(text, placed, 10)))
    got = arranged(drafts)
    assert sorted(" ".join(line.text for line in got).split()) == sorted(" ".join(d.text for d in drafts).split())
    assert all(line.text[a:b].strip() == line.text[a:b] != "" for line in got for a, b, *_ in line.words)
    assert sum(len(line.words) for line in got) == sum(len(d.words) for d in drafts)
