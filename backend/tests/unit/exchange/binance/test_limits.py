"""The request budget: shares, the exchange's own count, calls on their way, silence, bans, the roll of the minute."""

from __future__ import annotations

import threading

import pytest

from backend.core.errors import ExchangeLimitedError
from backend.core.model.accounts import WeightUse
from backend.exchange.binance.limits import RULES, Booking, Pool, Purpose, WeightBudget
from backend.tests.fakes import MemoryBudgets

LIMIT = RULES["api"].limit


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
def rows() -> MemoryBudgets:
    return MemoryBudgets()


@pytest.fixture
def budget(clock: Clock, rows: MemoryBudgets) -> WeightBudget:
    return WeightBudget("host", rows, clock, clock)


def told(weight: int, pool: Pool = "api") -> dict[str, str]:
    return {RULES[pool].header: str(weight)}


def called(budget: WeightBudget, count: int | None, weight: int = 1, pool: Pool = "api") -> None:
    """A call that was answered with a count of the exchange."""
    budget.settle(budget.take(pool, weight, "user"), {} if count is None else told(count, pool))


@pytest.mark.parametrize(("purpose", "share"), [("user", 0.95), ("live", 0.85), ("import", 0.70)])
def test_a_user_goes_before_refreshes_and_these_before_imports(
    budget: WeightBudget, purpose: Purpose, share: float
) -> None:
    called(budget, int(LIMIT * share) - 20)
    budget.take("api", 20, purpose)
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, purpose)
    assert not refusal.value.banned


def test_a_refusal_says_how_long_the_minute_still_lasts(budget: WeightBudget, clock: Clock) -> None:
    clock.now_s += 47.5
    called(budget, 6_000)
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, "live")
    assert refusal.value.retry_after_s == pytest.approx(12.5)
    clock.now_s += refusal.value.retry_after_s
    budget.take("api", 1, "live")


def test_a_new_minute_starts_at_zero(budget: WeightBudget, clock: Clock) -> None:
    called(budget, 5_000)
    clock.now_s += 60
    assert budget.use() == WeightUse(0, LIMIT)


def test_a_refused_call_is_not_booked(budget: WeightBudget) -> None:
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 10_000, "live")
    assert budget.use().used == 0


def test_the_exchanges_own_count_wins(budget: WeightBudget) -> None:
    called(budget, 4_000, weight=100)  # another program of this address
    assert budget.use().used == 4_000
    called(budget, 21)  # its minute rolled before ours
    assert budget.use().used == 21


def test_calls_on_their_way_count_beside_what_was_told(budget: WeightBudget) -> None:
    on_their_way = [budget.take("api", 20, "live") for _ in range(3)]
    assert budget.use().used == 60
    budget.settle(on_their_way[0], told(20))
    assert budget.use().used == 60
    budget.settle(on_their_way[1], told(60))  # the third has arrived there, and not come back
    assert budget.use().used == 80
    budget.settle(on_their_way[2], told(60))
    assert budget.use().used == 60


def test_an_answer_that_was_overtaken_does_not_lower_the_count(budget: WeightBudget) -> None:
    first, second = budget.take("api", 20, "live"), budget.take("api", 20, "live")
    budget.settle(second, told(140))
    budget.settle(first, told(120))
    assert budget.use().used == 140


@pytest.mark.parametrize("text", ["", "much", "-5", "1.5", "²", "NaN", "9" * 40])
def test_a_count_that_is_no_number_is_not_believed(budget: WeightBudget, text: str) -> None:
    budget.settle(budget.take("api", 100, "live"), {RULES["api"].header: text})
    assert budget.use().used == 100


def test_a_call_without_an_answer_stays_counted(budget: WeightBudget) -> None:
    called(budget, None, weight=40)
    called(budget, None, weight=40)
    assert budget.use().used == 80


def test_an_answer_that_comes_in_the_next_minute_takes_nothing_from_it(budget: WeightBudget, clock: Clock) -> None:
    late = budget.take("api", 20, "live")
    clock.now_s += 60
    budget.take("api", 30, "live")
    budget.settle(late, {})
    assert budget.use().used == 30


def test_withdrawal_history_has_room_for_five_calls_in_each_of_our_seconds(budget: WeightBudget, clock: Clock) -> None:
    clock.now_s += 0.75
    for _ in range(5):
        budget.take("sapi_uid_second", 18_000, "import")
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("sapi_uid_second", 18_000, "user")
    assert refusal.value.retry_after_s == pytest.approx(0.25)
    clock.now_s += 0.25
    budget.take("sapi_uid_second", 18_000, "live")


def test_pools_are_counted_apart_and_those_of_accounts_by_account(budget: WeightBudget) -> None:
    called(budget, 12_000, pool="sapi_ip")
    budget.settle(budget.take("sapi_uid", 45_000, "live", "first"), told(180_000, "sapi_uid"))
    for pool in ("sapi_ip", "sapi_uid"):
        with pytest.raises(ExchangeLimitedError):
            budget.take(pool, 1, "live", "first")
    budget.take("sapi_uid", 45_000, "live", "second")
    for other in ("api", "fapi", "dapi"):
        budget.take(other, 20, "import")


