"""The border: every answer passes a schema before it is believed.

Finite decimals, whole-number ids, known shapes. What does not pass is "no usable answer", never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.accounts import KeyPermissions
from backend.core.model.amounts import ZERO, parse_amount, plain
from backend.core.model.holdings import Balance, EventKind, LedgerEvent, Leg
from backend.core.model.instants import to_ms
from backend.core.model.market import Candle, Symbol, Ticker
from backend.exchange.binance.errors import refused_by_code

SPOT: Final = "spot"
WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
# Credited, and credited but not yet free to withdraw.
CREDITED: Final = frozenset({1, 6})
# Email sent, awaiting approval, processing, completed: the coins have left the balance.
LEFT: Final = frozenset({0, 2, 4, 6})
EARLIEST_MS: Final = 1_300_000_000_000
LATEST_MS: Final = 7_000_000_000_000
# Newer deposits all have an id of their own; without one the row is damaged, and would be a second deposit to us.
IDS_SINCE_MS: Final = 1_640_995_200_000  # 2022-01-01


def body(answer: object) -> object:
    """Refuse an error that came with HTTP 200."""
    if isinstance(answer, Mapping) and "code" in answer and "msg" in answer and len(answer) <= 3:
        code = answer["code"]
        if isinstance(code, int) and code < 0:
            raise refused_by_code(code, str(answer["msg"]))
        raise _unexpected("an error in place of an answer")
    return answer


def server_time_ms(answer: object) -> int:
    return _instant(_mapping(body(answer)), "serverTime")


def symbols(answer: object) -> Sequence[Symbol]:
    rows = _rows(_mapping(body(answer)).get("symbols"))
    found = [
        Symbol(
            _text(row, "symbol"),
            _text(row, "baseAsset"),
            _text(row, "quoteAsset"),
            tradable=_text(row, "status") == "TRADING",
        )
        for row in rows
    ]
    if not found:
        raise _unexpected("an empty list of symbols")
    _refuse_twice([symbol.name for symbol in found], "a symbol")
    return found


def balances(answer: object) -> Sequence[Balance]:
    rows = _rows(_mapping(body(answer)).get("balances"))
    found = [Balance(SPOT, _text(row, "asset"), _amount(row, "free"), _amount(row, "locked")) for row in rows]
    _refuse_twice([balance.asset for balance in found], "an asset")
    return [balance for balance in found if balance.total != ZERO]


def listed_assets(answer: object) -> Sequence[str]:
    return [_text(row, "asset") for row in _rows(_mapping(body(answer)).get("balances"))]


def tickers(answer: object) -> Sequence[Ticker]:
    checked = body(answer)
    rows = _rows(checked if isinstance(checked, list) else [checked])
    found: list[Ticker] = []
    for row in rows:
        price = _amount(row, "lastPrice")
        if price > ZERO:
            change = _signed(row, "priceChangePercent")
            found.append(Ticker(_text(row, "symbol"), price, change, _instant(row, "closeTime")))
    _refuse_twice([ticker.symbol for ticker in found], "a price")
    return found


def candles(answer: object, interval_ms: int) -> Sequence[Candle]:
    found: list[Candle] = []
    rows = body(answer)
    if not isinstance(rows, list):
        raise _unexpected("candles that are no list")
    for row in rows:
        if not isinstance(row, list) or len(row) < 7:
            raise _unexpected("a candle of another shape")
        close = _decimal(row[4], "close")
        if not isinstance(row[0], int) or close <= ZERO or not EARLIEST_MS <= row[0] <= LATEST_MS:
            raise _unexpected("a candle without a time or a price")
        found.append(Candle(row[0], row[0] + interval_ms, close))
    if any(later.open_ms <= earlier.open_ms for earlier, later in pairwise(found)):
        raise _unexpected("candles out of order")
    return found


def deposits(answer: object) -> Sequence[LedgerEvent]:
    return [_deposit(row) for row in _rows(body(answer)) if _whole(row, "status") in CREDITED]


def withdrawals(answer: object) -> Sequence[LedgerEvent]:
    return [_withdrawal(row) for row in _rows(body(answer)) if _whole(row, "status") in LEFT]


def count_rows(answer: object) -> int:
    """How many rows a page has, whatever their status: a full page has a successor."""
    return len(_rows(body(answer)))


def trades(answer: object, symbol: Symbol) -> Sequence[LedgerEvent]:
    found = [_trade(row, symbol) for row in _rows(body(answer))]
    return sorted(found, key=lambda event: int(event.external_id.split(":")[1]))


def permissions(answer: object) -> KeyPermissions:
    row = _mapping(body(answer))
    withdraw = _flag(row, "enableWithdrawals")
    moves = [_flag(row, name) for name in ("enableInternalTransfer", "permitsUniversalTransfer")]
    return KeyPermissions(
        can_read=_flag(row, "enableReading"),
        can_trade=_flag(row, "enableSpotAndMarginTrading"),
        can_withdraw=True if withdraw or any(moves) else withdraw,
        ip_restricted=_flag(row, "ipRestrict"),
    )


def _deposit(row: Mapping[str, Any]) -> LedgerEvent:
    asset, amount, at_ms = _text(row, "coin"), _amount(row, "amount"), _instant(row, "insertTime")
    # Old rows have no id of their own.
    if "id" in row or at_ms >= IDS_SINCE_MS:
        external = _id(row, "id")
    else:
        external = f"{_text(row, 'txId')}:{asset}:{plain(amount)}"
    return LedgerEvent(
        source="deposit",
        external_id=external,
        kind=EventKind.DEPOSIT,
        at_ms=at_ms,
        legs=(Leg(asset, amount, "in"),),
        note=_network_note(row),
    )


def _withdrawal(row: Mapping[str, Any]) -> LedgerEvent:
    asset, amount, fee = _text(row, "coin"), _amount(row, "amount"), _amount(row, "transactionFee")
    legs = [Leg(asset, -amount, "out")]
    if fee != ZERO:
        legs.append(Leg(asset, -fee, "fee"))
    return LedgerEvent(
        source="withdrawal",
        external_id=_id(row, "id"),
        kind=EventKind.WITHDRAWAL,
        at_ms=_utc_text(row, "applyTime"),
        legs=tuple(legs),
        note=_network_note(row),
    )


def _trade(row: Mapping[str, Any], symbol: Symbol) -> LedgerEvent:
    if _text(row, "symbol") != symbol.name:
        raise _unexpected("trades of another symbol")
    quantity, quote = _amount(row, "qty"), _amount(row, "quoteQty")
    buyer = row.get("isBuyer")
    if not isinstance(buyer, bool):
        raise _unexpected("a trade without a side")
    bought, sold = Leg(symbol.base, quantity, "in"), Leg(symbol.quote, -quote, "out")
    if not buyer:
        bought, sold = Leg(symbol.quote, quote, "in"), Leg(symbol.base, -quantity, "out")
    fee = _amount(row, "commission")
    fees = (Leg(_text(row, "commissionAsset"), -fee, "fee"),) if fee != ZERO else ()
    return LedgerEvent(
        source="trade",
        external_id=f"{symbol.name}:{_whole(row, 'id')}",
        kind=EventKind.TRADE,
        at_ms=_instant(row, "time"),
        legs=(bought, sold, *fees),
        symbol=symbol.name,
        price=_amount(row, "price"),
        side="BUY" if buyer else "SELL",
    )


def _network_note(row: Mapping[str, Any]) -> str:
    network = row.get("network")
    return str(network)[:40] if network else ""


def _unexpected(what: str) -> ExchangeUnavailableError:
    return ExchangeUnavailableError(f"The exchange answered with {what}")


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _unexpected("something that is no object")
    return value


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise _unexpected("something that is no list")
    return [_mapping(row) for row in value]


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value or len(value) > 200:
        raise _unexpected(f"no usable {name}")
    return value


def _id(row: Mapping[str, Any], name: str) -> str:
    """An id as text: it tells rows apart for ever, so "NaN" and the like must not pass for one."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _text(row, name)
    if not any(character.isdigit() for character in text):
        raise _unexpected(f"no usable {name}")
    return text


