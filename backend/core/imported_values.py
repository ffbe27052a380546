"""Values that another program had written down, as far as they count: before the first snapshot of an account's own.

A snapshot of the program's own is made of quantities and prices and says more; from the first of them on imported
values are passed over, whichever came first. They have no return: what went in and out between them nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.model.imported import ImportedValue
    from backend.core.ports import UnitOfWork


def counted(
    unit: UnitOfWork, account_id: int, before_ms: int | None = None, limit: int | None = None
) -> Sequence[ImportedValue]:
    """Those that count, newest first, and before an instant where one is given."""
    own = unit.snapshots.first(account_id)
    ends = [at_ms for at_ms in (before_ms, None if own is None else own.at_ms) if at_ms is not None]
    return unit.imported_values.before(account_id, min(ends, default=None), limit)
