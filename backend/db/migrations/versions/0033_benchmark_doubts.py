"""What stays doubtful about the benchmark is kept with its state: the columns of all accounts are made anew.

Which resets and flows of the past were at old prices is not in the rows; the collector finds it at its next steps.

Revision: 0033
"""

from __future__ import annotations

from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE benchmark_configs SET line_from = 0")
    op.execute(
        "INSERT INTO benchmark_configs (account_id, line_from) SELECT id, 0 FROM accounts"
        " WHERE id NOT IN (SELECT account_id FROM benchmark_configs)"
    )


def downgrade() -> None:
    """The older program knows no marks: it makes the columns anew without them."""
    op.execute("UPDATE benchmark_configs SET line_from = 0")
