"""The word index stays readable however many documents are taken out, and is made readable where it isn't."""

import pytest

from index import levels
from ingest.errors import LibraryError


def add(library, *names: str) -> None:
    for name in names:
        library.add_upload(f"{name}.txt", f"The {name} sails at nine.".encode())


def count(library) -> int:
    with library.store.read() as connection:
        return levels.levels(connection)


def broken(library) -> None:
    """Give the index more levels than FTS5 can read, as removals did."""
    record = bytes(4) + bytes([0x8F, 0x51, 0, 0]) + bytes(2 * 2_001)
    with library.store.write() as connection:
        connection.execute("UPDATE words_data SET block = ? WHERE id = ?", (record, levels.RECORD))


def test_removals_do_not_pile_up_levels(library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "MOST", 5)
    seen = []
    add(library, "ketch")
    for n in range(12):
        add(library, f"yawl{n}", f"sloop{n}")
        library.remove(f"yawl{n}.txt")
        library.remove(f"sloop{n}.txt")
        seen.append(count(library))
    assert max(seen) <= 5 + 2
    assert min(seen[3:]) < 5  # it was made anew
    assert [hit.name for hit in library.search("When does the ketch sail?")] == ["ketch.txt"]
    assert library.check().problems == ()


@pytest.mark.parametrize("most", [0, 400], ids=["made anew", "merged"])
def test_nothing_of_a_removed_document_is_left_in_the_index(library, monkeypatch, most: int) -> None:
    monkeypatch.setattr(levels, "MOST", most)
    add(library, "ketch", "zanzibar")
    library.remove("zanzibar.txt")
    with library.store.read() as connection:
        blocks = b"".join(row[0] for row in connection.execute("SELECT block FROM words_data"))
    assert b"ketch" in blocks
    assert b"zanzibar" not in blocks


def test_an_index_with_too_many_levels_is_made_anew_as_the_library_is_opened(library, open_library) -> None:
    add(library, "ketch", "yawl")
    assert count(library) < 3
    broken(library)
    assert count(library) == 2_001
    library.store._pool.clear()  # those of the pool have read the index
    with pytest.raises(LibraryError, match=r"vtable constructor failed|malformed"):
        library.search("ketch")
    again = open_library()
    assert again.search("When does the ketch sail?")[0].name == "ketch.txt"
    assert count(again) < 3
    assert again.check().problems == ()


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (bytes(4) + b"\x01\x01", 1),
        (bytes(4) + b"\x8f\x52\x01", 2_002),
        (b"\0\0\0\x07" + levels.NEWER + b"\x83\x10\x01", 400),
    ],
)
def test_levels_are_read_from_the_structure_of_either_format(library, record: bytes, expected: int) -> None:
    with library.store.write() as connection:
        connection.execute("UPDATE words_data SET block = ? WHERE id = ?", (record, levels.RECORD))
        assert levels.levels(connection) == expected
        connection.execute("UPDATE words_data SET block = ? WHERE id = ?", (levels.EMPTY, levels.RECORD))
