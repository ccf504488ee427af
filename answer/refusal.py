"""What is said where the documents don't answer: that they don't, and what was looked for."""

from __future__ import annotations

import re

from index.words import STOPWORDS

from .expected import Expected, expected

NOT_HERE = "The answer is not in your documents."
_KINDS: dict[Expected, str] = {
    "number": "a number",
    "date": "a date",
    "person": "a name",
    "place": "a place",
    "": "a passage",
}
_MOST = 6


def refusal(question: str, documents: int) -> str:
    """The refusal of a question that stands alone, looked for in so many documents."""
    words = [w for w in re.findall(r"\w[\w’'.-]*\w|\w", question) if w.casefold() not in STOPWORDS]
    if not words:
        return NOT_HERE
    where = "1 document" if documents == 1 else f"{documents} documents"
    about = ", ".join(f"“{word}”" for word in dict.fromkeys(words[:_MOST]))
    return f"{NOT_HERE} Looked in {where} for {_KINDS[expected(question)]} about {about}."
