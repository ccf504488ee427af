"""A quote that stays a quote: it can't pass for a citation, nor reach beyond its own end."""

from __future__ import annotations

import re

MARKER = re.compile(r"\[(\d+)\]")
OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
OPENING |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}


def contained(quote: str) -> str:
    """`quote` as it may stand in an answer.

    What looks like a marker gets full-width brackets, so that every [n] of an answer is a citation's.
    Directions that the quote opens (UAX #9, embeddings, overrides and isolates) are closed at its end, so
    that none turns around what follows.
    """
    plain = MARKER.sub("\uff3b\\1\uff3d", quote)
    still_open: list[str] = []
    for character in plain:
        if character in OPENING:
            still_open.append(OPENING[character])
        elif character == "\u202c" and still_open[-1:] == [character]:  # within an isolate it closes nothing outside
            still_open.pop()
        elif character == "\u2069" and character in still_open:
            while still_open.pop() != character:
                pass
    return plain + "".join(reversed(still_open))
