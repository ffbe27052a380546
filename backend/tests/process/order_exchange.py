"""An exchange in memory for one account's orders: it lags, loses answers, refuses, fills in part, and keeps a ledger.

Its clock is the test's: whoever waits moves it on. What the program is told and what happened are two things here, and
`orders`, `trades` and `balances` are what happened.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from backend.core.errors import (
    ClockSkewError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    FilterRefusedError,
    InsufficientBalanceError,
    OrderNotFoundError,
    OrderRejectedError,
    OutcomeUnknownError,
)
from backend.core.model.orders import AccountTrade, Fill, Order
from backend.core.model.trading_rules import SymbolRules
from backend.core.trade_ports import BookDepth, BookLevel, Held, OrderToSend, Payment, Quote
from backend.exchange.binance.rules_parse import symbol_rules
from backend.tests.unit.core.rebalancing.plan_judge import refused

FEE: Final = Decimal("0.001")
EIGHT: Final = Decimal("0.00000001")
START_MS: Final = 1_790_000_000_000


class KilledError(BaseException):
    """The process ends here: nothing behind this line runs."""


@dataclass
class Clock:
    """The exchange's and the machine's clock in one; it moves when somebody waits or asks."""

    now_ms: int = START_MS

    def wait(self, seconds: float) -> None:
        self.now_ms += max(1, int(seconds * 1000))


@dataclass
class Pair:
    """One symbol: its row of exchangeInfo, its best offers, and what an order finds there (None: any quantity).

    `levels`: quantities at prices worse than the best by a ratio, the best first (None: any quantity at the best);
    `told`: the book says so beforehand. `closed`: the market takes no order; control may close it while a run is under
    way.
    """

    entry: dict[str, Any]
    bid: Decimal
    ask: Decimal
    offers: Sequence[Decimal] | None = None
    levels: Sequence[tuple[Decimal, Decimal]] | None = None
    told: bool = True
    closed: bool = False


@dataclass
class Troubles:
    """What befalls calls, by dice. `lost` of sends: half of them after the exchange acted. `reads`: no answer."""

    dice: random.Random
    lost: float = 0.0
    reads: float = 0.0
    limited: float = 0.0
    lag_ms: int = 0
    down_from_ms: int = 0
    down_until_ms: int = 0


@dataclass
class Placed:
    """An order as it really is."""

    row: Order
    at_ms: int
    trades: list[AccountTrade] = field(default_factory=list)


class MemoryExchange:
    """One account: `TradingExchange` for the program, and the truth for whoever judges it.

    `on_call` is told each call by its name, before it does anything; "placed" comes right after an order acted. A test
    may end the process there, or change the world.
    """

    def __init__(
        self,
        pairs: Mapping[str, Pair],
        balances: Mapping[str, Decimal],
        fee: Decimal = FEE,
        fee_asset: str | None = None,
        troubles: Troubles | None = None,
        first_id: int = 1000,
    ) -> None:
        """`fee_asset`: what fees are taken from; None: from what is received. `first_id`: of orders and trades."""
        self.pairs = dict(pairs)
        self.balances = dict(balances)
        self.clock = Clock()
        self.fee, self.fee_asset = fee, fee_asset
        self.troubles = troubles or Troubles(random.Random(0))
        self.placed: list[Placed] = []
        self.refused_by_filter = 0
        self.overspent = 0
        self.on_call: Callable[[str], None] = lambda name: None
        self._moves: list[tuple[int, str, Decimal]] = []
        self._payments: list[tuple[int, Payment]] = []
        self._ids = first_id

    # -- the program's side -----------------------------------------------------------------------------------------

    def stamp_ms(self) -> int:
        self._answer_or_not("stamp_ms")
        return self.clock.now_ms

    def measure_clock(self) -> None:
        self._answer_or_not("measure_clock")

    def server_time_ms(self) -> int:
        self._answer_or_not("server_time_ms")
        return self.clock.now_ms

    def place(self, order: OrderToSend) -> Order:
        self.on_call("place")
        if self._down():
            raise OutcomeUnknownError("no answer")
        draw = self.troubles.dice.random()
        if draw < self.troubles.limited:
            raise ExchangeLimitedError("too much weight", 1.0, banned=False)
        lost = draw < self.troubles.limited + self.troubles.lost
        if lost and self.troubles.dice.random() < 0.5:
            raise OutcomeUnknownError("no answer")
        placed = self._act(order)
        self.on_call("placed")
        if lost:
            raise OutcomeUnknownError("the answer was lost")
        return placed.row

    def find(self, symbol: str, client_order_id: str) -> Order:
        self._answer_or_not("find")
        for one in reversed(self._visible()):
            if (one.row.symbol, one.row.client_id) == (symbol, client_order_id):
                return one.row
        raise OrderNotFoundError("Order does not exist.", -2013)

    def open_orders(self, symbol: str) -> Sequence[Order]:
        self._answer_or_not("open_orders")
        return [one.row for one in self._visible() if one.row.symbol == symbol and not one.row.ended]

    def trades_of(self, symbol: str, order_id: str) -> Sequence[AccountTrade]:
        return [one for one in self.trades_since(symbol, 0) if one.order_id == order_id]

    def trades_since(self, symbol: str, since_ms: int) -> Sequence[AccountTrade]:
        self._answer_or_not("trades")
        found = [trade for one in self._visible() for trade in one.trades]
        return [one for one in found if one.fill.symbol == symbol and one.at_ms >= since_ms]

    def held(self) -> Mapping[str, Held]:
        self._answer_or_not("held")
        shown = dict(self.balances)
        for at_ms, asset, change in self._moves:
            if at_ms > self.clock.now_ms - self.troubles.lag_ms:
                shown[asset] = shown.get(asset, Decimal(0)) - change
        return {asset: Held(amount, Decimal(0)) for asset, amount in shown.items() if amount}

    def quote(self, symbol: str) -> Quote:
        self._answer_or_not("quote")
        pair = self.pairs[symbol]
        return Quote(pair.bid, pair.ask, (pair.bid + pair.ask) / 2)

    def depth(self, symbol: str, levels: int) -> BookDepth:
        self._answer_or_not("depth")
        pair = self.pairs[symbol]
        deep = [(Decimal(10**18), Decimal(0))]
        shown = (pair.levels if pair.told else None) or deep
        bids = [BookLevel(_worse(pair.bid, "SELL", ratio), quantity) for quantity, ratio in shown]
        asks = [BookLevel(_worse(pair.ask, "BUY", ratio), quantity) for quantity, ratio in shown]
        return BookDepth(bids[:levels], asks[:levels])

    def rules(self, symbol: str) -> SymbolRules:
        self._answer_or_not("rules")
        (found,) = symbol_rules({"symbols": [self.pairs[symbol].entry]})
        return found

    def payments_since(self, since_ms: int) -> Sequence[Payment]:
        self._answer_or_not("payments_since")
        told = [paid for told_ms, paid in self._payments if told_ms <= self.clock.now_ms]
        return [paid for paid in told if paid.at_ms >= since_ms]

    # -- what happens -----------------------------------------------------------------------------------------------

    def move(self, asset: str, change: Decimal) -> None:
        """Somebody else's deposit, withdrawal or trade."""
        self.balances[asset] = self.balances.get(asset, Decimal(0)) + change
        self._moves.append((self.clock.now_ms, asset, change))

    def pay(self, asset: str, amount: Decimal, told_after_ms: int = 0) -> None:
        """The exchange's own reward, which its history tells of so much later."""
        now = self.clock.now_ms
        self.move(asset, amount)
        self._payments.append((now + told_after_ms, Payment(self._id(), asset, amount, now)))

    def _down(self) -> bool:
        return self.troubles.down_from_ms <= self.clock.now_ms < self.troubles.down_until_ms

    def _answer_or_not(self, name: str) -> None:
        self.clock.now_ms += 5
        self.on_call(name)
        if self._down() or self.troubles.dice.random() < self.troubles.reads:
            raise ExchangeUnavailableError("no answer")

    def _visible(self) -> list[Placed]:
        return [one for one in self.placed if one.at_ms <= self.clock.now_ms - self.troubles.lag_ms]

    def _act(self, order: OrderToSend) -> Placed:
        now, pair = self.clock.now_ms, self.pairs[order.symbol]
        if not now - order.recv_window_ms <= order.stamp_ms < now + 1000:
            raise ClockSkewError("outside of the recvWindow", -1021)
        if pair.closed:
            raise OrderRejectedError("Market is closed.", -2010)
        price = pair.bid if order.side == "SELL" else pair.ask
        wanted = order.quantity
        if wanted is None:
            wanted = _bought(pair.entry, order.quote_quantity or Decimal(0), price)
        broken = refused(pair.entry, wanted, price)
        if broken:
            self.refused_by_filter += 1
            raise FilterRefusedError(f"Filter failure: {broken}", -1013, broken)
        base, quote = pair.entry["baseAsset"], pair.entry["quoteAsset"]
        spent = base if order.side == "SELL" else quote
        parts = _parts(order, wanted, pair)
        needed = sum((part if order.side == "SELL" else part * paid for part, paid in parts), Decimal(0))
        if self.balances.get(spent, Decimal(0)) < needed:
            self.overspent += 1
            raise InsufficientBalanceError("Account has insufficient balance for requested action.", -2010)
        number = self._id()
        trades = [self._trade(order, pair, number, part, paid) for part, paid in parts]
        executed = sum((one.fill.quantity for one in trades), Decimal(0))
        if order.quote_quantity is not None and executed < sum((held for held, _ in pair.levels or ()), Decimal(0)):
            # Worse prices buy fewer coins of the same money.
            wanted = executed
        row = Order(
            symbol=order.symbol,
            order_id=number,
            client_id=order.client_order_id,
            status="FILLED" if executed == wanted else "EXPIRED",
            kind="MARKET",
            side=order.side,
            time_in_force="GTC",
            price=Decimal(0),
            quantity=wanted,
            executed=executed,
            executed_quote=sum((one.quote_quantity for one in trades), Decimal(0)),
            quote_ordered=order.quote_quantity,
            stop_price=None,
            placed_ms=now,
            updated_ms=now,
            expiry_reason=None if executed == wanted else "INSUFFICIENT_LIQUIDITY",
        )
        self.placed.append(Placed(row, now, trades))
        return self.placed[-1]

    def _trade(self, order: OrderToSend, pair: Pair, number: str, quantity: Decimal, price: Decimal) -> AccountTrade:
        base, quote = pair.entry["baseAsset"], pair.entry["quoteAsset"]
        buying = order.side == "BUY"
        money = (quantity * price).quantize(EIGHT, ROUND_DOWN)
        fee = ((quantity if buying else money) * self.fee).quantize(EIGHT, ROUND_DOWN)
        payer = self.fee_asset or (base if buying else quote)
        for asset, change in ((base, quantity), (quote, -money)):
            self.move(asset, change if buying else -change)
        self.move(payer, -fee)
        fill = Fill(order.symbol, self._id(), price, quantity, fee, payer)
        return AccountTrade(fill, number, money, buying, False, self.clock.now_ms)

    def _id(self) -> str:
        self._ids += 1
        return str(self._ids)


