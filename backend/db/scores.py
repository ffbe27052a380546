"""What runs changed of each asset, kept as sums, and prices of coins that are not held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Connection, delete, insert, or_, select

from backend.core.model.amounts import ZERO
from backend.core.model.strategies import Changes, ScorePrice
from backend.core.rebalancing.order_money import held_after
from backend.core.rebalancing.score import less
from backend.db.dialect import upsert
from backend.db.run_models import runs
from backend.db.strategy_models import run_change_sums, run_changes, score_prices, scored_runs


class SqlScores:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unsettled(self, account_id: int) -> Sequence[int]:
        """Runs that sent orders and whose fills may not all be booked, the oldest first."""
        joined = runs.outerjoin(scored_runs, scored_runs.c.run_id == runs.c.id)
        waiting = or_(scored_runs.c.run_id.is_(None), ~scored_runs.c.settled)
        query = select(runs.c.id).select_from(joined).where(runs.c.account_id == account_id, ~runs.c.dry_run, waiting)
        return list(self._connection.execute(query.order_by(runs.c.id)).scalars())

    def book(self, run_id: int, account_id: int, change: Changes, settled: bool) -> bool:
        """Put what a run changed in the place of what was booked of it; whether that was anything else."""
        values = {"run_id": run_id, "account_id": account_id, "settled": settled}
        statement = upsert(self._connection)(scored_runs).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["run_id"], set_=values))
        before = self.changes([run_id]).get(run_id, {})
        difference = less(change, before)
        if not difference:
            return False
        self._connection.execute(delete(run_changes).where(run_changes.c.run_id == run_id))
        rows = [{"run_id": run_id, "asset": asset, "quantity": change[asset]} for asset in change]
        if rows:
            self._connection.execute(insert(run_changes), rows)
        sums = held_after(self.sums(account_id), [difference])
        for asset in difference:
            whole = {"account_id": account_id, "asset": asset, "quantity": sums.get(asset, ZERO)}
            put = upsert(self._connection)(run_change_sums).values(whole)
            self._connection.execute(put.on_conflict_do_update(index_elements=["account_id", "asset"], set_=whole))
        return True

    def changes(self, run_ids: Sequence[int]) -> Mapping[int, Changes]:
        """Of runs that are booked."""
        booked = select(scored_runs.c.run_id).where(scored_runs.c.run_id.in_(run_ids))
        found: dict[int, dict[str, Decimal]] = {run_id: {} for run_id in self._connection.execute(booked).scalars()}
        rows = self._connection.execute(select(run_changes).where(run_changes.c.run_id.in_(run_ids)))
        for row in rows:
            found[row.run_id][row.asset] = row.quantity
        return found

    def sums(self, account_id: int) -> Changes:
        """Of all runs of an account together."""
        query = select(run_change_sums).where(run_change_sums.c.account_id == account_id)
        return {row.asset: row.quantity for row in self._connection.execute(query.order_by(run_change_sums.c.asset))}

    def assets(self, account_id: int) -> Sequence[str]:
        """Every asset that a run of the account changed; one whose changes cancel out is still needed for each run."""
        return list(self.sums(account_id))

    def keep_prices(self, account_id: int, prices: Sequence[ScorePrice]) -> None:
        for one in prices:
            values = {
                "account_id": account_id,
                "asset": one.asset,
                "price": one.price,
                "at": one.at_ms,
                "reason": one.reason,
            }
            statement = upsert(self._connection)(score_prices).values(values)
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["account_id", "asset"], set_=values)
            )

    def prices(self, account_id: int) -> Mapping[str, ScorePrice]:
        rows = self._connection.execute(select(score_prices).where(score_prices.c.account_id == account_id))
        return {row.asset: ScorePrice(row.asset, row.price, row.at, row.reason) for row in rows}
