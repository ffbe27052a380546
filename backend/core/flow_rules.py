"""What a cash flow that somebody enters must keep to, whether typed or read from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.instants import MINUTE_MS, iso_ms
from backend.core.portfolio_view import wanted_accounts

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import UnitOfWork

# The first bitcoin block: nothing that is counted here is older, and every calendar can say it.
EARLIEST_MS = 1_230_940_800_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an instant cannot be that of a flow, as a stable code and in words."""

    code: Literal["too_old", "before_history", "future"]
    message: str


@dataclass(frozen=True, slots=True)
class FlowLimits:
    """When flows of an account may lie: from its first snapshot on (None: it has none) up to the present."""

    first_ms: int | None
    present_ms: int

    def refusal(self, at_ms: int) -> Refusal | None:
        if at_ms < EARLIEST_MS:
            return Refusal("too_old", "A cash flow cannot be older than Bitcoin (2009-01-03)")
        if self.first_ms is not None and at_ms < self.first_ms:
            # There is nothing for it to flow into: the returns would leave it out, the profit would not.
            since = iso_ms(self.first_ms)
            return Refusal("before_history", f"The history of this account starts at {since}: enter a later instant")
        if at_ms > self.present_ms + MINUTE_MS:
            return Refusal("future", "A cash flow cannot lie in the future")
        return None


def one_account(unit: UnitOfWork, environment: str, account_id: int | None) -> Account:
    """The account that a flow goes to.

    Raises:
        BadInputError: there are several, and none is named.
        NotFoundError: no such account, or none at all yet.
    """
    accounts = wanted_accounts(unit, environment, account_id)
    if not accounts:
        raise NotFoundError("No accounts found: wait until the first one is connected")
    if len(accounts) > 1:
        raise BadInputError("There are several accounts: name one", "account")
    return accounts[0]


def flow_limits(unit: UnitOfWork, account: int, machine_now_ms: Callable[[], int]) -> FlowLimits:
    """The limits of an account. The present is the exchange's: as of the last refresh, and what has passed since."""
    first = unit.snapshots.first(account)
    sync = unit.accounts.sync_state(account)
    present_ms = machine_now_ms()
    if sync.as_of_ms is not None and sync.refreshed_machine_ms is not None:
        present_ms = sync.as_of_ms + max(present_ms - sync.refreshed_machine_ms, 0)
    return FlowLimits(None if first is None else first.at_ms, present_ms)
