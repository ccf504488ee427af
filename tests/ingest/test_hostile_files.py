"""Files made to exhaust or to loop: each is read or refused with a reason, and the next is read as ever."""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.sandbox import Sandbox
from ingest.settings import Limits

WORDS = b"BT /F 12 Tf 20 100 Td (Hello there) Tj ET"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
)


def stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (size, table, size, len(out))


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
OUTLINED = b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>"
DEEP = 3000
FILES = {
    "arrays in arrays": pdf(
        CATALOGUE.replace(b">>", b"/X " + b"[" * 100_000 + b"]" * 100_000 + b">>"), PAGES, PAGE, stream(WORDS)
    ),
    "states in states": pdf(CATALOGUE, PAGES, PAGE, stream(b"q " * 300_000 + WORDS)),
    "an outline in an outline": pdf(
        OUTLINED, PAGES, PAGE, stream(WORDS),
        *(b"<</Title(a)/First %d 0 R/Last %d 0 R/Count 1/Dest[3 0 R/Fit]>>" % (n, n) for n in range(6, DEEP)),
        b"<</Title(end)>>",
    ),
    "an outline without end": pdf(
        OUTLINED, PAGES, PAGE, stream(WORDS),
        b"<</First 6 0 R/Last 6 0 R>>", b"<</Title(a)/Next 6 0 R/Dest[3 0 R/Fit]/Parent 5 0 R>>",
    ),
    "pages that hold themselves": pdf(
        CATALOGUE, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", PAGE, stream(WORDS)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_depth_and_loops_do_no_harm(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(FILES[name])
    (tmp_path / "sound.txt").write_text("Sound.")
    with Sandbox(Limits(idle_seconds=30, total_seconds=60, reader_gigabytes=1)) as sandbox:
        assert "Hello there" in sandbox.read(tmp_path / "a.pdf").pages[0].text
        assert sandbox.read(tmp_path / "sound.txt").pages[0].text == "Sound."


def test_one_line_of_fifty_megabytes_is_refused_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"word " * 10_000_000)
    with Sandbox(Limits()) as sandbox, pytest.raises(ReadError, match=r"20000000; split it.*FOOTNOTE_MAX_CHARACTERS"):
        sandbox.read(tmp_path / "a.txt")
