"""The exchange: accounts, market and clock behind one lock; every change is on disk before it is acknowledged."""

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.accounts import ZERO, Account
from backend.exchange.simulator.clock import ClockReading, ExchangeClock
from backend.exchange.simulator.journal import Journal
from backend.exchange.simulator.market import Market
from backend.exchange.simulator.matching import FEE_COIN, Execution, Offer, Purse, Refused, Wanted, execute, split
from backend.exchange.simulator.pins import Mark
from backend.exchange.simulator.records import (
    SPOT,
    AccountOpened,
    AccountRecord,
    ClockSet,
    Deposit,
    DepthSet,
    Fill,
    FiltersSet,
    MaintenanceSet,
    Movement,
    Order,
    OrderUpdate,
    Pinned,
    Record,
    Renamed,
    Reward,
    RightsSet,
    Settled,
    StatusSet,
    Transfer,
    Withdrawal,
    changes_of,
)
from backend.exchange.simulator.streams.listen_keys import ListenKeys
from backend.exchange.simulator.symbols import Listed, SymbolBook
from backend.exchange.simulator.wire import ms_of, units_of

ID_EPOCH_MS: Final = ms_of(datetime(2017, 1, 1, tzinfo=UTC))
IDS_A_MS: Final = 64
RECENT_S: Final = 600
DOLLAR: Final = "USDT"
THIN_BOOK: Final = "INSUFFICIENT_LIQUIDITY"


class Impossible(Exception):
    """A control call asks for something that cannot have happened; the text is a sentence."""


@dataclass(frozen=True)
class OrderRequest:
    """A market order as asked; `client_order_id` None lets the exchange choose one."""

    account: Account
    symbol: str
    wanted: Wanted
    client_order_id: str | None
    at: int
    received_at: int


