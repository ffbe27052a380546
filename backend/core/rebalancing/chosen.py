"""What counts for an account: what was set for it alone, else what was set for all accounts of its environment."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.model.rebalancing import RebalancingSettings, Scope

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork


def targets_of(unit: UnitOfWork, environment: str, scope: Scope) -> Mapping[str, Decimal]:
    """Target weights in percent; empty where none were ever set."""
    own = unit.allocations.of(environment, scope)
    if own is None and scope is not None:
        own = unit.allocations.of(environment, None)
    return own or {}


def settings_of(unit: UnitOfWork, environment: str, scope: Scope) -> RebalancingSettings:
    """The settings; those of the program where none were ever set."""
    own = unit.rebalancing_settings.of(environment, scope)
    if own is None and scope is not None:
        own = unit.rebalancing_settings.of(environment, None)
    return own or RebalancingSettings()
