"""Answers of /api/addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant, money

if TYPE_CHECKING:
    from backend.core.own_addresses import AddressView


def addresses(views: Sequence[AddressView], environment: str) -> dict[str, Any]:
    return {"environment": environment, "items": [address(view) for view in views]}


def address(view: AddressView) -> dict[str, Any]:
    told = view.address
    return {
        "id": told.id,
        "address": told.address,
        "network": told.network or None,
        "label": told.label,
        "treatment": told.treatment,
        "created_at": instant(told.created_ms),
        "withdrawals": view.withdrawals,
        "held": [{"asset": asset, "quantity": money(quantity)} for asset, quantity in view.held.items()],
    }
