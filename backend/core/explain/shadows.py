"""The benchmark's money line and the hold-only shadow: coins times prices, and the real account beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from backend.core.attention import EXHAUSTED
from backend.core.display_rates import Rates, stored_rates
from backend.core.explain.in_currency import pieces_in
from backend.core.explain.model import CUT, EXACTLY, Explained, Input, Piece, ratio, summed
from backend.core.explain.pieces import rounded_to
from backend.core.explain.rest import whole
from backend.core.explain.risks import summing_to
from backend.core.explain.windows import shown_percent
from backend.core.explain.wording import WORDS, amount, chain, difference, signed_percent
from backend.core.model.amounts import ONE, product
from backend.core.model.instants import to_ms

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkView, Comparison
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork
    from backend.core.views import Status

Parts = tuple[float | Decimal | None, str, Sequence[Piece], Sequence[Input]]


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A window with its shadows. `view` is told in the currency of `rates` (None: the reporting one, which stored
    prices are in).
    """

    unit: UnitOfWork
    view: BenchmarkView
    end: SnapshotRow
    reporting: str
    rates: Rates | None

    def shown(self, value: Decimal | None, at_ms: int) -> Decimal | None:
        """An amount of an instant in the currency."""
        return value if self.rates is None else self.rates.then(value, at_ms)


def explain_shadow(metric: str, found: Shadowed) -> Explained:
    """A figure of the benchmark's money line, or of the shadow that only holds."""
    view = found.view
    hold = metric in OF_HOLD
    result, formula, pieces, inputs = _BY_METRIC[metric](found)
    status, reason = _trust(metric, view)
    if result is None:
        status = "unavailable"
    start = None if view.figures is None or view.figures.start is None else to_ms(view.figures.start)
    return Explained(
        unit="percent" if metric in OF_PERCENT else "money",
        result=result,
        status=status,
        reason=reason,
        method=metric,
        words=WORDS[metric],
        formula=formula,
        pieces=pieces,
        inputs=inputs if result is not None else (),
        start_ms=view.hold.since_ms if metric in ("hold_twr", "hold_excess") else start,
        end_ms=view.hold.value.at_ms if hold else found.end.at_ms,
    )


def _trust(metric: str, view: BenchmarkView) -> tuple[Status, str | None]:
    """How far a figure can be trusted, as the page tells it."""
    hold = view.hold
    if metric == "hold_twr":
        return hold.status, hold.reason
    if metric == "hold_excess":
        return hold.against.status, hold.against.reason
    if metric == "benchmark_value":
        doubted = view.line_reason not in (None, EXHAUSTED)
        return "estimated" if doubted else "exact", view.line_reason
    one = hold.value if metric in OF_HOLD else view.comparison
    return one.status, one.reason


def _line(found: Shadowed) -> Parts:
    view, end = found.view, found.end
    inputs = [
        _coin(part.coin, part.units, part.price, end.at_ms, ("snapshots", end.id), part.share) for part in view.parts
    ]
    told = " + ".join(f"{amount(one.quantity)} x {amount(one.price)}" for one in inputs if one.value is not None)
    # Units are those after the flow of the instant, the line is told just before it.
    formula = f"benchmark = {told or 0} = {amount(view.line)}"
    if view.line is None:
        return None, formula, (), ()
    return view.line, formula, (), whole(inputs, view.line, "flow_after" if end.flow else None)


def _hold_value(found: Shadowed) -> Parts:
    one, end = found.view.hold.value, found.end
    if one.at_ms is None or one.shadow is None:
        return None, "not defined", (), ()
    shadows, account = found.unit.shadows, end.account_id
    # The value is told just before the flows of its instant.
    state = shadows.hold_state(account, one.at_ms - 1) or shadows.hold_state(account, one.at_ms)
    units: Mapping[str, Decimal] = {} if state is None else state.units
    row = next(iter(found.unit.snapshots.at_instants(account, [one.at_ms])), None)
    inputs = [
        _coin(
            coin, quantity, found.shown(_price(found, coin, one.at_ms, row), one.at_ms), one.at_ms, ("hold_rows", None)
        )
        for coin, quantity in units.items()
    ]
    told = " + ".join(f"{amount(each.quantity)} x {amount(each.price)}" for each in inputs if each.value is not None)
    formula = f"held only = {told or 0} = {amount(one.shadow)}"
    return one.shadow, formula, (), whole(inputs, one.shadow)


def _coin(
    name: str,
    units: Decimal | None,
    price: Decimal | None,
    at_ms: int,
    stored: tuple[str, int | None],
    weight: Decimal | None = None,
) -> Input:
    worth = None if price is None or units is None else product(units, price)
    return Input(
        kind="coin",
        label=name,
        value=worth,
        at_ms=at_ms,
        table=stored[0],
        id=stored[1],
        quantity=units,
        price=price,
        weight=weight,
        part=worth,
        status="exact" if worth is not None else "unavailable",
        reason=None if worth is not None else "no_price",
    )


