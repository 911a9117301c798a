"""What a data engineer sees: the Airflow UI in a real browser, and what it keeps from strangers."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.e2e.conftest import Platform

# The boxes of single models are filled in after the month is published.
PATIENCE_SECONDS = 180


@pytest.fixture(scope="module")
def engineer(platform: Platform, browser: Chrome) -> Chrome:
    """Log in through the form, as a person does."""
    address, user, password = platform.login()
    browser.get(address)
    wait = WebDriverWait(browser, PATIENCE_SECONDS)
    wait.until(expect.visibility_of_element_located((By.NAME, "username"))).send_keys(user)
    browser.find_element(By.NAME, "password").send_keys(password)
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    wait.until(lambda driver: "/auth/login" not in driver.current_url)
    return browser


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


def test_every_dag_is_listed_without_import_errors(engineer: Chrome, platform: Platform) -> None:
    text = page(engineer, platform, "/dags", "Ingest P3KE", "Ingest DTKS", "Ingest PKH", "Reconcile a month")
    assert "Import Error" not in text


def test_a_finished_month_is_a_green_run(engineer: Chrome, platform: Platform, tmp_path: Path) -> None:
    text = page(engineer, platform, "/dags/reconcile_month/runs", "Open release", "Publish release", "Success")
    engineer.save_screenshot(str(tmp_path / "reconcile_month.png"))
    assert "Failed" not in text.partition("Dag Run ID")[2]


@pytest.mark.parametrize("model", ["stg_p3ke__families", "int_person_records_unioned", "mart_households"])
def test_every_model_has_a_box(engineer: Chrome, platform: Platform, model: str) -> None:
    page(engineer, platform, "/dags/reconcile_month/tasks", model)


@pytest.mark.parametrize(
    "path", ["/api/v2/dags", "/api/v2/dags/reconcile_month/dagRuns", "/api/v2/connections", "/ui/dags"]
)
def test_strangers_are_refused(platform: Platform, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(platform.login()[0] + path, timeout=10)  # noqa: S310 - our own address
    assert refused.value.code in (401, 403)
