"""Plans as they were shown, until they are executed or too old."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from backend.core.model.rebalancing import StoredPlan
from backend.db.rebalancing_models import rebalancing_plans as plans


class SqlPlans:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, plan: StoredPlan) -> None:
        values = {
            "plan_id": plan.plan_id,
            "account_id": plan.account_id,
            "environment": plan.environment,
            "created": plan.created_ms,
            "expires": plan.expires_ms,
            "hash": plan.hash,
            "body": json.dumps(plan.body, ensure_ascii=False),
            "consumed": plan.consumed,
            "request": plan.request,
        }
        self._connection.execute(insert(plans).values(values))

    def find(self, plan_id: str) -> StoredPlan | None:
        row = self._connection.execute(select(plans).where(plans.c.plan_id == plan_id)).first()
        return None if row is None else _plan(row)

    def of_request(self, request: str) -> StoredPlan | None:
        row = self._connection.execute(select(plans).where(plans.c.request == request)).first()
        return None if row is None else _plan(row)

    def consume(self, plan_id: str) -> bool:
        """Mark a plan as executed; False where it was already, or there is none. Of two who ask one gets it."""
        own = (plans.c.plan_id == plan_id, ~plans.c.consumed)
        return self._connection.execute(update(plans).where(*own).values(consumed=True)).rowcount == 1

    def forget_old(self, before_ms: int) -> None:
        """Delete plans that expired before an instant and were never executed."""
        self._connection.execute(delete(plans).where(plans.c.expires < before_ms, ~plans.c.consumed))


def _plan(row: Row[Any]) -> StoredPlan:
    return StoredPlan(
        plan_id=row.plan_id,
        account_id=row.account_id,
        environment=row.environment,
        created_ms=row.created,
        expires_ms=row.expires,
        hash=row.hash,
        body=json.loads(row.body),
        consumed=row.consumed,
        request=row.request,
    )
