"""`python -m index`, as CONTRACT.md promises it to other programs."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "FOOTNOTE_MODEL": "hashing", "PYTHONWARNINGS": "error"}
SHIPS = "Ships sail at dawn."


def run(*arguments: object, status: int = 0, module: str = "index") -> tuple[list[dict], str]:
    """The JSON rows and standard error of the command; every line of standard output must be a row."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of two documents."""
    (tmp_path / "ships.txt").write_text(SHIPS)
    (tmp_path / "cats.txt").write_text("Cats sleep all day.")
    run("--library", tmp_path / "lib", "--json", tmp_path / "ships.txt", tmp_path / "cats.txt", module="ingest")
    return tmp_path / "lib"


def test_search_gives_hits_best_first(library: Path) -> None:
    (row,), _ = run("search", "when do ships sail", "--library", library, "--json")
    assert (row["id"], row["question"]) == (None, "when do ships sail")
    assert [(h["rank"], h["document"], h["page"]) for h in row["hits"]] == [(1, "ships.txt", 1), (2, "cats.txt", 1)]
    assert row["hits"][0]["text"] == SHIPS
    assert row["hits"][0]["score"] > row["hits"][1]["score"]


def test_search_keeps_to_k_and_to_the_documents_named(library: Path) -> None:
    (row,), _ = run("search", "ships", "-k", 1, "--library", library, "--json")
    assert len(row["hits"]) == 1
    (row,), _ = run("search", "ships", "--in", "cats.txt", "--library", library, "--json")
    assert [h["document"] for h in row["hits"]] == ["cats.txt"]


def test_search_says_what_it_prefers_and_can_be_told_not_to(library: Path) -> None:
    (row,), _ = run("search", "do ships sail all day", "--library", library, "--json")
    assert row["looking_first"] == {"documents": [{"document": "ships.txt", "title": "ships"}], "places": []}
    (wide,), _ = run("search", "do ships sail all day", "--everywhere", "--library", library, "--json")
    assert wide["looking_first"] == {"documents": [], "places": []}
    led, free = ([hit["score"] for hit in found["hits"]] for found in (row, wide))
    assert led[1] / led[0] < free[1] / free[0]


def test_a_batch_gives_a_row_a_line_in_its_order(library: Path, tmp_path: Path) -> None:
    asked = [
        {"id": "x", "question": "ships"},
        {"id": 7, "question": "ships", "documents": ["cats.txt"]},
        {"id": "all", "question": "ships", "documents": []},
        {"id": "odd", "question": '"*) \u2028 ^ AND'},
        {"id": "none", "question": ""},
    ]
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps(a, ensure_ascii=False) for a in asked), "utf-8")
    rows, _ = run("search", "--library", library, "--json", "--batch", tmp_path / "b.jsonl", "-k", 20)
    assert [(r["id"], r["question"]) for r in rows] == [(a["id"], a["question"]) for a in asked]
    assert [[h["document"] for h in r["hits"]][:1] for r in rows[:3]] == [["ships.txt"], ["cats.txt"], ["ships.txt"]]
    assert rows[4]["hits"] == []


def test_a_batch_line_that_is_none_is_named(library: Path, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"id": 1, "question": "ships"}\nnonsense\n')
    _, said = run("search", "--library", library, "--json", "--batch", tmp_path / "b.jsonl", status=2)
    assert "line 2 of" in said


def test_list_names_every_document_with_its_hash(library: Path) -> None:
    rows, _ = run("list", "--library", library, "--json")
    assert [r["document"] for r in rows] == ["cats.txt", "ships.txt"]
    assert rows[1].pop("added").endswith("+00:00")
    assert rows[1].pop("title")
    assert rows[1] == {
        "document": "ships.txt",
        "pages": 1,
        "passages": 1,
        "bytes": len(SHIPS),
        "sha256": hashlib.sha256(SHIPS.encode()).hexdigest(),
    }


