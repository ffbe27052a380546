"""A PostgreSQL server for tests: one of the machine's programs in a folder of its own, or the one that is given.

Programs: of the newest version below /usr/lib/postgresql, or on the PATH. They refuse root, and are run as nobody then.
`TEST_POSTGRESQL_URL` names a server instead (`postgresql://user@host/postgres`); its user must be allowed to make
databases.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.engine import make_url

GIVEN: Final = "TEST_POSTGRESQL_URL"
USER: Final = "portfolio"
# Names the run, so that two at once on a given server do not meet.
RUN: Final = "TEST_POSTGRESQL_RUN"
# A cluster of an hour: what a power cut would take matters to nobody.
FAST: Final = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=400")


class NoServerError(Exception):
    """No PostgreSQL can be had here; the text says why."""


@dataclass
class Server:
    """One that runs; `address` names a database that is always there."""

    address: URL

    def url(self, name: str) -> str:
        """The address of a database."""
        return self.address.set(database=name).render_as_string(hide_password=False)

    @cached_property
    def _engine(self) -> Engine:
        return create_engine(self.address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")

    def names(self) -> set[str]:
        """Which databases of tests are there."""
        found = (str(name) for (name,) in self._told("SELECT datname FROM pg_database"))
        return {name for name in found if name.startswith(_prefix())}

    def make(self, name: str, template: str = "template0") -> None:
        # Whatever the locale of the cluster: the program must not rest on it, so one that sorts otherwise is taken.
        self._told(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name: str) -> None:
        """Take a database away, whoever has it open."""
        self._told(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self, name: str) -> None:
        """End the connections to a database: a pool that is thrown away may leave one for a moment."""
        self._told(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def rename(self, name: str, other: str) -> None:
        self._told(f'ALTER DATABASE "{name}" RENAME TO "{other}"')

    def rows(self, name: str) -> bytes:
        """Every row of a database, as COPY writes them."""
        found: list[bytes] = []
        with psycopg.connect(self.url(name)) as connection, connection.cursor() as cursor:
            # Of a partitioned table its partitions have the rows.
            query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            tables = cursor.execute(query).fetchall()
            for (table,) in tables:
                with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
                    found += map(bytes, copy)
        return b"".join(found)

    def _told(self, statement: str) -> Sequence[Sequence[object]]:
        with self._engine.connect() as connection:
            done = connection.execute(text(statement))
            return [tuple(row) for row in done] if done.returns_rows else []


def name_of(file: Path) -> str:
    """The name of the database that stands for a file."""
    return _prefix() + sha256(str(file.resolve()).encode()).hexdigest()[:20]


def name_for(what: str) -> str:
    """The name of a database that stands for no file."""
    return _prefix() + what


def _prefix() -> str:
    return f"portfolio_test_{os.environ.get(RUN, '')}_"


def given_server() -> Server | None:
    """The one that the environment names; `--postgresql` puts it there."""
    url = os.environ.get(GIVEN)
    return _server_at(url) if url else None


@cache
def _server_at(url: str) -> Server:
    return Server(make_url(url))


def why_no_server() -> str | None:
    """Why no tests can run on PostgreSQL here; None: they can."""
    try:
        if given_server() is None:
            _programs()
    except NoServerError as error:
        return str(error)
    return None


@contextmanager
def running_server() -> Iterator[Server]:
    """The given server, else one that is started and taken away again.

    Raises:
        NoServerError: there is none, and none can be started.
    """
    given = given_server()
    if given is not None:
        yield given
        for name in given.names():
            given.drop(name)
        return
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="portfolio-postgresql-"))
    try:
        _hand_over(folder)
        data = str(folder / "data")
        _run([str(programs / "initdb"), "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"])
        settings = [*FAST, "listen_addresses=", f"unix_socket_directories={folder}"]
        options = " ".join(f"-c {one}" for one in settings)
        control = [str(programs / "pg_ctl"), "-D", data, "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield Server(URL.create("postgresql", USER, database="postgres", query={"host": str(folder)}))
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the server's programs."""
    if sys.platform == "win32":
        raise NoServerError("the tests start PostgreSQL on Linux and macOS only")
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    found = sorted((one for one in places if (one / "initdb").exists()), key=lambda one: _version(one))
    on_path = shutil.which("initdb")
    if found:
        return found[-1]
    if on_path is not None:
        return Path(on_path).resolve().parent
    raise NoServerError(f"PostgreSQL's server programs (initdb, pg_ctl) are not installed, and {GIVEN} names no server")


def _version(folder: Path) -> int:
    digits = "".join(one for one in folder.parent.name if one.isdigit())
    return int(digits or 0)


def _hand_over(folder: Path) -> None:
    """Give a folder to whom the server runs as."""
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            raise NoServerError("PostgreSQL refuses to run as root, and setpriv is missing")
        shutil.chown(folder, "nobody")
    folder.chmod(0o755)


def _run(command: list[str]) -> None:
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    # To a file: the server keeps what it was started with open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [*nobody, *command], cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
        if done.returncode:
            output.seek(0)
            raise NoServerError(f"{command[0]} failed: {output.read().decode(errors='replace')[-2000:]}")
