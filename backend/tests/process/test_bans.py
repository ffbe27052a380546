"""A ban is obeyed by the real program: nothing is sent inside it, also when it is killed and started again.

The full count, 120 s a ban, is `make soak ARGS=ban`.
"""

from __future__ import annotations

import pytest

from soak.ban import bans

pytestmark = pytest.mark.process

BAN_S = 20.0


def test_inside_a_ban_the_exchanges_log_stands_still_and_after_it_all_accounts_go_on() -> None:
    tally, on_their_way = bans(seed=3, count=2, accounts=3, ban_s=BAN_S)
    assert tally.failures == []
    assert tally.counts["bans"] == 2
    assert on_their_way >= 2  # one that hears of each, and what was sent in the same moment
