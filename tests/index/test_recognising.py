"""Pictures are read after the text, in the background: the text waits for nothing, and what is there stays."""

from pathlib import Path

import pytest

from index.jobs import Worker
from index.records import WAITING
from ingest.errors import LibraryError, ReadError

SHIP = b"Ships sail.\fHarbours wait. <The quota is 48 tonnes.>\fCats sleep."


def texts(library) -> list[str]:
    return [library.page("a.txt", number).text for number in (1, 2, 3)]


@pytest.fixture
def worker(library) -> Worker:
    library.jobs.submit("a.txt", SHIP)
    return Worker(library)


def test_the_text_can_be_found_before_the_pictures_are_read(worker, library) -> None:
    assert worker._read_next()
    assert texts(library) == ["Ships sail.", "Harbours wait. ", "Cats sleep."]
    assert [hit.passage.page for hit in library.search("harbours")][:1] == [2]
    entry = library.entry("a.txt")
    assert (entry.notes, entry.warnings) == ((WAITING,), ())
    worker._make_vectors()
    (job,) = library.jobs.list()
    assert (job.state, job.later, job.done, job.total) == ("words", True, 3, 3)


def test_then_the_pictures_are_read_and_only_what_is_new_gets_a_vector(worker, library) -> None:
    worker._read_next()
    worker._make_vectors()
    assert worker._recognise_next()
    assert texts(library) == ["Ships sail.", "Harbours wait. <The quota is 48 tonnes.>", "Cats sleep."]
    assert library.entry("a.txt").notes == ()
    assert library.entry("a.txt").vectors == 2, "the passages of the first and the last page are as they were"
    assert library.search("quota tonnes")[0].passage.page == 2
    while worker._make_vectors():
        pass
    (job,) = library.jobs.list()
    assert (job.state, job.message, job.later) == ("done", "Added a.txt", False)
    assert job.outcome is not None
    assert (job.outcome.status, job.outcome.passages) == ("added", 3)
    assert library.check().problems == ()
    assert not worker._recognise_next()


def test_a_document_without_pictures_is_read_once(library, reader) -> None:
    library.jobs.submit("b.txt", b"Cats sleep.")
    worker = Worker(library)
    worker._read_next()
    assert not worker._recognise_next()
    assert reader.reads == 1


def test_one_that_is_nothing_but_pictures_is_read_whole_at_once(library) -> None:
    library.jobs.submit("a.txt", b"<The quota is 48 tonnes.>")
    Worker(library)._read_next()
    assert library.page("a.txt", 1).text == "<The quota is 48 tonnes.>"
    assert not library.jobs.list()[0].later


def test_a_new_job_goes_before_the_pictures_of_another(worker, library, reader) -> None:
    worker._read_next()
    library.jobs.submit("b.txt", b"Cats sleep.")
    assert worker._recognise_next()
    assert texts(library)[1] == "Harbours wait. "
    worker._read_next()
    assert worker._recognise_next()
    assert "quota" in texts(library)[1]


def test_it_goes_on_after_a_restart(open_library) -> None:
    first = open_library()
    first.jobs.submit("a.txt", SHIP)
    Worker(first)._read_next()
    first.close()
    again = open_library()
    assert Worker(again)._recognise_next()
    assert "quota" in texts(again)[1]


def test_what_can_not_be_cut_when_it_is_read_again_stays_and_says_so(worker, library, monkeypatch) -> None:
    worker._read_next()
    before = texts(library)

    def passages(*_: object, **__: object) -> None:
        raise IndexError

    monkeypatch.setattr("index.adding.passages", passages)
    assert worker._recognise_next()
    assert texts(library) == before
    (note,) = library.entry("a.txt").notes
    assert note.startswith("What is written in its pictures is not read: the reader failed on it (IndexError)")
    assert not worker._recognise_next()


def test_what_can_not_be_read_again_stays_and_says_so(worker, library, reader) -> None:
    worker._read_next()

    def read(path: Path, **options):
        raise ReadError("it crashed the reader; it is damaged, or made to do so")

    reader.read = read
    assert worker._recognise_next()
    assert texts(library)[1] == "Harbours wait. "
    assert library.entry("a.txt").notes == (
        "What is written in its pictures is not read: it crashed the reader; it is damaged, or made to do so.",
    )
    assert not library.jobs.list()[0].later


def test_a_document_removed_meanwhile_stays_removed(worker, library, reader) -> None:
    worker._read_next()
    plain = reader.read

    def read(path: Path, **options):
        library.remove("a.txt")
        return plain(path, **options)

    reader.read = read
    assert worker._recognise_next()
    assert library.entries() == []
    assert not worker._recognise_next()


def test_cancelled_meanwhile_all_of_it_is_taken_out(worker, library) -> None:
    worker._read_next()
    library.jobs.cancel(library.jobs.list()[0].id)
    worker._recognise_next()
    worker._make_vectors()
    assert library.entries() == []
    assert library.jobs.list()[0].state == "cancelled"


