"""Until when the balances were explained is a cursor of its own; that of trades said it beside what was read of them.

Revision: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0019"
branch_labels = None
depends_on = None

CURSORS = sa.table(
    "import_cursors",
    *(sa.column(name) for name in ("account_id", "source", "key")),
    sa.column("position", sa.BigInteger()),
)


def upgrade() -> None:
    told = sa.select(CURSORS.c.account_id, sa.literal("import"), sa.literal("explained"), CURSORS.c.position)
    told = told.where(CURSORS.c.source == "trade", CURSORS.c.key == "until")
    op.execute(sa.insert(CURSORS).from_select(["account_id", "source", "key", "position"], told))


def downgrade() -> None:
    op.execute(sa.delete(CURSORS).where(CURSORS.c.source == "import", CURSORS.c.key == "explained"))
