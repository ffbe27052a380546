"""Cost basis: what the coins held cost, and what the coins gone brought.

    Feed events in booking order (instant, exchange id) with `book`, read positions and totals at any time.

One method holds for the whole history. Source of the rules: docs/formulas.md#cost-basis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Any, Final, Literal, assert_never

from backend.core.errors import DomainError
from backend.core.ledger.cost_events import (
    Buy,
    CoinFee,
    CostEvent,
    Deposit,
    Expense,
    Fee,
    Income,
    MoneyFee,
    Rename,
    Sell,
    Swap,
    Transfer,
    Withdrawal,
)
from backend.core.ledger.lots import Lot, LotPool, Method, Part, pool_of, scaled
from backend.core.model.amounts import MONEY, ZERO

FeeMode = Literal["capitalise", "expense"]
UnknownCost = Literal["market", "zero"]
Oversell = Literal["report", "error"]
PositionKey = tuple[str, str]


class InsufficientLotsError(DomainError):
    """More coins leave than are known to have come in."""

    code = "insufficient_lots"


# Not frozen: setting fields past the guard would cost as much as all the arithmetic of a sale.
@dataclass(slots=True)
class Disposal:
    """One sale or the sold side of a swap; proceeds and cost are after fees unless they are booked apart.

    `parts` are the parts of lots that left; `estimated` where one of them had no known cost, or coins were missing.
    """

    at: datetime
    account: str
    asset: str
    quantity: Decimal
    proceeds: Decimal
    cost: Decimal
    parts: tuple[Part, ...]
    estimated: bool

    @property
    def realized(self) -> Decimal:
        """Proceeds less cost."""
        return MONEY.subtract(self.proceeds, self.cost)

    @property
    def matches(self) -> tuple[Lot, ...]:
        """The parts, by name."""
        return tuple(Lot(*part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Missing:
    """Coins that left without ever having come in: their cost is taken as 0."""

    at: datetime
    account: str
    asset: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """Coins of one asset in one account, and what they cost; `estimated` where a lot's cost is a fallback."""

    account: str
    asset: str
    quantity: Decimal
    cost: Decimal
    estimated: bool


@dataclass(frozen=True, slots=True)
class Unrealized:
    """Market value less cost of the positions that have a price; the assets without one are listed."""

    value: Decimal
    unpriced: tuple[str, ...]


# What a fee does: coins that leave on top of those sold or never arrive, and money.
_Charge = tuple[Decimal, Decimal]
NO_CHARGE: Final[_Charge] = (ZERO, ZERO)


class _Pools(dict[PositionKey, LotPool]):
    """The lots of every position; asked for one that there never was, it opens it."""

    def __init__(self, quote: str, method: Method) -> None:
        super().__init__()
        self._quote = quote
        self._method = method

    def __missing__(self, key: PositionKey) -> LotPool:
        if key[1] == self._quote:
            raise ValueError(f"{self._quote} is the reporting currency: it costs 1 and has no lots")
        pool = self[key] = pool_of(self._method)(self._method)
        return pool


