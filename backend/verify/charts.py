"""Charts that are stored ready to be sent: every point of those that would be sent now."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, select

from backend.core.model.instants import to_ms
from backend.core.stored_charts import ChartBody
from backend.db.charts import SqlCharts, stored_charts
from backend.verify.differences import EXACT, Report, Row

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Point:
    """What a snapshot comes to: `put_in` is all that was put in until just before it."""

    value: Decimal
    put_in: Decimal
    index: Decimal | None
    benchmark: Decimal | None


Line = Callable[[Point], Decimal | None]


@dataclass(slots=True)
class Charts:
    """Takes the snapshots in the order of time and compares the charts of an account at the end."""

    connection: Connection
    account: int
    report: Report
    _points: dict[int, Point] = field(default_factory=dict)

    def take(self, at_ms: int, point: Point) -> None:
        """Go on to the next snapshot."""
        self._points[at_ms] = point

    def finish(self) -> None:
        """Compare each chart whose ground is that of now: another one is never sent."""
        ground = json.dumps(list(astuple(SqlCharts(self.connection).ground(self.account))))
        table = stored_charts.c
        query = select(table.days, table.start, table.content).where(
            table.account_id == self.account, table.ground == ground
        )
        for days, start_ms, content in self.connection.execute(query):
            self._chart(days, start_ms, json.loads(ChartBody(content, "").content))

    def _chart(self, days: int, start_ms: int, body: dict[str, Any]) -> None:
        opening = self._points.get(start_ms)
        if opening is None:
            self._row(days, start_ms).exactly("start", start_ms, "no snapshot")
            return
        own, other = self._depths(start_ms, lambda one: one.index), self._depths(start_ms, lambda one: one.benchmark)
        for told in body["series"]:
            at_ms = to_ms(datetime.fromisoformat(told["t"]))
            point, row = self._points.get(at_ms), self._row(days, at_ms)
            if point is None:
                row.exactly("point", "a point", "no snapshot")
                continue
            row.money("value_usd", _decimal(told["value_usd"]), point.value)
            row.money("net_deposits_usd", _decimal(told["net_deposits_usd"]), point.put_in)
            row.percent("twr_percent", told["twr_percent"], _growth(opening.index, point.index))
            row.percent("benchmark_percent", told["benchmark_percent"], _growth(opening.benchmark, point.benchmark))
            row.percent("drawdown_percent", told["drawdown_percent"], own.get(at_ms))
            row.percent("benchmark_drawdown_percent", told["benchmark_drawdown_percent"], other.get(at_ms))

    def _row(self, days: int, at_ms: int) -> Row:
        return Row(self.report, stored_charts.name, self.account, None, at_ms, f"{days} days")

    def _depths(self, start_ms: int, line: Line) -> dict[int, float]:
        """How far a line lies below its highest value since the start, in percent."""
        found: dict[int, float] = {}
        peak = 0.0
        for at_ms, point in self._points.items():
            known = line(point)
            if at_ms < start_ms or known is None:
                continue
            value = float(known)
            peak = max(peak, value)
            if peak > 0:
                found[at_ms] = (value / peak - 1.0) * 100.0
        return found


def _growth(start: Decimal | None, end: Decimal | None) -> Decimal | None:
    if start is None or end is None or start <= 0:
        return None
    return EXACT.multiply(EXACT.subtract(EXACT.divide(end, start), Decimal(1)), HUNDRED)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
