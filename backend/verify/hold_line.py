"""The shadow that only holds, once more: the coins of its beginning and the flows since, at the prices of then."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.db.shadows import benchmark_plans, hold_rows
from backend.verify.differences import EXACT, Report, Row
from backend.verify.price_book import Told

if TYPE_CHECKING:
    from backend.verify.flows import Moved

PriceOf = Callable[[str, int], Told]


@dataclass(slots=True)
class _Held:
    """After the flows of an instant: `base` is the value then."""

    index: Decimal
    base: Decimal
    units: dict[str, Decimal]
    exhausted: bool
    doubt: str | None
    broken: str | None


@dataclass(slots=True)
class HoldPass:
    """Compares the rows of holding only beside the snapshots that they follow."""

    connection: Connection
    account: int
    report: Report
    _since_ms: int = 0
    _by_share: bool = False
    _chosen: bool = False
    _held: _Held | None = None
    _rows: Mapping[int, SqlRow[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = benchmark_plans.c
        choice = self.connection.execute(select(table.hold).where(table.account_id == self.account)).scalar()
        if choice is not None:
            since_ms, self._by_share = json.loads(choice)
            self._since_ms, self._chosen = since_ms or 0, True

    def load(self, from_ms: int, until_ms: int) -> None:
        """Put the rows with from <= instant <= until in the place of those before."""
        table = hold_rows.c
        query = select(hold_rows).where(
            table.account_id == self.account, table.timestamp >= from_ms, table.timestamp <= until_ms
        )
        self._rows = {row.timestamp: row for row in self.connection.execute(query)}

    def at(
        self, at_ms: int, value: Decimal, owned: Mapping[str, Decimal], flows: Sequence[Moved], price: PriceOf
    ) -> None:
        """Go on to a snapshot: its value, what is held just before its flows, and those."""
        if not self._chosen or at_ms < self._since_ms:
            return
        opens = self._held is None
        with localcontext(EXACT):
            held = self._held or _Held(Decimal(1), ZERO, dict(owned), exhausted=False, doubt=None, broken=None)
            told = {coin: price(coin, at_ms) for coin in held.units}
            worth = sum((held.units[coin] * (known or ZERO) for coin, (known, _) in told.items()), ZERO)
            if opens:
                held.base = worth
            doubt = held.doubt or next((f"{why}:{coin}" for coin, (_, why) in told.items() if why is not None), None)
            broken = held.broken or ("negative_value" if worth < 0 else None)
            index = held.index * worth / held.base if held.base > 0 else held.index
            self._compare(at_ms, worth, None if broken else index, broken or doubt)
            held = _Held(index, held.base, held.units, held.exhausted, doubt, broken) if opens else held
            self._held = self._moved(held, value, worth, index, doubt, flows, broken) if flows else held
        if flows or opens:
            self._compare_state(at_ms, self._held)

    def _moved(
        self,
        held: _Held,
        value: Decimal,
        worth: Decimal,
        index: Decimal,
        doubt: str | None,
        flows: Sequence[Moved],
        broken: str | None,
    ) -> _Held:
        units = dict(held.units)
        arrived = left = ZERO
        came = False
        for flow in flows:
            if flow.quantity > 0:
                units[flow.coin] = units.get(flow.coin, ZERO) + flow.quantity
                came = True
            amount = flow.amount or ZERO
            arrived += max(amount, ZERO)
            left += max(-amount, ZERO)
        exhausted = held.exhausted and not came
        base = worth + arrived
        if left > 0:
            before = value + arrived if self._by_share else base
            kept = 1 - left / before if before > 0 and left <= before else ZERO
            exhausted = left > before
            units = {coin: quantity * kept for coin, quantity in units.items()}
            base *= kept
        why = doubt or next((flow.doubt for flow in flows if flow.doubt is not None), None)
        units = {coin: quantity for coin, quantity in units.items() if quantity != 0}
        return _Held(index, base, units, exhausted, why, broken or ("negative_value" if base < 0 else None))

    def _compare(self, at_ms: int, worth: Decimal, index: Decimal | None, reason: str | None) -> None:
        row = self._rows.get(at_ms)
        if row is None:
            # The newest rows follow at the next step.
            return
        told = Row(self.report, hold_rows.name, self.account, row.snapshot_id, at_ms)
        told.money("value_usd", row.value_usd, worth)
        told.statistic("hold_index", row.hold_index, index)
        told.exactly("reason", row.reason, reason)

    def _compare_state(self, at_ms: int, held: _Held) -> None:
        row = self._rows.get(at_ms)
        if row is None:
            return
        told = Row(self.report, hold_rows.name, self.account, row.snapshot_id, at_ms)
        if row.state is None:
            told.exactly("state", "none", "a state")
            return
        index, base, units, exhausted, doubt, broken = json.loads(row.state)
        told.statistic("state index", index, held.index)
        told.money("state base", Decimal(base), held.base)
        for coin in sorted({*units, *held.units}):
            told.money(f"state units {coin}", Decimal(units.get(coin, 0)), held.units.get(coin, ZERO))
        told.exactly("state exhausted", exhausted, held.exhausted)
        told.exactly("state doubt", doubt, held.doubt)
        told.exactly("state broken", broken, held.broken)
