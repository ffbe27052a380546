"""Rows of the tax report: what was sent, what was received, and the fee, to the minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from backend.core.imports.statements.cells import instant, number_or
from backend.core.imports.statements.entries import NO_MOVE, UNKNOWN_TYPE, RowFault, Skip, source_of
from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent, Leg

if TYPE_CHECKING:
    from backend.core.imports.statements.views import Cells, Reading

_SIDES: Final[Sequence[tuple[str, int, Literal["in", "out", "fee"]]]] = (
    ("received", 1, "in"),
    ("sent", -1, "out"),
    ("fee", -1, "fee"),
)
# Which of the two coins of a trade priced the other is not told.
_SWAPS: Final = frozenset({"trade", "convert"})
# What it cost was paid with money of a card or a bank, and so was its fee.
_BOUGHT: Final = "buy"
_CAME: Final = frozenset({"receive", "deposit"})
_LEFT: Final = frozenset({"send", "withdraw", "withdrawal"})


def tax_row(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    """The event of a row.

    Raises:
        RowFault: its type is not known, or does not go with what was sent and received.
        Skip: nothing was.
    """
    legs = [
        Leg(coin, sign * amount, role)
        for name, sign, role in _SIDES
        if (coin := cells[f"{name}currency"]) and (amount := number_or(cells[f"{name}amount"], ZERO)) != ZERO
    ]
    if not legs:
        raise Skip(NO_MOVE)
    word, sides = cells["type"].strip().lower(), {one.role for one in legs} - {"fee"}
    if word in _SWAPS and len(sides) == 2:
        kind = EventKind.CONVERT
    elif word == _BOUGHT and "in" in sides:
        kind, legs = EventKind.DEPOSIT, [one for one in legs if one.role == "in"]
    elif word in _CAME and sides == {"in"}:
        kind = EventKind.DEPOSIT
    elif word in _LEFT and sides == {"out"}:
        kind = EventKind.WITHDRAWAL
    else:
        raise RowFault(UNKNOWN_TYPE, cells["type"])
    at_ms = instant(cells["time"], reading.zone, reading.order).at_ms
    return (LedgerEvent(source_of("tax_report"), "", kind, at_ms, tuple(legs), note=cells["type"][:80]),)
