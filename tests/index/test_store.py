import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.store import FILE, LOG, Store, meta, set_meta, sqlite_note
from ingest.errors import LibraryError


def test_a_library_that_is_not_there_is_said_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"there is no library in .*python -m ingest"):
        Store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Store(tmp_path, create=True).close()
    code = (  # it ends without closing, so its log is left as a killed program leaves it
        "import os, sqlite3, sys\nconnection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA user_version = 99')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / FILE)], check=True)
    before = [(tmp_path / name).read_bytes() for name in (FILE, LOG)]
    assert before[1]
    with pytest.raises(LibraryError, match=r"newer Footnote .version 99"):
        Store(tmp_path)
    assert [(tmp_path / name).read_bytes() for name in (FILE, LOG)] == before


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(LibraryError, match="is not a Footnote library"):
        Store(tmp_path)


def test_a_damaged_file_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all " * 100)
    with pytest.raises(LibraryError, match="is damaged; put back a copy"):
        Store(tmp_path)


def value(store: Store) -> object:
    with store.read() as connection:
        return meta(connection, "value")


def put(store: Store, value: int) -> None:
    with store.write() as connection:
        set_meta(connection, "value", value)


def test_within_steady_all_that_one_thread_reads_is_of_one_state(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)
    put(store, 1)
    with store.steady():
        assert value(store) == 1
        put(store, 2)
        with store.steady():
            assert value(store) == 1
        assert value(store) == 1
        beside = list[object]()
        other = threading.Thread(target=lambda: beside.append(value(store)))
        other.start()
        other.join()
        assert beside == [2]
    assert value(store) == 2
    store.close()


def test_what_was_removed_while_a_reader_was_in_the_way_is_wiped_at_its_end(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)
    with store.write() as connection:
        set_meta(connection, "value", "the secret of the harbour")
    store.empty_log()
    with store.steady():
        assert value(store) == "the secret of the harbour"
        put(store, 0)
        assert not store.empty_log()
    for file in (FILE, LOG):
        assert b"the secret of the harbour" not in (tmp_path / file).read_bytes()
    store.close()


def test_an_error_within_steady_ends_it(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)
    with pytest.raises(LibraryError, match="no such table"), store.steady(), store.read() as connection:
        connection.execute("SELECT * FROM nowhere")
    put(store, 3)
    assert value(store) == 3
    store.close()


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="is a file, not a folder"):
        Store(tmp_path / "file", create=True)


def test_a_full_disk_is_said_in_plain_words_and_nothing_is_written(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)

    def fill() -> None:
        with store.write() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            set_meta(connection, "big", "x" * 1_000_000)

    with pytest.raises(LibraryError, match="is full; free some space"):
        fill()
    with store.read() as connection:
        assert meta(connection, "big") is None
    store.close()


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)

    def fail() -> None:
        with store.write() as connection:
            set_meta(connection, "a", 1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.read() as connection:
        assert meta(connection, "a") is None
    store.close()


def test_writers_take_turns_and_readers_see_one_state(tmp_path: Path) -> None:
    stores = [Store(tmp_path, create=True) for _ in range(2)]

    def count_up(store: Store) -> None:
        for _ in range(25):
            with store.write() as connection:
                value = int(meta(connection, "n", 0)) + 1
                set_meta(connection, "n", value)
                set_meta(connection, "twice", 2 * value)

    threads = [threading.Thread(target=count_up, args=(s,)) for s in stores * 2]
    for thread in threads:
        thread.start()
    while any(t.is_alive() for t in threads):
        with stores[0].read() as connection:
            assert int(meta(connection, "twice", 0)) == 2 * int(meta(connection, "n", 0))
    for thread in threads:
        thread.join()
    with stores[1].read() as connection:
        assert meta(connection, "n") == 100
    for store in stores:
        store.close()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)
    store.close()
    with pytest.raises(LibraryError, match="is closed"), store.read():
        pass


def test_a_lost_lock_file_loses_no_write(tmp_path: Path) -> None:
    stores = [Store(tmp_path, create=True) for _ in range(3)]

    def count_up(store: Store) -> None:
        for _ in range(25):
            with store.write() as connection:
                set_meta(connection, "n", int(meta(connection, "n", 0)) + 1)
                (tmp_path / "writer.lock").unlink(missing_ok=True)

    threads = [threading.Thread(target=count_up, args=(s,)) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].read() as connection:
        assert meta(connection, "n") == 75
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for store in stores:
        store.close()


def test_a_long_log_is_taken_into_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path, create=True)
    for number in range(3):
        with store.write() as connection:
            set_meta(connection, f"big{number}", "x" * 3_000_000)
    assert (tmp_path / LOG).stat().st_size < 4_000_000
    assert (tmp_path / FILE).stat().st_size > 3_000_000
    store.close()


def test_what_a_killed_program_left_in_the_log_goes_at_the_next_opening(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom index.store import Store, set_meta\n"
        "with Store(Path(sys.argv[1]), create=True).write() as connection: set_meta(connection, 'a', 'left behind')\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2], check=True)
    assert b"left behind" in (tmp_path / LOG).read_bytes()
    store = Store(tmp_path)
    assert (tmp_path / LOG).read_bytes() == b""
    with store.read() as connection:
        assert meta(connection, "a") == "left behind"
    store.close()


@pytest.mark.parametrize(
    ("version", "sound"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True), ((3, 51, 2), False),
     ((3, 51, 3), True), ((3, 53, 0), True)],
)  # fmt: skip
def test_a_sqlite_with_the_reset_defect_is_noted(version: tuple[int, int, int], sound: bool) -> None:
    assert (sqlite_note(version) == "") is sound
    assert sound or f"SQLite {version[0]}.{version[1]}.{version[2]} has a defect" in sqlite_note(version)


def test_nothing_of_a_transaction_is_in_the_log_before_it_is_committed(tmp_path: Path) -> None:
    """Pages that don't fit the cache would be written there early, beside what others read."""
    store = Store(tmp_path, create=True)
    with store.write() as connection:
        before = (tmp_path / LOG).stat().st_size
        for number in range(400):
            set_meta(connection, f"big{number}", "x" * 50_000)
        assert (tmp_path / LOG).stat().st_size == before
    assert (tmp_path / LOG).stat().st_size - before > 0 or (tmp_path / FILE).stat().st_size > 400 * 50_000
    with store.read() as connection:
        assert meta(connection, "big399") == "x" * 50_000
    store.close()
