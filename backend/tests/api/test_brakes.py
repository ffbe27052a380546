"""Guessing is slow for who guesses and cheap for us (W3)."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from argon2 import PasswordHasher

from backend.core.sign_in.brakes import LIMITS, PAUSE_MS
from backend.services.password_hashes import AT_ONCE, Argon2Passwords
from backend.tests.api.guarded import Browser, code_of, execute, guarded
from backend.tests.api.installation import Installation
from backend.tests.leaks import PASSWORD

TRIES: Final = 10_000
WORKERS: Final = 4
HEALTH_WITHIN_S: Final = 2.0


class Watched(PasswordHasher):
    """Counts what is computed, and how many at a time."""

    def __init__(self) -> None:
        super().__init__(1, 8, 1)
        self.computed = self.at_once = self._now = 0
        self._lock = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # the library's name
        with self._lock:
            self._now += 1
            self.computed += 1
            self.at_once = max(self.at_once, self._now)
        try:
            return super().verify(hash, password)
        finally:
            with self._lock:
                self._now -= 1


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with guarded(tmp_path) as running:
        assert Browser(running).set_up().status_code == 200
        yield running


def test_ten_thousand_tries_of_four_workers_compute_few_hashes(installation: Installation) -> None:
    watched = Watched()
    hashes = installation.container.password_hashes
    assert isinstance(hashes, Argon2Passwords)
    hashes._hasher = watched
    statuses: Counter[int] = Counter()
    slowest_s = [0.0]
    done = threading.Event()

    def guess(worker: int) -> Counter[int]:
        # Every second try from an address of its own: the name is what they have in common.
        found: Counter[int] = Counter()
        client = Browser(installation).client
        for number in range(TRIES // WORKERS):
            address = f"10.{worker}.{number // 250}.{number % 250}" if number % 2 else "203.0.113.5"
            body = {"username": "admin", "password": f"guess {worker} {number}"}
            answer = client.post("/api/auth/login", json=body, environ_overrides={"REMOTE_ADDR": address})
            found[answer.status_code] += 1
        return found

    def watch_health() -> None:
        client = Browser(installation).client
        while not done.is_set():
            began = time.perf_counter()
            assert client.get("/health").status_code in (200, 503)
            slowest_s[0] = max(slowest_s[0], time.perf_counter() - began)
            done.wait(0.05)

    with ThreadPoolExecutor(WORKERS + 1) as workers:
        health = workers.submit(watch_health)
        for counted in [one.result() for one in [workers.submit(guess, number) for number in range(WORKERS)]]:
            statuses += counted
        done.set()
        health.result()
    assert sum(statuses.values()) == TRIES
    assert set(statuses) <= {401, 429}
    # The name's limit and not one more, whoever came first; none of them right.
    assert statuses[401] <= LIMITS["name"]
    assert watched.computed <= LIMITS["name"]
    assert watched.at_once <= AT_ONCE
    assert slowest_s[0] < HEALTH_WITHIN_S


def test_an_address_waits_after_five_tries_and_says_how_long(installation: Installation) -> None:
    stranger = Browser(installation, "192.0.2.1")
    for left in (4, 3, 2, 1, 0):
        answer = stranger.sign_in("wrong password")
        body: Any = answer.json
        assert (answer.status_code, body["code"], body["tries_left"]) == (401, "sign-in-refused", left)
    refused = stranger.sign_in(PASSWORD)
    assert code_of(refused) == (429, "too-many-requests")
    assert 0 < int(refused.headers["Retry-After"]) <= PAUSE_MS // 1000
    # Another address of the same name may still come in, and neither tells whether a name is known.
    assert Browser(installation, "192.0.2.2").sign_in().status_code == 200
    unknown: Any = Browser(installation, "192.0.2.3").sign_in("wrong password", "nobody").json
    assert unknown["detail"] == "Wrong user name or password"


def test_one_customer_is_one_address(installation: Installation) -> None:
    tried = [Browser(installation, f"2001:db8:1:2::{number:x}").sign_in("wrong").status_code for number in range(1, 8)]
    assert tried == [401] * 5 + [429] * 2
    assert Browser(installation, "2001:db8:1:3::1").sign_in().status_code == 200


def test_brakes_hold_across_a_restart(tmp_path: Path) -> None:
    with guarded(tmp_path) as running:
        Browser(running).set_up()
        for _ in range(5):
            Browser(running, "192.0.2.1").sign_in("wrong password")
    with guarded(tmp_path) as again:
        assert Browser(again, "192.0.2.1").sign_in().status_code == 429
        assert Browser(again, "192.0.2.2").sign_in().status_code == 200


def test_a_right_password_lets_go_and_a_pause_ends(installation: Installation) -> None:
    stranger = Browser(installation, "192.0.2.1")
    for _ in range(4):
        stranger.sign_in("wrong password")
    assert stranger.sign_in().status_code == 200
    assert [stranger.sign_in("wrong password").status_code for _ in range(6)] == [401] * 5 + [429]
    execute(installation, f"UPDATE sign_in_brakes SET blocked_until_machine = blocked_until_machine - {PAUSE_MS}")
    assert stranger.sign_in("wrong password").status_code == 401
    assert stranger.sign_in().status_code == 200


def test_the_password_typed_again_is_braked_as_well(installation: Installation) -> None:
    browser = Browser(installation, "192.0.2.1")
    browser.sign_in()
    tried = [browser.post("/api/auth/confirm", {"password": "wrong"}).status_code for _ in range(7)]
    assert tried == [401] * 5 + [429] * 2