def _bought(entry: Mapping[str, Any], money: Decimal, price: Decimal) -> Decimal:
    """As many coins as an amount of money buys, by the rules of lots."""
    lots = [one for one in entry["filters"] if one["filterType"] in ("LOT_SIZE", "MARKET_LOT_SIZE")]
    most = [Decimal(one["maxQty"]) for one in lots if Decimal(one["maxQty"])]
    found = min([money / price, *most])
    for step in sorted(Decimal(one["stepSize"]) for one in lots if Decimal(one["stepSize"])):
        found -= found % step
    return found.quantize(EIGHT, ROUND_DOWN)


def _worse(price: Decimal, side: str, ratio: Decimal) -> Decimal:
    return price * (1 + ratio if side == "BUY" else 1 - ratio)


def _parts(order: OrderToSend, quantity: Decimal, pair: Pair) -> list[tuple[Decimal, Decimal]]:
    """What an order takes of the book, each part with its price."""
    best = pair.ask if order.side == "BUY" else pair.bid
    if pair.levels is None:
        parts = [quantity] if pair.offers is None else _taken(quantity, pair.offers)
        return [(part, best) for part in parts]
    prices = [_worse(best, order.side, ratio) for _, ratio in pair.levels]
    parts = _taken(quantity, [offered for offered, _ in pair.levels])
    found = list(zip(parts, prices, strict=False))
    money = order.quote_quantity
    if money is None:
        return found
    # An amount of money ends where it is spent.
    bought: list[tuple[Decimal, Decimal]] = []
    for part, price in found:
        taken = min(part, _bought(pair.entry, money, price))
        money -= taken * price
        bought += [(taken, price)] if taken else []
    return bought


def _taken(quantity: Decimal, offers: Sequence[Decimal]) -> list[Decimal]:
    parts, left = [], quantity
    for offer in offers:
        taken = min(offer, left)
        if taken > 0:
            parts.append(taken)
            left -= taken
    return parts
