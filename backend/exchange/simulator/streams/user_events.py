"""What the owner of an account hears of it: one record of the ledger becomes one or more events."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO, Account
from backend.exchange.simulator.contracts import USDM, contract_of, holding_after
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.futures_desk import FUNDING_FEE, TRADE, client_id_of, fills_of, trade_of
from backend.exchange.simulator.records import (
    SPOT,
    AccountRecord,
    Fill,
    Movement,
    Order,
    OrderUpdate,
    changes_of,
)
from backend.exchange.simulator.wire import fixed, plain

Event = dict[str, Any]
NOTHING: Final = fixed(ZERO)
REASONS: Final = {TRADE: "ORDER", FUNDING_FEE: "FUNDING_FEE"}


def spot_events(account: Account, record: AccountRecord, now: int) -> list[Event]:
    """The events of a record that has just been booked; none when it does not touch the spot wallet."""
    changed = {change.asset for change in changes_of(record) if change.wallet == SPOT}
    events: list[Event] = []
    if isinstance(record, Order):
        events += _order_events(record, now)
        changed |= {record.locked[0]} if record.is_open else set()
    elif isinstance(record, OrderUpdate):
        order = next(one for one in account.orders if one.order_id == record.order_id)
        events += _update_events(order, record, now)
        changed.add(order.locked[0])
    else:
        events += [
            {"e": "balanceUpdate", "E": now, "a": change.asset, "d": fixed(change.amount), "T": record.at}
            for change in changes_of(record)
            if change.wallet == SPOT
        ]
    if changed:
        rows = []
        for asset in sorted(changed):
            locked = account.locked(asset)
            rows.append({"a": asset, "f": fixed(account.balance(asset) - locked), "l": fixed(locked)})
        events.append({"e": "outboundAccountPosition", "E": now, "u": record.at, "B": rows})
    return events


def _order_events(order: Order, now: int) -> list[Event]:
    events = [_report(order, now, "NEW", "NEW", ZERO, ZERO, None)]
    done, quote = ZERO, ZERO
    for fill in order.fills:
        done, quote = done + fill.quantity, quote + fill.quote_quantity
        status = "FILLED" if done == order.quantity else "PARTIALLY_FILLED"
        events.append(_report(order, now, "TRADE", status, done, quote, fill))
    if order.status == "EXPIRED":
        events.append(_report(order, now, "EXPIRED", "EXPIRED", done, quote, None))
    return events


def _update_events(order: Order, update: OrderUpdate, now: int) -> list[Event]:
    """`order` is the order as it stands after the update."""
    done = order.executed - sum((fill.quantity for fill in update.fills), ZERO)
    quote = order.cumulative_quote - sum((fill.quote_quantity for fill in update.fills), ZERO)
    events = []
    for fill in update.fills:
        done, quote = done + fill.quantity, quote + fill.quote_quantity
        events.append(_report(order, now, "TRADE", update.status, done, quote, fill))
    if not update.fills:
        event = _report(order, now, update.status, update.status, done, quote, None)
        events.append(event | {"c": update.cancel_id, "C": order.client_order_id})
    return events


def _report(order: Order, now: int, what: str, status: str, done: Decimal, quote: Decimal, fill: Fill | None) -> Event:
    at = (fill.at if fill else 0) or order.updated_at or order.at
    expired = {"eR": order.expiry_reason} if status == "EXPIRED" and order.expiry_reason else {}
    return {
        "e": "executionReport",
        "E": now,
        "s": order.symbol,
        "c": order.client_order_id,
        "S": order.side,
        "o": order.type,
        "f": order.time_in_force,
        "q": fixed(order.quantity),
        "p": fixed(order.price),
        "P": NOTHING,
        "F": NOTHING,
        "g": -1,
        "C": "",
        "x": what,
        "X": status,
        "r": "NONE",
        "i": order.order_id,
        "l": fixed(fill.quantity) if fill else NOTHING,
        "z": fixed(done),
        "L": fixed(fill.price) if fill else NOTHING,
        "n": fixed(fill.commission) if fill else "0",
        "N": fill.commission_asset if fill else None,
        "T": at,
        "t": fill.trade_id if fill else -1,
        "v": 0,
        "I": order.order_id + 1,
        "w": status in ("NEW", "PARTIALLY_FILLED"),
        "m": bool(fill and fill.maker),
        "M": False,
        "O": order.at,
        "Z": fixed(quote),
        "Y": fixed(fill.quote_quantity) if fill else NOTHING,
        "Q": fixed(order.quote_order_quantity),
        "W": order.at,
        "V": "EXPIRE_MAKER",
        **expired,
    }


def futures_events(exchange: Exchange, account: Account, record: AccountRecord, now: int) -> list[Event]:
    """The events of a record that changes the USD-M wallet."""
    changes = [change for change in changes_of(record) if change.wallet == USDM]
    if not changes:
        return []
    trade = record if isinstance(record, Movement) and record.kind == TRADE else None
    if isinstance(record, Movement):
        reason = REASONS.get(record.kind, "ADJUSTMENT")
    else:
        reason = "DEPOSIT" if changes[0].amount > 0 else "WITHDRAW"
    sums: dict[str, Decimal] = {}
    for change in changes:
        sums[change.asset] = sums.get(change.asset, ZERO) + change.amount
    wallets = [
        {
            "a": asset,
            "wb": fixed(account.balance(asset, USDM)),
            "cw": fixed(account.balance(asset, USDM)),
            "bc": NOTHING if reason in ("ORDER", "FUNDING_FEE") else fixed(change),
        }
        for asset, change in sums.items()
    ]
    positions = [_position(exchange, account, trade.details["symbol"])] if trade else []
    update = {"e": "ACCOUNT_UPDATE", "T": record.at, "E": now, "a": {"m": reason, "B": wallets, "P": positions}}
    return [update, _trade_update(trade, now)] if trade else [update]


def _position(exchange: Exchange, account: Account, symbol: str) -> Event:
    contract = contract_of(exchange.book, USDM, symbol)
    fills = fills_of(account, USDM, symbol)
    held = holding_after(contract, map(trade_of, fills)) if contract else None
    realized = sum((Decimal(one.details["realized"]) for one in fills), ZERO)
    return {
        "s": symbol,
        "pa": plain(held.quantity) if held else "0",
        "ep": plain(held.entry) if held else "0",
        "bep": plain(held.entry) if held else "0",
        "cr": plain(realized),
        "up": "0",
        "mt": "cross",
        "iw": "0",
        "ps": "BOTH",
    }


def _trade_update(record: Movement, now: int) -> Event:
    details = record.details
    order = {
        "s": details["symbol"],
        "c": client_id_of(record),
        "S": details["side"],
        "o": "MARKET",
        "f": "GTC",
        "q": details["quantity"],
        "p": "0",
        "ap": details["price"],
        "sp": "0",
        "x": "TRADE",
        "X": "FILLED",
        "i": int(details["order_id"]),
        "l": details["quantity"],
        "z": details["quantity"],
        "L": details["price"],
        "N": record.legs[0].asset,
        "n": details["commission"],
        "T": record.at,
        "t": int(record.id),
        "b": "0",
        "a": "0",
        "m": False,
        "R": False,
        "wt": "CONTRACT_PRICE",
        "ot": "MARKET",
        "ps": "BOTH",
        "cp": False,
        "rp": details["realized"],
    }
    return {"e": "ORDER_TRADE_UPDATE", "E": now, "T": record.at, "o": order}
