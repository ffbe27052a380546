"""The parts of the closing equation, and the values that it lies between: rows whose sum is the part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.explain.model import Explained, Input, summed
from backend.core.explain.rest import whole
from backend.core.explain.windows import flow_input
from backend.core.explain.wording import WORDS, amount
from backend.core.flows import NOT_A_FLOW, TO_CONFIRM
from backend.core.kind_sums import TRADED, income_rows
from backend.core.ledger.income_words import income_word
from backend.core.model.accounts import is_whole
from backend.core.model.amounts import ZERO, minus, product, total
from backend.core.model.holdings import EventKind
from backend.core.proof_view import MOST_FINDINGS, Attribution, AttributionView
from backend.core.report_holdings import holdings_of
from backend.core.whole import members_of
from backend.core.whole_closing import closing_at

if TYPE_CHECKING:
    from backend.core.display_rates import Rates
    from backend.core.ledger.closing import Closing
    from backend.core.model.booked import BookedIncome, BookedTrade
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork
    from backend.core.profit_book import Ends
    from backend.core.report_views import KindSums
    from backend.core.views import Status

TRADES_A_READ: Final = 2_000
FUTURES_FEE: Final = "futures_fee"
NETWORK_FEE: Final = "network_fee"
WITHDRAWAL: Final = "withdrawal"


@dataclass(frozen=True, slots=True)
class Closed:
    """A window of an account, or of all together, with its closing equation and the closings of its two ends."""

    unit: UnitOfWork
    told: Attribution
    start: SnapshotRow
    end: SnapshotRow
    opening: Closing
    closing: Closing

    @property
    def account(self) -> int:
        return self.end.account_id

    @property
    def table(self) -> str:
        """Where its ends are found: of all together only the snapshots are stored."""
        return "snapshots" if is_whole(self.account) else "closings"

    @property
    def members(self) -> Sequence[int]:
        """The accounts whose books it is made of."""
        return members_of(self.unit, self.account)

    @property
    def income(self) -> Iterator[BookedIncome]:
        """What they booked as income, and as results and fees of futures."""
        for account in self.members:
            yield from income_rows(self.unit, account, self.span_ms)

    @property
    def span_ms(self) -> tuple[int, int]:
        return self.start.at_ms, self.end.at_ms


def explain_part(
    unit: UnitOfWork, metric: str, view: AttributionView, start: SnapshotRow | None, end: SnapshotRow | None
) -> Explained:
    """A part of the closing equation of a window."""
    opening = None if start is None else closing_at(unit, start)
    closing = None if end is None else closing_at(unit, end)
    found = view.attribution
    result: Decimal | None = None
    inputs: Sequence[Input] = ()
    if found is not None and start is not None and end is not None and opening is not None and closing is not None:
        result, rows = _BY_METRIC[metric](Closed(unit, found, start, end, opening, closing))
        inputs = whole(rows, result)
    name = metric.removeprefix("attribution_").replace("_", " ")
    return Explained(
        unit="money",
        result=result,
        status=view.status if result is not None else "unavailable",
        reason=view.reason,
        method=metric,
        words=WORDS[metric],
        formula=f"{name} = sum of {len(inputs)} rows = {amount(result)}",
        inputs=inputs,
        start_ms=None if start is None else start.at_ms,
        end_ms=None if end is None else end.at_ms,
    )


def holding_inputs(row: SnapshotRow, sign: int = 1) -> list[Input]:
    """What a snapshot held, coin by coin; with `sign` -1 taken off."""
    found = []
    for asset, held in row.composition.items():
        worth = None if held.price is None else product(held.quantity, held.price)
        status: Status = "unavailable" if worth is None else "exact"
        found.append(
            Input(
                kind="holding",
                label=asset,
                value=worth,
                at_ms=row.at_ms,
                table="snapshots",
                id=row.id,
                quantity=held.quantity,
                price=held.price,
                status=status,
                reason="no_price" if worth is None else None,
                part=None if worth is None else sign * worth,
            )
        )
    return sorted(found, key=lambda one: (one.value is None, -(one.value or ZERO), one.label))


def explain_held(metric: str, rows: Sequence[SnapshotRow], missing: str | None, rates: Rates | None) -> Explained:
    """What was held at an instant: coins of one snapshot an account, in the currency of `rates`."""
    held = holdings_of(rows, missing, rates)
    lone = rows[0] if len(rows) == 1 else None
    coins = [
        Input(
            kind="holding",
            label=coin.asset,
            value=coin.value,
            at_ms=held.at_ms,
            table=None if lone is None else "snapshots",
            id=None if lone is None else lone.id,
            quantity=coin.quantity,
            price=coin.price,
            status="unavailable" if coin.value is None else "exact",
            reason=coin.reason,
            part=coin.value,
            ids=[]
            if lone is not None
            else [row.id for row in rows if row.id is not None and coin.asset in row.composition],
        )
        for coin in held.coins
    ]
    inputs = coins if held.value is None else whole(coins, held.value)
    return Explained(
        unit="money",
        result=held.value,
        status=held.status,
        reason=held.reason,
        method=metric,
        words=WORDS[metric],
        formula=f"value = sum of {len(inputs)} rows = {amount(held.value)}",
        inputs=inputs,
        end_ms=held.at_ms,
    )


def explain_kinds(metric: str, sums: KindSums, ends: Ends) -> Explained:
    """Fees or income by kind, between the snapshots that each account begins and ends with."""
    inputs = [
        Input(
            kind=metric,
            label=one.kind,
            value=one.value,
            quantity=None if one.count is None else Decimal(one.count),
            status="estimated" if one.unpriced else "exact",
            reason="no_price" if one.unpriced else None,
            part=one.value,
        )
        for one in sums.kinds
    ]
    return Explained(
        unit="money",
        result=sums.value,
        status=sums.status,
        reason=sums.reason,
        method=metric,
        words=WORDS[metric],
        formula=f"{metric} = sum of {len(inputs)} kinds = {amount(sums.value)}",
        inputs=inputs,
        start_ms=min((opening.at_ms for opening, _ in ends.values()), default=None),
        end_ms=max((closing.at_ms for _, closing in ends.values()), default=None),
    )


def _counted(kind: str, label: str, value: Decimal, ids: Sequence[int], at_ms: int, table: str) -> Input:
    return Input(kind, label, value, at_ms, table, quantity=Decimal(len(ids)), part=value, ids=tuple(ids))


def _flows(found: Closed) -> tuple[Decimal, list[Input]]:
    rows = []
    for flow in found.unit.cash_flows.between(found.account, *found.span_ms):
        if flow.status not in (TO_CONFIRM, NOT_A_FLOW):
            rows.append(replace(flow_input(flow), part=flow.amount))
    return found.told.flows, rows


def _ends(found: Closed, name: str) -> list[Input]:
    """A running sum of the closing equation at both ends."""
    rows = ((found.end, getattr(found.closing, name), 1), (found.start, getattr(found.opening, name), -1))
    return [
        Input("closing", name, value, row.at_ms, found.table, row.id, part=sign * value) for row, value, sign in rows
    ]


def _realized(found: Closed) -> tuple[Decimal, list[Input]]:
    return found.told.realized, _ends(found, "realized")


def _unrealized(found: Closed) -> tuple[Decimal, list[Input]]:
    """Market values less costs at the end, less the same at the start."""
    rows: list[Input] = []
    for row, closing, sign in ((found.end, found.closing, 1), (found.start, found.opening, -1)):
        held = holding_inputs(row, sign)
        worth = summed([one.value for one in held])
        cost = minus(worth, closing.unrealized)
        rows += [*held, Input("cost", "cost", cost, row.at_ms, found.table, row.id, part=-sign * cost)]
    return found.told.unrealized, rows


def _prices(found: Closed) -> tuple[Decimal, list[Input]]:
    realized, first = _realized(found)
    unrealized, second = _unrealized(found)
    return total([realized, unrealized]), [*first, *second]


def _income(found: Closed) -> tuple[Decimal, list[Input]]:
    values: dict[str, list[tuple[int, Decimal]]] = {}
    for row in found.income:
        kind = EventKind(row.kind)
        if kind not in TRADED and row.value is not None:
            word = income_word(kind, row.source, row.note, row.quantity)
            values.setdefault(word, []).append((row.event_id, row.value))
    return found.told.income, _kinds("income", values, found.end.at_ms, "ledger_events")


def _fees(found: Closed) -> tuple[Decimal, list[Input]]:
    values: dict[str, list[tuple[int, Decimal]]] = {}
    for account in found.members:
        for trade in _trades(found, account):
            if trade.fee_value:
                values.setdefault(trade.kind, []).append((trade.id, trade.fee_value))
    for row in found.income:
        if EventKind(row.kind) is EventKind.FUTURES_FEE and row.value is not None:
            values.setdefault(FUTURES_FEE, []).append((row.event_id, -row.value))
    rows = _kinds("fee", values, found.end.at_ms, "ledger_events")
    network = [paid for account in found.members for paid in _network_fees(found, account)]
    if network:
        rows += _kinds("fee", {NETWORK_FEE: network}, found.end.at_ms, "cash_flows")
    return found.told.fees, rows


def _trades(found: Closed, account: int) -> Iterator[BookedTrade]:
    after: tuple[int, int] | None = None
    while True:
        trades = found.unit.books.trades(account, None, None, found.span_ms, after, TRADES_A_READ)
        yield from trades
        if len(trades) < TRADES_A_READ:
            return
        after = trades[-1].at_ms, trades[-1].id


def _network_fees(found: Closed, account: int) -> list[tuple[int, Decimal]]:
    """Of each withdrawal with a fee in its own coin: the id of its cash flow, and what the fee was worth."""
    flows = {flow.external_id: flow for flow in found.unit.cash_flows.between(account, *found.span_ms)}
    start_ms, end_ms = found.span_ms
    paid = []
    for event in found.unit.ledger.of_source(account, WITHDRAWAL):
        flow = flows.get(event.external_id)
        if flow is None or flow.id is None or flow.price is None or not start_ms <= event.at_ms < end_ms:
            continue
        fee = total([-leg.amount for leg in event.legs if leg.role == "fee" and leg.asset == flow.asset])
        if fee:
            paid.append((flow.id, product(fee, flow.price)))
    return paid


def _kinds(kind: str, values: Mapping[str, Sequence[tuple[int, Decimal]]], at_ms: int, table: str) -> list[Input]:
    rows = [
        _counted(kind, label, total([value for _, value in told]), [number for number, _ in told], at_ms, table)
        for label, told in values.items()
    ]
    return sorted(rows, key=lambda one: (-abs(one.value or ZERO), one.label))


def _residual(found: Closed) -> tuple[Decimal, list[Input]]:
    """The stretches that left something over; the newest, where there are many."""
    findings, _ = found.unit.proofs.findings(found.account, *found.span_ms, MOST_FINDINGS)
    rows = [
        Input("finding", one.cause, one.residual, one.until_ms, "closing_findings", part=one.residual)
        for one in findings
    ]
    return found.told.residual, rows


_BY_METRIC: Final[Mapping[str, Callable[[Closed], tuple[Decimal, list[Input]]]]] = {
    "attribution_flows": _flows,
    "attribution_realized": _realized,
    "attribution_unrealized": _unrealized,
    "attribution_prices": _prices,
    "attribution_income": _income,
    "attribution_fees": _fees,
    "attribution_residual": _residual,
}
ATTRIBUTIONS: Final = tuple(_BY_METRIC)
