"""HTML: its text in blocks, nothing of its code."""

import base64

import pytest

from ingest.blocks import Block
from ingest.errors import ReadError
from ingest.headings import heading_paths
from ingest.reader import read
from ingest.settings import Limits
from ingest.web import blocks_of, inline, parsed, pictures_of
from tests import files

LIMITS = Limits()


def blocks(html: str) -> list[Block]:
    return list(blocks_of(parsed(html.encode())))


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Fire <b>slowly</b>,\n  twice.</p>tail", ["Fire slowly, twice.", "tail"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<ul><li>one</li><li><p>two</p><p>more</p></li></ul>", ["• one", "• two", "more"]),
        ("<pre>a\n  b</pre>", ["a\n  b"]),
        ("<p>a<script>b</script>c<style>d</style></p><nav>e</nav>", ["ac"]),
        ("<p hidden>a</p><p style='display: none'>b</p><p>c</p>", ["c"]),
        ("<p>&lt;b&gt; &amp; &eacute;</p>", ["<b> & é"]),
        ("<dl><dt>Clay</dt><dd>Soft</dd></dl>", ["Clay", "Soft"]),
    ],
)
def test_what_a_person_reads_is_kept_in_order(html: str, texts: list[str]) -> None:
    assert [b.text for b in blocks(html)] == texts


def test_headings_have_levels() -> None:
    assert blocks("<h1>Guide</h1><h3>Heat</h3>") == [Block("Guide", 1), Block("Heat", 3)]


def test_a_table_of_data_names_its_columns() -> None:
    html = "<table><tr><th>Clay<th>Degrees</tr><tr><td>Stoneware<td>1,240</tr></table>"
    assert [b.text for b in blocks(html)] == ["Clay | Degrees", "Clay: Stoneware; Degrees: 1,240"]


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<ol><li>Open<li>Wait<ol type=a><li>one<li>two</ol><li>Close</ol>", "1. Open|2. Wait|a. one|b. two|3. Close"),
        ("<ol start=4 type=i><li>x<li value=9>y<li>z</ol>", "iv. x|ix. y|x. z"),
        ("<ol reversed type=I><li>x<li>y</ol><ol reversed start=9><li>z</ol>", "II. x|I. y|9. z"),
        ("<ol start=26 type=A><li>x<li>y<li type=1>z</ol>", "Z. x|AA. y|28. z"),
        ("<ol start=-1 type=a><li>x</ol><ol start=4000 type=i><li>y</ol><ol start=x><li>z</ol>", "-1. x|4000. y|1. z"),
        ("<ol style='list-style-type: none'><li>(a) x</ol><menu><li>y</menu>", "• (a) x|• y"),
        ("<ol style='list-style:upper-roman inside'><li>x<li>y</ol>", "I. x|II. y"),
        ("<ol style='list-style-type: lower-latin'><li>x<li>y</ol>", "a. x|b. y"),
        ("<ol><li hidden>x<li>y<li><li><p>z</p><p>more</p></ol>", "1. y|3. z|more"),
        ("<table><tr><td><ol><li>x<li>y</ol><td>z</table>", "1. x 2. y | z"),
    ],
)
def test_items_of_ordered_lists_keep_their_numbers(html: str, items: str) -> None:
    assert "|".join(texts(html)).replace(" | ", "‖") == items.replace(" | ", "‖")


def texts(html: str) -> list[str]:
    return [b.text for b in blocks(html)]


def test_a_cell_that_runs_over_several_rows_stands_in_each_of_them() -> None:
    head = "<table><tr><th>Region<th>Quarter<th>Sales"
    assert texts(f"{head}<tr><td rowspan=2>North<td>Q1<td>100<tr><td>Q2<td>110<tr><td>South<td>Q1<td>50</table>")[
        1:
    ] == [
        "Region: North; Quarter: Q1; Sales: 100",
        "Region: North; Quarter: Q2; Sales: 110",
        "Region: South; Quarter: Q1; Sales: 50",
    ]
    last = "<tr><td>North<td>Q1<td rowspan=3>100<tr hidden><td>x<tr><td>South<td>Q1</table>"
    assert texts(head + last)[2] == "Region: South; Quarter: Q1; Sales: 100"


def test_a_cell_runs_no_further_than_its_part_of_the_table() -> None:
    html = "<table><thead><tr><th rowspan=9>Clay<th>Heat</thead><tr><td>Raku<td>Low</table>"
    assert texts(html)[1:] == ["Clay: Raku; Heat: Low"]


