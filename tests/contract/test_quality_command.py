"""`python -m bench.quality` as other programs see it, with the model that needs none."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HARBOUR = "The harbour master is a retired captain.\n\nBoats pay twelve crowns a night in the summer months."
CASTLE = "The castle is a ruin on the northern hill.\n\nVisitors climb ninety stone steps to reach the old gate."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality")
    (folder / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "castle.txt").write_text(CASTLE, "utf-8")
    run("ingest", "--library", str(folder / "library"), str(folder / "harbour.txt"), str(folder / "castle.txt"))
    return folder / "library"


def run(module: str, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FOOTNOTE_MODEL": "hashing", "FOOTNOTE_THRESHOLD": "0.05"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, text=True, capture_output=True
    )
    assert done.returncode == status, done.stderr
    return done


def test_a_draft_can_be_asked_and_its_figures_read(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    run("bench.quality", str(library), str(path), "--draft", "4")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["question", "expected answer", "document", "page"]
    assert {row["document"] for row in rows} == {"harbour.txt", "castle.txt"}
    assert "What is the harbour master?" in [row["question"] for row in rows]
    lines = run("bench.quality", str(library), str(path), "--json").stdout.splitlines()
    figures = {row["figure"]: row for row in map(json.loads, lines) if "figure" in row}
    assert figures["right passage among the first 5"] == {
        "figure": "right passage among the first 5",
        "value": 1.0,
        "n": len(rows),
    }


def test_a_failed_question_is_named(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text("question,expected answer\nWhat do boats pay?,ninety crowns\n", "utf-8")
    shown = run("bench.quality", str(library), str(path)).stdout
    assert "1 of 1 questions failed:" in shown
    assert "line 2: What do boats pay?" in shown


def test_a_file_is_never_overwritten_by_a_draft(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text("question\nmine\n", "utf-8")
    assert "is there already" in run("bench.quality", str(library), str(path), "--draft", "3", status=2).stderr
    assert path.read_text("utf-8") == "question\nmine\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ask\nWho?\n", "no column named question"),
        ("question,document\nWho?,gone.pdf\n", "no document named 'gone.pdf'"),
    ],
)
def test_what_can_not_be_used_is_said_in_one_line(library: Path, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "questions.csv"
    path.write_text(text, "utf-8")
    error = run("bench.quality", str(library), str(path), status=2).stderr
    assert said in error
    assert len(error.strip().splitlines()) == 1
