"""Accounts without a key before their first statement: nothing is known of them, which is not the same as nothing."""

from __future__ import annotations

from collections.abc import Sequence

from backend.core.model.accounts import Account
from backend.core.ports import UnitOfWork
from backend.core.views import AccountHoldings


def untold(unit: UnitOfWork, account: Account) -> bool:
    """Whether an account waits for its first statement. It is in no sum over accounts: nothing is missing there."""
    if not account.keyless:
        return False
    return unit.ledger.ends(account.id) == (None, None) and unit.accounts.last_reading(account.id) is None


def why_nothing(held: Sequence[AccountHoldings]) -> str:
    """Why nothing is known of these accounts."""
    return "no_statements" if held and all(holding.account.keyless for holding in held) else "no_data_yet"
