"""What the rows of all accounts together are made of: the members' rows of one instant, and what lies between them.

A flow of one member is a link of the whole: a member that has no row there is valued by its last row, its ledger since,
and the prices of that very instant (docs/decisions/0029-all-accounts-together.md).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.ledger.outside import kept_outside
from backend.core.model.amounts import MONEY, ZERO, product, total
from backend.core.model.valuation import FLOW_PRICE_DOUBTS, Holding
from backend.core.own_addresses import outside_in
from backend.core.own_moves import MOVE_SUGGESTED, key_of
from backend.core.performance.snapshot_chain import Reset, ValuedPoint
from backend.core.whole_ports import MemberRow
from backend.services.benchmark_prices import Prices, benchmark_prices, benchmark_resets
from backend.services.snapshot_values import net_flow

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow, LedgerEvent
    from backend.core.model.moves import LegKey, Move
    from backend.core.performance.benchmark_plan import BenchmarkPlan
    from backend.core.ports import UnitOfWork
    from backend.services.past_prices import PastPrices

# What a grid or a user asked for; other rows of a member are at flows of its own.
REGULAR: Final = ("slot", "manual")
UNREALIZED_UNKNOWN: Final = "unrealized_unknown"


@dataclass(frozen=True, slots=True)
class Between:
    """A member at an instant at which it has no row: what it held, and why that is not sure."""

    held: Mapping[str, Decimal]
    doubt: str | None


@dataclass(slots=True)
class Stretch:
    """The rows of all members with after < instant <= until, the whole's flows by instant, and what else is needed.

    `first_ms`: when each member began; `opening_ms`: when the whole did; `asked`: sides of moves nobody confirmed.
    """

    first_ms: Mapping[int, int]
    opening_ms: int
    rows: Mapping[int, Mapping[int, MemberRow]]
    flows: Mapping[int, Sequence[CashFlow]]
    moves: Sequence[Move]
    asked: frozenset[LegKey]
    between: dict[tuple[int, int], Between] = field(default_factory=dict)

    def kinds(self) -> dict[int, str]:
        """The instants of the whole, rising, and what kind of row each has."""
        found: dict[int, str] = {}
        for at_ms in sorted({*self.rows, *self.flows}):
            here = self.rows.get(at_ms, {})
            regular = [row.kind for row in here.values() if row.kind in REGULAR]
            if regular and all(member in here for member in self.counted(at_ms)):
                found[at_ms] = REGULAR[0] if REGULAR[0] in regular else REGULAR[1]
            elif at_ms in self.flows or at_ms == self.opening_ms or self.joining(at_ms) != ZERO:
                found[at_ms] = "flow"
        return found

    def counted(self, at_ms: int) -> list[int]:
        """The members whose value is in that of an instant: those that had begun, and those the whole begins with."""
        return [one for one, first in self.first_ms.items() if first < at_ms or at_ms == first == self.opening_ms]

    def joining(self, at_ms: int) -> Decimal:
        """What members are worth that begin later than the whole, at the instant at which they do."""
        if at_ms == self.opening_ms:
            return ZERO
        here = self.rows.get(at_ms, {})
        return total([row.value for one, row in here.items() if self.first_ms[one] == at_ms])

    def on_their_way(self, at_ms: int) -> list[tuple[str, Decimal]]:
        """Coins that have left one member and not come to another; below zero where they came before they left."""
        found = []
        for move in self.moves:
            if move.sent_ms < at_ms <= move.received_ms:
                found.append((move.asset, move.quantity))
            elif move.received_ms < at_ms <= move.sent_ms:
                found.append((move.asset, -move.quantity))
        return found


def read_stretch(unit: UnitOfWork, whole: int, after_ms: int, until_ms: int) -> Stretch:
    """What is stored of a stretch, the members without a row at a flow included."""
    ends = unit.wholes.ends(sorted(unit.wholes.members(whole)))
    members = sorted(ends)
    rows: dict[int, dict[int, MemberRow]] = {}
    for row in unit.wholes.rows(members, after_ms, until_ms):
        rows.setdefault(row.at_ms, {})[row.account_id] = row
    flows: dict[int, list[CashFlow]] = {}
    for flow in unit.cash_flows.between(whole, after_ms + 1, until_ms + 1):
        if flow.at_ms >= ends[flow.account_id].first_ms:
            flows.setdefault(flow.at_ms, []).append(flow)
    moves = unit.moves.all(members)
    first_ms = {account: own.first_ms for account, own in ends.items()}
    stretch = Stretch(
        first_ms=first_ms,
        opening_ms=min(first_ms.values()),
        rows=rows,
        flows=flows,
        moves=[move for move in moves if move.state == "paired"],
        asked=frozenset(key for move in moves if move.state == "suggested" for key in move.keys),
    )
    lacking: dict[int, list[int]] = {}
    for at_ms in stretch.kinds():
        for member in stretch.counted(at_ms):
            if member not in rows.get(at_ms, {}):
                lacking.setdefault(member, []).append(at_ms)
    for member, instants in lacking.items():
        own = [here[member] for _, here in sorted(rows.items()) if member in here]
        for at_ms, found in _between(unit, member, instants, own).items():
            stretch.between[member, at_ms] = found
    return stretch


def _between(unit: UnitOfWork, member: int, instants: Sequence[int], own: Sequence[MemberRow]) -> Mapping[int, Between]:
    """What a member held at instants at which it has no row; `own`: its rows of the stretch, rising."""
    opening = _member_row(unit, member, instants[0])
    known = [opening, *(row for row in own if row.at_ms > opening.at_ms)]
    after = unit.snapshots.first_after(member, instants[-1])
    if after is not None and after.at_ms > known[-1].at_ms:
        known.append(MemberRow(member, after.at_ms, after.kind, after.value, after.reason, {}))
    places = [row.at_ms for row in known]
    events = kept_outside(unit.wholes.events(member, opening.at_ms, instants[-1]), outside_in(unit, member).keys)
    booked = [event.at_ms for event in events]
    readings = unit.watch.readings(member, opening.at_ms)
    found: dict[int, Between] = {}
    for at_ms in instants:
        place = bisect_left(places, at_ms)
        before, behind = known[place - 1], known[place : place + 1]
        since = events[bisect_left(booked, before.at_ms) : bisect_left(booked, at_ms)]
        doubts = [row.value_doubt for row in (before, *behind)]
        told = [one for one in doubts if one is not None and one.partition(":")[0] not in FLOW_PRICE_DOUBTS]
        end = behind[0].at_ms if behind else at_ms
        if any(reading.amounts for reading in readings if before.at_ms <= reading.at_ms <= end):
            told.append(UNREALIZED_UNKNOWN)
        found[at_ms] = Between(_held(before, since), told[0] if told else None)
    return found


def _member_row(unit: UnitOfWork, member: int, before_ms: int) -> MemberRow:
    row = unit.snapshots.last(member, before_ms)
    if row is None:
        raise ValueError(f"account {member} has no row before {before_ms}: it had not begun")
    return MemberRow(member, row.at_ms, row.kind, row.value, row.reason, row.composition)


def _held(row: MemberRow, events: Sequence[LedgerEvent]) -> Mapping[str, Decimal]:
    held = {asset: holding.quantity for asset, holding in row.composition.items()}
    with localcontext(MONEY):
        for event in events:
            for leg in event.legs:
                held[leg.asset] = held.get(leg.asset, ZERO) + leg.amount
    return {asset: quantity for asset, quantity in held.items() if quantity != ZERO}


def points_of(
    stretch: Stretch, prices: PastPrices, plan: BenchmarkPlan, since_ms: int | None
) -> tuple[list[ValuedPoint], list[Reset]]:
    """The points of a stretch, and the resets of the benchmark after `since_ms` (None: from the first point on).

    Raises:
        ExchangeError: a price could not be read.
    """
    kinds = stretch.kinds()
    if not kinds:
        return [], []
    instants = list(kinds)
    resets = plan.resets(instants[0] if since_ms is None else since_ms, instants[-1])
    wanted: dict[str, set[int]] = {coin: {*instants, *resets} for coin in plan.coins}
    for (_, at_ms), found in stretch.between.items():
        for asset in found.held:
            wanted.setdefault(asset, set()).add(at_ms)
    for at_ms in instants:
        for asset, _ in stretch.on_their_way(at_ms):
            wanted.setdefault(asset, set()).add(at_ms)
    known = prices.of_all(wanted)
    points = [_point(stretch, at_ms, kind, known, plan) for at_ms, kind in kinds.items()]
    return points, benchmark_resets(plan, known, resets)


@dataclass(slots=True)
class _Sum:
    """A value as it is added up."""

    values: list[Decimal] = field(default_factory=list)
    held: dict[str, Holding] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def add(self, asset: str, quantity: Decimal, price: Decimal | None) -> None:
        known = self.held.get(asset)
        if known is None:
            self.held[asset] = Holding(quantity, price)
            return
        self.held[asset] = Holding(total([known.quantity, quantity]), known.price if price is None else price)

    def priced(self, asset: str, quantity: Decimal, prices: Prices, at_ms: int) -> None:
        """Coins that no row of a member values."""
        told = prices[asset][at_ms]
        self.add(asset, quantity, told.price)
        if told.price is not None:
            self.values.append(product(quantity, told.price))
        if told.doubt is not None:
            self.doubts.append(f"{told.doubt}:{asset}")


def _point(stretch: Stretch, at_ms: int, kind: str, prices: Prices, plan: BenchmarkPlan) -> ValuedPoint:
    here, found = stretch.rows.get(at_ms, {}), _Sum()
    for member in stretch.counted(at_ms):
        row = here.get(member)
        if row is None:
            own = stretch.between[member, at_ms]
            for asset, quantity in own.held.items():
                found.priced(asset, quantity, prices, at_ms)
            found.doubts += [] if own.doubt is None else [own.doubt]
            continue
        found.values.append(row.value)
        for asset, holding in row.composition.items():
            found.add(asset, holding.quantity, holding.price)
        found.doubts += [] if row.value_doubt is None else [row.value_doubt]
    for asset, quantity in stretch.on_their_way(at_ms):
        found.priced(asset, quantity, prices, at_ms)
    flows = stretch.flows.get(at_ms, ())
    told, flow_doubt = net_flow(flows)
    flow = total([told, stretch.joining(at_ms)])
    if flow_doubt is None and any(key_of(one) in stretch.asked for one in flows):
        flow_doubt = MOVE_SUGGESTED
    benchmark, benchmark_doubt = benchmark_prices(plan, prices, at_ms)
    return ValuedPoint(
        at_ms=at_ms,
        kind=kind,
        value=total(found.values),
        flow=flow,
        deposits=max(flow, ZERO),
        composition={asset: one for asset, one in found.held.items() if one.quantity != ZERO},
        doubt=found.doubts[0] if found.doubts else None,
        flow_doubt=flow_doubt,
        benchmark=benchmark,
        benchmark_doubt=benchmark_doubt,
    )
