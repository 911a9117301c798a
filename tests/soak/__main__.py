"""Eight readers, first in peace, then while releases are published and taken back; errors, mixtures and waits."""

from __future__ import annotations

import argparse
import multiprocessing
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import postgres
from rbpk.orchestration.installation import LOGINS, install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.publishing import publish, retain, rollback
from rbpk.warehouse import Warehouse
from tests.conftest import on_database, run_outside_transaction
from tests.integration.publishing_kit import REGENCY, candidate, run
from tests.soak.readers import HOUSEHOLDS, KINDS, Diary, read

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = 3
# Between two moves, where life puts days: a report of half a minute keeps what it may still read from being cleared
# away, so without a pause the releases of years would stand beside each other.
PAUSE_SECONDS = 1.0


def main() -> None:
    """Soak, print, and fail if a reader noticed anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--moves", type=int, default=200, help="publications and rollbacks together")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rbpk-soak-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        dsn = postgres.start(folder).dsn("postgres")
        try:
            noticed = _soak(dsn, chosen.moves)
        finally:
            postgres.stop(folder)
    sys.exit(int(noticed))


def _soak(dsn: str, moves: int) -> bool:
    passwords = {role: secrets.token_urlsafe(8) for role in LOGINS}
    run_outside_transaction(dsn, "create database soak")
    admin = Warehouse(on_database(dsn, "soak"))
    install_platform(admin, passwords, load_settings({}))
    run(admin, "grant pg_read_all_stats to rbpk_publisher")

    def seen_by(role: str) -> str:
        return on_database(dsn, "soak", f"{role}_login", passwords[role])

    owner, publisher = Warehouse(seen_by("rbpk_owner")), Warehouse(seen_by("rbpk_publisher"))
    publish(publisher, _candidate(owner), "soak")
    with multiprocessing.Manager() as manager, ProcessPoolExecutor(len(KINDS)) as pool:
        stop = manager.Event()
        readers = [pool.submit(read, kind, seen_by("bi_reader"), stop) for kind in KINDS]
        began = time.time()
        _build_only(owner, moves // 2)
        publishing_from = time.time()
        _move(owner, publisher, moves // 2)
        ended = time.time()
        stop.set()
        diaries = [reader.result() for reader in readers]
    print(f"{moves // 2} publications and as many rollbacks in {ended - publishing_from:.0f} s")
    return _report(diaries, (began, publishing_from, ended))


def _build_only(owner: Warehouse, times: int) -> None:
    """Build candidates nobody is shown: what building costs readers is told apart from what publishing does."""
    for _ in range(times):
        _candidate(owner)
        time.sleep(2 * PAUSE_SECONDS)


def _move(owner: Warehouse, publisher: Warehouse, times: int) -> None:
    for number in range(times):
        publish(publisher, _candidate(owner), "soak")
        time.sleep(PAUSE_SECONDS)
        rollback(publisher, REGENCY, None, "soak")
        time.sleep(PAUSE_SECONDS)
        if number % 5 == 4:
            retain(publisher, KEPT)


def _candidate(owner: Warehouse) -> str:
    """Build a candidate whose size tells its revision."""
    opened = candidate(owner, ())
    size = HOUSEHOLDS + opened.revision
    run(
        owner,
        f"insert into {opened.release_schema}.mart_households "
        f"select 'h' || n, n % 10 + 1, '64.02', '2026-10', '{opened.release_id}', clock_timestamp() "
        f"from generate_series(1, {size}) as n",
    )
    return opened.release_id


def _report(diaries: Sequence[Diary], moments: tuple[float, float, float]) -> bool:
    began, middle, ended = moments
    print(f"{'reader':26}{'queries':>9}{'errors':>8}{'wrong':>7}{'p99 in peace':>14}{'p99 publishing':>16}{'ratio':>7}")
    for diary in diaries:
        before = [took for at, took in diary.queries if began <= at < middle]
        during = [took for at, took in diary.queries if middle <= at <= ended]
        quiet, busy = _p99(before), _p99(during)
        ratio = busy / quiet if quiet else 0.0
        print(
            f"{diary.kind:26}{len(diary.queries):>9,}{len(diary.errors):>8}{len(diary.wrong):>7}"
            f"{quiet * 1000:>11.1f} ms{busy * 1000:>13.1f} ms{ratio:>7.2f}"
        )
    for line in [error for diary in diaries for error in (*diary.errors, *diary.wrong)][:20]:
        print(line)
    return any(diary.errors or diary.wrong for diary in diaries)


def _p99(durations: Sequence[float]) -> float:
    ordered = sorted(durations)
    return ordered[int(len(ordered) * 0.99)] if ordered else 0.0


if __name__ == "__main__":
    main()