def test_of_two_cells_that_run_over_the_same_place_the_later_is_read() -> None:
    html = "<table><tr><th>One<th>Two<th>Three<tr><td>a<td rowspan=2>b<td>c<tr><td colspan=2>d<td>e</table>"
    assert texts(html)[1:] == ["One: a; Two: b; Three: c", "One: d; Three: e"]


def test_cells_that_would_run_over_more_than_any_document_holds_are_refused() -> None:
    with pytest.raises(ReadError, match="runs over more rows"):
        blocks("<table>" + f"<tr><td rowspan=65534>{'x' * 500}" * 400 + "</table>")


def test_what_stands_in_a_cell_is_read_as_elsewhere_on_one_line() -> None:
    html = (
        "<table><tr><th>Place<th>More<tr><td>12 Main Street<br>Leeds<td><p>Mon 9-17</p><p>Sat 10-14</p>"
        "<tr><td>Shut<span hidden>no</span><script>var x</script><td><ul><li>Phone<li>Fax</ul>"
        "<tr><td hidden>no<td>x</table>"
    )
    assert texts(html)[1:] == [
        "Place: 12 Main Street Leeds; More: Mon 9-17 Sat 10-14",
        "Place: Shut; More: • Phone • Fax",
        "More: x",
    ]


def test_heads_name_columns_where_the_first_rows_are_all_heads_and_none_where_each_row_has_its_own() -> None:
    assert texts("<table><tr><th>Role<th>Name<tr><td>Chair<td>Ada")[1:] == ["Role: Chair; Name: Ada"]
    assert texts("<table><tr><th>Role<th>Name<tr><th>Chair<td>Ada")[1:] == ["Role: Chair; Name: Ada"]
    assert texts("<table><tr><th>Capital<td>Paris<tr><th>Currency<td>Euro") == ["Capital | Paris", "Currency | Euro"]
    assert texts("<table><tr><td>Capital<td>Paris<tr><td>Currency<td>Euro") == ["Capital | Paris", "Currency | Euro"]


def test_the_caption_of_a_table_stands_before_its_rows() -> None:
    html = "<table><caption>Hours in <b>2024</b></caption><tr><th>Day<th>From<tr><td>Sat<td>10</table>"
    assert texts(html) == ["Hours in 2024", "Day | From", "Day: Sat; From: 10"]


def test_a_table_that_arranges_the_page_is_read_through() -> None:
    html = "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td><p>c</p></td></tr></table>"
    assert [b.text for b in blocks(html)] == ["a | b", "c"]


def test_what_stands_deep_within_is_read_and_what_is_too_deep_is_refused_not_lost() -> None:
    assert blocks("<div>" * 1_500 + "deep" + "</div>" * 1_500 + "<p>after")[0].text == "deep"
    with pytest.raises(ReadError, match="thousands deep"):
        blocks("<div>" * 20_000 + "deep")


@pytest.mark.parametrize(
    "question",
    [
        "<h2 class=accordion-header><button>What does delivery cost?</button></h2>",
        "<details><summary><button><b>What does</b> delivery cost?</button></summary></details>",
        "<dl><dt><button>What does delivery cost?</button></dt></dl>",
        "<div><button aria-expanded=false>What does delivery cost?</button></div>",
    ],
)
def test_what_opens_an_answer_is_read_with_it(question: str) -> None:
    assert texts(f"{question}<div>Nothing.</div>") == ["What does delivery cost?", "Nothing."]


def test_a_heading_in_a_button_is_a_heading() -> None:
    assert blocks("<h2><button>Delivery</button></h2>") == [Block("Delivery", 2)]


def test_buttons_that_do_something_are_not_read() -> None:
    menu = "<button aria-expanded=false aria-haspopup=menu>Menu</button>"
    assert texts(f"<button>Buy</button><h2>Costs<button>Copy</button></h2>{menu}") == ["Costs"]


def test_what_was_typed_into_a_form_is_read_and_what_a_form_is_made_of_is_not() -> None:
    html = (
        "<p>Name:<input value='Jane Doe'>, born <input type=DATE value=1980-05-01></p><input type=hidden value=x>"
        "<input type=submit value=Send><input type=password value=y><input><textarea>As agreed:\n  9 €</textarea>"
    )
    assert texts(html) == ["Name: Jane Doe, born 1980-05-01", "As agreed:\n  9 €"]


