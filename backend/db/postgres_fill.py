"""All rows of a SQLite database into an empty PostgreSQL schema, in one transaction."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Table, delete, select, text

from backend.db.all_tables import all_tables
from backend.db.copied_tables import TableCopied, copied
from backend.db.migrate import upgrade_within
from backend.db.models import snapshots
from backend.db.months import days_of, make_months

REFERENCES: Final = text(
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND confrelid = 'snapshots'::regclass AND conparentid = 0 ORDER BY conname"
)


def fill_postgresql(old: Connection, new: Connection) -> list[TableCopied]:
    """Make the tables of the newest schema and copy those of a SQLite database of that schema.

    Raises:
        BackupFailedError: a row did not come out as it went in.
    """
    upgrade_within(new)
    tables = all_tables()
    for table in tables:
        # What they would count and tell is in rows that are copied, too.
        new.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
    for table in reversed(tables):
        # A migration may have put rows there.
        new.execute(delete(table))
    make_months(new, days_of(old, snapshots.c.timestamp))
    # Looked for row by row, each reference to a month costs more than the row; all at once they cost little.
    references = new.execute(REFERENCES).all()
    for table_name, name, _ in references:
        new.execute(text(f"ALTER TABLE {table_name} DROP CONSTRAINT {name}"))
    done = copied(old, new, tables)
    for table_name, name, definition in references:
        new.execute(text(f"ALTER TABLE {table_name} ADD CONSTRAINT {name} {definition}"))
    for table in tables:
        new.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
        _count_on(old, new, table)
    return done


def _count_on(old: Connection, new: Connection, table: Table) -> None:
    """Number new rows behind those that were ever there."""
    number = table.autoincrement_column
    if number is None:
        return
    known = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    told = old.execute(known, {"name": table.name}).scalar() or 0
    last = max(int(told), new.execute(select(number).order_by(number.desc()).limit(1)).scalar() or 0)
    if last > 0:
        counter = text("SELECT setval(pg_get_serial_sequence(:name, :number), :last)")
        new.execute(counter, {"name": f'"{table.name}"', "number": number.name, "last": last})
