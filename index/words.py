"""Text and questions for the word index (FTS5).

Both go through `form`, so that they meet: NFKC and case folded, Arabic and Hebrew points and the signs of
symbol fonts dropped, runs of scripts without spaces cut to overlapping pairs of characters, and
"cyber-crime" kept as two words and as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from .stemming import beginning, stemmed
from .stopwords import language_of, stopwords_of

# Scripts written without spaces between words; Hangul joins particles to its words, so pairs serve it too.
# Each character is followed by its marks, which Thai, Lao, Khmer and Myanmar write as characters of their own.
_SPACELESS = (
    "\u0e01-\u0e3a\u0e40-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ebd-\u0ec6\u1000-\u102a\u103f-\u1055\u1780-\u17b3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003fffd"
)
_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a"
)
_RUN = re.compile(f"[{_SPACELESS}][{_SPACELESS}{_MARKS}]*")
_CHARACTER = re.compile(f"[{_SPACELESS}][{_MARKS}]*")
_POINTS = re.compile("[\u0591-\u05c7\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Characters that only a font knows, such as the bullets of symbol fonts; FTS5 would take them for letters.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_HYPHENED = re.compile(r"(?<![^\W_])([^\W\d_]+)[-‐‑]([^\W\d_]{2,})(?![-‐‑\w])")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_UNGROUPED = re.compile(r"\d{5,15}|(?!19|20)\d{4}")
_TERM = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)?")
_FINANCIAL_YEAR = re.compile(r"[fc]y((?:19|20)?\d\d)")
_MOST_TERMS = 96


def form(text: str, *, tails: bool = True) -> str:
    """`text` as the word index reads it; every word that a question can hold is a word here.

    With `tails` the last character of a run of pairs is also a word, so that a single character asked for
    is the beginning of some word wherever it stands.
    """
    plain = _plain(text)
    if not plain.isascii():
        plain = _PRIVATE.sub(" ", plain)
        plain = stemmed(_RUN.sub(lambda run: f" {' '.join(_pairs(run[0], tails))} ", plain))
    return _HYPHENED.sub(r"\1 \2 \1\2", plain)


def _plain(text: str) -> str:
    """`text` in one way of writing: NFKC, case folded, without points."""
    plain = unicodedata.normalize("NFKC", text.replace("\0", " ")).casefold()
    return _POINTS.sub("", plain.encode("utf-8", "replace").decode("utf-8"))


def _pairs(run: str, tails: bool) -> list[str]:
    """Overlapping pairs of the characters of a run; a single character stays one."""
    characters = _CHARACTER.findall(run)
    if len(characters) < 2:
        return [run]
    return [a + b for a, b in pairwise(characters)] + characters[-1:] * tails


def terms(question: str) -> list[str]:
    """The words to look for, each once, in order; stopwords only where there is nothing else."""
    folded = _folded_words(form(question, tails=False))
    found = list(dict.fromkeys(way for word in folded for way in (word, *_other_grouping(word), *_year(word))))
    common = {form(word) for word in stopwords_of(_folded_words(_plain(question)))}
    telling = [t for t in found if t not in common]
    return (telling or found)[:_MOST_TERMS]


def _other_grouping(number: str) -> list[str]:
    """A number without its thousands separators, or with them."""
    if _GROUPED.fullmatch(number):
        return [re.sub(r"\D", "", number)]
    return [f"{int(number):,}"] if _UNGROUPED.fullmatch(number) else []


def _year(word: str) -> list[str]:
    """The year of "fy2018", or "fy18"."""
    found = _FINANCIAL_YEAR.fullmatch(word)
    return [found[1] if len(found[1]) == 4 else f"20{found[1]}"] if found else []


def _folded_words(formed: str) -> list[str]:
    """Words of a formed text: marks belong to the word that they stand in."""
    if formed.isascii():
        return [_bare(t) for t in _TERM.findall(formed)]
    spaced = "".join(c if c.isalnum() or c in ".,'’" or unicodedata.category(c)[0] == "M" else " " for c in formed)
    return [w for w in (_bare(part.strip(".,'’")) for part in spaced.split()) if w]


def _bare(term: str) -> str:
    """A word without its English possessive."""
    return re.sub(r"['’]s$", "", term)


def beginnings(question: str) -> dict[str, str]:
    """How the forms of a word begin, for each of the question's `terms` that is of a language with many."""
    language = language_of(_folded_words(_plain(question)))
    found = {word: beginning(language, word) for word in terms(question)}
    return {word: begin for word, begin in found.items() if begin}


def query(question: str) -> str:
    """The FTS5 expression that finds any of the question's words; empty where it has none."""
    return any_of(terms(question))


def any_of(words: Sequence[str]) -> str:
    """The FTS5 expression that finds any of these words, as `terms` gives them."""
    return " OR ".join(map(_quoted, words))


def labelled(word: str) -> str:
    """The FTS5 expression that finds a word in a document's title or file name."""
    return f"label : {_quoted(word)}"


def near(first: str, second: str) -> str:
    """The FTS5 expression that finds two words with at most two others between, in either order."""
    return f"NEAR({_quoted(first)} {_quoted(second)}, 2)"


def _quoted(term: str) -> str:
    # One character of a spaceless script begins a pair, or is a tail.
    star = "*" if _CHARACTER.fullmatch(term) or term.endswith("*") else ""
    return '"' + term.replace('"', '""') + '"' + star
