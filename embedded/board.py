"""Live progress: a table that moves on a terminal, one line per change anywhere else."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE = 160
COLOURS = {
    "landed": "green",
    "success": "green",
    "already_landed": "green",
    "running": "yellow",
    "received": "yellow",
    "refused": "red",
    "held": "red",
    "failed": "red",
    "upstream_failed": "red",
}


@dataclass(frozen=True)
class Item:
    """One thing in progress."""

    name: str
    state: str
    detail: str = ""
    seconds: float | None = None


def open_console() -> Console:
    """Return a console as wide as the terminal; a log file or CI gets lines that are not folded."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


class Board:
    """Shows items as they change."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, refresh_per_second=4, transient=False) if console.is_terminal else None
        self._said: dict[str, str] = {}
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def say(self, text: str) -> None:
        """Print a line that stays."""
        self._console.print(Text(f"{self.elapsed:7.1f} s  {text}"), soft_wrap=True)

    def show(self, title: str, items: Sequence[Item]) -> None:
        """Show the items as they stand now."""
        if self._live:
            self._live.update(self._table(title, items))
            return
        for item in items:
            if self._said.get(item.name) != item.state:
                self._said[item.name] = item.state
                self.say("  ".join(part for part in (item.name, item.state, item.detail) if part))

    @property
    def elapsed(self) -> float:
        """Seconds since the job began."""
        return time.monotonic() - self._began

    def _table(self, title: str, items: Sequence[Item]) -> Table:
        table = Table(title=f"{title} · {self.elapsed:.0f} s", title_justify="left", expand=False)
        for column in ("", "state", "", "s"):
            table.add_column(column, justify="right" if column == "s" else "left")
        for item in items:
            state = Text(item.state, style=COLOURS.get(item.state, "dim"))
            seconds = "" if item.seconds is None else f"{item.seconds:.1f}"
            # File names come from outside: as Text they are never read as markup.
            table.add_row(Text(item.name), state, Text(item.detail), seconds)
        return table
