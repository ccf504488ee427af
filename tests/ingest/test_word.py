"""Word files: what a reader of the document sees, in its order."""

import io
import re
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from PIL import Image

from ingest.errors import ReadError
from ingest.nouns import Document, Heading
from ingest.reader import read
from ingest.settings import Limits
from tests import files
from tests.ingest import charts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made(*paragraphs: str, **parts: str) -> Document:
    """The document of these paragraphs, given as XML, with more parts of the archive."""
    written = docx.Document()
    for paragraph in paragraphs:
        written.element.body.insert(len(written.element.body) - 1, parse_xml(paragraph))
    data = files.saved(written)
    if parts:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            kept: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
        data = files.archive({**kept, **{f"word/{name}.xml": content for name, content in parts.items()}})
    return read(data, "a.docx", Limits())


def test_sections_lists_and_tables_are_read_with_their_places() -> None:
    document = read(files.word(), "heron.docx", Limits())
    assert (document.kind, document.title) == ("docx", "Project Heron")
    assert [(p.label, p.text) for p in document.pages] == [
        ('section "Project Heron"', "Project Heron\n\nHeron replaces the old ferry."),
        ('section "Scope"', "Scope\n\nThe pilot covers the harbour of Lindvik only.\n\n• Timetable and ticketing"),
        (
            'section "Costs"',
            "Costs\n\nItem | Supplier | Cost\n\nItem: Hull; Supplier: Norstad; Cost: 410,000\n\n"
            "Item: Cells; Supplier: Volta; Cost: 275,000",
        ),
    ]
    assert document.headings == (
        Heading(1, "Project Heron", 1, 0),
        Heading(1, "Scope", 2, 0),
        Heading(1, "Costs", 3, 0),
    )


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    text = "<w:r><w:t>{}</w:t></w:r>"
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    document = made(f"<w:p {W}>{text.format('a')}<w:ins>{text.format('new')}</w:ins>{gone}{text.format('z')}</w:p>")
    assert document.pages[0].text == "anewz"


