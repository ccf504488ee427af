"""Every kind of file in real Chromium: added, asked about, its source opened; a password asked for; a report read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from tests import files
from tests.browser.conftest import App
from tests.browser.test_main_path import SLOW, ask, opened, yellow_share

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

BEES = 'Hive;Keeper;Honey\nNorth;Anders;18\nSouth;"Lund, Siri";23\n'
KILN = "<!doctype html><h1>Kiln</h1><h2>Heat</h2><p>Porcelain is fired at 1,300 degrees.</p><script>x</script>"
ROOMS = {"Rooms": [["Room", "Seats"], ["Birch", 12], ["Maple", 40]]}
KINDS = {
    "heron.docx": (files.word(), "Which harbour does the pilot cover?", 'section "Scope"', "harbour of Lindvik"),
    "orchard.pptx": (files.slides(), "How many tonnes of pears did we pick?", "slide 2", "62 tonnes of pears"),
    "rooms.xlsx": (files.workbook(ROOMS), "How many seats does Maple have?", 'sheet "Rooms" row 3', "Seats: 40"),
    "bees.csv": (BEES.encode(), "How much honey from the hive of Lund, Siri?", "row 3", "Honey: 23"),
    "kiln.html": (KILN.encode(), "At how many degrees is porcelain fired?", 'section "Heat"', "1,300 degrees"),
    "lantern.epub": (
        files.book(one="<p>Mara came by skiff.</p>", storm="<p>The lantern went out at midnight.</p>"),
        "When did the lantern go out?",
        'section "Storm"',
        "at midnight",
    ),
    "boat.eml": (files.mail(), "When does the inspector come?", "message", "on Friday at nine"),
}  # fmt: skip


def locked(path: Path) -> Path:
    """A PDF of one sentence that the password "heron" opens."""
    canvas = Canvas(str(path))
    canvas.drawString(70, 700, "The vault combination is changed every Tuesday.")
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(str(path)))
    writer.encrypt("heron")
    writer.write(str(path))
    return path


def add(page: Page, *paths: Path) -> None:
    page.locator("input[type=file]").first.set_input_files([str(path) for path in paths])


def added(page: Page, name: str) -> None:
    """Wait until it can be found by meaning: by words alone it is found with less confidence."""
    expect(page.get_by_text(f"Added {name}")).to_be_visible(timeout=4 * SLOW)


def answered(page: Page, question: str, source: str) -> None:
    """Ask in a new chat, and open the source that is called so."""
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_role("button", name=re.compile("Source 1"))).to_have_count(0)
    ask(page, question)
    page.get_by_role("button", name=re.compile(rf"Source \d+: {re.escape(source)}")).first.click(timeout=SLOW)


def test_every_kind_is_added_asked_about_and_opened_at_its_place(chromium: Browser, app: App, tmp_path: Path) -> None:
    page = opened(chromium, app)
    for name, (data, *_) in KINDS.items():
        (tmp_path / name).write_bytes(data)
    add(page, *(tmp_path / name for name in KINDS))
    for name in KINDS:
        added(page, name)
    for name, (_, question, place, quote) in KINDS.items():
        answered(page, question, name)
        viewer = page.locator(".st-key-viewer")
        expect(viewer).to_contain_text(f"{name} · {place}")
        expect(viewer.locator("mark")).to_contain_text(quote)
    expect(page.locator("script:has-text('x')")).to_have_count(0)


def test_a_scan_is_recognised_and_marked_where_the_words_are(chromium: Browser, app: App, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(files.scan(files.written("Overdue volumes go into the red box.")))
    page = opened(chromium, app)
    add(page, path)
    added(page, path.name)
    answered(page, "Where do overdue volumes go?", f"{path.name}, page 1 · recognised text")
    image = page.get_by_role("img", name=f"Page 1 of {path.name}, cited passage highlighted")
    expect(image).to_be_visible(timeout=SLOW)
    assert 0.02 < yellow_share(image) < 0.2


def test_a_locked_file_asks_for_its_password_until_it_is_right(chromium: Browser, app: App, tmp_path: Path) -> None:
    path = locked(tmp_path / "vault.pdf")
    page = opened(chromium, app)
    add(page, path)
    for given in ("wrong", "heron"):
        field = page.get_by_label(f"Password of {path.name}")
        field.fill(given, timeout=SLOW)
        page.get_by_role("button", name="Open", exact=True).click()
        if given == "wrong":
            expect(page.get_by_text("that password does not open it")).to_be_visible(timeout=SLOW)
    added(page, path.name)
    answered(page, "When is the vault combination changed?", f"{path.name}, page 1")
    image = page.get_by_role("img", name=f"Page 1 of {path.name}, cited passage highlighted")
    expect(image).to_be_visible(timeout=SLOW)


def test_pasted_text_becomes_a_document_and_its_report_tells_how_it_was_read(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    page.get_by_text("Paste text").click()
    page.get_by_label("Title").fill("Garden notes")
    page.get_by_label("Text, or the source of a web page").fill("The runner beans go in on the tenth of May.")
    page.get_by_role("button", name="Add text").click()
    added(page, "Garden notes.txt")
    answered(page, "When do the runner beans go in?", "Garden notes.txt, page 1")
    page.get_by_title("What was read of Garden notes.txt").click()
    expect(page.get_by_text("1 page read as text, 43 characters.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("img", name="Text of page 1 of Garden notes.txt")).to_have_text(
        "The runner beans go in on the tenth of May."
    )
    page.get_by_text("Back to the chat").click()
    expect(page.get_by_placeholder("Ask your documents")).to_be_visible(timeout=SLOW)