POWER = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>The area is {POWER}.</p>",
        f"<p>The area is <span style='display: none'>{POWER}</span><img src=x>.</p>",
        f"<p>The area is <span><span>{POWER}</span><span aria-hidden=true>x2</span></span>.</p>",
    ],
)
def test_formulas_are_read_once_hidden_behind_their_picture_or_not(html: str) -> None:
    assert texts(html) == ["The area is x^2."]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Größe</p>".encode(), "Größe"),
        (b"<meta charset=iso-8859-2><p>\xb1</p>", "ą"),
        ("<p>世界</p>".encode("utf-16"), "世界"),
        ("<meta charset=iso-8859-1><p>It’s €500 – “fixed”.</p>".encode("cp1252"), "It’s €500 – “fixed”."),
        ("<p>It’s €500</p>".encode("cp1252"), "It’s €500"),
        ("<meta http-equiv=a content='text/html; charset=Shift_JIS'><p>価格①</p>".encode("cp932"), "価格①"),
        (b"<?xml version='1.0' encoding='windows-1250'?><p>p\xb3atny</p>", "płatny"),
        (b"<meta charset=utf-16><p>caf\xe9</p>", "café"),
    ],
)
def test_the_encoding_is_found(data: bytes, text: str) -> None:
    assert "".join(b.text for b in blocks_of(parsed(data))) == text


def test_a_page_is_read_by_section_and_its_pictures_are_counted() -> None:
    html = "<!doctype html><title>Kiln guide</title><p>Top.</p><h2>Heat</h2><p>1,240 degrees.</p><img src=x><img>"
    document = read(html.encode(), "kiln.html", LIMITS)
    assert (document.title, document.kind) == ("Kiln guide", "html")
    assert [(p.label, p.text) for p in document.pages] == [
        ("1", "Top."),
        ('section "Heat"', "Heat\n\n1,240 degrees."),
    ]
    assert document.notes == (
        "2 pictures are not read: the file only says where in the network, or on a disk, to fetch it.",
    )


def test_a_picture_that_the_page_holds_itself_is_recognised_on_a_page_of_its_own() -> None:
    held = base64.b64encode(files.png(files.written("Tide table for Lindvik"))).decode()
    dot = base64.b64encode(files.png(files.written(size=(20, 20)))).decode()
    html = (
        f"<p>Top.</p><img src='data:image/png;base64,{dot}'><h2>Tides <i>today</i></h2><p>See below.</p>"
        f"<img src='data:image/png;base64,{held}'><nav><img src='data:image/png;base64,{held}x'></nav>"
    )
    document = read(html.encode(), "tides.html", LIMITS)
    last = document.pages[-1]
    assert (last.label, last.text, last.origin) == (
        'picture 2, section "Tides today"',
        "Tide table for Lindvik",
        "ocr",
    )
    assert heading_paths(document.headings)(last.number, 0) == "Tides today"
    assert document.notes == ("1 picture is not read: too small to hold words.",)


@pytest.mark.parametrize(
    ("address", "held"),
    [
        ("data:image/png;base64,aGVs bG8=", b"hello"),
        ("DATA:image/png;BASE64,aGVsbG8", b"hello"),
        ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>"),
        ("data:image/png;base64,%", b""),
        ("https://example.org/a.png", None),
        ("file:///etc/passwd", None),
        ("a,b.png", None),
        ("", None),
    ],
)
def test_only_what_stands_in_the_file_itself_is_a_picture_of_it(address: str, held: bytes | None) -> None:
    assert inline(address) == held


PLACES = {"c1": "Arrival", "c2": "Storm"}


def test_the_first_block_of_a_place_with_a_name_has_it_for_its_label() -> None:
    html = "<p>Top</p><a name=c1></a><p>I</p><p>Mara</p><table id=c2><caption>II</caption><tr><td>a<td>b</table>"
    assert [(b.text, b.label) for b in blocks_of(parsed(html.encode()), PLACES)] == [
        ("Top", ""),
        ("I", "Arrival"),
        ("Mara", ""),
        ("II", "Storm"),
        ("a | b", ""),
    ]


def test_a_picture_is_of_the_place_with_a_name_that_it_stands_in() -> None:
    html = "<img src=a><p id=c1>I</p><img src=b><p id=c2>II</p><img src=c><h2>Calm</h2><img src=d>"
    found = [heading for _, heading, _ in pictures_of(parsed(html.encode()), names=PLACES)]
    assert found == ["", "Arrival", "Storm", "Calm"]
