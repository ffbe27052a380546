"""Snapshots: stored valuations with their running figures. Every query is bounded or reads by index.

What repairs chains and what reads series is imported where it is needed: the first page after a start reads one row of
each account, and would wait for numpy.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Double,
    Row,
    Select,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from backend.core.model.amounts import ZERO, plain, total
from backend.core.model.valuation import BenchmarkTail, Holding, SnapshotRow
from backend.db.models import DAY_MS, accounts, snapshots
from backend.db.months import first_rows, make_months, stretches, within
from backend.db.types import ExactDecimal, exact_sum
from backend.db.wholes import mark_wholes

if TYPE_CHECKING:
    from backend.core.performance.chain_shift import AtFlow, Repair, Step
    from backend.core.series import SeriesChunk
    from backend.db.daily import SqlDaily

CHUNK = 500
# In the very words of the index of these rows.
MIDNIGHT = f"timestamp % {DAY_MS} = 0"


class SqlSnapshots:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _daily(self) -> SqlDaily:
        from backend.db.daily import SqlDaily

        return SqlDaily(self._connection)

    def last(self, account_id: int, before_ms: int | None = None) -> SnapshotRow | None:
        """The newest row, or the newest strictly before an instant."""
        query = _of(account_id).order_by(snapshots.c.timestamp.desc())
        return self._one(query, before_ms=before_ms, newest_first=True)

    def newest(self, account_ids: Collection[int]) -> dict[int, SnapshotRow]:
        """The newest row of each of some accounts; without those that have none."""
        own, table, other = accounts.c, snapshots.c, snapshots.alias()
        found: dict[int, SnapshotRow] = {}
        for stretch in stretches(self._connection, newest_first=True):
            inside = within(stretch, other)
            newest = select(func.max(other.c.timestamp)).where(other.c.account_id == own.id, *inside).scalar_subquery()
            query = select(snapshots).join(accounts, own.id == table.account_id).where(*within(stretch))
            missing = [account for account in account_ids if account not in found]
            rows = self._connection.execute(query.where(own.id.in_(missing), table.timestamp == newest))
            found |= {row.account_id: row_of(row) for row in rows}
            if len(found) == len(account_ids):
                break
        return found

    def at_or_before(self, account_id: int, at_ms: int) -> SnapshotRow | None:
        """The newest row not later than an instant."""
        return self.last(account_id, at_ms + 1)

    def first(self, account_id: int) -> SnapshotRow | None:
        return self._one(_of(account_id).order_by(snapshots.c.timestamp))

    def append(self, rows: Sequence[SnapshotRow]) -> None:
        """Add rows behind all others, and to the days; one a moment and account, which a unique index guards."""
        make_months(self._connection, (row.at_ms for row in rows))
        for start in range(0, len(rows), CHUNK):
            self._connection.execute(insert(snapshots), [values_of(row) for row in rows[start : start + CHUNK]])
        self._daily.follow(rows)

    def delete_from(self, account_id: int, at_ms: int) -> None:
        """Drop the rows from an instant on: they are about to be computed anew."""
        mark_wholes(self._connection, account_id, at_ms)
        self._connection.execute(
            delete(snapshots).where(snapshots.c.account_id == account_id, snapshots.c.timestamp >= at_ms)
        )
        self._daily.refold(account_id, at_ms)

    def at_flows(self, account_id: int, from_ms: int) -> Sequence[AtFlow]:
        """Of the rows from an instant on those that a flow has made, or changed the sums behind."""
        from backend.core.performance.chain_shift import AtFlow

        table = snapshots.c
        query = select(table.timestamp, table.kind, table.flow_usd, table.reason).where(
            table.account_id == account_id,
            table.timestamp >= from_ms,
            (table.kind == "flow") | (table.flow_usd != literal(ZERO, ExactDecimal())),
        )
        return [AtFlow(*row) for row in self._connection.execute(query.order_by(table.timestamp))]

    def first_after(self, account_id: int, after_ms: int) -> SnapshotRow | None:
        """The oldest row later than an instant."""
        return self._one(_of(account_id).order_by(snapshots.c.timestamp), after_ms + 1)

    def repair(self, account_id: int, repair: Repair) -> None:
        """Change the rows and days that a repair of the chain changes, each stretch between two flows at once."""
        mark_wholes(self._connection, account_id, repair.from_ms)
        table = snapshots.c
        own = table.account_id == account_id
        for start in range(0, len(repair.removed), CHUNK):
            gone = table.timestamp.in_(repair.removed[start : start + CHUNK])
            self._connection.execute(delete(snapshots).where(own, gone))
        for shift in repair.shifts:
            values = _stepped(shift.step) | ({"benchmark_value_usd": None} if repair.line_lost else {})
            inside = (table.timestamp > shift.after_ms) & (table.timestamp < shift.before_ms)
            if values:
                self._connection.execute(update(snapshots).where(own, inside).values(values))
        make_months(self._connection, (row.at_ms for row in repair.put))
        for row in repair.put:
            values = values_of(row)
            known = self._connection.execute(update(snapshots).where(own, table.timestamp == row.at_ms).values(values))
            if not known.rowcount:
                self._connection.execute(insert(snapshots).values(values))
        self._daily.repair(account_id, repair)

    def lose_line(self, account_id: int, reason: str) -> None:
        """Have the money line of the benchmark unknown in the newest row, and so in those that will follow it."""
        from backend.core.performance.snapshot_chain import without_line

        last = self.last(account_id)
        if last is not None:
            values = values_of(without_line(last, reason))
            here = (snapshots.c.account_id == account_id) & (snapshots.c.timestamp == last.at_ms)
            self._connection.execute(update(snapshots).where(here).values(values))

    def manual_instants(self, account_id: int, from_ms: int) -> Sequence[int]:
        """When the user took snapshots by hand, from an instant on: a rebuild keeps them."""
        query = select(snapshots.c.timestamp).where(
            snapshots.c.account_id == account_id, snapshots.c.timestamp >= from_ms, snapshots.c.kind == "manual"
        )
        return list(self._connection.execute(query.order_by(snapshots.c.timestamp)).scalars())

    def first_doubt(self, account_id: int, start_ms: int, end_ms: int) -> str | None:
        """The reason of the first doubtful row with start < instant <= end."""
        query = select(snapshots.c.reason).where(
            snapshots.c.account_id == account_id,
            snapshots.c.timestamp > start_ms,
            snapshots.c.timestamp <= end_ms,
            snapshots.c.reason.is_not(None),
        )
        return self._connection.execute(query.order_by(snapshots.c.timestamp).limit(1)).scalar()

    def benchmark_doubt(self, account_id: int, start_ms: int, end_ms: int) -> str | None:
        """The doubt about the benchmark of the first row at 00:00 UTC with start <= instant <= end that has one."""
        # `benchmark_text`: what has no doubt of its own ends with whether the line is exhausted.
        tails = self._benchmarks_at_midnight(account_id, start_ms, end_ms, ("%false]", "%true]"))
        return next((tail.doubt for _, tail in tails if tail.doubt is not None), None)

    def doubted_benchmarks(self, account_id: int, start_ms: int, end_ms: int) -> Mapping[int, BenchmarkTail]:
        """The benchmark at each 00:00 UTC with start <= instant <= end at which it is doubtful, or was before."""
        return dict(self._benchmarks_at_midnight(account_id, start_ms, end_ms, ("%}, false]", "%}, true]")))

    def _benchmarks_at_midnight(
        self, account_id: int, start_ms: int, end_ms: int, without: Sequence[str]
    ) -> Iterator[tuple[int, BenchmarkTail]]:
        state = snapshots.c.benchmark_state
        query = select(snapshots.c.timestamp, state).where(
            snapshots.c.account_id == account_id,
            snapshots.c.timestamp >= start_ms,
            snapshots.c.timestamp <= end_ms,
            text(MIDNIGHT),
            *(state.not_like(ending) for ending in without),
        )
        for at_ms, stored in self._connection.execute(query.order_by(snapshots.c.timestamp)):
            yield at_ms, _benchmark(json.loads(stored))

    def page(
        self, account_ids: Sequence[int], before_ms: int | None, after: tuple[int, int] | None, limit: int
    ) -> Sequence[SnapshotRow]:
        """Rows not later than an instant, newest first; `after` is the (instant, account) of the last row before."""
        query = select(snapshots).where(snapshots.c.account_id.in_(account_ids))
        until_ms = before_ms
        if after is not None:
            at_ms, account_id = after
            until_ms = at_ms if before_ms is None else min(at_ms, before_ms)
            # Accounts share the instants of the grid: the instant alone would skip the others at a page's end.
            rest = and_(snapshots.c.timestamp == at_ms, snapshots.c.account_id < account_id)
            query = query.where(or_(snapshots.c.timestamp < at_ms, rest))
        query = query.order_by(snapshots.c.timestamp.desc(), snapshots.c.account_id.desc())
        end_ms = None if until_ms is None else until_ms + 1
        rows = first_rows(self._connection, query, limit, before_ms=end_ms, newest_first=True)
        return [row_of(row) for row in rows]

    def at_instants(self, account_id: int, instants_ms: Sequence[int]) -> Sequence[SnapshotRow]:
        """The rows of some instants, oldest first."""
        found: list[SnapshotRow] = []
        for start in range(0, len(instants_ms), CHUNK):
            chunk = instants_ms[start : start + CHUNK]
            query = _of(account_id).where(snapshots.c.timestamp.in_(chunk)).order_by(snapshots.c.timestamp)
            found.extend(row_of(row) for row in self._connection.execute(query))
        return found

    def from_instant(self, account_id: int, from_ms: int, limit: int) -> Sequence[SnapshotRow]:
        """The first rows not earlier than an instant, oldest first."""
        query = _of(account_id).order_by(snapshots.c.timestamp)
        return [row_of(row) for row in first_rows(self._connection, query, limit, from_ms)]

    def money_at(self, account_id: int, instants_ms: Sequence[int]) -> Mapping[int, tuple[Decimal, Decimal]]:
        """Value and net deposits just before the flow of each instant that has a row."""
        table = snapshots.c
        found: dict[int, tuple[Decimal, Decimal]] = {}
        for start in range(0, len(instants_ms), CHUNK):
            query = select(table.timestamp, table.total_value_usd, table.first_value_usd, table.cum_flows_usd).where(
                table.account_id == account_id, table.timestamp.in_(instants_ms[start : start + CHUNK])
            )
            for at_ms, value, first, flows in self._connection.execute(query):
                found[at_ms] = (value, total([first, flows]))
        return found

    def values_before(self, account_id: int, instants_ms: Sequence[int]) -> Mapping[int, Decimal]:
        """The value just before each instant that has a row of its own."""
        query = select(snapshots.c.timestamp, snapshots.c.total_value_usd).where(
            snapshots.c.account_id == account_id, snapshots.c.timestamp.in_(instants_ms)
        )
        return {row.timestamp: row.total_value_usd for row in self._connection.execute(query)}

    def series_after(self, account_id: int, after_ms: int) -> SeriesChunk:
        """Instants, indices and values of all rows after an instant, for readers that keep them in memory."""
        from backend.db.snapshot_series import series_after

        return series_after(self._connection, account_id, after_ms)

    def count_flows(self, account_id: int) -> int:
        query = select(func.count()).where(snapshots.c.account_id == account_id, snapshots.c.kind == "flow")
        return self._connection.execute(query).scalar_one()

    def _one(
        self,
        query: Select[Any],
        from_ms: int | None = None,
        before_ms: int | None = None,
        *,
        newest_first: bool = False,
    ) -> SnapshotRow | None:
        rows = first_rows(self._connection, query, 1, from_ms, before_ms, newest_first=newest_first)
        return row_of(rows[0]) if rows else None


def _of(account_id: int) -> Select[Any]:
    return select(snapshots).where(snapshots.c.account_id == account_id)


def _stepped(step: Step) -> dict[str, Any]:
    """What a step makes of the columns of a row. A profit is its value less what was put in."""
    from backend.core.performance.chain_shift import NO_STEP

    table = snapshots.c
    if step == NO_STEP:
        return {}
    growth = table.growth_index * step.growth
    profit = cast(table.pnl, Double) - float(step.flows)
    capital = cast(table.first_value_usd, Double) + cast(table.cum_deposits_usd, Double) + float(step.deposits)
    return {
        "growth_index": growth,
        "twr": (growth - 1.0) * 100.0,
        "doubts": table.doubts + step.doubts,
        "seq": table.seq + step.seq,
        "slots": table.slots + step.slots,
        "cum_flows_usd": exact_sum(table.cum_flows_usd, step.flows),
        "cum_deposits_usd": exact_sum(table.cum_deposits_usd, step.deposits),
        "pnl": exact_sum(table.pnl, -step.flows),
        "pnl_percent": case((capital > 0, profit / capital * 100.0)),
    }


def values_of(row: SnapshotRow) -> dict[str, Any]:
    """A row as it is stored, without its id."""
    known = not math.isnan(row.growth_index)
    return {
        "account_id": row.account_id,
        "timestamp": row.at_ms,
        "kind": row.kind,
        "total_value_usd": row.value,
        "twr": (row.growth_index - 1.0) * 100.0 if known else None,
        "pnl": row.pnl,
        "pnl_percent": float(row.pnl / row.capital * 100) if row.capital > 0 else None,
        "composition": json.dumps(
            {
                asset: [plain(holding.quantity), None if holding.price is None else plain(holding.price)]
                for asset, holding in row.composition.items()
            },
            separators=(",", ":"),
        ),
        "flow_usd": row.flow,
        "deposits_usd": row.deposits,
        "cum_flows_usd": row.cum_flows,
        "cum_deposits_usd": row.cum_deposits,
        "first_value_usd": row.first_value,
        "growth_index": row.growth_index if known else None,
        "benchmark_index": row.benchmark_index,
        "benchmark_value_usd": row.benchmark_value,
        "benchmark_state": None if row.benchmark is None else benchmark_text(row.benchmark),
        "status": row.status,
        "reason": row.reason,
        "doubts": row.doubts,
        "seq": row.seq,
        "slots": row.slots,
        "slots_expected": row.slots_expected,
    }


def row_of(row: Row[Any]) -> SnapshotRow:
    """A stored row, of the snapshots or of the drafts."""
    return SnapshotRow(
        id=row.id,
        account_id=row.account_id,
        at_ms=row.timestamp,
        kind=row.kind,
        value=row.total_value_usd,
        flow=row.flow_usd,
        deposits=row.deposits_usd,
        cum_flows=row.cum_flows_usd,
        cum_deposits=row.cum_deposits_usd,
        first_value=row.first_value_usd,
        growth_index=math.nan if row.growth_index is None else row.growth_index,
        benchmark_index=row.benchmark_index,
        benchmark_value=row.benchmark_value_usd,
        benchmark=None if row.benchmark_state is None else _benchmark(json.loads(row.benchmark_state)),
        status=row.status,
        reason=row.reason,
        doubts=row.doubts,
        seq=row.seq,
        slots=row.slots,
        slots_expected=row.slots_expected,
        composition={
            asset: Holding(Decimal(quantity), None if price is None else Decimal(price))
            for asset, (quantity, price) in json.loads(row.composition).items()
        },
    )


def benchmark_text(tail: BenchmarkTail) -> str:
    units = {coin: plain(quantity) for coin, quantity in tail.units.items()}
    marks = (tail.doubted_at_ms, tail.doubted, tail.line_doubt)
    # Nearly all rows have none of them: what was doubtful before, and what is so now.
    kept = [] if marks == (None, None, None) else [marks]
    own = [] if tail.doubt is tail.missed is None else [tail.doubt, tail.missed]
    return json.dumps([tail.reset_at_ms, tail.reset_index, list(tail.reset_prices), units, *kept, tail.exhausted, *own])


def _benchmark(stored: list[Any]) -> BenchmarkTail:
    at_ms, index, prices, units, *rest = stored
    marks = rest.pop(0) if isinstance(rest[0], list) else (None, None, None)
    exhausted, doubt, missed = (*rest, None, None)[:3]
    held = {coin: Decimal(quantity) for coin, quantity in units.items()}
    return BenchmarkTail(at_ms, index, tuple(prices), held, exhausted, doubt, missed, *marks)
