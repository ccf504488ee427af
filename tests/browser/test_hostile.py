"""Hostile documents, names, titles and questions in real Chromium: they are shown as the text that they are."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reportlab.pdfgen.canvas import Canvas

from answer.assistant import Assistant
from answer.contained import contained
from answer.settings import AnswerSettings
from index.library import Library
from index.settings import Settings
from tests.browser.conftest import App
from tests.browser.payloads import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOW = 60_000
NAME, TITLE = "a <b>b ![a](x).pdf", "<img src=x onerror=window.harmed=1> ![a](http://evil.invalid/x)"
PADDING = "\n## Padding\n\nGulls nest in the cliffs each spring, and leave them when the summer is over.\n"

# Every element with its shadow roots: what could fetch, run or lead away, and does not belong to the app.
HARM = """() => {
    const found = [];
    const walk = (node) => {
        for (const element of node.querySelectorAll("*")) {
            for (const { name, value } of element.attributes)
                if (/^on/.test(name)
                    || (/^(src|srcset|href|xlink:href|action|formaction|data|background|poster)$/.test(name)
                        && /evil|javascript:|^x$|text\\/html/.test(value)))
                    found.push(`${element.tagName} ${name}=${value}`);
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document);
    return { found, harmed: window.harmed ?? null };
}"""
# The tags within every answer, but for how the question was understood; its text, its markers.
ANSWERS = """() => [...document.querySelectorAll('[data-testid="stBidiComponentRegular"], [data-testid^="stBidi"]')]
    .flatMap((host) => [host, ...host.querySelectorAll("*")])
    .map((host) => host.shadowRoot?.querySelector(".answer")).filter(Boolean)
    .map((answer) => {
        const parts = [...answer.querySelectorAll("*")].filter((part) => !part.closest(".understood"));
        return {
            tags: [...new Set(parts.map((part) => part.tagName))].sort(),
            text: answer.querySelector(":scope > p").textContent,
            markers: [...answer.querySelectorAll(".marker")].map((marker) => marker.textContent),
        };
    })"""


@dataclass
class Hostile:
    """The app on a library full of payloads; `chat` is a conversation about all of them, `viewed` about a PDF."""

    app: App
    chat: int
    viewed: int
    answers: list[dict]
    asked: list[str]


def one_line(text: str) -> str:
    return " ".join(text.split())


def question(number: int) -> str:
    return f"What does keyword{number}x say? {one_line(PAYLOADS[number])}"


def pdf(title: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setTitle(title)
    canvas.drawString(50, 500, "Zanzibar is said to be [1] quiet. ![a](http://evil.invalid/x.png) <img src=x>")
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile") / "library"
    with Library.open(folder, Settings(model="hashing"), create=True) as library:
        for number, payload in enumerate(PAYLOADS):
            said = one_line(payload)
            name = f"{number} {said}.md".replace("/", "\u2215")
            text = f"# {said}\n\nThe keyword{number}x says {said} and no more than that here.\n" + PADDING
            outcome = library.add_upload(name, text.encode())
            assert outcome.status == "added", outcome.reason
        library.add_upload(NAME, pdf(TITLE))
        assistant = Assistant(library, AnswerSettings.of({"FOOTNOTE_THRESHOLD": "0.001"}))
        chat = library.conversations.create(" ".join(map(one_line, PAYLOADS[:3])))
        asked = [question(n) for n in range(len(PAYLOADS))]
        answers = []
        for each in asked:
            answer = assistant.ask(each)
            library.conversations.append(chat, "user", each)
            library.conversations.append(chat, "assistant", answer.text, answer.to_json())
            answers.append(answer.to_json())
        answer = assistant.ask("Zanzibar is said to be quiet?", documents=[NAME])
        viewed = library.conversations.create("Zanzibar")
        library.conversations.append(viewed, "user", answer.question)
        library.conversations.append(viewed, "assistant", answer.text, answer.to_json())
        for payload in PAYLOADS[::5]:
            library.conversations.create(payload)
    app = App(folder, "", FOOTNOTE_MODEL="hashing", FOOTNOTE_THRESHOLD="0.001")
    yield Hostile(app, chat, viewed, answers, asked)
    app.stop()


@pytest.fixture
def page(chromium: Browser, hostile: Hostile) -> Iterator[Page]:
    """A page that must ask nothing of others, run nothing of theirs, and open no dialog."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url.replace("ws", "http", 1)))
    page.on("dialog", lambda dialog: requests.append(f"dialog {dialog.message}"))
    page.goto(f"{hostile.app.url}/?chat={hostile.chat}")
    yield page
    assert page.evaluate(HARM) == {"found": [], "harmed": None}
    assert [url for url in requests if not url.startswith((hostile.app.url, "data:", "blob:"))] == []
    page.close()


def test_what_documents_say_is_shown_as_text_and_forges_no_citation(page: Page, hostile: Hostile) -> None:
    expect(page.get_by_text(f"keyword{len(PAYLOADS) - 1}x says").first).to_be_attached(timeout=SLOW)
    page.wait_for_timeout(500)
    shown = page.evaluate(ANSWERS)
    assert len(shown) == len(PAYLOADS)
    quoted = 0
    for number, (seen, answer) in enumerate(zip(shown, hostile.answers, strict=True)):
        assert set(seen["tags"]) <= {"BUTTON", "DIV", "LI", "P", "SPAN", "STRONG", "UL"}, PAYLOADS[number]
        assert seen["text"] == answer["answer"]
        assert seen["markers"] == [f"[{c['marker']}]" for c in answer["citations"]]
        assert re.findall(r"\[\d+\]", seen["text"]) == seen["markers"]
        quoted += contained(one_line(PAYLOADS[number])) in seen["text"]
    assert quoted > len(PAYLOADS) // 2  # the payloads are there: what is tested is not an empty page
    assert page.locator('[data-testid="stText"]').all_inner_texts() == hostile.asked


def test_a_hostile_question_name_and_title_are_shown_as_text(page: Page, hostile: Hostile, tmp_path: Path) -> None:
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_role("button", name=f"Remove {NAME}")).to_be_visible(timeout=SLOW)
    box = page.get_by_placeholder("Ask your documents")
    asked = "Who is quiet? <svg onload=window.harmed=1> ![a](http://evil.invalid/q.png) \u202eesrever"
    box.fill(asked)
    box.press("Enter")
    said = page.locator('[data-testid="stText"]')
    expect(said).to_have_count(1, timeout=SLOW)
    expect(page.get_by_text(re.compile("^Confidence"))).to_be_visible(timeout=SLOW)
    assert said.all_inner_texts() == [asked]
    bad = tmp_path / "![a](http:x) <img src=x onerror=window.harmed=1>.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    page.locator("input[type=file]").first.set_input_files(str(bad))
    expect(page.get_by_text(f"Could not add {bad.name}")).to_be_visible(timeout=SLOW)


def test_a_hostile_document_is_shown_beside_its_answer(page: Page, hostile: Hostile) -> None:
    page.goto(f"{hostile.app.url}/?chat={hostile.viewed}")
    page.get_by_role("button", name=f"Source 1: {NAME}, page 1").click(timeout=SLOW)
    shown = TITLE.replace("://", ":\u2060//")  # the invisible joiner keeps it from becoming a link
    expect(page.get_by_text(shown)).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("img", name=f"Page 1 of {NAME}, cited passage highlighted")).to_be_visible(timeout=SLOW)
