"""A person's word on a candidate: what they are shown, and what is kept of what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rbpk import publishing
from rbpk.orchestration.connections import PUBLISHER, open_warehouse
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded
from rbpk.publishing import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse

_WORDS = {
    "households": "Keluarga · Households",
    "exclusion_errors": "Terlewat · Exclusion errors",
    "inclusion_errors": "Tidak semestinya menerima · Inclusion errors",
    "gate_warnings": "Peringatan mutu · Quality warnings",
    "added": "Baru · Added",
    "removed": "Hilang · Removed",
    "moved": "Pindah desa · Moved",
    "desil_up": "Desil naik · Decile up",
    "desil_down": "Desil turun · Decile down",
}


def describe_changes(opened: Xcom) -> str:
    """Return the page a person signs: counts only, as Airflow keeps it in its database."""
    publisher = open_warehouse(PUBLISHER)
    return page(str(opened["release_id"]), publishing.summarise(publisher, str(opened["release_id"])))


def page(release_id: str, summary: Mapping[str, Any]) -> str:
    """Spell a summary as a table, Indonesian first."""
    counts = {**summary, **summary.get("changes", {})}
    lines = [f"| {words} | {counts[name]:,} |" for name, words in _WORDS.items() if name in counts]
    villages = [
        f"| {'tanpa desa · none' if code == 'None' else code} | {count:,} |"
        for code, count in summary.get("villages_changed_most", {}).items()
    ]
    parts = [f"**{release_id}**", "", "| | |", "|---|---:|", *lines]
    if villages:
        parts += ["", "| Desa · Village | Perubahan · Changes |", "|---|---:|", *villages]
    return "\n".join(parts)


def keep_decision(opened: Xcom, event: Mapping[str, Any]) -> Xcom:
    """Keep what was answered under Required Actions; no answer in time is nobody's answer, and a no."""
    release_id = str(opened["release_id"])
    decision = decision_of(release_id, event)

    def work(_: Warehouse) -> Report:
        publishing.decide(open_warehouse(PUBLISHER), decision)
        return Report({"decision": decision.decision}, status=decision.decision)

    return recorded("sign_off", work, Place(str(opened["regency"]), str(opened["period"]), release_id))


def decision_of(release_id: str, event: Mapping[str, Any]) -> Decision:
    """Read the answer; Airflow gives a time-out the default answer of a person who is not there."""
    person = (event.get("responded_by_user") or {}).get("name")
    said = event.get("params_input") or {}
    if not person:
        return Decision(release_id, "timed_out", None)
    approved = list(event.get("chosen_options") or ()) == ["Approve"]
    return Decision(
        release_id,
        "approved" if approved else "rejected",
        str(person),
        reason=said.get("reason") or None,
        ba_number=said.get("ba_number") or None,
    )


def override_release(release_id: str, decided_by: str, reason: str, ba_number: str, settings: Settings) -> Xcom:
    """Publish a release its gate blocked, on a person's word and minutes, which stay in the audit."""
    publisher = open_warehouse(PUBLISHER)

    def work(_: Warehouse) -> Report:
        publishing.decide(publisher, Decision(release_id, "overridden", decided_by, reason, ba_number))
        done = publishing.publish(publisher, release_id, decided_by)
        publishing.write_manifest(publisher, release_id, settings.manifests)
        return Report({"release_id": done.release_id, "is_current": done.is_current}, rows_out=done.rows)

    return recorded("override_release", work, Place(release_id=release_id))
