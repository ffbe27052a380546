"""Every stored figure that `verify` recomputes, by table, natural key and name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Context, Decimal
from math import isnan
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from backend.core.ledger.book_sums import METHODS
from backend.core.series import unpacked
from backend.db.book_models import (
    booked_disposals,
    booked_income,
    booked_lots,
    booked_positions,
    booked_runs,
    booked_subject_runs,
    booked_sums,
    booked_trades,
    books,
)
from backend.db.daily import daily_rows
from backend.db.models import cash_flows, closing_findings, closings, snapshots
from backend.db.packed import packed_series
from backend.db.shadows import hold_rows

# Table, natural key, figure.
Figure = tuple[str, str, str]
WIDE: Final = Context(prec=60)
LAST: Final = Decimal("1e-24")
ABSENT: Final = "absent"
HALVES: Final = ("BTC", "ETH")
STATISTICS: Final = {
    "growth_index", "twr", "pnl_percent", "benchmark_index", "high", "low", "fall", "benchmark_high", "benchmark_low",
    "benchmark_fall", "hold_index", "growth", "benchmark", "value", "benchmark reset_index", "state index",
}  # fmt: skip
COLUMNS: Final[dict[Table, tuple[str, ...]]] = {
    snapshots: (
        "composition", "total_value_usd", "flow_usd", "deposits_usd", "cum_flows_usd", "cum_deposits_usd",
        "first_value_usd", "pnl", "pnl_percent", "growth_index", "twr", "benchmark_index", "benchmark_value_usd", "seq",
        "slots", "slots_expected", "doubts", "status", "reason",
    ),
    cash_flows: ("quantity", "price_usd", "amount_usd", "status", "reason"),
    closings: ("flows_usd", "realized_usd", "unrealized_usd", "income_usd", "fees_usd"),
    daily_rows: (
        "growth_index", "benchmark_index", "value_usd", "benchmark_value_usd", "hours", "value_sum_usd", "high", "low",
        "fall", "doubts", "reason", "open_reason", "benchmark_hours", "benchmark_sum_usd", "benchmark_high",
        "benchmark_low", "benchmark_fall",
    ),
    booked_trades: (
        "quantity", "price", "quote_quantity", "value_usd", "fee", "fee_usd", *(f"realized_{one}" for one in METHODS),
        "status", "reason", "side",
    ),
    booked_lots: ("quantity", "market_value", "cost", "state"),
    booked_disposals: (
        "quantity", "proceeds", "kind", "estimated",
        *(f"{name}_{one}" for name in ("cost", "acquired", "acquired_last") for one in METHODS),
    ),
    booked_income: ("quantity", "value_usd"),
    booked_positions: (
        "came", "cost", "sold", "proceeds", "income", "fees", "held", *(f"held_cost_{one}" for one in METHODS),
        *(f"realized_{one}" for one in METHODS), "opened_at", "closed_at", "cost_status", "trades",
    ),
    hold_rows: ("value_usd", "hold_index", "reason"),
    closing_findings: ("residual_usd", "after"),
}  # fmt: skip
SUMS: Final = ("trades", "closing", "income", "fees")
LISTS: Final = ("realized", "transferred", "winning", "gains", "losses")


def figures(connection: Connection, account: int) -> dict[Figure, Any]:
    """Everything stored that `verify` recomputes, by table, key and name."""
    numbers = row_numbers(connection)
    found: dict[Figure, Any] = {}
    for table, columns in COLUMNS.items():
        for row in connection.execute(select(table).where(table.c.account_id == account)):
            key = key_of(table, row, numbers)
            found[table.name, key, "row"] = True
            for column in columns:
                found[table.name, key, column] = getattr(row, column)
            if table is snapshots:
                found |= {(table.name, key, name): value for name, value in _benchmark(row.benchmark_state)}
            if table is hold_rows and row.state is not None:
                found |= {(table.name, key, f"state {name}"): value for name, value in _hold_state(row.state)}
    for table, name in ((booked_runs, "at"), (booked_sums, "subject")):
        for row in connection.execute(select(table).where(table.c.account_id == account)):
            key = str(getattr(row, name))
            found[table.name, key, "row"] = True
            for figure, value in _sums(row.figures):
                found[table.name, key, figure] = value
    for row in connection.execute(select(booked_subject_runs).where(booked_subject_runs.c.account_id == account)):
        key = f"{row.at} {row.subject}"
        found[booked_subject_runs.name, key, "row"] = True
        found |= {(booked_subject_runs.name, key, figure): value for figure, value in _sums(row.figures)}
        for name in ("held", *(f"held_cost_{one}" for one in METHODS)):
            found[booked_subject_runs.name, key, name] = getattr(row, name)
    return found | _positions(connection, account) | _books(connection, account) | _packed(connection, account)


def _benchmark(text: str | None) -> Iterator[tuple[str, Any]]:
    if text is None:
        return
    at_ms, index, since, units, *rest = json.loads(text)
    marks = rest.pop(0) if isinstance(rest[0], list) else (None, None, None)
    exhausted, doubt, missed = (*rest, None, None)[:3]
    plain = {"reset_at": at_ms, "reset_index": index, "exhausted": exhausted, "doubt": doubt, "missed": missed}
    plain |= zip(("doubted_at", "doubted", "line_doubt"), marks, strict=True)
    yield from ((f"benchmark {name}", value) for name, value in plain.items())
    yield from ((f"benchmark reset_price {coin}", price) for coin, price in zip(HALVES, since, strict=True))
    yield from ((f"benchmark units {coin}", Decimal(quantity)) for coin, quantity in units.items())


def _hold_state(text: str) -> Iterator[tuple[str, Any]]:
    index, base, units, exhausted, doubt, broken = json.loads(text)
    plain = {"index": index, "base": Decimal(base), "exhausted": exhausted, "doubt": doubt, "broken": broken}
    yield from plain.items()
    yield from ((f"units {coin}", Decimal(quantity)) for coin, quantity in units.items())


def _books(connection: Connection, account: int) -> dict[Figure, Any]:
    row = connection.execute(select(books).where(books.c.account_id == account)).one()
    names = ("reason", "first_trade_at", "open_count", "closed_count", "unknown_lots")
    return {(books.name, "state", name): getattr(row, name) for name in names}


def _packed(connection: Connection, account: int) -> dict[Figure, Any]:
    content = connection.execute(select(packed_series.c.content).where(packed_series.c.account_id == account)).scalar()
    found: dict[Figure, Any] = {}
    if content is not None:
        lines = unpacked(content)
        for name, line in (("value", lines.value), ("growth", lines.growth), ("benchmark", lines.benchmark)):
            told = (None if isnan(value) else value for value in line.tolist())
            at = ((packed_series.name, str(at_ms), name) for at_ms in lines.at_ms.tolist())
            found |= dict(zip(at, told, strict=True))
    return found


def _positions(connection: Connection, account: int) -> dict[Figure, Any]:
    text = connection.exec_driver_sql(f"SELECT positions FROM account_sync WHERE account_id = {account}").scalar()
    stored = json.loads(text or "{}")
    found: dict[Figure, Any] = {("account_sync", "positions", "realized"): Decimal(stored["realized"])}
    found |= {("account_sync", "positions", name): stored[name] for name in ("complete", "reason")}
    found["account_sync", "positions", "unknown"] = tuple(stored["unknown"])
    for asset, (quantity, cost, unknown) in stored["open"].items():
        found["account_sync", f"positions {asset}", "unknown"] = unknown
        found["account_sync", f"positions {asset}", "quantity"] = Decimal(quantity)
        found["account_sync", f"positions {asset}", "cost"] = Decimal(cost)
    return found


def _sums(text: str) -> Iterator[tuple[str, Decimal]]:
    trades, closing, income, fees, *lists = json.loads(text)
    yield from zip(SUMS, map(Decimal, (trades, closing, income, fees)), strict=True)
    for name, values in zip(LISTS, lists, strict=True):
        for method, value in zip(METHODS, values, strict=True):
            yield f"{name}_{method}", Decimal(value)


def key_of(table: Table, row: Any, numbers: dict[tuple[str, int], str]) -> str:
    if table in (booked_disposals, booked_income):
        return numbers[table.name, row.id]
    if table is booked_positions:
        return f"{row.asset} {row.number}"
    if table in (booked_trades, booked_lots):
        return str(row.event_id)
    if table is cash_flows:
        return str(row.id)
    if table is closing_findings:
        return str(row.until)
    return str(row.day if table is daily_rows else row.timestamp)


def row_numbers(connection: Connection) -> dict[tuple[str, int], str]:
    """Disposals and income by event and place: their numbers change whenever they are written."""
    found: dict[tuple[str, int], str] = {}
    for table in (booked_disposals, booked_income):
        places: dict[int, int] = {}
        for row in connection.execute(select(table.c.id, table.c.event_id).order_by(table.c.id)):
            place = places[row.event_id] = places.get(row.event_id, -1) + 1
            found[table.name, row.id] = f"{row.event_id} {place}"
    return found


def same_figure(name: str, one: Any, other: Any) -> bool:
    if ABSENT in (one, other) and one is not other:
        # A position of nothing is none.
        return {str(one), str(other)} <= {ABSENT, "0"}
    if one is None or other is None or one is other:
        return bool(one is other)
    if name == "composition":
        return bool(_composition(one) == _composition(other))
    if name in STATISTICS:
        return bool(abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0))
    if isinstance(one, float) or isinstance(other, float):
        return bool(abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0))
    if isinstance(one, Decimal):
        return bool(abs(one - other) <= Decimal("1e-24") * max(abs(one), abs(other), Decimal(1)))
    return bool(one == other)


def _composition(text: str) -> dict[str, list[Decimal | None]]:
    def cut(value: str | None) -> Decimal | None:
        return None if value is None else WIDE.create_decimal(value).quantize(LAST, context=WIDE)

    return {asset: [cut(quantity), cut(price)] for asset, (quantity, price) in json.loads(text).items()}
