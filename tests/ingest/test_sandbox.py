"""The child process: what it brings back, and what happens when it is misused."""

import io
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import PasswordError, ReadError
from ingest.nouns import Progress
from ingest.reader import read
from ingest.sandbox import Sandbox
from ingest.settings import Limits


def pdf(*texts: str, size: tuple[float, float] = (400, 300)) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    for text in texts:
        canvas.drawString(50, 100, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a b.pdf"
    path.write_bytes(pdf("first page", "second – page", "third"))
    return path


def test_the_child_gives_the_very_document_that_reading_here_gives(path: Path) -> None:
    told: list[Progress] = []
    with Sandbox(Limits()) as sandbox:
        document = sandbox.read(path, progress=told.append)
    assert document == read(path.read_bytes(), "a b.pdf", Limits())
    assert document.pages[1].text == "second – page"
    assert told == [Progress("a b.pdf", n, 3) for n in (1, 2, 3)]


def test_text_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("One line.\n\nAnother.", "utf-8")
    with Sandbox(Limits()) as sandbox:
        document = sandbox.read(tmp_path / "n.txt", name="other.txt")
    assert (document.kind, document.name) == ("text", "other.txt")


def test_a_file_whose_name_is_no_unicode_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    path.write_bytes(pdf("words"))
    with Sandbox(Limits()) as sandbox:
        assert sandbox.read(path).name == "caf?.pdf"


def test_a_child_that_is_killed_fails_its_file_and_not_the_next(path: Path) -> None:
    with Sandbox(Limits()) as sandbox:
        sandbox.read(path)
        child = sandbox._child
        assert child is not None

        def crash(_: Progress) -> None:
            if child.alive():  # what it had said before still comes
                os.kill(child.process.pid, signal.SIGSEGV)
                child.process.wait()

        path.write_bytes(pdf(*["many words " * 20] * 200))
        with pytest.raises(ReadError, match="crashed the reader"):
            sandbox.read(path, progress=crash)
        assert len(sandbox.read(path).pages) == 200


def test_a_child_that_hangs_is_stopped_at_the_idle_limit(path: Path) -> None:
    with Sandbox(Limits(idle_seconds=0.5)) as sandbox:
        try:
            sandbox.read(path)
        except ReadError:
            pytest.skip("this machine is too busy to start a process in half a second")
        assert sandbox._child is not None
        os.kill(sandbox._child.process.pid, signal.SIGSTOP)
        with pytest.raises(ReadError, match=r"0\.5 seconds.*FOOTNOTE_MAX_IDLE_SECONDS"):
            sandbox.read(path)


def test_the_total_limit_counts_from_the_request(path: Path) -> None:
    with Sandbox(Limits(total_seconds=0.001)) as sandbox, pytest.raises(ReadError, match="FOOTNOTE_MAX_TOTAL_SECONDS"):
        sandbox.read(path)


def test_a_cancel_stops_reading_and_the_next_file_is_read(path: Path) -> None:
    with Sandbox(Limits()) as sandbox:
        with pytest.raises(ReadError, match="cancelled"):
            sandbox.read(path, cancelled=lambda: True)
        assert len(sandbox.read(path).pages) == 3


def test_a_bomb_of_memory_is_refused_and_the_next_file_is_read(tmp_path: Path, path: Path) -> None:
    # A content stream of a few hundred kilobytes that unpacks to 300 MB.
    stream = zlib.compress(b"BT /F1 12 Tf 50 100 Td (x) Tj ET\n" + b" " * 300_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj "
    body = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    (tmp_path / "bomb.pdf").write_bytes(head + page + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    with Sandbox(Limits(reader_gigabytes=0.2)) as sandbox:
        with pytest.raises(ReadError, match="FOOTNOTE_MAX_READER_GB"):
            sandbox.read(tmp_path / "bomb.pdf")
        assert len(sandbox.read(path).pages) == 3


def test_a_file_over_the_size_limit_is_refused_before_it_is_read(path: Path) -> None:
    with Sandbox(Limits(megabytes=0.001)) as sandbox:
        with pytest.raises(ReadError, match="FOOTNOTE_MAX_FILE_MB"):
            sandbox.read(path)
        assert sandbox._child is None


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with Sandbox(Limits()) as sandbox:
        for path in (tmp_path / "pipe.txt", tmp_path):
            with pytest.raises(ReadError, match="not a file"):
                sandbox.read(path)


def test_errors_of_the_child_keep_their_kind(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("hidden"))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = tmp_path / "locked.pdf"
    with locked.open("wb") as file:
        writer.write(file)
    with Sandbox(Limits()) as sandbox:
        with pytest.raises(PasswordError):
            sandbox.read(locked)
        assert sandbox.read(locked, password="secret").pages[0].text == "hidden"
        with pytest.raises(ReadError, match="cannot be opened"):
            sandbox.read(tmp_path / "none.pdf")


def test_the_child_sees_no_secret_of_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", "hush")
    with Sandbox(Limits()) as sandbox:
        sandbox.read(path)
        assert sandbox._child is not None
        seen = Path(f"/proc/{sandbox._child.process.pid}/environ").read_bytes()
    assert b"hush" not in seen


def test_the_child_ends_with_its_parent() -> None:
    code = (
        "import os\nfrom ingest.sandbox import Sandbox, _Child\n"
        "child = _Child()\nprint(child.process.pid, flush=True)\nos._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    state = Path(f"/proc/{int(done.stdout)}/stat")
    deadline = time.monotonic() + 30
    while state.exists() and state.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_several_threads_take_turns(path: Path) -> None:
    found = []
    with Sandbox(Limits()) as sandbox:
        threads = [threading.Thread(target=lambda: found.append(sandbox.read(path))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [len(document.pages) for document in found] == [3, 3, 3, 3]


def picture(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows of a PNG as `ingest.render` writes them."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    at = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    return width, height, zlib.decompress(data[at + 4 : at + 4 + length])


def test_a_page_is_drawn_at_the_scale_asked_for() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(100, 50))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 25, 50, 25, stroke=0, fill=1)  # the upper left quarter
    canvas.save()
    with Sandbox(Limits()) as sandbox:
        width, height, rows = picture(sandbox.render(file.getvalue(), 1, scale=2))
    assert (width, height) == (200, 100)

    def pixel(x: int, y: int) -> bytes:
        at = y * (3 * width + 1) + 1 + 3 * x
        return rows[at : at + 3]

    assert pixel(20, 20) == b"\xff\x00\x00"
    assert pixel(180, 20) == pixel(20, 80) == b"\xff\xff\xff"


def test_a_user_unit_counts_in_a_picture() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("x", size=(100, 50)))))
    writer.pages[0][NameObject("/UserUnit")] = FloatObject(2)
    file = io.BytesIO()
    writer.write(file)
    with Sandbox(Limits()) as sandbox:
        assert picture(sandbox.render(file.getvalue(), 1, scale=1))[:2] == (200, 100)


def test_a_picture_over_the_limit_is_made_smaller() -> None:
    with Sandbox(Limits(megapixels=0.01)) as sandbox:
        width, height, _ = picture(sandbox.render(pdf("x", size=(400, 100)), 1, scale=4))
    assert (width, height) == (200, 50)


def test_a_page_that_is_not_there_cannot_be_drawn() -> None:
    with Sandbox(Limits()) as sandbox, pytest.raises(ReadError, match="page 2"):
        sandbox.render(pdf("x"), 2, scale=1)
