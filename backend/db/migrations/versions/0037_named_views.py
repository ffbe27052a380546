"""Two views that other tools read by name, `nav_history` and `benchmark_configs`; the table of that name is
`benchmark_plans` from now on. The program itself reads the tables.

Money has two decimals and units have eight, as such tools expect them; the tables keep every digit. On SQLite, which
has no decimals, they are text. Instants are milliseconds since the epoch, UTC.

A later migration that makes `snapshots` or `accounts` anew (batch operations on SQLite do) drops the views before it
and makes them again behind it.

Revision: 0037
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMES: Final = ("nav_history", "benchmark_configs")
WEEK_MS: Final = 604_800_000
DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
# The epoch was a Thursday; Monday is day 0 of a week.
EPOCH_WEEKDAY: Final = 3


def upgrade() -> None:
    _moved("benchmark_configs", "benchmark_plans")
    _make_views(op.get_bind())


def downgrade() -> None:
    _drop_views(op.get_bind())
    _moved("benchmark_plans", "benchmark_configs")


def _moved(old: str, new: str) -> None:
    """Make the table under another name, so that its constraints have the names of it too."""
    op.create_table(
        new,
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("plan", sa.Text()),
        sa.Column("hold", sa.Text()),
        sa.Column("line_from", sa.BigInteger()),
        sa.PrimaryKeyConstraint("account_id", name=op.f(f"pk_{new}")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f(f"fk_{new}_account_id"), ondelete="CASCADE"),
    )
    op.execute(f"INSERT INTO {new} SELECT account_id, plan, hold, line_from FROM {old}")
    op.drop_table(old)


def _make_views(connection: sa.Connection) -> None:
    """Make both, in the words of the engine at hand."""
    postgresql = connection.dialect.name == "postgresql"
    connection.execute(sa.text(_nav_history(postgresql)))
    connection.execute(sa.text(_benchmark_configs(postgresql)))


def _drop_views(connection: sa.Connection) -> None:
    """Take both away."""
    for name in NAMES:
        connection.execute(sa.text(f"DROP VIEW {name}"))


def _nav_history(postgresql: bool) -> str:
    """What an account was worth, and its benchmark's money line: a row a snapshot.

    When a row was written is not kept, for rows are made anew where the past is corrected: `created_at` is the instant
    that it stands for.
    """
    nav, benchmark = (_decimal(f"s.{column}", 2, postgresql) for column in ("total_value_usd", "benchmark_value_usd"))
    return f"""
        CREATE VIEW nav_history AS
        SELECT s.account_id, s.timestamp, {nav} AS nav, {benchmark} AS benchmark_value, s.timestamp AS created_at
        FROM snapshots s
    """


def _benchmark_configs(postgresql: bool) -> str:
    """The benchmark of each account as its newest snapshot has it; `rebalance_hour` null: it is never reset."""
    if postgresql:
        weekday, hour = "(p.plan::json ->> 1)::integer", "(p.plan::json ->> 2)::integer"
        units = {coin: f"(s.benchmark_state::json -> 3 ->> '{coin}')" for coin in ("BTC", "ETH")}
    else:
        weekday, hour = "json_extract(p.plan, '$[1]')", "json_extract(p.plan, '$[2]')"
        units = {coin: f"json_extract(s.benchmark_state, '$[3].{coin}')" for coin in ("BTC", "ETH")}
    btc, eth = (_decimal(unit, 8, postgresql) for unit in units.values())
    return f"""
        CREATE VIEW benchmark_configs AS
        SELECT account_id, btc_units, eth_units, rebalance_day, rebalance_hour,
            begun + ((newest - begun) / {WEEK_MS} + 1) * {WEEK_MS} AS next_rebalance_timestamp, created_at
        FROM (
            SELECT *, ((rebalance_day + 7 - {EPOCH_WEEKDAY}) % 7) * CAST({DAY_MS} AS BIGINT)
                + rebalance_hour * {HOUR_MS} AS begun
            FROM (
                SELECT a.id AS account_id, {btc} AS btc_units, {eth} AS eth_units,
                    CASE WHEN p.plan IS NULL THEN 0 ELSE {weekday} END AS rebalance_day,
                    CASE WHEN p.plan IS NULL THEN 12 ELSE {hour} END AS rebalance_hour,
                    s.timestamp AS newest, a.created_at AS created_at
                FROM accounts a
                LEFT JOIN benchmark_plans p ON p.account_id = a.id
                LEFT JOIN snapshots s ON s.account_id = a.id
                    AND s.timestamp = (SELECT max(n.timestamp) FROM snapshots n WHERE n.account_id = a.id)
            ) planned
        ) scheduled
    """


def _decimal(column: str, places: int, postgresql: bool) -> str:
    if postgresql:
        return f"CAST({column} AS numeric(20,{places}))"
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE printf('%.{places}f', {column}) END"
