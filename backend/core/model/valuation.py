"""A valuation: what is held, priced, with everything that could not be priced named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import minus, total

if TYPE_CHECKING:
    from backend.core.model.holdings import Balance
    from backend.core.model.wallets import WalletState

WALLET_UNKNOWN: Final = "wallet_unknown"
# The price is of a later moment than the quantity, by more than can be passed over.
LATER_PRICE: Final = "later_price"
# Why a flow has no price of its instant. Where a value has none, its reason names the coin too.
FLOW_PRICE_DOUBTS: Final = frozenset({"no_price", "old_price"})
# The quantity may be of a later moment than its instant says, by as much: the answer was slow.
LATER_BALANCE: Final = "later_balance"
# The quantity is that of the last line of the account's statements: what happened since nobody told.
FROM_STATEMENTS: Final = "from_statements"
# What some of the coins cost is not known.
UNKNOWN_COST: Final = "unknown_cost"


@dataclass(frozen=True, slots=True)
class PricedBalance:
    """A balance with its price and value in the reporting currency; None where the coin has no price.

    `reason`: why the price is missing (`no_price`) or doubtful (`not_trading`, `old_price`, `later_price`), that the
    quantity is (`later_balance`, `from_statements`), or that its wallet could not be read (`wallet_unknown`): quantity,
    price and value are then those of `read_ms`.
    `read_ms`: when the quantity was read, where that was earlier than the valuation; None: with it.
    """

    balance: Balance
    price: Decimal | None
    value: Decimal | None
    change_24h_percent: Decimal | None
    reason: str | None
    read_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """All wallets of one account at one instant of the exchange's clock. Coins without a price are outside `total`.

    `at_ms`: what happened to the balances until then is in them, but for lines with an instant of their own.
    `prices_at_ms`: newer prices came by stream since. `wallets`: how each wallet was read; an unknown one stands in
    `total` with its last value. `depegged`: the reporting currency has left the dollar.
    """

    at_ms: int
    lines: tuple[PricedBalance, ...]
    total: Decimal
    prices_at_ms: int | None = None
    wallets: tuple[WalletState, ...] = ()
    depegged: bool = False

    @classmethod
    def of(
        cls,
        at_ms: int,
        lines: tuple[PricedBalance, ...],
        prices_at_ms: int | None = None,
        wallets: tuple[WalletState, ...] = (),
        depegged: bool = False,
    ) -> Valuation:
        """Add up the lines that have a value."""
        value = total([line.value for line in lines if line.value is not None])
        return cls(at_ms, lines, value, prices_at_ms, wallets, depegged)

    def with_lines(self, lines: tuple[PricedBalance, ...], at_ms: int, prices_at_ms: int | None) -> Valuation:
        """The same wallets with newer quantities or prices."""
        return Valuation.of(at_ms, lines, prices_at_ms, self.wallets, self.depegged)

    @property
    def shown_at_ms(self) -> int:
        """The instant that the value is told with."""
        return max(self.at_ms, self.prices_at_ms or 0)

    @property
    def unknown_wallets(self) -> tuple[str, ...]:
        """Wallets that could not be read: the value holds what was read of them last."""
        return tuple(state.wallet for state in self.wallets if state.state == "unknown")

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Assets without a price, each once."""
        return tuple(dict.fromkeys(line.balance.asset for line in self.lines if line.value is None))

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why prices are doubtful, each reason once."""
        told = [line.reason for line in self.lines if line.value is not None and line.reason is not None]
        return tuple(dict.fromkeys(reason for reason in told if reason != WALLET_UNKNOWN))


@dataclass(frozen=True, slots=True)
class PricePoint:
    """Price of a symbol at an instant: the close of the last one-minute candle ended by then.

    `candle_end_ms` says how old that close is; `price` is None when there is no candle before the instant.
    """

    symbol: str
    at_ms: int
    price: Decimal | None
    candle_end_ms: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Quantity of an asset in a snapshot and the price used (None: no price, outside the value)."""

    quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class BenchmarkTail:
    """Both faces of the benchmark after the flows and resets of an instant.

    The index (float, a statistic) is known by its state at the last reset; the money line by its units (Decimal).
    `doubt`: which coin had no price at the instant, or an old one. `missed`: why the money line is unknown for good.
    `doubted_at_ms`: the newest reset, or beginning, at such prices, and `doubted` what was the matter with them: until
    the reset after it the index drifts from wrong weights. `line_doubt`: why the units are an estimate ever since.
    """

    reset_at_ms: int
    reset_index: float
    reset_prices: tuple[float, ...]
    units: Mapping[str, Decimal]
    exhausted: bool
    doubt: str | None = None
    missed: str | None = None
    doubted_at_ms: int | None = None
    doubted: str | None = None
    line_doubt: str | None = None

    def doubt_since(self, start: BenchmarkTail) -> str | None:
        """Why the index between an earlier row and this one is an estimate, whatever the prices of the two are."""
        known = self.doubted_at_ms is None or self.doubted_at_ms < start.reset_at_ms
        return None if known else self.doubted


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One stored valuation, just before any flow of its instant, and the running figures up to it.

    `flow` is the net flow of the instant, `deposits` its positive part. `growth_index` (NaN once the chain is broken)
    and `benchmark_index` start at 1, float64. `cum_flows` and `cum_deposits` are sums strictly before the instant.
    `doubts` counts estimated links up to and including this row, so that a window knows in one subtraction whether it
    rests on an estimate; `seq`, `slots` and `slots_expected` are running counts of rows and of grid slots.
    """

    account_id: int
    at_ms: int
    kind: str
    value: Decimal
    flow: Decimal
    deposits: Decimal
    cum_flows: Decimal
    cum_deposits: Decimal
    first_value: Decimal
    growth_index: float
    benchmark_index: float | None
    benchmark_value: Decimal | None
    benchmark: BenchmarkTail | None
    status: str
    reason: str | None
    doubts: int
    seq: int
    slots: int
    slots_expected: int
    composition: Mapping[str, Holding] = field(default_factory=dict)
    id: int | None = None

    @property
    def value_doubt(self) -> str | None:
        """Why the value is an estimate; that the flow after it has no price of its instant is no doubt about it."""
        return None if self.reason in FLOW_PRICE_DOUBTS else self.reason

    @property
    def pnl(self) -> Decimal:
        """Profit since the first snapshot."""
        return minus(self.value, self.first_value, self.cum_flows)

    @property
    def capital(self) -> Decimal:
        """What the profit is measured against: opening value and all deposits since."""
        return total([self.first_value, self.cum_deposits])

    @property
    def net_deposits(self) -> Decimal:
        """What was put in until just before this instant, the opening value included."""
        return total([self.first_value, self.cum_flows])
