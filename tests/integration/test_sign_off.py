"""Sign-off and override: a person's word lets a release through, and stays written with what they saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rbpk.errors import GateBlocked, ReleaseUnknown, WarehouseRefused
from rbpk.orchestration.steps.signing import decision_of, page
from rbpk.publishing import Decision, decide, publish, summarise, write_manifest
from tests.integration.publishing_kit import answer, ask, candidate, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

WHY, MINUTES = "daftar desa sudah diverifikasi", "BA 400/12/2026"


def test_an_unsigned_release_stays_hidden_and_a_signed_one_names_its_signer(database: Database) -> None:
    opened = candidate(database.owner)
    with pytest.raises(ReleaseUnknown, match="not signed"):
        publish(database.publisher, opened.release_id, "calendar", signed=True)
    decide(database.publisher, Decision(opened.release_id, "approved", "Siti", "sesuai", MINUTES))
    assert publish(database.publisher, opened.release_id, "calendar", signed=True).is_current
    assert answer(database.owner, "select approved_by from audit.releases") == "Siti"
    assert ask(database.auditor, "select decision, decided_by, ba_number, summary from audit.approvals") == [
        ("approved", "Siti", MINUTES, {"gate_blocking": 0, "gate_warnings": 0})
    ]


@pytest.mark.parametrize("word", ["rejected", "timed_out"])
def test_a_no_and_a_silence_withdraw_the_candidate(database: Database, word: Any) -> None:  # noqa: ANN401 - a literal
    opened = candidate(database.owner)
    decide(database.publisher, Decision(opened.release_id, word, "Siti" if word == "rejected" else None))
    assert ask(database.owner, "select status, note from audit.releases") == [("withdrawn", f"sign-off: {word}")]
    for signed in (True, False):
        with pytest.raises(ReleaseUnknown):
            publish(database.publisher, opened.release_id, "calendar", signed=signed)
    with pytest.raises(ReleaseUnknown, match="cannot be approved"):
        decide(database.publisher, Decision(opened.release_id, "approved", "Siti"))


def test_a_blocked_release_goes_out_on_a_name_a_reason_and_minutes_only(database: Database, tmp_path: Path) -> None:
    opened = candidate(database.owner, verdict="blocked")
    run(database.owner, f"update audit.releases set status = 'blocked' where release_id = '{opened.release_id}'")
    for reason, minutes in (("ya", MINUTES), (WHY, None), (None, MINUTES), (WHY, "  ")):
        with pytest.raises(WarehouseRefused, match="override_is_explained"):
            decide(database.publisher, Decision(opened.release_id, "overridden", "Siti", reason, minutes))
    with pytest.raises(GateBlocked):
        publish(database.publisher, opened.release_id, "calendar")
    decide(database.publisher, Decision(opened.release_id, "overridden", "Siti", WHY, MINUTES))
    assert publish(database.publisher, opened.release_id, "calendar").is_current
    assert ask(database.owner, "select status, verdict, approved_by from audit.releases") == [
        ("published", "blocked", "Siti")
    ]
    page_kept = write_manifest(database.publisher, opened.release_id, tmp_path).read_text("utf-8")
    assert all(words in page_kept for words in ("overridden", "Siti", WHY, MINUTES))


def test_who_builds_releases_signs_none(database: Database) -> None:
    opened = candidate(database.owner)
    with pytest.raises(WarehouseRefused, match="42501"):
        decide(database.owner, Decision(opened.release_id, "approved", "Siti"))


def test_the_page_to_sign_tells_counts(database: Database) -> None:
    opened = candidate(database.owner)
    facts = f"'64.02', '2026-10', '{opened.release_id}'"
    run(
        database.owner,
        f"create table {opened.release_schema}.mart_release_changes "
        "(change text, desa_code text, count integer, regency_code text, period text, release_id text)",
        f"insert into {opened.release_schema}.mart_release_changes values ('added', '64.02.06.2001', 12, {facts}), "
        f"('desil_up', null, 4, {facts})",
    )
    summary = summarise(database.publisher, opened.release_id)
    assert summary["changes"] == {"added": 12, "desil_up": 4}
    shown = page(opened.release_id, summary)
    assert "| Baru · Added | 12 |" in shown
    assert "| 64.02.06.2001 | 12 |" in shown


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            {"chosen_options": ["Approve"], "responded_by_user": {"id": "1", "name": "Siti"},
             "params_input": {"reason": "sesuai", "ba_number": ""}},
            Decision("r", "approved", "Siti", "sesuai", None), id="a yes",
        ),
        pytest.param(
            {"chosen_options": ["Reject"], "responded_by_user": {"id": "1", "name": "Siti"}, "params_input": {}},
            Decision("r", "rejected", "Siti"), id="a no",
        ),
        pytest.param(
            {"chosen_options": ["Reject"], "responded_by_user": None, "params_input": {}, "timedout": True},
            Decision("r", "timed_out", None), id="silence",
        ),
        pytest.param(
            {"chosen_options": ["Approve"], "responded_by_user": None, "params_input": {}},
            Decision("r", "timed_out", None), id="a yes of nobody",
        ),
    ],
)  # fmt: skip
def test_reads_what_airflow_was_answered(event: dict[str, Any], expected: Decision) -> None:
    assert decision_of("r", event) == expected