class CostBasis:
    """Books events and keeps lots, realised results, income and fees; money in the reporting currency.

    Args:
        quote: the reporting currency; it costs 1 and has no lots.
        fee_mode: `capitalise` adds fees to the cost of a buy and takes them from the proceeds of a sale; `expense`
            books them apart, at once.
        unknown_cost: cost of a deposit the user said nothing about: its market value, or zero.
        oversell: coins that were never seen coming are listed in `missing` with cost 0, or are an error.
    """

    def __init__(
        self,
        quote: str,
        method: Method = Method.AVERAGE,
        fee_mode: FeeMode = "capitalise",
        unknown_cost: UnknownCost = "market",
        oversell: Oversell = "report",
    ) -> None:
        self.quote = quote
        self.disposals: list[Disposal] = []
        # Coins that paid a fee of a trade of others: disposed of at market value, and no trade of their own.
        self.fee_disposals: list[Disposal] = []
        # Parts of lots that were withdrawn.
        self.withdrawn: list[Part] = []
        self.missing: list[Missing] = []
        self.realized_by_asset: dict[str, Decimal] = {}
        self.income_by_asset: dict[str, Decimal] = {}
        self.fees_expensed = ZERO
        # Market value less cost of the coins withdrawn: not a trading profit, not in the win rate.
        self.transferred_out_gain = ZERO
        # Market value less cost of the coins deposited: gained elsewhere, so no part of this portfolio's profit.
        self.brought_in_gain = ZERO
        self._method = method
        self._capitalise = fee_mode == "capitalise"
        self._unknown_at_market = unknown_cost == "market"
        self._oversell_is_error = oversell == "error"
        self._pools = _Pools(quote, method)
        self._acquired = 0

    def book(self, event: CostEvent) -> None:
        """Book one event.

        Raises:
            InsufficientLotsError: more leaves than is known, and `oversell` is `error`.
            ValueError: the event trades the reporting currency itself, or a third coin pays a fee without a price.
        """
        self.book_all((event,))

    def book_all(self, events: Iterable[CostEvent]) -> None:
        """Book events in their order; raises like `book`, at the first that cannot be booked."""
        with localcontext(MONEY):
            for event in events:
                # Nearly all are trades, and a pattern costs several times an `isinstance`.
                if isinstance(event, Sell):
                    self._sell(event)
                elif isinstance(event, Buy):
                    self._buy(event)
                else:
                    self._book(event)

    def _book(self, event: Swap | Deposit | Withdrawal | Income | Expense | Transfer | Rename) -> None:
        match event:
            case Swap():
                self._swap(event)
            case Deposit():
                self._deposit(event)
            case Withdrawal():
                parts, cost, _ = self._take(event.at, event.account, event.asset, event.quantity)
                self.withdrawn += parts
                if event.market_price is not None:
                    self.transferred_out_gain += event.quantity * event.market_price - cost
                self._spend(event.at, event.account, event.asset, event.network_fee)
            case Income():
                value = event.quantity * event.market_price
                self._acquire(event.at, event.account, event.asset, event.quantity, value)
                self.income_by_asset[event.asset] = self.income_by_asset.get(event.asset, ZERO) + value
            case Expense():
                self._spend(event.at, event.account, event.asset, event.quantity)
            case Transfer(at, asset, quantity, source, destination):
                self._carry(at, (source, asset), (destination, asset), quantity, quantity)
            case Rename(at, old, quantity, new, into, account):
                self._carry(at, (account, old), (account, new), quantity, into)
            case _:
                assert_never(event)

    def positions(self) -> list[Position]:
        """Every position ever held, in order of appearance; an empty one has quantity 0 and cost 0."""
        return [
            Position(account, asset, pool.quantity, pool.cost, pool.estimated)
            for (account, asset), pool in self._pools.items()
        ]

    def position(self, asset: str, account: str = "") -> Position:
        """One position; of coins never seen an empty one."""
        pool = self._pools.get((account, asset))
        if pool is None:
            return Position(account, asset, ZERO, ZERO, estimated=False)
        return Position(account, asset, pool.quantity, pool.cost, pool.estimated)

    @property
    def lot_count(self) -> int:
        """Lots left over all positions."""
        return sum(map(len, self._pools.values()))

    def freeze(self) -> dict[str, Any]:
        """What is needed to go on, for JSON; what was booked so far (`disposals`, `missing`) is not in it."""
        return {
            "pools": [[*key, pool.freeze()] for key, pool in self._pools.items()],
            "realized": {asset: str(value) for asset, value in self.realized_by_asset.items()},
            "income": {asset: str(value) for asset, value in self.income_by_asset.items()},
            "fees_expensed": str(self.fees_expensed),
            "transferred_out": str(self.transferred_out_gain),
            "brought_in": str(self.brought_in_gain),
            "acquired": self._acquired,
        }

    def thaw(self, frozen: Mapping[str, Any]) -> None:
        """Take over what `freeze` of a basis with the same settings described."""
        self._pools.clear()
        for account, asset, pool in frozen["pools"]:
            self._pools[account, asset] = pool_of(self._method).thaw(self._method, pool)
        self.realized_by_asset = {asset: Decimal(value) for asset, value in frozen["realized"].items()}
        self.income_by_asset = {asset: Decimal(value) for asset, value in frozen["income"].items()}
        self.fees_expensed = Decimal(frozen["fees_expensed"])
        self.transferred_out_gain = Decimal(frozen["transferred_out"])
        self.brought_in_gain = Decimal(frozen["brought_in"])
        self._acquired = frozen["acquired"]

    def lots(self, account: str, asset: str) -> list[Lot]:
        """Lots left of one position, in order of arrival in the account."""
        pool = self._pools.get((account, asset))
        return pool.lots() if pool is not None else []

    @property
    def realized_total(self) -> Decimal:
        """All realised results, net of the fees booked apart."""
        with localcontext(MONEY):
            return sum(self.realized_by_asset.values(), ZERO) - self.fees_expensed

    @property
    def income_total(self) -> Decimal:
        with localcontext(MONEY):
            return sum(self.income_by_asset.values(), ZERO)

    def unrealized(self, marks: Mapping[str, Decimal]) -> Unrealized:
        """Market value less cost at the prices `marks`."""
        value, unpriced = ZERO, []
        with localcontext(MONEY):
            for (_, asset), pool in self._pools.items():
                if asset in marks:
                    value += pool.quantity * marks[asset] - pool.cost
                elif pool.quantity:
                    unpriced.append(asset)
        return Unrealized(value, tuple(dict.fromkeys(unpriced)))

    def total(self, marks: Mapping[str, Decimal]) -> Decimal:
        """Realised + unrealised + income + transferred-out gain."""
        with localcontext(MONEY):
            return self.realized_total + self.unrealized(marks).value + self.income_total + self.transferred_out_gain

    def _buy(self, event: Buy) -> None:
        price, quantity, fee = event.price, event.quantity, event.fee
        cost = quantity * price
        if self._capitalise and isinstance(fee, MoneyFee):
            # Nearly every trade: money for coins.
            cost += fee.value
        else:
            coins, value = self._charge(event, fee, event.asset, price)
            quantity -= coins
            if self._capitalise:
                cost += value
            else:
                coin_value = coins * price
                cost -= coin_value
                self.fees_expensed += value + coin_value
        self._acquire(event.at, event.account, event.asset, quantity, cost)

    def _sell(self, event: Sell) -> None:
        price, quantity, fee = event.price, event.quantity, event.fee
        proceeds = quantity * price
        if self._capitalise and isinstance(fee, MoneyFee):
            self._dispose(event, event.asset, quantity, proceeds - fee.value, self.disposals)
        else:
            self._sold(event, event.asset, quantity, proceeds, self._charge(event, fee, event.asset, price))

    def _swap(self, event: Swap) -> None:
        price = event.value / event.bought_quantity
        if isinstance(event.fee, CoinFee) and event.fee.asset == event.bought:
            arrives, cost = event.bought_quantity - event.fee.quantity, event.value
            if not self._capitalise:
                cost -= event.fee.quantity * price
                self.fees_expensed += event.fee.quantity * price
            charge = NO_CHARGE
        else:
            charge = self._charge(event, event.fee, event.sold, event.value / event.sold_quantity)
            arrives, cost = event.bought_quantity, event.value
        self._sold(event, event.sold, event.sold_quantity, event.value, charge)
        self._acquire(event.at, event.account, event.bought, arrives, cost)

    def _sold(self, event: Sell | Swap, asset: str, quantity: Decimal, proceeds: Decimal, charge: _Charge) -> None:
        coins, value = charge
        if self._capitalise:
            proceeds -= value
        else:
            coin_value = coins * proceeds / quantity
            self.fees_expensed += value + coin_value
            proceeds += coin_value
        self._dispose(event, asset, quantity + coins, proceeds, self.disposals)

    def _dispose(
        self, event: Buy | Sell | Swap, asset: str, quantity: Decimal, proceeds: Decimal, found: list[Disposal]
    ) -> None:
        at, account = event.at, event.account
        parts, cost, doubtful = self._take(at, account, asset, quantity)
        found.append(Disposal(at, account, asset, quantity, proceeds, cost, tuple(parts), doubtful))
        self.realized_by_asset[asset] = self.realized_by_asset.get(asset, ZERO) + (proceeds - cost)

    def _charge(self, event: Buy | Sell | Swap, fee: Fee | None, traded: str, price: Decimal) -> _Charge:
        """What the fee of a trade of `traded` at `price` does; a third coin is disposed of here, at market value."""
        if fee is None:
            return NO_CHARGE
        if isinstance(fee, MoneyFee):
            return ZERO, fee.value
        if fee.asset == traded:
            return fee.quantity, ZERO
        if fee.asset == self.quote:
            return ZERO, fee.quantity
        if fee.price is None:
            raise ValueError(f"a fee in {fee.asset} needs its price")
        value = fee.quantity * fee.price
        self._dispose(event, fee.asset, fee.quantity, value, self.fee_disposals)
        return ZERO, value

    def _deposit(self, event: Deposit) -> None:
        market = None if event.market_price is None else event.quantity * event.market_price
        cost, estimated = event.cost, event.estimated
        if cost is None:
            cost = market if self._unknown_at_market and market is not None else ZERO
            estimated = self._unknown_at_market
        if market is not None:
            self.brought_in_gain += market - cost
        self._acquire(event.acquired_at or event.at, event.account, event.asset, event.quantity, cost, estimated)

    def _carry(self, at: datetime, source: PositionKey, target: PositionKey, quantity: Decimal, into: Decimal) -> None:
        if source == target:
            return
        parts, _, _ = self._take(at, *source, quantity)
        pool, unseen = self._pools[target], into
        for part in parts if into == quantity else scaled(parts, quantity, into):
            pool.add(part)
            unseen -= part[2]
        if unseen > 0:
            # The coins are there now, wherever they came from; only their cost is unknown.
            self._acquire(at, *target, unseen, ZERO, estimated=True)

    def _spend(self, at: datetime, account: str, asset: str, quantity: Decimal) -> None:
        if quantity:
            _, cost, _ = self._take(at, account, asset, quantity)
            self.realized_by_asset[asset] = self.realized_by_asset.get(asset, ZERO) - cost

    def _acquire(
        self, at: datetime, account: str, asset: str, quantity: Decimal, cost: Decimal, estimated: bool = False
    ) -> None:
        self._acquired += 1
        if quantity > 0:
            self._pools[account, asset].add((self._acquired, at, quantity, cost, estimated))

    def _take(self, at: datetime, account: str, asset: str, quantity: Decimal) -> tuple[list[Part], Decimal, bool]:
        """Like `LotPool.take`; coins that are not there are noted."""
        pool = self._pools[account, asset]
        if quantity > pool.quantity:
            unknown = quantity - pool.quantity
            if self._oversell_is_error:
                raise InsufficientLotsError(f"{quantity} {asset} leave, {pool.quantity} are known")
            self.missing.append(Missing(at, account, asset, unknown))
        return pool.take(quantity)
