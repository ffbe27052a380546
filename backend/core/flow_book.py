"""Cash flows as the user sees and edits them. What the exchange reported can be annotated, never rewritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from backend.core.errors import BadInputError, NotAllowedError, NotFoundError
from backend.core.model.amounts import ZERO
from backend.core.model.holdings import CashFlow
from backend.core.model.instants import MINUTE_MS, iso_ms
from backend.core.portfolio_view import PortfolioView, ViewSettings, flows_behind, wanted_accounts
from backend.core.ports import Store, UnitOfWork
from backend.core.views import FlowChange, FlowPage, FlowRow

MANUAL = "manual"
# The first bitcoin block: nothing that is counted here is older, and every calendar can say it.
EARLIEST_MS = 1_230_940_800_000


@dataclass(frozen=True, slots=True)
class NewFlow:
    """A cash flow entered by hand; `amount` signed, in the reporting currency."""

    at_ms: int
    amount: Decimal
    description: str
    asset: str | None
    quantity: Decimal | None


class FlowBook:
    """Lists and edits cash flows. `now_ms` is this machine's clock, for accounts that were never read."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, settings: ViewSettings, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings
        self._now_ms = now_ms

    def cash_flows(
        self, limit: int, cursor: str | None, kind: str | None, text: str | None, account_id: int | None
    ) -> FlowPage:
        """A page of cash flows, newest first; the cursor is `instant-id` of the last row."""
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, account_id)
            ids = [account.id for account in accounts]
            names = {account.id: account.name for account in accounts}
            after = None if cursor is None else read_cursor(cursor)
            flows = unit.cash_flows.page(ids, limit + 1, after, kind, text)
            shown = flows[:limit]
            before: dict[tuple[int, int], Decimal] = {}
            for account in ids:
                instants = [flow.at_ms for flow in shown if flow.account_id == account]
                for at_ms, value in unit.snapshots.values_before(account, instants).items():
                    before[account, at_ms] = value
            balances = self._portfolio.balances_in(unit, account_id)
            last = shown[-1] if len(flows) > limit else None
            return FlowPage(
                basis=balances.basis,
                rows=[
                    FlowRow(flow, names[flow.account_id], before.get((flow.account_id, flow.at_ms))) for flow in shown
                ],
                next_cursor=None if last is None else f"{last.at_ms}-{last.id}",
                totals=flows_behind(unit, balances),
                value=balances.total,
            )

    def add_cash_flow(self, new: NewFlow, account_id: int | None) -> FlowChange:
        """Record a flow entered by hand; the returns are computed anew from its instant.

        Raises:
            BadInputError: zero amount, an instant in the future, or no account to put it in.
            NotFoundError: no such account.
        """
        with self._store.write() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, account_id)
            if not accounts:
                raise NotFoundError("No accounts found: wait until the first one is connected")
            if len(accounts) > 1:
                raise BadInputError("There are several accounts: name one", "account")
            account = accounts[0].id
            self._check(unit, account, new.at_ms, new.amount)
            flow = CashFlow(
                id=None,
                account_id=account,
                at_ms=new.at_ms,
                amount=new.amount,
                asset=new.asset,
                quantity=new.quantity,
                price=None,
                description=new.description,
                source=MANUAL,
                external_id=uuid4().hex,
                status="pending",
            )
            flow = replace(flow, id=unit.cash_flows.insert(flow))
            self._announce(unit, account, new.at_ms)
            return FlowChange(flow, new.at_ms)

    def change_cash_flow(self, flow_id: int, changes: Mapping[str, Any]) -> FlowChange:
        """Change a flow. Of one that the exchange reported only the description may change.

        Args:
            changes: any of `at_ms`, `amount` (magnitude or signed), `type`, `description`.

        Raises:
            NotFoundError, NotAllowedError, BadInputError
        """
        with self._store.write() as unit:
            flow = self._find(unit, flow_id)
            changed = replace(flow, description=changes.get("description", flow.description))
            rewrites = {name for name in ("at_ms", "amount", "type") if name in changes}
            if rewrites and flow.source != MANUAL:
                raise NotAllowedError("The exchange reported this cash flow: only its note can be changed")
            if not rewrites:
                unit.cash_flows.change(changed)
                unit.events.emit("cashflow", flow.account_id, {"id": flow_id})
                return FlowChange(changed, None)
            incoming = changes.get("type", "DEPOSIT" if (flow.amount or ZERO) >= 0 else "WITHDRAW") == "DEPOSIT"
            magnitude = abs(changes.get("amount", flow.amount or ZERO))
            at_ms = changes.get("at_ms", flow.at_ms)
            changed = replace(changed, at_ms=at_ms, amount=magnitude if incoming else -magnitude, status="pending")
            self._check(unit, flow.account_id, at_ms, magnitude)
            unit.cash_flows.change(changed)
            self._announce(unit, flow.account_id, min(at_ms, flow.at_ms))
            return FlowChange(changed, min(at_ms, flow.at_ms))

    def delete_cash_flow(self, flow_id: int) -> FlowChange:
        """Delete a flow entered by hand.

        Raises:
            NotFoundError, NotAllowedError
        """
        with self._store.write() as unit:
            flow = self._find(unit, flow_id)
            if flow.source != MANUAL:
                raise NotAllowedError("The exchange reported this cash flow: it cannot be deleted")
            unit.cash_flows.delete(flow_id)
            self._announce(unit, flow.account_id, flow.at_ms)
            return FlowChange(flow, flow.at_ms, deleted=True)

    def flow_after(self, change: FlowChange) -> tuple[FlowRow, FlowPage]:
        """The flow as it stands now, and the basis to answer with."""
        page = self.cash_flows(1, None, None, None, None)
        with self._store.read() as unit:
            flow = change.flow if change.deleted else unit.cash_flows.find(change.flow.id or 0) or change.flow
            names = {account.id: account.name for account in unit.accounts.in_environment(self._settings.environment)}
            before = unit.snapshots.values_before(flow.account_id, [flow.at_ms]).get(flow.at_ms)
        return FlowRow(flow, names.get(flow.account_id, ""), before), page

    def _find(self, unit: UnitOfWork, flow_id: int) -> CashFlow:
        flow: CashFlow | None = unit.cash_flows.find(flow_id)
        accounts = {account.id for account in unit.accounts.in_environment(self._settings.environment)}
        if flow is None or flow.account_id not in accounts:
            raise NotFoundError(f"There is no cash flow {flow_id}")
        return flow

    def _check(self, unit: UnitOfWork, account: int, at_ms: int, amount: Decimal) -> None:
        if amount == 0:
            raise BadInputError("A cash flow of zero changes nothing: enter an amount", "amount_usd")
        if at_ms < EARLIEST_MS:
            raise BadInputError("A cash flow cannot be older than Bitcoin (2009-01-03)", "timestamp")
        first = unit.snapshots.first(account)
        if first is not None and at_ms < first.at_ms:
            # There is nothing for it to flow into: the returns would leave it out, the profit would not.
            since = iso_ms(first.at_ms)
            raise BadInputError(f"The history of this account starts at {since}: enter a later instant", "timestamp")
        if at_ms > self._present_ms(unit, account) + MINUTE_MS:
            raise BadInputError("A cash flow cannot lie in the future", "timestamp")

    def _present_ms(self, unit: UnitOfWork, account: int) -> int:
        """The exchange's clock now: as of the last refresh, and what has passed here since."""
        sync = unit.accounts.sync_state(account)
        if sync.as_of_ms is None or sync.refreshed_machine_ms is None:
            return self._now_ms()
        return sync.as_of_ms + max(self._now_ms() - sync.refreshed_machine_ms, 0)

    def _announce(self, unit: UnitOfWork, account: int, from_ms: int) -> None:
        unit.accounts.mark_dirty(account, from_ms)
        unit.events.emit("cashflow", account)


def read_cursor(cursor: str) -> tuple[int, int]:
    """The two numbers of a cursor: the instant of a page's last row, and what tells rows of one instant apart."""
    at_text, _, other_text = cursor.partition("-")
    return int(at_text), int(other_text)
