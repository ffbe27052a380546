"""All tables: each module that describes some is imported here, or what goes through all of them would miss one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db import (  # noqa: F401
    account_keys,
    alert_models,
    audit_models,
    backtest_models,
    book_models,
    charts,
    contract_models,
    daily,
    move_models,
    packed,
    rank_keys,
    rebalancing_models,
    run_models,
    settings,
    shadows,
    sign_in_models,
    strategy_models,
    wholes,
    work_models,
)
from backend.db.models import metadata

if TYPE_CHECKING:
    from sqlalchemy import Table

__all__ = ["all_tables", "metadata"]


def all_tables() -> list[Table]:
    """Those that are referred to before those that refer to them."""
    return metadata.sorted_tables
