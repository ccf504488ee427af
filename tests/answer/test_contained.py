"""What is quoted can't forge a citation, nor turn what follows it around."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from answer.contained import contained

TURNING = st.text(st.sampled_from("ab[1] 7]\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@given(TURNING)
def test_no_marker_and_no_open_direction_is_left(quote: str) -> None:
    said = contained(quote)
    assert not re.search(r"\[\d+\]", said)
    assert said[: len(quote)] == re.sub(r"\[(\d+)\]", "\uff3b\\1\uff3d", quote)
    assert open_at_the_end(said) == 0
    if not re.search(r"\[\d+\]", quote) and not open_at_the_end(quote):
        assert said == quote


def open_at_the_end(text: str) -> int:
    """How many embeddings, overrides and isolates are open after `text` (UAX #9, BD9 and X1 to X7)."""
    stack: list[str] = []
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"):
            stack.append("isolate" if kind.endswith("I") else "embedding")
        elif kind == "PDF" and stack and stack[-1] == "embedding":
            stack.pop()
        elif kind == "PDI" and "isolate" in stack:
            while stack.pop() != "isolate":
                pass
    return len(stack)


def test_a_quoted_marker_gets_other_brackets_of_the_same_length() -> None:
    assert contained("as [1] and [23] say [a]") == "as \uff3b1\uff3d and \uff3b23\uff3d say [a]"


def test_what_a_quote_opens_is_closed() -> None:
    assert contained("\u202eevil") == "\u202eevil\u202c"
    assert contained("\u2067a\u202bb\u2069c") == "\u2067a\u202bb\u2069c"
