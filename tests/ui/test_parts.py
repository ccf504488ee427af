"""Text is cut into pieces by Python's characters, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from ui.parts import pieces


def test_the_pieces_at_the_ranges_are_exact() -> None:
    assert pieces("a 😀bc d", [(3, 5)]) == [
        {"text": "a 😀", "exact": False},
        {"text": "bc", "exact": True},
        {"text": " d", "exact": False},
    ]


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6))
def test_nothing_of_the_text_is_lost(text: str, places: list[int]) -> None:
    cuts = sorted(min(p, len(text)) for p in places)
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    assert "".join(p["text"] for p in pieces(text, ranges)) == text
