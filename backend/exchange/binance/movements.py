"""Every history of movements that an environment tells, by name: income and costs, swaps, flows beside the chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.exchange.binance.crossings import crossing_paths
from backend.exchange.binance.income import income_paths
from backend.exchange.binance.movement_reader import MovementReader
from backend.exchange.binance.staking import staking_paths
from backend.exchange.binance.sub_accounts import FAMILY, FamilyReader, own_paths
from backend.exchange.binance.swaps import swap_paths

if TYPE_CHECKING:
    from backend.core.model.history import MovementSource
    from backend.core.model.holdings import LedgerEvent
    from backend.exchange.binance.client import ApiClient


class MovementHistories:
    """The histories of one account."""

    def __init__(self, client: ApiClient) -> None:
        here = client.endpoints
        self._reader = MovementReader(
            client,
            [*income_paths(here), *swap_paths(here), *crossing_paths(here), *own_paths(here), *staking_paths(here)],
        )
        self._family = FamilyReader(client) if here.sapi else None

    def sources(self) -> Sequence[MovementSource]:
        """What this environment tells: cheap ones first, those that use up a budget last."""
        found = [*self._reader.sources(), *((FAMILY,) if self._family is not None else ())]
        return sorted(found, key=lambda source: (source.dear, source.rare))

    def read(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        """Every row with start <= instant <= end, each once; what did not happen comes without legs.

        Raises:
            ExchangeError: the exchange gave no usable answer; nothing is known of this window then.
        """
        if self._family is not None and source == FAMILY.name:
            return self._family.read(start_ms, end_ms)
        return self._reader.read(source, start_ms, end_ms)
