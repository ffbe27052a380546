"""One question for all who ask at about the same time: accounts of a host share its clock, prices and listing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from backend.core.errors import ExchangeError, RequestBudgetError

Value = TypeVar("Value")


class OneAnswer(Generic[Value]):
    """The last answer and its number. Thread-safe: while one asks, the others wait for what it hears."""

    def __init__(self) -> None:
        self._value: Value | None = None
        self._number = 0
        self._failures = 0
        self._error: ExchangeError | None = None
        self._lock = threading.Lock()

    @property
    def last(self) -> Value | None:
        """The last answer, however old."""
        return self._value

    def get(self, seen: int, usable: Callable[[Value], bool], ask: Callable[[], Value]) -> tuple[int, Value]:
        """The last answer where it is usable and newer than the one numbered `seen`, else a new one.

        Whoever asks again wants to know anew: nobody gets the same answer twice by passing the number he got.

        Raises:
            ExchangeError: asking failed; also to those who waited for it meanwhile, so that they do not ask in turn.
        """
        failures = self._failures
        with self._lock:
            if self._value is not None and self._number > seen and usable(self._value):
                return self._number, self._value
            if self._failures > failures and self._error is not None:
                raise self._error
            try:
                self._value = ask()
            except RequestBudgetError:
                # Who waits may have a greater share.
                raise
            except ExchangeError as error:
                self._failures, self._error = self._failures + 1, error
                raise
            self._number += 1
            return self._number, self._value
