"""Archives are looked at before they are unpacked."""

import io
import zipfile
from dataclasses import replace

import pytest

from ingest import archive
from ingest.errors import ReadError
from ingest.reader import read
from ingest.settings import Limits
from tests import files


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = files.archive({"word/document.xml": b"\0" * 3_000_000, "[Content_Types].xml": ""})
    assert len(bomb) < 10_000
    with pytest.raises(ReadError, match=r"unpacks to 3 MB, more than the limit of 2 MB.*FOOTNOTE_MAX_FILE_MB"):
        read(bomb, "a.docx", replace(Limits(), megabytes=0.2))


def test_an_archive_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PARTS", 2)
    with pytest.raises(ReadError, match="3 parts"):
        archive.opened(files.archive({"a": "", "b": "", "c": ""}), Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_in_an_office_file_are_refused(encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(files.word())) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    body = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "lol">]>' + bytes(parts["word/document.xml"]).decode()[55:]
    parts["word/document.xml"] = body.encode(encoding)
    with pytest.raises(ReadError, match="declares XML entities"):
        read(files.archive(parts), "a.docx", Limits())


@pytest.mark.parametrize("before", [5_000, archive.BLOCK - 60])
def test_entities_behind_a_long_comment_are_refused(before: int) -> None:
    with zipfile.ZipFile(io.BytesIO(files.word())) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    head = f'<!--{" " * before}--><!DOCTYPE a [<!ENTITY x "lol">]>'
    for encoding in ("utf-8", "utf-16-le"):
        parts["word/comments.xml"] = (head + "<a>&x;</a>").encode(encoding)
        with pytest.raises(ReadError, match="declares XML entities"):
            read(files.archive(parts), "a.docx", Limits())


def test_a_part_that_is_damaged_is_named() -> None:
    data = bytearray(files.archive({"a.xml": b"0123456789" * 100}))
    data[40:44] = b"\xff\xff\xff\xff"
    with pytest.raises(ReadError, match=r"its part 'a.xml'"):
        archive.part(archive.opened(bytes(data), Limits()), "a.xml")
