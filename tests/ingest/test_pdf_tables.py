"""Tables drawn cell by cell, and what only looks like one."""

from reportlab.pdfgen.canvas import Canvas

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


def ending(text: str, x: float, y: float, size: float = 10) -> Draw:
    """Draws `text`, its baseline ending at (x, y)."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawRightString(x, y, text)

    return draw


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


def test_the_names_of_columns_may_be_taller_than_the_first_and_end_in_line() -> None:
    names = [words("Note", COLUMNS[0], 239, 10)]
    for x in (205, 285):
        year = "2024" if x == 205 else "2023"
        names += [ending(line, x, 250 - 11 * n) for n, line in enumerate(("Year ended", f"31 Dec {year}", "£m"))]
    figures = [
        every(words(name, COLUMNS[0], y, 10), ending(one, 205, y), ending(other, 285, y))
        for name, one, other, y in (("Revenue", "1,204.5", "1,100.2", 210), ("Costs", "(804.1)", "(770.0)", 194))
    ]
    assert rows_of(page_of(*names, *figures)) == [
        ("Note\tYear ended 31 Dec 2024 £m\tYear ended 31 Dec 2023 £m", True),
        ("Revenue\t1,204.5\t1,100.2", False),
        ("Costs\t(804.1)\t(770.0)", False),
    ]


def test_the_cells_of_a_row_may_be_level_in_their_middles() -> None:
    rows = [
        ("Support", "By e-mail\nwithin three\nworking days", "By telephone\nat once"),
        ("Copies of\nwhat is stored", "Weekly", "Daily, and\nthey are kept\nfor a year"),
        ("Price", "$5", "$12"),
    ]
    cells = [
        column(cell, x, 250 - 45 * n + 6 * cell.count("\n"))
        for n, row in enumerate(rows)
        for x, cell in zip(COLUMNS, row, strict=True)
    ]
    assert [text for text, _ in rows_of(page_of(*cells))] == [
        "Support\tBy e-mail within three working days\tBy telephone at once",
        "Copies of what is stored\tWeekly\tDaily, and they are kept for a year",
        "Price\t$5\t$12",
    ]


def test_all_cells_of_a_row_may_end_level_the_first_one_as_tall_as_the_last() -> None:
    names = [("Stores\nat the\nstart", 50), ("Opened\nor moved", 180), ("Stores\nat the\nend", 260)]
    page = page_of(*(column(name, x, 218 + 12 * name.count("\n")) for name, x in names), table(ROWS[1:], y=200))
    assert rows_of(page)[0] == ("Stores at the start\tOpened or moved\tStores at the end", True)


def test_what_stands_beside_several_rows_is_in_none_of_them() -> None:
    page = page_of(table(), column("A note\nthat was\nput beside\nthe table", 330, 240))
    assert [text for text, _ in rows_of(page)] == ["\t".join(row) for row in ROWS]


def test_a_sum_below_the_figures_of_the_last_row_is_not_in_it() -> None:
    rows = [
        every(words(name, 50, y, 10), ending(value, 200, y))
        for name, value, y in (("North", "1,204.5", 250), ("South", "804.1", 238), ("East", "90.0", 226))
    ]
    page = page_of(*rows, ending("2,098.6", 200, 214))
    assert [text for text, _ in rows_of(page)] == ["North\t1,204.5", "South\t804.1", "East\t90.0"]


def test_the_next_line_of_prose_is_in_no_cell_though_it_ends_in_line() -> None:
    row = ("drawn", "with", "gaps")
    lines: list[Draw] = []
    for y in (250, 226, 202):
        gaps = zip(row[:2], (50, 180), strict=True)
        lines += [*(words(word, x, y, 10) for word, x in gaps), ending(row[2], 300, y)]
        lines += [ending("and all of the line below them begins left and ends", 300, y - 12)]
    assert "drawn\twith\tgaps\nand all of the line below" in page_of(*lines).text


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