def _price(found: Shadowed, coin: str, at_ms: int, row: SnapshotRow | None) -> Decimal | None:
    """As the snapshot used it, or as it is stored."""
    if coin == found.reporting:
        return ONE
    used = None if row is None else row.composition.get(coin)
    if used is not None and used.price is not None:
        return used.price
    return stored_rates(found.unit, coin, found.reporting, [at_ms]).get(at_ms)


def _sides(one: Comparison, name: str) -> list[Input]:
    return [
        Input("figure", "value", one.value, one.at_ms, status=one.status, reason=one.reason, part=one.value),
        Input(
            "figure", name, one.shadow, one.at_ms, status=one.status, reason=one.reason,
            part=None if one.shadow is None else -one.shadow,
        ),
    ]  # fmt: skip


def _gap(one: Comparison, name: str) -> Parts:
    formula = difference("difference", [("value", one.value), (name, one.shadow)], one.difference)
    return one.difference, formula, (), _sides(one, name)


def _benchmark_gap(found: Shadowed) -> Parts:
    return _gap(found.view.comparison, "benchmark_value")


def _hold_gap(found: Shadowed) -> Parts:
    return _gap(found.view.hold.value, "hold_value")


def _outperformance(found: Shadowed) -> Parts:
    one = found.view.comparison
    if one.ratio is None or one.value is None or not one.shadow:
        return None, "not defined", (), ()
    formula = (
        f"difference {amount(one.difference)} / benchmark {amount(one.shadow)} = "
        f"{signed_percent(shown_percent(one.ratio))}"
    )
    sides = _sides(one, "benchmark_value")
    parts = [EXACTLY.divide(one.value, one.shadow).quantize(CUT, context=EXACTLY), -ONE]
    told = [
        Input(side.kind, side.label, side.value, side.at_ms, status=side.status, reason=side.reason, part=part)
        for side, part in zip(sides, parts, strict=True)
    ]
    return one.ratio, formula, (), summing_to(told, float(one.ratio), share=True)


def _hold_return(found: Shadowed) -> Parts:
    """From flow to flow of the shadow."""
    hold = found.view.hold
    if hold.growth is None or hold.since_ms is None or hold.value.at_ms is None:
        return None, "not defined", (), ()
    account, end_ms = found.end.account_id, hold.value.at_ms
    flows = found.unit.cash_flows.between(account, hold.since_ms + 1, end_ms)
    instants = [*sorted({flow.at_ms for flow in flows}), end_ms]
    grown = found.unit.shadows.hold_since(account, hold.since_ms, instants)
    points = [(hold.since_ms, 0.0), *((at_ms, grown[at_ms]) for at_ms in dict.fromkeys(instants) if at_ms in grown)]
    ids = {row.at_ms: row.id for row in found.unit.snapshots.at_instants(account, [at_ms for at_ms, _ in points])}
    pieces = [
        Piece(
            start_ms=start_ms,
            end_ms=later_ms,
            start_value=None,
            end_value=None,
            factor=ratio(summed([ONE, Decimal(repr(end))]), summed([ONE, Decimal(repr(start))])),
            kind="index",
            start_id=ids.get(start_ms),
            end_id=ids.get(later_ms),
        )
        for (start_ms, start), (later_ms, end) in pairwise(points)
        if start > -1
    ]
    shown = shown_percent(hold.growth)
    assert shown is not None, "a return without its figure"
    if found.rates is not None:
        pieces = pieces_in(pieces, found.rates)
    pieces = rounded_to(pieces, shown)
    return hold.growth, chain(pieces, "held only", shown), pieces, ()


def _hold_excess(found: Shadowed) -> Parts:
    hold = found.view.hold
    excess = None if hold.growth is None or hold.twr is None else hold.twr - hold.growth
    own, other = shown_percent(hold.twr), shown_percent(hold.growth)
    inputs = [
        Input("figure", name, None, hold.value.at_ms, status=hold.status, reason=hold.reason, part=part)
        for name, part in (
            ("twr", None if hold.twr is None else Decimal(repr(hold.twr))),
            ("hold_twr", None if hold.growth is None else -Decimal(repr(hold.growth))),
        )
    ]
    formula = f"{signed_percent(own)} - ({signed_percent(other)}) = {signed_percent(shown_percent(excess))}"
    return excess, formula, (), inputs if excess is None else summing_to(inputs, excess, share=True)


_BY_METRIC: Final[Mapping[str, Callable[[Shadowed], Parts]]] = {
    "benchmark_value": _line,
    "benchmark_difference": _benchmark_gap,
    "outperformance": _outperformance,
    "hold_value": _hold_value,
    "hold_difference": _hold_gap,
    "hold_twr": _hold_return,
    "hold_excess": _hold_excess,
}
SHADOWS: Final = tuple(_BY_METRIC)
OF_HOLD: Final = frozenset({"hold_value", "hold_difference", "hold_twr", "hold_excess"})
OF_PERCENT: Final = frozenset({"outperformance", "hold_twr", "hold_excess"})