def test_what_a_renewal_has_cut_of_it_is_cut_again(worker, library) -> None:
    from index.renewal import Renewal

    worker._read_next()
    worker._make_vectors()
    renewal = Renewal(library.store, library.adder)
    renewal.begin()
    assert renewal.step()
    worker._recognise_next()
    library.rebuild()
    assert library.search("quota tonnes")[0].passage.page == 2
    assert library.check().problems == ()


def test_a_folder_is_added_text_first_and_its_outcomes_tell_of_the_pictures_too(library, write, reader) -> None:
    files = [write("a.txt", SHIP.decode()), write("b.txt", "Cats sleep.")]
    read: list[tuple[str, bool]] = []
    plain = reader.read

    def noted(path: Path, *, name: str, recognise: bool, **options):
        read.append((name, recognise))
        return plain(path, name=name, recognise=recognise, **options)

    reader.read = noted
    outcomes = {outcome.name: outcome for outcome in library.add(files)}
    assert read == [("a.txt", False), ("b.txt", False), ("a.txt", True)]
    assert (outcomes["a.txt"].status, outcomes["a.txt"].path) == ("added", str(files[0]))
    assert "quota" in texts(library)[1]
    assert [(e.vectors, e.passages) for e in library.entries()] == [(3, 3), (1, 1)]
    assert [outcome.status for outcome in library.add(files)] == ["unchanged", "unchanged"]
    assert len(read) == 3


def test_adding_again_goes_on_where_an_earlier_adding_was_stopped(library, write) -> None:
    path = write("a.txt", SHIP.decode())
    library.adder.store_file(path, None, None, None)
    assert library.entry("a.txt").notes == (WAITING,)
    (outcome,) = library.add([path])
    assert outcome.status == "unchanged"
    assert "quota" in texts(library)[1]


def test_a_document_at_whose_pictures_the_reader_breaks_stays_as_it_is_and_says_so(library, reader) -> None:
    library.jobs.submit("a.txt", SHIP)
    worker = Worker(library)
    assert worker._read_next()

    def read(path, **options):
        raise RuntimeError("nobody foresaw it")

    reader.read = read
    assert worker._recognise_next()
    assert not worker._recognise_next()
    (said,) = library.entry("a.txt").notes
    assert said.startswith("What is written in its pictures is not read: the reader failed on it (RuntimeError)")


def test_the_worker_reads_pictures_that_others_left(library, write, tmp_path) -> None:
    write("a.txt", SHIP.decode())
    (outcome,) = library.sync_folder(tmp_path / "docs")
    assert (outcome.status, library.entry("a.txt").notes) == ("added", (WAITING,))
    assert Worker(library)._recognise_next()
    assert "quota" in texts(library)[1]


def test_a_locked_document_waits_for_its_password_and_keeps_no_other_waiting(open_library) -> None:
    first = open_library()
    first.add_upload("z.txt", b"Nothing to wait for.")
    first.jobs.submit("a.txt", b"LOCKED " + SHIP, password="open sesame")
    first.jobs.submit("b.txt", SHIP)
    worker = Worker(first)
    assert worker._read_next()
    assert worker._read_next()
    first.close()
    again = open_library()  # passwords are kept in memory only
    worker = Worker(again)
    while worker._recognise_next():
        pass
    assert again.entry("a.txt").notes == (WAITING,)
    assert again.entry("b.txt").notes == ()
    again.unlock("a.txt", "wrong")
    assert worker._recognise_next()
    assert not worker._recognise_next()
    again.unlock("a.txt", "open sesame")
    assert worker._recognise_next()
    assert "quota" in again.page("a.txt", 2).text
    assert not worker._recognise_next()


def test_what_another_program_has_read_meanwhile_is_not_replaced_again(worker, library, reader) -> None:
    worker._read_next()
    plain, other = reader.read, Worker(library)

    def read(path: Path, **options):
        reader.read = plain
        assert other._recognise_next()
        return plain(path, **options)

    reader.read = read
    before = library.moment().removals
    assert worker._recognise_next()
    assert library.moment().removals == before + 1
    assert "quota" in texts(library)[1]


def test_no_room_for_the_file_is_said_and_it_is_tried_again(worker, library, monkeypatch: pytest.MonkeyPatch) -> None:
    worker._read_next()
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(LibraryError, match="No space left on device"):
            worker._recognise_next()
    assert worker._recognise_next()
    assert "quota" in texts(library)[1]


def test_the_same_bytes_from_elsewhere_have_their_pictures_read(library, write) -> None:
    library.adder.store_file(write("a.txt", SHIP.decode()), None, None, None)
    (outcome,) = library.add([write("copy.txt", SHIP.decode())])
    assert outcome.status == "unchanged"
    assert "quota" in texts(library)[1]


def test_bytes_handed_in_again_have_their_pictures_read(library, write) -> None:
    library.adder.store_file(write("a.txt", SHIP.decode()), None, None, None)
    assert library.add_upload("a.txt", SHIP).status == "unchanged"
    assert "quota" in texts(library)[1]
