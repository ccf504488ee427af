"""One library a person, opened once for all tabs, and closed when nobody needs it any more."""

import gc
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answer.desks import Desks
from answer.settings import AnswerSettings
from index.embedder import HashingEmbedder
from index.library import Library
from index.owner import Owner
from index.settings import Settings
from ingest.errors import LibraryError, SettingError
from ingest.nouns import Passage
from tests.answer.pointer import Pointer

ADA, BEN = Owner("https://id.example.org", "ada"), Owner("https://id.example.org", "ben")


def desks(folder: Path, linger: float = 0.0) -> Desks:
    return Desks(Settings(folder=folder, model="hashing"), AnswerSettings(reader=False), linger=linger)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Desks]:
    made = desks(tmp_path)
    yield made
    for desk in made._open.values():
        desk.worker.stop()
        desk.library.close()


def test_all_tabs_of_a_person_share_one_library_and_no_two_people_do(opened: Desks, tmp_path: Path) -> None:
    first, second, other, nobody = (opened.take(owner) for owner in (ADA, ADA, BEN, None))
    assert first.library is second.library
    folders = [desk.library.folder for desk in (first, other, nobody)]
    assert folders == [tmp_path / "users" / ADA.key, tmp_path / "users" / BEN.key, tmp_path]
    first.library.add_upload("letter.txt", b"Dear Ben.")
    assert other.library.entries() == nobody.library.entries() == []
    assert first.library.embedder is other.library.embedder


def test_a_library_is_closed_after_its_last_tab(opened: Desks) -> None:
    first, second = opened.take(ADA), opened.take(ADA)
    first.close()
    assert not first.library.closed
    second.close()
    assert first.library.closed
    assert not opened.take(ADA).library.closed


def test_a_reload_is_no_reason_to_close_it(tmp_path: Path) -> None:
    patient = desks(tmp_path, linger=60.0)
    desk = patient.take(ADA)
    desk.close()
    assert patient.take(ADA).library is desk.library
    desk.worker.stop()
    desk.library.close()


def test_the_last_library_is_closed_though_nobody_comes_any_more(tmp_path: Path) -> None:
    desk = desks(tmp_path, linger=0.05).take(ADA)
    desk.close()
    until = time.monotonic() + 10
    while not desk.library.closed and time.monotonic() < until:
        time.sleep(0.01)
    assert desk.library.closed


def test_one_persons_slow_opening_keeps_nobody_else_waiting(opened: Desks, tmp_path: Path) -> None:
    settings = Settings(folder=ADA.folder(tmp_path), model="hashing")
    with Library.open(settings.folder, settings, create=True, owner=ADA.key) as library, library.store.lock():
        waiting = threading.Thread(target=opened.take, args=(ADA,))
        waiting.start()
        opened.take(BEN).close()
        assert waiting.is_alive()
    waiting.join()


def test_a_library_with_work_under_way_stays_open_until_it_is_done(opened: Desks) -> None:
    desk = opened.take(ADA)
    desk.worker.stop()  # so that the job waits
    job = desk.library.jobs.submit("letter.txt", b"Dear Ben.")
    desk.close()
    assert not desk.library.closed
    desk.library.jobs.cancel(job)
    opened.take(BEN).close()
    assert desk.library.closed


def test_the_library_of_a_program_without_sign_in_stays_open(opened: Desks) -> None:
    desk = opened.take(None)
    desk.close()
    opened.take(ADA).close()
    assert not desk.library.closed


def test_a_folder_that_is_anothers_is_refused(opened: Desks, tmp_path: Path) -> None:
    settings = Settings(folder=BEN.folder(tmp_path), model="hashing")
    Library.open(settings.folder, settings, create=True, owner=ADA.key).close()
    with pytest.raises(LibraryError, match="somebody else"):
        opened.take(BEN)
    with pytest.raises(LibraryError, match="belongs to a person"):
        Desks(replace(settings), AnswerSettings(reader=False)).take(None)


@pytest.fixture
def unfrozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_warming_loads_the_model_and_leaves_what_is_loaded_out_of_garbage_collection(
    tmp_path: Path, unfrozen: None
) -> None:
    encoded: list[str] = []

    class Model(HashingEmbedder):
        def encode(self, texts):
            encoded.extend(texts)
            return super().encode(texts)

    class Read(Pointer):
        def read(self, question, passages):
            read.extend(passages)
            return super().read(question, passages)

    read: list[Passage] = []
    made = Desks(Settings(folder=tmp_path), AnswerSettings(), models=lambda settings: Model())
    made._reader = Read("Here")
    before = gc.get_freeze_count()
    made.warm().join()
    assert (len(encoded), len(read)) == (1, 1)
    assert gc.get_freeze_count() > before


def test_a_model_that_can_not_be_loaded_is_no_trouble_until_somebody_asks(tmp_path: Path, unfrozen: None) -> None:
    class Broken(HashingEmbedder):
        def encode(self, texts):
            raise SettingError("the embedding model can't be loaded")

    made = Desks(Settings(folder=tmp_path), AnswerSettings(), models=lambda settings: Broken())
    before = gc.get_freeze_count()
    made.warm().join()
    assert gc.get_freeze_count() > before
    desk = made.take(None)
    with pytest.raises(SettingError, match="can't be loaded"):
        desk.library.add_upload("a.txt", b"It begins here.")
    desk.worker.stop()
    desk.library.close()
