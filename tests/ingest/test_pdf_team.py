"""Several processes at one PDF: what they read is what one reads, and no harm is done where one of them fails.

Each test has a process of its own copied, never that of the tests, which has threads.
"""

import io
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject
from reportlab.pdfgen.canvas import Canvas

from ingest import pdf_team
from ingest.errors import ReadError
from ingest.nouns import Progress
from ingest.reader import read
from ingest.sandbox import Sandbox
from ingest.settings import Limits
from tests import files
from tests.ingest.drawing import Draw, every, made, picture, words

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")

# Reads the PDF of its first argument alone and by three, with the second as password, and says what it has found.
COMPARE = """
import os, sys, time
from dataclasses import replace
from ingest import pdf_team
from ingest.memory import address_space, limit_memory
from ingest.pdf import read_pdf
from ingest.pdf_part import Part
from ingest.settings import Limits
data, password = open(sys.argv[1], "rb").read(), sys.argv[2] or None
pdf_team.SOON = pdf_team.WORTH = 0
first, fork, read, forks, told = os.getpid(), os.fork, Part.read, [], []
def counted():
    pid = fork()
    if pid: forks.append(pid)
    return pid
os.fork = counted
def slow(self, number):
    if os.getpid() == first: time.sleep(0.01)  # so that the others get most of the pages
    else: {harm}
    return read(self, number)
def document(limits=Limits(ocr=False)):
    told.clear()
    try:
        return read_pdf(data, "a.pdf", limits, password, lambda p: told.append((p.done, p.total)))
    except Exception as error:
        return f"{{type(error).__name__}}: {{error}}"
alone = document()
alone_told = told[:]
Part.read = slow
{before}
with pdf_team.at_once(3):
    several = document({limits})
print(len(forks), several == alone, told == alone_told, told[-1:] == alone_told[-1:])
print(several if isinstance(several, str) else several.warnings)
try:
    os.waitpid(-1, os.WNOHANG)
    print("some are left")
except ChildProcessError:
    print("none is left")
"""


def compared(path: Path, password: str = "", harm: str = "pass", before: str = "", limits: str = "") -> list[str]:
    """What COMPARE prints of the file, line by line."""
    done = subprocess.run(
        [sys.executable, "-c", COMPARE.format(harm=harm, before=before, limits=limits), str(path), password],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300))
    for number, lines in enumerate(pages, 1):
        canvas.drawString(50, 280, "A running header")
        for n, line in enumerate(lines):
            canvas.drawString(50, 250 - 14 * n, line)
        canvas.drawString(200, 10, str(number))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Whether "co-" and "operate" are one word with a hyphen is told by another page, which another process reads.
    pages = [[f"Page {n} says that they will co-", "operate and under-", "stand each other."] for n in range(1, 30)]
    pages[20] = ["To co-operate is good."]
    path = tmp_path_factory.mktemp("team") / "a.pdf"
    path.write_bytes(pdf(pages))
    return path


def test_several_find_what_one_finds_and_tell_every_page(path: Path) -> None:
    assert "will co-operate\nand understand" in read(path.read_bytes(), "a.pdf", Limits()).pages[2].text
    assert compared(path) == ["2 True True True", "()", "none is left"]


def test_pictures_are_told_of_whoever_finds_them(tmp_path: Path) -> None:
    chart = files.written(size=(600, 240))

    def page(number: int) -> Draw:
        return every(
            words(f"What the harbour landed, chart {number}", 50, 250),
            picture(chart.crop((0, 0, 600, 200 + number)), 50, 50, 300, 120),
        )

    path = tmp_path / "charts.pdf"
    path.write_bytes(made(*map(page, range(1, 30))))
    (note,) = read(path.read_bytes(), "a.pdf", Limits(ocr=False)).notes
    assert note.startswith("29 pictures on pages 1, 2, 3, ")
    assert compared(path) == ["2 True True True", "()", "none is left"]


