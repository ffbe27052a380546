"""The border: every answer passes a schema before it is believed.

Finite decimals, whole-number ids, known shapes. What does not pass is "no usable answer", never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from backend.core.model.accounts import KeyPermissions
from backend.core.model.amounts import ZERO, plain
from backend.core.model.holdings import Balance, EventKind, LedgerEvent, Leg
from backend.core.model.market import Candle, Symbol, Ticker
from backend.core.model.wallets import Wallet
from backend.exchange.binance import fields
from backend.exchange.binance.fields import body, unexpected

SPOT: Final = "spot"
# Credited, and credited but not yet free to withdraw.
CREDITED: Final = frozenset({1, 6})
# Rejected: not, or no longer, in the balance. What is neither of both (pending, a wrong deposit, waiting for the user)
# may be credited yet.
REJECTED: Final = 2
# Email sent, awaiting approval, processing, completed: the coins have left the balance.
LEFT: Final = frozenset({0, 2, 4, 6})
# Cancelled, rejected, failed: the coins are back.
CAME_BACK: Final = frozenset({1, 3, 5})
COMPLETED: Final = 6
# What deposits and withdrawals call the funding wallet; spot is 0.
OF_FUNDING: Final = 1
# Newer deposits all have an id of their own; without one the row is damaged, and would be a second deposit to us.
IDS_SINCE_MS: Final = 1_640_995_200_000  # 2022-01-01


def server_time_ms(answer: object) -> int:
    return fields.instant(fields.mapping(body(answer)), "serverTime")


def symbols(answer: object) -> Sequence[Symbol]:
    rows = fields.rows(fields.mapping(body(answer)).get("symbols"))
    found = [
        Symbol(
            fields.text(row, "symbol"),
            fields.text(row, "baseAsset"),
            fields.text(row, "quoteAsset"),
            tradable=fields.text(row, "status") == "TRADING",
        )
        for row in rows
    ]
    if not found:
        raise unexpected("an empty list of symbols")
    fields.refuse_twice([symbol.name for symbol in found], "a symbol")
    return found


def balances(answer: object) -> Sequence[Balance]:
    rows = fields.rows(fields.mapping(body(answer)).get("balances"))
    found = [
        Balance(SPOT, fields.text(row, "asset"), fields.amount(row, "free"), fields.amount(row, "locked"))
        for row in rows
    ]
    fields.refuse_twice([balance.asset for balance in found], "an asset")
    return [balance for balance in found if balance.total != ZERO]


def listed_assets(answer: object) -> Sequence[str]:
    return [fields.text(row, "asset") for row in fields.rows(fields.mapping(body(answer)).get("balances"))]


def tickers(answer: object) -> Sequence[Ticker]:
    rows = fields.one_or_many(answer)
    found: list[Ticker] = []
    for row in rows:
        price = fields.amount(row, "lastPrice")
        if price > ZERO:
            change = fields.signed(row, "priceChangePercent")
            found.append(Ticker(fields.text(row, "symbol"), price, change, fields.instant(row, "closeTime")))
    fields.refuse_twice([ticker.symbol for ticker in found], "a price")
    return found


def candles(answer: object, interval_ms: int) -> Sequence[Candle]:
    found: list[Candle] = []
    rows = body(answer)
    if not isinstance(rows, list):
        raise unexpected("candles that are no list")
    for row in rows:
        if not isinstance(row, list) or len(row) < 7:
            raise unexpected("a candle of another shape")
        close = fields.decimal(row[4], "close")
        if not isinstance(row[0], int) or close <= ZERO or not fields.EARLIEST_MS <= row[0] <= fields.LATEST_MS:
            raise unexpected("a candle without a time or a price")
        found.append(Candle(row[0], row[0] + interval_ms, close))
    if any(later.open_ms <= earlier.open_ms for earlier, later in pairwise(found)):
        raise unexpected("candles out of order")
    return found


def deposits(answer: object) -> Sequence[LedgerEvent]:
    """Deposits that were credited, at the instant of that; those that are not, or no more, come without legs, at the
    instant by which they are listed.
    """
    found = []
    for row in fields.rows(body(answer)):
        status = fields.whole(row, "status")
        if status in CREDITED:
            found.append(_deposit(row))
        elif "id" in row:
            key, at_ms = fields.identity(row, "id"), fields.instant(row, "insertTime")
            settled = status == REJECTED
            found.append(LedgerEvent("deposit", key, EventKind.DEPOSIT, at_ms, (), settled=settled))
    return found


def withdrawals(answer: object) -> Sequence[LedgerEvent]:
    """Withdrawals that left; one that was rejected or cancelled after all comes without legs: nothing left."""
    found = []
    for row in fields.rows(body(answer)):
        event, status = _withdrawal(row), fields.whole(row, "status")
        if status in LEFT or status in CAME_BACK:
            settled = status == COMPLETED or status in CAME_BACK
            found.append(replace(event, legs=event.legs if status in LEFT else (), settled=settled))
    return found


def count_rows(answer: object) -> int:
    """How many rows a page has, whatever their status: a full page has a successor."""
    return len(fields.rows(body(answer)))


def trades(answer: object, symbol: Symbol) -> Sequence[LedgerEvent]:
    found = [_trade(row, symbol) for row in fields.rows(body(answer))]
    return sorted(found, key=lambda event: int(event.external_id.split(":")[1]))


def permissions(answer: object) -> KeyPermissions:
    row = fields.mapping(body(answer))
    withdraw = fields.flag(row, "enableWithdrawals")
    moves = [fields.flag(row, name) for name in ("enableInternalTransfer", "permitsUniversalTransfer")]
    return KeyPermissions(
        can_read=fields.flag(row, "enableReading"),
        can_trade=fields.flag(row, "enableSpotAndMarginTrading"),
        can_withdraw=True if withdraw or any(moves) else withdraw,
        ip_restricted=fields.flag(row, "ipRestrict"),
    )


def owner(answer: object) -> str | None:
    """The exchange's own number of an account, of GET /api/v3/account; None where it does not tell it."""
    row = fields.mapping(body(answer))
    return fields.optional(fields.identity, row, "uid")


