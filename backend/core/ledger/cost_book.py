"""The ledger's events booked at average cost: open positions and realised profit of one account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, localcontext

from backend.core.ledger.cost_basis import CostBasis
from backend.core.ledger.cost_events import (
    Buy,
    CoinFee,
    CostEvent,
    Deposit,
    Expense,
    Fee,
    Income,
    MoneyFee,
    Sell,
    Swap,
    Withdrawal,
)
from backend.core.ledger.positions import Position, PositionBook
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import INCOME_KINDS, EventKind, LedgerEvent, Leg
from backend.core.model.instants import from_ms

PriceOf = Callable[[str, Iterable[int]], Mapping[int, Decimal | None]]
UNKNOWN_PRICE = "no_price"
UNEXPLAINED = "unexplained_change"
MISSING_COINS = "missing_coins"


class _PriceUnknownError(Exception):
    """An event cannot be booked: its coin had no price."""


def cost_book(events: Sequence[LedgerEvent], reporting: str, price_of: PriceOf) -> PositionBook:
    """Book all events at average cost.

    Args:
        events: in booking order.
        price_of: prices of an asset at instants, None where there is none.

    Returns:
        The positions, `complete` unless a price was missing, coins left that never came in, or a movement is not
        explained: then profit is not split, and `reason` says why.
    """
    prices = {asset: price_of(asset, instants) for asset, instants in _wanted(events, reporting).items()}
    basis = CostBasis(reporting)
    reason = None
    for event in events:
        try:
            for booked in _cost_events(event, reporting, prices):
                basis.book(booked)
        except _PriceUnknownError:
            reason = UNKNOWN_PRICE
        if event.kind is EventKind.UNEXPLAINED:
            reason = reason or UNEXPLAINED
    if basis.missing:
        reason = reason or MISSING_COINS
    held = {
        position.asset: Position(position.quantity, position.cost)
        for position in basis.positions()
        if position.quantity != ZERO and position.asset != reporting
    }
    with localcontext(MONEY):
        realized = basis.realized_total + basis.income_total
        realized += sum((_money_income(event, reporting) - _network_fee(event, reporting) for event in events), ZERO)
    return PositionBook(realized, held, complete=reason is None, reason=reason)


def _wanted(events: Sequence[LedgerEvent], reporting: str) -> dict[str, list[int]]:
    """Which prices the events need: coins that cross the border, quote coins, and coins that pay a fee."""
    found: dict[str, list[int]] = {}
    for event in events:
        if event.kind is EventKind.LOAN:
            continue
        assets = {leg.asset for leg in event.legs if leg.role == "fee" or event.kind is not EventKind.TRADE}
        if event.kind is EventKind.TRADE and reporting not in {leg.asset for leg in event.legs if leg.role != "fee"}:
            assets.add(_quote_leg(event).asset)
        for asset in assets - {reporting}:
            found.setdefault(asset, []).append(event.at_ms)
    return found


def _cost_events(
    event: LedgerEvent, reporting: str, prices: Mapping[str, Mapping[int, Decimal | None]]
) -> Iterator[CostEvent]:
    at = from_ms(event.at_ms)

    def price(asset: str) -> Decimal:
        known = prices[asset][event.at_ms]
        if known is None:
            raise _PriceUnknownError(asset)
        return known

    if event.kind is EventKind.TRADE:
        yield _trade(event, at, reporting, price)
        return
    if event.kind in INCOME_KINDS:
        yield from (_earned(leg, at, price) for leg in event.legs if leg.asset != reporting)
        return
    fee = next((leg for leg in event.legs if leg.role == "fee"), None)
    for leg in event.flow_legs():
        if leg.asset == reporting:
            continue
        if leg.amount > ZERO:
            yield Deposit(at, leg.asset, leg.amount, prices[leg.asset][event.at_ms])
        else:
            yield Withdrawal(at, leg.asset, -leg.amount, price(leg.asset))
    if fee is not None and fee.asset != reporting:
        yield Expense(at, fee.asset, -fee.amount)


def _money_income(event: LedgerEvent, reporting: str) -> Decimal:
    """Income, costs and results of futures in the reporting currency itself, which has no lots."""
    if event.kind not in INCOME_KINDS:
        return ZERO
    return sum((leg.amount for leg in event.legs if leg.asset == reporting), ZERO)


def _earned(leg: Leg, at: datetime, price: Callable[[str], Decimal]) -> CostEvent:
    """Coins that arrived cost what they were worth; coins that were charged leave with their cost."""
    if leg.amount > ZERO:
        return Income(at, leg.asset, leg.amount, price(leg.asset))
    return Expense(at, leg.asset, -leg.amount)


def _network_fee(event: LedgerEvent, reporting: str) -> Decimal:
    """What a withdrawal of the reporting currency itself cost: it has no lots to take it from."""
    if event.kind is EventKind.TRADE or event.kind in INCOME_KINDS:
        return ZERO
    return sum((-leg.amount for leg in event.legs if leg.role == "fee" and leg.asset == reporting), ZERO)


def _trade(event: LedgerEvent, at: datetime, reporting: str, price: Callable[[str], Decimal]) -> CostEvent:
    bought = next(leg for leg in event.legs if leg.role == "in")
    sold = next(leg for leg in event.legs if leg.role == "out")
    fee = _fee(event, reporting, price)
    with localcontext(MONEY):
        if sold.asset == reporting:
            return Buy(at, bought.asset, bought.amount, -sold.amount / bought.amount, fee)
        if bought.asset == reporting:
            return Sell(at, sold.asset, -sold.amount, bought.amount / -sold.amount, fee)
        quote = _quote_leg(event)
        value = abs(quote.amount) * price(quote.asset)
        return Swap(at, sold.asset, -sold.amount, bought.asset, bought.amount, value, fee)


def _fee(event: LedgerEvent, reporting: str, price: Callable[[str], Decimal]) -> Fee | None:
    leg = next((leg for leg in event.legs if leg.role == "fee"), None)
    if leg is None:
        return None
    return MoneyFee(-leg.amount) if leg.asset == reporting else CoinFee(leg.asset, -leg.amount, price(leg.asset))


def _quote_leg(event: LedgerEvent) -> Leg:
    """The leg in the coin that prices the pair: what is paid in a buy, what is received in a sale."""
    role = "out" if event.side == "BUY" else "in"
    return next(leg for leg in event.legs if leg.role == role)
