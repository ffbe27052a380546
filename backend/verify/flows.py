"""The flows of an account: those of the ledger at the prices of their minutes, and what the user told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.db.models import cash_flows
from backend.verify.differences import EXACT, Report, Row

if TYPE_CHECKING:
    from backend.verify.price_book import PriceBook

ENTERED: Final = ("manual", "csv")
NO_FLOW: Final = "not_flow"
CERTAIN: Final = ("exact", "pending")
TO_CONFIRM: Final = "to_confirm"
UNEXPLAINED: Final = "unexplained_change"
# The user may say that a change was none: it is listed, and counts nothing.
LISTED: Final = {EventKind.ADJUSTMENT_INCOME, EventKind.KEPT_OUTSIDE}
FLOWS: Final = {EventKind.DEPOSIT, EventKind.WITHDRAWAL, EventKind.UNEXPLAINED, EventKind.ADJUSTMENT_FLOW}


@dataclass(frozen=True, slots=True)
class Moved:
    """One flow that counts. `amount` None: what it was worth is not known; `coin` and `quantity`: what moved;
    `entered`: the user told of it; `doubt`: why it is no exact figure.
    """

    amount: Decimal | None
    coin: str
    quantity: Decimal
    entered: bool = False
    doubt: str | None = None


def net(flows: Iterable[Moved]) -> Decimal:
    """The sum of what is known."""
    result = ZERO
    for flow in flows:
        result = EXACT.add(result, flow.amount or ZERO)
    return result


class FlowPass:
    """Compares the stored flows of one account, stretch by stretch, and says which count."""

    def __init__(
        self,
        connection: Connection,
        account: int,
        events: Sequence[LedgerEvent],
        prices: PriceBook,
        report: Report,
    ) -> None:
        self._connection = connection
        self._account = account
        self._events = events
        self._done = 0
        self._prices = prices
        self._report = report

    def between(self, after_ms: int, until_ms: int) -> dict[int, list[Moved]]:
        """The flows with after < instant <= until, by instant; stretches follow one another."""
        table = cash_flows.c
        query = select(cash_flows).where(
            table.account_id == self._account, table.timestamp > after_ms, table.timestamp <= until_ms
        )
        stored = {(row.source, row.external_id): row for row in self._connection.execute(query.order_by(table.id))}
        found: dict[int, list[Moved]] = {}
        while self._done < len(self._events) and self._events[self._done].at_ms <= until_ms:
            event = self._events[self._done]
            self._done += 1
            if event.at_ms <= after_ms:
                continue
            row = stored.pop((event.source, event.external_id), None)
            if event.kind in FLOWS:
                moved = self._valued(event, row)
                if moved:
                    found.setdefault(event.at_ms, []).extend(moved)
            elif event.kind not in LISTED and row is not None:
                self._row(row).exactly("row", "a row", "none")
        for row in stored.values():
            if row.status == NO_FLOW:
                continue
            if row.source in ENTERED:
                found.setdefault(row.timestamp, []).append(self._entered(row))
            else:
                self._row(row).exactly("row", "a row", "none")
        return found

    def _row(self, row: SqlRow[Any]) -> Row:
        return Row(self._report, cash_flows.name, self._account, row.id, row.timestamp)

    def _valued(self, event: LedgerEvent, row: SqlRow[Any] | None) -> list[Moved]:
        legs = [leg for leg in event.legs if leg.role != "fee" and leg.amount != 0]
        if not legs:
            return []
        told = Row(self._report, cash_flows.name, self._account, None if row is None else row.id, event.at_ms)
        if row is None:
            told.exactly("row", "none", f"{event.source} {event.external_id}")
        found = []
        for leg in legs:
            price, doubt = self._prices.told(leg.asset, event.at_ms, None if row is None else row.price_usd)
            amount = None if price is None else EXACT.multiply(leg.amount, price)
            status, reason = "exact" if doubt is None else "unavailable" if price is None else "estimated", doubt
            if event.kind is EventKind.UNEXPLAINED:
                status, reason = TO_CONFIRM, UNEXPLAINED
            if row is not None:
                told.exactly("asset", row.asset, leg.asset)
                told.money("quantity", row.quantity, leg.amount)
                told.money("price_usd", row.price_usd, price)
                told.money("amount_usd", row.amount_usd, amount)
                told.exactly("status", row.status, status)
                told.exactly("reason", row.reason, reason)
            found.append(Moved(amount, leg.asset, leg.amount, doubt=None if status == "exact" else reason or status))
        return found

    def _entered(self, row: SqlRow[Any]) -> Moved:
        """What the user said, or the worth of the quantity that the user said."""
        doubt = None if row.status in CERTAIN else row.reason or row.status
        if row.asset is None or row.quantity is None or (row.amount_usd is not None and row.price_usd is None):
            amount = None if row.amount_usd is None else Decimal(row.amount_usd)
            return Moved(amount, self._prices.reporting, amount or ZERO, entered=True, doubt=doubt)
        price = self._prices.of(row.asset, row.timestamp, row.price_usd)
        worth = None if price is None else EXACT.multiply(row.quantity, price)
        told = self._row(row)
        told.money("price_usd", row.price_usd, price)
        told.money("amount_usd", row.amount_usd, worth)
        return Moved(worth, row.asset, row.quantity, entered=True, doubt=doubt)
