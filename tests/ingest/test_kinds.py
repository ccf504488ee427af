"""Kinds are told by content first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.kinds import kind_of


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
        ("words".encode("utf-16-le"), "a.txt", "text"),
        ("words".encode("utf-16-be"), "a.txt", "text"),
        ("ä".encode() * 40_000 + b"x", "a.txt", "text"),  # the sample ends within a character
    ],
)
def test_content_tells_the_kind_and_the_ending_decides_the_rest(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"PK\x03\x04rest", "a.docx", "office document"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "picture"),
        (bytes(range(256)), "a.txt", "does not hold text"),
        (b"\x00" * 100, "a.md", "does not hold text"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "program", "does not hold text"),
    ],
)
def test_anything_else_is_refused_saying_what_is_accepted(data: bytes, name: str, what: str) -> None:
    with pytest.raises(ReadError, match=rf"{what}.*PDF, plain text \(\.txt\) and Markdown"):
        kind_of(data, name)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_under_any_name_have_a_kind_or_a_reason(data: bytes, name: str) -> None:
    try:
        kind = kind_of(data, name)
    except ReadError as error:
        kind = "refused" if str(error) else ""  # type: ignore[assignment]
    assert kind in {"pdf", "text", "markdown", "refused"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="%")))
def test_printable_text_in_utf_8_is_always_text(text: str) -> None:
    assert kind_of(text.encode(), "a.txt") == "text"
