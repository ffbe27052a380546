"""Sums of the books: of everything, and of each coin and contract, now and up to any instant; and counts of trades.

Each answer is one look into an index, however long the history is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, Table, and_, func, insert, or_, select

from backend.core.ledger.book_sums import METHODS, BookedStep, SubjectRun, Sums
from backend.db.book_models import booked_runs, booked_subject_runs, booked_sums, booked_trades
from backend.db.book_reports import SqlBookReports, by_method
from backend.db.dialect import upsert
from backend.db.models import ledger_events

if TYPE_CHECKING:
    from backend.core.model.booked import StoredRun

CHUNK: Final = 500


class SqlBookRuns(SqlBookReports):
    """Sums and counts; rows of the yearly lists are the inherited `SqlBookReports`."""

    def add_runs(self, account_id: int, runs: Mapping[int, str]) -> None:
        """Texts of the sums after the last event of each instant."""
        self._insert(booked_runs, [{"account_id": account_id, "at": at, "figures": text} for at, text in runs.items()])

    def add_subject_runs(self, account_id: int, runs: Mapping[tuple[str, bool, int], StoredRun]) -> None:
        """What is known of coins (False) and contracts (True) after the last event of each instant."""
        rows = [
            {
                "account_id": account_id,
                "subject": subject,
                "futures": futures,
                "at": at_ms,
                "figures": run.figures,
                "held": run.held,
                **{f"held_cost_{method}": cost for method, cost in zip(METHODS, run.held_cost, strict=True)},
            }
            for (subject, futures, at_ms), run in runs.items()
        ]
        self._insert(booked_subject_runs, rows)

    def put_sums(self, account_id: int, sums: Mapping[tuple[str, bool], Sums]) -> None:
        rows = [
            {"account_id": account_id, "subject": subject, "futures": futures, "figures": figures.text()}
            for (subject, futures), figures in sums.items()
        ]
        self._put(booked_sums, ["account_id", "subject", "futures"], rows)

    def sums(self, account_id: int) -> Mapping[tuple[str, bool], Sums]:
        """Sums of every coin (False) and contract (True)."""
        query = select(booked_sums).where(booked_sums.c.account_id == account_id)
        rows = self._connection.execute(query.order_by(booked_sums.c.subject, booked_sums.c.futures))
        return {(row.subject, row.futures): Sums.thaw(json.loads(row.figures)) for row in rows}

    def run_at(self, account_id: int, at_ms: int | None) -> Sums:
        """The sums of everything before an instant, or of everything."""
        query = select(booked_runs.c.figures).where(booked_runs.c.account_id == account_id)
        if at_ms is not None:
            query = query.where(booked_runs.c.at < at_ms)
        text = self._connection.execute(query.order_by(booked_runs.c.at.desc()).limit(1)).scalar()
        return Sums() if text is None else Sums.thaw(json.loads(text))

    def subject_runs(self, account_id: int, at_ms: int) -> Mapping[tuple[str, bool], SubjectRun]:
        """What every coin and contract had come to before an instant; those that there were none of yet are left out.

        One look into the index each, however long their history is.
        """
        run, whose = booked_subject_runs.c, booked_sums.c
        newest = (
            select(run.at)
            .where(run.account_id == whose.account_id, run.subject == whose.subject, run.futures == whose.futures)
            .where(run.at < at_ms)
            .order_by(run.at.desc())
            .limit(1)
            .correlate(booked_sums)
            .scalar_subquery()
        )
        found = and_(
            run.account_id == whose.account_id,
            run.subject == whose.subject,
            run.futures == whose.futures,
            run.at == newest,
        )
        query = select(booked_subject_runs).select_from(booked_sums.join(booked_subject_runs, found))
        query = query.where(whose.account_id == account_id).order_by(whose.subject, whose.futures)
        rows = self._connection.execute(query)
        return {(row.subject, row.futures): _run(row) for row in rows}

    def steps(self, account_id: int, asset: str, first_ms: int, last_ms: int | None) -> Sequence[BookedStep]:
        """What a coin came to, instant by instant with first <= instant <= last, and the one before them where there is
        any; with the ledger's events that changed it.
        """
        run, told = booked_subject_runs.c, ledger_events.c
        own = and_(run.account_id == account_id, run.subject == asset, run.futures.is_(False))
        before = select(run.at).where(own, run.at < first_ms).order_by(run.at.desc()).limit(1)
        start_ms = self._connection.execute(before).scalar()
        query = select(booked_subject_runs).where(own, run.at >= (first_ms if start_ms is None else start_ms))
        touched = or_(told.asset_in == asset, told.asset_out == asset, told.fee_asset == asset)
        events = select(told.at, told.id, told.kind).where(told.account_id == account_id, told.at >= first_ms, touched)
        if last_ms is not None:
            query, events = query.where(run.at <= last_ms), events.where(told.at <= last_ms)
        at_instants: dict[int, list[tuple[int, str]]] = {}
        for at_ms, number, kind in self._connection.execute(events.order_by(told.id)):
            at_instants.setdefault(at_ms, []).append((number, kind))
        found = []
        for row in self._connection.execute(query.order_by(run.at)):
            here = at_instants.get(row.at, ())
            found.append(BookedStep(row.at, _run(row), tuple(one[0] for one in here), tuple(one[1] for one in here)))
        return found

    def count_trades(
        self, account_id: int, symbol: str | None, side: str | None, span_ms: tuple[int | None, int | None]
    ) -> int:
        """How many trades there are with start <= instant < end: each carries the count up to it."""
        start, end = span_ms
        before = 0 if start is None else self._trades_before(account_id, symbol, side, start)
        return max(self._trades_before(account_id, symbol, side, end) - before, 0)

    def _trades_before(self, account_id: int, symbol: str | None, side: str | None, end_ms: int | None) -> int:
        table = booked_trades.c
        buys, sells = (table.buys, table.sells) if symbol is None else (table.symbol_buys, table.symbol_sells)
        count = buys + sells if side is None else buys if side == "BUY" else sells
        wanted = [table.account_id == account_id]
        if symbol is not None:
            wanted.append(table.symbol == symbol)
        if end_ms is not None:
            wanted.append(table.at < end_ms)
        last = select(table.at).where(*wanted).order_by(table.at.desc()).limit(1).scalar_subquery()
        # Of the trades of one instant the last has the highest count, whatever its number is.
        return self._connection.execute(select(func.max(count)).where(*wanted, table.at == last)).scalar() or 0

    def _put(self, table: Table, key: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows, or overwrite those with the same key: one statement, as building it costs more than a row."""
        if rows:
            statement = upsert(self._connection)(table)
            changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
            self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows)

    def _insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(rows), CHUNK):
            self._connection.execute(insert(table), rows[start : start + CHUNK])


def _run(row: Row[Any]) -> SubjectRun:
    return SubjectRun(Sums.thaw(json.loads(row.figures)), row.held, by_method(row, "held_cost"))
