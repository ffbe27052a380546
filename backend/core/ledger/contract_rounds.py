"""Fills of a futures contract as positions: opened, added to, reduced, closed, turned. Pure.

One side of a contract is one signed quantity. Funding belongs to the position that was open at its instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.contracts import BEYOND_HORIZON, NO_PRICE, Contract, ContractFill, Round

# The price of an asset in the reporting currency at an instant, None where there is none, and what is doubtful of it.
Rate = Callable[[str, int], tuple[Decimal | None, str | None]]
# What something is worth, and why that is missing or an estimate.
Worth = tuple[Decimal | None, str | None]


@dataclass(frozen=True, slots=True)
class Funding:
    """What a position paid (negative) or was paid."""

    at_ms: int
    asset: str
    amount: Decimal


def rounds(
    contract: Contract,
    margin_asset: str | None,
    start: Decimal,
    fills: Iterable[ContractFill],
    funding: Sequence[Funding],
    rate: Rate,
    first_number: int = 1,
) -> list[Round]:
    """The positions of one side of a contract, oldest first; the last one may be open.

    Args:
        margin_asset: what results are paid in; None where it is not told, then nothing has a value.
        start: what was held before the first fill; its beginning is not known.
        fills: in the order of their ids.
        funding: of this contract, in any order.
    """
    with localcontext(MONEY):
        found = _Folding(contract, margin_asset, start, rate, first_number).fold(fills)
        for one in found:
            _add_funding(one, funding, rate)
        return found


class _Folding:
    def __init__(
        self, contract: Contract, margin_asset: str | None, start: Decimal, rate: Rate, first_number: int
    ) -> None:
        self._contract = contract
        self._margin = margin_asset
        self._rate = rate
        self._number = first_number
        self._open: Round | None = None
        self._found: list[Round] = []
        if start != ZERO:
            self._open = self._begin(start < ZERO, None)
            self._open.held = self._open.came = abs(start)
            self._open.cost_value = None
            self._open.reason = BEYOND_HORIZON

    def fold(self, fills: Iterable[ContractFill]) -> list[Round]:
        for fill in fills:
            self._take(fill)
        return self._found

    def _begin(self, short: bool, at_ms: int | None) -> Round:
        begun = Round(self._contract, self._number, short, at_ms)
        self._number += 1
        self._found.append(begun)
        return begun

    def _take(self, fill: ContractFill) -> None:
        size, left = abs(fill.quantity), abs(fill.quantity)
        sold = fill.quantity < ZERO
        held = self._open
        if held is not None and held.short is not sold:
            closing = min(held.held, size)
            left = size - closing
            # A fill that turns a position pays its fee in both, by how much of it each had.
            self._charge(held, fill, closing / size if left else None)
            self._add(held, "realized_value", self._worth(self._margin, fill.realized, fill.at_ms))
            held.exit_mean = self._mean(held.exit_mean, held.gone, fill.price, closing)
            held.gone += closing
            held.held -= closing
            if held.held == ZERO:
                held.closed_ms, held.turned = fill.at_ms, left > ZERO
                self._open = None
            if not left:
                return
            share = left / size
        else:
            share = None
        if self._open is None:
            self._open = self._begin(sold, fill.at_ms)
        opened = self._open
        self._charge(opened, fill, share)
        if opened.reason != BEYOND_HORIZON:
            opened.entry = self._mean(opened.entry, opened.held, fill.price, left)
            opened.entry_mean = self._mean(opened.entry_mean, opened.came, fill.price, left)
            notional = None if fill.notional is None else fill.notional * left / size
            self._add(opened, "cost_value", self._worth(self._margin, notional, fill.at_ms))
        opened.held += left
        opened.came += left

    def _charge(self, one: Round, fill: ContractFill, share: Decimal | None) -> None:
        one.trades += 1
        one.last_trade_id = fill.trade_id
        commission = fill.commission if share is None else fill.commission * share
        self._add(one, "fees_value", self._worth(fill.commission_asset, commission, fill.at_ms))

    def _worth(self, asset: str | None, amount: Decimal | None, at_ms: int) -> Worth:
        if amount is None or asset is None:
            return None, NO_PRICE
        if amount == ZERO:
            return ZERO, None
        rate, doubt = self._rate(asset, at_ms)
        return None if rate is None else amount * rate, doubt

    def _mean(self, mean: Decimal | None, held: Decimal, price: Decimal, more: Decimal) -> Decimal:
        if mean is None or held == ZERO:
            return price
        if self._contract.inverse:
            # Pieces of dollars: what counts is the coin that they stand for.
            return (held + more) / (held / mean + more / price)
        return (held * mean + more * price) / (held + more)

    @staticmethod
    def _add(one: Round, name: str, worth: Worth) -> None:
        value, doubt = worth
        before = getattr(one, name)
        setattr(one, name, None if before is None or value is None else before + value)
        one.reason = one.reason or doubt


def _add_funding(one: Round, funding: Sequence[Funding], rate: Rate) -> None:
    for line in funding:
        begun = one.opened_ms is None or one.opened_ms < line.at_ms
        ended = one.closed_ms is not None and one.closed_ms < line.at_ms
        if not begun or ended or one.funding_value is None:
            continue
        price, doubt = rate(line.asset, line.at_ms)
        one.funding_value = None if price is None else one.funding_value + line.amount * price
        one.reason = one.reason or doubt
