"""Which lines of a file an account has already. Equal rows are counted, never collapsed: two equal lines of a file
are two flows, and as many of them are known as the account has."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.imports.cash_flow_file import FlowLine
    from backend.core.imports.instants import When
    from backend.core.model.holdings import CashFlow

What = tuple[str, Decimal]
AMOUNT = ""


def known_lines(lines: Sequence[FlowLine], flows: Iterable[CashFlow]) -> set[int]:
    """Numbers of the lines that stand for a flow the account has.

    A line and a flow are equal when the flow lies within the precision the line was written with, and has the same
    quantity of the same asset or the same amount. Each flow stands for one line at most.
    """
    stock: dict[What, _Shelf] = defaultdict(_Shelf)
    for number, flow in enumerate(sorted(flows, key=lambda one: one.at_ms)):
        if flow.amount is not None:
            stock[AMOUNT, flow.amount].put(flow.at_ms, number)
        if flow.asset is not None and flow.quantity is not None:
            stock[flow.asset, flow.quantity].put(flow.at_ms, number)
    taken: set[int] = set()
    known: set[int] = set()
    readable = [(line, line.when) for line in lines if line.fault is None and line.when is not None]
    # The narrowest first: a line of a day must not take the flow that a line of a minute means.
    for line, when in sorted(readable, key=lambda pair: (pair[1].precision_ms, pair[0].n)):
        for what in _whats(line):
            number_or_none = stock[what].first_free(when, taken) if what in stock else None
            if number_or_none is not None:
                taken.add(number_or_none)
                known.add(line.n)
                break
    return known


class _Shelf:
    """Equal flows by instant. What is taken is stepped over once, however many lines ask for it."""

    def __init__(self) -> None:
        self._instants: list[int] = []
        self._numbers: list[int] = []
        self._next: list[int] = []

    def put(self, at_ms: int, number: int) -> None:
        self._next.append(len(self._instants))
        self._instants.append(at_ms)
        self._numbers.append(number)

    def first_free(self, when: When, taken: set[int]) -> int | None:
        position = self._skip(bisect_left(self._instants, when.at_ms))
        while position < len(self._instants) and self._instants[position] < when.at_ms + when.precision_ms:
            if self._numbers[position] not in taken:
                return self._numbers[position]
            self._next[position] = position + 1
            position = self._skip(position)
        return None

    def _skip(self, position: int) -> int:
        passed = []
        while position < len(self._next) and self._next[position] != position:
            passed.append(position)
            position = self._next[position]
        for known in passed:
            self._next[known] = position
        return position


def _whats(line: FlowLine) -> Iterable[What]:
    if line.asset is not None and line.quantity is not None:
        yield line.asset, line.quantity
    if line.amount is not None:
        yield AMOUNT, line.amount
