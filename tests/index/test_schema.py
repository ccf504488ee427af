"""A library of every version is brought to this one whole, or left as it was."""

import sqlite3
from pathlib import Path

import pytest

from index import schema
from index.jobs import Worker
from index.records import WAITING
from index.store import FILE, Store
from ingest.errors import LibraryError

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))


@pytest.fixture
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of a library of the version whose SQL script is the parameter."""
    folder = tmp_path / "library"
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE)
    connection.executescript(request.param.read_text())
    connection.close()
    return folder


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """The columns of every table, in their order, without defaults; an index by its columns."""
    connection = sqlite3.connect(folder / FILE)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')")]
    columns = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?) UNION ALL '
    columns += "SELECT name, '', 0, 0 FROM pragma_index_info(?)"
    found = {name: connection.execute(columns, (name, name)).fetchall() for name in names}
    connection.close()
    return found


def test_there_is_a_library_of_every_older_version_and_a_step_from_it() -> None:
    assert [int(path.stem) for path in VERSIONS] == list(range(1, schema.VERSION))
    assert set(schema.STEPS) == set(range(1, schema.VERSION))


@pytest.mark.parametrize("old", VERSIONS, ids=lambda path: path.stem, indirect=True)
def test_an_older_library_becomes_one_of_this_version(old: Path, tmp_path: Path, open_library) -> None:
    library = open_library()
    Store(tmp_path / "new", create=True).close()
    assert tables(old) == tables(tmp_path / "new")
    assert library.check().problems == ()
    assert [e.name for e in library.entries()] == ["harbour.txt", "notes.md"]
    hit = library.search("Who is the harbour master?", 1)[0]
    assert (hit.name, hit.passage.text) == (
        "harbour.txt",
        "The harbour master is Jon Vane.\n\nBoats pay twelve crowns a night.",
    )
    assert hit.cosine > 0.4
    assert library.original("notes.md") == b"# Castle\n\nThe castle master is Ida Holm.\n"
    assert [c.title for c in library.conversations.list()] == ["Who is the harbour master?"]
    assert [(j.name, j.state) for j in library.jobs.list()] == [("late.txt", "waiting")]
    assert library.add_upload("more.txt", b"More.").status == "added"


@pytest.mark.parametrize("old", VERSIONS[3:4], ids=lambda path: path.stem, indirect=True)
def test_pictures_that_a_library_of_version_4_still_had_to_read_are_read(old: Path, open_library) -> None:
    library = open_library()
    assert library.entry("notes.md").notes == ("1 comment is left out.", WAITING)
    assert library.entry("harbour.txt").notes == ()
    worker = Worker(library)
    assert worker._read_next(), "the upload that is still in line goes first"
    assert worker._recognise_next()
    assert library.entry("notes.md").notes == ()


@pytest.mark.parametrize("old", VERSIONS[:1], ids=lambda path: path.stem, indirect=True)
def test_a_step_that_fails_leaves_the_library_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def good(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")

    def bad(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE pages")
        raise sqlite3.OperationalError("database or disk is full")

    last = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", last + 2)
    monkeypatch.setattr(schema, "STEPS", schema.STEPS | {last: good, last + 1: bad})
    before = tables(old)
    with pytest.raises(LibraryError, match="is full"):
        Store(old)
    assert tables(old) == before
    monkeypatch.setitem(schema.STEPS, last + 1, lambda connection: None)
    Store(old).close()
    connection = sqlite3.connect(old / FILE)
    assert connection.execute("PRAGMA user_version").fetchone() == (last + 2,)
    assert connection.execute("SELECT count(*) FROM pages").fetchone() == (2,)
    connection.close()