def test_paragraphs_within_content_controls_are_read() -> None:
    document = made(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Cover</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert document.pages[0].text == "Cover"


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    document = made(f"<w:p {W}><w:r><w:t>Beside</w:t>{choice}</mc:AlternateContent></w:r></w:p>")
    assert document.pages[0].text == "Beside\n\nIn the box"


def test_a_cell_over_several_rows_or_columns_is_in_each_row_and_holds_its_columns() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [
        [("", "Team"), ("", "Leader"), ("", "Place")],
        [('<w:vMerge w:val="restart"/>', "North"), ('<w:gridSpan w:val="2"/>', "Ingrid")],
        [("<w:vMerge/>", ""), ("", "Pavel"), ("", "Oslo")],
    ]
    table = "".join(f"<w:tr>{''.join(cell.format(*c) for c in row)}</w:tr>" for row in rows)
    assert made(f"<w:tbl {W}>{table}</w:tbl>").pages[0].text.split("\n\n")[1:] == [
        "Team: North; Leader: Ingrid",
        "Team: North; Leader: Pavel; Place: Oslo",
    ]


def table(*rows: list[str]) -> str:
    """A table of cells given as XML, or as texts, a paragraph a line."""
    cells = [[c if c.startswith("<") else "".join(map(words, c.split("\n"))) for c in row] for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr><w:tc>{'</w:tc><w:tc>'.join(row)}</w:tc></w:tr>" for row in cells) + "</w:tbl>"


def words(text: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def of_body(*elements: str) -> Document:
    return made(*(re.sub(r"^<w:\w+", rf"\g<0> {W}", element) for element in elements))


@pytest.mark.parametrize(
    ("mark", "last"),
    [
        ("", "Chair | Ada"),
        ("<w:trPr><w:tblHeader/></w:trPr>", "Role: Chair; Name: Ada"),
        ('<w:trPr><w:tblHeader w:val="0"/></w:trPr>', "Chair | Ada"),
    ],
)
def test_a_row_that_is_repeated_on_each_page_names_the_columns(mark: str, last: str) -> None:
    rows = table(["Role", "Name"], ["Chair", "Ada"]).replace("<w:tr>", f"<w:tr>{mark}", 1)
    assert of_body(rows).pages[0].text.split("\n\n")[1] == last


def test_a_table_that_arranges_headings_and_texts_is_read_cell_by_cell() -> None:
    skills = table(["Language", "Level"], ["German", "fluent"]) + words("")
    right = words("Posts", "Heading1") + words("Controller, Beta") + words("Skills", "Heading1") + skills
    document = of_body(table(["Jane Doe\nLeeds", right]))
    assert [(p.label, p.text) for p in document.pages] == [
        ("1", "Jane Doe\n\nLeeds"),
        ('section "Posts"', "Posts\n\nController, Beta"),
        ('section "Skills"', "Skills\n\nLanguage | Level\n\nGerman | fluent"),
    ]


@pytest.mark.parametrize("rows", [[["a\nb\nc\nd", "e"]], [["a\nb"], ["c\nd\ne"]]], ids=["one row", "one column"])
def test_a_table_of_paragraphs_in_one_row_or_column_is_read_paragraph_by_paragraph(rows: list[list[str]]) -> None:
    assert of_body(table(*rows)).pages[0].text == "a\n\nb\n\nc\n\nd\n\ne"


def test_a_long_text_in_a_cell_is_a_paragraph() -> None:
    long = "All of it is said here. " * 26
    assert of_body(table(["2019", long], ["2020", "b"])).pages[0].text == f"2019\n\n{long.strip()}\n\n2020\n\nb"


def test_a_table_with_headings_for_the_names_of_its_columns_and_lists_in_its_cells_stays_a_table() -> None:
    names = [words(name, "Heading2") for name in ("Phase", "Tasks")]
    assert of_body(table(names, ["First", "plan\nbuy\nbuild\ntest"])).pages[0].text == (
        "Phase | Tasks\n\nFirst | plan buy build test"
    )


def test_a_text_box_in_a_table_is_read_once_after_it() -> None:
    box = "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"
    within = box.format(words("Call 555") + box.format(words("at night")))
    assert of_body(table(["Left", within], ["c", "d"])).pages[0].text.split("\n\n")[-2:] == ["Call 555", "at night"]


def test_headers_and_footers_are_a_last_section_each_text_once_without_page_numbers() -> None:
    written = docx.Document()
    written.add_paragraph("Services Agreement")
    written.add_section()
    written.sections[1].header.is_linked_to_previous = False
    for section in written.sections:
        section.header.paragraphs[0].text = "Contract No. ACME-2024-77"
    footer = written.sections[0].footer
    footer.paragraphs[0].text = "Page 3 of 12"
    for text in ("Services Agreement", "1 High Street, Leeds"):
        footer.add_paragraph(text)
    assert [(p.label, p.text) for p in read(files.saved(written), "a.docx", Limits()).pages] == [
        ("1", "Services Agreement"),
        ('section "Headers and footers"', "Headers and footers\n\nContract No. ACME-2024-77\n\n1 High Street, Leeds"),
    ]


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def test_formulas_and_symbols_are_read_as_characters() -> None:
    def math(tag: str, *parts: str) -> str:
        return (
            f'<m:{tag} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{"".join(parts)}</m:{tag}>'
        )

    formula = math("oMath", math("t", "E=mc"), math("sup", math("t", "2")), math("sup"))
    signs = [
        ("Wingdings", "F0FE"),
        ("wingdings 2", "F0A3"),
        ("Symbol", "00B3"),
        ("Arial", "20AC"),
        ("Webdings", "F061"),
    ]
    symbols = "".join(run(f'<w:sym w:font="{font}" w:char="{char}"/>') for font, char in [*signs, ("Arial", "zz")])
    assert of_body(f"<w:p>{formula}</w:p>", f"<w:p>{symbols}</w:p>").pages[0].text == "E=mc^2\n\n☑☐≥€"


def test_a_raised_number_behind_a_digit_is_an_exponent_and_makes_no_larger_number() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    runs = [("10", ""), ("-6", raised), (" m", ""), ("2", raised), (" on the 1", ""), ("st", raised), (" of 20", "")]
    body = "".join(run(f'<w:t xml:space="preserve">{text}</w:t>', style) for text, style in [*runs, ("24", "")])
    assert of_body(f"<w:p>{body}</w:p>").pages[0].text == "10⁻⁶ m2 on the 1st of 2024"


def test_the_boxes_of_a_form_are_read_as_ticked_or_not() -> None:
    box = '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar>'
    states = ["<w:default/>", '<w:default w:val="0"/>', '<w:default w:val="0"/><w:checked/>', '<w:checked w:val="0"/>']
    assert of_body("<w:p>" + "".join(run(box.format(state)) for state in states) + "</w:p>").pages[0].text == "☑☐☑☐"


def test_what_is_hidden_or_only_asks_to_be_filled_in_is_not_read() -> None:
    said, unsaid = run("<w:t>said</w:t>", '<w:vanish w:val="0"/>'), run("<w:t>unsaid</w:t>", "<w:vanish/>")
    asks = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    within = asks.format(run("<w:t>Click here.</w:t>")) + filled.format(run("<w:t> Ada</w:t>"))
    document = of_body(f"<w:p>{unsaid}{said}{within}</w:p>", asks.format(words("Enter text.")))
    assert document.pages[0].text == "said Ada"


def test_charts_and_diagrams_are_read_in_their_place_and_those_that_cannot_be_are_counted() -> None:
    written = docx.Document()
    held = {
        "c:chart": charts.chart(charts.bars()),
        "dgm:relIds": charts.diagram("Sow", "Reap"),
        "cx:chart": b"<damaged",
    }
    for n, (tag, content) in enumerate(held.items()):
        part = Part(PackURI(f"/word/drawn{n}.xml"), "application/xml", content, written.part.package)
        drawing = charts.reference(tag, written.part.relate_to(part, "drawn"))
        written.add_paragraph(f"{n}:")._p.append(parse_xml(f"<w:r {W}><w:drawing>{drawing}</w:drawing></w:r>"))
    document = read(files.saved(written), "a.docx", Limits())
    assert document.pages[0].text.split("\n\n") == [
        *("0:", "Category | Tonnes", "Category: 2024; Tonnes: 62.5"),
        *("1:", "Sow", "Reap", "2:"),
    ]
    assert [note.split(":")[0] for note in document.notes] == ["1 chart, diagram or embedded file is not read"]


def test_footnotes_are_a_section_of_their_own() -> None:
    note = "<w:footnote><w:p><w:r><w:t>See above.</w:t></w:r></w:p></w:footnote>"
    notes = f'<w:footnote w:type="separator"><w:p/></w:footnote>{note}'
    document = made(f"<w:p {W}><w:r><w:t>Text.</w:t></w:r></w:p>", footnotes=f"<w:footnotes {W}>{notes}</w:footnotes>")
    assert [(p.label, p.text) for p in document.pages] == [
        ("1", "Text."),
        ('section "Footnotes"', "Footnotes\n\nSee above."),
    ]


def test_pictures_without_text_and_those_that_can_hold_none_are_counted() -> None:
    written = docx.Document()
    written.add_paragraph("Beside a picture.")
    for size in ((9, 9), (90, 90)):
        written.add_picture(io.BytesIO(files.png(Image.new("RGB", size))))
    assert read(files.saved(written), "a.docx", Limits()).notes == (
        "1 picture is not read: too small to hold words.",
        "1 picture is without text that can be read.",
    )


def test_a_word_file_without_its_main_part_is_refused_in_words() -> None:
    with pytest.raises(ReadError, match=r"save it as \.docx"):
        read(files.archive({"[Content_Types].xml": "<Types/>", "word/x.xml": "<x/>"}), "a.docx", Limits())
