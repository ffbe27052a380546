"""The exchange's clock: any pace, never back, not even through a kill."""

from decimal import Decimal
from pathlib import Path

import pytest

from backend.exchange.simulator.clock import ClockReading, ExchangeClock

START = 1_700_000_000_000


class Machine:
    """A machine whose clocks stand until moved."""

    def __init__(self) -> None:
        self.ms = 5_000_000

    def pass_ms(self, ms: int) -> None:
        self.ms += ms

    def clock(self, folder: Path, reading: ClockReading, not_before_ms: int = 0) -> ExchangeClock:
        return ExchangeClock(
            reading,
            folder / "clock.json",
            not_before_ms=not_before_ms,
            machine_ms=lambda: self.ms,
            monotonic=lambda: self.ms / 1000,
        )


def reading(machine: Machine, speed: str) -> ClockReading:
    return ClockReading(machine.ms, START, Decimal(speed))


@pytest.mark.parametrize(("speed", "passed"), [("1", 10_000), ("3600", 36_000_000), ("0.5", 5_000), ("0", 0)])
def test_it_runs_at_its_speed(tmp_path: Path, speed: str, passed: int) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path, reading(machine, speed))
    machine.pass_ms(10_000)
    assert clock.now() == START + passed


def test_it_may_jump_ahead_and_never_back(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path, reading(machine, "0"))
    assert clock.change(advance_ms=500).exchange_ms == START + 500
    assert clock.change(to_ms=START + 1000, speed=Decimal(2)).exchange_ms == START + 1000
    with pytest.raises(ValueError, match="never goes back"):
        clock.change(to_ms=START)
    machine.pass_ms(1000)
    assert clock.now() == START + 3000


def test_acceptance_windows_stretch_with_speed_but_never_shrink(tmp_path: Path) -> None:
    machine = Machine()
    assert machine.clock(tmp_path, reading(machine, "60")).stretch == 60
    assert machine.clock(tmp_path, reading(machine, "0")).stretch == 1


@pytest.mark.parametrize(("speed", "after_an_hour"), [("1", 3_600_000), ("0.5", 1_800_000), ("0", 0)])
def test_while_it_is_down_time_goes_on_at_most_at_the_machines_pace(
    tmp_path: Path, speed: str, after_an_hour: int
) -> None:
    machine = Machine()
    setting = reading(machine, speed)
    machine.pass_ms(3_600_000)
    assert machine.clock(tmp_path, setting).now() == START + after_an_hour


def test_a_kill_at_high_speed_does_not_turn_it_back(tmp_path: Path) -> None:
    machine = Machine()
    setting = reading(machine, "3600")
    clock = machine.clock(tmp_path, setting)
    machine.pass_ms(7_000)
    shown = clock.now()
    again = machine.clock(tmp_path, setting)
    assert shown <= again.now() <= shown + 2 * 3600 * 1000


def test_a_machine_clock_set_back_does_not_turn_it_back(tmp_path: Path) -> None:
    machine = Machine()
    setting = reading(machine, "1")
    machine.pass_ms(-1_000_000)
    assert machine.clock(tmp_path, setting, not_before_ms=START + 77).now() == START + 77
