"""Who holds the lease, and who of this machine is known to have ended."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from backend.lease_owner import lease_owner, owner_is_gone


def other(**parts: object) -> str:
    """An owner as this process is one, but for some parts."""
    names = ("host", "pid", "ids", "token")
    own = dict(zip(names, lease_owner().split("|"), strict=True))
    return "|".join(str(one) for one in (own | {"token": "0123"} | parts).values())


def ended_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_this_process_has_not_ended() -> None:
    first, second = lease_owner(), lease_owner()
    assert first != second
    assert not owner_is_gone(first)
    assert not owner_is_gone(second)


@pytest.mark.skipif(os.name != "posix", reason="nowhere else is a process looked for")
def test_whoever_had_the_id_of_this_process_before_it_has_ended() -> None:
    assert owner_is_gone(other())


@pytest.mark.skipif(os.name != "posix", reason="nowhere else is a process looked for")
def test_a_process_that_ended_is_known_to_have_ended() -> None:
    assert owner_is_gone(other(pid=ended_process()))


def test_a_process_that_runs_has_not_ended() -> None:
    assert not owner_is_gone(other(pid=os.getppid()))


def test_of_another_machine_and_another_container_nobody_knows() -> None:
    gone = ended_process()
    # Two containers of one pod have one host name, and each of them a process with the id 1.
    for parts in ({"host": "elsewhere"}, {"ids": "pid:[1]"}):
        assert not owner_is_gone(other(**parts))
        assert not owner_is_gone(other(**parts, pid=gone))


@pytest.mark.parametrize("owner", ["", "machine", "machine|none|pid:[1]|0123", "machine|1"])
def test_what_names_no_process_has_not_ended(owner: str) -> None:
    assert not owner_is_gone(owner)
