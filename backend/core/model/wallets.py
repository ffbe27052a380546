"""What stands in each wallet of an account, as the exchange reports it. Quantities are exact, instants in ms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from backend.core.model.amounts import ZERO, minus, total


class Wallet(StrEnum):
    """Where money of one account can be. A wallet that cannot be read is unknown, not empty."""

    SPOT = "spot"
    FUNDING = "funding"
    EARN_FLEXIBLE = "earn_flexible"
    EARN_LOCKED = "earn_locked"
    STAKING = "staking"
    MARGIN_CROSS = "margin_cross"
    MARGIN_ISOLATED = "margin_isolated"
    FUTURES_USDM = "futures_usdm"
    FUTURES_COINM = "futures_coinm"


@dataclass(frozen=True, slots=True)
class WalletBalance:
    """One asset in one wallet.

    `locked` stands in open orders, `frozen` is held back by the exchange: both are owned. `withdrawing` has left.
    `borrowed` and `interest` are owed. `pair`: the symbol of an isolated margin pair, which is a wallet of its own.
    """

    wallet: Wallet
    asset: str
    free: Decimal
    locked: Decimal = ZERO
    frozen: Decimal = ZERO
    withdrawing: Decimal = ZERO
    borrowed: Decimal = ZERO
    interest: Decimal = ZERO
    pair: str | None = None

    @property
    def net(self) -> Decimal:
        """What is owned less what is owed; may be negative."""
        return minus(total([self.free, self.locked, self.frozen]), self.borrowed, self.interest)


@dataclass(frozen=True, slots=True)
class WalletTotal:
    """The worth of one wallet by the exchange's own account, in the asset that was asked for: a check, not a source."""

    name: str
    active: bool
    worth: Decimal


@dataclass(frozen=True, slots=True)
class MarginLevels:
    """The state of a margin account: its level and its sums in BTC. None where the exchange tells none."""

    level: Decimal | None
    assets_btc: Decimal
    liabilities_btc: Decimal
    net_btc: Decimal


@dataclass(frozen=True, slots=True)
class EarnPosition:
    """One holding of Simple Earn.

    Flexible: one a product, `collateral` of it secures a loan, `rewards` were paid until now.
    Locked: one a subscription with an id of its own; `ends_ms` when it is paid back, `redeeming` is on its way.
    """

    wallet: Wallet
    asset: str
    amount: Decimal
    product_id: str
    position_id: str | None = None
    collateral: Decimal | None = None
    rewards: Decimal | None = None
    redeeming: Decimal | None = None
    status: str | None = None
    ends_ms: int | None = None


@dataclass(frozen=True, slots=True)
class EarnTotals:
    """All of Simple Earn in BTC and in USDT: a check of the positions, never a source of the value."""

    total_btc: Decimal
    total_usdt: Decimal
    flexible_btc: Decimal
    flexible_usdt: Decimal
    locked_btc: Decimal
    locked_usdt: Decimal


@dataclass(frozen=True, slots=True)
class StakingHoldings:
    """Staked coins by the token that stands for them, and the whole in the coin itself."""

    coin: str
    value_in_coin: Decimal
    tokens: tuple[WalletBalance, ...]


@dataclass(frozen=True, slots=True)
class CoinInfo:
    """One row of the exchange's list of coins: the coin is real, whatever its name begins with."""

    asset: str
    name: str
    fiat: bool
    balance: WalletBalance


@dataclass(frozen=True, slots=True)
class DaySnapshot:
    """An account at the end of a UTC day, as the exchange keeps it for one month. Only its own kind is filled."""

    kind: str
    at_ms: int
    balances: tuple[WalletBalance, ...]
    futures: tuple[FuturesDay, ...]


@dataclass(frozen=True, slots=True)
class FuturesDay:
    """One asset of the USD-M wallet at the end of a day."""

    asset: str
    wallet_balance: Decimal
    margin_balance: Decimal
