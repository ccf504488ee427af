"""What kind of document some bytes are, told by what they hold first and by the file's name second."""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO
from pathlib import PurePath
from unicodedata import category

from .charsets import MARKED, decode, guessed, utf16
from .errors import ReadError
from .nouns import Kind

FILES = (
    "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), CSV, HTML, EPUB, e-mail (.eml), "
    "pictures (PNG, JPEG, TIFF, …), plain text (.txt) and Markdown (.md)"
)
ACCEPTED = f"Footnote reads {FILES}"
ENDINGS: dict[str, Kind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "eml",
    ".mht": "eml",
    ".eml": "eml",
    ".epub": "epub",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"), "image"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".txt", ".text"), "text"),
}
SAMPLE = 65_536  # bytes that are looked at

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
# Files that a person may well try, by their first bytes, and what to do with them.
REFUSED = {
    b"\x1f\x8b": "a compressed file; unpack it, and add what is in it",
    b"Rar!": "a RAR archive; unpack it, and add what is in it",
    b"7z\xbc\xaf": "a 7z archive; unpack it, and add what is in it",
    b"{\\rtf": "a rich text document; save it as .docx",
    b"%!PS": "a PostScript file; save it as PDF",
    b"\x00\x00\x00\x1cftyphei": "a HEIC picture; save it as JPEG",
    b"\x00\x00\x00\x18ftyphei": "a HEIC picture; save it as JPEG",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # a compound file: Office up to 2003, and newer files with a password in them
OFFICE: dict[str, Kind] = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
MARKDOWN_LINE = re.compile(
    r"^(#{1,6} \S.*|```.*|\s*\|[ :|-]*-[ :|-]*\|\s*|.*\[[^\]\n]+\]\((https?:|[./#])[^)\n]*\).*)$", re.MULTILINE
)
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
MAIL_HEADER = re.compile(
    r"^(received|from|to|subject|date|message-id|mime-version|return-path|delivered-to):", re.IGNORECASE
)


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of the document in `data`.  Raises ReadError, saying what is accepted, for anything else."""
    if b"%PDF-" in data[:1024] and not data.startswith(b"PK\x03\x04"):
        return "pdf"
    ending = ENDINGS.get(PurePath(name).suffix.lower())
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(b"BM") and data[6:10] == bytes(4):  # reserved in the header of a bitmap, no text
        return "image"
    if data.startswith(OLD_OFFICE):
        raise _old_office(data)
    for start, what in REFUSED.items():
        if data.startswith(start):
            raise ReadError(f"it is {what}. {ACCEPTED}")
    if ending == "pdf":
        return "pdf"  # a damaged one: the reader says what is wrong with it, or recovers it
    text = _text_of(data[:SAMPLE], whole=len(data) <= SAMPLE)
    if text is None:
        raise ReadError(f"it does not hold text. {ACCEPTED}")
    return _kind_of_text(text, ending)


def _kind_of_text(text: str, ending: Kind | None) -> Kind:
    if ending in ("csv", "html", "eml", "markdown", "text"):
        return ending
    if HTML_START.match(text):
        return "html"
    if _looks_like_mail(text):
        return "eml"
    return "markdown" if _looks_like_markdown(text) else "text"


def _kind_of_archive(data: bytes) -> Kind:
    """What the parts of a ZIP archive make it; raises ReadError where they make it nothing that is read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            packed = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            mimetype = archive.read("mimetype").decode("ascii", "replace").strip() if packed else ""
    except Exception as error:
        raise ReadError("it is a damaged ZIP archive or office document; save or download it again") from error
    if mimetype == "application/epub+zip" or (
        "META-INF/container.xml" in names and any(n.endswith(".opf") for n in names)
    ):
        return "epub"
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        raise ReadError(f"it is an OpenDocument file; save it as .docx, .xlsx, .pptx or PDF. {ACCEPTED}")
    if "xl/workbook.bin" in names:
        raise ReadError("it is a binary Excel workbook (.xlsb); save it as .xlsx")
    if "[Content_Types].xml" in names:
        for folder, kind in OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return kind
    raise ReadError(f"it is a ZIP archive; unpack it, and add what is in it. {ACCEPTED}")


def _old_office(data: bytes) -> ReadError:
    # Names in a compound file are UTF-16; this is the one that Office gives to what it encrypts (MS-OFFCRYPTO 2.3.4).
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("it is an Office file protected by a password; save a copy without one, and add that")
    if "__properties_version1.0".encode("utf-16-le") in data:  # of a message (MS-OXMSG 2.4)
        return ReadError("it is an e-mail in Outlook's own format (.msg); save it as .eml, or in older Outlook as HTML")
    return ReadError(f"it is an old office document (.doc, .xls, .ppt); save it as .docx, .xlsx or .pptx. {ACCEPTED}")


def _looks_like_mail(text: str) -> bool:
    """True where the first lines are the headers of a message."""
    lines = text.lstrip("\n").split("\n", 12)[:12]
    return bool(MAIL_HEADER.match(lines[0])) and sum(bool(MAIL_HEADER.match(line)) for line in lines) >= 3


def _text_of(sample: bytes, *, whole: bool) -> str | None:
    """The sample as text in the encoding that it seems to be in; None where it is not text."""
    encoding = utf16(sample)
    if encoding:
        text = sample.decode(encoding, "replace")
        return text if encoding in MARKED else _printable(text)
    if sample.count(0):
        return None
    try:
        return _printable(codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole))
    except UnicodeDecodeError:
        return _printable(decode(sample, guessed(sample)))


UNPRINTED = "\t\n\r\f\v\xad\u2028\u2029\ufeff\u200b"  # of text all the same, beside spaces of every width


def _printable(text: str) -> str | None:
    """`text` if nearly all of it can be printed."""
    odd = sum(not (c.isprintable() or c in UNPRINTED or category(c) == "Zs") for c in text)
    # Damage, escapes, and what was read in an encoding that it isn't in: a few are forgiven.
    return text if 20 * odd <= len(text) else None


def _looks_like_markdown(text: str) -> bool:
    """True where several lines are headings, fences, tables or links as Markdown writes them."""
    return len(MARKDOWN_LINE.findall(text)) >= 2
