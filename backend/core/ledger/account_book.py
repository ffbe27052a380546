"""The books of one account: its ledger under all four cost methods at once, event by event.

    book = AccountBook("USDT"); entry = book.book(event, prices, None); text = book.freeze()

An event costs the same however many came before it. `freeze` and `thaw` carry the books over a pause.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.book_changes import Changes, Subject
from backend.core.ledger.book_sums import METHODS, Holding, Sums
from backend.core.ledger.carried import CarriedLots, arriving, left_of, unsure
from backend.core.ledger.cost_basis import CostBasis, Disposal
from backend.core.ledger.cost_basis import Position as CoinPosition
from backend.core.ledger.cost_events import CostEvent, Deposit
from backend.core.ledger.cost_translation import (
    NO_PRICE,
    OLD_PRICE,
    EnteredCost,
    Exchanged,
    NotBookableError,
    Prices,
    cost_events,
    exchanged,
    fee_value,
    left_unpriced,
    money_result,
    traded_value,
)
from backend.core.ledger.positions import Position, PositionBook
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import FUTURES_KINDS, EventKind, LedgerEvent
from backend.core.model.valuation import UNKNOWN_COST

UNEXPLAINED: Final = "unexplained_change"
MISSING_COINS: Final = "missing_coins"
# What leaves profit unsplit, the worst first.
REASONS: Final = (NO_PRICE, "one_leg_missing", UNEXPLAINED, MISSING_COINS)


# Buys and sells so far, then those of one symbol.
Counted = tuple[int, int, int, int]
# The count over all symbols stands under this name.
ALL_SYMBOLS: Final = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What booking an event came to.

    `realized`: result of the closing trade by method, None where nothing was closed. `doubt`: why the figures are
    estimates or, with `booked` False, why there are none. `counted`: of a trade, how many there were with it.
    `deposit`: the coins that came from outside. `left`: lots that were withdrawn, by method; empty of other events.
    `old_price`: a price that it was booked at is older than its instant allows.
    """

    exchanged: Exchanged | None
    value: Decimal | None
    fee_value: Decimal | None
    realized: tuple[Decimal, ...] | None
    doubt: str | None
    booked: bool
    subjects: tuple[Subject, ...]
    holdings: tuple[Holding, ...]
    counted: Counted | None
    deposit: Deposit | None
    disposals: tuple[tuple[Disposal, ...], ...]
    left: CarriedLots
    old_price: bool