def _refuse_twice(names: Sequence[str], what: str) -> None:
    if len(set(names)) != len(names):
        raise _unexpected(f"{what} listed twice")


def _decimal(value: object, name: str) -> Decimal:
    try:
        return parse_amount(value)
    except ValueError:
        raise _unexpected(f"no usable {name}") from None


def _signed(row: Mapping[str, Any], name: str) -> Decimal:
    return _decimal(row.get(name), name)


def _amount(row: Mapping[str, Any], name: str) -> Decimal:
    value = _decimal(row.get(name), name)
    if value < ZERO:
        raise _unexpected(f"a negative {name}")
    return value


def _whole(row: Mapping[str, Any], name: str) -> int:
    value = row.get(name)
    if isinstance(value, bool):
        raise _unexpected(f"no usable {name}")
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if not isinstance(value, int):
        raise _unexpected(f"no usable {name}")
    return value


def _instant(row: Mapping[str, Any], name: str) -> int:
    value = _whole(row, name)
    if not EARLIEST_MS <= value <= LATEST_MS:
        raise _unexpected(f"an impossible {name}")
    return value


def _utc_text(row: Mapping[str, Any], name: str) -> int:
    try:
        return to_ms(datetime.strptime(_text(row, name), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC))
    except ValueError:
        raise _unexpected(f"no usable {name}") from None


def _flag(row: Mapping[str, Any], name: str) -> bool | None:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise _unexpected(f"no usable {name}")
    return value
