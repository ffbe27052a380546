"""Work in the background waits while a page is opened, and gets its turn all the same."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from backend.services.courtesy import ASIDE_S, EVERY_S, Courtesy, PatientStore


class Clock:
    """Time that passes in sleep only."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


class Opened:
    """A store that says what was opened."""

    def __init__(self) -> None:
        self.what: list[Any] = []

    def read(self) -> Any:
        self.what.append("read")
        return nullcontext()

    def write(self, epoch: int | None = None) -> Any:
        self.what.append(epoch)
        return nullcontext()


def test_transactions_wait_until_the_page_stands_and_then_no_more() -> None:
    clock, opened = Clock(), Opened()
    courtesy = Courtesy(lambda: clock.now, clock.sleep)
    store = PatientStore(opened, courtesy)
    store.read()
    assert clock.slept == []
    courtesy.page_opens()
    clock.now += ASIDE_S / 4
    store.write(7)
    store.read()
    assert (clock.slept, opened.what) == ([round(ASIDE_S * 3 / 4, 6)], ["read", 7, "read"])


def test_pages_that_are_opened_all_the_time_do_not_stop_it() -> None:
    clock = Clock()
    courtesy = Courtesy(lambda: clock.now, clock.sleep)
    start = clock.now
    while clock.now < start + 20 * EVERY_S:
        courtesy.page_opens()
        courtesy.stand_aside()
        clock.now += 0.01
    assert sum(clock.slept) <= 0.5 * (clock.now - start) + ASIDE_S
    assert len(clock.slept) >= 19
