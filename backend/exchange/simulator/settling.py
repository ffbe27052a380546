"""What was on its way comes to its end, maybe long after it was listed: deposits, withdrawals, orders of a bank,
redemptions of staking.
"""

from dataclasses import replace
from typing import Final

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Exchange, Impossible
from backend.exchange.simulator.movements import (
    DONE_FIAT,
    FIAT_DEPOSIT,
    FIAT_WITHDRAW,
    UNSTAKE,
    fiat_legs,
    staking_legs,
)
from backend.exchange.simulator.records import Deposit, Leg, Movement, Settled, Withdrawal, changes_of

DEPOSIT_STATUSES: Final = (0, 1, 2, 6, 7, 8)
WITHDRAWAL_STATUSES: Final = (0, 1, 2, 3, 4, 5, 6)
STAKING_STATUSES: Final = ("SUCCESS", "PENDING", "FAILED")
FIAT_STATUSES: Final = ("Successful", "Completed", "Processing", "Failed", "Expired", "Refunded")
Settling = Deposit | Withdrawal | Movement


def settled(exchange: Exchange, account: Account, at: int, number: str, status: str) -> Settled:
    """The end of a deposit, withdrawal, bank's order or redemption, by its id; the caller commits it.

    Raises:
        Impossible: the account has none of this id, the status is none of its kind, or a balance would be negative.
    """
    kinds = (FIAT_DEPOSIT, FIAT_WITHDRAW, UNSTAKE)
    orders = [one for kind in kinds for one in account.movements.get(kind, ())]
    told: list[Settling] = [*account.deposits, *account.withdrawals, *orders]
    found = next((one for one in told if one.id == number), None)
    if found is None:
        raise Impossible("the account has no deposit, withdrawal, fiat order or redemption of this id")
    if status not in map(str, _statuses(found)):
        raise Impossible("status is none of this kind")
    before = [Leg(one.wallet, one.asset, -one.amount, one.kind) for one in changes_of(found)]
    after = [Leg(one.wallet, one.asset, one.amount, one.kind) for one in changes_of(_as(found, status))]
    legs = () if before == [replace(one, amount=-one.amount) for one in after] else (*before, *after)
    record = Settled(account.opened.api_key, number, at, status, legs)
    exchange.refuse_if_short(account, record)
    return record


def _statuses(found: Settling) -> tuple[int, ...] | tuple[str, ...]:
    match found:
        case Deposit():
            return DEPOSIT_STATUSES
        case Withdrawal():
            return WITHDRAWAL_STATUSES
        case Movement():
            return STAKING_STATUSES if found.kind == UNSTAKE else FIAT_STATUSES


def _as(found: Settling, status: str) -> Settling:
    if isinstance(found, Movement):
        details = found.details | {"status": status}
        if found.kind == UNSTAKE:
            return replace(found, details=details, legs=staking_legs(details))
        return replace(found, details=details, legs=fiat_legs(found.kind, details) if status in DONE_FIAT else ())
    return replace(found, status=int(status))