def test_each_wallet_endpoint_has_a_budget_of_its_own(budget: WeightBudget) -> None:
    budget.settle(budget.take("sapi_ip", 150, "user", path="/earn"), told(11_400, "sapi_ip"))
    with pytest.raises(ExchangeLimitedError):
        budget.take("sapi_ip", 150, "user", path="/earn")
    budget.take("sapi_ip", 150, "user", path="/margin")
    budget.take("api", 20, "user", path="/account")
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 5_690, "user", path="/ticker")


def test_a_lower_count_of_a_wallet_endpoint_is_not_believed(budget: WeightBudget) -> None:
    for _ in range(70):
        called(budget, 1, weight=150, pool="sapi_ip")
    with pytest.raises(ExchangeLimitedError):
        budget.take("sapi_ip", 1_200, "user")


def test_every_process_of_the_installation_draws_on_the_same_row(rows: MemoryBudgets, clock: Clock) -> None:
    first, second = (WeightBudget("host", rows, clock, clock) for _ in range(2))
    called(first, 5_690, weight=10)
    with pytest.raises(ExchangeLimitedError):
        second.take("api", 20, "user")
    WeightBudget("another", rows, clock, clock).take("api", 20, "user")


def test_silence_holds_for_every_pool_and_ends_by_itself(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(120, banned=False)
    for pool in RULES:
        with pytest.raises(ExchangeLimitedError) as refusal:
            budget.take(pool, 1, "user")
        assert refusal.value.retry_after_s == pytest.approx(120, abs=0.01)
        assert not refusal.value.banned
    clock.now_s += 119.9
    with pytest.raises(ExchangeLimitedError):
        budget.take("api", 1, "user")
    clock.now_s += 0.2
    budget.take("api", 1, "user")


def test_a_ban_is_obeyed_by_other_processes_and_after_a_restart(
    budget: WeightBudget, rows: MemoryBudgets, clock: Clock
) -> None:
    budget.silence(120, banned=True)
    clock.now_s += 100
    with pytest.raises(ExchangeLimitedError, match="banned") as refusal:
        WeightBudget("host", rows, clock, clock).take("api", 1, "user")
    assert refusal.value.banned
    assert refusal.value.retry_after_s == pytest.approx(20, abs=0.01)
    clock.now_s += 20.1
    WeightBudget("host", rows, clock, clock).take("api", 1, "user")


def test_setting_the_machines_clock_forward_does_not_end_a_ban(rows: MemoryBudgets) -> None:
    wall, steady = Clock(), Clock()
    budget = WeightBudget("host", rows, wall, steady)
    budget.silence(120, banned=True)
    wall.now_s += 3_600
    with pytest.raises(ExchangeLimitedError, match="banned"):
        budget.take("api", 1, "user")


def test_a_shorter_silence_neither_shortens_a_ban_nor_hides_it(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(600, banned=True)
    budget.silence(1, banned=False)
    clock.now_s += 300
    with pytest.raises(ExchangeLimitedError, match="banned") as refusal:
        budget.take("api", 1, "live")
    assert refusal.value.banned
    assert refusal.value.retry_after_s == pytest.approx(300, abs=0.01)


def test_a_ban_that_is_over_is_forgotten(budget: WeightBudget, clock: Clock) -> None:
    budget.silence(10, banned=True)
    clock.now_s += 11
    budget.silence(10, banned=False)
    with pytest.raises(ExchangeLimitedError) as refusal:
        budget.take("api", 1, "live")
    assert not refusal.value.banned


def test_ten_accounts_over_a_day_stay_under_the_limit_and_send_nothing_inside_a_ban(
    budget: WeightBudget, clock: Clock
) -> None:
    sent: dict[int, int] = {}
    banned_until = 0.0
    for step in range(24 * 60 * 6):
        clock.now_s += 10
        if step == 4_000:
            budget.silence(3_600, banned=True)
            banned_until = clock.now_s + 3_600
        for account in range(10):
            try:
                booking = budget.take("api", 120, "live" if account % 2 else "import")
            except ExchangeLimitedError:
                continue
            budget.settle(booking, {})
            assert clock.now_s >= banned_until
            minute = int(clock.now_s // 60)
            sent[minute] = sent.get(minute, 0) + 120
    assert max(sent.values()) <= 0.85 * LIMIT
    assert len(sent) >= 24 * 60 - 61


def test_threads_share_one_budget(budget: WeightBudget) -> None:
    taken: list[Booking] = []

    def take_many() -> None:
        for _ in range(500):
            try:
                taken.append(budget.take("api", 10, "user"))
            except ExchangeLimitedError:
                return

    threads = [threading.Thread(target=take_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 10 * len(taken) == 5_700 == budget.use().used
