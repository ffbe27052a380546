"""Figures of closing trades, trade by trade: shares whose sum is the figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.explain.model import CUT, EXACTLY, Explained, Input, Unit
from backend.core.explain.risks import summing_to, told_figure
from backend.core.explain.wording import WORDS, amount
from backend.core.ledger.book_sums import METHODS
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.instants import DAY_MS, to_ms
from backend.core.performance.windows import TOTAL

if TYPE_CHECKING:
    from backend.core.book_ports import Key
    from backend.core.model.booked import BookedTrade
    from backend.core.ports import UnitOfWork
    from backend.core.position_views import ProfitParts, RoundTrips
    from backend.core.views import WindowView

TRIPS: Final = ("win_rate", "expectancy", "profit_factor")
NO_TRADES: Final = "no_closing_trades"
NO_LOSS: Final = "no_loss"
TRADES_A_READ: Final = 2_000
# Start and end in ms; None: of the whole history.
Span = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class ClosingTrades:
    """Closing trades of a window, oldest first, each with its result, and what they come to."""

    window: WindowView
    trips: RoundTrips
    trades: Sequence[tuple[BookedTrade, Decimal]]


def closing_trades(
    unit: UnitOfWork, accounts: Sequence[int], days: int, shown: WindowView, trips: RoundTrips
) -> ClosingTrades:
    """The trades of the accounts shown that round trips of a window count; `days`: of one over several accounts."""
    place = METHODS.index(trips.method)
    found: list[tuple[BookedTrade, Decimal]] = []
    if trips.parts is not None:
        for account in accounts:
            found += _closing(unit, account, _span(unit, account, days, shown), place)
    found.sort(key=lambda one: (one[0].at_ms, one[0].id))
    return ClosingTrades(shown, trips, found)


def _span(unit: UnitOfWork, account: int, days: int, shown: WindowView) -> Span:
    """Over several accounts each account's window ends with its own newest snapshot."""
    figures = shown.figures
    if figures is not None:
        return None if figures.start is None else to_ms(figures.start), to_ms(figures.end)
    last = unit.snapshots.last(account)
    return (None, None) if days == TOTAL or last is None else (last.at_ms - days * DAY_MS, last.at_ms)


def _closing(unit: UnitOfWork, account: int, span_ms: Span, place: int) -> Iterator[tuple[BookedTrade, Decimal]]:
    after: Key | None = None
    while True:
        rows = unit.books.trades(account, None, None, span_ms, after, TRADES_A_READ)
        for row in rows:
            result = row.realized[place]
            if result is not None:
                yield row, result
        if len(rows) < TRADES_A_READ:
            return
        after = rows[-1].at_ms, rows[-1].id


def explain_trips(found: ClosingTrades, name: str) -> Explained:
    """A figure of the closing trades of a window."""
    trips, figures = found.trips, found.window.figures
    parts = trips.parts
    unit: Unit = "money" if name == "expectancy" else "percent" if name == "win_rate" else "ratio"
    result: float | Decimal | None = None
    reason, formula = trips.reason, "not defined"
    inputs: Sequence[Input] = ()
    if parts is not None and parts.closing == 0:
        reason = NO_TRADES
    elif parts is not None and name == "profit_factor" and not parts.losses:
        reason = NO_LOSS
    elif parts is not None:
        result, formula = _figure(parts, name)
        inputs = _rows(found, parts, name)
        if not isinstance(result, Decimal):
            inputs = summing_to(inputs, result, name == "win_rate")
    return Explained(
        unit=unit,
        result=result,
        status="unavailable" if result is None else trips.status,
        reason=reason,
        method=name,
        words=WORDS[name],
        formula=formula,
        inputs=inputs,
        start_ms=None if figures is None or figures.start is None else to_ms(figures.start),
        end_ms=None if figures is None else to_ms(figures.end),
        available_from=None if figures is None else figures.available_from,
    )


def _figure(parts: ProfitParts, name: str) -> tuple[float | Decimal, str]:
    """The figure as the page of risk computes it, and its formula."""
    count, gains, losses = parts.closing, amount(parts.gains), amount(parts.losses)
    if name == "win_rate":
        rate = parts.winning / count
        return rate, f"{parts.winning} winning / {count} closing trades = {told_figure(rate, share=True)}"
    with localcontext(MONEY):
        if name == "expectancy":
            mean = (parts.gains - parts.losses) / count
            return mean, f"(gains {gains} - losses {losses}) / {count} closing trades = {amount(mean)}"
        factor = float(parts.gains / parts.losses)
    return factor, f"gains {gains} / losses {losses} = {told_figure(factor, share=False)}"


def _rows(found: ClosingTrades, parts: ProfitParts, name: str) -> Sequence[Input]:
    inputs = []
    with localcontext(EXACTLY):
        for trade, result in found.trades:
            if name == "win_rate":
                part = Decimal(int(result > ZERO)) / parts.closing
            elif name == "expectancy":
                part = result / parts.closing
            else:
                part = max(result, ZERO) / parts.losses
            inputs.append(
                Input(
                    kind="trade",
                    label=f"{trade.side} {trade.symbol}",
                    value=result,
                    at_ms=trade.at_ms,
                    table="booked_trades",
                    id=trade.id,
                    quantity=trade.quantity,
                    price=trade.price,
                    status="exact" if trade.reason is None else "estimated",
                    reason=trade.reason,
                    part=part.quantize(CUT),
                )
            )
    return inputs
