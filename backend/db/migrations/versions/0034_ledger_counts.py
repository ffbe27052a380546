"""How many events of each ledger count: the list of accounts tells it, and must not count 100,000 rows for that.

Revision: 0034
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTED = "(CASE WHEN {row}.superseded THEN 0 ELSE 1 END)"
NEW, OLD = COUNTED.format(row="NEW"), COUNTED.format(row="OLD")
# The database counts by itself: events are written, superseded and taken back in many places.
TRIGGERS = {
    "accounts_insert_begins_count": (
        "INSERT ON accounts",
        "INSERT INTO ledger_counts (account_id, events) VALUES (NEW.id, 0);",
    ),
    "ledger_events_insert_counts": (
        "INSERT ON ledger_events",
        f"UPDATE ledger_counts SET events = events + {NEW} WHERE account_id = NEW.account_id;",
    ),
    "ledger_events_update_counts": (
        "UPDATE OF superseded ON ledger_events",
        f"UPDATE ledger_counts SET events = events + {NEW} - {OLD} WHERE account_id = NEW.account_id;",
    ),
    "ledger_events_delete_counts": (
        "DELETE ON ledger_events",
        f"UPDATE ledger_counts SET events = events - {OLD} WHERE account_id = OLD.account_id;",
    ),
}


def upgrade() -> None:
    op.create_table(
        "ledger_counts",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_ledger_counts")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_ledger_counts_account_id"), ondelete="CASCADE"
        ),
    )
    op.execute(
        "INSERT INTO ledger_counts (account_id, events) SELECT accounts.id, "
        "(SELECT count(*) FROM ledger_events WHERE account_id = accounts.id AND NOT superseded) FROM accounts"
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (when, count) in TRIGGERS.items():
        if sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {count} END")
        else:
            body = f"BEGIN {count} RETURN NULL; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
            op.execute(f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (when, _) in TRIGGERS.items():
        table = when.rpartition(" ")[2]
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("ledger_counts")
