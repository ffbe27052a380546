"""Two tracked accounts of one environment with deposits, withdrawals and their cash flows; no exchange is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from backend.core.flow_book import FlowBook
from backend.core.model.accounts import Account
from backend.core.model.holdings import CashFlow, LedgerEvent
from backend.core.model.valuation import PricedBalance, Valuation
from backend.core.own_moves import settle_moves
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Store
from backend.tests.builders import T0, deposit, held, withdrawal

PRICE = Decimal(100)
LATER = T0 + 1000
NOW = T0 + 10**9


@dataclass
class House:
    """Two accounts with a valuation each, and what their cash flows come to."""

    store: Store
    first: Account
    second: Account
    book: FlowBook

    def tell(self, account: Account, *events: LedgerEvent) -> None:
        """Record events with their cash flows, at a price that rises by one a second."""
        with self.store.write() as unit:
            unit.ledger.add(account.id, events)
            unit.cash_flows.upsert(
                CashFlow(
                    id=None,
                    account_id=account.id,
                    at_ms=event.at_ms,
                    amount=leg.amount * price_at(event.at_ms),
                    asset=leg.asset,
                    quantity=leg.amount,
                    price=price_at(event.at_ms),
                    description="",
                    source=event.source,
                    external_id=event.external_id,
                    status="exact",
                )
                for event in events
                for leg in event.flow_legs()
            )

    def settle(self) -> None:
        with self.store.write() as unit:
            settle_moves(unit, "simulator")

    def flow(self, name: str) -> CashFlow:
        with self.store.read() as unit:
            flows = [flow for one in (self.first, self.second) for flow in unit.cash_flows.all(one.id)]
        return next(flow for flow in flows if flow.external_id == name)

    def rows(self, account: Account | None = None) -> dict[str, tuple[str | None, bool]]:
        """State of the move of each flow, and whether it counts."""
        page = self.book.cash_flows(50, None, None, None, None if account is None else account.id)
        return {
            row.flow.external_id: (None if row.other is None else row.other.move.state, row.counted)
            for row in page.rows
        }

    def net(self, account: Account | None = None) -> Decimal | None:
        return self.book.cash_flows(50, None, None, None, None if account is None else account.id).totals.net


def price_at(at_ms: int) -> Decimal:
    return PRICE + (at_ms - T0) // 1000


def make_house(store: Store) -> House:
    """Two accounts whose histories are read and whose balances are known."""
    with store.write() as unit:
        first = unit.accounts.ensure("simulator", "first", "first reference")
        second = unit.accounts.ensure("simulator", "second", "second reference")
        for one in (first, second):
            line = PricedBalance(held("BTC", "5"), PRICE, 5 * PRICE, None, None)
            unit.balances.replace(one.id, Valuation.of(NOW, (line,)))
            unit.accounts.update_sync(one.id, import_complete=True, as_of=NOW)
    settings = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
    return House(
        store, first, second, FlowBook(store, PortfolioView(store, settings, lambda: T0), settings, lambda: NOW)
    )


def sent(name: str = "w", transaction: str = "t", at_ms: int = T0) -> LedgerEvent:
    return replace(withdrawal("BTC", "2", at_ms, name, fee="0.1"), transaction=transaction)


def received(name: str = "d", transaction: str = "t", at_ms: int = LATER) -> LedgerEvent:
    return replace(deposit("BTC", "2", at_ms, name), transaction=transaction)
