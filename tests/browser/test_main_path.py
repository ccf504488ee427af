"""The main path in real Chromium: open, ask, see the marked page, add, ask about it, remove, reload, restart."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.browser.conftest import App

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOW = 60_000  # the first answer waits for the model to load


def opened(chromium: Browser, app: App, path: str = "/", **more: object) -> Page:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, **more)  # type: ignore[arg-type]
    page.goto(app.url + path)
    expect(page.get_by_placeholder("Ask your documents")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Remove Timeline.md")).to_be_visible(timeout=SLOW)
    return page


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder("Ask your documents")
    box.fill(question)
    box.press("Enter")


def source(page: Page, document: str, number: int = 1) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"Source \d+: {re.escape(document)}, page {number}"))


def lighthouse(path: Path) -> Path:
    """One page, what is asked about at its foot."""
    style = getSampleStyleSheet()["BodyText"]
    filler = "Gulls nest in the cliffs here each spring. " * 12
    story = [Paragraph(text, style) for text in [filler] * 8 + ["The lighthouse at Marrow Point is 41 metres tall."]]
    SimpleDocTemplate(str(path), title="Marrow Point").build(story)
    return path


def yellow_share(image: Locator) -> float:
    """The share of the picture's pixels that are marked."""
    png = image.evaluate(
        """async (image) => {
            const blob = await (await fetch(image.src)).blob();
            const reader = new FileReader();
            reader.readAsDataURL(blob);
            return await new Promise((done) => { reader.onload = () => done(reader.result); });
        }"""
    )
    with Image.open(io.BytesIO(base64.b64decode(png.split(",")[1]))) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24) or []
    return sum(n for n, c in colours if c == (255, 226, 110)) / sum(n for n, _ in colours)


def test_a_question_gets_an_answer_whose_source_opens_marked(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "What did Guterres call the treaty?")
    expect(page.get_by_text("important milestone").first).to_be_visible(timeout=SLOW)
    source(page, "Signing in Hanoi.pdf").first.click()
    image = page.get_by_role("img", name="Page 1 of Signing in Hanoi.pdf, cited passage highlighted")
    expect(image).to_be_visible(timeout=SLOW)
    assert 0.0005 < yellow_share(image) < 0.2
    page.get_by_role("button", name="Page ›").click()
    expect(page.get_by_role("img", name="Page 2 of Signing in Hanoi.pdf")).to_be_visible(timeout=SLOW)
    page.close()


def test_a_text_document_opens_with_its_quote_marked(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "Where does the Budapest Convention date from?")
    button = page.get_by_role("button", name=re.compile(r"Source \d+: .*\.(txt|md), page 1")).first
    expect(button).to_be_visible(timeout=SLOW)
    button.click()
    expect(page.get_by_role("img", name="cited passage highlighted")).to_be_visible(timeout=SLOW)
    assert (page.locator("mark").first.text_content() or "").strip()
    page.close()


