"""Resetting the database: asked for, refused while the program runs, and complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.db.engine import sqlite_module
from scripts import reset_db
from scripts.servers import free_port


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "portfolio.db"
    connection = sqlite_module().connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE snapshots (id INTEGER)")
    connection.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.delenv("FORCE", raising=False)
    return path


def test_without_force_and_without_a_person_to_ask_nothing_is_deleted(database: Path) -> None:
    assert reset_db.main() == 2
    assert database.exists()


def test_force_deletes_the_database_and_its_companions(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.with_name("portfolio.db-shm").touch()
    monkeypatch.setenv("FORCE", "1")
    assert reset_db.main() == 0
    assert list(database.parent.iterdir()) == []


def test_a_database_that_is_open_elsewhere_is_kept(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE", "1")
    program = sqlite_module().connect(database)
    program.execute("SELECT * FROM snapshots").fetchall()
    try:
        assert reset_db.main() == 2
    finally:
        program.close()
    assert "is in use: stop the program first" in capsys.readouterr().err
    assert database.exists()


def test_a_damaged_database_can_be_reset(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("FORCE", "1")
    assert reset_db.main() == 0
    assert not database.exists()


def test_a_database_server_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/portfolio")
    monkeypatch.setenv("FORCE", "1")
    assert reset_db.main() == 2
