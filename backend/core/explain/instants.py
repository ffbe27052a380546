"""Figures of now: value, today's change, net deposits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.display_rates import OLDEST_RATE_MS, Rates
from backend.core.explain.in_currency import flow_in
from backend.core.explain.model import Explained, Input
from backend.core.explain.windows import flow_input, snapshot_input
from backend.core.explain.wording import WORDS, amount, difference
from backend.core.model.amounts import minus
from backend.core.own_moves import flows_of
from backend.core.valuation import INTERMEDIATES
from backend.core.whole import chain_account

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork
    from backend.core.views import BalancesView, ChangeView, NetDeposits, Status

MOST_IN_FORMULA: Final = 6
MOST_ROWS: Final = 3


def explain_value(unit: UnitOfWork, view: BalancesView, shown: tuple[BalancesView, str] | None = None) -> Explained:
    """Coins times prices, wallet by wallet, each price with the pairs that it came by.

    Args:
        shown: the value in the reporting currency and the other currency, where `view` is told in that.
    """
    assets = {line.balance.asset for _, _, line in view.lines if line.price is not None}
    pairs = {asset: pairs_of(unit, asset, view if shown is None else shown[0]) for asset in assets}
    if shown is not None:
        over = f"1/{shown[1]}{shown[0].basis.reporting_currency}"
        pairs = {asset: over if way is None else f"{way} x {over}" for asset, way in pairs.items()}
    inputs = balance_inputs(view, pairs)
    known = [f"{amount(one.quantity)} x {amount(one.price)}" for one in inputs if one.value is not None]
    told = " + ".join(known[:MOST_IN_FORMULA])
    if len(known) > MOST_IN_FORMULA:
        told += f" + ... ({len(known) - MOST_IN_FORMULA} more)"
    return Explained(
        unit="money",
        result=view.total,
        status=view.status,
        reason=view.reason,
        method="value",
        words=WORDS["value"],
        formula=f"value = {told or 'nothing was read yet'} = {amount(view.total)}",
        inputs=inputs,
        end_ms=view.basis.as_of_ms,
    )


def pairs_of(unit: UnitOfWork, asset: str, view: BalancesView) -> str | None:
    """The pairs between a coin and the reporting currency that have a stored price of the hour before.

    A live price takes the same way as one of the past: direct before inverse, then over the coin with the most liquid
    markets. None of the reporting currency itself, and where no pair has one.
    """
    reporting, by_ms = view.basis.reporting_currency, view.basis.as_of_ms
    if asset == reporting or by_ms is None:
        return None

    def hop(source: str, target: str) -> str | None:
        for symbol, shown in ((source + target, source + target), (target + source, f"1/{target}{source}")):
            point = unit.prices.latest(symbol, by_ms)
            if point is not None and point.price and by_ms - point.at_ms <= OLDEST_RATE_MS:
                return shown
        return None

    direct = hop(asset, reporting)
    if direct is not None:
        return direct
    for middle in INTERMEDIATES:
        first = None if middle == asset else hop(asset, middle)
        rest_of_way = None if first is None else hop(middle, reporting)
        if rest_of_way is not None:
            return f"{first} x {rest_of_way}"
    return None


def balance_inputs(view: BalancesView, pairs: Mapping[str, str | None]) -> list[Input]:
    """One line for each coin of each wallet; the largest value first."""
    found = []
    for account, at_ms, line in view.lines:
        status: Status = "unavailable" if line.value is None else "exact" if line.reason is None else "estimated"
        found.append(
            Input(
                kind="balance",
                label=f"{line.balance.asset} {line.balance.wallet} {account.name}",
                value=line.value,
                at_ms=at_ms,
                table="last_balance",
                quantity=line.balance.valued,
                price=line.price,
                status=status,
                reason=line.reason,
                pairs=pairs.get(line.balance.asset),
            )
        )
    return sorted(found, key=lambda one: (one.value is None, -(one.value or Decimal(0)), one.label))


def explain_change(unit: UnitOfWork, view: BalancesView, change: ChangeView, rates: Rates | None = None) -> Explained:
    """Today's change: value now less the day's opening less the flows since; `rates` of another currency."""
    inputs = [Input("figure", "value", view.total, view.basis.as_of_ms, status=view.status, reason=view.reason)]
    opening = None
    account = chain_account(unit, view.basis.environment, [holding.account for holding in view.accounts])
    if change.amount is not None and change.since_ms is not None and account is not None:
        start = unit.snapshots.at_or_before(account, change.since_ms) or unit.snapshots.first(account)
        if start is not None:
            opening = start.value
            until_ms = (view.basis.as_of_ms or start.at_ms) + 1
            flows = unit.cash_flows.between(account, start.at_ms, until_ms)
            told = snapshot_input(start, "opening")
            if rates is not None and view.total is not None and change.net_flow is not None:
                opening = minus(view.total, change.amount, change.net_flow)
                told = replace(told, value=opening)
                flows = [flow_in(flow, rates) for flow in flows]
            inputs += [told, *(flow_input(flow) for flow in flows)]
    terms = [("value", view.total), ("opening", opening), ("flows", change.net_flow)]
    return Explained(
        unit="money",
        result=change.amount,
        status=change.status,
        reason=change.reason,
        method="change_today",
        words=WORDS["change_today"],
        formula=difference("change", terms, change.amount),
        inputs=inputs,
        start_ms=change.since_ms,
        end_ms=view.basis.as_of_ms,
    )


def explain_deposits(unit: UnitOfWork, view: BalancesView, flows: NetDeposits, rates: Rates | None = None) -> Explained:
    """Every cash flow that counts; `rates` of another currency."""
    known = flows_of(unit, view).counted
    if rates is not None:
        known = [flow_in(flow, rates) for flow in known]
    return Explained(
        unit="money",
        result=flows.net,
        status=flows.status,
        reason=flows.reason,
        method="net_deposits",
        words=WORDS["net_deposits"],
        formula=(
            f"net deposits = deposits {amount(flows.deposits)} - withdrawals {amount(abs(flows.withdrawals))}"
            f" = {amount(flows.net)}"
        ),
        inputs=[flow_input(flow) for flow in known],
        start_ms=flows.first_ms,
        end_ms=view.basis.as_of_ms,
    )


def rest(result: Decimal | None, inputs: list[Input]) -> list[Input]:
    """What the rows do not add up to, told as a row: nothing is left out unseen."""
    known = [one.value for one in inputs if one.value is not None]
    left = None if result is None else minus(result, *known)
    return inputs if not left else [*inputs, Input("figure", "other", left, status="estimated", reason="not_booked")]
