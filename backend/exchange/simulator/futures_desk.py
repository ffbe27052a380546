"""Futures of an account: trades told by control, positions, and the funding that falls due every eight hours.

Funding is booked when somebody looks: each instant that has passed since the last look, at the mark price it had.
A position whose losses eat the wallet is not liquidated; the wallet goes below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.contracts import (
    COINM,
    TAKER_FEE,
    USDM,
    ZERO,
    Contract,
    ContractTrade,
    Holding,
    contract_of,
    funding_instants,
    funding_rate,
    holding_after,
)
from backend.exchange.simulator.exchange import Exchange, Impossible
from backend.exchange.simulator.records import Leg, Movement
from backend.exchange.simulator.wire import cut, plain

TRADE, FUNDING_FEE = "futures_trade", "funding_fee"
COMMISSION, REALIZED = "futures_commission", "realized_pnl"
MARKETS: Final = (USDM, COINM)


@dataclass(frozen=True)
class OpenPosition:
    contract: Contract
    held: Holding
    mark: Decimal

    @property
    def profit(self) -> Decimal:
        return self.contract.profit(self.held.quantity, self.held.entry, self.mark)

    @property
    def notional(self) -> Decimal:
        return self.contract.notional(self.held.quantity, self.mark)


def fills_of(account: Account, market: str, symbol: str | None = None) -> list[Movement]:
    return [
        one
        for one in account.movements.get(TRADE, ())
        if one.details["market"] == market and symbol in (None, one.details["symbol"])
    ]


def trade_of(fill: Movement) -> ContractTrade:
    details = fill.details
    return ContractTrade(fill.at, details["side"], Decimal(details["quantity"]), Decimal(details["price"]))


def client_id_of(fill: Movement) -> str:
    """The client's own id of the order; ledgers from before there were orders by REST have none."""
    return fill.details.get("client_id") or f"web_{fill.details['order_id']}"


def _settled_until(account: Account, market: str, symbol: str) -> int:
    fees = account.movements.get(FUNDING_FEE, ())
    return max(
        (one.at for one in fees if (one.details["market"], one.details["symbol"]) == (market, symbol)), default=0
    )


def settle(exchange: Exchange, account: Account, until: int) -> None:
    """Book the funding of every open position up to the instant; the caller holds the exchange's lock."""
    records: list[Movement] = []
    taken: list[int] = []
    for market in MARKETS:
        for symbol in sorted({one.details["symbol"] for one in fills_of(account, market)}):
            for record in _dues(exchange, account, market, symbol, until, taken):
                taken.append(int(record.id))
                records.append(record)
    if records:
        records.sort(key=lambda one: one.at)
        exchange.commit(records)


def _dues(
    exchange: Exchange, account: Account, market: str, symbol: str, until: int, taken: Sequence[int]
) -> list[Movement]:
    contract = contract_of(exchange.book, market, symbol)
    trades = [trade_of(one) for one in fills_of(account, market, symbol)]
    if contract is None:
        return []
    records: list[Movement] = []
    for at in funding_instants(max(trades[0].at, _settled_until(account, market, symbol)), until):
        held = holding_after(contract, (one for one in trades if one.at < at))
        mark = exchange.market.price_at(contract.spot, at)
        if not held.quantity or mark is None:
            continue
        rate = funding_rate(symbol, at)
        paid = -cut(contract.notional(held.quantity, mark) * rate)
        number = exchange.new_id(at, taken)
        legs = (Leg(market, contract.margin_asset, paid),)
        details = {"market": market, "symbol": symbol, "rate": plain(rate)}
        records.append(Movement(account.opened.api_key, str(number), at, FUNDING_FEE, legs, details))
    return records


def trade(
    exchange: Exchange,
    account: Account,
    at: int,
    where: tuple[str, str],
    side: str,
    quantity: Decimal,
    client_id: str = "",
) -> Movement:
    """Fill an order at the mark price of its instant and commit it; `where` is market and symbol.

    Raises:
        Impossible: unknown contract, no price then, a broken step, or an instant before what is booked already.
    """
    market, symbol = where
    contract = contract_of(exchange.book, market, symbol)
    if contract is None:
        raise Impossible(f"unknown contract: {symbol}")
    if quantity % contract.step:
        raise Impossible(f"{symbol}: the quantity must be a multiple of {plain(contract.step)}")
    price = exchange.market.price_at(contract.spot, at)
    if price is None:
        raise Impossible(f"{symbol} has no price at that instant")
    before = fills_of(account, market, symbol)
    booked = max(before[-1].at if before else 0, _settled_until(account, market, symbol))
    if at < booked:
        raise Impossible(f"{symbol}: futures trades are told in their order, and this one is before what is booked")
    settle(exchange, account, at)
    held = holding_after(contract, map(trade_of, before))
    _, realized = held.after(contract, ContractTrade(at, side, quantity, price))
    commission = cut(abs(contract.notional(quantity, price)) * TAKER_FEE)
    order_id = exchange.new_id(at)
    trade_id = exchange.new_id(at, [order_id])
    legs = [Leg(market, contract.margin_asset, -commission, COMMISSION)]
    if realized:
        legs.append(Leg(market, contract.margin_asset, realized, REALIZED))
    details = {
        "market": market,
        "symbol": symbol,
        "side": side,
        "price": plain(price),
        "quantity": plain(quantity),
        "order_id": str(order_id),
        "client_id": client_id,
        "commission": plain(commission),
        "realized": plain(realized),
    }
    record = Movement(account.opened.api_key, str(trade_id), at, TRADE, tuple(legs), details)
    exchange.commit([record])
    return record


def positions(exchange: Exchange, account: Account, market: str, at: int) -> list[OpenPosition]:
    """Positions open at the instant, at its mark price; one whose contract has no price then keeps its entry price."""
    found = []
    for symbol in sorted({one.details["symbol"] for one in fills_of(account, market)}):
        contract = contract_of(exchange.book, market, symbol)
        if contract is None:
            continue
        held = holding_after(contract, (trade_of(one) for one in fills_of(account, market, symbol) if one.at <= at))
        if held.quantity:
            found.append(OpenPosition(contract, held, exchange.market.price_at(contract.spot, at) or held.entry))
    return found


def unrealised(open_positions: Sequence[OpenPosition], asset: str) -> Decimal:
    return sum((one.profit for one in open_positions if one.contract.margin_asset == asset), ZERO)
