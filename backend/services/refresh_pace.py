"""When the slower parts of an account's refresh were last done; outlives its steps, and not the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.services.history_import import TradeSearch
    from backend.services.import_progress import Pace


@dataclass(slots=True)
class RefreshPace:
    """When the slower parts of a step were last done, by account (monotonic seconds).

    `apart_ms`: how far apart balances and prices were last.
    """

    flows_s: dict[int, float] = field(default_factory=dict)
    permissions_s: dict[int, float] = field(default_factory=dict)
    apart_ms: dict[int, int] = field(default_factory=dict)
    searches: dict[int, TradeSearch] = field(default_factory=dict)
    imports: dict[int, Pace] = field(default_factory=dict)
    refreshes: int = 0

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        for kept in (self.flows_s, self.permissions_s, self.apart_ms, self.searches, self.imports):
            kept.pop(account_id, None)
