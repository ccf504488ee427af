import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.jobs import Worker
from index.library import Library
from ingest.errors import LibraryError

UNFORESEEN = "something unforeseen failed while documents were being added (PermissionError)"


def until(true: Callable[[], object]) -> None:
    """Wait for a thread's work; the test's own timeout ends a wait in vain."""
    while not true():
        time.sleep(0.01)


def states(library: Library) -> list[str]:
    return [job.state for job in library.jobs.list()]


def test_jobs_end_as_done_or_failed_each_with_its_message(library) -> None:
    worker = Worker(library, pause=0.02).start()
    library.jobs.submit("a.txt", b"Ships sail.")
    library.jobs.submit("b.bin", b"\0")
    until(lambda: all(j.over for j in library.jobs.list()))
    worker.stop()
    good, bad = library.jobs.list()
    assert (good.state, good.message, good.done, good.total) == ("done", "Added a.txt", 1, 1)
    assert good.outcome is not None
    assert good.outcome.name == "a.txt"
    assert (bad.state, bad.message) == (
        "failed",
        "Could not add b.bin: b.bin is not a PDF, text or Markdown file; name another",
    )
    assert [h.name for h in library.search("ships")] == ["a.txt"]
    library.jobs.dismiss(bad.id)
    assert states(library) == ["done"]


def test_a_job_goes_on_after_a_restart(open_library) -> None:
    first = open_library()
    first.jobs.submit("a.txt", b"Ships sail.")
    first.jobs.submit("b.txt", b"Cats sleep.")
    assert first.jobs.claim() is not None
    assert states(first) == ["reading", "waiting"]
    first.close()
    again = open_library()
    worker = Worker(again, pause=0.02).start()
    until(lambda: states(again) == ["done", "done"])
    worker.stop()
    assert [e.name for e in again.entries()] == ["a.txt", "b.txt"]


def test_a_waiting_job_is_cancelled_at_once(library) -> None:
    key = library.jobs.submit("a.txt", b"Ships sail.")
    library.jobs.cancel(key)
    assert states(library) == ["cancelled"]
    assert library.jobs.claim() is None


def test_a_job_cancelled_while_it_is_read_adds_nothing(library, reader) -> None:
    key = library.jobs.submit("a.txt", b"\f".join([b"page"] * 500))
    slow = reader.read

    def read(path: Path, **options):
        library.jobs.cancel(key)
        time.sleep(0.3)
        return slow(path, **options)

    reader.read = read
    worker = Worker(library, pause=0.02).start()
    until(lambda: states(library) == ["cancelled"])
    worker.stop()
    assert library.entries() == []


def test_a_job_cancelled_while_it_is_embedded_is_taken_out_again(library) -> None:
    library.jobs.submit("a.txt", b"Ships sail.")
    worker = Worker(library)
    assert worker._read_next()
    assert states(library) == ["words"]
    assert [h.name for h in library.search("ships")] == ["a.txt"]
    library.jobs.cancel(library.jobs.list()[0].id)
    worker._make_vectors()
    assert states(library) == ["cancelled"]
    assert library.entries() == []


def test_a_file_at_which_the_reader_breaks_fails_alone(library, reader) -> None:
    sound = reader.read

    def read(path: Path, **options):
        if b"odd" in path.read_bytes():
            raise RuntimeError("nobody foresaw it")
        return sound(path, **options)

    reader.read = read
    library.jobs.submit("a.txt", b"An odd ship.")
    library.jobs.submit("b.txt", b"Cats sleep.")
    worker = Worker(library, pause=0.02).start()
    until(lambda: states(library) == ["failed", "done"])
    worker.stop()
    said = "Could not add a.txt: the reader failed on it (RuntimeError); it may be damaged"
    assert library.jobs.list()[0].message == said


def test_a_file_after_which_the_library_can_not_follow_its_model_fails_alone(library, monkeypatch) -> None:
    def follow() -> bool:
        raise OSError("the model's folder is gone")

    monkeypatch.setattr(library, "follow", follow)
    library.jobs.submit("a.bin", b"\0")
    library.jobs.submit("b.txt", b"Cats sleep.")
    worker = Worker(library)
    assert worker._read_next()
    assert worker._read_next()
    assert states(library) == ["failed", "words"]


@pytest.mark.parametrize(
    ("whose", "act", "said"),
    [
        ("library", "sync_folder", UNFORESEEN),
        ("library", "renew", UNFORESEEN),
        ("jobs", "resume", UNFORESEEN),
        ("jobs", "by_words", "the disk is full"),
    ],
)
def test_an_act_that_fails_is_said_and_does_not_end_the_worker(
    whose: str, act: str, said: str, library, tmp_path, monkeypatch
) -> None:
    (tmp_path / "docs").mkdir()
    part = library if whose == "library" else library.jobs
    sound, failures = getattr(part, act), [LibraryError(said) if "disk" in said else PermissionError("secret.txt")]

    def once(*args, **named):
        if failures:
            raise failures.pop()
        return sound(*args, **named)

    monkeypatch.setattr(part, act, once)
    worker = Worker(library, tmp_path / "docs", pause=0.02).start()
    until(lambda: library.jobs.trouble)
    assert library.jobs.trouble.startswith(said)
    assert "secret" not in library.jobs.trouble
    library.jobs.submit("a.txt", b"Ships sail.")
    until(lambda: states(library) == ["done"])
    worker.stop()


