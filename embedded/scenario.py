"""`make whatif`: the published release beside itself under another cut-off or ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from rbpk.scenarios import compare

if TYPE_CHECKING:
    from decimal import Decimal

    from rbpk.scenarios import Change, Comparison, Scenario
    from rbpk.warehouse import Warehouse


def show(reader: Warehouse, scenario: Scenario) -> None:
    """Print the difference by kecamatan and in all.

    Raises:
        RbpkError: no release answers, or its answer would mislead.
    """
    answer = compare(reader, scenario)
    console = Console()
    console.print(f"\nRelease [bold]{answer.release_id}[/], {scenario.programme}, {answer.phase}. Nothing was changed.")
    console.print(
        f"Desil up to {answer.desil_to_before} → {answer.desil_to_after}; "
        f"ceiling {_rupiah(answer.ceiling_before_idr)} → {_rupiah(answer.ceiling_after_idr)}; "
        + (
            f"a unit costs {_rupiah(answer.unit_cost_idr)}."
            if answer.unit_cost_idr
            else "nobody says what a unit costs."
        )
    )
    console.print(_table(answer))


def _table(answer: Comparison) -> Table:
    table = Table(show_footer=True)
    for title, total in zip(
        ("kecamatan", "in need", "funded", "left", "rupiah needed", "rupiah funded"), _cells(answer.total), strict=True
    ):
        table.add_column(title, total, justify="left" if title == "kecamatan" else "right")
    for change in answer.kecamatans:
        table.add_row(*_cells(change))
    return table


def _cells(change: Change) -> tuple[str, ...]:
    left_before, left_after = change.need_before - change.funded_before, change.need_after - change.funded_after
    return (
        change.kecamatan_name or "all",
        _moved(change.need_before, change.need_after),
        _moved(change.funded_before, change.funded_after),
        _moved(left_before, left_after),
        _moved(int(change.need_before_idr), int(change.need_after_idr)),
        _moved(int(change.funded_before_idr), int(change.funded_after_idr)),
    )


def _moved(before: int, after: int) -> str:
    return f"{after:,}" if after == before else f"{after:,} ({after - before:+,})"


def _rupiah(amount: Decimal) -> str:
    return f"Rp {int(amount):,}"