def test_a_locked_file_is_read_by_several_too(path: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert compared(tmp_path / "locked.pdf", "secret") == ["2 True True True", "()", "none is left"]


def test_broken_pages_are_named_whoever_finds_them(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    kids = data[data.index(b"/Kids [ ") + 8 : data.index(b" ]", data.index(b"/Kids"))]
    pages = kids.split(b" R ")
    for n in (3, 15, 28):
        pages[n - 1] = b"0".ljust(len(pages[n - 1]) - 2) + b" 0"
    (tmp_path / "broken.pdf").write_bytes(data.replace(kids, b" R ".join(pages)))
    counts, warnings, left = compared(tmp_path / "broken.pdf")
    assert counts == "2 True True True"
    assert "Pages 3, 15 and 28 of the file are damaged and could not be read." in warnings
    assert left == "none is left"


@pytest.mark.parametrize(
    "harm",
    ["os.kill(os.getpid(), 11)", "raise ValueError", "raise MemoryError", "os._exit(0)", "os.write(3, b'x'); 1 / 0"],
)
def test_where_one_fails_the_first_reads_all_alone(path: Path, harm: str) -> None:
    counts, warnings, left = compared(path, harm=harm)
    assert counts.split()[:2] == ["2", "True"]
    assert counts.split()[3] == "True"  # it ends with the last page
    assert (warnings, left) == ("()", "none is left")


def test_where_no_process_can_be_made_the_first_reads_all_alone(path: Path) -> None:
    before = "def none(): raise BlockingIOError(11, 'no more processes')\nos.fork = none"
    assert compared(path, before=before) == ["0 True False True", "()", "none is left"]  # page 1 was told twice


def test_a_copy_that_takes_more_than_its_share_of_memory_is_refused(path: Path) -> None:
    before = "limit_memory(address_space() + 400_000_000)"
    assert compared(path, before=before, harm="bytearray(150_000_000)")[0] == "2 True True True"  # of 200 each
    counts = compared(path, before=before, harm="bytearray(250_000_000)")[0]
    assert counts.split()[:2] == ["2", "True"]
    assert counts.split()[2] == "False"  # pages were told twice: the first began again


def test_a_file_over_the_limit_of_characters_is_refused_as_by_one(path: Path) -> None:
    counts, error, left = compared(path, limits="replace(Limits(ocr=False), characters=1000)")
    assert counts.split()[0] == "2"
    assert error.startswith("ReadError: it holds 10")
    assert "FOOTNOTE_MAX_CHARACTERS" in error
    assert left == "none is left"


def test_little_work_is_not_shared_out() -> None:
    assert not pdf_team.worth_it(0.001, 1, 1000)  # too early to tell
    assert not pdf_team.worth_it(0.010, 5, 20)  # 30 ms are left
    assert not pdf_team.worth_it(2.0, 1, 2)  # one page is left
    assert pdf_team.worth_it(0.010, 5, 30)


def test_only_a_process_that_says_so_is_copied() -> None:
    assert pdf_team.processes() == 0
    with pdf_team.at_once(3):
        assert pdf_team.processes() == 3
    with pdf_team.at_once(1):
        assert pdf_team.processes() == 0
    with pdf_team.at_once():
        assert pdf_team.processes() <= pdf_team.MOST
    assert pdf_team.processes() == 0


# ------------------------------------------------------------------ in the child process


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "long.pdf"
    path.write_bytes(pdf([[f"{n} {'many words ' * 4}"] * 17 for n in range(600)]))
    return path


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def at_work(pid: int) -> bool:
    """True once the process has used a hundredth of a second, so that it is past its first steps."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11]) > 0
    except OSError:
        return False


def gone(pid: int) -> bool:
    """True once the process has ended; waits for it for a while."""
    state = Path(f"/proc/{pid}/stat")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


class Watch:
    """Told of the progress of a sandbox: remembers the copies that its child makes, and does something to the first."""

    def __init__(self, sandbox: Sandbox, signal: int = 0) -> None:
        self.sandbox, self.signal, self.copies = sandbox, signal, list[int]()

    def __call__(self, _: Progress) -> None:
        if not self.copies and self.sandbox._child is not None:
            self.copies = [pid for pid in children(self.sandbox._child.process.pid) if at_work(pid)]
            if self.copies and self.signal:
                os.kill(self.copies[0], self.signal)


@pytest.fixture
def sandbox() -> Sandbox:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one core reads alone")
    return Sandbox(Limits(ocr=False))


def test_the_child_reads_a_long_file_by_several_and_tells_every_page(sandbox: Sandbox, long: Path) -> None:
    watch, told = Watch(sandbox), list[int]()

    def tell(at: Progress) -> None:
        watch(at)
        told.append(at.done)

    with sandbox:
        document = sandbox.read(long, progress=tell)
    assert document == read(long.read_bytes(), "long.pdf", Limits(ocr=False))
    assert told == list(range(1, 601))
    assert watch.copies
    assert all(map(gone, watch.copies))


def test_a_copy_that_crashes_costs_nothing_but_time(sandbox: Sandbox, long: Path) -> None:
    with sandbox:
        watch = Watch(sandbox, signal=11)
        assert sandbox.read(long, progress=watch) == read(long.read_bytes(), "long.pdf", Limits(ocr=False))
        assert watch.copies


def test_a_copy_that_hangs_is_stopped_at_the_idle_limit_with_all_others(sandbox: Sandbox, long: Path) -> None:
    with sandbox:
        sandbox.read(long)  # a start of the process takes no part
        sandbox.limits = Limits(ocr=False, idle_seconds=2)
        watch = Watch(sandbox, signal=19)
        with pytest.raises(ReadError, match="made no progress for 2 seconds"):
            sandbox.read(long, progress=watch)
        assert all(map(gone, watch.copies))
        sandbox.limits = Limits(ocr=False)
        assert len(sandbox.read(long).pages) == 600


def test_a_cancel_ends_the_copies_too(sandbox: Sandbox, long: Path) -> None:
    with sandbox:
        watch = Watch(sandbox)
        with pytest.raises(ReadError, match="cancelled"):
            sandbox.read(long, progress=watch, cancelled=lambda: bool(watch.copies))
        assert watch.copies
        assert all(map(gone, watch.copies))


def test_a_copy_made_beside_a_large_file_is_not_kept(sandbox: Sandbox, long: Path, tmp_path: Path) -> None:
    writer, padding = PdfWriter(clone_from=str(long)), DecodedStreamObject()
    padding.set_data(bytes(pdf_team.PINNED))
    writer._add_object(padding)
    writer.write(tmp_path / "large.pdf")
    with sandbox:
        watch = Watch(sandbox)
        assert len(sandbox.read(tmp_path / "large.pdf", progress=watch).pages) == 600
        assert watch.copies
        assert all(map(gone, watch.copies))
        sandbox.read(long)
        assert sandbox._child is not None
        assert children(sandbox._child.process.pid)


def test_the_copies_are_kept_for_the_next_file_and_replaced_where_they_ended(sandbox: Sandbox, long: Path) -> None:
    with sandbox:
        document = sandbox.read(long)
        assert sandbox._child is not None
        first = sandbox._child.process.pid
        copies = children(first)
        assert len(copies) == min(pdf_team.MOST, len(os.sched_getaffinity(0))) - 1
        assert sandbox.read(long) == document
        assert children(first) == copies
        os.kill(copies[0], 9)
        assert gone(copies[0])
        assert sandbox.read(long) == document
        assert sandbox._child.process.pid == first
        assert len(children(first)) == len(copies)
        assert copies[0] not in children(first)


# Reads the PDF of its argument twice by two, and says which copies each time, how many are left, and what was the same.
TWICE = """
import os, sys, time
from pathlib import Path
from ingest import pdf_team
from ingest.memory import address_space, limit_memory
from ingest.pdf import read_pdf
from ingest.pdf_part import Part
from ingest.settings import Limits
data = open(sys.argv[1], "rb").read()
pdf_team.SOON = pdf_team.WORTH = 0
first, read, told = os.getpid(), Part.read, []
def copies():
    return Path(f"/proc/{{first}}/task/{{first}}/children").read_text().split()
def changed(self, number):
    if os.getpid() == first: time.sleep(0.01)
    else: {does}
    return read(self, number)
Part.read = changed
def document():
    told.clear()
    return read_pdf(data, "a.pdf", Limits(ocr=False), None, lambda p: told.append(p.done))
{before}
with pdf_team.at_once(2):
    one, told_one = document(), len(told)
    before = copies()
    {between}
    other, told_other = document(), len(told)
    print(len(before), before == copies(), one == other, told_one == told_other == len(one.pages))
print(len(copies()))
"""


def twice(path: Path, does: str = "pass", before: str = "", between: str = "pass") -> list[str]:
    """What TWICE prints of the file, line by line."""
    script = TWICE.format(does=does, before=before, between=between)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_copy_reads_one_file_after_another_and_ends_with_the_first(path: Path) -> None:
    assert twice(path) == ["1 True True True", "0"]


def test_a_copy_that_waited_long_enough_has_ended_and_another_is_made(path: Path) -> None:
    assert twice(path, before="pdf_team.REST = 0.2", between="time.sleep(2)") == ["1 False True True", "0"]


def test_a_copy_that_has_grown_over_half_its_share_is_not_kept(path: Path) -> None:
    before = "limit_memory(address_space() + 600_000_000); kept = []"
    assert twice(path, before=before, does="kept or kept.append(bytearray(100_000_000))")[0] == "1 True True True"
    assert twice(path, before=before, does="kept or kept.append(bytearray(400_000_000))")[0] == "0 True True True"
