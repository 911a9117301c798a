"""Training of the linkage model, as a process of its own: it needs the invented population, which no run does."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import TYPE_CHECKING

from rbpk.errors import LinkageUntrained
from rbpk.orchestration.settings import REPOSITORY
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)


def train_model(households: int, settings: Settings) -> Xcom:
    """Train on that many invented families; write the artefact below the home and return its path and figures."""
    out = settings.home / "models" / "person_model.json"

    def work(_: Warehouse) -> Report:
        command = [sys.executable, "-m", "benchmarks.accuracy.training", "--households", str(households)]
        done = subprocess.run(
            [*command, "--out", str(out)], cwd=REPOSITORY, capture_output=True, text=True, check=False
        )
        log.info("%s", done.stdout)
        if done.returncode:
            log.error("%s", done.stderr)
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            message = f"training ended with code {done.returncode} and wrote no model: {last}; see this task's log"
            raise LinkageUntrained(message)
        made = json.loads(out.read_text(encoding="utf-8"))
        told: Xcom = {"model": str(out), **{name: made[name] for name in ("version", "trained_on", "accuracy")}}
        return Report(told, rows_in=made["trained_on"]["pairs"])

    return recorded("train_model", work, Place())
