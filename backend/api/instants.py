"""Instants that a client names."""

from __future__ import annotations

from datetime import datetime

from backend.core.errors import BadInputError
from backend.core.model.instants import to_ms


def instant_ms(at: datetime | None, field: str) -> int | None:
    """The instant of a query or body, which must say its zone.

    Raises:
        BadInputError: it says none.
    """
    if at is not None and at.tzinfo is None:
        raise BadInputError(f"{field} needs a zone, such as 2026-11-20T14:00:00Z", field)
    return None if at is None else to_ms(at)
