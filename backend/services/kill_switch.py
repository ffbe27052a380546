"""The kill switch: thrown, it answers when no send can begin any more."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from backend.core.trading_rights import SwitchView, TradingRights

if TYPE_CHECKING:
    from backend.core.ports import Store

# Longer than any order waits for its answer: what is still on its way then was left behind by a program that died.
LONGEST_S: Final = 8.0
LOOK_S: Final = 0.02


class KillSwitch:
    """Over a store; any process of the installation may throw it."""

    def __init__(self, store: Store, environment: str, rights: TradingRights) -> None:
        self._store = store
        self._environment = environment
        self._rights = rights
        self._never = threading.Event()

    def view(self) -> SwitchView:
        return SwitchView(self._rights.state(), self._sending())

    def throw(self) -> SwitchView:
        """Stop everything. An order is on its way only after a look at the switch, written down in the same step: once
        none is, none begins.
        """
        state = self._rights.throw()
        until_s = time.monotonic() + LONGEST_S
        while (left := self._sending()) and time.monotonic() < until_s:
            self._never.wait(LOOK_S)
        return SwitchView(state, left)

    def lift(self) -> SwitchView:
        """Let orders be sent again.

        Raises:
            RunRefusedError: the file in the data folder still stops them.
        """
        return SwitchView(self._rights.lift(), self._sending())

    def _sending(self) -> int:
        with self._store.read() as unit:
            return unit.runs.sending(self._environment)
