"""What kind of document some bytes are, told by what they hold first and by the file's name second."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from .errors import ReadError
from .nouns import Kind

ACCEPTED = "Footnote reads PDF, plain text (.txt) and Markdown (.md) files"
MARKDOWN_ENDINGS = {".md", ".markdown", ".mdown", ".mkd"}
SAMPLE = 65_536  # bytes that are looked at

# Files that a person may well try, by their first bytes.
KNOWN = {
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a rich text document",
    b"%!PS": "a PostScript file",
}
MARKDOWN_LINE = re.compile(
    r"^(#{1,6} \S.*|```.*|\s*\|[ :|-]*-[ :|-]*\|\s*|.*\[[^\]\n]+\]\((https?:|[./#])[^)\n]*\).*)$", re.MULTILINE
)


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of the document in `data`.  Raises ReadError, saying what is accepted, for anything else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    ending = PurePath(name).suffix.lower()
    for start, what in KNOWN.items():
        if data.startswith(start):
            raise ReadError(f"it is {what}; {ACCEPTED}")
    if ending == ".pdf":
        return "pdf"  # a damaged one: the reader says what is wrong with it, or recovers it
    text = _text_of(data[:SAMPLE], whole=len(data) <= SAMPLE)
    if text is None:
        raise ReadError(f"it does not hold text; {ACCEPTED}")
    if ending in MARKDOWN_ENDINGS:
        return "markdown"
    return "markdown" if ending != ".txt" and _looks_like_markdown(text) else "text"


def _text_of(sample: bytes, *, whole: bool) -> str | None:
    """The sample as text in the encoding that it seems to be in; None where it is not text."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return sample.decode("utf-16", "replace")
    if sample.count(0):
        # UTF-16 without a mark: every second byte of Latin text is zero.
        for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
            if 2 * zeros.count(0) > len(zeros) and sample.count(0) == zeros.count(0):
                return _printable(sample.decode(encoding, "replace"))
        return None
    try:
        return _printable(codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole))
    except UnicodeDecodeError:
        return _printable(sample.decode("latin-1"))


def _printable(text: str) -> str | None:
    """`text` if nearly all of it can be printed."""
    odd = sum(not (c.isprintable() or c in "\t\n\r\f\v\xa0\xad\u2028\u2029\ufeff\u200b") for c in text)
    # Eight-bit text in the Windows encodings has letters and quotes at 0x80 to 0x9F, so a few are forgiven.
    return text if 20 * odd <= len(text) else None


def _looks_like_markdown(text: str) -> bool:
    """True where several lines are headings, fences, tables or links as Markdown writes them."""
    return len(MARKDOWN_LINE.findall(text)) >= 2
