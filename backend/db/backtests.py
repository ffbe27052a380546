"""Backtests and what came of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from backend.core.backtest_ports import BacktestState, StoredBacktest
from backend.core.rebalancing.backtest_text import (
    BacktestFacts,
    decode_facts,
    decode_figures,
    decode_request,
    encode_facts,
    encode_figures,
    encode_request,
)
from backend.db.backtest_models import backtest_results as results
from backend.db.backtest_models import backtests
from backend.db.dialect import upsert

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest_figures import BacktestFigures
    from backend.core.rebalancing.backtest_request import BacktestRequest

FINAL = ("done", "failed", "cancelled")


class SqlBacktests:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def add(self, environment: str, request: BacktestRequest) -> int:
        values = {
            "environment": environment,
            "account_id": request.account_id,
            "created_machine": self._now_ms(),
            "state": "queued",
            "request": json.dumps(encode_request(request)),
            "loaded": 0.0,
        }
        return int(self._connection.execute(insert(backtests).values(values).returning(backtests.c.id)).scalar_one())

    def find(self, environment: str, number: int) -> StoredBacktest | None:
        query = _all().where(backtests.c.environment == environment, backtests.c.id == number)
        row = self._connection.execute(query).first()
        return None if row is None else _stored(row)

    def newest(self, environment: str, limit: int) -> Sequence[StoredBacktest]:
        query = _all().where(backtests.c.environment == environment).order_by(backtests.c.id.desc()).limit(limit)
        return [_stored(row) for row in self._connection.execute(query)]

    def unfinished(self, environment: str) -> StoredBacktest | None:
        query = _all().where(backtests.c.environment == environment, backtests.c.state.not_in(FINAL))
        row = self._connection.execute(query.order_by(backtests.c.id).limit(1)).first()
        return None if row is None else _stored(row)

    def move(self, number: int, state: BacktestState, code: str | None = None, detail: str | None = None) -> bool:
        done = self._connection.execute(
            update(backtests)
            .where(backtests.c.id == number, backtests.c.state.not_in(FINAL))
            .values(state=state, code=code, detail=detail)
        )
        return done.rowcount == 1

    def note_loaded(self, number: int, loaded: float) -> None:
        self._connection.execute(update(backtests).where(backtests.c.id == number).values(loaded=loaded))

    def note_facts(self, number: int, facts: BacktestFacts) -> None:
        before = self._connection.execute(select(backtests.c.facts).where(backtests.c.id == number)).scalar()
        if before is not None and decode_facts(json.loads(before)).mark != facts.mark:
            self._connection.execute(delete(results).where(results.c.backtest_id == number))
        stored = json.dumps(encode_facts(facts))
        self._connection.execute(update(backtests).where(backtests.c.id == number).values(facts=stored, loaded=1.0))

    def put(self, number: int, place: int, figures: BacktestFigures) -> None:
        values = {"backtest_id": number, "place": place, "figures": json.dumps(encode_figures(figures))}
        statement = upsert(self._connection)(results).values(values)
        self._connection.execute(statement.on_conflict_do_nothing())

    def results(self, number: int) -> Mapping[int, BacktestFigures]:
        query = select(results.c.place, results.c.figures).where(results.c.backtest_id == number)
        rows = self._connection.execute(query.order_by(results.c.place))
        return {row.place: decode_figures(json.loads(row.figures)) for row in rows}

    def forget_old(self, environment: str, keep: int) -> None:
        mine = select(backtests.c.id).where(backtests.c.environment == environment, backtests.c.state.in_(FINAL))
        kept = mine.order_by(backtests.c.id.desc()).limit(keep)
        self._connection.execute(delete(backtests).where(backtests.c.id.in_(mine), backtests.c.id.not_in(kept)))


def _all() -> Select[Any]:
    computed = select(func.count()).where(results.c.backtest_id == backtests.c.id).scalar_subquery()
    return select(backtests, computed.label("computed"))


def _stored(row: Row[Any]) -> StoredBacktest:
    return StoredBacktest(
        id=row.id,
        environment=row.environment,
        created_ms=row.created_machine,
        state=row.state,
        request=decode_request(json.loads(row.request)),
        loaded=row.loaded,
        computed=row.computed,
        facts=None if row.facts is None else decode_facts(json.loads(row.facts)),
        code=row.code,
        detail=row.detail,
    )
