"""Bytes become the text that was written, whatever they are called."""

import pytest

from ingest.charsets import codec_of, decode, text_of

PRICE = "It’s €500 – “fixed”."


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii", "windows-1252", "", "no-such"])
def test_what_is_called_latin_1_or_nothing_is_windows_western_text(label: str) -> None:
    assert text_of(PRICE.encode("cp1252"), label) == PRICE


def test_bytes_without_a_character_in_windows_western_text_are_control_characters() -> None:
    assert decode(b"a\x81b\x9d\x80", "cp1252") == "a\x81b\x9d€"


@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1", "koi8-r", ""])
def test_utf_8_is_trusted_above_what_it_is_called(label: str) -> None:
    assert text_of("Hyran är 9 000 kr".encode(), label) == "Hyran är 9 000 kr"


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("windows-1251", "cp1251", "Цена"),
        ("gb2312", "gb18030", "价格是五百元€"),
        ("Shift_JIS", "cp932", "価格は①です"),
        ("iso-2022-jp", "iso2022_jp", "価格は五百円"),
        ("ks_c_5601-1987", "cp949", "가격은 오백 원"),
        ("iso-8859-8-i", "iso8859_8", "חוזה שכירות"),
        ("windows-874", "cp874", "สัญญาเช่า"),
    ],
)
def test_other_labels_are_read_as_the_web_reads_them(label: str, codec: str, text: str) -> None:
    assert text_of(text.encode(codec), label) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_shows_in_the_bytes(encoding: str) -> None:
    assert text_of("Café 5".encode(encoding), "us-ascii").removeprefix("\ufeff") == "Café 5"


@pytest.mark.parametrize("label", ["", "no-such", "a\0b", "ä", "zlib", "undefined", "idna", "aliases"])
def test_a_label_that_names_no_encoding_of_text_is_none(label: str) -> None:
    assert codec_of(label) == ""
    assert text_of(b"caf\xe9 \\q", label) == "café \\q"
