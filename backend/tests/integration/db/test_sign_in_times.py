"""When sessions end, by a clock of the test's own; and what two at once may take."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from argon2 import PasswordHasher

from backend.core.errors import DatabaseUnavailableError, SetUpOverError, TooManyRequestsError
from backend.core.sign_in.brakes import PAUSE_MS, Brakes
from backend.core.sign_in.model import DAY_MS, HOUR_MS, MINUTE_MS, USER_NAME, Opened, Scope, Visitor
from backend.core.sign_in.passwords import Passwords
from backend.core.sign_in.second_factor import SecondFactor
from backend.core.sign_in.sessions import CONFIRMED_MS, Sessions
from backend.db.unit_of_work import SqlStore
from backend.services.one_time_codes import TotpCodes
from backend.services.password_hashes import Argon2Passwords
from backend.tests.integration.db.conftest import MachineClock
from backend.vault.ring import KeyRing, MasterKey

PASSWORD = "correct horse battery"
MASTER = MasterKey("master-key-of-the-tests-00000000000001")
HERE = Visitor("127.0.0.1", "test")


@pytest.fixture
def passwords(store: SqlStore, clock: MachineClock) -> Passwords:
    factor = SecondFactor(store, TotpCodes(), KeyRing(lambda: (MASTER,), lambda: MASTER), clock)
    return Passwords(store, Argon2Passwords(PasswordHasher(1, 8, 1)), factor, clock)


@pytest.fixture
def sessions(store: SqlStore, clock: MachineClock) -> Sessions:
    return Sessions(store, "always", clock)


def entered(passwords: Passwords, stay: bool) -> Opened:
    return passwords.sign_in(USER_NAME, PASSWORD, None, stay, HERE, None)


def test_a_session_ends_when_it_is_idle_and_at_its_end(
    passwords: Passwords, sessions: Sessions, clock: MachineClock
) -> None:
    passwords.set_first(PASSWORD)
    opened = entered(passwords, stay=False)
    begun = clock.now
    # In use, it stays; two hours without a request end it.
    for _ in range(8):
        clock.now += HOUR_MS
        assert sessions.of_browser(opened.token) is not None
    clock.now += 2 * HOUR_MS - 1
    assert sessions.of_browser(opened.token) is not None
    clock.now += 2 * HOUR_MS
    assert sessions.of_browser(opened.token) is None
    # In use all the time, it ends after twelve hours.
    opened = entered(passwords, stay=False)
    begun = clock.now
    while clock.now < begun + 12 * HOUR_MS:
        assert sessions.of_browser(opened.token) is not None
        clock.now += 30 * MINUTE_MS
    assert sessions.of_browser(opened.token) is None
    assert sessions.all() == []


def test_who_stays_signed_in_does_so_for_seven_days(
    passwords: Passwords, sessions: Sessions, clock: MachineClock
) -> None:
    passwords.set_first(PASSWORD)
    opened = entered(passwords, stay=True)
    clock.now += 7 * DAY_MS - 1
    caller = sessions.of_browser(opened.token)
    assert caller is not None
    assert sessions.stands(caller)
    clock.now += 1
    assert sessions.of_browser(opened.token) is None
    assert not sessions.stands(caller)


def test_a_password_that_was_typed_counts_for_ten_minutes(
    passwords: Passwords, sessions: Sessions, clock: MachineClock
) -> None:
    passwords.set_first(PASSWORD)
    opened = entered(passwords, stay=False)
    caller = sessions.of_browser(opened.token)
    assert caller is not None
    clock.now += CONFIRMED_MS - 1
    assert sessions.is_confirmed(caller)
    clock.now += 1
    assert not sessions.is_confirmed(caller)
    passwords.confirm(caller, PASSWORD, HERE)
    again = sessions.of_browser(opened.token)
    assert again is not None
    assert sessions.is_confirmed(again)


def test_a_database_that_cannot_be_written_signs_nobody_out(
    passwords: Passwords, store: SqlStore, clock: MachineClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.set_first(PASSWORD)
    opened = entered(passwords, stay=False)

    def full(epoch: int | None = None) -> object:
        raise DatabaseUnavailableError("The disk is full")

    monkeypatch.setattr(store, "write", full)
    clock.now += HOUR_MS
    assert Sessions(store, "always", clock).of_browser(opened.token) is not None


def test_of_many_set_ups_at_once_one_is_done(passwords: Passwords, store: SqlStore) -> None:
    def set_up(number: int) -> str | None:
        with suppress(SetUpOverError, TooManyRequestsError):
            passwords.set_up(f"{PASSWORD} {number}", None, HERE)
            return f"{PASSWORD} {number}"
        return None

    with ThreadPoolExecutor(4) as workers:
        done = [one for one in workers.map(set_up, range(8)) if one]
    assert len(done) == 1
    assert passwords.sign_in(USER_NAME, done[0], None, False, HERE, None).token
    assert not passwords.set_first("another long password")


def test_many_tries_at_once_are_many(store: SqlStore, clock: MachineClock) -> None:
    def tried(_: int) -> bool:
        try:
            Brakes("admin", "192.0.2.1").count(store, clock())
        except TooManyRequestsError:
            return False
        return True

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(tried, range(40))) == 5
    clock.now += PAUSE_MS
    assert tried(0)


def test_a_token_of_all_scopes_of_its_kind_is_remembered_as_it_was_made(sessions: Sessions) -> None:
    text, made = sessions.new_token("program", frozenset({Scope.TRADE}))
    caller = sessions.of_program(text)
    assert caller is not None
    assert caller.scopes == {Scope.READ, Scope.TRADE}
    assert caller.actor == "token:program"
    assert [one.scopes for one in sessions.tokens()] == [frozenset({Scope.TRADE})]
    sessions.end_token(made.id)
    assert sessions.of_program(text) is None
    assert not sessions.stands(caller)
