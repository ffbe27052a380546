"""The likely cause of a quantity that the ledger does not explain: a guess, which says where to look first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Final

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.amounts import MONEY, ZERO, product
from backend.core.model.holdings import FLOW_KINDS, FUTURES_KINDS, EventKind, LedgerEvent
from backend.core.model.instants import MINUTE_MS
from backend.core.model.wallets import Wallet

COUNTED_TWICE: Final = "counted_twice"
OWN_TRANSFER: Final = "own_transfer"
MISSING_TRADE: Final = "missing_trade"
FUTURES_LINE: Final = "missing_futures_line"
EARN_INTEREST: Final = "unseen_earn_interest"
INTEREST_DUE: Final = "unseen_interest_due"
WRONG_FEE: Final = "wrong_fee"
MISSED_DEPOSIT: Final = "missed_deposit"
MISSED_WITHDRAWAL: Final = "missed_withdrawal"

EARNING: Final = frozenset({Wallet.EARN_FLEXIBLE, Wallet.EARN_LOCKED, Wallet.STAKING})
FUTURES: Final = frozenset({Wallet.FUTURES_USDM, Wallet.FUTURES_COINM})
MARGIN: Final = frozenset({Wallet.MARGIN_CROSS, Wallet.MARGIN_ISOLATED})
# Two coins that differ against each other were one trade when they are worth the same, fee and spread aside.
SAME_WORTH: Final = Decimal("0.03")
# Interest and funding are small beside what earns or owes them.
SMALL: Final = Decimal("0.02")
TWINS_APART_MS: Final = 5 * MINUTE_MS
Change = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class Evidence:
    """What a guess rests on.

    Args:
        events: the ledger in booking order.
        wallets: what each wallet holds, by asset and wallet.
    """

    events: Sequence[LedgerEvent]
    wallets: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def causes(self, change: Mapping[str, Decimal], prices: Mapping[str, Decimal]) -> dict[str, str]:
        """The likely cause of each asset's difference, reported less replayed, all seen at once.

        Args:
            prices: of each asset where one is known, all in one currency.
        """
        twice = self._counted_twice(change)
        worth = {asset: product(amount, prices[asset]) for asset, amount in change.items() if asset in prices}
        return {asset: twice.get(asset) or self._cause(asset, amount, worth) for asset, amount in change.items()}

    def _counted_twice(self, change: Mapping[str, Decimal]) -> dict[str, str]:
        """Taking one event back would explain these assets to the last digit."""
        found: dict[str, str] = {}
        for asset, amount in change.items():
            for back in self._changes.get((asset, -amount), ()):
                moved = dict(back)
                if all(change.get(one) == -quantity for one, quantity in moved.items()) and (
                    len(moved) > 1 or back in self._twins
                ):
                    found.update(dict.fromkeys(moved, COUNTED_TWICE))
        return found

    def _cause(self, asset: str, amount: Decimal, worth: Mapping[str, Decimal]) -> str:
        if _trade_partner(asset, worth):
            return MISSING_TRADE
        if amount > ZERO and (asset, -amount) in self._flows:
            return OWN_TRANSFER
        if self._small_beside(asset, amount, FUTURES) and self._has_futures:
            return FUTURES_LINE
        if amount > ZERO and self._small_beside(asset, amount, EARNING):
            return EARN_INTEREST
        if amount < ZERO and self._small_beside(asset, amount, MARGIN):
            return INTEREST_DUE
        if abs(amount) < self._largest_fee.get(asset, ZERO) * 2:
            return WRONG_FEE
        return MISSED_DEPOSIT if amount > ZERO else MISSED_WITHDRAWAL

    def _small_beside(self, asset: str, amount: Decimal, where: Iterable[Wallet]) -> bool:
        held = self.wallets.get(asset, {})
        with localcontext(MONEY):
            return ZERO < abs(amount) <= sum((abs(held.get(one.value, ZERO)) for one in where), ZERO) * SMALL

    @cached_property
    def _real(self) -> list[LedgerEvent]:
        return [event for event in self.events if event.source != RECONCILIATION and event.kind is not EventKind.LOAN]

    @cached_property
    def _changes(self) -> dict[tuple[str, Decimal], list[Change]]:
        found: dict[tuple[str, Decimal], list[Change]] = {}
        for event in self._real:
            change = _change(event)
            for moved in change:
                found.setdefault(moved, []).append(change)
        return found

    @cached_property
    def _twins(self) -> set[Change]:
        """Changes that two events a few minutes apart made alike."""
        last: dict[Change, int] = {}
        found: set[Change] = set()
        for event in self._real:
            change = _change(event)
            if change in last and event.at_ms - last[change] <= TWINS_APART_MS:
                found.add(change)
            last[change] = event.at_ms
        return found

    @cached_property
    def _flows(self) -> set[tuple[str, Decimal]]:
        return {
            moved for event in self._real if event.kind in FLOW_KINDS for moved in _change(event) if moved[1] < ZERO
        }

    @cached_property
    def _largest_fee(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for event in self._real:
            for leg in event.legs:
                if leg.role == "fee":
                    found[leg.asset] = max(found.get(leg.asset, ZERO), abs(leg.amount))
        return found

    @cached_property
    def _has_futures(self) -> bool:
        return any(event.kind in FUTURES_KINDS for event in self._real)


def _trade_partner(asset: str, worth: Mapping[str, Decimal]) -> bool:
    """Whether another coin moved the other way, by about as much."""
    own = worth.get(asset, ZERO)
    with localcontext(MONEY):
        others = (moved for other, moved in worth.items() if other != asset and (moved > ZERO) != (own > ZERO))
        return own != ZERO and any(abs(own + moved) <= abs(own) * SAME_WORTH for moved in others)


def _change(event: LedgerEvent) -> Change:
    """What an event changes, by asset."""
    sums: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for leg in event.legs:
            sums[leg.asset] = sums.get(leg.asset, ZERO) + leg.amount
    return tuple(sorted(sums.items()))
