import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.files import bytes_of, files_below, safe_name
from ingest.errors import ReadError
from ingest.settings import Limits


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may not be read, with a file in it; for root too, who may read everything."""
    folder = tmp_path / "docs" / "closed"
    folder.mkdir(parents=True)
    (folder / "in.txt").write_text("in")

    def refused(real: Callable[..., Any], what: Callable[[Path], bool]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **named: Any) -> Any:
            if what(Path(path)):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, *rest, **named)

        return call

    monkeypatch.setattr(os, "scandir", refused(os.scandir, lambda path: path == folder))
    monkeypatch.setattr(os, "listdir", refused(os.listdir, lambda path: path == folder))
    monkeypatch.setattr(os, "stat", refused(os.stat, lambda path: path.parent == folder))
    return folder


def test_a_folder_that_may_not_be_read_is_named_with_the_reason(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "docs" / "open.txt").write_text("open")
    inside = closed / "in.txt"
    found = list(files_below([tmp_path / "docs", closed, inside], tmp_path / "library"))
    assert found == [tmp_path / "docs" / "open.txt", closed, closed, inside]
    for path in (closed, inside):
        with pytest.raises(ReadError) as refused:
            bytes_of(path, Limits())
        assert str(refused.value) == f"{path} may not be read; give yourself permission (chmod u+r; u+rx for a folder)"


def test_names_are_safe_to_show() -> None:
    assert safe_name("../../etc/pass\nwd") == "passwd"
    assert safe_name("C:\\docs\\report.pdf") == "report.pdf"
    assert safe_name("\u202eevil\0.txt") == "evil.txt"
    assert safe_name("") == "document"
    assert safe_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
