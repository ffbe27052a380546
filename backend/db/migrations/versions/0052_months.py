"""Snapshots lie in a partition a month on PostgreSQL (docs/decisions/0034-postgresql.md).

A table is not turned into a partitioned one: rows go into a new one, in one statement, and the old one is dropped. What
has their key goes on under its name; views on the table, those of the user's own tools too, are made again as they
were, and who may read what still may.

What hangs on a snapshot refers to its id and instant, both of which it has: a partitioned table has no key without the
column that it is parted by. SQLite stays as it is.

Revision: 0052
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from alembic import op

from backend.db.months import days_of, make_months

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

OLD: Final = "snapshots_before"
CHILDREN: Final = ("closings", "hold_rows")
DAILY: Final = "timestamp % 86400000 = 0"
DOUBTFUL: Final = "reason IS NOT NULL"
# Those that stand on others later.
VIEWS: Final = sa.text("""
    WITH RECURSIVE standing (oid, depth) AS (
        SELECT r.ev_class, 1 FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
            AND d.refobjid = 'snapshots'::regclass AND r.ev_class <> d.refobjid
        UNION
        SELECT r.ev_class, s.depth + 1 FROM standing s JOIN pg_depend d ON d.refobjid = s.oid
            JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid
    )
    SELECT c.oid::regclass::text AS name, pg_get_viewdef(c.oid) AS query, array_to_string(c.reloptions, ', ') AS options
    FROM pg_class c JOIN (SELECT oid, max(depth) AS depth FROM standing GROUP BY oid) s ON s.oid = c.oid
    WHERE c.relkind = 'v' ORDER BY s.depth, c.oid
""")
RIGHTS: Final = sa.text("""
    SELECT a.privilege_type AS privilege, a.is_grantable AS further,
        CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = CAST(:name AS regclass) AND a.grantee <> c.relowner
""")


def upgrade() -> None:
    _made_anew(in_months=True)


def downgrade() -> None:
    _made_anew(in_months=False)


def _made_anew(*, in_months: bool) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    again = list(_rights(connection, "snapshots"))
    views = connection.execute(VIEWS).all()
    for view in views:
        again += [_view(view), *_rights(connection, view.name)]
    for view in reversed(views):
        connection.exec_driver_sql(f"DROP VIEW {view.name}")
    for child in CHILDREN:
        op.execute(f"ALTER TABLE {child} DROP CONSTRAINT fk_{child}_snapshot_id")
    # Names of indexes are those of the whole schema.
    op.execute("ALTER TABLE snapshots DROP CONSTRAINT pk_snapshots")
    op.execute("ALTER TABLE snapshots DROP CONSTRAINT uq_snapshots_account_id_timestamp")
    op.execute("DROP INDEX ix_snapshots_daily, ix_snapshots_doubtful")
    op.execute(f"ALTER TABLE snapshots RENAME TO {OLD}")
    if in_months:
        op.execute(f"CREATE TABLE snapshots (LIKE {OLD} INCLUDING DEFAULTS) PARTITION BY RANGE (timestamp)")
        instant = sa.table(OLD, sa.column("timestamp", sa.BigInteger())).c.timestamp
        make_months(connection, days_of(connection, instant))
    else:
        op.execute(f"CREATE TABLE snapshots (LIKE {OLD} INCLUDING DEFAULTS)")
    numbers = connection.execute(sa.text(f"SELECT pg_get_serial_sequence('{OLD}', 'id')")).scalar_one()
    op.execute(f"ALTER SEQUENCE {numbers} OWNED BY snapshots.id")
    op.execute(f"INSERT INTO snapshots SELECT * FROM {OLD}")
    op.execute(f"DROP TABLE {OLD}")
    key = "id, timestamp" if in_months else "id"
    _constrained(key)
    referring = "snapshot_id, timestamp" if in_months else "snapshot_id"
    for child in CHILDREN:
        reference = f"FOREIGN KEY ({referring}) REFERENCES snapshots ({key}) ON DELETE CASCADE"
        op.execute(f"ALTER TABLE {child} ADD CONSTRAINT fk_{child}_snapshot_id {reference}")
    for statement in again:
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _constrained(key: str) -> None:
    """Key, indexes and reference of the new table, when its rows are there: that is quicker."""
    op.execute(f"ALTER TABLE snapshots ADD CONSTRAINT pk_snapshots PRIMARY KEY ({key})")
    op.execute("ALTER TABLE snapshots ADD CONSTRAINT uq_snapshots_account_id_timestamp UNIQUE (account_id, timestamp)")
    reference = "FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE"
    op.execute(f"ALTER TABLE snapshots ADD CONSTRAINT fk_snapshots_account_id {reference}")
    for name, which in (("daily", DAILY), ("doubtful", DOUBTFUL)):
        op.execute(f"CREATE INDEX ix_snapshots_{name} ON snapshots (account_id, timestamp) WHERE {which}")


def _view(view: sa.Row[tuple[str, str, str | None]]) -> str:
    options = f" WITH ({view.options})" if view.options else ""
    return f"CREATE VIEW {view.name}{options} AS {view.query}"


def _rights(connection: sa.Connection, name: str) -> Iterator[str]:
    """The statements that give what others were given."""
    for right in connection.execute(RIGHTS, {"name": name}).all():
        further = " WITH GRANT OPTION" if right.further else ""
        yield f"GRANT {right.privilege} ON {name} TO {right.grantee}{further}"
