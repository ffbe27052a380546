"""Who holds the lease, and who of this machine is known to have ended."""

from __future__ import annotations

import os
import socket

import pytest

from backend.lease_owner import lease_owner, owner_is_gone

HERE = socket.gethostname()


def test_this_process_has_not_ended() -> None:
    first, second = lease_owner(), lease_owner()
    assert first != second
    assert not owner_is_gone(first)
    assert not owner_is_gone(second)


@pytest.mark.skipif(os.name != "posix", reason="nowhere else is a process looked for")
def test_whoever_had_the_id_of_this_process_before_it_has_ended() -> None:
    """A container has its host name, and the program in it its id, at every start."""
    assert owner_is_gone(f"{HERE}|{os.getpid()}|of-the-life-before")


def test_a_process_that_runs_has_not_ended() -> None:
    assert not owner_is_gone(f"{HERE}|{os.getppid()}|0123")


@pytest.mark.parametrize("owner", [f"elsewhere|{os.getpid()}|0123", f"{HERE}|none|0123", "", HERE])
def test_nobody_knows_of_other_machines_and_of_what_is_no_process(owner: str) -> None:
    assert not owner_is_gone(owner)
