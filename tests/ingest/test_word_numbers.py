"""Word files: the numbers of lists, clauses and headings, which the file only says how to count."""

import docx
from docx.oxml import parse_xml

from ingest.nouns import Document, Heading
from ingest.reader import read
from ingest.settings import Limits
from tests import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(levels: str, paragraphs: str, more: str = "", styles: str = "") -> Document:
    """The document of these paragraphs; its list 91 has these levels."""
    written = docx.Document()
    definition = f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
    lists = f'<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>{more}'
    for part, xml in [(written.part.numbering_part.element, definition + lists), (written.styles.element, styles)]:
        part.extend(parse_xml(f"<w:x {W}>{xml}</w:x>"))
    written.element.body[:0] = list(parse_xml(f"<w:x {W}>{paragraphs}</w:x>"))
    return read(files.saved(written), "a.docx", Limits())


def numbered(levels: str, paragraphs: str, more: str = "", styles: str = "") -> list[str]:
    """Its paragraphs as they are read."""
    pages = document(levels, paragraphs, more, styles).pages
    return "\n\n".join(page.text for page in pages).split("\n\n")


def level(at: int, form: str, text: str, more: str = "") -> str:
    start = "" if "w:start " in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def item(text: str, at: int | None = 0, listed: int = 91, style: str = "") -> str:
    """A paragraph, `at` a level of a list; None where its style says that."""
    numbers = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{listed}"/></w:numPr>' if at is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbers}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


CLAUSES = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")


def test_headings_and_clauses_have_the_numbers_that_their_list_counts() -> None:
    clauses = [item("Definitions", style="Heading1"), item("Words.", 1), item("Term", style="Heading1")]
    clauses += [item("Start.", 1), item("on a day;", 2), item("or later.", 2), item("End.", 1), item("early;", 2)]
    assert numbered(CLAUSES, "".join(clauses)) == [
        "1. Definitions",
        "1.1 Words.",
        "2. Term",
        "2.1 Start.",
        "(a) on a day;",
        "(b) or later.",
        "2.2 End.",
        "(a) early;",
    ]


def test_a_section_is_called_by_its_heading_with_its_number() -> None:
    read_as = document(CLAUSES, item("Term", style="Heading1"))
    assert read_as.headings == (Heading(1, "1. Term", 1, 0),)
    assert read_as.pages[0].label == 'section "1. Term"'


def test_numbers_are_given_by_styles_and_the_styles_that_these_are_based_on() -> None:
    levels = level(0, "upperRoman", "Article %1") + level(1, "decimal", "%1.%2", '<w:isLgl/><w:pStyle w:val="Clause"/>')
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>{1}</w:style>'
    given = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    styles = style.format("Clause", given.format(91)) + style.format("Narrow", '<w:basedOn w:val="Clause"/>')
    styles += style.format("Plain", '<w:basedOn w:val="Clause"/>' + given.format(0))
    body = item("Term") + item("Two years.", None, style="Clause") + item("Or less.", None, style="Narrow")
    assert numbered(levels, body + item("Not counted.", None, style="Plain"), styles=styles) == [
        "Article I Term",
        "1.1 Two years.",
        "1.2 Or less.",
        "Not counted.",
    ]


def test_lists_of_one_definition_are_counted_together_unless_one_begins_anew() -> None:
    more = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="90"/>{over}</w:num>'
        for n, over in [(92, ""), (93, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')]
    )
    body = item("a") + item("b", listed=92) + item("c", listed=93) + item("d", listed=93) + item("e", 1)
    assert numbered(CLAUSES, body, more) == ["1. a", "2. b", "5. c", "6. d", "6.1 e"]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = level(0, "upperLetter", "%1)", '<w:start w:val="27"/>')
    over = f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride>'
    more = f'<w:num w:numId="92"><w:abstractNumId w:val="90"/>{over}</w:num>'
    assert numbered(CLAUSES, item("a", listed=92) + item("b", listed=92), more) == ["AA) a", "BB) b"]


def test_a_level_begins_anew_where_its_list_says_so() -> None:
    never = level(1, "lowerRoman", "%2.", '<w:lvlRestart w:val="0"/>')
    body = item("a") + item("b", 1) + item("c") + item("d", 1)
    assert numbered(level(0, "decimalZero", "%1") + never, body) == ["01 a", "i. b", "02 c", "ii. d"]


def test_a_list_linked_to_a_style_of_lists_is_counted_as_that_is() -> None:
    more = (
        f'<w:abstractNum w:abstractNumId="95"><w:styleLink w:val="Legal"/>{level(0, "decimal", "§ %1")}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="96"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        '<w:num w:numId="97"><w:abstractNumId w:val="96"/></w:num>'
    )
    assert numbered(CLAUSES, item("a", listed=97) + item("b", listed=97), more) == ["§ 1 a", "§ 2 b"]


def test_bullets_and_items_of_a_list_that_is_not_defined_are_bullets_but_on_headings() -> None:
    body = item("a") + item("b", listed=4_000) + item("c", 7) + item("d", listed=0) + item("e", style="Heading1")
    assert numbered(level(0, "bullet", "\uf0b7"), body) == ["• a", "• b", "• c", "d", "e"]


def test_a_numbering_that_no_program_writes_is_read_as_far_as_it_goes() -> None:
    levels = '<w:lvl/><w:lvl w:ilvl="x"><w:start w:val="-1"/><w:lvlText w:val="%1 %9"/></w:lvl>'
    levels += level(1, "lowerLetter", "%2" * 500, '<w:start w:val="99999999999999"/>')
    levels += level(2, "lowerRoman", "%3", '<w:start w:val="99999"/>')
    assert numbered(levels, item("a") + item("b", 2) + item("c", 99_999), '<w:num/><w:num w:numId="92"/>') == [
        "0 a",
        "99999 b",
        "• c",
    ]


def test_a_paragraph_that_was_deleted_is_not_counted() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:numId w:val="91"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>'
    assert numbered(CLAUSES, item("a") + gone + item("b")) == ["1. a", "2. b"]


def test_numbers_counted_in_a_column_of_a_table_are_read() -> None:
    rows = [("No.", "Part"), (item(""), "Hull"), (item(""), "Sail")]
    cells = [[c if c.startswith("<") else f"<w:p><w:r><w:t>{c}</w:t></w:r></w:p>" for c in row] for row in rows]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>" for row in cells)
    assert numbered(CLAUSES, f"<w:tbl>{table}</w:tbl>")[1:] == ["No.: 1.; Part: Hull", "No.: 2.; Part: Sail"]
