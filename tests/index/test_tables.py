"""A row of a table is found by its row's name, its column's name and the unit, whatever file it stands in."""

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from bench.workload import Inline
from index.library import Library
from index.settings import Settings

NAMES = "Aurora Bergen Clio Dagmar Elster Fjord Greta Halden Ibis Jonas Kiel Lofoten Marten Narvik Orkla Petrel".split()
HEADER = ("Vessel", "Draught (metres)", "Crew", "Cargo (tonnes)")
ROWS = [(f"{name} {part}", f"{4 + i}.{k}", str(11 + i), f"{900 + 7 * i + k}") for i, name in enumerate(NAMES)
        for k, part in enumerate(("North", "South", "East", "West"))]  # fmt: skip


def pdf() -> bytes:
    """A table over several pages, its header on the first alone."""
    out = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph("The fleet was surveyed in May.", style), Table([HEADER, *ROWS])]
    SimpleDocTemplate(out, pagesize=A5, title="Survey").build(story)
    return out.getvalue()


def sheet() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def values() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *ROWS])
    return out.getvalue().encode()


@pytest.fixture(scope="module", params=[("survey.pdf", pdf), ("survey.xlsx", sheet), ("survey.csv", values)])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    name, make = request.param
    folder = tmp_path_factory.mktemp("tables")
    (folder / name).write_bytes(make())
    (folder / "notes.txt").write_text("Cargo is counted in tonnes. Draught is told in metres. The crew is paid.")
    with Library.open(folder / "library", Settings(model="hashing"), create=True, reader=Inline()) as opened:
        assert [o.status for o in opened.add([folder / name, folder / "notes.txt"])] == ["added"] * 2
        yield opened


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("What is the cargo of the Petrel West in tonnes?", ("Petrel West", "1008")),
        ("Draught of the Halden East in metres", ("Halden East", "11.2")),
        ("How many crew has the Ibis North?", ("Ibis North", "19")),
    ],
)
def test_a_row_is_found_by_its_names_and_its_unit(library: Library, question: str, cells: tuple[str, str]) -> None:
    (name,) = [e.name for e in library.entries() if e.name != "notes.txt"]
    best = library.search(question, 1, [name])[0].passage
    (row,) = [line for line in best.text.splitlines() if cells[0] in line]
    assert cells[1] in row


def test_every_passage_of_rows_holds_the_names_of_their_columns(library: Library) -> None:
    (name,) = [e.name for e in library.entries() if e.name != "notes.txt"]
    passages = library.passages(name)
    assert len(passages) > 2
    assert [p.number for p in passages if not all(head in p.words for head in HEADER)] == []
    assert [row[0] for row in ROWS if not any(row[0] in p.text for p in passages)] == []
