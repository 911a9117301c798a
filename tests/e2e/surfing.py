"""The Airflow UI in a real browser: logged in, pages read, a month signed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from selenium.common.exceptions import StaleElementReferenceException, TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.ui import WebDriverWait

from embedded import environment
from embedded.api import Api, segment

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.e2e.conftest import Finished, Platform

# The boxes of single models are filled in after the month is published.
PATIENCE_SECONDS = 300
REASON, MINUTES = "sesuai hasil musdes", "BA 400/11/2025"
DAG = "reconcile_month"
# A page that was slow once is opened anew.
GOES, GOES_SECONDS = 4, 45


def log_in(platform: Platform, browser: Chrome) -> None:
    """Log in through the form, also where an earlier start of Airflow gave a ticket."""
    # Of every address: the page before may be an empty one, which has none to delete.
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    address, user, password = platform.login()
    browser.get(address)
    wait = WebDriverWait(browser, PATIENCE_SECONDS)
    wait.until(expect.visibility_of_element_located((By.NAME, "username"))).send_keys(user)
    browser.find_element(By.NAME, "password").send_keys(password)
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    wait.until(lambda driver: "/auth/login" not in driver.current_url)


def leave(browser: Chrome) -> None:
    """Close the page: a month left open redraws itself for as long as it runs, which takes half a processor."""
    browser.get("about:blank")


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


def api_of(platform: Platform) -> Api:
    """Give Airflow's REST API, asked as the person who is logged in."""
    address, _, password = platform.login()
    return Api(address, environment.LOGIN, password)


def await_quiet(platform: Platform) -> None:
    """Wait until no month is under way: one that is would take on the shape of a DAG that changes."""
    api, deadline = api_of(platform), time.monotonic() + PATIENCE_SECONDS
    while api.every(f"/dags/{DAG}/dagRuns", "dag_runs", state=("queued", "running")):
        assert time.monotonic() < deadline, "a month never ended"
        time.sleep(1)


def sign(platform: Platform, engineer: Chrome, release_id: str, month: Future[Finished], shots: Path) -> str:
    """Wait until the month asks for its signature and give it by a click; return what was shown.

    The list of required actions never looks again once it was empty: it is opened when the request is there. A month
    that nobody could sign is refused, or it would wait for a day.
    """
    api = api_of(platform)
    while not (asked := waiting(api)):
        if month.done():
            return "the month ended without asking"
        time.sleep(2)
    try:
        log_in(platform, engineer)
        for go in range(1, GOES + 1):
            try:
                return _click(platform, engineer, release_id, shots, api)
            except (WebDriverException, TimeoutException) as error:
                if go == GOES:
                    return f"nobody could sign: {type(error).__name__} {engineer.current_url}"
        return ""
    finally:
        leave(engineer)
        if waiting(api):
            answer(api, asked, "Reject")


def waiting(api: Api) -> str:
    """Return the run that waits for a signature, nothing if none does."""
    found = api.every(f"/dags/{DAG}/dagRuns/~/hitlDetails", "hitl_details", response_received="false")
    parked = [one["task_instance"] for one in found if one["task_instance"]["state"] == "awaiting_input"]
    return str(parked[0]["dag_run_id"]) if parked else ""


def answer(api: Api, run: str, option: str, **params: str) -> Any:  # noqa: ANN401 - Airflow's words
    """Answer as the page does when somebody clicks."""
    path = f"/dags/{DAG}/dagRuns/{segment(run)}/taskInstances/sign_off/-1/hitlDetails"
    return api.patch(path, {"chosen_options": [option], "params_input": params})


def _click(platform: Platform, engineer: Chrome, release_id: str, shots: Path, api: Api) -> str:
    patience = WebDriverWait(engineer, GOES_SECONDS, ignored_exceptions=[StaleElementReferenceException])
    engineer.get(f"{platform.login()[0]}/required_actions?{urlencode({'response_received': 'false'})}")
    patience.until(expect.element_to_be_clickable((By.PARTIAL_LINK_TEXT, release_id))).click()
    approve = (By.CSS_SELECTOR, "[data-testid=hitl-option-Approve]")
    patience.until(expect.visibility_of_element_located(approve))
    for name, words in (("element_reason", REASON), ("element_ba_number", MINUTES)):
        field = patience.until(expect.visibility_of_element_located((By.ID, name)))
        field.clear()
        field.send_keys(words)
        assert field.get_attribute("value") == words
    shown = engineer.find_element(By.TAG_NAME, "body").text
    engineer.save_screenshot(str(shots / "sign_off.png"))
    patience.until(expect.element_to_be_clickable(approve)).click()
    patience.until(lambda _: not waiting(api), "the answer never arrived")
    return str(shown)
