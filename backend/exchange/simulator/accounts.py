"""Accounts: what each holds and did, every history sorted by instant whatever the order of arrival."""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.records import (
    SPOT,
    AccountOpened,
    AccountRecord,
    Change,
    Deposit,
    Fill,
    Movement,
    Order,
    OrderUpdate,
    Reward,
    Settled,
    Transfer,
    Withdrawal,
    changes_of,
)

ZERO: Final = Decimal(0)
PERMISSIONS: Final[dict[str, bool]] = {
    "ipRestrict": False,
    "enableReading": True,
    "enableSpotAndMarginTrading": True,
    "enableWithdrawals": False,
    "enableInternalTransfer": False,
    "permitsUniversalTransfer": False,
    "enableFutures": False,
}


@dataclass(frozen=True)
class Entry:
    """One row of the balance ledger; `seq` numbers changes in the order of their arrival."""

    at: int
    seq: int
    change: Change


@dataclass(frozen=True)
class Trade:
    """A fill with the order it belongs to."""

    order: Order
    fill: Fill

    @property
    def at(self) -> int:
        return self.fill.at or self.order.at


def after_update(order: Order, update: OrderUpdate) -> Order:
    """The order with the new fills booked and the new status."""
    return replace(
        order,
        status=update.status,
        executed=order.executed + sum((fill.quantity for fill in update.fills), ZERO),
        cumulative_quote=order.cumulative_quote + sum((fill.quote_quantity for fill in update.fills), ZERO),
        fills=order.fills + update.fills,
        updated_at=update.at,
    )


def before_updates(order: Order, updates: Iterable[OrderUpdate]) -> Order:
    """The order as it was before the updates that are its own."""
    mine = [update for update in updates if update.order_id == order.order_id]
    if not mine:
        return order
    undone = {fill.trade_id for update in mine for fill in update.fills}
    fills = tuple(fill for fill in order.fills if fill.trade_id not in undone)
    executed = sum((fill.quantity for fill in fills), ZERO)
    quote = sum((fill.quote_quantity for fill in fills), ZERO)
    status = "PARTIALLY_FILLED" if fills else "NEW"
    return replace(order, status=status, executed=executed, cumulative_quote=quote, fills=fills)


