"""The event of a withdrawal that took more than the benchmark had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.attention import EXHAUSTED
from backend.core.model.accounts import is_whole
from backend.core.model.instants import iso_ms

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork


def tell_exhausted(unit: UnitOfWork, account_id: int, before: SnapshotRow | None, now: SnapshotRow | None) -> None:
    """Emit it where the money line is empty in the newest row and was not in the newest one until then.

    Of accounts that are listed: what stands for all together is none that an alert could name.
    """
    if is_whole(account_id):
        return
    if now is not None and _exhausted(now) and not (before is not None and _exhausted(before)):
        unit.events.emit("alert", account_id, {"kind": EXHAUSTED, "until": iso_ms(now.at_ms)})


def _exhausted(row: SnapshotRow) -> bool:
    return row.benchmark is not None and row.benchmark.exhausted
