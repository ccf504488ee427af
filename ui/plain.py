"""Text shown as text where Streamlit would read Markdown: labels of buttons, progress bars and headings."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r":(?=[\w+-]+(?:/[\w]+)?:)")
# GitHub's extension looks for addresses in the text that is left after the escapes are read.
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=@)(?=[-\w])", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly that text, on one line.

    Every ASCII punctuation mark is escaped (CommonMark 2.4); what would be an emoji shortcode or a link even so
    gets an invisible word joiner within.
    """
    one_line = _ADDRESS.sub(_WORD_JOINER, " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", _SHORTCODE.sub(":" + _WORD_JOINER, one_line))
