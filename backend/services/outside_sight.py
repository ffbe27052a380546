"""What an account holds outside the exchange, as one step sees it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.binance_trader import Held
from backend.core.model.amounts import total
from backend.core.model.wallets import Wallet, WalletBalance
from backend.core.own_addresses import outside_in, recompute_changed

if TYPE_CHECKING:
    from backend.core.model.addresses import Outside
    from backend.core.ports import Store


class OutsideSight:
    """Read once a step. What the user says meanwhile is not in its figures: `recheck` has it computed by the next."""

    def __init__(self, store: Store, account_id: int) -> None:
        self._store = store
        self._account = account_id
        self._seen = self._read()

    @property
    def seen(self) -> Outside:
        return self._seen

    def added_to(self, held: Held) -> Held:
        """The wallets with that which is outside: known from what was sent there, read nowhere."""
        parts: dict[str, list[Decimal]] = {}
        for (_, asset), quantity in self._seen.held.items():
            parts.setdefault(asset, []).append(quantity)
        rows = [WalletBalance(Wallet.OUTSIDE, asset, total(amounts)) for asset, amounts in sorted(parts.items())]
        if not rows:
            return held
        return Held(held.at_ms, replace(held.reading, balances=(*held.reading.balances, *rows)))

    def recheck(self, epoch: int) -> None:
        """Mark what was said while the step was at work; its own end would have cleared the mark.

        Raises:
            LeaseLostError: another collector works now.
        """
        if self._read().keys == self._seen.keys:
            return
        with self._store.write(epoch) as unit:
            recompute_changed(unit, {self._account: self._seen})

    def _read(self) -> Outside:
        with self._store.read() as unit:
            return outside_in(unit, self._account)
