"""`python -m ingest`, as CONTRACT.md promises it to other programs."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "FOOTNOTE_MODEL": "hashing", "PYTHONWARNINGS": "error"}


def run(*arguments: object, status: int = 0) -> tuple[list[dict], str]:
    """The JSON rows and standard error of the command; every line of standard output must be a row."""
    done = subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text("More than 60 states signed.\u2028It was in Hanoi.")
    (folder / "below" / "b.md").write_text("# Aims\n\nThe aim is cooperation.")
    return folder


def test_every_file_gets_a_row_with_all_the_fields(docs: Path, tmp_path: Path) -> None:
    rows, _ = run("--library", tmp_path / "lib", "--json", docs)
    assert {r["document"]: r["status"] for r in rows} == {"a.txt": "added", "b.md": "added"}
    first = next(r for r in rows if r["document"] == "a.txt")
    assert first.pop("seconds") >= 0
    assert first == {
        "path": str(docs / "a.txt"),
        "document": "a.txt",
        "status": "added",
        "reason": None,
        "pages": 1,
        "pages_without_text": [],
        "ocr_pages": [],
        "warnings": [],
        "passages": 1,
    }


def test_a_second_time_is_unchanged_and_a_changed_file_replaced(docs: Path, tmp_path: Path) -> None:
    run("--library", tmp_path / "lib", "--json", docs)
    (docs / "a.txt").write_text("Other words now.")
    rows, _ = run("--library", tmp_path / "lib", "--json", docs)
    assert {r["document"]: r["status"] for r in rows} == {"a.txt": "replaced", "b.md": "unchanged"}


def test_what_fails_has_its_reason_on_both_sides_and_the_others_go_on(docs: Path, tmp_path: Path) -> None:
    (docs / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (docs / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    rows, said = run("--library", tmp_path / "lib", "--json", docs, tmp_path / "none.pdf", status=1)
    status = {Path(r["path"]).name: r["status"] for r in rows}
    assert status == {
        "a.txt": "added",
        "b.md": "added",
        "bad.pdf": "failed",
        "image.png": "failed",
        "none.pdf": "failed",
    }
    for row in rows:
        assert (row["reason"] is None) == (row["status"] != "failed")
    assert len(said.strip().splitlines()) == 3
    assert "could not add" in said


def test_show_prints_one_row_and_touches_no_library(docs: Path, tmp_path: Path) -> None:
    (row,), _ = run("--show", docs / "a.txt", "--json", "--library", tmp_path / "lib")
    assert row["document"] == "a.txt"
    assert [(p["number"], p["origin"]) for p in row["pages"]] == [(1, "text")]
    assert "More than 60 states signed." in row["pages"][0]["text"]
    assert not (tmp_path / "lib").exists()


def test_show_of_what_is_no_document_says_why(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 nothing")
    rows, said = run("--show", tmp_path / "x.pdf", "--json", status=1)
    assert rows == []
    assert said.startswith("error: ")


@pytest.mark.parametrize("arguments", [[], ["--show", "x", "y"], ["--nothing"]])
def test_a_wrong_call_ends_with_2(arguments: list[str]) -> None:
    rows, said = run(*arguments, status=2)
    assert rows == []
    assert said.startswith("usage: ")


def test_a_setting_that_is_wrong_ends_with_2_and_names_it(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRONMENT, "FOOTNOTE_MAX_PAGES", "many")
    _, said = run(docs, status=2)
    assert "FOOTNOTE_MAX_PAGES is 'many'" in said


def test_for_a_person_there_is_a_summary(docs: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--library", str(tmp_path / "lib"), str(docs)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "added     a.txt  1 pages, 1 passages" in done.stdout
    assert "2 added: 2 pages, 2 passages in" in done.stdout.splitlines()[-1]


def test_the_help_teaches_by_example() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "python -m ingest report.pdf notes.md" in done.stdout


def test_ctrl_c_ends_cleanly_and_keeps_what_was_reported(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"word{number} stands here. " * 50)
    library = tmp_path / "lib"
    command = [sys.executable, "-m", "ingest", "--library", str(library), "--json", str(folder)]
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests run in the background the shell has it ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert child.stdout is not None
    reported = [json.loads(child.stdout.readline())["document"]]
    os.killpg(child.pid, signal.SIGINT)  # a terminal sends it to the whole group
    rest, said = child.communicate()
    reported += [json.loads(line)["document"] for line in rest.splitlines()]
    assert child.returncode == 130
    assert said.strip().splitlines() == ["interrupted; everything that was reported stays"]
    listed = subprocess.run(
        [sys.executable, "-m", "index", "list", "--json", "--library", str(library)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(reported) <= {json.loads(line)["document"] for line in listed.stdout.splitlines()}
    assert hashlib.sha256((folder / reported[0]).read_bytes()).hexdigest() in listed.stdout
