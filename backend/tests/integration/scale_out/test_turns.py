"""The fence of a turn: whoever had an account before writes nothing once it was given to somebody else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from backend.core.errors import LeaseLostError
from backend.core.model.accounts import Account
from backend.db.lease import SqlLease
from backend.db.turns import SqlTurnStore
from backend.db.unit_of_work import SqlStore
from backend.tests.integration.scale_out.conftest import NOW_MS


def names(store: SqlStore) -> list[str]:
    with store.read() as unit:
        return [one.name for one in unit.accounts.in_environment("simulator")]


def rename(store: SqlTurnStore, account: Account, turn: int, epoch: int, name: str) -> None:
    with store.turn(account.id, turn), store.write(epoch) as unit:
        unit.accounts.rename(account.id, name)


def test_each_hand_out_is_another_turn_of_its_account_alone(store: SqlStore, epoch: int, account: Account) -> None:
    turns = SqlTurnStore(store)
    assert [turns.next_turn(account.id, epoch) for _ in range(3)] == [1, 2, 3]
    assert turns.next_turn(account.id - 1, epoch) == 1


def test_a_worker_that_slept_writes_nothing_once_its_account_is_anothers(
    store: SqlStore, epoch: int, account: Account
) -> None:
    sleeper, other = SqlTurnStore(store), SqlTurnStore(store)
    first = sleeper.next_turn(account.id, epoch)
    rename(sleeper, account, first, epoch, "by the first")
    second = other.next_turn(account.id, epoch)
    with pytest.raises(LeaseLostError, match="another worker"):
        rename(sleeper, account, first, epoch, "too late")
    rename(other, account, second, epoch, "by the second")
    assert "by the second" in names(store)


def test_a_step_writes_within_its_turn_and_nowhere_else(store: SqlStore, epoch: int, account: Account) -> None:
    turns = SqlTurnStore(store)
    rename(turns, account, turns.next_turn(account.id, epoch), epoch, "within")
    with pytest.raises(LeaseLostError), turns.write(epoch):
        pytest.fail("outside of any turn")


def test_the_lease_is_asked_for_beside_the_turn(engine: Engine, store: SqlStore, epoch: int, account: Account) -> None:
    turns = SqlTurnStore(store)
    turn = turns.next_turn(account.id, epoch)
    SqlLease(engine, "next", 60_000, lambda: NOW_MS, lambda owner: True).acquire()
    with pytest.raises(LeaseLostError, match="Another collector"):
        rename(turns, account, turn, epoch, "under the old lease")
    with pytest.raises(LeaseLostError):
        turns.next_turn(account.id, epoch)


def test_the_turns_of_a_removed_account_go_with_it(store: SqlStore, epoch: int, account: Account) -> None:
    turns = SqlTurnStore(store)
    turns.next_turn(account.id, epoch)
    with store.write() as unit:
        unit.accounts.remove(account.id)
    assert account.name not in names(store)