class Position:
    """The changes of one asset in one wallet, by instant, with the balance after each."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._after: list[Decimal] = []

    @property
    def balance(self) -> Decimal:
        return self._after[-1] if self._after else ZERO

    def add(self, entry: Entry) -> None:
        place = bisect.bisect_right(self._entries, (entry.at, entry.seq), key=lambda one: (one.at, one.seq))
        before = self._after[place - 1] if place else ZERO
        self._entries.insert(place, entry)
        self._after.insert(place, before + entry.change.amount)
        for later in range(place + 1, len(self._after)):
            self._after[later] += entry.change.amount

    def lowest_from(self, at: int) -> Decimal:
        """The smallest balance at or after the instant: what may be taken out then without going below zero."""
        place = bisect.bisect_right(self._entries, at, key=lambda one: one.at)
        return min([self._after[place - 1] if place else ZERO, *self._after[place:]])

    def balance_at(self, at: int) -> Decimal:
        """The balance at the end of the instant."""
        place = bisect.bisect_right(self._entries, at, key=lambda one: one.at)
        return self._after[place - 1] if place else ZERO

    def rows(self) -> Iterator[tuple[Entry, Decimal]]:
        return zip(self._entries, self._after, strict=True)


@dataclass
class Account:
    """One account of the exchange, with the key that opens it."""

    opened: AccountOpened
    positions: dict[tuple[str, str], Position] = field(default_factory=dict)
    deposits: list[Deposit] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    rewards: list[Reward] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    movements: dict[str, list[Movement]] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    open_orders: dict[int, Order] = field(default_factory=dict)
    trades: dict[str, list[Trade]] = field(default_factory=dict)
    updated_at: int = 0
    revoked: bool = False
    _ids: set[int] = field(default_factory=set)

    def allows(self, permission: str) -> bool:
        return self.opened.permissions.get(permission, False)

    def trusts(self, ip: str) -> bool:
        """Whether the key may be used from the address."""
        listed = [one for one in self.opened.trusted_ips.split(",") if one]
        return not (self.allows("ipRestrict") and listed and ip not in listed)

    def position(self, wallet: str, asset: str) -> Position:
        return self.positions.setdefault((wallet, asset), Position())

    def balance(self, asset: str, wallet: str = SPOT) -> Decimal:
        held = self.positions.get((wallet, asset))
        return held.balance if held else ZERO

    def held(self, wallet: str, at: int | None = None) -> dict[str, Decimal]:
        """The balances of a wallet that are not zero, now or at the end of an instant."""
        found = {
            asset: position.balance if at is None else position.balance_at(at)
            for (place, asset), position in self.positions.items()
            if place == wallet
        }
        return {asset: amount for asset, amount in found.items() if amount}

    def assets(self, wallet: str = SPOT) -> list[str]:
        """Every asset the wallet ever held, in order of first touch."""
        return [asset for place, asset in self.positions if place == wallet]

    def locked(self, asset: str) -> Decimal:
        """What open orders keep of a spot balance."""
        parts = [order.locked for order in self.open_orders.values()]
        return sum((amount for coin, amount in parts if coin == asset), ZERO)

    def shortfall(self, at: int, changes: list[Change]) -> str | None:
        """A sentence when the changes would make a balance negative at `at` or later; None when they fit."""
        sums: dict[tuple[str, str], Decimal] = {}
        for change in changes:
            place = (change.wallet, change.asset)
            sums[place] = sums.get(place, ZERO) + change.amount
        for (wallet, asset), amount in sums.items():
            held = self.positions.get((wallet, asset))
            free = (held.lowest_from(at) if held else ZERO) - (self.locked(asset) if wallet == SPOT else ZERO)
            if amount < 0 and free + amount < 0:
                return f"not enough {asset} in {wallet}: {format(free, 'f')} free from then on, {-amount:f} asked"
        return None

    def apply(self, record: AccountRecord, seq: int) -> int:
        """Take a record into the histories and balances; returns the next free sequence number."""
        match record:
            case Deposit():
                bisect.insort(self.deposits, record, key=lambda one: (one.at, one.id))
            case Withdrawal():
                bisect.insort(self.withdrawals, record, key=lambda one: (one.at, one.id))
            case Reward():
                bisect.insort(self.rewards, record, key=lambda one: (one.at, one.id))
            case Transfer():
                bisect.insort(self.transfers, record, key=lambda one: (one.at, one.id))
            case Movement():
                history = self.movements.setdefault(record.kind, [])
                bisect.insort(history, record, key=lambda one: (one.at, one.id))
            case Order():
                self._book_order(record)
            case OrderUpdate():
                self._update_order(record)
            case Settled():
                self._settle(record)
        for change in changes_of(record):
            self.position(change.wallet, change.asset).add(Entry(record.at, seq, change))
            seq += 1
        self.updated_at = max(self.updated_at, record.at)
        return seq

    def _book_order(self, order: Order) -> None:
        self._ids.add(order.order_id)
        if order.is_open:
            self.open_orders[order.order_id] = order
        bisect.insort(self.orders, order, key=lambda one: one.order_id)
        self._book_fills(order, order.fills)

    def _update_order(self, update: OrderUpdate) -> None:
        place = bisect.bisect_left(self.orders, update.order_id, key=lambda one: one.order_id)
        order = self.orders[place] = after_update(self.orders[place], update)
        self.open_orders.pop(order.order_id, None)
        if order.is_open:
            self.open_orders[order.order_id] = order
        self._book_fills(order, update.fills)

    def _settle(self, end: Settled) -> None:
        """Show the row with its new status, a deposit that arrived or a bank's order with the instant of that."""
        for place, deposit in enumerate(self.deposits):
            if deposit.id == end.id:
                del self.deposits[place]
                done = replace(deposit, status=int(end.status), at=end.at, seen_at=deposit.listed_at)
                bisect.insort(self.deposits, done, key=lambda one: (one.at, one.id))
                return
        for place, withdrawal in enumerate(self.withdrawals):
            if withdrawal.id == end.id:
                self.withdrawals[place] = replace(withdrawal, status=int(end.status))
                return
        for rows in self.movements.values():
            for place, row in enumerate(rows):
                if row.id == end.id:
                    details = row.details | {"status": end.status, "updated": str(end.at)}
                    rows[place] = replace(row, details=details, legs=row.legs + end.legs)
                    return

    def _book_fills(self, order: Order, fills: Iterable[Fill]) -> None:
        trades = self.trades.setdefault(order.symbol, [])
        for fill in fills:
            self._ids.add(fill.trade_id)
            bisect.insort(trades, Trade(order, fill), key=lambda one: one.fill.trade_id)

    def ledger(self) -> list[tuple[Entry, Decimal]]:
        """Every balance change with the balance after it, by instant."""
        rows = [row for position in self.positions.values() for row in position.rows()]
        return sorted(rows, key=lambda row: (row[0].at, row[0].seq))
