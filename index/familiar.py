"""Whether an embedding model knows the language of a text, told by how it cuts it into tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Count = Callable[[Sequence[str]], list[int]]

LETTERS_A_TOKEN = (1.5, 12.0)  # in a language that the model knows: those of the Latin script have 2 to 6


def is_familiar(text: str, tokens: int) -> bool:
    """True where the model, which reads `text` as so many tokens, knows its language.

    A model cuts a language that it does not know into single letters, or can't cut it at all.
    """
    letters = sum(c.isalnum() for c in text)
    return LETTERS_A_TOKEN[0] <= letters / max(1, tokens) <= LETTERS_A_TOKEN[1]


def is_spelt_out(text: str, tokens: int) -> bool:
    """True where the model reads most letters of `text`, which are of another alphabet than English, one by one."""
    if text.isascii():
        return False
    letters = [c for c in text if c.isalnum()]
    foreign = sum(not c.isascii() for c in letters)
    return 2 * foreign > len(letters) and len(letters) < LETTERS_A_TOKEN[0] * tokens


def measured(texts: Sequence[str], count: Count, size: int, most: int) -> list[int]:
    """The tokens of each text, those of a language spelt out so much the cheaper that `most` of them cost `size`.

    To a model that reads letter by letter a passage of the usual size is a sentence or less, which is too little to be
    found by its words: there it may take the room of title and heading, which such a model makes nothing of.
    """
    counts = count(texts)
    return [-(-n * size // most) if is_spelt_out(text, n) else n for text, n in zip(texts, counts, strict=True)]
