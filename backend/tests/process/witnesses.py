"""Triggers that write down who writes each row and who holds the lease then, in the very transaction, and when the
lease passes. Whoever writes gives its name by `witness.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg

from backend.tests.database_places import url_of
from backend.tests.postgresql import given_server
from backend.tests.stored import rows

# The lease itself; log lines, counted weights and checks of the audit trail, which every process has of its own.
OWN: Final = frozenset({"lease", "log_lines", "request_hosts", "request_pools", "audit_anchors", "sqlite_sequence"})

NOT_THE_HOLDER: Final = """SELECT place, writer, sum(rows) FROM witness
WHERE substr(holder, 1, length(writer)) <> writer GROUP BY place, writer"""
STALE: Final = """SELECT coalesce(sum(rows), 0) FROM witness WHERE place = '{place}' AND writer = '{writer}'
AND substr(holder, 1, length(writer)) <> writer AND epoch > (
    SELECT coalesce(min(epoch), 1000000000) FROM reigns WHERE substr(owner, 1, length(witness.writer)) = witness.writer
)"""

TABLES: Final = """
CREATE TABLE witness (place TEXT, writer TEXT, holder TEXT, epoch BIGINT, rows BIGINT,
    PRIMARY KEY (place, writer, holder, epoch));
CREATE TABLE reigns (at_ms BIGINT, owner TEXT, epoch BIGINT, ended_ms BIGINT);
"""
OF_A_FILE: Final = """
CREATE TRIGGER reign_first AFTER INSERT ON lease BEGIN
    INSERT INTO reigns VALUES (NOW_MS, NEW.owner, NEW.epoch, NULL);
END;
CREATE TRIGGER reign_next AFTER UPDATE OF epoch ON lease WHEN NEW.epoch <> OLD.epoch BEGIN
    INSERT INTO reigns VALUES (NOW_MS, NEW.owner, NEW.epoch, OLD.expires_machine);
END;
""".replace("NOW_MS", "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)")
SEEN_IN_A_FILE: Final = """CREATE TRIGGER seen_{what}_{table} AFTER {what} ON "{table}" BEGIN
    INSERT INTO witness SELECT '{table}', writer(), owner, epoch, 1 FROM lease WHERE true
    ON CONFLICT DO UPDATE SET rows = rows + 1;
END;"""
OF_A_SERVER: Final = """
CREATE FUNCTION reign() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO reigns VALUES (CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint), NEW.owner, NEW.epoch,
        CASE WHEN TG_OP = 'UPDATE' THEN OLD.expires_machine END);
    RETURN NULL;
END $$;
CREATE TRIGGER reign_first AFTER INSERT ON lease FOR EACH ROW EXECUTE FUNCTION reign();
CREATE TRIGGER reign_next AFTER UPDATE OF epoch ON lease
    FOR EACH ROW WHEN (NEW.epoch <> OLD.epoch) EXECUTE FUNCTION reign();
CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO witness SELECT TG_ARGV[0], current_setting('application_name'), owner, epoch, 1 FROM lease
    ON CONFLICT (place, writer, holder, epoch) DO UPDATE SET rows = witness.rows + 1;
    RETURN NULL;
END $$;
"""
SEEN_ON_A_SERVER: Final = """CREATE TRIGGER seen AFTER INSERT OR UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION seen('{table}');"""
TABLES_OF_A_SERVER: Final = """SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"""


def place_witnesses(database: Path) -> None:
    """Watch every table that one writes at a time."""
    if given_server() is None:
        names = rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
        seen = [
            SEEN_IN_A_FILE.format(what=what, table=name)
            for (name,) in names
            if name not in OWN
            for what in ("INSERT", "UPDATE", "DELETE")
        ]
        _run(database, TABLES + OF_A_FILE + "\n".join(seen))
    else:
        names = rows(database, TABLES_OF_A_SERVER)
        seen = [SEEN_ON_A_SERVER.format(table=name) for (name,) in names if name not in OWN]
        _run(database, TABLES + OF_A_SERVER + "\n".join(seen))


def dismiss_witnesses(database: Path) -> None:
    """Who writes without a name may write again; what was seen stays."""
    if given_server() is None:
        triggers = rows(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        own = [name for (name,) in triggers if name.startswith(("seen_", "reign_"))]
        _run(database, "\n".join(f'DROP TRIGGER "{name}";' for name in own))
    else:
        _run(database, "DROP FUNCTION seen CASCADE; DROP FUNCTION reign CASCADE")


def _run(database: Path, script: str) -> None:
    if given_server() is None:
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(script)
    else:
        with psycopg.connect(url_of(database)) as server:
            server.execute(script.encode())
