"""PostgreSQL tells whoever listens that events were added, when the transaction that added them commits.

SQLite cannot tell another process; there events are looked for.

Revision: 0049
"""

from __future__ import annotations

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

NAME = "tell_of_events"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    body = "BEGIN PERFORM pg_notify('portfolio_events', ''); RETURN NULL; END"
    op.execute(f"CREATE FUNCTION {NAME}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
    op.execute(f"CREATE TRIGGER {NAME} AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"DROP TRIGGER {NAME} ON events")
    op.execute(f"DROP FUNCTION {NAME}()")