class Exchange:
    """All state. Callers hold `lock` around anything that must be seen as one."""

    def __init__(self, journal: Journal, book: SymbolBook, market: Market, clock: ExchangeClock) -> None:
        self.lock = threading.RLock()
        self.book, self.market, self.clock = book, market, clock
        self._journal = journal
        self.accounts: dict[str, Account] = {}
        self._used_ids: set[int] = set()
        self._next_seq = 1
        self.offers: dict[str, tuple[Offer, ...]] = {}
        self.in_maintenance = False
        self.trades_told_ms: int | None = None  # how far back spot trades are told; None: for ever
        self.staged_statuses: list[StatusSet] = []
        self.listen_keys = ListenKeys()
        self.listeners: list[Callable[[AccountRecord], None]] = []
        self.recent: deque[tuple[float, AccountRecord]] = deque()
        for step in journal.steps:
            for record in step:
                self._apply(record)
        journal.steps.clear()

    # -- records ------------------------------------------------------------------------------------------------

    def commit(self, records: Sequence[Record]) -> None:
        """Write one step to disk, then let it be seen."""
        with self.lock:
            self._journal.append(records)
            for record in records:
                self._apply(record)
                if isinstance(record, AccountRecord):
                    for listener in tuple(self.listeners):
                        listener(record)

    def _apply(self, record: Record) -> None:
        match record:
            case AccountOpened():
                self.accounts[record.api_key] = Account(record)
            case Pinned():
                regime = Mark(record.price) if record.price in ("free", "gone") else units_of(Decimal(record.price))
                self.market.pins.add(record.symbol, record.at, regime)
            case StatusSet():
                self.book.set_status(record.symbol, record.status)
            case FiltersSet():
                self.book.set_filters(record.symbol, json.loads(record.filters))
            case RightsSet():
                account = self.accounts[record.api_key]
                account.revoked = record.revoked
                account.opened = replace(account.opened, permissions=record.permissions, trusted_ips=record.trusted_ips)
            case Renamed():
                self.market.names.rename(self.book.rename(record.old, record.new))
            case MaintenanceSet():
                self.in_maintenance = record.on
            case DepthSet() if record.quantity == "free":
                self.offers.pop(record.symbol, None)
            case DepthSet():
                self.offers[record.symbol] = tuple(map(offer_of, record.quantity.split(",")))
            case Deposit() | Withdrawal() | Reward() | Transfer() | Order() | OrderUpdate() | Movement() | Settled():
                self._note_ids(record)
                self._next_seq = self.accounts[record.account].apply(record, self._next_seq)
                self._remember(record)

    def _note_ids(self, record: AccountRecord) -> None:
        if isinstance(record, Order):
            self._used_ids.update([record.order_id, *(fill.trade_id for fill in record.fills)])
        elif isinstance(record, OrderUpdate):
            self._used_ids.update(fill.trade_id for fill in record.fills)
        elif record.id.isdigit():
            self._used_ids.add(int(record.id))

    def _remember(self, record: AccountRecord) -> None:
        """Keep what came in lately, for reads that are made to lag."""
        now = time.monotonic()
        self.recent.append((now, record))
        while self.recent and self.recent[0][0] < now - RECENT_S:
            self.recent.popleft()

    def new_id(self, at: int, taken: Sequence[int] = ()) -> int:
        """An id that grows with the instant, as on the exchange, also when the past is told later."""
        number = (at - ID_EPOCH_MS) * IDS_A_MS
        while number in self._used_ids or number in taken:
            number += 1
        return number

    # -- prices -------------------------------------------------------------------------------------------------

    def price_in(self, asset: str, quote: str, at: int) -> Decimal | None:
        """Price of an asset in another at the instant: direct pair, inverse pair, or over USDT."""
        if asset == quote:
            return Decimal(1)
        direct = self.market.price_at(asset + quote, at) if self.book.ever(asset + quote) else None
        if direct is not None:
            return direct
        inverse = self.market.price_at(quote + asset, at) if self.book.ever(quote + asset) else None
        if inverse is not None:
            return 1 / inverse
        if DOLLAR in (asset, quote):
            return None
        first, second = self.price_in(asset, DOLLAR, at), self.price_in(DOLLAR, quote, at)
        return first * second if first is not None and second is not None else None

    # -- what happens -------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Let come true what a scenario has in store for symbols up to now."""
        if not self.staged_statuses:
            return
        with self.lock:
            now = self.clock.now()
            due = [one for one in self.staged_statuses if one.at <= now]
            if due:
                self.staged_statuses = [one for one in self.staged_statuses if one.at > now]
                self.commit([one for one in due if self.book.status(one.symbol) != one.status])

    def account(self, api_key: str) -> Account | None:
        return self.accounts.get(api_key)

    def change_clock(self, *, speed: Decimal | None, advance_ms: int, to_ms: int | None) -> ClockReading:
        """Raises Impossible for a step back."""
        with self.lock:
            try:
                reading = self.clock.change(speed=speed, advance_ms=advance_ms, to_ms=to_ms)
            except ValueError as error:
                raise Impossible(str(error)) from error
            self.commit([ClockSet(reading.machine_ms, reading.exchange_ms, reading.speed)])
            return reading

    def depth(self, symbol: str) -> Decimal | None:
        """What an order finds at the price itself; None: any quantity."""
        offers = self.offers.get(symbol)
        return None if offers is None else sum((one.quantity for one in offers if not one.worse), ZERO)

    def refuse_if_short(self, account: Account, record: AccountRecord) -> None:
        """Raises Impossible when a balance would become negative at the record's instant or later."""
        sentence = account.shortfall(record.at, list(changes_of(record)))
        if sentence:
            raise Impossible(sentence)

    def market_order(self, request: OrderRequest) -> Order:
        """Match a market order at the price of its instant; the caller commits the result.

        Raises:
            Refused: what the exchange answers instead.
        """
        listed = self.book.ever(request.symbol)
        if listed is None:
            raise Refused(-1121, "Invalid symbol.")
        price = self.market.price_at(request.symbol, request.at)
        if price is None:
            raise Refused(-2010, "Market is closed.")
        purse = self.purse(request.account, request.at)
        execution = execute(listed, request.wanted, price, purse, self.offers.get(request.symbol))
        return self._order(request, listed, execution)

    def _order(self, request: OrderRequest, listed: Listed, execution: Execution) -> Order:
        order_id = self.new_id(request.at)
        taken = [order_id]
        fills: list[Fill] = []
        for part in split(execution, [one.quantity for one in self.offers.get(request.symbol, ())]):
            taken.append(self.new_id(request.at, taken))
            fills.append(fill_of(part, taken[-1]))
        whole = execution.quantity == execution.asked
        return Order(
            account=request.account.opened.api_key,
            order_id=order_id,
            client_order_id=request.client_order_id or made_up_id(order_id),
            symbol=listed.symbol,
            base=listed.base,
            quote=listed.quote,
            side=request.wanted.side,
            at=request.at,
            received_at=request.received_at,
            quantity=execution.asked,
            quote_order_quantity=request.wanted.quote_quantity or ZERO,
            executed=execution.quantity,
            cumulative_quote=execution.quote_quantity,
            status="FILLED" if whole else "EXPIRED",
            fills=tuple(fills),
            expiry_reason="" if whole else THIN_BOOK,
        )

    def purse(self, account: Account, at: int) -> Purse:
        """What the account may spend from the instant on, open orders taken off."""

        def free(asset: str) -> Decimal:
            held = account.positions.get((SPOT, asset))
            return (held.lowest_from(at) if held else ZERO) - account.locked(asset)

        return Purse(free, lambda asset, amount: self.in_fee_coin(asset, amount, at))

    def in_fee_coin(self, asset: str, amount: Decimal, at: int) -> Decimal | None:
        """An amount of an asset counted in the coin that fees may be paid in; None without a price."""
        price = self.price_in(FEE_COIN, asset, at)
        return amount / price if price else None

    def close(self) -> None:
        with self.lock:
            self._journal.close()


def offer_of(word: str) -> Offer:
    """From the text of a record: a quantity, or `quantity@percent` by which its price is worse than the best."""
    quantity, _, percent = word.partition("@")
    return Offer(Decimal(quantity), Decimal(percent or 0) / 100)


def fill_of(execution: Execution, trade_id: int, at: int = 0, *, maker: bool = False) -> Fill:
    return Fill(
        trade_id,
        execution.price,
        execution.quantity,
        execution.quote_quantity,
        execution.commission,
        execution.commission_asset,
        at,
        maker,
    )


def made_up_id(order_id: int) -> str:
    """The client order id that the exchange gives when none was sent: 22 characters."""
    return hashlib.blake2b(str(order_id).encode(), digest_size=11).hexdigest()


def hex_id(*parts: object, digits: int = 32) -> str:
    """A repeatable id of up to 128 hexadecimal digits."""
    return hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=digits // 2).hexdigest()
