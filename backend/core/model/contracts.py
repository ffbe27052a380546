"""Positions in futures contracts, from the first contract to the last, and what the exchange says of the open ones.

Instants in ms, money in the reporting currency where a name ends with `value`, else in the contract's margin asset.
Fills change positions; what they bring and cost stands in the ledger, as lines of the futures wallet, and only there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO
from backend.core.model.wallets import Wallet

# Why a figure is not known: it began before the exchange's records do; both sides of a contract were open, and funding
# does not say of which it is; a price was missing; the fills do not add up to what the exchange says is held.
BEYOND_HORIZON: Final = "beyond_horizon"
BOTH_SIDES: Final = "both_sides_open"
NO_PRICE: Final = "no_price"
DIFFERS: Final = "quantity_differs"
# BTCUSDT, BTCUSD_PERP, ETHUSDT_260626: the coin, and what it is priced in.
NAME: Final = re.compile(r"^(.+?)(USDT|USDC|BUSD|FDUSD|BTC|USD)(_\w+)?$")


@dataclass(frozen=True, slots=True, order=True)
class Contract:
    """One side of a contract: `side` is BOTH, or LONG and SHORT where the account holds both at once."""

    wallet: Wallet
    symbol: str
    side: str

    @property
    def inverse(self) -> bool:
        """Whether it counts in pieces of dollars and pays in the coin."""
        return self.wallet is Wallet.FUTURES_COINM

    @property
    def asset(self) -> str:
        """The coin that it is about."""
        named = NAME.match(self.symbol)
        return self.symbol if named is None else named.group(1)

    @property
    def margin_asset(self) -> str | None:
        """What its results are paid in, by its name."""
        named = NAME.match(self.symbol)
        return None if named is None else named.group(1 if self.inverse else 2)


@dataclass(frozen=True, slots=True)
class ContractFill:
    """One fill; `quantity` is negative when sold, `notional` its size in the margin asset, None where not told."""

    trade_id: int
    at_ms: int
    quantity: Decimal
    price: Decimal
    notional: Decimal | None
    realized: Decimal
    commission: Decimal
    commission_asset: str


@dataclass(frozen=True, slots=True)
class ContractState:
    """What the exchange said of a contract last; `start`: what was held before the first fill that is told."""

    contract: Contract
    held: Decimal
    start: Decimal
    entry_price: Decimal | None = None
    mark_price: Decimal | None = None
    unrealized: Decimal = ZERO
    notional: Decimal | None = None
    margin_asset: str | None = None
    read_ms: int = 0


@dataclass(slots=True)
class Round:
    """A position from the first contract to the last. `opened_ms` None: it began before the exchange's records.

    `came`, `gone`: contracts opened and closed. `entry`: mean price of what is held. `realized_value`, `fees_value`,
    `funding_value`: None where a price was missing. `turned`: the fill that closed it opened the next one.
    """

    contract: Contract
    number: int
    short: bool
    opened_ms: int | None
    closed_ms: int | None = None
    held: Decimal = ZERO
    came: Decimal = ZERO
    gone: Decimal = ZERO
    entry: Decimal | None = None
    entry_mean: Decimal | None = None
    exit_mean: Decimal | None = None
    cost_value: Decimal | None = ZERO
    realized_value: Decimal | None = ZERO
    fees_value: Decimal | None = ZERO
    funding_value: Decimal | None = ZERO
    trades: int = 0
    last_trade_id: int = 0
    turned: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round as it is stored, and of an open one what the exchange said of it last."""

    id: int
    account_id: int
    round: Round
    state: ContractState | None
