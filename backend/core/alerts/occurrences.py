"""What happened once and is told by whoever saw it: runs that ended, residuals, other key rights, broken trails."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from backend.core.model.alerts import AlertKind, Severity, Told
from backend.core.model.amounts import parse_amount

if TYPE_CHECKING:
    from backend.core.model.accounts import KeyPermissions

# The topics of events that tell of causes.
TOPICS: Final = frozenset({"alert", "run"})
RUN_STATES: Final[Mapping[str, AlertKind]] = {
    "failed": "run_failed",
    "stopped": "run_failed",
    "needs_review": "run_review",
}
MOST_DETAIL: Final = 500
RIGHTS: Final = ("can_read", "can_trade", "can_withdraw", "ip_restricted")


def occurrence(topic: str, payload: Mapping[str, Any]) -> Told | None:
    """What an event tells, where it is a cause of an alert; None: it is none."""
    if topic == "run":
        return Told("run_finished", run_id=payload["run"]) if payload.get("state") == "complete" else None
    if topic != "alert":
        return None
    match payload.get("kind"):
        case "run":
            kind: AlertKind = RUN_STATES.get(str(payload.get("state")), "run_failed")
            detail = str(payload.get("detail") or "")[:MOST_DETAIL]
            return Told(kind, reason=payload.get("code"), detail=detail, run_id=payload.get("run"))
        case "residual":
            coins = payload.get("coins") or []
            asset = coins[0].get("asset") if coins else None
            amount = abs(parse_amount(payload["residual_usd"]))
            return Told("residual", asset or "", amount, reason=payload.get("cause"), detail=str(payload["until"]))
        case "residuals":
            return Told("residual", reason="more", detail=str(payload.get("more", "")))
        case "benchmark_exhausted":
            return Told("benchmark_exhausted", detail=str(payload.get("until", "")))
        case "audit_broken":
            places = [str(one) for one in payload.get("places") or []]
            more = ", ..." if int(payload.get("found") or 0) > len(places) else ""
            return Told("audit_broken", detail=", ".join(places)[:MOST_DETAIL] + more)
    return None


def large_enough(told: Told, limit: Decimal | None) -> bool:
    """Whether an occurrence is above the limit of its rule; one without an amount always is."""
    return limit is None or told.value is None or told.value > limit


def rights_mark(rights: KeyPermissions | None) -> str:
    """What the exchange says of a key, as it is kept; empty: it says nothing, or not all of it."""
    if rights is None or None in (rights.can_read, rights.can_trade, rights.can_withdraw):
        return ""
    return " ".join(f"{name}={getattr(rights, name)}" for name in RIGHTS)


def changed_rights(before: str, now: str) -> Told | None:
    """Which rights are others than they were; None: the same, or one of the two is not known."""
    if not before or not now or before == now:
        return None
    was = dict(part.split("=") for part in before.split())
    found = [f"{name}: {value}" for name, value in (part.split("=") for part in now.split()) if was.get(name) != value]
    reason = "can_withdraw" if "can_withdraw: True" in found else "changed"
    return Told("key_rights", reason=reason, detail=", ".join(found))


def severity_of(told: Told, usual: Severity) -> Severity:
    """How urgent: that of the kind, but that a key which lost a right that nobody minds is less."""
    return "warning" if told.kind == "key_rights" and told.reason != "can_withdraw" else usual
