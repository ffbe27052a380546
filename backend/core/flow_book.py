"""Cash flows as the user sees and edits them. What the exchange reported can be annotated, never rewritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import uuid4

from backend.core.errors import BadInputError, NotAllowedError, NotFoundError
from backend.core.export_rows import PAGE_ROWS
from backend.core.flow_rules import flow_limits, one_account
from backend.core.flows import ENTERED, MANUAL, NOT_A_FLOW, TO_CONFIRM, UNEXPLAINED_CHANGE, counts
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.amounts import ZERO
from backend.core.model.holdings import CashFlow, EventKind
from backend.core.model.instants import iso_ms
from backend.core.own_addresses import addresses_of
from backend.core.own_moves import decide_move, flows_of, key_of
from backend.core.portfolio_view import PortfolioView, ViewSettings, flows_behind, wanted_accounts
from backend.core.views import BalancesView, FlowChange, FlowPage, FlowRow, OtherSide

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.moves import LegKey, MoveDecision
    from backend.core.ports import Store, UnitOfWork

Decision = Literal["flow", "not_flow"]
DECIDED: Final[Mapping[Decision | None, tuple[EventKind, str, str | None]]] = {
    "flow": (EventKind.ADJUSTMENT_FLOW, "pending", None),
    "not_flow": (EventKind.ADJUSTMENT_INCOME, NOT_A_FLOW, None),
    None: (EventKind.UNEXPLAINED, TO_CONFIRM, UNEXPLAINED_CHANGE),
}


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
        self,
        limit: int,
        cursor: str | None,
        kind: str | None,
        text: str | None,
        account_id: int | None,
        waiting: bool = False,
    ) -> FlowPage:
        """A page of cash flows, newest first; the cursor is `instant-id` of the last row. `waiting`: all of those that
        the user is asked about, and no others.
        """
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, account_id)
            ids = [account.id for account in accounts]
            after = None if cursor is None else read_cursor(cursor)
            if waiting:
                flows = shown = self._waiting(unit, ids)
            else:
                flows = unit.cash_flows.page(ids, limit + 1, after, kind, text)
                shown = flows[:limit]
            balances = self._portfolio.balances_in(unit, account_id)
            last = shown[-1] if len(flows) > len(shown) else None
            return FlowPage(
                basis=balances.basis,
                rows=self._rows_of(unit, accounts, balances, shown),
                next_cursor=None if last is None else f"{last.at_ms}-{last.id}",
                totals=flows_behind(unit, balances),
                value=balances.total,
            )

    def flows_between(self, unit: UnitOfWork, view: BalancesView, span_ms: tuple[int, int]) -> list[FlowRow]:
        """The flows of the accounts shown with start <= instant < end, oldest first, all of them."""
        start_ms, end_ms = span_ms
        accounts = [holding.account for holding in view.accounts]
        ids = [account.id for account in accounts]
        found: list[CashFlow] = []
        after = (end_ms, 0)
        while rows := unit.cash_flows.page(ids, PAGE_ROWS, after, None, None):
            found += [flow for flow in rows if flow.at_ms >= start_ms]
            if len(rows) < PAGE_ROWS or rows[-1].at_ms < start_ms:
                break
            after = (rows[-1].at_ms, rows[-1].id or 0)
        return self._rows_of(unit, accounts, view, found[::-1])

    def _rows_of(
        self, unit: UnitOfWork, accounts: Sequence[Account], view: BalancesView, flows: Sequence[CashFlow]
    ) -> list[FlowRow]:
        """Flows with what is known of them; `view`: the accounts among which moves are no flows."""
        names = {account.id: account.name for account in accounts}
        before: dict[tuple[int, int], Decimal] = {}
        for account in names:
            instants = [flow.at_ms for flow in flows if flow.account_id == account]
            for at_ms, value in unit.snapshots.values_before(account, instants).items():
                before[account, at_ms] = value
        moved = {key_of(flow) for flow in flows_of(unit, view).moved}
        others = self._others(unit, flows)
        places = {account: addresses_of(unit, account) for account in names}
        return [
            FlowRow(
                flow,
                names[flow.account_id],
                before.get((flow.account_id, flow.at_ms)),
                others.get(key_of(flow)),
                counts(flow) and key_of(flow) not in moved,
                places[flow.account_id].get((flow.source, flow.external_id)),
            )
            for flow in flows
        ]

    def add_cash_flow(self, new: NewFlow, account_id: int | None) -> FlowChange:
        """Record a flow entered by hand; the returns are computed anew from its instant.

        Raises:
            BadInputError: zero amount, an instant in the future, or no account to put it in.
            NotFoundError: no such account.
        """
        with self._store.write() as unit:
            account = one_account(unit, self._settings.environment, account_id).id
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
            _record(unit, "cashflow.create", flow, _told(flow))
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
            if rewrites and flow.source not in ENTERED:
                raise NotAllowedError("The exchange reported this cash flow: only its note can be changed")
            if not rewrites:
                unit.cash_flows.change(changed)
                _record(unit, "cashflow.update", flow, _changes(flow, changed))
                unit.events.emit("cashflow", flow.account_id, {"id": flow_id})
                return FlowChange(changed, None)
            changed = _rewritten(changed, changes)
            self._check(unit, flow.account_id, changed.at_ms, changed.amount)
            unit.cash_flows.change(changed)
            _record(unit, "cashflow.update", flow, _changes(flow, changed))
            self._announce(unit, flow.account_id, min(changed.at_ms, flow.at_ms))
            return FlowChange(changed, min(changed.at_ms, flow.at_ms))

    def delete_cash_flow(self, flow_id: int) -> FlowChange:
        """Delete a flow entered by hand or read from a file.

        Raises:
            NotFoundError, NotAllowedError
        """
        with self._store.write() as unit:
            flow = self._find(unit, flow_id)
            if flow.source not in ENTERED:
                raise NotAllowedError("The exchange reported this cash flow: it cannot be deleted")
            unit.cash_flows.delete(flow_id)
            _record(unit, "cashflow.delete", flow, _told(flow))
            self._announce(unit, flow.account_id, flow.at_ms)
            return FlowChange(flow, flow.at_ms, deleted=True)

    def decide(self, flow_id: int, decision: Decision | None) -> FlowChange:
        """Say what a change of balance that nothing explains was; None asks again.

        As `not_flow` it is income or a loss: it counts no more as a flow and so moves the return. The answer is kept
        with the ledger's event: it outlives rebuilds, and goes with the event when its true cause turns up.

        Raises:
            NotFoundError: no such flow, or its cause has just been found.
            NotAllowedError: the flow is not one that nothing explains.
        """
        kind, status, reason = DECIDED[decision]
        with self._store.write() as unit:
            flow = self._find(unit, flow_id)
            if flow.source != RECONCILIATION:
                raise NotAllowedError("The cause of this cash flow is known: there is nothing to confirm")
            event = next(
                (
                    event
                    for event in unit.ledger.of_source(flow.account_id, RECONCILIATION)
                    if event.external_id == flow.external_id
                ),
                None,
            )
            if event is None:
                raise NotFoundError("The cause of this cash flow was found meanwhile")
            if event.kind is kind:
                return FlowChange(flow, None)
            unit.ledger.reclassify(flow.account_id, RECONCILIATION, flow.external_id, kind)
            changed = replace(flow, status=status, reason=reason)
            unit.cash_flows.change(changed)
            _record(unit, "cashflow.decide", flow, {"decision": decision})
            # Profit is split by costs: a flow has one, income has another.
            unit.accounts.update_sync(flow.account_id, positions=None)
            if event.stretch is None:
                self._announce(unit, flow.account_id, flow.at_ms)
            else:
                # Rows before it were in doubt for as long as nobody said what it was.
                unit.accounts.mark_dirty(flow.account_id, event.stretch[0])
                unit.events.emit("cashflow", flow.account_id)
            return FlowChange(changed, flow.at_ms)

    def decide_move(self, flow_id: int, other_id: int, decision: MoveDecision | None) -> tuple[FlowChange, FlowChange]:
        """Say whether two cash flows are one move between accounts tracked here; None takes the answer back.

        Their accounts keep both: what changes are the sums of all accounts together, and the costs of the coins.

        Returns:
            The flow and the other one, each with the instant from which its account's costs are booked anew.

        Raises:
            NotFoundError: no such flow, or the ledger does not have it any more.
            BadInputError: they cannot be one move.
        """
        with self._store.write() as unit:
            flow, other = self._find(unit, flow_id), self._find(unit, other_id)
            decide_move(unit, self._settings.environment, flow, other, decision)
            _record(unit, "cashflow.move", flow, {"decision": decision, "other": other_id})
            for one in (flow, other):
                unit.events.emit("cashflow", one.account_id, {"id": one.id})
        return FlowChange(flow, flow.at_ms), FlowChange(other, other.at_ms)

    def flow_after(self, change: FlowChange) -> tuple[FlowRow, FlowPage]:
        """The flow as it stands now, and the basis to answer with."""
        page = self.cash_flows(1, None, None, None, None)
        with self._store.read() as unit:
            flow = change.flow if change.deleted else unit.cash_flows.find(change.flow.id or 0) or change.flow
            names = {account.id: account.name for account in unit.accounts.in_environment(self._settings.environment)}
            before = unit.snapshots.values_before(flow.account_id, [flow.at_ms]).get(flow.at_ms)
            moved = {key_of(one) for one in flows_of(unit, self._portfolio.balances_in(unit, None)).moved}
            other = self._others(unit, [flow]).get(key_of(flow))
            place = addresses_of(unit, flow.account_id).get((flow.source, flow.external_id))
        counted = counts(flow) and key_of(flow) not in moved
        return FlowRow(flow, names.get(flow.account_id, ""), before, other, counted, place), page

    def _waiting(self, unit: UnitOfWork, accounts: Sequence[int]) -> Sequence[CashFlow]:
        """What the user is asked about, newest first."""
        found = {flow.id: flow for flow in unit.cash_flows.waiting(accounts)}
        asked = [
            (account, *key)
            for account in accounts
            for key, place in addresses_of(unit, account).items()
            if place.state == "suggested"
        ]
        for flow_id in unit.cash_flows.ids_of(asked).values() if asked else ():
            flow = unit.cash_flows.find(flow_id)
            if flow is not None:
                found[flow_id] = flow
        return sorted(found.values(), key=lambda flow: (flow.at_ms, flow.id), reverse=True)

    def _others(self, unit: UnitOfWork, flows: Sequence[CashFlow]) -> dict[LegKey, OtherSide]:
        """The other side of each flow that has one."""
        accounts = {account.id: account for account in unit.accounts.in_environment(self._settings.environment)}
        wanted = {key_of(flow) for flow in flows}
        moves = [move for move in unit.moves.all(list(accounts)) if not wanted.isdisjoint(move.keys)]
        ids = unit.cash_flows.ids_of(key for move in moves for key in move.keys)
        found: dict[LegKey, OtherSide] = {}
        for move in moves:
            sent, received = accounts[move.sent[0]], accounts[move.received[0]]
            found[move.sent] = OtherSide(move, received, move.received_ms, ids.get(move.received))
            found[move.received] = OtherSide(move, sent, move.sent_ms, ids.get(move.sent))
        return found

    def _find(self, unit: UnitOfWork, flow_id: int) -> CashFlow:
        flow: CashFlow | None = unit.cash_flows.find(flow_id)
        accounts = {account.id for account in unit.accounts.in_environment(self._settings.environment)}
        if flow is None or flow.account_id not in accounts:
            raise NotFoundError(f"There is no cash flow {flow_id}")
        return flow

    def _check(self, unit: UnitOfWork, account: int, at_ms: int, amount: Decimal | None) -> None:
        if amount == ZERO:
            raise BadInputError("A cash flow of zero changes nothing: enter an amount", "amount_usd")
        refusal = flow_limits(unit, account, self._now_ms).refusal(at_ms)
        if refusal is not None:
            raise BadInputError(refusal.message, "timestamp")

    def _announce(self, unit: UnitOfWork, account: int, from_ms: int) -> None:
        unit.accounts.mark_dirty(account, from_ms, flows_only=True)
        unit.events.emit("cashflow", account)


def _told(flow: CashFlow) -> dict[str, object]:
    """What the audit trail says of a flow."""
    return {
        "at": iso_ms(flow.at_ms),
        "amount_usd": flow.amount,
        "asset": flow.asset,
        "quantity": flow.quantity,
        "note": flow.description,
    }


def _changes(before: CashFlow, after: CashFlow) -> dict[str, object]:
    """What was changed of it, each with what it was."""
    old, new = _told(before), _told(after)
    return {name: {"from": old[name], "to": new[name]} for name in new if old[name] != new[name]}


def _record(unit: UnitOfWork, action: str, flow: CashFlow, details: Mapping[str, object]) -> None:
    unit.audit.record(action, account_id=flow.account_id, subject=f"flow {flow.id}", details=details)


def _rewritten(flow: CashFlow, changes: Mapping[str, Any]) -> CashFlow:
    """A flow with other figures. What came as a quantity stays one until somebody says an amount."""
    old = flow.amount if flow.amount is not None else flow.quantity or ZERO
    incoming = changes.get("type", "DEPOSIT" if old >= ZERO else "WITHDRAW") == "DEPOSIT"

    def signed(number: Decimal | None) -> Decimal | None:
        return None if number is None else abs(number) if incoming else -abs(number)

    amount = signed(changes.get("amount", flow.amount))
    said = "amount" in changes and (flow.amount is None or abs(changes["amount"]) != abs(flow.amount))
    return replace(
        flow,
        at_ms=changes.get("at_ms", flow.at_ms),
        amount=amount,
        quantity=signed(flow.quantity),
        price=None if said else flow.price,
        status="pending",
        reason=None,
        edited=flow.import_id is not None,
    )


def read_cursor(cursor: str) -> tuple[int, int]:
    """The two numbers of a cursor: the instant of a page's last row, and what tells rows of one instant apart."""
    at_text, _, other_text = cursor.partition("-")
    return int(at_text), int(other_text)
