"""What runs changed of each coin, from their fills: the scores of runs rest on it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, select

from backend.db.run_models import run_fills, run_legs, runs
from backend.db.strategy_models import run_change_sums, run_changes, scored_runs
from backend.verify.differences import EXACT, Report, Row

NOTHING = Decimal(0)


def verify_run_changes(connection: Connection, account: int, report: Report) -> None:
    """Compare the changes of every run whose fills are all booked, and their sums where that is every run."""
    booked = select(scored_runs.c.run_id, scored_runs.c.settled).where(scored_runs.c.account_id == account)
    settled = {row.run_id: row.settled for row in connection.execute(booked)}
    own = _of_fills(connection, account)
    stored: dict[int, dict[str, Decimal]] = {run: {} for run in settled}
    listed = select(run_changes).where(run_changes.c.run_id.in_(select(runs.c.id).where(runs.c.account_id == account)))
    for row in connection.execute(listed):
        stored.setdefault(row.run_id, {})[row.asset] = row.quantity
    sums: dict[str, Decimal] = {}
    for run, coins in stored.items():
        recomputed = own.get(run, {})
        for coin in sorted({*coins, *recomputed}):
            sums[coin] = EXACT.add(sums.get(coin, NOTHING), recomputed.get(coin, NOTHING))
            if settled.get(run):
                told = Row(report, run_changes.name, account, run, None, coin)
                told.money("quantity", coins.get(coin, NOTHING), recomputed.get(coin, NOTHING))
    if not all(settled.values()):
        report.skipped.append("fills of a run are still being read: sums of what runs changed")
        return
    kept = select(run_change_sums).where(run_change_sums.c.account_id == account)
    totals = {row.asset: row.quantity for row in connection.execute(kept)}
    for coin in sorted({*totals, *sums}):
        told = Row(report, run_change_sums.name, account, None, None, coin)
        told.money("quantity", totals.get(coin, NOTHING), sums.get(coin, NOTHING))


def _of_fills(connection: Connection, account: int) -> dict[int, dict[str, Decimal]]:
    """By run and coin: what came, less what went and the fees."""
    same = (run_legs.c.run_id == run_fills.c.run_id) & (run_legs.c.n == run_fills.c.n)
    query = select(run_fills, run_legs.c.given, run_legs.c.taken).join(run_legs, same)
    found: dict[int, dict[str, Decimal]] = {}
    for row in connection.execute(query.where(run_fills.c.account_id == account)):
        gone, came = (row.quantity, row.quote) if row.side == "SELL" else (row.quote, row.quantity)
        coins = found.setdefault(row.run_id, {})
        for coin, amount in ((row.given, -gone), (row.taken, came), (row.commission_asset, -row.commission)):
            coins[coin] = EXACT.add(coins.get(coin, NOTHING), amount)
    return found
