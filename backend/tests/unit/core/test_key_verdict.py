"""The verdict on a key: it must read, never take coins away, and trade where it is for that."""

from __future__ import annotations

from itertools import product

import pytest

from backend.core.key_verdict import Judged, Verdict, judge, worst
from backend.core.model.accounts import KeyPermissions
from backend.core.model.keys import KeyKind

GOOD = KeyPermissions(can_read=True, can_trade=True, can_withdraw=False, ip_restricted=True)
THREE = (True, False, None)


@pytest.mark.parametrize("kind", ["read", "trade"])
@pytest.mark.parametrize("must_tell", [True, False])
def test_every_set_of_rights(kind: KeyKind, must_tell: bool) -> None:
    for read, trade, withdraw, ip in product(THREE, repeat=4):
        found = judge(KeyPermissions(read, trade, withdraw, ip), kind, must_tell)
        if withdraw or read is False or (kind == "trade" and trade is False):
            expected: Verdict = "refused"
        elif must_tell and None in (withdraw, trade):
            expected = "unknown"
        else:
            expected = "warned" if ip is False else "good"
        assert found.verdict == expected, (read, trade, withdraw, ip)
        assert bool(found.findings) == (expected != "good")
        assert bool(found.words) == (expected != "good")


def test_all_that_is_wrong_is_named() -> None:
    rights = KeyPermissions(can_read=False, can_trade=False, can_withdraw=True, ip_restricted=False)
    assert judge(rights, "trade", True).findings == ("cannot-read", "may-withdraw", "cannot-trade")


def test_a_key_that_nobody_asked_about_is_unknown() -> None:
    assert judge(None, "read", False) == Judged("unknown", ("not-told",))
    assert judge(GOOD, "trade", True) == Judged("good", ())


def test_the_worst_of_several() -> None:
    assert worst(["good", "warned", "refused", "unknown"]) == "refused"
    assert worst(["good", "warned", "unknown"]) == "unknown"
    assert worst(["good", "warned"]) == "warned"
    assert worst([]) is None
