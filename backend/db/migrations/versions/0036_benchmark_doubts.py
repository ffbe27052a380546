"""What stays doubtful about the benchmark is kept with its state: the columns of all accounts are made anew.

Which resets and flows of the past were at old prices is not in the rows; the collector finds it at its next steps.
Where a gain appeared without capital, the rows from there on are made anew too: it counts as a doubtful link.

Revision: 0036
"""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE benchmark_configs SET line_from = 0")
    op.execute(
        "INSERT INTO benchmark_configs (account_id, line_from) SELECT id, 0 FROM accounts"
        " WHERE id NOT IN (SELECT account_id FROM benchmark_configs)"
    )
    first = (
        "(SELECT min(timestamp) FROM snapshots"
        " WHERE snapshots.account_id = account_sync.account_id AND reason = 'gain_without_capital')"
    )
    earliest = f"CASE WHEN dirty_from < {first} THEN dirty_from ELSE {first} END"
    op.execute(f"UPDATE account_sync SET dirty_from = {earliest}, flows_only = false WHERE {first} IS NOT NULL")


def downgrade() -> None:
    """The older program knows no marks: it makes the columns anew without them."""
    op.execute("UPDATE benchmark_configs SET line_from = 0")
