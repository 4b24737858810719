"""The least that a real browser must see: the frame of a page, styled, with and without its script."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.one_database]


def test_a_visitor_who_took_a_wrong_turn_is_told_so(page: Page) -> None:
    answer = page.goto("/tidak-ada-di-sini/")
    assert answer is not None and answer.status == 404
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"


def test_the_same_without_javascript(page_without_javascript: Page) -> None:
    answer = page_without_javascript.goto("/tidak-ada-di-sini/")
    assert answer is not None and answer.status == 404
    expect(page_without_javascript.locator("h1")).to_be_visible()
