"""The collector's: a message that a trade was executed has the account of it read at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import Store

log = structlog.get_logger(__name__)

LONGEST: Final = 40


class Hearing(Protocol):
    """A channel that is heard on a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> bool: ...


class ExecutionDesk:
    """A message is JSON with `account` (name or number), `symbol` and `order_id`. The two others stand in the log
    alone: a refresh finds every trade of the account.
    """

    def __init__(self, store: Store, environment: str, listen: Callable[[Callable[[str], None]], Hearing]) -> None:
        """`listen(heard)` makes the channel that calls `heard` with each message."""
        self._store = store
        self._environment = environment
        self._leads = False
        self._refresh_soon: Callable[[int], None] = lambda account_id: None
        self._hearing = listen(self.heard)

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        """Have accounts refreshed by this; before `start`."""
        self._refresh_soon = refresh_soon

    def start(self) -> None:
        self._hearing.start()

    def lead(self, epoch: int | None) -> None:
        """Listen while this collector works."""
        self._leads = epoch is not None

    def stop(self) -> bool:
        return self._hearing.stop()

    def heard(self, text: str) -> None:
        """Take up a message; one of another form or about nobody is dropped with a line in the log."""
        if not self._leads:
            return
        told = _message(text)
        account = None if told is None else self._named(str(told.get("account")))
        if told is None or account is None:
            log.warning("a message about a trade was not understood")
            return
        about = {name: str(told.get(name, ""))[:LONGEST] for name in ("symbol", "order_id")}
        log.info("a trade was executed", account=account.name, **about)
        self._refresh_soon(account.id)

    def _named(self, name: str) -> Account | None:
        with self._store.read() as unit:
            found = unit.accounts.in_environment(self._environment)
        by_name = next((one for one in found if one.name.casefold() == name.casefold()), None)
        return by_name or next((one for one in found if str(one.id) == name), None)


def _message(text: str) -> Mapping[str, Any] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
