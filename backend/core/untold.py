"""Accounts without a key before their first statement: nothing is known of them, which is not the same as nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import UnitOfWork
    from backend.core.views import AccountHoldings


def untold(unit: UnitOfWork, accounts: Sequence[Account]) -> frozenset[int]:
    """The numbers of those that wait for their first statement. No sum over accounts misses them."""
    keyless = [one.id for one in accounts if one.keyless]
    return unit.accounts.untold(keyless) if keyless else frozenset()


def why_nothing(held: Sequence[AccountHoldings]) -> str:
    """Why nothing is known of these accounts."""
    return "no_statements" if held and all(holding.account.keyless for holding in held) else "no_data_yet"
