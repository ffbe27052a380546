"""Risk figures: day by day what each has in the figure, or the fall piece by piece."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.explain.day_shares import BY_DAYS, YEAR, Returns, day_shares
from backend.core.explain.falls import fall_pieces, hourly_pieces
from backend.core.explain.model import CUT, EXACTLY, DataBehind, Explained, Input, Piece, Unit, summed
from backend.core.explain.pieces import INDEX_TOLERANCE
from backend.core.explain.windows import shown_percent
from backend.core.explain.wording import WORDS, chain, signed_percent
from backend.core.model.amounts import ONE
from backend.core.model.instants import DAY_MS, iso_ms, to_ms
from backend.core.performance.risk import rf_per_period
from backend.core.risk_book import ALONE, HOURLY, OpenedRisk
from backend.core.series import SeriesChunk

if TYPE_CHECKING:
    from backend.core.performance.risk_sample import Line, Sample
    from backend.core.ports import UnitOfWork
    from backend.core.risk_views import RiskFigure

SHARES: Final = frozenset(
    (
        *("volatility", "max_drawdown", HOURLY, "var_95", "cvar_95"),
        *("best_day", "worst_day", "positive_days", "alpha", "tracking_error"),
    )
)
AGAINST: Final = frozenset({"beta", "alpha", "tracking_error", "information_ratio"})
RISKS: Final = (*BY_DAYS, "calmar", "max_drawdown", HOURLY)
OF_BENCHMARK: Final = frozenset(ALONE)
RowsOf = Callable[[int, int, int], SeriesChunk]
# What is shown of a share is a percentage with eight decimals, of a ratio eight decimals.
SHARE_STEP: Final = Decimal("1e-10")
RATIO_STEP: Final = Decimal("1e-8")


def explain_risk(unit: UnitOfWork, opened: OpenedRisk, name: str, benchmark: bool, rows_of: RowsOf) -> Explained:
    """A risk figure of a window, the portfolio's or the benchmark's.

    Args:
        rows_of: the indexed rows of an account from one instant to another.
    """
    line = opened.view.lines[name]
    figure = line.benchmark if benchmark and line.benchmark is not None else line.own
    sample, window = opened.sample, opened.window
    told: Unit = "percent" if name in SHARES else "ratio"
    formula, pieces, inputs = "not defined", list[Piece](), list[Input]()
    if figure.value is not None and sample is not None and window is not None and window.start is not None:
        side = sample.benchmark if benchmark else sample.own
        if name in BY_DAYS:
            rf = Decimal(repr(rf_per_period(float(opened.view.risk_free_rate))))
            formula, inputs = _by_days(unit, window.last.account_id, sample, name, side, rf, figure.value)
        elif name == "calmar":
            formula, inputs = _calmar(opened, figure.value, benchmark)
        else:
            account = window.last.account_id
            if name == HOURLY:
                pieces = hourly_pieces(
                    unit, account, rows_of(account, window.start.at_ms, window.last.at_ms), benchmark, figure
                )
            else:
                pieces = fall_pieces(unit, account, side, figure)
            formula = chain(pieces, "drawdown", shown_percent(figure.value)) if pieces else "no fall: 0 %"
    start = None if window is None else window.start
    return Explained(
        unit=told,
        result=figure.value,
        status=figure.status,
        reason=figure.reason,
        method=name,
        words=WORDS[name],
        formula=formula,
        pieces=pieces,
        inputs=inputs,
        start_ms=None if start is None else start.at_ms,
        end_ms=None if start is None or window is None else window.last.at_ms,
        available_from=None if opened.view.figures is None else opened.view.figures.available_from,
        data=None if start is None or window is None else _data(unit, opened, figure),
    )


def _data(unit: UnitOfWork, opened: OpenedRisk, figure: RiskFigure) -> DataBehind | None:
    window = opened.window
    if window is None or window.start is None or figure.value is None:
        return None
    start, last = window.start, window.last
    flows = unit.cash_flows.between(last.account_id, start.at_ms, last.at_ms)
    return DataBehind(
        snapshots=last.slots - start.slots,
        expected=last.slots_expected - start.slots_expected,
        flows=len(flows),
        flows_valued=sum(1 for flow in flows if flow.amount is not None),
    )


def _by_days(
    unit: UnitOfWork, account: int, sample: Sample, name: str, side: Line, rf: Decimal, value: float
) -> tuple[str, list[Input]]:
    known = [place for place, one in enumerate(side.returns) if math.isfinite(one)]
    if name in AGAINST:
        known = [place for place in known if math.isfinite(sample.benchmark.returns[place])]
    against = [_exact(sample.benchmark.returns[place]) for place in known] if name in AGAINST else []
    returns = Returns(known, [_exact(side.returns[place]) for place in known], against, rf)
    shares = day_shares(name, returns)
    ends = [sample.day_ms(returns.places[place]) + DAY_MS for place in shares.parts]
    ids = {row.at_ms: row.id for row in unit.snapshots.at_instants(account, ends)}
    inputs = [
        Input(
            kind="daily_return",
            label=iso_ms(end_ms - DAY_MS)[:10],
            value=None,
            at_ms=end_ms,
            table="snapshots",
            id=ids.get(end_ms),
            returned=returns.own[place],
            benchmark=returns.benchmark[place] if against else None,
            part=part.quantize(CUT, context=EXACTLY),
        )
        for end_ms, (place, part) in zip(ends, shares.parts.items(), strict=True)
    ]
    inputs = summing_to(inputs, value, name in SHARES, compounds=name == "alpha")
    return f"{shares.formula} = {told_figure(value, name in SHARES)}", inputs


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def told_figure(value: float, share: bool) -> str:
    """A figure as it is shown."""
    return signed_percent(shown_percent(value)) if share else f"{value:+.8f}"


def compounded(total: Decimal) -> Decimal:
    """What a daily rate is in a year."""
    with localcontext(EXACTLY):
        return (ONE + total) ** YEAR - ONE


def summing_to(inputs: Sequence[Input], value: float, share: bool, compounds: bool = False) -> list[Input]:
    """The rows, and where their sum shows another last digit than the figure a last one that says by how much.

    Args:
        compounds: the figure is what the sum, a daily rate, comes to in a year.
    """
    step = SHARE_STEP if share else RATIO_STEP
    total = summed([one.part for one in inputs])
    figure = compounded(total) if compounds else total
    shown = Decimal(repr(value)).quantize(step, ROUND_HALF_EVEN, context=EXACTLY)
    if figure.quantize(step, ROUND_HALF_EVEN, context=EXACTLY) == shown:
        return list(inputs)
    with localcontext(EXACTLY):
        wanted = (shown + ONE) ** (ONE / YEAR) - ONE if compounds else shown
        part = (wanted - total).quantize(CUT)
    small = abs(part) <= Decimal(repr(INDEX_TOLERANCE)) * max(ONE, abs(shown))
    if small:
        return [*inputs, Input("rounding", "rounding", None, part=part)]
    rest = Input("not_explained", "not_explained", None, status="estimated", reason="index_differs", part=part)
    return [*inputs, rest]


def _calmar(opened: OpenedRisk, value: float, benchmark: bool) -> tuple[str, list[Input]]:
    """A quotient of two figures that are opened by themselves."""
    assert opened.yearly is not None, "a quotient without its dividend"
    line = opened.view.lines["max_drawdown"]
    fall = line.benchmark if benchmark and line.benchmark is not None else line.own
    yearly = opened.yearly[1 if benchmark else 0].value
    assert yearly is not None, "a quotient of nothing"
    assert fall.value is not None, "a quotient by nothing"
    window = opened.window
    end_ms = None if window is None else to_ms(window.figures.end)
    inputs = [
        Input("figure", "annual_return", None, end_ms, status=fall.status, returned=_exact(yearly)),
        Input("figure", "max_drawdown", None, end_ms, status=fall.status, returned=_exact(fall.value)),
    ]
    own, deepest = signed_percent(shown_percent(yearly)), signed_percent(shown_percent(fall.value))
    return f"annual return {own} / drawdown {deepest} x -1 = {told_figure(value, share=False)}", inputs
