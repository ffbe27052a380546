"""Staking that statements told before it was principal: ether that goes on as its token is no sale.

Revision: 0026
"""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

# What a history of staking told, and the only operation of a transaction history that was known as staking then.
STAKED = """
    kind = 'convert' AND (
        source = 'statement:staking'
        OR (source = 'statement:transactions' AND asset_out = 'ETH' AND asset_in = 'BETH')
    )
"""


def upgrade() -> None:
    first = f"(SELECT min(at) FROM ledger_events WHERE account_id = books.account_id AND {STAKED})"
    earliest = f"CASE WHEN dirty_from < {first} THEN dirty_from ELSE {first} END"
    op.execute(f"UPDATE books SET version = version + 1, dirty_from = {earliest} WHERE at >= {first}")
    op.execute(f"UPDATE ledger_events SET kind = 'rename' WHERE {STAKED}")


def downgrade() -> None:
    """The rows are right, whatever the program."""
