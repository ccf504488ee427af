"""A library knows whose it is, and opens for nobody else."""

from pathlib import Path

import pytest

from index.backup import backup, restore
from index.library import Library
from index.owner import NOBODY, Owner
from index.settings import Settings
from ingest.errors import LibraryError

SETTINGS = Settings(model="hashing")
ADA, BEN = Owner("https://id.example.org", "ada"), Owner("https://id.example.org", "ben")


def opened(folder: Path, owner: str | None, *, create: bool = True) -> Library:
    return Library.open(folder, SETTINGS, create=create, owner=owner)


def test_issuer_and_subject_together_tell_people_apart() -> None:
    people = [Owner("a", "bc"), Owner("ab", "c"), Owner("abc", ""), Owner('a", "b', "c"), Owner("a", 'b", "c')]
    assert len({p.key for p in people}) == len(people)
    assert Owner("a", "bc").key == Owner("a", "bc").key


@pytest.mark.parametrize("subject", ["../../etc", "/root", "ada@example.org", "a/b", "..", "\0", "ü" * 5000])
def test_nothing_in_a_subject_becomes_a_path(subject: str, tmp_path: Path) -> None:
    folder = Owner("https://id.example.org/../..", subject).folder(tmp_path)
    assert folder.parent == tmp_path / "users"
    assert folder.name.isalnum()
    assert len(folder.name) == 64


def test_a_persons_library_opens_for_them_and_for_nobody_else(tmp_path: Path) -> None:
    opened(tmp_path, ADA.key).close()
    opened(tmp_path, ADA.key, create=False).close()
    for other in (BEN.key, NOBODY):
        with pytest.raises(LibraryError, match="belongs to a person who signs in"):
            opened(tmp_path, other)
    with opened(tmp_path, None) as library:  # a command, whose user may read the files anyway
        assert library.entries() == []


def test_a_library_made_without_sign_in_becomes_nobodys_in_particular(tmp_path: Path) -> None:
    opened(tmp_path, NOBODY).close()
    with pytest.raises(LibraryError, match="belongs to nobody who signs in"):
        opened(tmp_path, ADA.key)
    opened(tmp_path, NOBODY).close()


def test_a_refused_library_is_left_as_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, ADA.key) as library:
        library.add_upload("letter.txt", b"Dear Ben.")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(LibraryError):
        opened(tmp_path, BEN.key)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_of_a_person_is_closed_to_other_users_of_the_machine(tmp_path: Path) -> None:
    folder = ADA.folder(tmp_path)
    opened(folder, ADA.key).close()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_backup_is_restored_to_its_own_person_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "a", ADA.key) as ada, opened(tmp_path / "b", BEN.key) as ben:
        ada.add_upload("letter.txt", b"Dear Ben.")
        backup(ada.store, tmp_path / "backup")
        with pytest.raises(LibraryError, match="not of the person"):
            restore(ben.store, tmp_path / "backup")
        assert ben.entries() == []
        ada.remove("letter.txt")
        restore(ada.store, tmp_path / "backup")
        assert [e.name for e in ada.entries()] == ["letter.txt"]