def test_two_workers_do_each_job_once(open_library, reader) -> None:
    one, two = open_library(), open_library()
    workers = [Worker(library, pause=0.02).start() for library in (one, two)]
    for number in range(12):
        (one if number % 2 else two).jobs.submit(f"{number}.txt", f"words {number}".encode())
    until(lambda: states(one) == ["done"] * 12)
    for worker in workers:
        worker.stop()
    assert reader.reads == 12
    assert len(one.entries()) == 12


def test_the_worker_makes_vectors_that_others_left_and_follows_the_corpus(library, write, tmp_path) -> None:
    library.adder.store_file(write("../a.txt", "Ships sail."), None, None, None)
    write("b.txt", "Cats sleep.")
    worker = Worker(library, tmp_path / "docs", pause=0.02).start()
    until(lambda: [e.vectors for e in library.entries()] == [1, 1])
    worker.stop()
    assert [e.name for e in library.entries()] == ["a.txt", "b.txt"]


def test_a_worker_that_found_nothing_missing_sees_what_another_program_leaves(open_library) -> None:
    library, other = open_library(), open_library()
    worker = Worker(library)
    library.add_upload("a.txt", b"Ships sail.")
    assert not worker._make_vectors()
    asked: list[int] = []
    pending = library.adder.pending
    library.adder.pending = lambda: asked.append(1) or pending()
    assert not worker._make_vectors()
    assert asked == [], "to look for what is missing walks all passages"
    other.adder.store_upload("b.txt", b"Cats sleep.", None, None, None)
    assert worker._make_vectors()
    assert not library.busy()


def test_removing_a_document_takes_its_job_off_the_list(library) -> None:
    library.jobs.submit("a.txt", b"Ships sail.")
    worker = Worker(library, pause=0.02).start()
    until(lambda: states(library) == ["done"])
    worker.stop()
    library.remove("a.txt")
    assert library.jobs.list() == []


def test_removing_a_document_that_is_found_by_words_only_takes_its_job_off_the_list(library) -> None:
    library.jobs.submit("a.txt", b"Ships sail.")
    worker = Worker(library)
    assert worker._read_next()
    library.remove("a.txt")
    worker._make_vectors()
    assert library.jobs.list() == []
    assert library.entries() == []


def test_a_document_removed_before_its_job_is_written_takes_the_job_along(library, monkeypatch) -> None:
    library.jobs.submit("a.txt", b"Ships sail.")
    finish = library.jobs.finish_reading

    def late(id, stored) -> None:
        library.remove("a.txt")
        finish(id, stored)

    monkeypatch.setattr(library.jobs, "finish_reading", late)
    assert Worker(library)._read_next()
    assert library.jobs.list() == []


def test_removing_a_document_leaves_the_jobs_of_other_files_of_its_name(library) -> None:
    worker = Worker(library)
    for data in (b"Ships sail.", b"LOCKED Cats sleep.", b"\0"):
        library.jobs.submit("fine.txt", data)
        assert worker._read_next()
    library.jobs.cancel(library.jobs.submit("fine.txt", b"Dogs bark."))
    waiting = library.jobs.submit("fine.txt", b"Hens lay.")
    assert states(library) == ["words", "locked", "failed", "cancelled", "waiting"]
    library.remove("fine.txt")
    assert states(library) == ["locked", "waiting"]
    library.jobs.unlock(library.jobs.list()[0].id, "open sesame")
    assert worker._read_next()
    assert library.original("fine.txt") == b"LOCKED Cats sleep."
    assert library.jobs.list()[1].id == waiting


def test_what_two_jobs_brought_goes_when_both_are_cancelled(library) -> None:
    worker = Worker(library)
    one, two = library.jobs.submit("a.txt", b"Ships sail."), library.jobs.submit("b.txt", b"Ships sail.")
    assert worker._read_next()
    assert worker._read_next()
    library.jobs.cancel(one)
    for job, _ in library.jobs.by_words():
        if library.jobs.cancelled(job.id):
            library.undo(job.id)
    assert states(library) == ["cancelled", "words"]
    assert [e.name for e in library.entries()] == ["a.txt"]
    library.jobs.cancel(two)
    library.undo(two)
    assert states(library) == ["cancelled", "cancelled"]
    assert library.entries() == []


def test_a_cancelled_job_leaves_what_another_brought_too(library) -> None:
    worker = Worker(library)
    one = library.jobs.submit("a.txt", b"Ships sail.")
    library.jobs.submit("b.txt", b"Ships sail.")
    assert worker._read_next()
    assert worker._read_next()
    library.jobs.cancel(one)
    worker._make_vectors()
    worker._make_vectors()
    assert states(library) == ["cancelled", "done"]
    outcome = library.jobs.list()[1].outcome
    assert outcome is not None
    assert (outcome.name, outcome.status) == ("a.txt", "added")
    assert [e.name for e in library.entries()] == ["a.txt"]


