"""A private DuckDB in which pairs are made and compared, with a ceiling on memory and none on honesty.

It reads nothing but the frames handed to it and needs no extension; what does not fit spills to a
folder that is gone when the block ends.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from rbpk.errors import LinkageTooLarge, is_out_of_room
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rbpk.linkage.kept import Kept

log = logging.getLogger(__name__)

# What a regency of 250,000 families needs without waiting for the disk; the rest of a run needs as much again.
MEMORY_LIMIT = "1000MB"
# Beyond, the ceiling grows with what is compared: half of it are the units themselves, which lie there all the time.
_BYTES_A_UNIT = 600


@dataclass(frozen=True)
class Engine:
    """One DuckDB connection, the SQL files of this room, and what earlier runs kept, if there is such a place."""

    connection: duckdb.DuckDBPyConnection
    kept: Kept | None = None

    def make_room(self, units: int) -> None:
        """Raise the ceiling on memory to what so many units need, if that is more than it is."""
        wanted = units * _BYTES_A_UNIT // 1_000_000
        is_more = "select parse_formatted_bytes(current_setting('memory_limit')) < ?"
        if self.connection.execute(is_more, [wanted * 1_000_000]).fetchall() == [(True,)]:
            self.connection.execute(f"set memory_limit = '{wanted}MB'")

    def load(self, table: str, frame: pl.DataFrame) -> None:
        """Create or replace a table from a frame."""
        self.connection.register("incoming", frame.to_arrow())
        self.connection.execute(f'create or replace table "{table}" as select * from incoming')  # noqa: S608 - names from code
        self.connection.unregister("incoming")

    def build(self, table: str, file: str) -> None:
        """Create or replace a table from the query in a file."""
        query = statement("rbpk.linkage", file)
        self.connection.execute(f'create or replace table "{table}" as {query}')

    def build_from(self, table: str, file: str, incoming: pl.DataFrame) -> None:
        """Create or replace a table from the query in a file that reads a frame as `incoming`, without a copy of it."""
        self.connection.register("incoming", incoming.to_arrow())
        self.build(table, file)
        self.connection.unregister("incoming")

    def ask(self, file: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """Return the rows of the query in a file."""
        relation = self.connection.sql(statement("rbpk.linkage", file), params=list(parameters))
        frame = pl.from_arrow(relation.to_arrow_table())
        return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()

    def table(self, name: str) -> pl.DataFrame:
        """Return a whole table."""
        frame = pl.from_arrow(self.connection.table(name).to_arrow_table())
        return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()

    def drop(self, *tables: str) -> None:
        """Forget tables that nobody reads any more."""
        for table in tables:
            self.connection.execute(f'drop table if exists "{table}"')

    def has(self, name: str) -> bool:
        """Say whether a table was made."""
        found = self.connection.execute("select 1 from duckdb_tables() where table_name = ?", [name])
        return bool(found.fetchall())


@contextmanager
def open_engine(
    memory_limit: str = MEMORY_LIMIT, kept: Kept | None = None, spill: Path | None = None
) -> Iterator[Engine]:
    """Yield an engine; its tables and spill files vanish with the block.

    Raises:
        LinkageTooLarge: what is compared does not fit into the memory allowed.

    A run that was killed leaves people's names where it spilled them. In a place that only one run uses at a time
    (`spill`) the next one finds them and takes them away.
    """
    with (
        _emptied(spill) if spill else tempfile.TemporaryDirectory(prefix="rbpk-linkage-") as folder,
        duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "temp_directory": folder,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        ) as connection,
    ):
        try:
            yield Engine(connection, kept)
        except duckdb.OutOfMemoryException as error:
            if is_out_of_room(error):
                raise
            # DuckDB's words name sizes and settings, never a row.
            message = f"linkage does not fit into its memory: {str(error).splitlines()[0]}"
            raise LinkageTooLarge(message) from None


@contextmanager
def _emptied(place: Path) -> Iterator[str]:
    if place.exists() and any(place.iterdir()):
        log.info("removed what a run that died had spilled")
        shutil.rmtree(place)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One that lost its connection, and its lock with it, may still be about: it ends without its folder, not in ours.
    with tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True) as folder:
        yield folder
