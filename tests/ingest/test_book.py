"""Books: chapters in their order, called as the table of contents calls them."""

import io
import zipfile

import pytest

from ingest.errors import ReadError
from ingest.reader import read
from ingest.settings import Limits
from tests import files


def test_chapters_are_pages_named_by_their_heading_or_the_table_of_contents() -> None:
    data = files.book(one="<h1>Arrival</h1><p>Mara came by skiff.</p>", storm="<p>The lamp went out.</p>")
    document = read(data, "b.epub", Limits())
    assert (document.kind, document.title) == ("epub", "The Lantern Keeper")
    assert [(p.label, p.text) for p in document.pages] == [
        ('section "Arrival"', "Arrival\n\nMara came by skiff."),
        ('section "Storm"', "The lamp went out."),
    ]


def test_a_book_that_is_protected_against_copying_is_refused_and_one_with_locked_fonts_is_not() -> None:
    locked = '<encryption xmlns="x"><CipherReference URI="{}"/></encryption>'
    with zipfile.ZipFile(io.BytesIO(files.book(one="<p>Open.</p>"))) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    name = "META-INF/encryption.xml"
    assert read(files.archive({**parts, name: locked.format("OEBPS/font.ttf")}), "b.epub", Limits()).pages[0].text
    with pytest.raises(ReadError, match="DRM"):
        read(files.archive({**parts, name: locked.format("OEBPS/one.xhtml")}), "b.epub", Limits())


def test_a_book_without_its_list_of_chapters_is_refused_in_words() -> None:
    data = files.archive({"mimetype": "application/epub+zip", "META-INF/container.xml": files.CONTAINER})
    with pytest.raises(ReadError, match=r"damaged: its part 'OEBPS/book.opf'"):
        read(data, "b.epub", Limits())


def test_a_chapter_that_the_order_names_again_and_again_is_read_once() -> None:
    with zipfile.ZipFile(io.BytesIO(files.book(one="<p>Mara came by skiff.</p>"))) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace('<itemref idref="one"/>', '<itemref idref="one"/>' * 9)
    document = read(files.archive(parts), "b.epub", Limits())
    assert [page.text for page in document.pages] == ["Mara came by skiff."]


def test_entities_in_a_book_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]><package><metadata/><spine>&y;</spine></package>'
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": files.CONTAINER, "OEBPS/book.opf": bomb}
    assert read(files.archive(parts), "b.epub", Limits()).pages[0].text == ""


def test_pictures_in_chapters_are_recognised_under_their_chapter_and_nothing_outside_the_book_is_opened() -> None:
    body = (
        "<p>The lamp went out.</p><img src='../Images/tide%20table.png'/><img src='../../../etc/passwd'/>"
        "<svg><image xlink:href='https://example.org/a.png'/></svg>"
    )
    with zipfile.ZipFile(io.BytesIO(files.book(storm=body))) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    parts["Images/tide table.png"] = files.png(files.written("Tide table for Lindvik"))
    document = read(files.archive(parts), "b.epub", Limits())
    assert [(p.label, p.text, p.origin) for p in document.pages] == [
        ('section "Storm"', "The lamp went out.", "text"),
        ('picture 1, section "Storm"', "Tide table for Lindvik", "ocr"),
    ]
    assert document.headings[-1].text == "Storm"
    assert document.notes == (
        "1 picture is not read: damaged, too large, or of a kind that can't be drawn here.",
        "1 picture is not read: the file only says where in the network, or on a disk, to fetch it.",
    )
