"""Two more views that other tools read by name: `processed_transactions`, a row a cash flow, and
`account_processing_status`, up to when deposits and withdrawals of an account are read.

Amounts are in the reporting currency and have eight decimals, as such tools expect them; on SQLite, which has no
decimals, they are text with every digit of the table. Instants are milliseconds since the epoch, UTC.

A later migration that makes `cash_flows`, `accounts` or `account_sync` anew (batch operations on SQLite do) drops the
views before it and makes them again behind it.

Revision: 0041
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

STATUS: Final = """
    CREATE VIEW account_processing_status AS
    SELECT s.account_id, COALESCE(
        (SELECT min(c.position) FROM import_cursors c
         WHERE c.account_id = s.account_id AND c.source IN ('deposit', 'withdrawal') AND c.key = 'until'),
        a.last_read_at
    ) AS last_processed_timestamp, s.refreshed_machine AS updated_at
    FROM account_sync s JOIN accounts a ON a.id = s.account_id
"""


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    amount = "CAST(f.amount_usd AS numeric(20,8))" if postgresql else "f.amount_usd"
    # The id of a flow is told once by each source. When a row was written is not kept: `created_at` is its instant.
    op.execute(f"""
        CREATE VIEW processed_transactions AS
        SELECT f.account_id, f.source || ':' || f.external_id AS transaction_id, f.type AS transaction_type,
            {amount} AS amount, f.timestamp, f.status, f.timestamp AS created_at
        FROM cash_flows f
    """)
    op.execute(STATUS)


def downgrade() -> None:
    for name in ("processed_transactions", "account_processing_status"):
        op.execute(f"DROP VIEW {name}")
