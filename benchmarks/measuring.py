"""Runs a process and watches it: time to its first useful act, time of each part, peak memory of its tree."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks.segments import Segment, spent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Walking the processes costs milliseconds of one of two cores: seldom enough not to slow what is measured.
SAMPLE_SECONDS = 0.25
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Measure:
    """One row of the report."""

    name: str
    seconds: float
    rows: int
    peak_mb: float
    cpu: float


@dataclass(frozen=True)
class Outcome:
    """What a watched process did."""

    startup: float
    measures: list[Measure]
    result: dict[str, Any]

    def of(self, name: str) -> Measure:
        """Give the part of that name."""
        return next(measure for measure in self.measures if measure.name == name)


@dataclass(frozen=True)
class Watched:
    """A finished process: its output, its times and the memory its tree held over time."""

    output: str
    started: float
    ended: float
    cpu: float
    memory: list[tuple[float, int]]

    def peak(self, start: float, end: float) -> float:
        """Give the peak in a window; a part shorter than a sample takes the nearest one."""
        inside = [size for at, size in self.memory if start <= at <= end + SAMPLE_SECONDS]
        nearest = [min(self.memory, key=lambda sample: abs(sample[0] - end))[1]] if self.memory else [0]
        return max(inside or nearest) / MEGABYTE


def watch(command: Sequence[str], environment: Mapping[str, str], given: str = "") -> Watched:
    """Run a command to its end; raise if it fails."""
    started, before = time.time(), spent()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(environment)
    )
    memory: list[tuple[float, int]] = []
    sampler = threading.Thread(target=_sample, args=(process, memory), daemon=True)
    sampler.start()
    output, errors = process.communicate(given)
    ended = time.time()
    sampler.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} failed\n{output[-3000:]}\n{errors[-3000:]}")
    return Watched(output, started, ended, spent() - before, memory)


def call(module: str, function: str, environment: Mapping[str, str], **arguments: Any) -> Outcome:  # noqa: ANN401
    """Do one piece of work in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.child", module, function]
    watched = watch(command, environment, json.dumps(arguments))
    told = json.loads(watched.output.strip().rsplit("\n", 1)[-1])
    parts = [Segment(**part) for part in told["segments"]]
    measures = [Measure(p.name, p.seconds, p.rows, watched.peak(p.start, p.end), p.cpu) for p in parts]
    return Outcome(told["ready"] - watched.started, measures, told["result"])


def _sample(process: subprocess.Popen[str], memory: list[tuple[float, int]]) -> None:
    try:
        root = psutil.Process(process.pid)
    except psutil.NoSuchProcess:
        return
    while process.poll() is None:
        memory.append((time.time(), held(root)))
        time.sleep(SAMPLE_SECONDS)


def held(root: psutil.Process) -> int:
    """Give the bytes a process and its children hold."""
    return sum(_resident(one) for one in [root, *_children(root)])


def _children(root: psutil.Process) -> list[psutil.Process]:
    try:
        return root.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    """Give what a process holds; pages it shares with its family count once where the system says so."""
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
