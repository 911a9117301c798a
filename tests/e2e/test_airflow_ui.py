"""What a data engineer sees: the Airflow UI in a real browser, and what it keeps from strangers."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.e2e.surfing import page

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.e2e.conftest import Platform


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
