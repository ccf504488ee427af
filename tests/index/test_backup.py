import errno
import hashlib
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import failpoints
from index.backup import backup, restore
from index.library import Library
from index.store import FILE
from ingest.errors import LibraryError


@pytest.fixture
def filled(library: Library) -> Library:
    for name, text in (("ships.txt", b"Ships sail at dawn."), ("cats.txt", b"Cats sleep all day.")):
        library.add_upload(name, text)
    library.conversations.append(library.conversations.create("Ships?"), "user", "Ships?")
    return library


def hits(library: Library) -> list[tuple[str, float, float]]:
    return [(h.name, h.score, h.cosine) for h in library.search("when do ships sail")]


def test_what_was_backed_up_comes_back_whole(filled: Library, tmp_path: Path) -> None:
    before = hits(filled)
    made = backup(filled.store, tmp_path / "b")
    assert (made.documents, made.bytes) == (2, (tmp_path / "b").stat().st_size)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    filled.remove("ships.txt")
    filled.add_upload("more.txt", b"More ships.")
    restore(filled.store, tmp_path / "b")
    assert hits(filled) == before
    assert [e.name for e in filled.entries()] == ["cats.txt", "ships.txt"]
    assert [c.title for c in filled.conversations.list()] == ["Ships?"]
    assert filled.check().problems == ()
    assert filled.add_upload("more.txt", b"More ships.").status == "added"


def test_programs_that_use_the_library_see_what_was_restored(filled: Library, open_library, tmp_path: Path) -> None:
    other = open_library()
    backup(filled.store, tmp_path / "b")
    filled.remove("ships.txt")
    filled.add_upload("ships.txt", b"Ships rest in the port.")  # as many vectors as before, but others
    assert [h.passage.text for h in other.search("ships", 1)] == ["Ships rest in the port."]
    generation = other.moment()[0]
    restore(filled.store, tmp_path / "b")
    assert [h.passage.text for h in other.search("ships", 1)] == ["Ships sail at dawn."]
    assert hits(other) == hits(filled)
    assert other.moment()[0] > generation


def test_a_backup_made_while_others_write_is_of_one_moment(open_library, tmp_path: Path) -> None:
    writing, saving = open_library(), open_library()
    writing.add_upload("0.txt", b"words 0")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            writing.add_upload(f"{number}.txt", b"words %d" % number)
            if number > 2:
                writing.remove(f"{number - 2}.txt")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            assert backup(saving.store, tmp_path / f"b{number}").documents in (1, 2, 3, 4)  # it is checked within
    finally:
        stop.set()
        thread.join()
    assert writing.check().problems == ()


def test_nothing_is_written_over(filled: Library, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(LibraryError, match="exists already"):
        backup(filled.store, tmp_path / "b")
    assert (tmp_path / "b").read_text() == "mine"


def refuse(number: int) -> Callable[..., None]:
    def call(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


@pytest.fixture
def fat(monkeypatch: pytest.MonkeyPatch) -> None:
    """No links and no permissions, as on a stick with FAT, and folders that can't be synced, as on some shares."""
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(Path, "chmod", refuse(errno.EPERM))
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (refuse(errno.EINVAL) if stat.S_ISDIR(os.fstat(handle).st_mode) else real)(handle)
    )


@pytest.mark.usefixtures("fat")
def test_a_backup_is_written_where_there_are_no_links(filled: Library, tmp_path: Path) -> None:
    made = backup(filled.store, tmp_path / "b")
    assert [p.name for p in tmp_path.glob("b*")] == ["b"]
    assert (made.documents, made.sha256) == (2, hashlib.sha256((tmp_path / "b").read_bytes()).hexdigest())
    before = hits(filled)
    filled.remove("ships.txt")
    restore(filled.store, tmp_path / "b")
    assert hits(filled) == before


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_into_being_meanwhile_is_not_written_over(
    links: bool, filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not links:
        request.getfixturevalue("fat")

    def other(place: str) -> None:
        if place == "backup: rename":
            (tmp_path / "b").write_text("mine")

    monkeypatch.setattr(failpoints, "act", other)
    with pytest.raises(LibraryError, match="File exists"):
        backup(filled.store, tmp_path / "b")
    assert {p.name: p.read_text() for p in tmp_path.glob("b*")} == {"b": "mine"}


@pytest.mark.usefixtures("fat")
def test_a_name_that_was_taken_for_a_backup_goes_where_it_can_not_be_written(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refuse(errno.EIO))
    with pytest.raises(LibraryError, match=r"b can't be written \(Input/output error\)"):
        backup(filled.store, tmp_path / "b")
    assert list(tmp_path.glob("b*")) == []


def test_a_backup_that_can_not_be_written_leaves_no_half(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(place: str) -> None:
        if place == "backup: rename":
            raise OSError(28, os.strerror(28))

    monkeypatch.setattr(failpoints, "act", full)
    with pytest.raises(LibraryError, match=r"b can't be written \(No space left on device\); free some space"):
        backup(filled.store, tmp_path / "b")
    assert list(tmp_path.glob("b*")) == []
    with pytest.raises(LibraryError, match="can't be written"):
        backup(filled.store, tmp_path / "nowhere" / "b")


def test_what_is_no_sound_backup_is_refused_and_the_library_stays(filled: Library, tmp_path: Path) -> None:
    backup(filled.store, tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    before = filled.moment()[0], hits(filled)
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text").write_bytes(b"not a backup at all " * 300)
    (tmp_path / "flipped").write_bytes(whole.replace(b"Ships sail at dawn.", b"Ships sank at dawn."))
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE x (y)").connection.close()
    newer = sqlite3.connect(tmp_path / "newer")
    newer.deserialize(whole)
    newer.execute("PRAGMA user_version = 99")
    (tmp_path / "newer").write_bytes(newer.serialize())
    newer.close()
    for name, said in (
        ("cut", "damaged|malformed"),
        ("text", "damaged"),
        ("flipped", "is damaged"),
        ("other", "not a Footnote library"),
        ("newer", "newer Footnote"),
        ("none", "there is no file"),
    ):
        with pytest.raises(LibraryError, match=said):
            restore(filled.store, tmp_path / name)
    assert (filled.moment()[0], hits(filled)) == before
    assert filled.check().problems == ()


def test_a_removed_document_is_in_no_later_backup_nor_left_by_a_restore(filled: Library, tmp_path: Path) -> None:
    filled.remove("ships.txt")
    backup(filled.store, tmp_path / "b")
    assert b"dawn" not in (tmp_path / "b").read_bytes()
    filled.add_upload("late.txt", b"Zeppelins land at noon.")
    restore(filled.store, tmp_path / "b")
    assert [p.name for p in (tmp_path / "library").iterdir() if b"eppelin" in p.read_bytes()] == []
    assert (tmp_path / "library" / FILE).exists()
