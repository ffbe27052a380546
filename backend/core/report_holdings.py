"""What was held at an instant, over accounts: the coins of stored snapshots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from backend.core.display_rates import NO_RATE, Rates
from backend.core.kind_sums import NO_PRICE
from backend.core.model.amounts import MONEY, ZERO, product, total
from backend.core.model.valuation import Holding, SnapshotRow
from backend.core.report_views import HeldCoin, HoldingsAt

if TYPE_CHECKING:
    from backend.core.views import Status


def holdings_of(rows: Sequence[SnapshotRow], missing: str | None, rates: Rates | None) -> HoldingsAt:
    """The coins of one snapshot an account, added up.

    Args:
        missing: why some account has none (None: all have).
        rates: of a currency that everything is told in; None: the reporting one.
    """
    if not rows:
        return HoldingsAt(None, None, [], "unavailable", missing)
    told = [(row, {asset: _shown(one, row.at_ms, rates) for asset, one in row.composition.items()}) for row in rows]
    values = [row.value if rates is None else rates.then(row.value, row.at_ms) for row in rows]
    known = [value for value in values if value is not None]
    value = total(known) if len(known) == len(values) else None
    coins = [_coin(asset, [held[asset] for _, held in told if asset in held], value) for asset in _assets(told)]
    coins = [coin for coin in coins if coin.quantity != ZERO]
    coins.sort(key=lambda coin: (coin.value is None, -(coin.value or ZERO), coin.asset))
    reason = missing or next((row.reason for row in rows if row.reason is not None), None)
    status: Status = "exact" if reason is None else "estimated"
    if value is None:
        status, reason = "unavailable", NO_RATE
    instants = {row.at_ms for row in rows}
    return HoldingsAt(instants.pop() if len(instants) == 1 else None, value, coins, status, reason)


def _assets(told: Sequence[tuple[SnapshotRow, Mapping[str, Holding]]]) -> list[str]:
    return list(dict.fromkeys(asset for _, held in told for asset in held))


def _shown(one: Holding, at_ms: int, rates: Rates | None) -> Holding:
    return one if rates is None else Holding(one.quantity, rates.then(one.price, at_ms))


def _coin(asset: str, held: Sequence[Holding], whole: Decimal | None) -> HeldCoin:
    worth = [None if one.price is None else product(one.quantity, one.price) for one in held]
    known = [value for value in worth if value is not None]
    value = total(known) if len(known) == len(worth) else None
    prices = {one.price for one in held}
    with localcontext(MONEY):
        share = value / whole if value is not None and whole is not None and whole > 0 else None
    return HeldCoin(
        asset=asset,
        quantity=total([one.quantity for one in held]),
        price=prices.pop() if len(prices) == 1 else None,
        value=value,
        share=share,
        reason=NO_PRICE if value is None else None,
    )
