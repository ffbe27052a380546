"""What snapshots are made of: quantities of the ledger at the prices of their instants, and the flows between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.flows import KEPT_OUTSIDE, NOT_A_FLOW, TO_CONFIRM, UNEXPLAINED_CHANGE
from backend.core.ledger.reconcile import in_doubt
from backend.core.ledger.replay import Replay, coins_alone
from backend.core.model.amounts import MONEY, ZERO, product, total
from backend.core.model.holdings import CashFlow, EventKind, LedgerEvent, Leg
from backend.core.model.valuation import Holding
from backend.core.performance.snapshot_chain import Reset, ValuedPoint
from backend.services.benchmark_prices import BenchmarkPrices, Prices, benchmark_prices, benchmark_resets

if TYPE_CHECKING:
    from backend.core.performance.benchmark_plan import BenchmarkPlan
    from backend.services.past_prices import PastPrice, PastPrices
    from backend.services.watch import Watched

# Listed among the cash flows and counted as none.
NO_FLOWS: Final = frozenset({EventKind.KEPT_OUTSIDE, EventKind.ADJUSTMENT_INCOME})


class Points:
    """Valued points of one account at rising instants, in as many goes as the caller likes."""

    def __init__(
        self, events: Sequence[LedgerEvent], watched: Watched, prices: PastPrices, plan: BenchmarkPlan
    ) -> None:
        alone = coins_alone(events)
        self._owned = Replay(events)
        self._coins = None if alone is events else Replay(alone)
        self._unknown = in_doubt(events)
        self._watched = watched
        self._prices = prices
        self._plan = plan

    def at(
        self, instants: Sequence[int], kinds: Mapping[int, str], flows: Sequence[CashFlow], since_ms: int | None
    ) -> tuple[list[ValuedPoint], list[Reset]]:
        """Points, and the resets of the benchmark after `since_ms` (None: from the first point on).

        A slot in a pause of trading has no point, unless something came or left at its very instant.

        Raises:
            ExchangeError: a price could not be read; the next go is to be one of a new object.
        """
        owned = self._owned.before(instants)
        coins = owned if self._coins is None else self._coins.before(instants)
        doubts = {
            at_ms: UNEXPLAINED_CHANGE for since, until in self._unknown for at_ms in instants if since < at_ms < until
        }
        doubts |= {at_ms: doubt for at_ms, quantities in coins if (doubt := _short(quantities)) is not None}
        held = [self._watched.with_profit(at_ms, quantities) for at_ms, quantities in owned]
        wanted: dict[str, set[int]] = {coin: set(instants) for coin in self._plan.coins}
        for at_ms, quantities, _ in held:
            for asset in quantities:
                wanted.setdefault(asset, set()).add(at_ms)
        since = instants[0] if since_ms is None else since_ms
        reset_instants = self._plan.resets(since, instants[-1])
        for coin in self._plan.coins:
            wanted[coin].update(reset_instants)
        prices = self._prices.of_all(wanted)
        by_instant: dict[int, list[CashFlow]] = {}
        for flow in flows:
            by_instant.setdefault(flow.at_ms, []).append(flow)
        points = [
            _point(
                at_ms,
                kinds[at_ms],
                quantities,
                prices,
                by_instant.get(at_ms, ()),
                doubts.get(at_ms, doubt),
                benchmark_prices(self._plan, prices, at_ms),
            )
            for at_ms, quantities, doubt in held
            if kinds[at_ms] != "slot" or at_ms in by_instant or not self._without_trading(prices, at_ms, quantities)
        ]
        return points, benchmark_resets(self._plan, prices, reset_instants)

    def _without_trading(self, prices: Prices, at_ms: int, held: Iterable[str]) -> bool:
        """Whether nothing that is held was traded in the hour before: a gap in the candles stays a gap.

        Where only some coins were not, the slot is an estimate.
        """
        told = [prices[asset][at_ms] for asset in held if asset != self._prices.reporting]
        priced = [one for one in told if one.price is not None]
        return bool(priced) and all(one.paused for one in priced)


def valued_flows(account_id: int, crossing: Sequence[LedgerEvent], known: PastPrices) -> list[CashFlow]:
    """The flows of events at the prices of theirs.

    Raises:
        ExchangeError: a price could not be read.
    """
    wanted: dict[str, set[int]] = {}
    for event in crossing:
        for leg in listed(event):
            wanted.setdefault(leg.asset, set()).add(event.at_ms)
    prices = known.of_all(wanted)
    return [
        _flow(account_id, event, leg, prices[leg.asset][event.at_ms]) for event in crossing for leg in listed(event)
    ]


def listed(event: LedgerEvent) -> Sequence[Leg]:
    """What the list of cash flows shows of an event: also what the user said is none, so that it can be taken back."""
    if event.kind is EventKind.KEPT_OUTSIDE:
        return event.legs[:1]
    return event.legs if event.kind is EventKind.ADJUSTMENT_INCOME else event.flow_legs()


def net_flow(flows: Iterable[CashFlow]) -> tuple[Decimal, str | None]:
    """The sum of the flows of an instant, as far as they are valued, and the first doubt about one of them."""
    own = list(flows)
    doubts = (flow.reason or flow.status for flow in own if flow.status not in ("exact", "pending"))
    return total([flow.amount for flow in own if flow.amount is not None]), next(doubts, None)


def _flow(account_id: int, event: LedgerEvent, leg: Leg, price: PastPrice) -> CashFlow:
    unexplained = event.kind is EventKind.UNEXPLAINED
    status = TO_CONFIRM if unexplained else "exact" if price.doubt is None else "estimated"
    kept = event.kind is EventKind.KEPT_OUTSIDE
    if event.kind in NO_FLOWS:
        status = NOT_A_FLOW
    elif price.price is None and not unexplained:
        status = "unavailable"
    return CashFlow(
        id=None,
        account_id=account_id,
        at_ms=event.at_ms,
        amount=None if price.price is None else product(leg.amount, price.price),
        asset=leg.asset,
        quantity=leg.amount,
        price=price.price,
        description="",
        source=event.source,
        external_id=event.external_id,
        status=status,
        reason=UNEXPLAINED_CHANGE if unexplained else KEPT_OUTSIDE if kept else price.doubt,
    )


def _short(coins: Mapping[str, Decimal]) -> str | None:
    """The doubt where more coins had left than are known to have come, borrowed ones included."""
    return next((f"negative_quantity:{asset}" for asset, quantity in coins.items() if quantity < ZERO), None)


def _point(
    at_ms: int,
    kind: str,
    quantities: Mapping[str, Decimal],
    prices: Prices,
    flows: Iterable[CashFlow],
    quantity_doubt: str | None,
    benchmark: BenchmarkPrices,
) -> ValuedPoint:
    composition = {asset: Holding(quantity, prices[asset][at_ms].price) for asset, quantity in quantities.items()}
    doubts = [f"{prices[asset][at_ms].doubt}:{asset}" for asset in quantities if prices[asset][at_ms].doubt is not None]
    if quantity_doubt is not None:
        doubts.append(quantity_doubt)
    with localcontext(MONEY):
        value = sum(
            (holding.quantity * holding.price for holding in composition.values() if holding.price is not None), ZERO
        )
    flow, flow_doubt = net_flow(flows)
    return ValuedPoint(
        at_ms=at_ms,
        kind=kind,
        value=value,
        flow=flow,
        deposits=max(flow, ZERO),
        composition=composition,
        doubt=doubts[0] if doubts else None,
        flow_doubt=flow_doubt,
        benchmark=benchmark[0],
        benchmark_doubt=benchmark[1],
    )
