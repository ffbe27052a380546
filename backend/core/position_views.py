"""What the services of positions and trades answer: values, not JSON and not rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.risk_views import RiskFigure
    from backend.core.views import Basis, Status, WindowView

CostStatus = Literal["known", "entered", "unknown"]


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position with its price of now. `quantity` is held, or all that ever came in of a closed one.

    `unrealized` is None where no price or no cost is known; `reason` says why, or why the figures are estimates.
    """

    id: str
    account: Account
    futures: bool
    symbol: str
    asset: str
    short: bool
    quantity: Decimal | None
    entry_price: Decimal | None
    exit_price: Decimal | None
    price: Decimal | None
    cost: Decimal | None
    value: Decimal | None
    unrealized: Decimal | None
    realized: Decimal | None
    income: Decimal | None
    fees: Decimal | None
    trades: int
    opened_ms: int | None
    closed_ms: int | None
    cost_status: CostStatus
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class PositionPage:
    """A page of positions. `status` is unavailable with a reason while the ledger is being booked."""

    basis: Basis
    method: Method
    rows: Sequence[PositionView]
    next_cursor: str | None
    open_count: int | None
    closed_count: int | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class ProfitParts:
    """What was booked in a period, in the reporting currency. `realized` includes income and transferred-out gain."""

    realized: Decimal
    unrealized: Decimal | None
    income: Decimal
    transferred_out: Decimal
    fees: Decimal
    trades: int
    closing: int
    winning: int
    gains: Decimal
    losses: Decimal


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """What closing trades of a period brought; `parts` is None where costs are not known, and `reason` says why."""

    method: Method
    parts: ProfitParts | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class MetricsView:
    """Profit and risk of a period. `parts` is None where costs are not known; risk figures say why they are not."""

    window: WindowView
    method: Method
    period: str
    parts: ProfitParts | None
    parts_status: Status
    parts_reason: str | None
    first_trade_ms: int | None
    volatility: RiskFigure
    sharpe: RiskFigure
    sortino: RiskFigure
    max_drawdown: RiskFigure


@dataclass(frozen=True, slots=True)
class SymbolProfit:
    """Profit of one coin or contract in a period; `realized` includes income and transferred-out gain, `unrealized` is
    the change of the open profit.
    """

    symbol: str
    asset: str
    futures: bool
    realized: Decimal
    unrealized: Decimal | None
    income: Decimal
    transferred_out: Decimal
    fees: Decimal
    trades: int
    closing: int
    winning: int
    status: Status
    reason: str | None

    @property
    def total(self) -> Decimal | None:
        """Realised and unrealised; None where the latter is not known."""
        return None if self.unrealized is None else self.realized + self.unrealized


@dataclass(frozen=True, slots=True)
class SymbolsView:
    """Profit by coin and contract, largest first. `start_ms` is where the period begins, None of the whole history or
    where accounts begin at different instants.
    """

    basis: Basis
    method: Method
    period: str
    start_ms: int | None
    rows: Sequence[SymbolProfit]
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class TradeView:
    """A fill or a swap. `realized` is None where nothing was closed."""

    id: int
    account: Account
    at_ms: int
    convert: bool
    symbol: str
    side: str
    base: str
    quote: str
    quantity: Decimal
    price: Decimal | None
    quote_quantity: Decimal
    value: Decimal | None
    fee: Decimal | None
    fee_asset: str | None
    fee_value: Decimal | None
    realized: Decimal | None
    source: str
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class TradePage:
    """Trades, newest first; `total` counts those on all pages, None while they are being booked."""

    basis: Basis
    method: Method
    rows: Sequence[TradeView]
    next_cursor: str | None
    total: int | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class LotView:
    """Coins that came from outside, and what the user said of their cost."""

    id: int
    account: Account
    asset: str
    quantity: Decimal
    at_ms: int
    market_value: Decimal | None
    cost: Decimal | None
    acquired_ms: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class LotPage:
    """Coins from outside, newest first."""

    basis: Basis
    rows: Sequence[LotView]
    next_cursor: str | None
    unknown_count: int | None
    status: Status
    reason: str | None
