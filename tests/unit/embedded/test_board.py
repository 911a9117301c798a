"""Progress away from a terminal: one line per change, unfolded, with names never read as markup."""

from __future__ import annotations

import io

from rich.console import Console

from embedded.board import Board, Item


def test_says_each_change_once() -> None:
    output = io.StringIO()
    with Board(Console(file=output, width=40)) as board:
        for state in ("waiting", "waiting", "landed"):
            board.show("Landing", [Item("[red]daftar keluarga akhir sekali.xlsx", state, "p3ke families")])
    lines = [line.split(" s  ", 1)[1] for line in output.getvalue().splitlines()]
    assert lines == [
        "[red]daftar keluarga akhir sekali.xlsx  waiting  p3ke families",
        "[red]daftar keluarga akhir sekali.xlsx  landed  p3ke families",
    ]
