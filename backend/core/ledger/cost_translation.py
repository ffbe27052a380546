"""What an event of the ledger is to cost basis: which prices it needs, and what it books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.cost_events import (
    Buy,
    CoinFee,
    CostEvent,
    Deposit,
    Expense,
    Fee,
    Income,
    MoneyFee,
    Rename,
    Sell,
    Swap,
    Withdrawal,
)
from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.model.holdings import INCOME_KINDS, EventKind, LedgerEvent, Leg
from backend.core.model.instants import from_ms

NO_PRICE: Final = "no_price"
OLD_PRICE: Final = "old_price"
ONE_LEG: Final = "one_leg_missing"
SWAPS: Final = frozenset({EventKind.TRADE, EventKind.CONVERT})
Prices = Mapping[str, Decimal | None]


class NotBookableError(Exception):
    """An event cannot be booked; `reason` is a stable code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class EnteredCost:
    """What the user says that coins from outside had cost, all together, and when they were acquired."""

    cost: Decimal
    acquired_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One coin for another, as a pair says it: `quantity` of `base` against `quote_quantity` of `quote`."""

    base: str
    quote: str
    quantity: Decimal
    quote_quantity: Decimal
    side: str
    symbol: str


def wanted_prices(event: LedgerEvent, reporting: str) -> frozenset[str]:
    """Assets whose price in the reporting currency the event needs: coins that cross the border, quote coins, and
    coins that pay a fee.
    """
    if event.kind in (EventKind.LOAN, EventKind.RENAME):
        return frozenset()
    assets = {leg.asset for leg in event.legs if leg.role == "fee" or event.kind is not EventKind.TRADE}
    if event.kind in SWAPS and reporting in {leg.asset for leg in event.legs if leg.role != "fee"}:
        assets = {leg.asset for leg in event.legs if leg.role == "fee"}
    elif event.kind is EventKind.TRADE:
        quote = _leg(event, "out" if event.side == "BUY" else "in")
        assets |= set() if quote is None else {quote.asset}
    return frozenset(assets - {reporting})


def cost_events(
    event: LedgerEvent, reporting: str, prices: Prices, entered: EnteredCost | None = None
) -> list[CostEvent]:
    """What an event books.

    Args:
        prices: of the assets of `wanted_prices` at the event's instant, None where there is none.
        entered: what the user says of the coins that it brings.

    Raises:
        NotBookableError: a price that it needs is not known, or one side of a swap is.
    """
    at = from_ms(event.at_ms)
    if event.kind in SWAPS:
        return [_swap(event, at, reporting, prices), *_unpriced_fee(event, at, reporting, prices)]
    if event.kind is EventKind.RENAME:
        return [_renamed(event, at, reporting, prices)]
    if event.kind in INCOME_KINDS:
        return [_earned(leg, at, prices) for leg in event.legs if leg.asset != reporting and leg.amount != ZERO]
    found: list[CostEvent] = []
    for leg in event.flow_legs():
        if leg.asset == reporting:
            continue
        if leg.amount < ZERO:
            found.append(Withdrawal(at, leg.asset, -leg.amount, prices.get(leg.asset)))
        elif entered is None:
            found.append(Deposit(at, leg.asset, leg.amount, prices[leg.asset]))
        else:
            acquired_at = None if entered.acquired_ms is None else from_ms(entered.acquired_ms)
            found.append(Deposit(at, leg.asset, leg.amount, prices[leg.asset], entered.cost, acquired_at))
    fee = _leg(event, "fee")
    if fee is not None and fee.asset != reporting and fee.amount != ZERO:
        found.append(Expense(at, fee.asset, -fee.amount))
    return found


def money_result(event: LedgerEvent, reporting: str) -> Decimal:
    """Income, costs and results in the reporting currency, which has no lots. Fees of trades are in the trades."""
    if event.kind in INCOME_KINDS:
        wanted = [leg.amount for leg in event.legs if leg.asset == reporting]
    elif event.kind in SWAPS:
        wanted = []
    else:
        wanted = [leg.amount for leg in event.legs if leg.role == "fee" and leg.asset == reporting]
    with localcontext(MONEY):
        return sum(wanted, ZERO)


def exchanged(event: LedgerEvent, reporting: str) -> Exchanged | None:
    """A trade or convert as its pair says it; None for other events, and where a side is missing.

    Outside the order book there is no pair: coins against the reporting currency are priced in it, and of two coins the
    one given is priced in the one received.
    """
    came, went = _leg(event, "in"), _leg(event, "out")
    if event.kind not in SWAPS or came is None or went is None:
        return None
    side = event.side or ("BUY" if went.asset == reporting else "SELL")
    base, quote = (came, went) if side == "BUY" else (went, came)
    symbol = event.symbol or base.asset + quote.asset
    return Exchanged(base.asset, quote.asset, abs(base.amount), abs(quote.amount), side, symbol)


def traded_value(event: LedgerEvent, reporting: str, prices: Prices) -> Decimal | None:
    """What changed hands, in the reporting currency: the leg in it, else the quote leg of a trade, else what a convert
    brought or, where that has no price, what it took.
    """
    came, went = _leg(event, "in"), _leg(event, "out")
    if came is None or went is None:
        return None
    for leg in (came, went):
        if leg.asset == reporting:
            return abs(leg.amount)
    order = (came, went)
    if event.kind is EventKind.TRADE:
        order = (went,) if event.side == "BUY" else (came,)  # type: ignore[assignment]  # one leg alone prices a pair
    with localcontext(MONEY):
        return next((abs(leg.amount) * price for leg in order if (price := prices.get(leg.asset)) is not None), None)


def fee_value(event: LedgerEvent, reporting: str, prices: Prices) -> Decimal | None:
    """What the fee of an event was worth; 0 without a fee, None without a price."""
    fee = _leg(event, "fee")
    if fee is None:
        return ZERO
    price = ONE if fee.asset == reporting else prices.get(fee.asset)
    with localcontext(MONEY):
        return None if price is None else -fee.amount * price


def left_unpriced(bookings: Sequence[CostEvent], fee: Decimal | None) -> bool:
    """Whether coins left at their cost because nobody knows what they were worth."""
    return fee is None or any(isinstance(one, Withdrawal) and one.market_price is None for one in bookings)


def _swap(event: LedgerEvent, at: datetime, reporting: str, prices: Prices) -> CostEvent:
    came, went = _leg(event, "in"), _leg(event, "out")
    if came is None or went is None:
        raise NotBookableError(ONE_LEG)
    if came.amount == ZERO or went.amount == ZERO:
        # Dust that was worth nothing: coins left, or came, for nothing.
        if went.amount == ZERO or went.asset == reporting:
            raise NotBookableError(ONE_LEG)
        return Expense(at, went.asset, -went.amount)
    fee = _fee(event, reporting, prices)
    with localcontext(MONEY):
        if went.asset == reporting:
            return Buy(at, came.asset, came.amount, -went.amount / came.amount, fee)
        if came.asset == reporting:
            return Sell(at, went.asset, -went.amount, came.amount / -went.amount, fee)
        value = traded_value(event, reporting, prices)
        if value is None:
            raise NotBookableError(NO_PRICE)
        return Swap(at, went.asset, -went.amount, came.asset, came.amount, value, fee)


def _renamed(event: LedgerEvent, at: datetime, reporting: str, prices: Prices) -> CostEvent:
    came, went = _leg(event, "in"), _leg(event, "out")
    whole = came is not None and went is not None and came.amount != ZERO and went.amount != ZERO
    if came is None or went is None or not whole or reporting in (came.asset, went.asset):
        # Money has no lots that could go on.
        return _swap(event, at, reporting, prices)
    return Rename(at, went.asset, -went.amount, came.asset, came.amount)


def _fee(event: LedgerEvent, reporting: str, prices: Prices) -> Fee | None:
    leg = _leg(event, "fee")
    if leg is None or leg.amount == ZERO:
        return None
    if leg.asset == reporting:
        return MoneyFee(-leg.amount)
    price = prices.get(leg.asset)
    return None if price is None else CoinFee(leg.asset, -leg.amount, price)


def _unpriced_fee(event: LedgerEvent, at: datetime, reporting: str, prices: Prices) -> list[CostEvent]:
    """A fee in a coin that has no price leaves at its cost: the trade that it was paid for is booked all the same."""
    leg = _leg(event, "fee")
    if leg is None or leg.amount == ZERO or leg.asset == reporting or prices.get(leg.asset) is not None:
        return []
    return [Expense(at, leg.asset, -leg.amount)]


def _earned(leg: Leg, at: datetime, prices: Prices) -> CostEvent:
    """Coins that arrived cost what they were worth; coins that were charged leave with their cost."""
    if leg.amount > ZERO:
        return Income(at, leg.asset, leg.amount, _price(leg.asset, prices))
    return Expense(at, leg.asset, -leg.amount)


def _price(asset: str, prices: Prices) -> Decimal:
    price = prices.get(asset)
    if price is None:
        raise NotBookableError(NO_PRICE)
    return price


def _leg(event: LedgerEvent, role: str) -> Leg | None:
    for leg in event.legs:
        if leg.role == role:
            return leg
    return None
