"""Kinds are told by content first."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.kinds import ENDINGS, kind_of
from tests import files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "a.txt", "pdf"),
        (b"junk before it\n%PDF-1.4", "a", "pdf"),
        (b"\x00\x01damaged", "a.pdf", "pdf"),
        (b"plain words", "a.txt", "text"),
        (b"plain words", "README", "text"),
        (b"plain words", "a.MD", "markdown"),
        (b"# Title\n\nSome [words](https://example.org) here\n", "notes", "markdown"),
        (b"# no\n# markdown\n", "a.txt", "text"),
        ("Größe: 5 µm".encode(), "a.txt", "text"),
        ("Größe: 5 µm".encode("latin-1"), "a.txt", "text"),
        ("“Quoted”".encode("cp1252") + b" and some more words to go with the two quotes", "a.txt", "text"),
        ("世界の国々".encode("utf-16"), "a.txt", "text"),
        ("The lease".encode("utf-32"), "a.txt", "text"),
        ("契約書はここにあります。".encode("shift_jis"), "a.txt", "text"),
        ("<p>価格は五百円です。".encode("shift_jis") * 3, "a.html", "html"),
        ("契約は三年間有効です。".encode("shift_jis") * 9_000, "a.txt", "text"),  # the sample ends within a character
        ("Договор аренды".encode("cp866"), "a.csv", "csv"),
        ("words".encode("utf-16-le"), "a.txt", "text"),
        ("words".encode("utf-16-be"), "a.txt", "text"),
        ("ä".encode() * 40_000 + b"x", "a.txt", "text"),  # the sample ends within a character
        (files.word(), "a.zip", "docx"),
        (files.slides(), "a", "pptx"),
        (files.workbook({"One": [["a"]]}), "a.docx", "xlsx"),
        (files.book(one="<p>x</p>"), "a.zip", "epub"),
        (files.archive({"META-INF/container.xml": files.CONTAINER, "OEBPS/book.opf": ""}), "a", "epub"),
        (files.png(files.written("x")), "a.txt", "image"),
        (files.png(files.written("x"), "JPEG"), "a", "image"),
        (files.png(files.written("x"), "BMP"), "a.txt", "image"),
        (b"BM is what bitmaps begin with", "a", "text"),
        (b"<!-- a -->\n" * 5_000 + b"# Title", "a", "text"),  # took exponential time
        (b"<!-- saved --><!DOCTYPE HTML><p>x", "page", "html"),
        (b"<p>no start", "page.htm", "html"),
        (b"<!doctype html><p>shown as it is written", "a.txt", "text"),
        (b"a;b\n1;2\n", "a.csv", "csv"),
        (b"a;b\n1;2\n", "a", "text"),
        (b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nHello", "letter", "eml"),
        (b"Subject: a note to myself\n\nBuy pears.", "note", "text"),
    ],
)
def test_content_tells_the_kind_and_the_ending_decides_the_rest(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (bytes(range(256)), "a.txt", "does not hold text"),
        (bytes(range(1, 256)) * 9, "a.html", "does not hold text"),
        (b"\x00" * 100, "a.md", "does not hold text"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "program", "does not hold text"),
        (files.archive({"a.txt": "x"}), "a.zip", "a ZIP archive; unpack it"),
        (files.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "save it as .docx"),
        (OLE + b"\0" * 100, "a.doc", "save it as .docx"),
        (b"{\\rtf1 x}", "a.rtf", "save it as .docx"),
        (b"\x1f\x8b\x08", "a.gz", "unpack it"),
    ],
)
def test_anything_else_is_refused_saying_what_is_accepted(data: bytes, name: str, what: str) -> None:
    with pytest.raises(ReadError, match=rf"{what}.*PDF, Word \(\.docx\).*Markdown"):
        kind_of(data, name)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), "protected by a password; save a copy without"),
        (OLE + b"\0" * 100 + "__properties_version1.0".encode("utf-16-le"), r"\(\.msg\); save it as \.eml"),
        (files.archive({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "save it as .xlsx"),
    ],
)
def test_what_can_be_mended_is_refused_with_the_way_to_mend_it(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        kind_of(data, "a")


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_under_any_name_have_a_kind_or_a_reason(data: bytes, name: str) -> None:
    try:
        found = kind_of(data, name)
    except ReadError as error:
        found = "refused" if str(error) else ""  # type: ignore[assignment]
    assert found in {*ENDINGS.values(), "refused"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="%")))
@example("\u1680")  # a space of the Ogham script was taken for no text
def test_printable_text_in_utf_8_is_always_text(text: str) -> None:
    assert kind_of(text.encode(), "a.txt") == "text"
