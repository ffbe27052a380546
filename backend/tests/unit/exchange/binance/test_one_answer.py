"""One question for all who ask at the same time: shared while usable, never told twice, failures shared too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from backend.core.errors import ExchangeUnavailableError, RequestBudgetError
from backend.exchange.binance.one_answer import OneAnswer


class Meanwhile:
    """Stands for the lock of an answer: while the first caller waits for it, something else happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens: Callable[[], object] | None = happens

    def __enter__(self) -> None:
        happens, self._happens = self._happens, None
        if happens is not None:
            with suppress(ExchangeUnavailableError, RequestBudgetError):
                happens()

    def __exit__(self, *_: object) -> None:
        """Nothing was locked."""


def fails(error: Exception) -> Callable[[], int]:
    def ask() -> int:
        raise error

    return ask


def always(_value: int) -> bool:
    return True


def never(_value: int) -> bool:
    return False


def test_others_share_what_one_was_told_but_nobody_is_told_it_twice() -> None:
    answer: OneAnswer[int] = OneAnswer()
    first, told = answer.get(0, always, lambda: 5)
    assert answer.get(0, always, lambda: 6) == (first, 5) == (first, told)
    assert answer.get(first, always, lambda: 6) == (first + 1, 6)


def test_what_is_not_usable_any_more_is_asked_anew() -> None:
    answer: OneAnswer[int] = OneAnswer()
    answer.get(0, always, lambda: 5)
    assert answer.get(0, never, lambda: 6)[1] == 6
    assert answer.last == 6


def test_who_waited_while_another_failed_does_not_ask_in_turn() -> None:
    answer: OneAnswer[int] = OneAnswer()
    down = ExchangeUnavailableError("down")
    answer._lock = Meanwhile(lambda: answer.get(0, always, fails(down)))  # type: ignore[assignment]  # a lock stands in
    with pytest.raises(ExchangeUnavailableError) as met:
        answer.get(0, always, lambda: 5)
    assert met.value is down
    assert answer.get(0, always, lambda: 5)[1] == 5


def test_a_budget_that_has_no_room_for_one_may_have_some_for_another() -> None:
    answer: OneAnswer[int] = OneAnswer()
    full = RequestBudgetError("full", 10.0, banned=False)
    answer._lock = Meanwhile(lambda: answer.get(0, always, fails(full)))  # type: ignore[assignment]  # a lock stands in
    assert answer.get(0, always, lambda: 5)[1] == 5
