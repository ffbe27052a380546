"""What cannot start says why in one line, ends with code 2 and leaves nothing behind; what started ends at Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from backend.tests.forks import run
from backend.tests.process.harness import FOREIGN_SETTINGS, Product, free_port, wait_for
from backend.tests.process.tree import alive, children, needs_proc
from backend.tests.simulator.harness import ROOT

pytestmark = pytest.mark.process

KEYS = {"BINANCE_API_KEY": "key-canary", "BINANCE_API_SECRET": "secret-canary"}
REFUSED = 2
ENDS_WITHIN_S = 5.0
DEMO_WITHIN_S = 60.0


def refused(settings: Mapping[str, str], *command: str) -> str:
    """Run a command that must refuse to start, and return the one line it says."""
    environment = {**os.environ, **dict.fromkeys(FOREIGN_SETTINGS, ""), "PORT": str(free_port()), **settings}
    code, told, errors = run(command or ("start",), environment)
    assert code == REFUSED, errors
    assert told == ""
    assert len(errors.splitlines()) == 1, errors
    assert errors.startswith("Error: ")
    assert "canary" not in errors
    return errors


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "http"}, "PORT=http is not a whole number from 1 to 65535"),
        ({"SNAPSHOT_INTERVAL": "hourly"}, "SNAPSHOT_INTERVAL=hourly is not a whole number"),
        ({"BINANCE_API_KEY": "key-canary"}, "BINANCE_API_SECRET is empty"),
        ({**KEYS, "ADMIN_PASSWORD": "canary"}, "ADMIN_PASSWORD cannot be taken: at least 12 characters"),
        ({"DATABASE_URL": "mysql://u:canary@x/y"}, "DATABASE_URL must start with"),
        ({"HOST": "203.0.113.7"}, "HOST=203.0.113.7 cannot be listened on"),
    ],
)
def test_a_setting_that_cannot_be_used_leaves_nothing_behind(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    assert words in refused({"DATA_DIR": str(tmp_path / "data"), **settings})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["start", "web"])
def test_a_port_that_is_taken_leaves_nothing_behind(tmp_path: Path, command: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = refused({"DATA_DIR": str(tmp_path / "data"), "PORT": str(port)}, command)
    assert line == f"Error: Port {port} is in use: stop the other program or set PORT in .env\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    line = refused({"DATA_DIR": str(file / "data")})
    assert f"The folder {file / 'data'} cannot be written" in line
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert "cannot be written" in refused({"DATA_DIR": str(folder)})
    assert list(folder.iterdir()) == []


@pytest.mark.of_sqlite(reason="integration/db/test_schema.py has the server's")
@pytest.mark.parametrize("command", ["start", "collector", "web", "migrate"])
def test_a_database_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path, command: str) -> None:
    database = tmp_path / "portfolio.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999_from_the_future')")
    before = tables(database)
    line = refused({"DATA_DIR": str(tmp_path)}, command)
    assert "it was made by a newer version" in line
    assert tables(database) == before
    assert [path.name for path in tmp_path.iterdir()] == ["portfolio.db"]


def tables(database: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))


@pytest.mark.of_sqlite(reason="about the file of a database")
def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    database = tmp_path / "portfolio.db"
    database.write_text("a letter to my bank\n" * 200, encoding="utf-8")
    assert "database" in refused({"DATA_DIR": str(tmp_path)})
    assert database.read_text("utf-8").startswith("a letter to my bank")
    assert [path.name for path in tmp_path.iterdir()] == ["portfolio.db"]


# --- what started ends


@pytest.fixture(scope="module")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo whose exchange has made its account, so that later starts are quick."""
    folder = tmp_path_factory.mktemp("demo")
    with Product(folder, {"DEMO_MODE": "true"}) as product:
        wait_for(lambda: (folder / "simulator" / "demo.json").is_file(), "the demo account is made", DEMO_WITHIN_S)
        assert product.stop() == 0
    return folder


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_demo, tmp_path / "demo"))


