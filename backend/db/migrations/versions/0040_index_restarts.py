"""The growth index starts anew after a loss of everything: rows from the first one with an index of 0 are made anew.

Stored charts are kept compressed from now on: the collector makes them anew.

Revision: 0040
"""

from __future__ import annotations

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _made_anew("growth_index = 0")
    op.execute("DELETE FROM stored_charts")


def downgrade() -> None:
    """The older program keeps the index at 0 from the loss on."""
    _made_anew("growth_index < 1e-20")
    op.execute("DELETE FROM stored_charts")


def _made_anew(condition: str) -> None:
    first = (
        f"(SELECT min(timestamp) FROM snapshots WHERE snapshots.account_id = account_sync.account_id AND {condition})"
    )
    earliest = f"CASE WHEN dirty_from < {first} THEN dirty_from ELSE {first} END"
    op.execute(f"UPDATE account_sync SET dirty_from = {earliest}, flows_only = false WHERE {first} IS NOT NULL")
