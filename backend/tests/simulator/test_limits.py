"""Weights by the machine's minute, 429 with Retry-After, and the ban of whoever goes on."""

import pytest

from backend.exchange.simulator.limits import (
    CALLS_TO_BAN,
    FIRST_BAN_S,
    SAPI_IP,
    SAPI_UID_SECOND,
    SPOT_IP,
    Limits,
)
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.wire import iso


class Machine:
    """Ten seconds into a minute."""

    s = 600_010.0 - 600_010.0 % 60 + 10

    def __call__(self) -> float:
        return self.s


def refused(limits: Limits, weight: int = 1) -> ExchangeError:
    with pytest.raises(ExchangeError) as error:
        limits.charge(SPOT_IP, "ip", "/x", weight)
    return error.value


def test_the_headers_tell_the_weight_used_in_this_minute() -> None:
    machine = Machine()
    limits = Limits(machine)
    limits.charge(SPOT_IP, "ip", "/a", 20)
    assert limits.charge(SPOT_IP, "ip", "/b", 2)["X-MBX-USED-WEIGHT-1M"] == "22"
    assert limits.charge(SPOT_IP, "another", "/b", 2)["X-MBX-USED-WEIGHT-1M"] == "2"
    machine.s += 50
    assert limits.charge(SPOT_IP, "ip", "/b", 2)["X-MBX-USED-WEIGHT-1M"] == "2"


def test_wallet_budgets_are_kept_for_each_endpoint_and_withdrawals_by_the_second() -> None:
    machine = Machine()
    limits = Limits(machine)
    limits.charge(SAPI_IP, "ip", "/a", 10)
    assert limits.charge(SAPI_IP, "ip", "/b", 1) == {"X-SAPI-USED-IP-WEIGHT-1M": "1"}
    for _ in range(10):
        headers = limits.charge(SAPI_UID_SECOND, "key", "/w", 18_000)
    assert headers == {"X-SAPI-USED-UID-WEIGHT-1S": "180000"}
    with pytest.raises(ExchangeError) as error:
        limits.charge(SAPI_UID_SECOND, "key", "/w", 18_000)
    assert (error.value.status, error.value.headers["Retry-After"]) == (429, "1")
    machine.s += 1
    assert limits.charge(SAPI_UID_SECOND, "key", "/w", 18_000) == {"X-SAPI-USED-UID-WEIGHT-1S": "18000"}


def test_beyond_the_limit_calls_are_refused_until_the_minute_ends() -> None:
    machine = Machine()
    limits = Limits(machine)
    limits.charge(SPOT_IP, "ip", "/x", 6000)
    error = refused(limits)
    assert (error.status, error.code, error.headers["Retry-After"]) == (429, -1003, "50")
    machine.s += 50
    limits.charge(SPOT_IP, "ip", "/x", 1)


def test_whoever_goes_on_is_banned_and_longer_the_next_time() -> None:
    machine = Machine()
    limits = Limits(machine)
    limits.charge(SPOT_IP, "ip", "/x", 6000)
    statuses = [refused(limits).status for _ in range(CALLS_TO_BAN + 2)]
    assert statuses == [429] * CALLS_TO_BAN + [418] * 2
    banned = refused(limits)
    assert banned.headers["Retry-After"] == str(FIRST_BAN_S)
    assert limits.log()["ban_until"] == iso(int((machine.s + FIRST_BAN_S) * 1000))
    assert str(int((machine.s + FIRST_BAN_S) * 1000)) in banned.text
    machine.s += FIRST_BAN_S
    limits.charge(SPOT_IP, "ip", "/x", 6000)
    assert [refused(limits) for _ in range(CALLS_TO_BAN + 1)][-1].headers["Retry-After"] == str(2 * FIRST_BAN_S)


def test_a_refund_gives_the_weight_back() -> None:
    limits = Limits(Machine())
    limits.charge(SPOT_IP, "ip", "/x", 5)
    assert limits.refund(SPOT_IP, "ip", "/x", 1)["X-MBX-USED-WEIGHT-1M"] == "4"


def test_the_log_counts_by_minute_method_path_and_status() -> None:
    limits = Limits(Machine())
    for status in (200, 200, 400):
        limits.note("GET", "/x", 2, status)
    (row,) = limits.log()["requests"]
    assert (row["count"], row["weight"], row["status"]) == (3, 6, {"200": 2, "400": 1})
    assert limits.log()["ban_until"] is None
