"""The clock of a host: skew, jumps, slow answers; what may be claimed to have passed, and what signs."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from backend.exchange.binance.clock import FREE_LIFE_S, STEADY_LIFE_S, HostClock, RoundTrip

# What the exchange accepts of a time stamp: hardly newer than its own clock, and not much older.
NEWER_MS, OLDER_MS = 1_000, 5_000


@dataclass
class World:
    """True time and two machines that tell it: ours, with a wall clock that may be set, and the exchange's."""

    now_s: float = 1_800_000_000.0
    wall_off_s: float = 0.0
    exchange_off_s: float = 0.0
    way_there_s: float = 0.02
    way_back_s: float = 0.02
    asked: int = 0
    ways: list[tuple[float, float]] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now_s - 1_799_990_000.0

    def wall(self) -> float:
        return self.now_s + self.wall_off_s

    @property
    def exchange_ms(self) -> int:
        return int((self.now_s + self.exchange_off_s) * 1000)

    def ask(self) -> RoundTrip:
        there, back = self.ways.pop(0) if self.ways else (self.way_there_s, self.way_back_s)
        self.asked += 1
        sent_s = self.monotonic()
        self.now_s += there
        told = self.exchange_ms
        self.now_s += back
        return RoundTrip(sent_s, self.monotonic(), told)

    def stamp_ms(self, clock: HostClock) -> int:
        """A time stamp as python-binance makes it."""
        return int(self.wall() * 1000 + clock.offset_ms)


@pytest.fixture
def world() -> World:
    return World()


def clock_in(world: World, steady: bool = True) -> HostClock:
    return HostClock(steady, world.wall, world.monotonic)


@pytest.mark.parametrize("steady", [True, False])
@pytest.mark.parametrize("skew_s", [-60, -5, -1.2, -0.3, 0, 0.3, 1.2, 5, 60])
def test_a_machine_that_is_wrong_by_up_to_a_minute_signs_with_the_exchanges_time(
    world: World, skew_s: float, steady: bool
) -> None:
    world.wall_off_s = skew_s
    clock = clock_in(world, steady)
    clock.measure_when_old(world.ask)
    assert clock.offset_ms == pytest.approx(-skew_s * 1000, abs=25)
    for _ in range(200):
        world.now_s += 3.7
        clock.measure_when_old(world.ask)
        assert abs(world.stamp_ms(clock) - world.exchange_ms) < 100


@pytest.mark.parametrize("jump_s", [-3_600, -60, -2, 2, 60, 3_600])
def test_setting_the_machines_clock_between_two_looks_does_not_matter(world: World, jump_s: float) -> None:
    clock = clock_in(world)
    clock.measure_when_old(world.ask)
    world.now_s += 10
    world.wall_off_s += jump_s
    assert abs(world.stamp_ms(clock) - world.exchange_ms) < 100
    assert clock.offset_ms == pytest.approx(-jump_s * 1000, abs=25)


@pytest.mark.parametrize("jump_s", [-40, 40])
def test_after_a_refused_time_stamp_the_clock_is_looked_at_anew(world: World, jump_s: float) -> None:
    clock = clock_in(world)
    clock.measure_when_old(world.ask)
    world.now_s += 5
    world.exchange_off_s += jump_s  # or our machine slept, which its steady counter did not notice
    refused_s = world.monotonic()
    world.now_s += 0.04
    clock.measure(world.ask, refused_s)
    assert abs(world.stamp_ms(clock) - world.exchange_ms) < 100


def test_a_look_that_another_thread_took_since_is_enough(world: World) -> None:
    clock = clock_in(world)
    refused_s = world.monotonic()
    world.now_s += 0.1
    clock.measure(world.ask, refused_s)
    asked = world.asked
    clock.measure(world.ask, refused_s)
    assert world.asked == asked


def test_of_several_round_trips_the_shortest_counts(world: World) -> None:
    world.ways = [(0.01, 1.9), (0.02, 0.02), (1.5, 0.01)]
    clock = clock_in(world)
    clock.measure_when_old(world.ask)
    assert abs(clock.offset_ms) <= 21
    assert clock.latency_ms == 40


@pytest.mark.parametrize("steady", [True, False])
@pytest.mark.parametrize("ways", [(0.0, 0.0), (0.001, 2.0), (2.0, 0.001), (0.4, 0.4)])
def test_what_is_said_to_have_passed_has_passed(world: World, ways: tuple[float, float], steady: bool) -> None:
    world.way_there_s, world.way_back_s = ways
    world.exchange_off_s = 33.0
    clock = clock_in(world, steady)
    seen = 0
    for _ in range(100):
        seen, passed_ms = clock.passed(seen, world.ask)
        assert passed_ms <= world.exchange_ms
        assert world.exchange_ms - passed_ms <= 1000 * (ways[1] + ways[0]) + 20
        world.now_s += 1.3


def test_a_steady_clock_is_asked_once_a_minute_for_all_accounts(world: World) -> None:
    clock = clock_in(world)
    for _ in range(600):
        world.now_s += 0.1
        clock.passed(0, world.ask)
        clock.measure_when_old(world.ask)
    assert world.asked == 3
    world.now_s += STEADY_LIFE_S
    clock.passed(0, world.ask)
    assert world.asked == 6


def test_a_free_clock_is_asked_each_time_by_the_same_account_and_shared_by_others(world: World) -> None:
    clock = clock_in(world, steady=False)
    first, told = clock.passed(0, world.ask)
    second, again = clock.passed(first, world.ask)
    assert (world.asked, again > told) == (2, True)
    assert clock.passed(0, world.ask) == (second, again)
    assert world.asked == 2
    world.now_s += 0.6
    clock.passed(0, world.ask)
    assert world.asked == 3


def test_a_free_clock_is_looked_at_before_it_is_too_old_to_sign(world: World) -> None:
    clock = clock_in(world, steady=False)
    clock.measure_when_old(world.ask)
    world.now_s += FREE_LIFE_S - 0.1
    clock.measure_when_old(world.ask)
    assert world.asked == 3
    world.now_s += 0.2
    clock.measure_when_old(world.ask)
    assert world.asked == 6
