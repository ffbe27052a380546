"""Formulas with their numbers in them, and what they mean in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType
from typing import Final

from backend.core.explain.model import EXACTLY, Piece
from backend.core.model.amounts import ONE, plain

# Raised whenever the same rows would give another figure.
METHOD_VERSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "twr": "twr-1",
        "twr_annualized": "annual-1",
        "pnl": "pnl-1",
        "pnl_percent": "pnl-percent-1",
        "net_flows": "flows-1",
        "benchmark_twr": "benchmark-index-1",
        "excess": "excess-1",
        "xirr": "xirr-1",
        "value": "value-1",
        "change_today": "change-1",
        "net_deposits": "deposits-1",
        "profit": "profit-1",
        "realized": "average-cost-1",
        "unrealized": "average-cost-1",
        "position_cost": "cost-basis-1",
        "position_average_price": "cost-basis-1",
        "position_realized": "cost-basis-1",
        "position_unrealized": "cost-basis-1",
        **dict.fromkeys(("volatility", "sharpe", "sortino", "calmar", "max_drawdown", "max_drawdown_hourly"), "risk-1"),
        **dict.fromkeys(("var_95", "cvar_95", "best_day", "worst_day", "positive_days"), "risk-1"),
        **dict.fromkeys(("beta", "alpha", "tracking_error", "information_ratio"), "risk-1"),
        **dict.fromkeys(("win_rate", "expectancy", "profit_factor"), "trades-1"),
        "benchmark_value": "benchmark-line-1",
        "benchmark_difference": "benchmark-line-1",
        "outperformance": "benchmark-line-1",
        "hold_value": "hold-only-1",
        "hold_difference": "hold-only-1",
        "hold_twr": "hold-only-1",
        "hold_excess": "hold-only-1",
        "start_value": "value-1",
        "end_value": "value-1",
        "attribution_flows": "closing-1",
        "attribution_realized": "closing-1",
        "attribution_unrealized": "closing-1",
        "attribution_prices": "closing-1",
        "attribution_income": "closing-1",
        "attribution_fees": "closing-1",
        "attribution_residual": "closing-1",
        "fees": "fees-1",
        "income": "income-1",
        "drawdown": "risk-1",
        "day_return": "twr-1",
        "day_benchmark_return": "benchmark-index-1",
        "day_average": "day-1",
        "day_benchmark_average": "day-1",
        "day_close": "value-1",
        "day_benchmark_close": "benchmark-line-1",
    }
)
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "twr": "Time-weighted return takes out the effect of money moved in and out: the period is cut at every cash "
        "flow, a return is computed for each piece, and the pieces are linked by multiplication.",
        "twr_annualized": "The time-weighted return of the period as a yearly rate: told from 365 days on.",
        "pnl": "What the portfolio is worth at the end, less what it was worth at the start, less the money moved in "
        "and plus the money moved out in between.",
        "pnl_percent": "The profit of the period as a share of the opening value and all deposits of the period.",
        "net_flows": "Deposits less withdrawals of the period, each at the price of its own minute.",
        "benchmark_twr": "What the benchmark's coins returned, held by their weights and put back to them on schedule; "
        "no costs and no flows.",
        "excess": "The time-weighted return less the return of the benchmark over the same window.",
        "xirr": "The rate at which all payments, each discounted from its own second, add up to nothing. From 365 days "
        "on a year's rate, below that the figure of the period.",
        "value": "Every balance times its price; what is owed is taken off, a coin without a price is left out.",
        "change_today": "The value now, less the value at the start of the day, less the cash flows since.",
        "net_deposits": "All deposits less all withdrawals, each at the price of its own minute.",
        "profit": "The value now less net deposits.",
        "realized": "What sales, swaps and coins paid as fees brought over their average cost, and all income.",
        "unrealized": "Market value less average cost of what is held, and the open profit of futures.",
        "position_cost": "What the coins held had cost, fees included: each lot that came, less the cost of what left "
        "by the chosen method.",
        "position_average_price": "The cost of the coins held over their quantity.",
        "position_realized": "What this coin brought over its cost whenever some of it left, and its income.",
        "position_unrealized": "Market value less cost of what is held of this coin.",
        "volatility": "How far daily returns spread around their mean, scaled to a year of 365 days.",
        "sharpe": "The mean daily return above the risk-free rate, over the spread of daily returns, scaled to a year.",
        "sortino": "The mean daily return over the spread of the losses alone, scaled to a year.",
        "calmar": "The annual return over the maximum drawdown.",
        "max_drawdown": "The deepest fall of the daily index below a peak before it; flows are not in it.",
        "max_drawdown_hourly": "The deepest fall of the index from one full hour to a later one.",
        "var_95": "The return that five days of a hundred were below: the 5 % quantile of daily returns.",
        "cvar_95": "The mean of the worst five of a hundred daily returns.",
        "best_day": "The highest daily return.",
        "worst_day": "The lowest daily return.",
        "positive_days": "The share of days that ended above where they began.",
        "beta": "How far the portfolio moved with each move of the benchmark, day by day.",
        "alpha": "What the daily returns brought above what beta promised, compounded over a year.",
        "tracking_error": "How far the daily differences to the benchmark spread, scaled to a year.",
        "information_ratio": "The mean daily difference to the benchmark over its spread, scaled to a year.",
        "win_rate": "The share of closing trades that brought more than what they sold had cost.",
        "expectancy": "What a closing trade brought on the mean, fees taken off.",
        "profit_factor": "What winning trades brought over what losing trades lost.",
        "benchmark_value": "What the benchmark's coins are worth that the same money would have bought: deposits and "
        "withdrawals mirrored, reset on schedule.",
        "benchmark_difference": "The value less that of the benchmark's money line at the same instant.",
        "outperformance": "The difference to the benchmark's money line as a share of that line.",
        "hold_value": "What the account would be worth had nothing been traded: the coins of its beginning, and "
        "those that came and went since.",
        "hold_difference": "The value less what holding only would be worth at the same instant.",
        "hold_twr": "The time-weighted return of what holding only would have made.",
        "hold_excess": "The time-weighted return less that of holding only over the same time.",
        "start_value": "What was held when the window began, each coin at the price of that instant.",
        "end_value": "What was held when the window ended, each coin at the price of that instant.",
        "attribution_flows": "Money that came less money that left, as the closing equation books it: at the price "
        "of its instant.",
        "attribution_realized": "What sales and swaps brought over average cost, before fees.",
        "attribution_unrealized": "How market value less cost of what is held changed from the start to the end.",
        "attribution_prices": "What price moves made: what was realised, and the change of what is open.",
        "attribution_income": "Rewards, interest and funding received, less what of them was paid.",
        "attribution_fees": "Trading, futures and network fees, each at its value when it was paid.",
        "attribution_residual": "What the change of value holds beyond all other parts: nothing, unless something is "
        "missing.",
        "fees": "Trading fees of the period by kind, each at its value when it was paid.",
        "income": "What holding brought in the period by kind, less what was charged for it.",
        "drawdown": "A fall of the daily index below a peak, until that is reached again; flows are not in it.",
        "day_return": "The time-weighted return from 00:00 to 24:00 UTC, of the running day until its newest snapshot.",
        "day_benchmark_return": "What the benchmark's coins returned on that day.",
        "day_average": "The mean of the values at the full hours of the day.",
        "day_benchmark_average": "The mean of the benchmark's money line at the full hours of the day.",
        "day_close": "What was held at 24:00 UTC, of the running day at its newest snapshot.",
        "day_benchmark_close": "The benchmark's money line at 24:00 UTC, of the running day at its newest snapshot.",
    }
)
MOST_FACTORS: Final = 8
SHORT: Final = Decimal("0.0001")
MORE: Final = Decimal("0.00000001")


def signed_percent(shown: float | None) -> str:
    """A figure in percent as it is shown."""
    return "not defined" if shown is None else f"{Decimal(repr(shown)):+f} %"


def chain(pieces: Sequence[Piece], name: str, shown: float | None) -> str:
    """`TWR = (1 + 0.0585) x ... - 1 = +3.83 %`; a long chain is told by its ends."""
    if not pieces or shown is None:
        return f"{name} is not defined"
    told = list(pieces)
    factors = [_factor(piece) for piece in told]
    if len(factors) > MOST_FACTORS:
        left_out = len(factors) - MOST_FACTORS
        half = MOST_FACTORS // 2
        factors = [*factors[:half], f"... ({left_out} more) ...", *factors[-half:]]
    return f"{name} = {' x '.join(factors)} - 1 = {signed_percent(shown)}"


def difference(name: str, terms: Sequence[tuple[str, Decimal | None]], result: Decimal | None) -> str:
    """`name = first - second - ... = result`, every term named."""
    told = " - ".join(f"{label} {amount(value)}" for label, value in terms)
    return f"{name} = {told} = {amount(result)}"


def amount(value: Decimal | None) -> str:
    """Money in a formula; in parentheses where its sign would be misread."""
    if value is None:
        return "(unknown)"
    cut = value if value == value.to_integral_value() else value.quantize(MORE, ROUND_HALF_EVEN, context=EXACTLY)
    return f"({plain(cut)})" if value < 0 else plain(cut)


def _factor(piece: Piece) -> str:
    change = EXACTLY.subtract(piece.factor, ONE)
    step = SHORT if abs(change) >= SHORT else MORE
    cut = change.quantize(step, ROUND_HALF_EVEN, context=EXACTLY)
    return f"(1 {'-' if cut < 0 else '+'} {abs(cut):f})"
