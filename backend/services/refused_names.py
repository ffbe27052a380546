"""Pairs and contracts of one history that the exchange refuses to tell of: not a reason to stop the others, and not
read until they are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backend.core.import_coverage import REFUSED
from backend.core.model.instants import HOUR_MS

if TYPE_CHECKING:
    from backend.core.ports import Store

# A name that was refused may be told the next time: the refusal can be the exchange's passing fault.
AGAIN_MS: Final = HOUR_MS


class RefusedNames:
    """Those of one history of an account, kept as cursors: by name when it was refused last, 0: it was told since."""

    def __init__(self, store: Store, account_id: int, epoch: int | None, history: str) -> None:
        self._store = store
        self._account = account_id
        self._epoch = epoch
        self._history = history
        self._names = f"{history}-refused"

    def all(self) -> Mapping[str, int]:
        """The names that are not told, and when the exchange said so."""
        with self._store.read() as unit:
            told = unit.ledger.cursors(self._account, self._names)
        return {name: at_ms for name, at_ms in told.items() if at_ms}

    def due(self, now_ms: int) -> list[str]:
        """Those that were refused an hour ago or longer: they are asked for again."""
        return [name for name, at_ms in self.all().items() if at_ms <= now_ms - AGAIN_MS]

    def note(self, name: str, at_ms: int) -> None:
        """Keep when a name was refused, 0: it was told. The history is not covered while any name is refused."""
        with self._store.write(self._epoch) as unit:
            unit.ledger.set_cursor(self._account, self._names, name, at_ms)
            told = unit.ledger.cursors(self._account, self._names)
            unit.ledger.set_cursor(self._account, self._history, REFUSED, max(told.values()))
