"""Short ways to say what a test is about; every number stays in the test that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from backend.core.model.holdings import Balance, EventKind, LedgerEvent, Leg
from backend.core.model.instants import to_ms
from backend.core.model.market import Symbol, Ticker
from backend.core.model.valuation import Holding
from backend.core.performance.snapshot_chain import ValuedPoint

T0 = to_ms(datetime(2026, 3, 2, tzinfo=UTC))  # a Monday, midnight


def ms(text: str) -> int:
    """Milliseconds of an instant in ISO 8601."""
    return to_ms(datetime.fromisoformat(text))


def held(asset: str, free: str, locked: str = "0") -> Balance:
    return Balance("spot", asset, Decimal(free), Decimal(locked))


def pair(base: str, quote: str, tradable: bool = True) -> Symbol:
    return Symbol(base + quote, base, quote, tradable)


def tickers(prices: Mapping[str, str], change: str | None = None, at_ms: int = T0) -> dict[str, Ticker]:
    """Last prices by symbol, all with the same 24-hour change in percent."""
    moved = None if change is None else Decimal(change)
    return {name: Ticker(name, Decimal(price), moved, at_ms) for name, price in prices.items()}


def deposit(asset: str, amount: str | Decimal, at_ms: int, name: str = "") -> LedgerEvent:
    legs = (Leg(asset, Decimal(amount), "in"),)
    return LedgerEvent("deposit", name or f"d{at_ms}{asset}", EventKind.DEPOSIT, at_ms, legs)


def withdrawal(asset: str, amount: str | Decimal, at_ms: int, name: str = "", fee: str | Decimal = "0") -> LedgerEvent:
    """`amount` arrives outside, `fee` leaves on top of it in the same coin."""
    legs = [Leg(asset, -Decimal(amount), "out")]
    if Decimal(fee):
        legs.append(Leg(asset, -Decimal(fee), "fee"))
    return LedgerEvent("withdrawal", name or f"w{at_ms}{asset}", EventKind.WITHDRAWAL, at_ms, tuple(legs))


def trade(
    side: Literal["BUY", "SELL"],
    base: str,
    quantity: str | Decimal,
    quote: str,
    paid: str | Decimal,
    at_ms: int,
    number: int = 1,
    fee: tuple[str, str | Decimal] | None = None,
) -> LedgerEvent:
    """`quantity` of base for `paid` of quote; `fee` as (asset, amount)."""
    amount, money = Decimal(quantity), Decimal(paid)
    legs = [Leg(base, amount, "in"), Leg(quote, -money, "out")]
    if side == "SELL":
        legs = [Leg(quote, money, "in"), Leg(base, -amount, "out")]
    if fee is not None:
        legs.append(Leg(fee[0], -Decimal(fee[1]), "fee"))
    symbol = base + quote
    return LedgerEvent(
        "trade",
        f"{symbol}:{number}",
        EventKind.TRADE,
        at_ms,
        tuple(legs),
        symbol=symbol,
        price=money / amount,
        side=side,
    )


def income(
    kind: EventKind, asset: str, amount: str | Decimal, at_ms: int, symbol: str | None = None, name: str = ""
) -> LedgerEvent:
    """A line of income (positive) or cost (negative)."""
    role: Literal["in", "out"] = "in" if Decimal(amount) > 0 else "out"
    legs = (Leg(asset, Decimal(amount), role),)
    return LedgerEvent("income", name or f"{kind}{at_ms}{asset}", kind, at_ms, legs, symbol=symbol)


def loan(asset: str, amount: str | Decimal, at_ms: int) -> LedgerEvent:
    """Borrowed, or paid back when negative."""
    legs = (Leg(asset, Decimal(amount), "in"), Leg(asset, -Decimal(amount), "out"))
    return LedgerEvent("margin_loan", f"l{at_ms}{asset}", EventKind.LOAN, at_ms, legs)


def unexplained(asset: str, amount: str | Decimal, at_ms: int) -> LedgerEvent:
    """An entry that stands in for an event not found yet."""
    role: Literal["in", "out"] = "in" if Decimal(amount) > 0 else "out"
    legs = (Leg(asset, Decimal(amount), role),)
    return LedgerEvent("reconciliation", f"{asset}:{at_ms}:{amount}", EventKind.UNEXPLAINED, at_ms, legs)


def point(
    at_ms: int,
    value: str | Decimal,
    flow: str | Decimal = "0",
    kind: str = "slot",
    doubt: str | None = None,
    flow_doubt: str | None = None,
    benchmark: tuple[str | Decimal, str | Decimal] | None = ("50000", "2000"),
) -> ValuedPoint:
    """A valuation; `benchmark` are the prices of BTC and ETH."""
    moved = Decimal(flow)
    coins = None if benchmark is None else {"BTC": Decimal(benchmark[0]), "ETH": Decimal(benchmark[1])}
    return ValuedPoint(
        at_ms=at_ms,
        kind=kind,
        value=Decimal(value),
        flow=moved,
        deposits=max(moved, Decimal(0)),
        composition={"USDT": Holding(Decimal(value), Decimal(1))},
        doubt=doubt,
        flow_doubt=flow_doubt,
        benchmark=coins,
    )
