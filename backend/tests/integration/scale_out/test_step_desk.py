"""What a worker holds open: the accounts it reads, and none that is not there any more."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, cast

from backend.core.model.accounts import Account
from backend.core.model.steps import HandOut, StepAsk, StepDone
from backend.core.ports import Exchange
from backend.db.unit_of_work import SqlStore
from backend.services.session_manager import Session
from backend.services.step_desk import StepDesk
from backend.services.turned_steps import TurnedSteps


class Client:
    """Stands for what holds a key and connections to the exchange."""


class Steps:
    """Does nothing, and holds nothing."""

    def do(self, session: Session, step: HandOut, go_on: Callable[[], bool]) -> StepDone:
        assert isinstance(session.exchange, Client)
        return StepDone(1, more=False)


class Desk:
    """A worker's desk, and the clients that it still holds, by account."""

    def __init__(self, store: SqlStore) -> None:
        self._clients: dict[int, list[weakref.ref[Client]]] = {}
        never = cast(Callable[[str], Exchange], None)
        self._desk = StepDesk(store, "simulator", never, self._opened, cast(TurnedSteps, Steps()))

    def _opened(self, account: Account) -> Exchange:
        client = Client()
        self._clients.setdefault(account.id, []).append(weakref.ref(client))
        return cast(Exchange, client)

    def step(self, account: int) -> Any:
        return self._desk.do(HandOut(account, 1, 1, StepAsk()), lambda: True)

    def held(self) -> dict[int, int]:
        found = {account: sum(one() is not None for one in clients) for account, clients in self._clients.items()}
        return {account: number for account, number in found.items() if number}


def test_a_session_is_opened_once_and_let_go_with_its_account(store: SqlStore) -> None:
    with store.write() as unit:
        gone, stays = (unit.accounts.create("simulator", name).id for name in ("gone", "stays"))
    desk = Desk(store)
    for account in (gone, stays, gone):
        assert desk.step(account) == {"at_ms": 1, "more": False, "others": []}
    assert desk.held() == {gone: 1, stays: 1}
    with store.write() as unit:
        unit.accounts.remove(gone)
    desk.step(stays)
    assert desk.held() == {stays: 1}


def test_a_step_of_an_account_that_cannot_be_read_any_more_lets_its_session_go(store: SqlStore) -> None:
    with store.write() as unit:
        account = unit.accounts.create("simulator", "read by a key").id
    desk = Desk(store)
    desk.step(account)
    with store.write() as unit:
        unit.accounts.attach(account, "another program's")
    assert desk.step(account)["code"] == "credentials-refused"
    assert desk.held() == {}
