"""What the month came to, read from the warehouse, and where to look next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from embedded import environment

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from embedded import ledger
    from embedded.ledger import Month
    from embedded.service import Platform

REASONS_SHOWN = 15


def show(console: Console, month: Month, since: datetime) -> bool:
    """Print the summary; say whether the month has a release that passed its gate."""
    _print(console, "Deliveries", month.ask("summary_deliveries"))
    _print(console, "Quarantined rows by reason", month.ask("summary_quarantine"), REASONS_SHOWN)
    release = month.ask("summary_release")
    if not release.rows:
        console.print("\nNo release was made for this month.")
        return False
    identifier, status, verdict, is_current = release.rows[0]
    _print(console, "Households by feed", month.ask("summary_agreement", release_id=identifier))
    _print(console, "Release in numbers", month.ask("summary_households", release_id=identifier))
    _print(console, "What the regent asks", month.ask("summary_regent", release_id=identifier))
    _print(console, "Gate", month.ask("summary_gate", release_id=identifier))
    _print(console, "Time by step", month.ask("summary_steps", since=since))
    for gate, whole, percent in month.ask("summary_gate_share", since=since).rows:
        console.print(f"The gate took {gate} of {whole} s, {percent} % of the time of all steps.")
    seen = "readers see it" if is_current else "readers keep what they saw before"
    console.print(f"\nRelease [bold]{identifier}[/]: {status}, gate verdict {verdict or '-'}; {seen}.")
    return status in {"published", "superseded"}


def show_doors(console: Console, platform: Platform) -> None:
    """Print the addresses and the login lines a person needs."""
    console.print(
        f"\nAirflow  {platform.address}  login {environment.LOGIN}  password {platform.password}", markup=False
    )
    console.print(f"SQL      {platform.dsn('bi_reader')}", markup=False, soft_wrap=True)
    console.print("The UI stays up; `make stop` stops everything.")


def _print(console: Console, title: str, answer: ledger.Table, most: int | None = None) -> None:
    if not answer.rows:
        return
    table = Table(title=title, title_justify="left", title_style="bold")
    for column, value in zip(answer.columns, answer.rows[0], strict=True):
        table.add_column(column, justify="left" if isinstance(value, str) else "right")
    for row in answer.rows[:most]:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print()
    console.print(table)
    if most and len(answer.rows) > most:
        console.print(f"… and {len(answer.rows) - most} more in quarantine.rejected_rows")


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever the driver returns
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
