"""The number of a deleted cash flow is given to no other, on SQLite either.

SQLite counts on from the largest number there is, so that the next flow took the number of the newest one that was
deleted, and whoever deleted by that number once more deleted another flow. PostgreSQL never did.

Revision: 0048
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = "cash_flows"
# A view that reads the table has to be gone while the table is made anew.
VIEW = "processed_transactions"
ABOUT = sa.text(
    "SELECT sql FROM sqlite_master WHERE (type = 'trigger' AND tbl_name = :table) OR (type = 'view' AND name = :view)"
    " ORDER BY name"
)


def upgrade() -> None:
    _made_anew(counted=True)


def downgrade() -> None:
    _made_anew(counted=False)


def _made_anew(*, counted: bool) -> None:
    """Copy the table into one that counts, or does not; what stands on it is made again as it was written."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    about = connection.execute(ABOUT, {"table": TABLE, "view": VIEW}).scalars().all()
    op.execute(f"DROP VIEW {VIEW}")
    with op.batch_alter_table(TABLE, recreate="always", table_kwargs={"sqlite_autoincrement": counted}):
        pass
    for statement in about:
        op.execute(statement)
