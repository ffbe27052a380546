"""What stands in each wallet, and what of an asset's cost belongs to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.ledger.positions import decode_positions
from backend.core.model.amounts import MONEY, ZERO, minus, total
from backend.core.model.valuation import UNKNOWN_COST
from backend.core.model.wallets import Wallet
from backend.core.valuation import NO_PRICE
from backend.core.views import AccountHoldings, CostView, WalletView

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.valuation import PricedBalance, Valuation

# The older formula of the net asset value knows these alone. Statements are not split by wallet: they count whole.
SPOT_AND_FUTURES: Final = frozenset({Wallet.SPOT, Wallet.FUTURES_USDM, Wallet.FUTURES_COINM, Wallet.STATEMENTS})


def wallets_of(holding: AccountHoldings) -> Sequence[WalletView]:
    """The wallets of an account that hold something, and those that could not be read."""
    valuation = holding.valuation
    if valuation is None:
        return ()
    states = {state.wallet: state for state in valuation.wallets}
    usual = Wallet.STATEMENTS if holding.account.keyless else Wallet.SPOT
    held = {line.balance.wallet for line in valuation.lines} | {usual}
    found = []
    for wallet in Wallet:
        state = states.get(wallet)
        unknown = state is not None and state.state == "unknown"
        if wallet not in held and not unknown:
            continue
        lines = [line for line in valuation.lines if line.balance.wallet == wallet]
        unpriced = any(line.value is None for line in lines)
        never = unknown and state is not None and state.as_of_ms is None
        reason = state.reason if unknown and state is not None else NO_PRICE if unpriced else None
        found.append(
            WalletView(
                account=holding.account,
                wallet=wallet.value,
                value=None if never else _value(lines),
                complete=not (unknown or unpriced),
                as_of_ms=valuation.shown_at_ms if state is None else state.as_of_ms,
                reason=reason,
            )
        )
    return found


def absent_of(holding: AccountHoldings) -> Sequence[tuple[Account, str, str]]:
    """Wallets that an account does not have as far as its key can see, and why."""
    states = () if holding.valuation is None else holding.valuation.wallets
    return [(holding.account, state.wallet, state.reason or "") for state in states if state.state == "absent"]


def spot_and_futures(valuation: Valuation) -> Decimal:
    """The value of the spot and futures wallets alone."""
    return _value([line for line in valuation.lines if line.balance.wallet in SPOT_AND_FUTURES])


def costs_of(holding: AccountHoldings, reporting: str) -> dict[tuple[int, str], CostView]:
    """Cost and gain of each asset of an account over all its wallets, by (account id, asset)."""
    book = decode_positions(holding.sync.positions)
    found: dict[tuple[int, str], CostView] = {}
    by_asset: dict[str, list[PricedBalance]] = {}
    for line in () if holding.valuation is None else holding.valuation.lines:
        by_asset.setdefault(line.balance.asset, []).append(line)
    for asset, parts in by_asset.items():
        owned = total([line.balance.total for line in parts])
        held = None if book is None else book.open.get(asset)
        if asset == reporting:
            cost = CostView(None, None, "not_applicable", owned)
        elif book is None:
            cost = CostView(None, None, "history_importing", owned)
        elif not book.complete or held is None or held.quantity != owned:
            cost = CostView(None, None, book.reason or "quantity_differs", owned)
        elif any(line.value is None for line in parts):
            cost = CostView(held.cost, None, NO_PRICE, owned)
        else:
            doubt = UNKNOWN_COST if held.unknown else None
            cost = CostView(held.cost, minus(_value(parts), held.cost), doubt, owned)
        found[holding.account.id, asset] = cost
    return found


def cost_of_line(cost: CostView, line: PricedBalance) -> CostView:
    """What a wallet's part of an asset cost, and its gain: its share of the quantity is its share of the cost."""
    if cost.cost is None or cost.quantity == ZERO:
        return cost
    part = cost.cost
    if line.balance.total != cost.quantity:
        with localcontext(MONEY):
            part = cost.cost * line.balance.total / cost.quantity
    gain = None if cost.unrealized is None or line.value is None else minus(line.value, part)
    return CostView(part, gain, cost.reason, line.balance.total)


def _value(lines: Sequence[PricedBalance]) -> Decimal:
    return total([line.value for line in lines if line.value is not None])
