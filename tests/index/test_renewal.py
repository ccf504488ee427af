"""A changed model: the old vectors serve until the new ones are all there, then they are swapped, in one step."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import renewal, schema
from index.embedder import HashingEmbedder
from index.jobs import Worker
from index.library import Library
from index.renewal import Renewal
from index.settings import Settings
from index.store import meta
from ingest.errors import ModelMismatch


class Other(HashingEmbedder):
    """Another model: half the dimensions, and so small that passages have to be cut anew."""

    name = "other"
    dimension = 128
    limit = 130


MODELS: dict[str, type[HashingEmbedder]] = {"hashing": HashingEmbedder, "other": Other}
TEXT = " ".join(f"Ship {i} sails at dawn from the port of Aral{i}." for i in range(60))


@pytest.fixture
def open_as(tmp_path: Path, reader) -> Iterator[Callable[[str], Library]]:
    """Opens the test's library with a model, to be renewed."""
    opened = []

    def open_it(model: str, renew: bool = True) -> Library:
        settings = Settings(model=model)
        found = Library.open(
            tmp_path / "library", settings, create=True, reader=reader, models=lambda s: MODELS[s.model](), renew=renew
        )
        opened.append(found)
        return found

    yield open_it
    for each in opened:
        each.close()


@pytest.fixture
def filled(open_as) -> Library:
    library = open_as("hashing")
    library.add_upload("ships.txt", TEXT.encode())
    library.add_upload("cats.txt", b"Cats sleep all day.")
    library.add_upload("empty.txt", b" ")
    return library


def model_of(library: Library) -> tuple[str, int]:
    with library.store.read() as connection:
        return meta(connection, "model"), connection.execute("SELECT count(*) FROM renewed_passages").fetchone()[0]


def found(library: Library) -> list[tuple[str, str, float]]:
    return [(h.name, h.passage.text, h.cosine) for h in library.search("port of Aral7")]


def test_the_old_vectors_serve_until_the_new_ones_are_swapped_in(filled: Library, open_as) -> None:
    before, passages = found(filled), filled.entry("ships.txt").passages
    changed = open_as("other")
    steps = 0
    while changed.renew():
        steps += 1
        assert model_of(changed)[0] == "other" or found(changed) == before
        assert found(filled)
    assert steps > 3
    assert model_of(changed) == ("other", 0)
    assert changed.embedder.name == filled.embedder.name == "other"
    assert changed.entry("ships.txt").passages > passages
    assert found(changed)[0][0] == "ships.txt"
    assert "Aral7." in found(changed)[0][1]
    assert changed.check().problems == ()
    assert not changed.renew()


def test_the_result_is_what_a_library_made_with_the_new_model_gives(filled: Library, open_as, tmp_path, reader) -> None:
    changed = open_as("other")
    while changed.renew():
        pass
    settings = Settings(model="other")
    with Library.open(tmp_path / "new", settings, create=True, embedder=Other(), reader=reader) as fresh:
        fresh.add_upload("ships.txt", TEXT.encode())
        fresh.add_upload("cats.txt", b"Cats sleep all day.")
        assert found(changed) == found(fresh)


def test_it_goes_on_where_it_was_after_a_restart(filled: Library, open_as, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "GROUP", 2)
    first = open_as("other")
    for _ in range(6):
        assert first.renew()
    made = Renewal(first.store, first.adder).progress()
    first.close()
    again, encoded = open_as("other"), []
    assert again._wanted is not None
    encode = again._wanted.encode
    monkeypatch.setattr(again._wanted, "encode", lambda texts: encoded.extend(texts) or encode(texts))
    while again.renew():
        pass
    assert made[0] == 6
    assert len(encoded) == sum(e.passages for e in again.entries()) - made[0]


def test_what_is_added_and_removed_meanwhile_is_so_afterwards(filled: Library, open_as) -> None:
    changed = open_as("other")
    changed.renew()
    changed.renew()
    assert changed.add_upload("late.txt", b"Late words of the port.").status == "added"
    changed.remove("cats.txt")
    while changed.renew():
        pass
    assert [e.name for e in changed.entries()] == ["empty.txt", "late.txt", "ships.txt"]
    assert changed.entry("late.txt").vectors == 1
    assert changed.check().problems == ()
    held = b"".join(p.read_bytes() for p in changed.folder.iterdir())
    assert b"Cats sleep" not in held


def test_the_worker_renews_in_the_background_while_jobs_are_done_and_questions_asked(filled: Library, open_as) -> None:
    changed = open_as("other")
    worker = Worker(changed, pause=0.02).start()
    asked = 0
    for number in range(4):
        changed.jobs.submit(f"late{number}.txt", b"Late words %d." % number)
    while model_of(changed)[0] != "other" or any(not j.over for j in changed.jobs.list()):
        assert found(changed)[0][0] == "ships.txt"
        asked += 1
        time.sleep(0.01)
    worker.stop()
    assert asked
    assert changed.jobs.trouble == ""
    assert {j.state for j in changed.jobs.list()} == {"done"}
    assert changed.check().problems == ()


def test_without_being_asked_to_renew_another_model_is_refused(filled: Library, open_as) -> None:
    with pytest.raises(ModelMismatch):
        open_as("other", renew=False).search("ships")
    assert not open_as("other", renew=False).renew()


def test_changed_ways_of_cutting_are_followed_too(filled: Library, open_as, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (renewal, schema):
        monkeypatch.setattr(module, "DERIVED", schema.DERIVED + 1)
    again = open_as("hashing")
    before = found(again)
    assert again.renew()
    while again.renew():
        pass
    assert found(again) == before
    assert open_as("hashing").renewing() is None


def test_a_rebuild_lets_others_ask_meanwhile(filled: Library, open_as) -> None:
    other, seen = open_as("hashing"), []
    before = found(other)
    health = filled.rebuild(lambda done, total: seen.append((done, total, found(other) == before)))
    assert health.problems == ()
    assert [row[2] for row in seen] == [True] * len(seen)
    assert max(row[:2] for row in seen) == (health.vectors, health.vectors)


def test_two_rebuilds_at_once_both_end(filled: Library, open_as) -> None:
    threads = [threading.Thread(target=library.rebuild) for library in (filled, open_as("hashing"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert filled.check().problems == ()
