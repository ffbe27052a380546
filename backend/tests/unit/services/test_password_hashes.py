"""Two passwords at a time, a few that wait, and the rest is told to come back."""

from __future__ import annotations

import threading
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher

from backend.core.errors import TooManyRequestsError
from backend.services.one_time_codes import STEP_S, TotpCodes
from backend.services.password_hashes import AT_ONCE, WAITING, Argon2Passwords

FAST = PasswordHasher(1, 8, 1)


def test_what_is_kept_is_argon2id_with_the_parameters_of_little_memory() -> None:
    kept = Argon2Passwords().hashed("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_matches_its_own_hash_and_nobody_has_none() -> None:
    hashes = Argon2Passwords(FAST)
    kept = hashes.hashed("one")
    assert hashes.matches(kept, "one")
    assert not hashes.matches(kept, "two")
    assert not hashes.matches(None, "")
    assert not hashes.matches("not a hash", "one")


def test_processes_that_share_a_folder_have_two_turns_together(tmp_path: Path) -> None:
    """Each `Argon2Passwords` is a process of its own: locks of files know files that were opened, not processes."""
    one, other, third = (Argon2Passwords(FAST, patience_s=0.05, folder=tmp_path / "made") for _ in range(3))
    with one.turn(), other.turn():
        for late in (third, one):
            with pytest.raises(TooManyRequestsError), late.turn():
                raise AssertionError("a third turn")
    with third.turn(), one.turn():
        pass


def test_two_have_a_turn_some_wait_and_more_are_sent_away() -> None:
    hashes = Argon2Passwords(FAST, patience_s=60.0)
    leave, inside = threading.Event(), threading.Semaphore(0)
    now, most, lock = [0], [0], threading.Lock()

    def take() -> None:
        with hashes.turn():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            inside.release()
            leave.wait(60)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=take) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    for _ in threads:
        assert inside.acquire(timeout=60)
    waiting = [threading.Thread(target=take) for _ in range(WAITING)]
    for one in waiting:
        one.start()
    while hashes._places._value:
        leave.wait(0.01)
    with pytest.raises(TooManyRequestsError) as refused, hashes.turn():
        pass
    assert refused.value.retry_after_s > 0
    leave.set()
    for one in (*threads, *waiting):
        one.join(60)
    assert most[0] == AT_ONCE
    with hashes.turn():
        pass


def test_who_waits_too_long_is_told_to_come_back() -> None:
    hashes = Argon2Passwords(FAST, patience_s=0.01)
    with hashes.turn(), hashes.turn(), pytest.raises(TooManyRequestsError), hashes.turn():
        pass


def test_codes_are_those_of_rfc_6238_a_step_early_or_late() -> None:
    # Appendix B: the secret "12345678901234567890" at 59 s gives 94287082, of which apps show six digits.
    codes, secret = TotpCodes(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert codes.step_of(secret, "287082", 59_000) == 1
    assert codes.step_of(secret, "287082", (59 + STEP_S) * 1000) == 1
    assert codes.step_of(secret, "287082", 29_000) == 1
    assert codes.step_of(secret, "287082", (59 + 2 * STEP_S) * 1000) is None
    assert codes.step_of(secret, "", 59_000) is None
    assert len(codes.new_secret()) == 32
    assert pyotp.parse_uri(codes.address(secret, "admin")).secret == secret