class AccountBook:
    """Books events in booking order (instant, exchange id), one method beside the other."""

    def __init__(self, reporting: str) -> None:
        self.reporting = reporting
        self.totals = Sums()
        self.sums: dict[Subject, Sums] = {}
        self.open: dict[str, Holding] = {}
        self.closed_count = 0
        self.unknown_lots = 0
        # Coins of which such a lot ever came.
        self._unknown: set[str] = set()
        self.first_trade_ms: int | None = None
        self._reasons: set[str] = set()
        self._numbers: dict[str, int] = {}
        # Buys and sells by symbol.
        self._counts: dict[str, list[int]] = {}
        self._bases = [CostBasis(reporting, method) for method in METHODS]

    @property
    def reason(self) -> str | None:
        """Why profit cannot be split; None where all of it is known."""
        return next((reason for reason in REASONS if reason in self._reasons), None)

    @property
    def doubt(self) -> str | None:
        """Why its figures are estimates, split or not; None where they are known for sure."""
        return self.reason or (OLD_PRICE if OLD_PRICE in self._reasons else None)

    @property
    def lot_count(self) -> int:
        """Lots of all methods: what `freeze` writes."""
        return sum(basis.lot_count for basis in self._bases)

    def positions(self) -> PositionBook:
        """The positions at average cost, as they are stored with the account."""
        with localcontext(MONEY):
            realized = self.totals.realized[0] + self.totals.income
        held = {asset: Position(one.held, one.held_cost[0], one.unknown) for asset, one in self.open.items()}
        return PositionBook(realized, held, self.reason is None, self.doubt, tuple(sorted(self._unknown)))

    def book(
        self,
        event: LedgerEvent,
        prices: Prices,
        entered: EnteredCost | None = None,
        carried: CarriedLots | None = None,
        *,
        old_price: bool = False,
    ) -> Entry:
        """Book one event.

        Args:
            prices: of the assets of `wanted_prices` at its instant.
            old_price: whether one of them is older than its instant allows: what it is worth is an estimate.
            entered: what the user says of the coins that it brings.
            carried: the lots that they were in another account, by method; the user's word wins over them.
        """
        with localcontext(MONEY):
            return self._book(event, prices, entered, None if entered is not None else carried, old_price)

    def _book(
        self,
        event: LedgerEvent,
        prices: Prices,
        entered: EnteredCost | None,
        carried: CarriedLots | None,
        old_price: bool,
    ) -> Entry:
        doubt = UNEXPLAINED if event.kind is EventKind.UNEXPLAINED else OLD_PRICE if old_price else None
        booked = True
        try:
            bookings = cost_events(event, self.reporting, prices, entered)
        except NotBookableError as error:
            bookings, doubt, booked = [], error.reason, False
        pair = exchanged(event, self.reporting)
        fee = fee_value(event, self.reporting, prices) if pair is not None else ZERO
        assets = list(dict.fromkeys(leg.asset for leg in event.legs))
        contract = event.symbol if event.kind in FUTURES_KINDS else None
        before = {asset: self._bases[0].position(asset) for asset in assets}
        changes = Changes(self.sums, self.totals, contract)
        by_method = [bookings] * len(METHODS) if carried is None else [arriving(bookings, lots) for lots in carried]
        disposals = tuple(self._run(place, own, assets, changes) for place, own in enumerate(by_method))
        left = tuple(map(left_of, self._bases))
        money = money_result(event, self.reporting)
        if money:
            changes.money(self.reporting, money, earned=event.kind in (EventKind.REWARD, EventKind.FUNDING))
        if booked and left_unpriced(bookings, fee):
            doubt = NO_PRICE
            self._reasons.add(doubt)
        if disposals[0] and any(one.estimated for one in disposals[0]):
            doubt = UNKNOWN_COST if doubt in (None, OLD_PRICE) else doubt
        if any(basis.missing for basis in self._bases):
            doubt = doubt if doubt == NO_PRICE else MISSING_COINS
            self._reasons.add(MISSING_COINS)
            for basis in self._bases:
                basis.missing.clear()
        if doubt is not None:
            self._reasons.add(doubt)
        if old_price:
            self._reasons.add(OLD_PRICE)
        realized = self._count(event, pair, fee, disposals, changes)
        came = next((one for one in bookings if isinstance(one, Deposit)), None)
        holdings = self._hold(event, pair, fee, before, disposals, changes, came, carried)
        if came is not None and came.cost is None and carried is None:
            self.unknown_lots += 1
            self._unknown.add(came.asset)
        if carried is not None and came is not None and unsure(came, carried):
            self._unknown.add(came.asset)
        return Entry(
            exchanged=pair,
            value=None if pair is None else traded_value(event, self.reporting, prices),
            fee_value=fee,
            realized=realized,
            doubt=doubt,
            booked=booked,
            subjects=tuple(changes.touched),
            holdings=holdings,
            counted=None if pair is None else self._counted(pair),
            deposit=came if carried is None else None,
            disposals=disposals,
            left=left,
            old_price=old_price,
        )

    def _counted(self, pair: Exchanged) -> Counted:
        everything = self._counts.setdefault(ALL_SYMBOLS, [0, 0])
        own = self._counts.setdefault(pair.symbol, [0, 0])
        for count in (everything, own):
            count[pair.side == "SELL"] += 1
        return everything[0], everything[1], own[0], own[1]

    def _run(
        self, place: int, bookings: Sequence[CostEvent], assets: Sequence[str], changes: Changes
    ) -> tuple[Disposal, ...]:
        """Book under one method; returns what was sold, then what paid a fee."""
        basis = self._bases[place]
        realized = [basis.realized_by_asset.get(asset, ZERO) for asset in assets]
        income = [basis.income_by_asset.get(asset, ZERO) for asset in assets]
        transferred = basis.transferred_out_gain - basis.brought_in_gain
        basis.book_all(bookings)
        for at, asset in enumerate(assets):
            result = basis.realized_by_asset.get(asset, ZERO) - realized[at]
            earned = basis.income_by_asset.get(asset, ZERO) - income[at] if place == 0 else ZERO
            if result or earned:
                changes.result(place, asset, result, earned)
        moved = basis.transferred_out_gain - basis.brought_in_gain - transferred
        if moved:
            changes.transfer(place, assets[0], moved)
        found = (*basis.disposals, *basis.fee_disposals)
        basis.disposals.clear()
        basis.fee_disposals.clear()
        return found

    def _count(
        self,
        event: LedgerEvent,
        pair: Exchanged | None,
        fee: Decimal | None,
        disposals: Sequence[Sequence[Disposal]],
        changes: Changes,
    ) -> tuple[Decimal, ...] | None:
        """Count a trade; returns the result of what it closed by method."""
        if pair is None:
            if event.kind is EventKind.FUTURES_FEE:
                changes.fee(-min(sum(changes.results, ZERO), ZERO))
            return None
        if self.first_trade_ms is None:
            self.first_trade_ms = event.at_ms
        base = changes.subject(pair.base)
        base.trades += 1
        base.fees += fee or ZERO
        self.totals.trades += 1
        self.totals.fees += fee or ZERO
        if event.kind is EventKind.TRADE and pair.side == "BUY":
            # What pays for a purchase is no trade of its own, be it another stablecoin.
            return None
        gone = pair.base if pair.side == "SELL" else pair.quote
        closed = [[one for one in found if one.asset == gone][:1] for found in disposals]
        if not all(closed):
            return None
        results = tuple(found[0].realized for found in closed)
        for sums in (changes.subject(gone), self.totals):
            sums.closing += 1
            for place, result in enumerate(results):
                sums.winning[place] += result > ZERO
                sums.gains[place] += max(result, ZERO)
                sums.losses[place] += max(-result, ZERO)
        return results

    def _hold(
        self,
        event: LedgerEvent,
        pair: Exchanged | None,
        fee: Decimal | None,
        before: Mapping[str, CoinPosition],
        disposals: Sequence[Sequence[Disposal]],
        changes: Changes,
        deposit: Deposit | None,
        carried: CarriedLots | None,
    ) -> tuple[Holding, ...]:
        """Open, carry on and close positions."""
        found: list[Holding] = []
        for asset, was in before.items():
            if asset == self.reporting:
                continue
            now = self._bases[0].position(asset)
            holding = self.open.get(asset)
            if holding is None:
                if now.quantity == ZERO:
                    continue
                self._numbers[asset] = self._numbers.get(asset, 0) + 1
                holding = self.open[asset] = Holding(asset, self._numbers[asset], event.at_ms)
            changes.hold(asset)
            if now.quantity > was.quantity:
                holding.came += now.quantity - was.quantity
                holding.cost += now.cost - was.cost
                if deposit is not None and deposit.asset == asset:
                    holding.unknown |= deposit.cost is None if carried is None else unsure(deposit, carried)
                    holding.entered |= deposit.cost is not None
            for one in disposals[0]:
                if one.asset == asset:
                    holding.sold += one.quantity
                    holding.proceeds += one.proceeds
            for place, result in enumerate(changes.by_asset.get(asset, ())):
                holding.realized[place] += result
            holding.income += changes.earned.get(asset, ZERO)
            if pair is not None and pair.base == asset:
                holding.trades += 1
                holding.fees += fee or ZERO
            holding.held = now.quantity
            holding.held_cost = [basis.position(asset).cost for basis in self._bases]
            if now.quantity == ZERO:
                holding.closed_ms = event.at_ms
                del self.open[asset]
                self.closed_count += 1
            found.append(holding)
        return tuple(found)

    def freeze(self) -> str:
        """Everything the books need to go on, as JSON text."""
        return json.dumps(
            {
                "bases": [basis.freeze() for basis in self._bases],
                "totals": self.totals.freeze(),
                "sums": [[name, futures, sums.freeze()] for (name, futures), sums in self.sums.items()],
                "open": [holding.freeze() for holding in self.open.values()],
                "numbers": self._numbers,
                "counts": self._counts,
                "closed": self.closed_count,
                "unknown_lots": self.unknown_lots,
                "unknown": sorted(self._unknown),
                "first_trade": self.first_trade_ms,
                "reasons": sorted(self._reasons),
            },
            separators=(",", ":"),
        )

    @classmethod
    def thaw(cls, reporting: str, text: str) -> AccountBook:
        """The books that `freeze` wrote."""
        frozen = json.loads(text)
        book = cls(reporting)
        for basis, state in zip(book._bases, frozen["bases"], strict=True):
            basis.thaw(state)
        book.totals = Sums.thaw(frozen["totals"])
        book.sums = {(name, futures): Sums.thaw(sums) for name, futures, sums in frozen["sums"]}
        book.open = {holding[0]: Holding.thaw(holding) for holding in frozen["open"]}
        book._numbers = frozen["numbers"]
        book._counts = frozen["counts"]
        book.closed_count = frozen["closed"]
        book.unknown_lots = frozen["unknown_lots"]
        book._unknown = set(frozen["unknown"])
        book.first_trade_ms = frozen["first_trade"]
        book._reasons = set(frozen["reasons"])
        return book
