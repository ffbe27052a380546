"""What happens to coins, as cost basis sees it. Money is in the reporting currency, quantities are positive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from backend.core.model.amounts import ZERO


@dataclass(frozen=True, slots=True)
class MoneyFee:
    """A fee paid in the reporting currency."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class CoinFee:
    """A fee paid in a coin at its market price; `price` may be left out for the coin that is traded."""

    asset: str
    quantity: Decimal
    price: Decimal | None = None


Fee = MoneyFee | CoinFee


@dataclass(frozen=True, slots=True)
class Buy:
    """Coins for reporting currency. With a fee in the coin bought, `quantity` is what was ordered, fee included."""

    at: datetime
    asset: str
    quantity: Decimal
    price: Decimal
    fee: Fee | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Sell:
    """Coins into reporting currency. A fee in the coin sold leaves on top of `quantity`."""

    at: datetime
    asset: str
    quantity: Decimal
    price: Decimal
    fee: Fee | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """One coin for another (trade between two coins, convert); `value` is the market value of the quote leg."""

    at: datetime
    sold: str
    sold_quantity: Decimal
    bought: str
    bought_quantity: Decimal
    value: Decimal
    fee: Fee | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Coins from outside. `cost` and `acquired_at` are what the user says of them; without a cost it is unknown.

    `estimated`: they came from another own account, where their cost is a fallback.
    """

    at: datetime
    asset: str
    quantity: Decimal
    market_price: Decimal | None
    cost: Decimal | None = None
    acquired_at: datetime | None = None
    account: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """`quantity` arrives outside; `network_fee` leaves on top of it and is a cost of the portfolio.

    Without a market price the coins leave at their cost: what they had gained is not known.
    """

    at: datetime
    asset: str
    quantity: Decimal
    market_price: Decimal | None
    network_fee: Decimal = ZERO
    account: str = ""


@dataclass(frozen=True, slots=True)
class Income:
    """Reward, airdrop, rebate, interest received."""

    at: datetime
    asset: str
    quantity: Decimal
    market_price: Decimal
    account: str = ""


@dataclass(frozen=True, slots=True)
class Expense:
    """Coins that leave as a cost: interest paid, a network fee of its own."""

    at: datetime
    asset: str
    quantity: Decimal
    account: str = ""


@dataclass(frozen=True, slots=True)
class CarriedLot:
    """Part of a lot on its way between two accounts; `estimated`: its cost is a fallback."""

    acquired_at: datetime
    quantity: Decimal
    cost: Decimal
    estimated: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """Move between own accounts: lots go with their date and cost, nothing is realised."""

    at: datetime
    asset: str
    quantity: Decimal
    source: str
    destination: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A coin goes on as another one: its lots go on with their date and cost, nothing is realised."""

    at: datetime
    old: str
    old_quantity: Decimal
    new: str
    new_quantity: Decimal
    account: str = ""


CostEvent = Buy | Sell | Swap | Deposit | Withdrawal | Income | Expense | Transfer | Rename
