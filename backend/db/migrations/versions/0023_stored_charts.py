"""Charts that are ready to be sent, and a count of all that was done to the cash flows of an account.

Revision: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0025"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WRITES = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
COUNT = "UPDATE account_sync SET flow_changes = flow_changes + 1 WHERE account_id = {row}.account_id;"


def upgrade() -> None:
    op.add_column("account_sync", sa.Column("flow_changes", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "stored_charts",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "days", name=op.f("pk_stored_charts")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_stored_charts_account_id"), ondelete="CASCADE"
        ),
    )
    # The database counts by itself: flows are written in many places, and by a user's own tools.
    sqlite = op.get_bind().dialect.name == "sqlite"
    for write, row in WRITES.items():
        name = f"cash_flows_{write.lower()}_counts"
        count = COUNT.format(row=row)
        if sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {write} ON cash_flows BEGIN {count} END")
        else:
            body = f"BEGIN {count} RETURN NULL; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
            op.execute(f"CREATE TRIGGER {name} AFTER {write} ON cash_flows FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for write in WRITES:
        name = f"cash_flows_{write.lower()}_counts"
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON cash_flows")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("stored_charts")
    op.drop_column("account_sync", "flow_changes")
