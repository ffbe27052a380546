"""What the log is told of a request: every line written meanwhile carries its id and account; one says how it went.

Writes, refusals, failures and slow answers are told at INFO or above, other reads at DEBUG. Never the query, the body
or the headers: they may hold what is secret.
"""

from __future__ import annotations

import time
from typing import Final

import structlog
from flask import Flask, Response, g, request

from backend.api.request_layer import REQUEST_ID, ROUTE, UNMATCHED

log = structlog.get_logger(__name__)

SLOW_MS: Final = 1_000
LONGEST_PATH: Final = 200
LONGEST_ACCOUNT: Final = 10
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask) -> None:
    """Have the application's requests logged. Before whatever else looks at them."""

    @app.before_request
    def begin() -> None:
        g.began_s = time.perf_counter()
        g.request_id = request.environ[REQUEST_ID]
        request.environ[ROUTE] = UNMATCHED if request.url_rule is None else request.url_rule.rule
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id, **_account())

    @app.after_request
    def tell(answer: Response) -> Response:
        took_ms = round((time.perf_counter() - g.began_s) * 1000, 1)
        level = _level(answer.status_code, took_ms)
        say = getattr(log, level)
        say(
            "request",
            method=request.method,
            path=request.path[:LONGEST_PATH],
            status=answer.status_code,
            duration_ms=took_ms,
        )
        return answer

    @app.teardown_request
    def end(error: BaseException | None) -> None:
        structlog.contextvars.clear_contextvars()


def _account() -> dict[str, int]:
    """The account that is asked about, where the query names one."""
    text = request.args.get("account", "")
    return {"account_id": int(text)} if text.isascii() and text.isdigit() and len(text) <= LONGEST_ACCOUNT else {}


def _level(status: int, took_ms: float) -> str:
    if status >= 500:
        return "error"
    if took_ms >= SLOW_MS:
        return "warning"
    return "debug" if status < 400 and request.method in READS else "info"
