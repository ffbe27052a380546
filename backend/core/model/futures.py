"""The futures wallets: money, positions, income and trades. Signed where the exchange signs; instants in ms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.model.holdings import EventKind

if TYPE_CHECKING:
    from backend.core.model.wallets import Wallet

# The words of the exchange for lines of a futures wallet that are no move between own wallets; there may be more.
FUTURES_WORDS: Final[Mapping[str, EventKind]] = {
    "REALIZED_PNL": EventKind.FUTURES_RESULT,
    "INSURANCE_CLEAR": EventKind.FUTURES_RESULT,
    "DELIVERED_SETTELMENT": EventKind.FUTURES_RESULT,
    "COIN_SWAP_DEPOSIT": EventKind.FUTURES_RESULT,
    "COIN_SWAP_WITHDRAW": EventKind.FUTURES_RESULT,
    "AUTO_EXCHANGE": EventKind.FUTURES_RESULT,
    "COMMISSION": EventKind.FUTURES_FEE,
    "FUNDING_FEE": EventKind.FUNDING,
    "REFERRAL_KICKBACK": EventKind.REWARD,
    "COMMISSION_REBATE": EventKind.REWARD,
    "WELCOME_BONUS": EventKind.REWARD,
    "CONTEST_REWARD": EventKind.REWARD,
    "API_REBATE": EventKind.REWARD,
}


@dataclass(frozen=True, slots=True)
class FuturesAsset:
    """One asset of a futures wallet; its value is `margin_balance` (wallet + unrealised) x the asset's price."""

    wallet: Wallet
    asset: str
    wallet_balance: Decimal
    unrealized: Decimal
    margin_balance: Decimal
    available: Decimal
    updated_ms: int | None


@dataclass(frozen=True, slots=True)
class FuturesCash:
    """One asset as the balance endpoint tells it: no result of isolated positions in it, so no value to show."""

    wallet: Wallet
    asset: str
    wallet_balance: Decimal
    cross_balance: Decimal
    cross_unrealized: Decimal
    available: Decimal
    updated_ms: int | None


@dataclass(frozen=True, slots=True)
class FuturesPosition:
    """One open position; `quantity` is negative when short.

    `side`: BOTH, LONG or SHORT (hedge mode). Prices are None where this answer has none; a liquidation price of 0 is
    the exchange's way to say that there is none. `margin_asset`: what the result is paid in, where it is told.
    """

    wallet: Wallet
    symbol: str
    side: str
    quantity: Decimal
    unrealized: Decimal
    entry_price: Decimal | None = None
    break_even_price: Decimal | None = None
    mark_price: Decimal | None = None
    liquidation_price: Decimal | None = None
    notional: Decimal | None = None
    margin_asset: str | None = None
    updated_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FuturesAccount:
    """The assets and positions of one futures wallet at one instant."""

    assets: tuple[FuturesAsset, ...]
    positions: tuple[FuturesPosition, ...]


@dataclass(frozen=True, slots=True)
class FuturesIncome:
    """One line of the futures ledger: funding, commission, result, transfer (a flow of a spot-only view)."""

    kind: str
    asset: str
    amount: Decimal
    at_ms: int
    transaction_id: str
    symbol: str | None
    trade_id: str | None
    note: str

    @property
    def key(self) -> str:
        """Unique in an account: the same line read twice is one line."""
        return ":".join((self.kind, self.transaction_id, self.asset, self.symbol or ""))


@dataclass(frozen=True, slots=True)
class FuturesTrade:
    """One fill of a futures order. `commission` is negative where the account is paid for it.

    `base_quantity`: of coin-margined contracts, what the fill was worth in the coin.
    """

    symbol: str
    trade_id: str
    order_id: str
    side: str
    position_side: str
    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal | None
    realized: Decimal
    commission: Decimal
    commission_asset: str
    maker: bool
    at_ms: int
    base_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FuturesPrice:
    """What a contract is worth: the mark price decides about results, the index price is the spot markets' own."""

    symbol: str
    mark_price: Decimal
    index_price: Decimal
    funding_rate: Decimal
    next_funding_ms: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class AssetIndex:
    """The price in USD that the exchange gives a margin asset."""

    symbol: str
    index: Decimal
    at_ms: int
