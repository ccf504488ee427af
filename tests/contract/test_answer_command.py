"""`python -m answer`, held to what other programs rely on: on the sample corpus and on documents made here."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "corpus"
QUESTIONS = [
    "How many states signed the convention?",
    "Who leads the Cybersecurity Tech Accord?",
    "What did the Secretary-General call the treaty?",
    "When was the Budapest Convention made?",
    "What is the boiling point of tungsten?",
    "How tall is the lighthouse at Marrow Point?",
    "Who keeps the lighthouse?",
    'weird "quotes" AND (parens) OR NEAR * : ^ -- ; DROP TABLE passages',
    "谁签署了公约？",
    "",
]


def run(*args: str, library: Path, status: int = 0, model: str = "hashing") -> list[dict[str, Any]]:
    """The rows that a command prints; its exit status is asserted."""
    environment = {**os.environ, "FOOTNOTE_MODEL": model, "FOOTNOTE_LIBRARY": str(library)}
    done = subprocess.run([sys.executable, "-m", *args], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def make_pdf(path: Path) -> None:
    """Three pages about a lighthouse; a sentence runs across the first page break."""
    style = getSampleStyleSheet()["BodyText"]
    filler = "The cliffs are steep here. Gulls nest in them every spring. Walkers should keep to the path. "
    story = [
        Paragraph(filler * 6 + "The lighthouse at Marrow Point is 41 metres tall and its lamp was", style),
        PageBreak(),
        Paragraph("lit for the first time in 1874. " + filler * 5 + "Its keeper is Ottilie Brandt.", style),
        PageBreak(),
        Paragraph(filler * 8, style),
    ]
    SimpleDocTemplate(str(path), title="Marrow Point").build(story)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contract")
    make_pdf(folder / "lighthouse.pdf")
    (folder / "harbour.txt").write_text("The harbour master is Jon Vane.\n\nBoats pay 12 crowns a night.\n", "utf-8")
    run("ingest", "--json", str(SAMPLE), str(folder), library=folder / "library")
    return folder / "library"


@pytest.fixture(scope="module")
def answers(library: Path) -> list[dict[str, Any]]:
    batch = library.parent / "questions.jsonl"
    batch.write_text(
        "".join(json.dumps({"id": f"q{i}", "question": q}) + "\n" for i, q in enumerate(QUESTIONS)), "utf-8"
    )
    return run("answer", "--json", "--batch", str(batch), library=library)


@pytest.fixture(scope="module")
def pages(library: Path) -> dict[tuple[str, int], str]:
    """The text of every page, as `ingest --show` prints it."""
    found = {}
    for path in [*sorted(SAMPLE.iterdir()), library.parent / "lighthouse.pdf", library.parent / "harbour.txt"]:
        (row,) = run("ingest", "--show", str(path), "--json", library=library)
        found |= {(row["document"], page["number"]): page["text"] for page in row["pages"]}
    return found


def test_every_question_is_answered_in_its_order(answers: list[dict[str, Any]]) -> None:
    assert [a["id"] for a in answers] == [f"q{i}" for i in range(len(QUESTIONS))]
    assert [a["question"] for a in answers] == QUESTIONS


def test_a_row_has_every_key_of_the_contract(answers: list[dict[str, Any]]) -> None:
    keys = {
        "id",
        "question",
        "standalone_question",
        "found",
        "confidence",
        "model",
        "answer",
        "citations",
        "passages",
        "seconds",
    }
    for answer in answers:
        assert keys <= answer.keys()
        for citation in answer["citations"]:
            assert {"marker", "document", "page", "page_label", "quote", "exact", "boxes"} <= citation.keys()
        for rank, passage in enumerate(answer["passages"], 1):
            assert passage["rank"] == rank
            assert {"score", "document", "page", "text"} <= passage.keys()


def test_markers_and_citations_are_the_same_and_run_from_one(answers: list[dict[str, Any]]) -> None:
    assert any(a["citations"] for a in answers)
    for answer in answers:
        used = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])))
        assert used == [c["marker"] for c in answer["citations"]] == list(range(1, len(used) + 1))


def test_every_quote_stands_on_its_page(answers: list[dict[str, Any]], pages: dict[tuple[str, int], str]) -> None:
    for answer in answers:
        for citation in answer["citations"]:
            quote = " ".join(citation["quote"].split())
            assert quote
            assert quote in " ".join(pages[citation["document"], citation["page"]].split())


def test_every_statement_is_a_quote(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        if answer["citations"]:
            said = " ".join(re.sub(r"(\[\d+\])+", " ", answer["answer"]).split())
            assert said == " ".join(" ".join(c["quote"] for c in answer["citations"]).split())


def test_quotes_from_a_pdf_have_boxes_on_their_page_and_others_none(answers: list[dict[str, Any]]) -> None:
    cited = [c for a in answers for c in a["citations"]]
    assert {c["document"].rsplit(".", 1)[1] for c in cited} >= {"pdf"}
    for citation in cited:
        assert bool(citation["boxes"]) == citation["document"].endswith(".pdf")
        for box in citation["boxes"]:
            assert box["page"] == citation["page"]
            assert 0 <= box["x0"] < box["x1"] <= 700
            assert 0 <= box["y0"] < box["y1"] <= 900


def test_confidence_is_a_probability_and_a_refusal_says_so(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        assert 0 <= answer["confidence"] <= 1
        if not answer["found"]:
            assert "not in your documents" in answer["answer"]
            assert answer["citations"] == []


def test_what_no_document_holds_is_declined_with_the_closest_passages(library: Path) -> None:
    (row,) = run("answer", "--json", "xylophone quasar zeppelin?", library=library)
    assert row["found"] is False
    assert [passage["rank"] for passage in row["passages"]] == list(range(1, 11))


@pytest.mark.parametrize("question", ["Summarise this document", "Summarise page 90 of lighthouse.pdf"])
def test_a_summary_that_can_not_be_made_is_declined_with_the_closest_passages(library: Path, question: str) -> None:
    (row,) = run("answer", "--json", question, library=library)
    assert (row["found"], row["citations"]) == (False, [])
    assert "not in your documents" in row["answer"]
    assert row["passages"]


def test_a_document_that_is_not_there_fails_its_question_alone(library: Path, tmp_path: Path) -> None:
    asked = [{"id": 1, "question": "Who is the harbour master?"}]
    asked += [{"id": 2, "question": "Who?", "documents": ["gone.txt"]}, {**asked[0], "id": 3, "documents": []}]
    (tmp_path / "q").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    first, failed, last = run("answer", "--json", "--batch", str(tmp_path / "q"), library=library, status=1)
    assert (first["id"], last["id"]) == (1, 3)
    assert first["answer"] == last["answer"] == "The harbour master is Jon Vane.[1]"
    assert (failed["id"], failed["question"]) == (2, "Who?")
    assert "gone.txt" in failed["error"]


def test_the_same_question_gets_the_same_answer(library: Path, answers: list[dict[str, Any]]) -> None:
    (row,) = run("answer", "--json", QUESTIONS[5], library=library)
    same = {"answer", "confidence", "citations", "passages", "found"}
    assert {k: row[k] for k in same} == {k: answers[5][k] for k in same}


def test_an_answer_is_taken_only_from_the_documents_asked_in(library: Path) -> None:
    (row,) = run("answer", "--json", "--in", "harbour.txt", "Who is the harbour master?", library=library)
    assert {p["document"] for p in row["passages"]} == {"harbour.txt"}


def test_a_follow_up_uses_the_history(library: Path, tmp_path: Path) -> None:
    history = [
        {"role": "user", "text": "How tall is the lighthouse at Marrow Point?"},
        {"role": "assistant", "text": "41 metres."},
    ]
    (tmp_path / "q").write_text(json.dumps({"id": 7, "question": "Who keeps it?", "history": history}), "utf-8")
    (row,) = run("answer", "--json", "--batch", str(tmp_path / "q"), library=library)
    assert row["id"] == 7
    assert "Marrow Point" in row["standalone_question"]


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["--in", "nobody.pdf", "Who?"], 1, "nobody.pdf"),
        ([], 2, "give one question"),
        (["--batch", "/nowhere/at/all", "--json"], 2, "can't be read"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(library: Path, args: list[str], status: int, said: str) -> None:
    environment = {**os.environ, "FOOTNOTE_MODEL": "hashing", "FOOTNOTE_LIBRARY": str(library)}
    done = subprocess.run(
        [sys.executable, "-m", "answer", *args], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == status
    assert said in done.stderr.splitlines()[-1]
    assert done.stdout == ""


def test_a_library_that_is_not_there_is_said_with_the_way_to_make_one(tmp_path: Path) -> None:
    environment = {**os.environ, "FOOTNOTE_MODEL": "hashing"}
    done = subprocess.run(
        [sys.executable, "-m", "answer", "--library", str(tmp_path / "none"), "Who?"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "python -m ingest" in done.stderr
    assert not (tmp_path / "none").exists()
