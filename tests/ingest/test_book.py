"""Books: chapters in their order, called as the table of contents calls them."""

import io
import zipfile

import pytest

from ingest import book
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


def with_contents(links: str, **chapters: str) -> bytes:
    """The book with these links in its table of contents."""
    with zipfile.ZipFile(io.BytesIO(files.book(**chapters))) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    parts["OEBPS/nav.xhtml"] = f"<html {space}><body>{links}</body></html>"
    return files.archive(parts)


TWO = (
    "<nav epub:type='toc'><a href='one.xhtml#c1'>Arrival</a><a href='one.xhtml#c2'>Storm</a></nav>"
    "<nav epub:type='page-list'><a href='one.xhtml#p7'>7</a></nav>"
)


@pytest.mark.parametrize(
    "body",
    [
        "<p id='c1'>I</p><p>Mara came.</p><p id='c2'>II</p><p>The lamp <i id='p7'>went</i> out.</p>",
        "<p><a id='c1'/>I</p><p>Mara came.</p><div id='c2'><p>II</p><p>The lamp <i id='p7'>went</i> out.</p></div>",
    ],
)
def test_chapters_that_share_a_file_are_pages_of_their_own(body: str) -> None:
    assert [(p.label, p.text) for p in read(with_contents(TWO, one=body), "b.epub", Limits()).pages] == [
        ('section "Arrival"', "I\n\nMara came."),
        ('section "Storm"', "II\n\nThe lamp went out."),
    ]


def test_a_place_below_a_heading_begins_with_it_and_what_stands_before_the_first_goes_on() -> None:
    one = "<p>Still dry.</p><h2>One</h2><p id='c1'>Mara came.</p><h2 id='c2'>Two</h2><table><tr><td>a<td>b</table>"
    document = read(with_contents(TWO, zero="<h1>Before</h1><p>Dry.</p>", one=one), "b.epub", Limits())
    assert [(p.label, p.text) for p in document.pages] == [
        ('section "Before"', "Before\n\nDry.\n\nStill dry."),
        ('section "One"', "One\n\nMara came."),
        ('section "Two"', "Two\n\na | b"),
    ]


def test_of_a_table_of_contents_as_long_as_an_index_only_the_files_count(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(book, "MOST", 1)
    data = with_contents(TWO, one="<p id='c1'>Mara came.</p><p id='c2'>The lamp went out.</p>")
    assert [p.label for p in read(data, "b.epub", Limits()).pages] == ['section "Arrival"']


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
