"""A follow-up in real Chromium: how it was understood is put right by a click; the page of figures and back."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import App
from tests.browser.test_main_path import SLOW, ask, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_follow_up_that_was_understood_wrongly_is_put_right(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "What is the Cybersecurity Tech Accord?")
    expect(page.get_by_role("button", name=re.compile("^Source 1")).first).to_be_visible(timeout=SLOW)
    ask(page, "and who leads it?")
    meant = page.get_by_role("button", name=re.compile("^Understood as: Who leads the Cybersecurity Tech Accord"))
    expect(meant).to_be_visible(timeout=SLOW)
    meant.click()
    box = page.get_by_role("textbox", name="The question that was meant")
    expect(box).to_have_value("Who leads the Cybersecurity Tech Accord?")
    box.press("Escape")
    expect(meant).to_be_visible()
    meant.click()
    box.fill("How many states signed the convention?")
    box.press("Enter")
    expect(page.get_by_text("More than 60").last).to_be_visible(timeout=SLOW)
    expect(meant).to_be_visible()
    page.close()


def test_the_figures_of_drafted_questions_are_shown_and_the_way_back_keeps_the_chat(
    chromium: Browser, app: App
) -> None:
    page = opened(chromium, app)
    ask(page, "How many states signed the convention?")
    expect(page.get_by_text("More than 60").first).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="Quality").click()
    page.get_by_role("button", name="Draft questions").click()
    page.get_by_role("button", name="Check these questions").click()
    expect(page.get_by_role("heading", name=re.compile(r"^Failed · \d+ of 10"))).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Remove Timeline.md")).to_have_count(1)
    page.get_by_role("link", name="Back to the chat").click()
    expect(page.get_by_text("More than 60").first).to_be_visible(timeout=SLOW)
    page.close()


def test_where_was_looked_first_is_shown_and_widened_by_a_click(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "When was the convention made, according to the timeline?")
    first = page.get_by_text("Looking first in Timeline of the convention")
    expect(first).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="search everywhere").click()
    expect(page.get_by_role("button", name=re.compile("^Source 1")).nth(1)).to_be_visible(timeout=SLOW)
    expect(first).to_have_count(1)
    page.close()


def test_the_passages_nearest_to_a_refusal_open_marked(chromium: Browser, app: App) -> None:
    page = opened(chromium, app)
    ask(page, "What is the boiling point of tungsten?")
    expect(page.get_by_text("The closest passages:")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name=re.compile(r"^.+\.(txt|md|pdf), page \d+")).first.click()
    expect(page.get_by_role("img", name=re.compile("cited passage highlighted$"))).to_be_visible(timeout=SLOW)
    page.close()
