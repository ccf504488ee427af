"""Two people in real Chromium, with a real sign-in at a provider of our own: each sees what is theirs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.owner import Owner
from tests.browser.conftest import App
from tests.browser.identity import Provider
from tests.browser.test_main_path import lighthouse

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOW = 60_000


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider("ada", "ben", "eve")
    yield made
    made.close()


def started(folder: Path, provider: Provider, allowed: str) -> App:
    """The app for those who are `allowed`."""
    secrets = folder / "secrets.toml"
    secrets.write_text(provider.secrets())
    quick = {"FOOTNOTE_MODEL": "hashing", "FOOTNOTE_THRESHOLD": "0.01", "FOOTNOTE_ALLOWED": allowed}
    return App(folder / "library", "", options=["--secrets.files", str(secrets)], **quick)


@pytest.fixture
def app(tmp_path: Path, provider: Provider) -> Iterator[App]:
    running = started(tmp_path, provider, "Ada@example.org, ben@example.org")
    yield running
    running.stop()


def signed_in(chromium: Browser, app: App, who: str) -> Page:
    """A browser of its own, in which `who` signs in."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(app.url)
    button = page.get_by_role("button", name="Sign in")
    expect(button).to_be_visible(timeout=SLOW)
    expect(page.get_by_placeholder("Ask your documents")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    button.click()
    page.get_by_role("link", name=who).click()
    expect(page.get_by_placeholder("Ask your documents")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text(f"Signed in as {who.title()}")).to_be_visible(timeout=SLOW)
    return page


def test_somebody_who_is_not_on_the_list_reads_so_and_gets_no_library(chromium: Browser, app: App) -> None:
    page = chromium.new_context().new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Sign in").click(timeout=SLOW)
    page.get_by_role("link", name="eve").click()
    refused = page.get_by_text(re.compile("eve@.?example.org is not among those who may use this Footnote"))
    expect(refused).to_be_visible(timeout=SLOW)
    for address in ("/report?document=x", "/quality", "/"):
        page.goto(app.url + address)
        expect(refused).to_be_visible(timeout=SLOW)
        expect(page.get_by_placeholder("Ask your documents")).to_have_count(0)
        expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    assert not app.folder.exists()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").click(timeout=SLOW)
    page.get_by_role("link", name="ada").click()
    expect(page.get_by_text("Signed in as Ada")).to_be_visible(timeout=SLOW)


def test_until_somebody_is_allowed_nobody_is(chromium: Browser, provider: Provider, tmp_path: Path) -> None:
    app = started(tmp_path, provider, "")
    page = chromium.new_page()
    page.goto(app.url)
    expect(page.get_by_text("nobody may sign in yet: set FOOTNOTE_ALLOWED")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    app.stop()


def add(page: Page, path: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(str(path))
    expect(page.get_by_text(f"Added {path.name}")).to_be_visible(timeout=SLOW)


def test_two_people_sign_in_add_and_ask_and_neither_sees_the_others(
    chromium: Browser, app: App, provider: Provider, tmp_path: Path
) -> None:
    letter, note = tmp_path / "letter.txt", tmp_path / "note.txt"
    letter.write_text("The key of the boathouse lies under the blue stone.")
    note.write_text("The ferry leaves at nine.")
    ada, ben = signed_in(chromium, app, "ada"), signed_in(chromium, app, "ben")
    add(ada, letter)
    add(ben, note)
    for page, own, other in ((ada, letter, note), (ben, note, letter)):
        page.reload()
        expect(page.get_by_role("button", name=f"Remove {own.name}")).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("button", name=f"Remove {other.name}")).to_have_count(0)
    for page in (ada, ben):
        page.get_by_placeholder("Ask your documents").fill("Where does the key of the boathouse lie?")
        page.get_by_placeholder("Ask your documents").press("Enter")
    expect(ada.get_by_role("button", name=re.compile("Source 1: letter.txt, page 1"))).to_be_visible(timeout=SLOW)
    expect(ben.get_by_role("button", name=re.compile("^(Source 1|Open)"))).to_be_visible(timeout=SLOW)
    expect(ben.get_by_text("under the blue stone")).to_have_count(0)
    ben.goto(f"{app.url}/?chat=1")
    expect(ben.get_by_text("The ferry").first).to_be_visible(timeout=SLOW)
    expect(ben.get_by_text("under the blue stone")).to_have_count(0)
    people = {Owner(provider.issuer, who).key for who in ("ada", "ben")}
    assert {folder.name for folder in (app.folder / "users").iterdir()} == people
    assert not (app.folder / "library.db").exists()
    ada.get_by_role("button", name="Sign out").click()
    expect(ada.get_by_role("button", name="Sign in")).to_be_visible(timeout=SLOW)
    ada.reload()
    expect(ada.get_by_role("button", name="Sign in")).to_be_visible(timeout=SLOW)
    expect(ada.get_by_placeholder("Ask your documents")).to_have_count(0)


def test_pictures_and_downloads_lie_at_no_address_that_can_be_guessed(
    chromium: Browser, app: App, tmp_path: Path
) -> None:
    plan, letter = lighthouse(tmp_path / "plan.pdf"), tmp_path / "letter.txt"
    letter.write_text("The key lies under the blue stone.")
    served: dict[str, set[str]] = {}
    for who in ("ada", "ben"):
        page = signed_in(chromium, app, who)
        page.on("request", lambda request, who=who: served.setdefault(who, set()).add(request.url))
        add(page, plan)
        add(page, letter)
        page.goto(f"{app.url}/report?document=plan.pdf")
        image = page.get_by_role("img", name="Page 1 of plan.pdf", exact=True)
        expect(image).to_be_visible(timeout=SLOW)
        assert str(image.get_attribute("src")).startswith("data:image/png;base64,")
        page.goto(app.url)
        page.get_by_placeholder("Ask your documents").fill("Where does the key lie?")
        page.get_by_placeholder("Ask your documents").press("Enter")
        page.get_by_role("button", name=re.compile("Source 1: letter.txt")).click(timeout=SLOW)
        expect(page.get_by_role("button", name="Download the original")).to_be_visible(timeout=SLOW)
        still = page.get_by_test_id("stApp")  # a button that is being drawn again takes no click
        expect(still).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW)
        with page.expect_download(timeout=SLOW) as download:
            page.get_by_role("button", name="Download the original").click()
        assert Path(download.value.path()).read_bytes() == letter.read_bytes()
        assert download.value.suggested_filename == "letter.txt"
        served[who].add(download.value.url)
    media = {who: {url for url in urls if url.startswith(f"{app.url}/media/")} for who, urls in served.items()}
    assert all(media.values())
    assert media["ada"] & media["ben"] == set()  # the same file, and yet
