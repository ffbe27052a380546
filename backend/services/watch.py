"""What is watched beside the ledger: the profit of open futures positions, and when a wallet could not be read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.import_coverage import SINCE
from backend.core.ledger.statement_holdings import told_until_ms
from backend.core.ledger.unrealized import ProfitBook, ProfitReading
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import FUTURES_KINDS, LedgerEvent
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.valuation import FROM_STATEMENTS
from backend.core.model.wallets import Wallet, WalletsReading
from backend.core.performance.snapshot_chain import Gap

if TYPE_CHECKING:
    from backend.core.ports import Exchange, Store, UnitOfWork

FUTURES: Final = frozenset({Wallet.FUTURES_USDM, Wallet.FUTURES_COINM})
# While nothing is open this often is enough: a reading without positions holds until the next trade.
FLAT_EVERY_MS: Final = HOUR_MS
# All readings of the last day are kept; of older ones those that snapshots rest on.
ALL_FOR_MS: Final = DAY_MS
THIN_EVERY_MS: Final = HOUR_MS


@dataclass(slots=True)
class _Last:
    """What was seen of an account last, on the exchange's clock: any reading, one without positions, and tidying."""

    read_ms: int | None = None
    flat_ms: int | None = None
    flat_kept_ms: int | None = None
    thinned_ms: int | None = None


@dataclass(slots=True)
class WatchLog:
    """Keeps what each reading of the wallets says beside quantities; outlives the steps of a collector."""

    _last: dict[int, _Last] = field(default_factory=dict)

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._last.pop(account_id, None)

    def note(self, store: Store, epoch: int, account_id: int, reading: WalletsReading, complete: bool) -> None:
        """Record a reading: a gap where it is not complete, else what open positions have earned.

        A slot is judged by the first reading after it. Slots that nobody watched are left to the replay.
        """
        last = self._last.setdefault(account_id, _Last())
        before_ms, last.read_ms = last.read_ms, reading.at_ms
        if not complete:
            after_ms = reading.at_ms - 1 if before_ms is None else before_ms
            with store.write(epoch) as unit:
                unit.watch.add_gap(account_id, Gap(after_ms, reading.at_ms))
            return
        amounts = open_profit(reading)
        if not amounts:
            last.flat_ms = reading.at_ms
            if _uses_futures(reading) and reading.at_ms - (last.flat_kept_ms or 0) >= FLAT_EVERY_MS:
                self._keep(store, epoch, account_id, last, [ProfitReading(reading.at_ms, {})])
            return
        kept = [ProfitReading(reading.at_ms, amounts)]
        if last.flat_ms is not None and last.flat_ms != last.flat_kept_ms:
            # Until just before the first position was seen there was none.
            kept.insert(0, ProfitReading(last.flat_ms, {}))
        self._keep(store, epoch, account_id, last, kept)

    def _keep(self, store: Store, epoch: int, account_id: int, last: _Last, readings: Sequence[ProfitReading]) -> None:
        at_ms = readings[-1].at_ms
        due = last.thinned_ms is None or at_ms - last.thinned_ms >= THIN_EVERY_MS
        with store.write(epoch) as unit:
            for reading in readings:
                unit.watch.add_reading(account_id, reading)
            if due:
                since = None if last.thinned_ms is None else last.thinned_ms - ALL_FOR_MS
                old = [one for one in unit.watch.readings(account_id, since) if one.at_ms < at_ms - ALL_FOR_MS]
                rows = unit.snapshots.series_after(account_id, old[0].at_ms).at_ms.tolist() if old else []
                unit.watch.forget_readings(account_id, _unused(old, rows))
        if due:
            last.thinned_ms = at_ms
        for reading in readings:
            if not reading.amounts:
                last.flat_kept_ms = reading.at_ms


@dataclass(frozen=True, slots=True)
class Watched:
    """What a rebuild knows beside the ledger, from an instant on."""

    profit: ProfitBook
    gaps: Sequence[Gap]
    # Of an account without a key: the last line of its statements. Quantities of later are those of then.
    told_ms: int | None = None

    @classmethod
    def since(
        cls, unit: UnitOfWork, exchange: Exchange, account_id: int, events: Sequence[LedgerEvent], since_ms: int | None
    ) -> Watched:
        """Read it; `since_ms` None: all of it."""
        told_ms = None
        readings = unit.watch.readings(account_id, since_ms)
        gaps = unit.watch.gaps(account_id, since_ms)
        if readings or any(event.kind in FUTURES_KINDS for event in events):
            sources = [one.name for one in exchange.movement_sources() if one.wallets <= FUTURES]
            told = [unit.ledger.cursor(account_id, source, SINCE) for source in sources]
            # Of a wallet whose lines were never read nothing is known.
            told_ms = max((readings[-1].at_ms if readings else 0) if at is None else at for at in told or [0])
        profit = ProfitBook(readings, events, told_ms)
        if not unit.accounts.keyless(account_id):
            return cls(profit, gaps)
        return cls(profit, gaps, told_until_ms(events, unit.accounts.last_reading(account_id)))

    def holds(self, slot_ms: int) -> bool:
        """Whether a slot can be taken: no wallet was unknown then, nor what watched positions had earned."""
        if any(gap.after_ms < slot_ms <= gap.until_ms for gap in self.gaps):
            return False
        return not self.profit.at(slot_ms).lost

    def with_profit(self, at_ms: int, owned: Mapping[str, Decimal]) -> tuple[int, Mapping[str, Decimal], str | None]:
        """What an instant is valued with, the profit of open positions included, and why that is not sure."""
        found = self.profit.at(at_ms)
        doubt = found.doubt
        if self.told_ms is not None and at_ms > self.told_ms:
            doubt = FROM_STATEMENTS
        if not found.amounts:
            return at_ms, owned, doubt
        assets = dict.fromkeys([*owned, *found.amounts])
        both = {asset: total([owned.get(asset, ZERO), found.amounts.get(asset, ZERO)]) for asset in assets}
        return at_ms, {asset: quantity for asset, quantity in both.items() if quantity != ZERO}, doubt


def open_profit(reading: WalletsReading) -> Mapping[str, Decimal]:
    """Unrealised profit by asset over both futures wallets; empty where nothing is open."""
    parts: dict[str, list[Decimal]] = {}
    for one in reading.unrealized:
        parts.setdefault(one.asset, []).append(one.amount)
    return {asset: total(amounts) for asset, amounts in parts.items()}


def _uses_futures(reading: WalletsReading) -> bool:
    return any(one.wallet in FUTURES and one.net != ZERO for one in reading.balances)


def _unused(readings: Sequence[ProfitReading], rows_ms: Sequence[int]) -> list[int]:
    """Instants of readings that are neither the last before a row nor the first from it on, nor without positions."""
    instants = [reading.at_ms for reading in readings]
    used = {instants[0], instants[-1]} if instants else set()
    for at_ms in rows_ms:
        place = bisect_left(instants, at_ms)
        used.update(instants[max(place - 1, 0) : place + 1])
    return [reading.at_ms for reading in readings if reading.amounts and reading.at_ms not in used]
