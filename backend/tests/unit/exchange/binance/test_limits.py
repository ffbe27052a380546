"""The request budget: shares, the exchange's own count, silence, bans, the roll of the minute."""

from __future__ import annotations

import threading

import pytest

from backend.core.errors import ExchangeLimitedError
from backend.core.model.accounts import WeightUse
from backend.exchange.binance.limits import LIMITS, WeightBudget


class Clock:
    """Both clocks of the budget; tests move it."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0  # a full minute

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budget(clock: Clock) -> WeightBudget:
    return WeightBudget(clock, clock)


def filled(budget: WeightBudget, weight: int) -> None:
    budget.correct({"X-MBX-USED-WEIGHT-1M": str(weight)})


def test_an_import_stops_earlier_than_a_refresh(budget: WeightBudget) -> None:
    filled(budget, 4_490)
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 20, "import")
    budget.take("api", 20, "live")


def test_nothing_goes_beyond_the_share_of_a_refresh(budget: WeightBudget) -> None:
    filled(budget, 5_690)
    budget.take("api", 10, "live")
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, "live")
    assert not refusal.value.banned


def test_a_refusal_says_how_long_the_minute_still_lasts(budget: WeightBudget, clock: Clock) -> None:
    clock.now_s += 47.5
    filled(budget, 6_000)
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, "live")
    assert refusal.value.retry_after_s == pytest.approx(12.5)
    clock.now_s += refusal.value.retry_after_s
    budget.take("api", 1, "live")


def test_a_new_minute_starts_at_zero(budget: WeightBudget, clock: Clock) -> None:
    filled(budget, 5_999)
    clock.now_s += 60
    assert budget.use() == WeightUse(0, LIMITS["api"])


def test_a_refused_call_is_not_booked(budget: WeightBudget) -> None:
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 10_000, "live")
    assert budget.use().used == 0


def test_the_exchanges_own_count_wins(budget: WeightBudget) -> None:
    budget.take("api", 100, "live")
    filled(budget, 4_000)  # another program of this address
    assert budget.use().used == 4_000
    filled(budget, 21)  # its minute rolled before ours
    assert budget.use().used == 21


@pytest.mark.parametrize("text", ["", "much", "-5", "1.5", "²", "NaN"])
def test_a_count_that_is_no_number_is_not_believed(budget: WeightBudget, text: str) -> None:
    budget.take("api", 100, "live")
    budget.correct({"X-MBX-USED-WEIGHT-1M": text})
    assert budget.use().used == 100


def test_withdrawal_history_has_room_for_five_calls_in_each_of_our_seconds(budget: WeightBudget, clock: Clock) -> None:
    clock.now_s += 0.75
    for _ in range(5):
        budget.take("sapi_uid", 18_000, "import")
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("sapi_uid", 18_000, "live")
    assert refusal.value.retry_after_s == pytest.approx(0.25)
    clock.now_s += 0.25
    budget.take("sapi_uid", 18_000, "live")


def test_pools_are_counted_apart(budget: WeightBudget) -> None:
    budget.correct({"X-SAPI-USED-IP-WEIGHT-1M": "12000", "X-SAPI-USED-UID-WEIGHT-1S": "180000"})
    budget.take("api", 20, "import")
    for pool in ("sapi_ip", "sapi_uid"):
        with pytest.raises(ExchangeLimitedError):
            budget.take(pool, 1, "live")


def test_silence_holds_for_every_pool_and_ends_by_itself(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(120, banned=False)
    for pool in LIMITS:
        with pytest.raises(ExchangeLimitedError) as refusal:
            budget.take(pool, 1, "live")
        assert refusal.value.retry_after_s == pytest.approx(120)
        assert not refusal.value.banned
    clock.now_s += 119.9
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 1, "live")
    clock.now_s += 0.2
    budget.take("api", 1, "live")


def test_a_shorter_silence_neither_shortens_a_ban_nor_hides_it(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(600, banned=True)
    budget.silence(1, banned=False)
    clock.now_s += 300
    with pytest.raises(ExchangeLimitedError, match="banned") as refusal:
        budget.take("api", 1, "live")
    assert refusal.value.banned
    assert refusal.value.retry_after_s == pytest.approx(300)


def test_a_ban_that_is_over_is_forgotten(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(10, banned=True)
    clock.now_s += 11
    budget.silence(10, banned=False)
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, "live")
    assert not refusal.value.banned


def test_ten_accounts_over_a_day_stay_under_the_limit_and_send_nothing_inside_a_ban() -> None:
    clock = Clock()
    budget = WeightBudget(clock, clock)
    sent: dict[int, int] = {}
    banned_until = 0.0
    for second in range(24 * 60 * 6):
        clock.now_s += 10
        if second == 4_000:
            budget.silence(3_600, banned=True)
            banned_until = clock.now_s + 3_600
        for account in range(10):
            try:
                budget.take("api", 120, "live" if account % 2 else "import")
            except ExchangeLimitedError:
                continue
            assert clock.now_s >= banned_until
            minute = int(clock.now_s // 60)
            sent[minute] = sent.get(minute, 0) + 120
    assert max(sent.values()) <= 0.95 * LIMITS["api"]
    assert len(sent) >= 24 * 60 - 61


def test_threads_share_one_budget(budget: WeightBudget) -> None:
    taken: list[int] = []

    def take_many() -> None:
        for _ in range(500):
            try:
                budget.take("api", 10, "live")
            except ExchangeLimitedError:
                return
            taken.append(10)

    threads = [threading.Thread(target=take_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 5_700 == budget.use().used
