"""Profit and its parts: what was realised, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.explain.instants import rest
from backend.core.explain.model import Explained, Input
from backend.core.explain.wording import WORDS, amount, difference
from backend.core.model.amounts import total

if TYPE_CHECKING:
    from backend.core.ledger.book_sums import Sums
    from backend.core.ports import UnitOfWork
    from backend.core.views import BalancesView, CostView, NetDeposits, OverviewView, ProfitView


def explain_profit(view: OverviewView) -> Explained:
    """Value less net deposits, and the parts it is split into."""
    value, flows, profit = view.balances.total, view.net_deposits, view.profit
    inputs = [
        Input("figure", "value", value, view.balances.basis.as_of_ms, status=view.balances.status),
        _deposits(flows),
        Input("figure", "realized", profit.realized, status=profit.parts_status, reason=profit.parts_reason),
        Input("figure", "unrealized", profit.unrealized, status=profit.parts_status, reason=profit.parts_reason),
    ]
    return Explained(
        unit="money",
        result=profit.total,
        status=profit.status if profit.total is not None else "unavailable",
        reason=profit.reason,
        method="profit",
        words=WORDS["profit"],
        formula=difference("profit", [("value", value), ("net deposits", flows.net)], profit.total),
        inputs=inputs,
        end_ms=view.balances.basis.as_of_ms,
    )


def _deposits(flows: NetDeposits) -> Input:
    return Input("figure", "net_deposits", flows.net, flows.first_ms, status=flows.status, reason=flows.reason)


def explain_realized(unit: UnitOfWork, view: BalancesView, profit: ProfitView) -> Explained:
    """What each coin and each contract brought, at average cost, income included."""
    inputs: list[Input] = []
    if profit.realized is not None:
        for holding in view.accounts:
            for (name, futures), sums in unit.books.sums(holding.account.id).items():
                inputs += _booked(f"{name} {holding.account.name}", futures, sums)
        inputs = rest(profit.realized, inputs)
    return Explained(
        unit="money",
        result=profit.realized,
        status=profit.parts_status if profit.realized is not None else "unavailable",
        reason=profit.parts_reason,
        method="realized",
        words=WORDS["realized"],
        formula=f"realised = sum of {len(inputs)} rows = {amount(profit.realized)}",
        inputs=inputs,
        end_ms=view.basis.as_of_ms,
    )


def explain_unrealized(view: BalancesView, profit: ProfitView) -> Explained:
    """Market value less cost, coin by coin, and what open futures positions are going to pay."""
    inputs: list[Input] = []
    if profit.unrealized is not None:
        names = {holding.account.id: holding.account.name for holding in view.accounts}
        inputs = [
            _gain(f"{asset} {names[account]}", cost)
            for (account, asset), cost in view.costs.items()
            if cost.reason != "not_applicable"
        ]
        inputs += [
            Input("position", f"{line.balance.asset} {line.balance.wallet}", line.balance.unrealized, at_ms)
            for _, at_ms, line in view.lines
            if line.balance.asset == view.basis.reporting_currency and line.balance.unrealized
        ]
        inputs = rest(profit.unrealized, inputs)
    return Explained(
        unit="money",
        result=profit.unrealized,
        status=profit.parts_status if profit.unrealized is not None else "unavailable",
        reason=profit.parts_reason,
        method="unrealized",
        words=WORDS["unrealized"],
        formula=f"unrealised = sum of {len(inputs)} rows = {amount(profit.unrealized)}",
        inputs=inputs,
        end_ms=view.basis.as_of_ms,
    )


def _booked(label: str, futures: bool, sums: Sums) -> list[Input]:
    """Result of what left, and income, apart where there is any."""
    kind = "contract" if futures else "realized_part"
    parts = [Input(kind, label, sums.realized[0], table="booked_sums")]
    if sums.income:
        parts.append(Input("income", label, sums.income, table="booked_sums"))
    return [one for one in parts if one.value]


def _gain(label: str, cost: CostView) -> Input:
    value = None if cost.cost is None or cost.unrealized is None else total([cost.cost, cost.unrealized])
    price = None if value is None or not cost.quantity else value / cost.quantity
    return Input(
        kind="position",
        label=label,
        value=cost.unrealized,
        quantity=cost.quantity,
        price=price,
        status=cost.status,
        reason=cost.reason,
    )
