"""A library takes no more than its quota, whichever way a document comes in."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.jobs import Worker
from index.library import Library
from index.quota import SIGNED_IN, UNLIMITED, Quota
from index.settings import Settings
from ingest.errors import SettingError

SMALL = Settings(model="hashing", quota=Quota(megabytes=0.001, documents=2))


@pytest.fixture
def library(tmp_path: Path, reader) -> Library:
    with Library.open(tmp_path / "library", SMALL, create=True, reader=reader) as opened:
        yield opened


def settle(library: Library) -> None:
    worker = Worker(library)
    while worker._read_next() or worker._make_vectors():
        pass


def test_bytes_are_counted_over_all_documents(library: Library) -> None:
    assert library.add_upload("a.txt", b"a" * 600).status == "added"
    outcome = library.add_upload("b.txt", b"b" * 600)
    assert outcome.status == "failed"
    assert "FOOTNOTE_QUOTA_MB" in str(outcome.reason)
    library.remove("a.txt")
    assert library.add_upload("b.txt", b"b" * 600).status == "added"


def test_documents_are_counted(library: Library) -> None:
    assert [library.add_upload(f"{n}.txt", b"%d" % n).status for n in range(3)] == ["added", "added", "failed"]
    assert len(library.entries()) == 2


def test_what_is_in_the_library_already_is_no_more(library: Library) -> None:
    library.add_upload("a.txt", b"a" * 600)
    assert library.add_upload("again.txt", b"a" * 600).status == "unchanged"


def test_a_changed_file_takes_the_room_of_what_it_was(library: Library, write) -> None:
    path = write("a.txt", "a" * 600)
    assert [o.status for o in library.add([path])] == ["added"]
    path.write_text("b" * 900)
    assert [o.status for o in library.add([path])] == ["replaced"]
    path.write_text("c" * 1100)
    assert [o.status for o in library.add([path])] == ["failed"]
    assert library.original("a.txt") == b"b" * 900


def test_what_waits_in_line_counts_and_what_is_too_much_is_not_kept(library: Library) -> None:
    first, second = library.jobs.submit("a.txt", b"a" * 600), library.jobs.submit("b.txt", b"b" * 600)
    jobs = {job.id: job for job in library.jobs.list()}
    assert (jobs[first].state, jobs[second].state) == ("waiting", "failed")
    assert jobs[second].message.startswith("Could not add b.txt: it has 0.0 MB")
    with library.store.read() as connection:
        assert connection.execute("SELECT bytes FROM jobs WHERE id = ?", (second,)).fetchone() == (None,)
    settle(library)
    assert [e.name for e in library.entries()] == ["a.txt"]


def test_a_quota_that_shrank_since_is_kept_when_the_document_is_stored(library: Library, reader) -> None:
    library.jobs.submit("a.txt", b"a" * 600)
    none = replace(SMALL, quota=Quota(documents=0))
    with Library.open(library.folder, none, reader=reader) as other:
        settle(other)
        (job,) = other.jobs.list()
        assert (job.state, other.entries()) == ("failed", [])
        assert "FOOTNOTE_QUOTA_DOCUMENTS" in job.message


def test_one_person_alone_has_no_quota_unless_one_is_set() -> None:
    assert Settings.of({}).quota == UNLIMITED
    assert Settings.of({}, SIGNED_IN).quota == Quota(2_000, 2_000)
    assert Settings.of({"FOOTNOTE_QUOTA_MB": "5"}, SIGNED_IN).quota == Quota(5, 2_000)
    assert Settings.of({"FOOTNOTE_QUOTA_DOCUMENTS": "7"}).quota == Quota(documents=7)
    with pytest.raises(SettingError, match="FOOTNOTE_QUOTA_MB"):
        Settings.of({"FOOTNOTE_QUOTA_MB": "much"})


def test_a_file_that_is_there_already_may_be_handed_in_though_all_room_is_taken(library: Library) -> None:
    library.add_upload("a.txt", b"a" * 600)
    library.jobs.submit("again.txt", b"a" * 600)
    settle(library)
    (job,) = library.jobs.list()
    assert job.outcome is not None
    assert (job.state, job.outcome.status) == ("done", "unchanged")
