"""What the streams tell. Every event carries the exchange's instant: the newest wins, and nothing is replayed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.model.futures import FuturesPosition
    from backend.core.model.orders import Side
    from backend.core.model.wallets import Wallet, WalletBalance


@dataclass(frozen=True, slots=True)
class BalancesChanged:
    """`outboundAccountPosition`: the changed spot assets only, with their new absolute quantities."""

    at_ms: int
    updated_ms: int
    balances: tuple[WalletBalance, ...]


@dataclass(frozen=True, slots=True)
class BalanceMoved:
    """`balanceUpdate`: a deposit, withdrawal or transfer; it does not say which."""

    at_ms: int
    cleared_ms: int
    asset: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """`executionReport`. `client_id` is the one the order was placed under. Fee and trade only of an execution."""

    at_ms: int
    symbol: str
    order_id: str
    client_id: str
    side: Side
    kind: str
    execution: str
    status: str
    quantity: Decimal
    price: Decimal
    last_quantity: Decimal
    last_price: Decimal
    executed: Decimal
    executed_quote: Decimal
    commission: Decimal
    commission_asset: str | None
    trade_id: str | None
    maker: bool
    transaction_ms: int
    reject_reason: str | None
    expiry_reason: str | None


@dataclass(frozen=True, slots=True)
class FuturesCashChanged:
    """One asset of `ACCOUNT_UPDATE`; `change` is without result and commission."""

    asset: str
    wallet_balance: Decimal
    cross_balance: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class FuturesAccountChanged:
    """`ACCOUNT_UPDATE`: the changed assets and positions, and why (ORDER, FUNDING_FEE, DEPOSIT ...)."""

    at_ms: int
    transaction_ms: int
    wallet: Wallet
    reason: str
    balances: tuple[FuturesCashChanged, ...]
    positions: tuple[FuturesPosition, ...]


@dataclass(frozen=True, slots=True)
class FuturesOrderChanged:
    """`ORDER_TRADE_UPDATE`. A liquidation has the execution CALCULATED."""

    at_ms: int
    transaction_ms: int
    symbol: str
    order_id: str
    client_id: str
    side: Side
    position_side: str
    kind: str
    execution: str
    status: str
    quantity: Decimal
    price: Decimal
    average_price: Decimal
    last_quantity: Decimal
    last_price: Decimal
    executed: Decimal
    commission: Decimal | None
    commission_asset: str | None
    trade_id: str | None
    realized: Decimal
    maker: bool
    reduce_only: bool


@dataclass(frozen=True, slots=True)
class StreamEnded:
    """`eventStreamTerminated`, `listenKeyExpired`, `serverShutdown`: subscribe anew, then read everything by REST."""

    at_ms: int
    name: str


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """An event this program has no use for, or does not know yet."""

    name: str


@dataclass(frozen=True, slots=True)
class MiniTicker:
    """One symbol of `!miniTicker@arr`: prices and volumes of the last 24 hours."""

    at_ms: int
    symbol: str
    close: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    volume: Decimal
    quote_volume: Decimal


UserEvent = (
    BalancesChanged
    | BalanceMoved
    | OrderChanged
    | FuturesAccountChanged
    | FuturesOrderChanged
    | StreamEnded
    | OtherEvent
)


@dataclass(frozen=True, slots=True)
class UserMessage:
    """An event, and the subscription of the WebSocket API it came by (one an account), where it came by one."""

    event: UserEvent
    subscription: int | None
