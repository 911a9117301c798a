"""The Airflow UI in a real browser: logged in, pages read, a month signed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.e2e.conftest import Finished, Platform

# The boxes of single models are filled in after the month is published.
PATIENCE_SECONDS = 300
REASON, MINUTES = "sesuai hasil musdes", "BA 400/11/2025"
# What is signed was judged before.
ASKED = "select 1 from audit.releases where release_id = '{}' and status = 'candidate' and verdict = 'passed'"


def log_in(platform: Platform, browser: Chrome) -> None:
    """Log in through the form, also where an earlier start of Airflow gave a ticket."""
    browser.delete_all_cookies()
    address, user, password = platform.login()
    browser.get(address)
    wait = WebDriverWait(browser, PATIENCE_SECONDS)
    wait.until(expect.visibility_of_element_located((By.NAME, "username"))).send_keys(user)
    browser.find_element(By.NAME, "password").send_keys(password)
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    wait.until(lambda driver: "/auth/login" not in driver.current_url)


def page(engineer: Chrome, platform: Platform, path: str, *words: str) -> str:
    """Open a page and wait until it shows all the words; return its text."""
    engineer.get(platform.login()[0] + path)
    body = (By.TAG_NAME, "body")

    def shown(driver: Chrome) -> str | bool:
        text = driver.find_element(*body).text
        return text if all(word in text for word in words) else False

    # React may replace an element between finding and reading it.
    text: str = WebDriverWait(engineer, PATIENCE_SECONDS, ignored_exceptions=[StaleElementReferenceException]).until(
        shown, f"{path} never showed {words}"
    )
    return text


def sign(platform: Platform, engineer: Chrome, release_id: str, month: Future[Finished], shots: Path) -> str:
    """Wait until the month asks for its signature, and give it with reason and minutes; return what was shown."""
    patience = WebDriverWait(engineer, PATIENCE_SECONDS, ignored_exceptions=[StaleElementReferenceException])
    while not month.done() and not platform.ask(ASKED.format(release_id)):
        # Asking starts a process.
        time.sleep(5)
    if month.done():
        return "the month ended without asking"
    log_in(platform, engineer)
    page(engineer, platform, "/required_actions", release_id)
    patience.until(expect.element_to_be_clickable((By.PARTIAL_LINK_TEXT, release_id))).click()
    approve = (By.CSS_SELECTOR, "[data-testid=hitl-option-Approve]")
    patience.until(expect.visibility_of_element_located(approve))
    for field, words in (("element_reason", REASON), ("element_ba_number", MINUTES)):
        patience.until(expect.visibility_of_element_located((By.ID, field))).send_keys(words)
    shown = engineer.find_element(By.TAG_NAME, "body").text
    engineer.save_screenshot(str(shots / "sign_off.png"))
    patience.until(expect.element_to_be_clickable(approve)).click()
    return str(shown)