def _deposit(row: Mapping[str, Any]) -> LedgerEvent:
    asset, amount, seen_ms = fields.text(row, "coin"), fields.amount(row, "amount"), fields.instant(row, "insertTime")
    # Old rows have no id of their own.
    if "id" in row or seen_ms >= IDS_SINCE_MS:
        external = fields.identity(row, "id")
    else:
        external = f"{fields.text(row, 'txId')}:{asset}:{plain(amount)}"
    return LedgerEvent(
        source="deposit",
        external_id=external,
        kind=EventKind.DEPOSIT,
        # Listed once it is seen on its chain, in the balance only once that has confirmed it.
        at_ms=max(seen_ms, fields.moment(row, "completeTime") or seen_ms),
        legs=(Leg(asset, amount, "in"),),
        note=_network_note(row),
        transaction=_words(row, "txId"),
        address=_address(row),
        wallet=_wallet(row),
    )


def _withdrawal(row: Mapping[str, Any]) -> LedgerEvent:
    asset, amount, fee = fields.text(row, "coin"), fields.amount(row, "amount"), fields.amount(row, "transactionFee")
    legs = [Leg(asset, -amount, "out")]
    if fee != ZERO:
        legs.append(Leg(asset, -fee, "fee"))
    return LedgerEvent(
        source="withdrawal",
        external_id=fields.identity(row, "id"),
        kind=EventKind.WITHDRAWAL,
        at_ms=fields.utc_text(row, "applyTime"),
        legs=tuple(legs),
        note=_network_note(row),
        transaction=_words(row, "txId"),
        address=_address(row),
        wallet=_wallet(row),
    )


def _trade(row: Mapping[str, Any], symbol: Symbol) -> LedgerEvent:
    if fields.text(row, "symbol") != symbol.name:
        raise unexpected("trades of another symbol")
    quantity, quote = fields.amount(row, "qty"), fields.amount(row, "quoteQty")
    buyer = row.get("isBuyer")
    if not isinstance(buyer, bool):
        raise unexpected("a trade without a side")
    bought, sold = Leg(symbol.base, quantity, "in"), Leg(symbol.quote, -quote, "out")
    if not buyer:
        bought, sold = Leg(symbol.quote, quote, "in"), Leg(symbol.base, -quantity, "out")
    fee = fields.amount(row, "commission")
    fees = (Leg(fields.text(row, "commissionAsset"), -fee, "fee"),) if fee != ZERO else ()
    return LedgerEvent(
        source="trade",
        external_id=f"{symbol.name}:{fields.whole(row, 'id')}",
        kind=EventKind.TRADE,
        at_ms=fields.instant(row, "time"),
        legs=(bought, sold, *fees),
        symbol=symbol.name,
        price=fields.amount(row, "price"),
        side="BUY" if buyer else "SELL",
    )


def _wallet(row: Mapping[str, Any]) -> str:
    """Funding where it is told; else spot, which every other one is."""
    return Wallet.FUNDING.value if row.get("walletType") == OF_FUNDING else ""


def _network_note(row: Mapping[str, Any]) -> str:
    return _words(row, "network")[:40]


def _address(row: Mapping[str, Any]) -> str:
    """The address with its tag: on some chains all users of the exchange share one address."""
    address, tag = _words(row, "address"), _words(row, "addressTag")
    return f"{address}:{tag}" if address and tag else address


def _words(row: Mapping[str, Any], name: str) -> str:
    """A text that says more of a row and is not needed to read it."""
    value = row.get(name)
    return value.strip()[: fields.LONGEST_TEXT] if isinstance(value, str) else ""
