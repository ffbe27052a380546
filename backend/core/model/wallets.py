"""What stands in each wallet of an account, as the exchange reports it. Quantities are exact, instants in ms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

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
    # Wallets of the user's own outside the exchange: known from what was sent there.
    OUTSIDE = "outside"
    # Of an account without a key, all together: statements do not tell in which wallet a coin ended up.
    STATEMENTS = "statements"


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
class Unrealized:
    """Profit of open futures positions not taken yet, in the asset it will be paid in. Nobody owns it so far."""

    wallet: Wallet
    asset: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class UnknownWallet:
    """A wallet that is there and could not be read now; `code` of the error that came instead."""

    wallet: Wallet
    code: str


@dataclass(frozen=True, slots=True)
class AbsentWallet:
    """A wallet that cannot hold money of this account as far as its key can see, which is no failure.

    `not_here`: the environment has no such wallets. `no_right`: the key may not read it. `not_opened`: the account has
    none.
    """

    wallet: Wallet
    reason: Literal["not_here", "no_right", "not_opened"]


@dataclass(frozen=True, slots=True)
class WalletsReading:
    """Every wallet of an account: read, unknown or absent. A wallet in none of the three was read and is empty.

    Everything that had happened by `at_ms` (exchange's clock) is in the wallets that are asked at each reading. Some
    are asked by a slower clock and stand as they were read last: `read_ms` has the instant of each. The answer of one
    that is `slow` came so long after its instant that it may tell of what happened later.
    The `free` quantity of a futures wallet is its wallet balance, which may be negative.
    """

    at_ms: int
    balances: tuple[WalletBalance, ...]
    unrealized: tuple[Unrealized, ...] = ()
    unknown: tuple[UnknownWallet, ...] = ()
    absent: tuple[AbsentWallet, ...] = ()
    read_ms: Mapping[Wallet, int] = field(default_factory=dict)
    slow: frozenset[Wallet] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether no wallet is unknown: only then does `owned` say all that is owned."""
        return not self.unknown

    def owned(self) -> Mapping[str, Decimal]:
        """What is owned of each asset over all wallets, debts and their interest taken off, zeros left out.

        Wallet balances of futures count, their unrealised profit does not: it is a price, not a quantity.
        """
        found: dict[str, list[Decimal]] = {}
        for balance in self.balances:
            found.setdefault(balance.asset, []).append(balance.net)
        sums = {asset: total(parts) for asset, parts in found.items()}
        return {asset: quantity for asset, quantity in sums.items() if quantity != ZERO}

    def missing(self, seen: Collection[Wallet]) -> WalletsReading:
        """The same, where an absent wallet that had money in it before is unknown: the money did not go away."""
        lost = tuple(UnknownWallet(one.wallet, one.reason) for one in self.absent if one.wallet in seen)
        kept = tuple(one for one in self.absent if one.wallet not in seen)
        return replace(self, unknown=(*self.unknown, *lost), absent=kept) if lost else self


@dataclass(frozen=True, slots=True)
class WalletState:
    """How a wallet was when its account was valued last.

    `as_of_ms`: when it was read last, None if never. `reason`: the code of the error that came in place of an answer,
    or why there is no such wallet.
    """

    wallet: str
    state: Literal["read", "unknown", "absent"]
    as_of_ms: int | None
    reason: str | None = None


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
    """One row of the exchange's list of coins: the coin is real, whatever its name begins with.

    `contracts`: its addresses on the networks where it is a token of a contract, in lower case.
    """

    asset: str
    name: str
    fiat: bool
    balance: WalletBalance
    contracts: frozenset[str] = frozenset()


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
