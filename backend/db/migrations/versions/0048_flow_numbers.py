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
# While the table is made anew nothing may name it, nor a view that does: those of the user's own tools neither.
ABOUT = sa.text(
    "SELECT type, name, sql FROM sqlite_master"
    " WHERE type = 'view' OR (type = 'trigger' AND (tbl_name = :table OR instr(lower(sql), :table) > 0)) ORDER BY rowid"
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
    about = connection.execute(ABOUT, {"table": TABLE}).all()
    for kind, name, _ in reversed(about):
        quoted = name.replace('"', '""')
        op.execute(f'DROP {kind.upper()} "{quoted}"')
    with op.batch_alter_table(TABLE, recreate="always", table_kwargs={"sqlite_autoincrement": counted}):
        pass
    for _, _, statement in about:
        connection.exec_driver_sql(statement)
