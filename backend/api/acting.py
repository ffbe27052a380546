"""Who acts in a request, for the audit trail."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final

from flask import g, request

from backend.core.acting import PROGRAM, acting_as, actor

if TYPE_CHECKING:
    from flask import Flask

# Somebody at the dashboard or a program of the user's, whose name nobody has asked for; else the gate knows it.
UNNAMED: Final = "user"


def register(app: Flask) -> None:
    """Have every request act as whoever sent it, from the address that it came from."""

    @app.before_request
    def begin() -> None:
        who = UNNAMED if actor() == PROGRAM else actor()
        acting: AbstractContextManager[None] = acting_as(who, request.remote_addr or "")
        acting.__enter__()
        g.acting = acting

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        acting: AbstractContextManager[None] | None = g.pop("acting", None)
        if acting is not None:
            acting.__exit__(None, None, None)
