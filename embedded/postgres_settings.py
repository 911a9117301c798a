"""Settings of the embedded server: sized to the machine, and silent about row values."""

from __future__ import annotations

import os

import psutil

MEBIBYTE = 1024 * 1024


def render(port: int, memory: int | None = None, cores: int | None = None) -> str:
    """Return the text of the settings file."""
    chosen = {**_fixed(port), **_sized(memory or psutil.virtual_memory().total, cores or _cores())}
    return "".join(f"{name} = '{value}'\n" for name, value in chosen.items())


def _fixed(port: int) -> dict[str, str]:
    return {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        # TCP with a password is the only door; no socket file to forget about.
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "max_connections": "150",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "jit": "off",
        "random_page_cost": "1.1",
        # Most of what a month writes is gone before it would be vacuumed.
        "autovacuum_naptime": "5min",
        "checkpoint_timeout": "15min",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        # Statements, their parameters and error messages carry NIK and names. LOG lies above
        # ERROR in this scale: the server's own events are kept, a client's errors are not.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_lock_waits": "off",
        "log_temp_files": "-1",
        "log_autovacuum_min_duration": "-1",
        "log_line_prefix": "%m [%p] ",
    }


def _sized(memory: int, cores: int) -> dict[str, str]:
    """A quarter of the memory up to 1 GB is the cache: Airflow and polars need the rest."""
    shared = min(max(memory // 4, 128 * MEBIBYTE), 1024 * MEBIBYTE)
    return {
        "shared_buffers": f"{shared // MEBIBYTE}MB",
        "effective_cache_size": f"{memory // 2 // MEBIBYTE}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "128MB",
        "max_worker_processes": str(max(cores, 2) + 2),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(max(cores // 2, 1)),
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0))