def test_undoing_a_job_that_was_not_cancelled_changes_nothing(library) -> None:
    key = library.jobs.submit("a.txt", b"Ships sail.")
    assert Worker(library)._read_next()
    library.undo(key)
    assert states(library) == ["words"]
    assert [e.name for e in library.entries()] == ["a.txt"]


def test_a_file_of_the_corpus_that_can_not_be_read_is_said(library, write, tmp_path) -> None:
    write("good.txt", "Ships sail.")
    write("bad.bin", "\0")
    worker = Worker(library, tmp_path / "docs", pause=0.02).start()
    until(lambda: library.jobs.trouble)
    worker.stop()
    assert library.jobs.trouble.startswith("Could not add bad.bin: ")
    assert [e.name for e in library.entries()] == ["good.txt"]


def test_a_corpus_folder_that_is_away_is_said_and_answers_from_it_are_kept(library, write, tmp_path) -> None:
    write("a.txt", "Ships sail.")
    list(library.sync_folder(tmp_path / "docs"))
    chat = library.conversations.exchange(None, "Who sails?", "Ships sail.", {"hits": [{"document": "a.txt"}]})
    (tmp_path / "docs").rename(tmp_path / "unmounted")
    worker = Worker(library, tmp_path / "docs", pause=0.02).start()
    until(lambda: library.jobs.trouble)
    library.jobs.submit("b.txt", b"Cats sleep.")
    until(lambda: states(library) == ["done"])
    worker.stop()
    assert library.jobs.trouble.startswith(f"Could not add docs: the folder {tmp_path / 'docs'} can't be read")
    assert [e.name for e in library.entries()] == ["a.txt", "b.txt"]
    assert [said.text for said in library.conversations.turns(chat)] == ["Who sails?", "Ships sail."]


def test_a_file_of_the_corpus_whose_name_is_not_utf8_is_said_in_text_that_a_page_can_show(library, tmp_path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / os.fsdecode(b"bad\xe9.bin")).write_bytes(b"\0")
    worker = Worker(library, tmp_path / "docs")
    worker._sync()
    assert library.jobs.trouble.startswith("Could not add bad?.bin: ")
    assert library.jobs.trouble.isprintable()


def test_a_file_that_needs_a_password_waits_for_it_and_keeps_it_off_the_disk(library) -> None:
    worker = Worker(library, pause=0.02).start()
    key = library.jobs.submit("a.txt", b"LOCKED Ships sail.")
    until(lambda: states(library) == ["locked"])
    library.jobs.unlock(key, "wrong")
    until(lambda: library.jobs.list()[0].message.endswith("the password does not open it"))
    assert states(library) == ["locked"]
    library.jobs.unlock(key, "open sesame")
    until(lambda: states(library) == ["done"])
    worker.stop()
    assert [e.name for e in library.entries()] == ["a.txt"]
    assert library._passwords == {"a.txt": "open sesame"}
    kept = b"".join(path.read_bytes() for path in library.folder.rglob("*") if path.is_file())
    assert b"open sesame" not in kept


def test_a_locked_file_that_is_dismissed_is_gone(library) -> None:
    worker = Worker(library, pause=0.02).start()
    key = library.jobs.submit("a.txt", b"LOCKED")
    until(lambda: states(library) == ["locked"])
    worker.stop()
    library.jobs.dismiss(key)
    assert states(library) == []
    library.jobs.unlock(key, "open sesame")
    assert library.jobs.claim() is None


def test_a_file_handed_in_does_not_wait_for_the_whole_corpus_folder(library, write, tmp_path) -> None:
    for i in range(3):
        write(f"{i}.txt", f"Words {i}.")
    library.jobs.submit("mine.txt", b"Ships sail.")
    worker = Worker(library, tmp_path / "docs")
    worker._sync()
    assert states(library) == ["words"]
    assert [e.name for e in library.entries()] == ["0.txt", "1.txt", "2.txt", "mine.txt"]


def test_the_library_is_busy_while_the_corpus_is_being_added(library, write, tmp_path, monkeypatch) -> None:
    write("a.txt", "Ships sail.")
    follow, busy = library.sync_folder, []

    def sync_folder(*args, **named):
        busy.append((library.jobs.following, library.busy()))
        yield from follow(*args, **named)

    monkeypatch.setattr(library, "sync_folder", sync_folder)
    worker = Worker(library, tmp_path / "docs", pause=0.02).start()
    until(lambda: library.entries() and not library.busy())
    worker.stop()
    assert busy == [(True, True)]
    assert not library.jobs.following


def test_a_worker_that_waits_for_another_programs_leaves_the_library_idle(open_library, tmp_path) -> None:
    library, other = open_library(), open_library()
    with other.store.alone("worker.lock", lambda: False) as held:
        assert held
        worker = Worker(library, tmp_path / "docs", pause=0.02).start()
        assert not library.busy()
        worker.stop()
