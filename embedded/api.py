"""Airflow's REST API, as much of it as the main job needs."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

from embedded.errors import EmbeddedError

PAGE = 100
NOT_FOUND = 404
UNAUTHORISED = 401


@dataclass
class Api:
    """A logged-in client; logs in again when its token has run out."""

    base: str
    user: str
    password: str = field(repr=False)
    _token: str = field(default="", repr=False)

    def get(self, path: str, **query: Any) -> dict[str, Any]:  # noqa: ANN401 - query values of any kind
        """Read one resource."""
        return self._ask("GET", f"{path}?{urlencode(query, doseq=True)}" if query else path)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create something."""
        return self._ask("POST", path, body)

    def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change something."""
        return self._ask("PATCH", path, body)

    def every(self, path: str, key: str, **query: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Read a whole list, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.get(path, limit=PAGE, offset=len(found), **query)
            found += page[key]
            if not page[key] or len(found) >= int(page["total_entries"]):
                return found

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            return self._send(method, f"/api/v2{path}", body, self._token or self._login())
        except HTTPError as error:
            if error.code != UNAUTHORISED:
                raise EmbeddedError(_explain(method, path, error)) from None
            return self._send(method, f"/api/v2{path}", body, self._login())

    def _login(self) -> str:
        answer = self._send("POST", "/auth/token", {"username": self.user, "password": self.password}, "")
        self._token = str(answer["access_token"])
        return self._token

    def _send(self, method: str, path: str, body: dict[str, Any] | None, token: str) -> dict[str, Any]:
        request = Request(self.base + path, method=method)  # noqa: S310 - our own http address
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = None if body is None else json.dumps(body).encode()
        # Loopback: no proxy of the machine's owner knows the way.
        with build_opener(ProxyHandler({})).open(request, data=data, timeout=30) as answer:
            parsed: dict[str, Any] = json.load(answer)
        return parsed


def segment(text: str) -> str:
    """Quote an identifier for use inside a path; run ids hold `+` and `:`."""
    return quote(text, safe="")


def _explain(method: str, path: str, error: HTTPError) -> str:
    detail: object = error.reason
    with suppress(ValueError, AttributeError):
        detail = json.load(error).get("detail", error.reason)
    return f"Airflow refused {method} {path} ({error.code}): {detail}"
