"""Rows of the exchange's histories as they are told: what they mean for the ledger is decided elsewhere.

Every row has a key that is unique in its account: the same row read twice is one row. Ids are text; some pass 2^53.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Generic, Literal, TypeVar

from backend.core.model.amounts import plain
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet

Row = TypeVar("Row")
# How a purchase is paid from the account's own balance of a currency: nothing came in from outside.
OWN_MONEY: Final = "Cash Balance"
# What the ledger calls the trades of margin wallets.
OF_PAIR: Final = ":"
MARGIN_TRADES: Final = {Wallet.MARGIN_CROSS: "margin_trade", Wallet.MARGIN_ISOLATED: "isolated_trade"}


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one answer. `total`: of all pages, where it is told; `more`: whether the exchange says there are more."""

    rows: Sequence[Row]
    total: int | None = None
    more: bool | None = None


@dataclass(frozen=True, slots=True)
class MovementSource:
    """A history of movements, read in windows of at most `window_ms`.

    Attributes:
        wallets: whose money it tells of.
        horizon_ms: how far back it reaches; None: no end is known. `first_ms`: nothing from before is told.
        brings: money may have come in by it before anything else is known of the account.
        dear: its calls cost so much that old windows are asked while something is unexplained, else slowly.
        rare: a few calls use up the account's own budget of a minute.
        assets: all that it can tell of; None: any.
        overlap_ms: how long after its instant a row may be listed, or its status move.
        by_pair: told for one isolated pair at a time, by the name that `of_pair` gives.
        archived: beyond the horizon it is asked as well, and told maybe: what was told from there shows that it is.
        tells: what its events are told as, where that is not its name.
        a_minute: how many calls of it an import may send in a minute; 0: not told.
    """

    name: str
    wallets: frozenset[Wallet]
    window_ms: int
    horizon_ms: int | None = None
    first_ms: int = 0
    brings: bool = False
    dear: bool = False
    rare: bool = False
    assets: frozenset[str] | None = None
    overlap_ms: int = DAY_MS
    a_minute: int = 0
    by_pair: bool = False
    archived: bool = False
    tells: str = ""

    def of_pair(self, pair: str) -> MovementSource:
        """The same history of one isolated pair."""
        return replace(self, name=f"{self.name}{OF_PAIR}{pair}", by_pair=False)

    @property
    def events(self) -> str:
        """The source of the events that it tells."""
        return self.tells or self.name


@dataclass(frozen=True, slots=True)
class WalletTransfer:
    """A move between two wallets of one account; `direction` in the exchange's words (MAIN_UMFUTURE)."""

    direction: str
    transaction_id: str
    asset: str
    amount: Decimal
    status: str
    at_ms: int

    @property
    def key(self) -> str:
        return f"{self.direction}:{self.transaction_id}"


@dataclass(frozen=True, slots=True)
class SubAccountTransfer:
    """A move between a master account and its sub-accounts, by e-mail address; empty where it is not told.

    `towards`: of the sub-account's own view, whether it came in or went out.
    """

    key: str
    source: str
    target: str
    asset: str
    amount: Decimal
    status: str
    at_ms: int
    source_wallet: str | None = None
    target_wallet: str | None = None
    towards: Literal["in", "out"] | None = None


@dataclass(frozen=True, slots=True)
class ConvertTrade:
    """One conversion; only SUCCESS moved anything."""

    key: str
    quote_id: str
    status: str
    from_asset: str
    from_amount: Decimal
    to_asset: str
    to_amount: Decimal
    at_ms: int


@dataclass(frozen=True, slots=True)
class DustConversion:
    """One small balance turned into BNB (or `to_asset`); `received` is after the fee, in the same asset."""

    key: str
    from_asset: str
    from_amount: Decimal
    to_asset: str
    received: Decimal
    fee: Decimal
    at_ms: int


@dataclass(frozen=True, slots=True)
class Dividend:
    """Income that was paid: airdrop, reward, rebate. `direction` 1 = in, where it is told."""

    key: str
    transaction_id: str
    asset: str
    amount: Decimal
    direction: int | None
    at_ms: int
    note: str


@dataclass(frozen=True, slots=True)
class FiatOrder:
    """A deposit or withdrawal of money at a bank; Failed and Expired ones are listed too."""

    key: str
    currency: str
    indicated: Decimal
    amount: Decimal
    fee: Decimal
    method: str
    status: str
    at_ms: int
    updated_ms: int | None


@dataclass(frozen=True, slots=True)
class FiatPayment:
    """Crypto bought or sold by card or bank account."""

    key: str
    currency: str
    paid: Decimal
    asset: str
    obtained: Decimal
    fee: Decimal
    price: Decimal
    status: str
    method: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class PayTransaction:
    """A payment of Binance Pay; `amount` is negative when it was sent. `parts`: what it was paid with."""

    key: str
    kind: str
    asset: str
    amount: Decimal
    parts: tuple[tuple[str, Decimal], ...]
    at_ms: int


@dataclass(frozen=True, slots=True)
class P2pOrder:
    """A trade with another user; it moves the funding wallet. Only COMPLETED ones moved anything."""

    key: str
    side: str
    asset: str
    amount: Decimal
    currency: str
    price: Decimal
    total: Decimal
    commission: Decimal
    status: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class EarnSubscription:
    """Money that moved into Simple Earn. `paid`: what of it came from spot and from funding, where that is told."""

    key: str
    product_id: str
    asset: str
    amount: Decimal
    status: str
    at_ms: int
    position_id: str | None = None
    paid: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class EarnRedemption:
    """Money that moved out of Simple Earn. `target`: where to, or how, in the exchange's words; empty where neither is
    told.
    """

    key: str
    asset: str
    amount: Decimal
    status: str
    at_ms: int
    position_id: str | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class EarnReward:
    """What Simple Earn paid. The exchange gives these rows no id."""

    asset: str
    amount: Decimal
    kind: str
    at_ms: int
    source: str

    @property
    def key(self) -> str:
        return ":".join((self.source, self.asset, self.kind, str(self.at_ms)))


@dataclass(frozen=True, slots=True)
class StakingSwap:
    """A coin that became the token that stands for it, or came back. The exchange gives these rows no id.

    `arrived_ms`: of a redemption, when its coins were there.
    """

    given_asset: str
    given: Decimal
    got_asset: str
    got: Decimal
    status: str
    at_ms: int
    arrived_ms: int | None = None

    @property
    def key(self) -> str:
        """What was given when tells rows apart: what it brings may be told later only."""
        return ":".join((str(self.at_ms), self.given_asset, plain(self.given), self.got_asset))


@dataclass(frozen=True, slots=True)
class MarginInterest:
    """Interest that was charged; `pair` of an isolated loan."""

    key: str
    asset: str
    interest: Decimal
    principal: Decimal
    rate: Decimal
    kind: str
    pair: str | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class MarginLoan:
    """A loan taken or paid back: `amount` = `principal` + `interest`."""

    key: str
    asset: str
    amount: Decimal
    principal: Decimal
    interest: Decimal
    status: str
    pair: str | None
    at_ms: int
