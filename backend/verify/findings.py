"""Findings of the closing equation: which intervals between two snapshots leave how much unexplained."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, select

from backend.db.models import closing_findings
from backend.verify.differences import EXACT, Report, Row

# What is let through is dust: so much money, or so much of the larger value.
LEAST: Final = Decimal("0.01")
SHARE: Final = Decimal("0.000001")


@dataclass(slots=True)
class Findings:
    """Takes the snapshots that were closed in the order of time; compares at the end."""

    connection: Connection
    account: int
    report: Report
    _last: tuple[int, Decimal, Decimal] | None = None
    _found: dict[int, tuple[int, Decimal]] = field(default_factory=dict)

    def take(self, at_ms: int, value: Decimal, explained: Decimal) -> None:
        """A value, and what the ledger says that it is made of."""
        residual = EXACT.subtract(value, explained)
        if self._last is not None:
            before_ms, before, left = self._last
            change = EXACT.subtract(residual, left)
            if abs(change) > max(LEAST, abs(before) * SHARE, abs(value) * SHARE):
                self._found[at_ms] = before_ms, change
        self._last = at_ms, value, residual

    def finish(self) -> None:
        """Compare the list; likely causes are guesses, and no figures."""
        if self._last is None:
            return
        table = closing_findings.c
        query = select(closing_findings).where(table.account_id == self.account, table.until <= self._last[0])
        stored = {row.until: row for row in self.connection.execute(query)}
        for until_ms in sorted({*stored, *self._found}):
            row, own = stored.get(until_ms), self._found.get(until_ms)
            told = Row(self.report, closing_findings.name, self.account, None, until_ms)
            told.exactly("row", row is not None, own is not None)
            if row is not None and own is not None:
                told.exactly("after", row.after, own[0])
                told.money("residual_usd", row.residual_usd, own[1])