@needs_proc
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_ends_everything_within_five_seconds(demo: Path, name: str) -> None:
    with Product(demo, {"DEMO_MODE": "true"}) as product:
        simulators = wait_for(lambda: children(product.pid), "the demo's exchange runs", DEMO_WITHIN_S)
        stream = product.request("GET", "/api/events", stream=True)
        assert next(stream.iter_lines()) == b"retry: 2000"
        started = time.monotonic()
        os.kill(product.pid, getattr(signal, name))
        wait_for(lambda: not product.running, "the product ends", ENDS_WITHIN_S)
        wait_for(lambda: not any(map(alive, simulators)), "its exchange ends", ENDS_WITHIN_S)
        assert time.monotonic() - started < ENDS_WITHIN_S
        assert product.stop() == 0
    assert not [path.name for path in demo.iterdir() if path.name.startswith(".write-test")]


def test_ctrl_c_before_anything_runs_prints_no_traceback() -> None:
    program = "import os, signal, {}; os.kill(os.getpid(), signal.SIGINT)"
    found = {
        name: subprocess.run(
            [sys.executable, "-c", program.format(name)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        for name in ("backend", "backend.__main__")
    }
    assert "KeyboardInterrupt" in found["backend"].stderr
    assert (found["backend.__main__"].returncode, found["backend.__main__"].stderr) == (-signal.SIGINT, "")


@needs_proc
def test_the_exchange_of_a_killed_demo_ends_by_itself(demo: Path) -> None:
    with Product(demo, {"DEMO_MODE": "true"}) as product:
        wait_for(lambda: product.get("/api/portfolio/overview")["total_value_usd"], "a value", DEMO_WITHIN_S)
        simulators = children(product.pid)
        assert simulators
        product.kill()
        wait_for(lambda: not any(map(alive, simulators)), "the orphan ends", ENDS_WITHIN_S)


@needs_proc
def test_the_exchange_of_a_demo_killed_while_it_starts_does_not_stay(demo: Path) -> None:
    with Product(demo, {"DEMO_MODE": "true"}) as product:
        simulators = wait_for(lambda: children(product.pid), "the demo's exchange starts", DEMO_WITHIN_S)
        product.kill()
        wait_for(lambda: not any(map(alive, simulators)), "the orphan ends", ENDS_WITHIN_S)


@needs_proc
def test_a_demo_exchange_that_dies_is_started_again_on_the_same_account(demo: Path) -> None:
    with Product(demo, {"DEMO_MODE": "true", "BALANCE_UPDATE_INTERVAL": "1", "EXCHANGE_TIMEOUT": "1"}) as product:
        total = wait_for(lambda: product.get("/api/portfolio/overview")["total_value_usd"], "a value", DEMO_WITHIN_S)
        assert total
        (simulator,) = wait_for(lambda: children(product.pid), "the demo's exchange runs", DEMO_WITHIN_S)
        os.kill(simulator, signal.SIGKILL)
        at = product.get("/api/portfolio/overview")["refreshed_at"]
        wait_for(lambda: product.get("/api/portfolio/overview")["refreshed_at"] > at, "it is read again", DEMO_WITHIN_S)
        wait_for(lambda: product.get("/api/portfolio/overview")["freshness"] == "fresh", "it is fresh", DEMO_WITHIN_S)
        assert len(product.get("/api/portfolio/overview")["accounts"]) == 1


def test_the_file_of_the_application_serves_and_collects(demo: Path) -> None:
    with Product(demo, {"DEMO_MODE": "true"}, file="backend/app.py") as product:
        overview = wait_for(
            lambda: found if (found := product.get("/api/portfolio/overview"))["total_value_usd"] else None,
            "the collector has read the balances",
            DEMO_WITHIN_S,
        )
        assert overview["environment"] == "demo"
        answer = product.request("GET", "/api/portfolio/nav", headers={"Origin": "http://localhost:5173"})
        assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
