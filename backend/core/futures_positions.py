"""Positions in futures contracts as the list of positions shows them: prepared rows, read by key."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.contracts import NO_PRICE, ContractState, Round, StoredRound
from backend.core.model.instants import MINUTE_MS
from backend.core.position_views import PositionView

if TYPE_CHECKING:
    from backend.core.book_ports import Key
    from backend.core.model.accounts import Account
    from backend.core.views import BalancesView, Status

# Rows of coins and of contracts stand in one list: ids of contracts are higher than any of a coin.
FIRST_ID: Final = 2**52
# What the exchange said of a position is read with the balances; much older than they are, it could not be read.
OLD_MS: Final = 2 * MINUTE_MS
OLD: Final = "old_price"


def list_id(row: StoredRound) -> int:
    """The id of a row among those of coins and contracts together."""
    return FIRST_ID + row.id


def open_after(after: Key | None) -> int:
    """The id of the last contract shown before, of a cursor of open positions."""
    return 0 if after is None else max(after[1] - FIRST_ID, 0)


def closed_after(after: Key | None) -> Key | None:
    """The same for closed ones: those of one instant come before the coins of it."""
    return None if after is None else (after[0], after[1] - FIRST_ID)


def position_view(view: BalancesView, account: Account, row: StoredRound, rate: Decimal | None) -> PositionView:
    """A position with its price of now.

    Args:
        rate: the price of now of what its results are paid in; None where there is none.
    """
    one, state = row.round, row.state
    reason = one.reason
    status: Status = "exact" if reason is None else "estimated"
    price = value = cost = gain = None
    with localcontext(MONEY):
        if one.closed_ms is not None:
            quantity, entry, cost = one.came, one.entry_mean, one.cost_value
        else:
            quantity, entry = one.held, one.entry
            if state is not None and state.held != ZERO:
                price, entry = state.mark_price, state.entry_price or entry
                cost, value, gain = _worth(state, rate)
                if gain is None:
                    status, reason = "unavailable", NO_PRICE
                elif view.basis.as_of_ms is not None and view.basis.as_of_ms - state.read_ms > OLD_MS:
                    status, reason = "estimated", reason or OLD
    contract = one.contract
    return PositionView(
        id=f"{account.id}-{contract.wallet.value}-{contract.symbol}-{contract.side}-{one.number}",
        account=account,
        futures=True,
        symbol=contract.symbol,
        asset=contract.asset,
        short=one.short,
        quantity=quantity,
        entry_price=entry,
        exit_price=one.exit_mean,
        price=price,
        cost=cost,
        value=value,
        unrealized=gain,
        realized=_result(one),
        income=one.funding_value,
        fees=one.fees_value,
        trades=one.trades,
        opened_ms=one.opened_ms,
        closed_ms=one.closed_ms,
        cost_status="known",
        status=status,
        reason=reason,
    )


def _worth(state: ContractState, rate: Decimal | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What an open position is about, at its entry and now, and what it has gained: at the price of now of what its
    results are paid in.
    """
    if rate is None:
        return None, None, None
    gain = state.unrealized * rate
    size, entry, mark = state.notional, state.entry_price, state.mark_price
    if size is None or not entry or not mark:
        return None, None, gain
    # A dollar contract is worth more coin at a lower price.
    ratio = mark / entry if state.contract.inverse else entry / mark
    return abs(size) * ratio * rate, abs(size) * rate, gain


def _result(one: Round) -> Decimal | None:
    """Realised after fees and with funding: None where a part of it is not known."""
    if one.realized_value is None or one.fees_value is None or one.funding_value is None:
        return None
    return one.realized_value - one.fees_value + one.funding_value
