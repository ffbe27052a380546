"""What shows that nothing is missing: certificates, the closing equation of each snapshot, and what it left over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select

from backend.core.ledger.certificate import Certificate, decode_certificate, encode_certificate
from backend.core.ledger.closing import Closing
from backend.core.ledger.residuals import ROW_CAUSES, CoinResidual, Finding
from backend.core.model.accounts import is_whole
from backend.core.model.amounts import plain
from backend.db.dialect import upsert
from backend.db.models import certificates, closing_findings, closings
from backend.db.months import check_by_month
from backend.db.wholes import members_of

CHUNK = 500


class SqlProofs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_certificate(self, account_id: int, certificate: Certificate) -> bool:
        """Put a certificate in the place of the last one; whether it says anything new."""
        content = encode_certificate(certificate)
        query = select(certificates.c.content).where(certificates.c.account_id == account_id)
        known = self._connection.execute(query).scalar()
        if known == content:
            return False
        statement = upsert(self._connection)(certificates).values(account_id=account_id, content=content)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["account_id"], set_={"content": statement.excluded.content})
        )
        before = None if known is None else decode_certificate(known)
        return before is None or _judgement(before) != _judgement(certificate)

    def certificate(self, account_id: int) -> Certificate | None:
        """The last certificate; None before the first comparison."""
        query = select(certificates.c.content).where(certificates.c.account_id == account_id)
        content = self._connection.execute(query).scalar()
        return None if content is None else decode_certificate(content)

    def add_closings(self, account_id: int, rows: Sequence[tuple[int, Closing]]) -> None:
        """Add the closings of snapshots, as (id of the snapshot, closing); they go away with their snapshot."""
        values = [
            {
                "snapshot_id": snapshot_id,
                "account_id": account_id,
                "timestamp": closing.at_ms,
                "flows_usd": closing.flows,
                "realized_usd": closing.realized,
                "unrealized_usd": closing.unrealized,
                "income_usd": closing.income,
                "fees_usd": closing.fees,
            }
            for snapshot_id, closing in rows
        ]
        check_by_month(self._connection)
        for start in range(0, len(values), CHUNK):
            self._connection.execute(insert(closings), values[start : start + CHUNK])

    def forget_closings(self, account_id: int, from_ms: int = 0) -> None:
        """Drop those from an instant on: they are about to be computed anew."""
        own = closings.c.account_id == account_id
        self._connection.execute(delete(closings).where(own, closings.c.timestamp >= from_ms))

    def last_closing_ms(self, account_id: int) -> int | None:
        """The newest snapshot that has a closing."""
        query = select(func.max(closings.c.timestamp)).where(closings.c.account_id == account_id)
        return self._connection.execute(query).scalar()

    def closing(self, account_id: int, at_ms: int) -> Closing | None:
        """The closing of the snapshot of an instant."""
        query = select(closings).where(closings.c.account_id == account_id, closings.c.timestamp == at_ms)
        row = self._connection.execute(query).first()
        return None if row is None else _closing(row)

    def replace_findings(
        self, account_id: int, after_ms: int, until_ms: int | None, found: Sequence[Finding]
    ) -> Sequence[Finding]:
        """Put the findings of the intervals that end in (after, until] in place of those known; returns the new ones.

        Args:
            until_ms: None: of all that end later.
        """
        table = closing_findings.c
        inside = (table.account_id == account_id) & (table.until > after_ms)
        if until_ms is not None:
            inside = inside & (table.until <= until_ms)
        known = {_key(one) for one in self._findings(inside)}
        self._connection.execute(delete(closing_findings).where(inside))
        if found:
            self._connection.execute(insert(closing_findings), [_values(account_id, one) for one in found])
        return [one for one in found if _key(one) not in known]

    def findings(self, account_id: int, after_ms: int, until_ms: int, limit: int) -> tuple[Sequence[Finding], int]:
        """The newest findings of intervals that end in (after, until], newest first, and how many there are."""
        table = closing_findings.c
        inside = _own(account_id) & (table.until > after_ms) & (table.until <= until_ms)
        count = self._connection.execute(select(func.count()).select_from(closing_findings).where(inside)).scalar_one()
        return self._findings(inside, limit), count

    def doubts_row(self, account_id: int, after_ms: int, until_ms: int) -> bool:
        """Whether a snapshot in (after, until] is not what ledger and prices say that it should be."""
        table = closing_findings.c
        query = select(table.until).where(
            _own(account_id),
            table.until > after_ms,
            table.until <= until_ms,
            table.cause.in_(ROW_CAUSES),
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def _findings(self, inside: ColumnElement[bool], limit: int | None = None) -> list[Finding]:
        query = select(closing_findings).where(inside).order_by(closing_findings.c.until.desc()).limit(limit)
        return [_finding(row) for row in self._connection.execute(query)]


def _own(account_id: int) -> ColumnElement[bool]:
    """The findings of an account; of all accounts together those of each."""
    table = closing_findings.c
    return table.account_id.in_(members_of(account_id)) if is_whole(account_id) else table.account_id == account_id


def _judgement(certificate: Certificate) -> tuple[object, ...]:
    """What of a certificate is news: not that a coin was bought, but that another one differs."""
    wrong = [(row.asset, row.difference) for row in certificate.assets if row.difference]
    return certificate.reason, certificate.unknown_wallets, wrong


def _key(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same one again after a recomputation."""
    return finding.until_ms, finding.cause, finding.coins


def _values(account_id: int, finding: Finding) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "after": finding.after_ms,
        "until": finding.until_ms,
        "residual_usd": finding.residual,
        "cause": finding.cause,
        "coins": json.dumps(
            [
                [one.asset, None if one.quantity is None else plain(one.quantity), plain(one.value), one.cause]
                for one in finding.coins
            ]
        ),
    }


def _finding(row: Row[Any]) -> Finding:
    return Finding(
        row.after,
        row.until,
        row.residual_usd,
        row.cause,
        tuple(
            CoinResidual(asset, None if quantity is None else Decimal(quantity), Decimal(value), cause)
            for asset, quantity, value, cause in json.loads(row.coins)
        ),
    )


def _closing(row: Row[Any]) -> Closing:
    return Closing(row.timestamp, row.flows_usd, row.realized_usd, row.unrealized_usd, row.income_usd, row.fees_usd)
