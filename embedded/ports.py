"""Loopback ports: the usual one if it is free, another if not, and the same one next time."""

from __future__ import annotations

import json
import socket
import sys
from typing import TYPE_CHECKING

from embedded.home import write_private

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from embedded.home import Home

LOOPBACK = "127.0.0.1"
USUAL = {"postgres": 5433, "airflow": 8080}
SEARCH = 200


def kept(home: Home) -> dict[str, int]:
    """Return the ports chosen before."""
    path = _file(home)
    if not path.exists():
        return {}
    return {str(name): int(port) for name, port in json.loads(path.read_text()).items()}


def choose(home: Home, name: str) -> int:
    """Choose a free port for a component that is not running, keep it, and say when it moved."""
    ports = kept(home)
    wanted = ports.get(name, USUAL[name])
    taken = [port for other, port in ports.items() if other != name]
    port = next_free(wanted, taken)
    if port != wanted:
        print(f"Port {wanted} is taken: {name} uses {port} from now on.", file=sys.stderr)
    write_private(_file(home), json.dumps({**ports, name: port}, indent=1))
    return port


def next_free(wanted: int, avoid: Collection[int] = ()) -> int:
    """Return the first port from `wanted` upwards on which nobody listens."""
    for port in range(wanted, wanted + SEARCH):
        if port not in avoid and is_free(port):
            return port
    return _any_free()


def is_free(port: int) -> bool:
    """Say whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a connection in TIME_WAIT does not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
    return True


def _any_free() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _file(home: Home) -> Path:
    return home.run / "ports.json"
