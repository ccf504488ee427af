"""The lines of a PDF's pages put together into text: hyphens at line ends resolved, every word in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from .nouns import Line
from .packed import NUMBERS, cut, numbers_of
from .pdf_draft import Draft

HYPHENS = "-\u2010\u00ad"
BROKEN = re.compile(rf"([^\W_]+)[{HYPHENS}]$")  # a word that a hyphen ends
COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
BEGINS = re.compile(r"([^\W_]+)\S*")
# After these a hyphen at the line's end stands for a part left out: "pre- and post-war", "Haupt- und Nebensatz".
LEFT_OUT = frozenset("and or to und oder bzw bis et ou y o e of en".split())
ALIKE = 1.2  # between the type sizes of two lines that share a word


class Vocabulary:
    """The `words_of` a document, to tell a typesetter's hyphen from a word's own."""

    def __init__(self, words: set[str]) -> None:
        self.words = words

    def joined(self, first: str, rest: str) -> str:
        """How `first-` goes on in `rest`: without the hyphen, with it, or not at all ("")."""
        compound = f"{first}-{rest}"
        known = compound.casefold() in self.words
        if rest[0].islower() and first.isalpha():
            if rest in LEFT_OUT:
                return ""
            return compound if known and (first + rest).casefold() not in self.words else first + rest
        alike = (first[0].isupper() and rest[0].isupper()) or (first.isdigit() and rest.isdigit())
        return compound if known or alike else ""


def words_of(pages: Iterable[Sequence[Draft]]) -> set[str]:
    """The words of some pages in lower case, compounds whole, but for those that a line's end cuts."""
    each: set[str] = set()  # what stands between spaces: much of it again and again
    for lines in pages:
        whole = (BROKEN.sub("", line.text) if line.text[-1] in HYPHENS else line.text for line in lines)
        each.update("\n".join(whole).casefold().split())
    return set(COMPOUND.findall("\n".join(each)))


def hyphenated(lines: Sequence[Draft]) -> bool:
    """True where a line ends in a hyphen, so that a vocabulary is of use."""
    return any(line.text[-1] in HYPHENS for line in lines)


def assembled(lines: Sequence[Draft], vocabulary: Vocabulary | None) -> tuple[str, tuple[Line, ...]]:
    """The text of a page whose lines are in the order of reading, and its lines with their places.

    The lines are joined by line feeds.  A word that was hyphenated across two of them stands whole at
    the end of the first.
    """
    parts: list[str] = []
    whole: list[tuple[Draft, Draft, int]] = []  # what a line became, what it was, and where it begins
    offset = 0
    rest: Draft | None = None  # what the line before left of this one
    for n, line in enumerate(lines):
        draft = line if rest is None else rest
        rest = None
        if not draft.text:
            continue
        if (
            vocabulary
            and draft.text[-1] in HYPHENS
            and not line.table
            and n + 1 < len(lines)
            and (match := BROKEN.search(draft.text))
        ):
            draft, rest = _with_the_rest(draft, match, lines[n + 1], vocabulary)
        whole.append((draft, line, offset))
        parts.append(draft.text)
        offset += len(draft.text) + 1
    return "\n".join(parts), _lines(whole)


def _lines(whole: Sequence[tuple[Draft, Draft, int]]) -> tuple[Line, ...]:
    """The lines with their places, all their words packed in one go."""
    counts = [len(draft.words) for draft, _, _ in whole]
    table = np.frombuffer(bytearray(numbers_of([draft for draft, _, _ in whole])), "<i4").reshape(-1, NUMBERS)
    table[:, :2] += np.array([start for _, _, start in whole], np.int32).repeat(counts)[:, None]
    words = cut(table.tobytes(), counts)
    return tuple(
        [
            Line(start, start + len(draft.text), next(words), draft.size, line.table, line.header)
            for draft, line, start in whole
        ]
    )


def _with_the_rest(
    draft: Draft, match: re.Match[str], after: Draft, vocabulary: Vocabulary
) -> tuple[Draft, Draft | None]:
    """The line with all of its last word, and what is left of the line after it; None: all of it."""
    begins = BEGINS.match(after.text)
    if not begins or not draft.size < ALIKE * after.size or not after.size < ALIKE * draft.size:
        return draft, None
    joined = vocabulary.joined(match[1], begins[1])
    if not joined:
        return draft, None
    cut = begins.end()
    head = draft.text[: match.start()] + joined[: -len(begins[1])]
    words = [(a, min(b, len(head)), *rect) for a, b, *rect in draft.words]
    words += [(a + len(head), b + len(head), *rect) for a, b, *rect in after.words if b <= cut]
    whole = Draft(head + begins[0], words, draft.size)  # type: ignore[arg-type]
    return whole, after.part(min(cut + 1, len(after.text)), len(after.text))
