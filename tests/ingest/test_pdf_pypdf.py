"""What pypdf reads beside PDFium."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from ingest import pdf_pypdf
from ingest.pdf_pypdf import page_texts, second_texts, user_units

from .drawing import changed, made, words

DATA = made(words("first words"), words("second"))


def doubled(writer: PdfWriter) -> None:
    writer.pages[1][NameObject("/UserUnit")] = FloatObject(2)


def test_user_units_are_told_page_by_page() -> None:
    assert user_units(changed(DATA, doubled), None) == {2: 2.0}


def test_a_user_unit_in_a_packed_object_is_found() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(changed(DATA, doubled))))
    file = io.BytesIO()
    writer.write(file)
    data = file.getvalue()
    import zlib

    packed = (
        b"1 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\n" + zlib.compress(b"<</UserUnit 2>>") + b"endstream"
    )
    assert pdf_pypdf._mentions_units(packed)
    assert not pdf_pypdf._mentions_units(
        packed.replace(zlib.compress(b"<</UserUnit 2>>"), zlib.compress(b"<</Rotate 0>>"))
    )
    assert pdf_pypdf._mentions_units(data)


def test_a_file_that_names_none_is_not_read_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pypdf, "open_reader", lambda *_: pytest.fail("the file was read"))
    assert user_units(DATA, None) == {}


def test_the_texts_of_chosen_pages_and_of_all() -> None:
    assert second_texts(DATA, None, [2]) == {2: "second"}
    assert list(page_texts(DATA, None)) == [(1, 2, "first words"), (2, 2, "second")]


def test_what_pypdf_cannot_open_has_no_text_and_no_error() -> None:
    assert list(page_texts(b"%PDF-1.4 nothing", None)) == []
    assert second_texts(b"%PDF-1.4 nothing", None, [1]) == {}
    assert user_units(b"%PDF-1.4 /UserUnit nothing", None) == {}


def test_the_name_of_a_ligature_is_read_as_its_letters() -> None:
    def named(writer: PdfWriter) -> None:
        names = ArrayObject([NumberObject(65), NameObject("/T_h"), NameObject("/f_t")])
        encoding = DictionaryObject({NameObject("/Differences"): names})
        (font,) = writer.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
        font.get_object()[NameObject("/Encoding")] = encoding

    data = changed(made(words("Ae loB is at 1/b_c.")), named)
    assert [text for *_, text in page_texts(data, None)] == ["The loft is at 1/b_c."]