def test_remove_leaves_nothing(library: Path) -> None:
    rows, _ = run("remove", "ships.txt", "--library", library, "--json")
    assert rows == [{"document": "ships.txt", "removed": True, "passages": 1}]
    assert [r["document"] for r in run("list", "--library", library, "--json")[0]] == ["cats.txt"]
    assert [p.name for p in library.iterdir() if b"dawn" in p.read_bytes()] == []


def test_remove_of_a_name_that_is_not_there_fails_and_the_others_go(library: Path) -> None:
    rows, said = run("remove", "shps.txt", "cats.txt", "--library", library, "--json", status=1)
    assert [(r["document"], r["removed"]) for r in rows] == [("shps.txt", False), ("cats.txt", True)]
    assert "did you mean 'ships.txt'" in said


def test_check_and_rebuild_count_and_find_no_problem(library: Path) -> None:
    sound = {"documents": 2, "passages": 2, "vectors": 2, "problems": []}
    for verb in ("check", "rebuild"):
        (row,), _ = run(verb, "--library", library, "--json")
        assert {key: row[key] for key in sound} == sound


def test_check_of_a_damaged_library_ends_with_1(library: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(library / "library.db")
    connection.execute("UPDATE originals SET bytes = x'00'")
    connection.commit()
    connection.close()
    (row,), said = run("check", "--library", library, "--json", status=1)
    assert len(row["problems"]) == 2
    assert "problem: the original of cats.txt" in said


def test_a_backup_is_restored_into_a_new_library_and_over_another_only_if_told(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    (row,), _ = run("backup", file, "--library", library, "--json")
    assert row == {
        "file": str(file),
        "documents": 2,
        "bytes": file.stat().st_size,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    _, said = run("backup", file, "--library", library, "--json", status=1)
    assert "exists already" in said
    (row,), _ = run("restore", file, "--library", tmp_path / "new", "--json")
    assert (row["documents"], row["vectors"], row["problems"]) == (2, 2, [])
    run("remove", "cats.txt", "--library", library, "--json")
    rows, said = run("restore", file, "--library", library, "--json", status=1)
    assert rows == []
    assert "--replace" in said
    run("restore", file, "--replace", "--library", library, "--json")
    assert [r["document"] for r in run("list", "--library", library, "--json")[0]] == ["cats.txt", "ships.txt"]


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "there is no file"), (b"no backup at all " * 300, "is damaged")]
)
def test_what_can_not_be_restored_leaves_no_empty_library(content: bytes | None, reason: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "saved").write_bytes(content)
    rows, said = run("restore", tmp_path / "saved", "--library", tmp_path / "new", "--json", status=1)
    assert rows == []
    assert reason in said
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("verb", [["list"], ["search", "x"], ["check"], ["rebuild"], ["remove", "x"], ["backup", "x"]])
def test_without_a_library_it_says_how_to_make_one(verb: list[str], tmp_path: Path) -> None:
    rows, said = run(*verb, "--library", tmp_path / "none", "--json", status=1)
    assert rows == []
    assert "python -m ingest" in said
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "arguments",
    [[], ["search"], ["dance"], ["search", "x", "--batch", "y"], *(["search", "x", "-k", k] for k in ("0", "9" * 21))],
)
def test_a_wrong_call_ends_with_2(arguments: list[str]) -> None:
    rows, said = run(*arguments, status=2)
    assert rows == []
    assert said.startswith("usage: ")


def test_the_library_may_be_named_before_the_verb_and_by_the_environment(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(run("--json", "--library", library, "list")[0]) == 2
    monkeypatch.setitem(ENVIRONMENT, "FOOTNOTE_LIBRARY", str(library))
    assert len(run("list", "--json")[0]) == 2


def test_listing_loads_no_model_library(library: Path) -> None:
    code = "import sys; from index.__main__ import main; main(['list', '--library', sys.argv[1]]); "
    code += "print('torch' in sys.modules)"
    environment = {**ENVIRONMENT, "FOOTNOTE_MODEL": ""}
    done = subprocess.run(
        [sys.executable, "-c", code, str(library)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "False", done.stderr
