"""Targets and settings of rebalancing, of one account or of all of an environment, and the ranks of coins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select

from backend.core.rebalancing.ranks import RankedCoin, Ranking
from backend.core.rebalancing.settings_text import decode_settings, encode_settings
from backend.db.rebalancing_models import allocation_settings, coin_ranks, rebalancing_settings

if TYPE_CHECKING:
    from backend.core.model.rebalancing import RebalancingSettings, Scope


class SqlAllocations:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, environment: str, scope: Scope) -> Mapping[str, Decimal] | None:
        """Percent by asset, by name; None where none were ever set."""
        table = allocation_settings
        query = select(table).where(_own(table, environment, scope)).order_by(table.c.asset)
        found = {row.asset: row.target_percentage for row in self._connection.execute(query)}
        return found or None

    def replace(self, environment: str, scope: Scope, targets: Mapping[str, Decimal]) -> None:
        """Put targets in the place of those there are; without any the scope has none of its own."""
        table = allocation_settings
        self._connection.execute(delete(table).where(_own(table, environment, scope)))
        where = {"environment": environment, "account_id": scope}
        rows = [where | {"asset": asset, "target_percentage": share} for asset, share in targets.items()]
        if rows:
            self._connection.execute(insert(table), rows)


class SqlRebalancingSettings:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, environment: str, scope: Scope) -> RebalancingSettings | None:
        table = rebalancing_settings
        query = select(table.c.content).where(_own(table, environment, scope))
        content = self._connection.execute(query).scalar_one_or_none()
        return None if content is None else decode_settings(content)

    def replace(self, environment: str, scope: Scope, settings: RebalancingSettings) -> None:
        table = rebalancing_settings
        self._connection.execute(delete(table).where(_own(table, environment, scope)))
        values = {"environment": environment, "account_id": scope, "content": encode_settings(settings)}
        self._connection.execute(insert(table).values(values))


class SqlCoinRanks:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, source: str) -> Ranking | None:
        """The best rank first."""
        query = (
            select(coin_ranks).where(coin_ranks.c.source == source).order_by(coin_ranks.c.rank, coin_ranks.c.coin_id)
        )
        rows = self._connection.execute(query).all()
        if not rows:
            return None
        coins = [
            RankedCoin(row.coin_id, row.symbol, row.name, row.slug, row.rank, frozenset(json.loads(row.addresses)))
            for row in rows
        ]
        return Ranking(rows[0].read_machine, coins)

    def replace(self, source: str, ranking: Ranking) -> None:
        """Put a ranking in the place of the one there is."""
        self._connection.execute(delete(coin_ranks).where(coin_ranks.c.source == source))
        rows = [
            {
                "source": source,
                "coin_id": coin.coin_id,
                "symbol": coin.symbol,
                "name": coin.name,
                "slug": coin.slug,
                "rank": coin.rank,
                "addresses": json.dumps(sorted(coin.addresses)),
                "read_machine": ranking.read_machine_ms,
            }
            for coin in ranking.coins
        ]
        if rows:
            self._connection.execute(insert(coin_ranks), rows)


def _own(table: Table, environment: str, scope: Scope) -> ColumnElement[bool]:
    of_scope = table.c.account_id.is_(None) if scope is None else table.c.account_id == scope
    return (table.c.environment == environment) & of_scope
