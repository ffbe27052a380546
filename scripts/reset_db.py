"""Delete the local database after asking; the next start makes an empty one and reads the account's history again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from backend.config import SettingsError, load_settings
from backend.db.engine import sqlite_module
from scripts.servers import status

SQLITE = "sqlite:///"
COMPANIONS = ("-wal", "-shm", "-journal", "-sum")


def in_use(database: Path) -> bool:
    """Return whether another process has `database` open.

    Leaving the write-ahead log needs the file for oneself, so SQLite refuses it while anybody else has it open.
    With the rollback journal this sees a transaction only; the caller asks the program's port as well.
    """
    sqlite3 = sqlite_module()
    connection = sqlite3.connect(database, timeout=0.5)
    try:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        connection.rollback()
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:  # damaged: a reason to reset it, and nobody can be using it
        return False
    finally:
        connection.close()
    return False


def delete(database: Path) -> None:
    """Remove the database and SQLite's files beside it (a left-over log would be replayed into the next one)."""
    for path in (database, *(database.with_name(database.name + ending) for ending in COMPANIONS)):
        path.unlink(missing_ok=True)


def main() -> int:
    """Exit code 0 when the database is gone, 1 when the answer was no, 2 when it cannot be reset from here."""
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if not settings.database_url.startswith(SQLITE):
        print("DATABASE_URL names a database server; empty the database there.", file=sys.stderr)
        return 2
    database = Path(settings.database_url.removeprefix(SQLITE))
    if not database.exists():
        print(f"There is no database at {database}.")
        return 0
    if in_use(database) or status(settings.port, "/health") is not None:
        print(f"{database} is in use: stop the program first (Ctrl-C), then run this again.", file=sys.stderr)
        return 2
    if os.environ.get("FORCE") != "1":
        if not sys.stdin.isatty():
            print("Nothing was deleted: set FORCE=1 to delete without being asked.", file=sys.stderr)
            return 2
        if input(f"Delete {database} with all snapshots and manual cash flows? Type yes: ").strip().lower() != "yes":
            print("Nothing was deleted.")
            return 1
    delete(database)
    print(f"Deleted {database}. The next start makes a new one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
