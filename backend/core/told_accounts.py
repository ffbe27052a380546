"""The accounts that figures are made of: all that were asked for, but those that wait for their first statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.core.portfolio_view import wanted_accounts
from backend.core.untold import untold

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import UnitOfWork


def told_accounts(unit: UnitOfWork, environment: str, account_id: int | None) -> Sequence[Account]:
    """One account, or all of the environment of which anything is known.

    Raises:
        NotFoundError: there is no such account in this environment.
    """
    accounts = wanted_accounts(unit, environment, account_id)
    if account_id is not None:
        return accounts
    waiting = untold(unit, accounts)
    return [one for one in accounts if one.id not in waiting]
