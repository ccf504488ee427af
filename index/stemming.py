"""Words of scripts that tell their language, cut to their stems by Snowball; English is FTS5's own matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

# Each script's letters, and the language that is taken for all that is written in it.  Persian and Urdu are told
# from Arabic by letters that Arabic lacks, and left as they are.
_SCRIPTS = (
    ("arabic", "\u0621-\u063a\u0641-\u064a"),
    ("hindi", "\u0901-\u0963\u0971-\u097f"),
    ("russian", "\u0400-\u04ff"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("tamil", "\u0b82-\u0bd7"),
    ("armenian", "\u0531-\u0587"),
)
_LANGUAGES = tuple(language for language, _ in _SCRIPTS)
# "and", "so", "with", "as" and "for" are written onto the article, and hide it from the stemmer.
_JOINED = re.compile("^(?:[\u0648\u0641\u0628\u0643]{1,2}\u0627\u0644|\u0648?\u0644\u0644)(?=.{3})")
_ARTICLE = "\u0627\u0644"
_WORD = re.compile("|".join(rf"(?<!\w)([{letters}]+)(?!\w)" for _, letters in _SCRIPTS))


def stemmed(text: str) -> str:
    """`text`, case folded, with every word of these scripts in the place of its stem."""
    return text if text.isascii() else _WORD.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    return _stem(_LANGUAGES[(found.lastindex or 1) - 1], found[0])


@lru_cache(maxsize=100_000)
def _stem(language: str, word: str) -> str:
    if language == "arabic":
        word = _JOINED.sub(_ARTICLE, word)
    return cast("str", _stemmer(language).stemWord(word)) or word


@lru_cache(maxsize=len(_SCRIPTS))
def _stemmer(language: str) -> Any:
    import snowballstemmer  # here, so that who never meets such a script does not load it

    return snowballstemmer.stemmer(language)
