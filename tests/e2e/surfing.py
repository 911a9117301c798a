"""The Airflow UI in a real browser: logged in, pages read, a month signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.e2e.conftest import Platform

# The boxes of single models are filled in after the month is published.
PATIENCE_SECONDS = 300


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
