"""What one event adds to the sums of an account's books."""

from __future__ import annotations

from decimal import Decimal

from backend.core.ledger.book_sums import Sums, no_amounts
from backend.core.model.amounts import ZERO

# Whose sums: a coin, or a futures contract by its symbol.
Subject = tuple[str, bool]


class Changes:
    """What one event adds to the sums: of its coins, or of the contract that it is about."""

    def __init__(self, sums: dict[Subject, Sums], totals: Sums, contract: str | None) -> None:
        self._sums = sums
        self._totals = totals
        self._contract = contract
        self.touched: dict[Subject, None] = {}
        self.by_asset: dict[str, list[Decimal]] = {}
        self.earned: dict[str, Decimal] = {}
        self.results: list[Decimal] = []

    def subject(self, asset: str) -> Sums:
        """The sums that a change of an asset belongs to."""
        key = (asset, False) if self._contract is None else (self._contract, True)
        self.touched[key] = None
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = Sums()
        return sums

    def hold(self, asset: str) -> None:
        """What is held of an asset changed, or its cost: its sums are told with it, also where nothing was added."""
        self.touched[asset, False] = None
        if (asset, False) not in self._sums:
            self._sums[asset, False] = Sums()

    def result(self, place: int, asset: str, result: Decimal, earned: Decimal) -> None:
        """A realised result under one method, and income, which all methods share."""
        for sums in (self.subject(asset), self._totals):
            sums.realized[place] += result
            sums.income += earned
        self.by_asset.setdefault(asset, no_amounts())[place] += result
        if earned:
            self.earned[asset] = self.earned.get(asset, ZERO) + earned
        if place == 0:
            self.results.append(result)

    def money(self, asset: str, amount: Decimal, earned: bool) -> None:
        """A result or income in the reporting currency, which no method changes."""
        for sums in (self.subject(asset), self._totals):
            if earned:
                sums.income += amount
            else:
                sums.realized = [value + amount for value in sums.realized]
        self.results.append(amount)

    def transfer(self, place: int, asset: str, gain: Decimal) -> None:
        """Gain that left with coins that were withdrawn."""
        for sums in (self.subject(asset), self._totals):
            sums.transferred[place] += gain

    def fee(self, value: Decimal) -> None:
        """A fee that is an event of its own."""
        for key in self.touched:
            self._sums[key].fees += value
        self._totals.fees += value