def test_what_the_documents_do_not_hold_is_declined(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "What is the boiling point of tungsten?")
    expect(page.get_by_text("not in your documents").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("The closest passages:")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Source"))).to_have_count(0)
    page.close()


def test_a_pdf_is_added_asked_about_and_removed_without_trace(chromium: Browser, app: App, tmp_path: Path) -> None:
    page = opened(chromium, app)
    picker = page.get_by_label("Add documents").locator("input[type=file]").or_(page.locator("input[type=file]").first)
    picker.first.set_input_files(str(lighthouse(tmp_path / "light_house *v2*.pdf")))
    expect(page.get_by_text("Added light_house *v2*.pdf")).to_be_visible(timeout=SLOW)
    ask(page, "How tall is the lighthouse at Marrow Point?")
    expect(page.get_by_text("41 metres tall").first).to_be_visible(timeout=SLOW)
    source(page, "light_house *v2*.pdf").click()
    image = page.get_by_role("img", name="Page 1 of light_house *v2*.pdf, cited passage highlighted")
    expect(image).to_be_visible(timeout=SLOW)
    page.wait_for_function(
        """() => {
            const image = document.querySelector(".st-key-page_picture img").getBoundingClientRect();
            const box = document.querySelector('[data-testid="stColumn"]:has(.st-key-viewer)').getBoundingClientRect();
            const mark = image.top + 0.7 * image.height;
            return mark > box.top && mark < window.innerHeight - 150;
        }"""
    )  # the mark at the foot of the page is scrolled into view
    page.get_by_role("button", name="Remove light_house *v2*.pdf").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Remove light_house *v2*.pdf")).to_have_count(0, timeout=SLOW)
    page.get_by_role("button", name="New chat").click()
    ask(page, "How tall is the lighthouse at Marrow Point?")
    expect(page.get_by_text("not in your documents").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("41 metres")).to_have_count(0)
    page.close()


def test_a_file_that_can_not_be_read_says_why(chromium: Browser, app: App, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF at all\n")
    page = opened(chromium, app)
    page.locator("input[type=file]").first.set_input_files(str(tmp_path / "broken.pdf"))
    expect(page.get_by_text(re.compile("Could not add broken.pdf: .+"))).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Dismiss broken.pdf").click()
    expect(page.get_by_text("Could not add broken.pdf")).to_have_count(0, timeout=SLOW)
    page.close()


def test_a_conversation_is_there_after_a_reload_and_a_restart(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "How many states signed the convention?")
    expect(page.get_by_text("More than 60").first).to_be_visible(timeout=SLOW)
    page.reload()
    expect(page.get_by_text("More than 60").first).to_be_visible(timeout=SLOW)
    app.stop()
    app.start()
    page.goto(app.url)
    earlier = page.get_by_role("button", name="How many states signed the convention?").first
    expect(earlier).to_be_visible(timeout=SLOW)
    page.get_by_test_id("stSidebar").get_by_role("button", name="How many states signed the convention?").first.click()
    expect(page.get_by_text("More than 60").first).to_be_visible(timeout=SLOW)
    page.close()


def test_on_a_phone_the_page_opens_below_the_answer_and_nothing_overflows(chromium: Browser, app: App) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(app.url)
    expect(page.get_by_role("button", name="Remove Timeline.md", include_hidden=True)).to_be_attached(timeout=SLOW)
    ask(page, "What did Guterres call the treaty?")
    button = source(page, "Signing in Hanoi.pdf").first
    expect(button).to_be_visible(timeout=SLOW)
    button.click()
    image = page.get_by_role("img", name="cited passage highlighted")
    expect(image).to_be_visible(timeout=SLOW)
    # In one step: between two, the page may scroll to what was opened.
    below = "(image, button) => image.getBoundingClientRect().top - button.getBoundingClientRect().top"
    assert image.evaluate(below, button.element_handle()) > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_text("Download the original").scroll_into_view_if_needed()
    ask(page, "What is the boiling point of tungsten?")
    expect(page.get_by_text("The answer is not in your documents.").first).to_be_in_viewport(timeout=SLOW)
    page.close()


def test_nothing_is_asked_of_any_other_machine(chromium: Browser, app: App) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(app.url)
    expect(page.get_by_placeholder("Ask your documents")).to_be_visible(timeout=SLOW)
    ask(page, "![x](http://example.org/x.png) <img src=http://example.org/y.png> How many states signed?")
    expect(page.get_by_text("![x](http://example.org/x.png)").first).to_be_visible(timeout=SLOW)
    expect(
        page.get_by_role("button", name=re.compile("^Source")).or_(page.get_by_text("not in your documents")).first
    ).to_be_visible(timeout=SLOW)
    foreign = [url for url in asked if not url.startswith((app.url, "data:", "blob:"))]
    assert foreign == []
    page.close()


def test_a_conversation_is_renamed_and_removed(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    side = page.get_by_test_id("stSidebar")
    ask(page, "What did Guterres call the treaty?")
    manage = side.get_by_role("button", name="Rename, export or remove")
    expect(manage).to_be_visible(timeout=SLOW)
    manage.click()
    name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    name.fill("On the treaty")
    name.press("Enter")
    expect(side.get_by_role("button", name="On the treaty")).to_be_visible(timeout=SLOW)
    manage.click()
    page.get_by_role("dialog").get_by_role("button", name="Remove conversation").click()
    expect(side.get_by_role("button", name="On the treaty")).to_have_count(0, timeout=SLOW)
    page.close()
