"""Two apps and three commands on one library at once: everything that was asked for is done, once, and nothing else."""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.load_users import served
from bench.tab import Tab
from index.library import Library
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(model="hashing")
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def text(name: str) -> str:
    return f"The {name} sails at nine. " + "Gulls nest in the cliffs. " * 20


def command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "FOOTNOTE_LIBRARY": str(folder)},
    )  # fmt: skip


async def ask(port: int, errors: list[str], questions: list[str]) -> list[str]:
    """What a person who has the page open is answered."""
    tab, answers = Tab(port, errors), []
    async with tab.connected():
        for question in questions:
            await tab.ask(question)
            answers.append(tab.answer)
    return answers


def test_two_apps_and_three_commands_share_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MODEL": "hashing", "READER": "off", "THRESHOLD": "0.01", "CORPUS": ""}.items():
        monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    folder, docs, errors = tmp_path / "library", tmp_path / "docs", list[str]()
    docs.mkdir()
    by_command, by_page, gone = ([f"{what}{n}" for n in range(5)] for what in ("ketch", "sloop", "yawl"))
    for name in by_command:
        (docs / f"{name}.txt").write_text(text(name))
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        "".join(json.dumps({"id": n, "question": f"When does the yawl{n} sail?"}) + "\n" for n in range(20))
    )
    with Library.open(folder, SETTINGS, create=True) as library:
        for name in gone:
            library.add_upload(f"{name}.txt", text(name).encode())

        async def at_once(one: int, other: int) -> list[subprocess.Popen[str]]:
            pages = [asyncio.create_task(ask(port, errors, ["What sails at nine?"] * 3)) for port in (one, other)]
            commands = [
                command(folder, "ingest", "--json", str(docs)),
                command(folder, "index", "remove", "--json", *(f"{name}.txt" for name in gone)),
                command(folder, "answer", "--json", "--batch", str(questions)),
            ]
            for name in by_page:
                library.jobs.submit(f"{name}.txt", text(name).encode())
                await asyncio.sleep(0.3)
            answers = await asyncio.gather(*pages)
            while any(not job.over for job in library.jobs.list()):
                await asyncio.sleep(0.2)
            assert all("sails at nine" in answer for page in answers for answer in page)
            return commands

        with served(tmp_path) as (one, _), served(tmp_path) as (other, _):
            with ThreadPoolExecutor(1) as beside:  # a browser's tests leave their loop running in this thread
                commands = beside.submit(asyncio.run, at_once(one, other)).result()
            said = [(*process.communicate(), process.returncode) for process in commands]
        assert [(status, error) for _, error, status in said if status] == []
        assert [len(out.splitlines()) for out, _, _ in said] == [5, 5, 20]
        assert errors == []
        assert sorted(e.name for e in library.entries()) == sorted(f"{n}.txt" for n in [*by_command, *by_page])
        assert {job.state for job in library.jobs.list()} == {"done"}
        health = library.check()
        assert (health.problems, health.vectors) == ((), health.passages)
        for name in [*by_command, *by_page]:
            assert library.search(f"the {name}", 1)[0].name == f"{name}.txt"
        assert all(name not in hit.passage.text for name in gone for hit in library.search("What sails at nine?", 50))
