"""The order history: a line for each order, and below it one for each of its fills, in columns of their own.

Fills become trades. An order without fills below it becomes one trade of what was filled, without the fees, which are
not told; it gives way to the fills of any other source that come to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from backend.core.imports.statements.cells import number, plain_amount, split_pair, with_coin
from backend.core.imports.statements.entries import (
    NO_COUNTERPART,
    NO_MOVE,
    WHOLE_ORDER,
    Entry,
    RowFault,
    Skip,
    StatementLine,
    Told,
)
from backend.core.imports.statements.forms import key
from backend.core.imports.statements.views import Cells, Reading, traded
from backend.core.model.amounts import ZERO

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent

_HEADINGS: Final = frozenset({"date", "time", "utctime"})


@dataclass(frozen=True, slots=True)
class _Order:
    line: StatementLine
    cells: Cells


def orders_of(rows: Iterable[tuple[StatementLine, Cells]], reading: Reading, told: Told) -> None:
    """Make trades of lines; each line says what became of it."""
    order: _Order | None = None
    fills = 0
    for line, cells in rows:
        if cells["time"]:
            _finish(order, fills, reading, told)
            order, fills = _Order(line, cells), 0
        elif key(list(cells.values())[1]) in _HEADINGS:
            line.reason, line.ignored = NO_MOVE, True
        elif order is None:
            line.reason = NO_COUNTERPART
        else:
            fills += 1
            _tell(line, partial(_fill, order.cells, cells, reading), told)
    _finish(order, fills, reading, told)


def _finish(order: _Order | None, fills: int, reading: Reading, told: Told) -> None:
    """An order's own line, once it is known whether its fills are told."""
    if order is None:
        return
    if fills:
        order.line.reason, order.line.ignored = NO_MOVE, True
    else:
        _tell(order.line, partial(_whole, order.cells, reading), told)


def _tell(line: StatementLine, read: Callable[[], LedgerEvent], told: Told) -> None:
    try:
        event = read()
    except RowFault as fault:
        line.reason, line.detail = fault.code, fault.detail
    except Skip as skip:
        line.reason, line.ignored = skip.reason, True
    else:
        line.at_ms, line.kind, line.legs = event.at_ms, event.kind, event.legs
        told.entries.append(Entry(event, (line.n,)))


def _whole(cells: Cells, reading: Reading) -> LedgerEvent:
    base, quote = split_pair(cells["pair"], cells["filled"], cells["total"])
    amounts = plain_amount(cells["filled"], base), plain_amount(cells["total"], quote)
    price = plain_amount(cells["avgtradingprice"], quote)
    return traded(
        "orders", cells["type"], (base, quote), amounts, (ZERO, ""), price, cells["time"], reading, WHOLE_ORDER
    )


def _fill(order: Cells, cells: Cells, reading: Reading) -> LedgerEvent:
    at, price, filled, total, fee = list(cells.values())[1:6]
    base, quote = split_pair(order["pair"], filled, total)
    amounts = plain_amount(filled, base), plain_amount(total, quote)
    cost = with_coin(fee, (base, quote)) if fee not in ("", "0") else (ZERO, "")
    return traded("orders", order["type"], (base, quote), amounts, cost, number(price), at, reading)
