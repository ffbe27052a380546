"""What booking an event came to, as the rows that readers see."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.ledger.book_sums import METHODS
from backend.core.model.amounts import MONEY, ZERO, product
from backend.core.model.booked import BookedDisposal, BookedIncome, BookedLot, BookedTrade
from backend.core.model.holdings import INCOME_KINDS, EventKind, LedgerEvent, Leg
from backend.core.model.instants import to_ms

if TYPE_CHECKING:
    from backend.core.ledger.account_book import Entry
    from backend.core.ledger.cost_basis import Disposal
    from backend.core.ledger.cost_translation import EnteredCost, Prices

NOTHING_CLOSED: Final[tuple[Decimal | None, ...]] = (None,) * len(METHODS)


def trade_row(account_id: int, event_id: int, event: LedgerEvent, entry: Entry) -> BookedTrade | None:
    """The row of a trade or convert; None for other events."""
    pair = entry.exchanged
    if pair is None or entry.counted is None:
        return None
    fee = next((leg for leg in event.legs if leg.role == "fee"), None)
    with localcontext(MONEY):
        price = event.price or (pair.quote_quantity / pair.quantity if pair.quantity else None)
    return BookedTrade(
        id=event_id,
        account_id=account_id,
        at_ms=event.at_ms,
        kind="convert" if event.kind is EventKind.CONVERT else "trade",
        symbol=pair.symbol,
        side=pair.side,
        base=pair.base,
        quote=pair.quote,
        quantity=pair.quantity,
        price=price,
        quote_quantity=pair.quote_quantity,
        value=entry.value,
        fee=None if fee is None else -fee.amount,
        fee_asset=None if fee is None else fee.asset,
        fee_value=entry.fee_value,
        realized=entry.realized or NOTHING_CLOSED,
        source=event.source,
        status="exact" if entry.doubt is None else "estimated" if entry.booked else "unavailable",
        reason=entry.doubt,
        counted=entry.counted,
    )


def lot_row(
    account_id: int, event_id: int, event: LedgerEvent, entry: Entry, entered: EnteredCost | None
) -> BookedLot | None:
    """The row of coins that came from outside; None for other events."""
    came = entry.deposit
    if came is None or came.quantity <= ZERO:
        return None
    with localcontext(MONEY):
        value = None if came.market_price is None else came.quantity * came.market_price
    return BookedLot(
        id=event_id,
        account_id=account_id,
        at_ms=event.at_ms,
        asset=came.asset,
        quantity=came.quantity,
        market_value=value,
        cost=None if entered is None else entered.cost,
        acquired_ms=None if entered is None else entered.acquired_ms,
    )


def disposal_rows(event_id: int, event: LedgerEvent, entry: Entry) -> list[BookedDisposal]:
    """The rows of the coins that an event disposed of; each stands in the same place under every method."""
    found = []
    for parts in zip(*entry.disposals, strict=True):
        first = parts[0]
        pair = entry.exchanged
        traded = pair is not None and first.asset in (pair.base, pair.quote)
        found.append(
            BookedDisposal(
                at_ms=event.at_ms,
                kind="sale" if traded else "fee",
                asset=first.asset,
                quantity=first.quantity,
                proceeds=first.proceeds,
                cost=tuple(one.cost for one in parts),
                acquired_ms=tuple(min(_acquired(one), default=None) for one in parts),
                acquired_last_ms=tuple(max(_acquired(one), default=None) for one in parts),
                estimated=any(one.estimated for one in parts),
                old_price=entry.old_price,
                event_id=event_id,
            )
        )
    return found


def _acquired(gone: Disposal) -> list[int]:
    """When the coins were acquired; empty where all are missing."""
    return [to_ms(lot.acquired_at) for lot in gone.matches]


def income_rows(
    event_id: int, event: LedgerEvent, reporting: str, prices: Prices, *, old_price: bool
) -> list[BookedIncome]:
    """The rows of what an event earned or charged; none of other events."""
    if event.kind not in INCOME_KINDS:
        return []
    return [
        BookedIncome(
            event.at_ms,
            event.kind.value,
            leg.asset,
            event.symbol,
            leg.amount,
            _worth(leg, reporting, prices),
            event_id,
            old_price and leg.asset != reporting,
        )
        for leg in event.legs
        if leg.amount != ZERO
    ]


def _worth(leg: Leg, reporting: str, prices: Prices) -> Decimal | None:
    if leg.asset == reporting:
        return leg.amount
    price = prices.get(leg.asset)
    return None if price is None else product(leg.amount, price)
