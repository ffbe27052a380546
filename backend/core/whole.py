"""All accounts of an environment together, as readers find them: their chain, and what is not in it yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.model.accounts import Account, is_whole

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork

IMPORTING: Final = "history_importing"
RECOMPUTING: Final = "recomputing"
PARTIAL: Final = "partial"
# Of which accounts are missing; and all that passes without a change of the rows there are.
NOT_IN_IT: Final = frozenset({IMPORTING, PARTIAL})
PASSING: Final = NOT_IN_IT | {RECOMPUTING}


def chain_account(unit: UnitOfWork, environment: str, accounts: Sequence[Account]) -> int | None:
    """The number under which the snapshots of some accounts together are found; None: there are none.

    Args:
        accounts: one, or all of the environment of which anything is known.
    """
    if len(accounts) == 1:
        return accounts[0].id
    return unit.wholes.of(environment) if accounts else None


def marked_from(unit: UnitOfWork, chain: int) -> int | None:
    """From when on rows of a chain wait for recomputation, or those that they are made of."""
    return unit.wholes.marked_from(chain) if is_whole(chain) else unit.accounts.sync_state(chain).dirty_from_ms


def members_of(unit: UnitOfWork, chain: int) -> list[int]:
    """The accounts that a chain is of."""
    return sorted(unit.wholes.members(chain)) if is_whole(chain) else [chain]


def not_in_it(unit: UnitOfWork, accounts: Sequence[Account], chain: int, until_ms: int) -> str | None:
    """Why figures up to an instant are not those of everything: rows that wait, or accounts that have none."""
    members = members_of(unit, chain)
    without = [unit.accounts.sync_state(one.id) for one in accounts if one.id not in members]
    if without:
        return PARTIAL if all(sync.import_complete for sync in without) else IMPORTING
    marked_ms = marked_from(unit, chain)
    return RECOMPUTING if marked_ms is not None and marked_ms <= until_ms else None


def watched_until(unit: UnitOfWork, chain: int) -> int | None:
    """Up to when rows were replayed, and taken as they came later; of several accounts the latest."""
    known = [unit.ledger.cursor(one, IMPORT, WATCHED) for one in members_of(unit, chain)]
    return max((at_ms for at_ms in known if at_ms is not None), default=None)
