"""Tables drawn cell by cell, and what only looks like one."""

from ingest.nouns import Line, Page

from .drawing import Draw, column, every, made, read, words

ROWS = [("Region", "2019", "2020"), ("North", "12.5", "13.0"), ("South", "8.1", "9.9"), ("Total", "20.6", "22.9")]
COLUMNS = (50.0, 180.0, 260.0)


def table(rows: list[tuple[str, ...]] = ROWS, y: float = 250) -> Draw:
    cells = [
        words(cell, x, y - 16 * n, 10)
        for n, row in enumerate(rows)
        for x, cell in zip(COLUMNS, row, strict=True)
        if cell
    ]
    return every(*cells)


def page_of(*draws: Draw) -> Page:
    return read(made(every(*draws))).pages[0]


def rows_of(page: Page) -> list[tuple[str, bool]]:
    return [(page.text[line.start : line.end], line.header) for line in page.lines if line.table]


def test_a_row_is_one_line_of_cells_and_the_years_above_figures_name_the_columns() -> None:
    page = page_of(words("Sales fell in the north.", 50, 280, 10), table())
    assert rows_of(page) == [
        ("Region\t2019\t2020", True),
        ("North\t12.5\t13.0", False),
        ("South\t8.1\t9.9", False),
        ("Total\t20.6\t22.9", False),
    ]
    assert page.text.startswith("Sales fell in the north.\nRegion\t")


def test_the_lines_of_one_cell_stay_in_it() -> None:
    rows = [
        ("Fault", "Cause", "Remedy"),
        ("No sound", "The cable is", "Plug it"),
        ("No light", "The lamp", "Change it"),
    ]
    wrapped = words("loose or torn", COLUMNS[1], 250 - 16 - 11, 10)
    cells = [
        words(cell, x, 250 - 32 * n + (16 if n else 0), 10)
        for n, row in enumerate(rows)
        for x, cell in zip(COLUMNS, row, strict=True)
    ]
    page = page_of(*cells[:5], wrapped, *cells[5:])
    assert rows_of(page)[1][0] == "No sound\tThe cable is loose or torn\tPlug it"


def test_a_label_between_two_rows_goes_with_the_table() -> None:
    rows = [*ROWS[:3], ("Abroad", "", ""), ("East", "1.0", "2.0")]
    assert [text for text, _ in rows_of(page_of(table(rows)))][2:] == ["South\t8.1\t9.9", "Abroad", "East\t1.0\t2.0"]


def test_columns_of_prose_drawn_line_by_line_are_no_table() -> None:
    prose = "the words of this column run on to its end"
    lines = [every(words(prose, 20, 250 - 12 * n, 8), words(prose, 220, 250 - 12 * n, 8)) for n in range(5)]
    assert rows_of(page_of(*lines)) == []


def test_a_list_is_no_table() -> None:
    lines = [every(words("•", 50, 250 - 14 * n), words("a point of the list", 75, 250 - 14 * n)) for n in range(4)]
    assert rows_of(page_of(*lines)) == []


def test_two_rows_may_line_up_by_chance() -> None:
    assert rows_of(page_of(table(ROWS[:2]))) == []


def test_two_tables_are_told_apart() -> None:
    page = page_of(table(y=280), column("Some words between\nof two lines.", 50, 205), table(y=160))
    assert [line.table for line in page.lines if line.table] == [1] * 4 + [2] * 4


def test_the_words_of_a_row_point_at_its_cells() -> None:
    page = page_of(table())
    line: Line = page.lines[1]
    assert [page.text[w.start : w.end] for w in line.words] == ["North", "12.5", "13.0"]
    assert [round(w.x0 / 10) for w in line.words] == [5, 18, 26]
