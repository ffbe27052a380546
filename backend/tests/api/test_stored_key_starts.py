"""What a start makes of stored keys and of the master key, and the command that changes it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from backend import logs
from backend.bootstrap import Container
from backend.bootstrap_first import now_ms
from backend.command_line import main
from backend.config import load_settings
from backend.core.key_store import KeyStore
from backend.core.model.keys import GivenKey, KeyPair
from backend.opening import CannotStartError, running, running_without_keys

PAIR: Final = KeyPair("canary-key-of-live", "canary-secret-of-live")
OLD, NEW = "old-master-key-given-by-the-user-000001", "new-master-key-given-by-the-user-000002"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation in a folder of its own, with no key in its settings."""
    for name in ("BINANCE_API_KEY", "BINANCE_API_SECRET", "DATABASE_URL", "MASTER_KEY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(logs, "configure", lambda level: None)


def stored(environment: str = "live") -> None:
    """A key of an account, as a start with it in the settings leaves it."""
    container = Container(load_settings())
    container.migrate()
    KeyStore(container.store, container.key_parts.sealer, environment, now_ms).take_over([GivenKey("main", PAIR)])
    container.engine.dispose()


def opened() -> KeyPair:
    container = running(False)
    try:
        return container.key_parts.store.read_key(PAIR.reference)
    finally:
        container.engine.dispose()


def rotated() -> Result:
    return CliRunner().invoke(main, ["rotate-key"])


def test_without_any_key_it_is_the_demo_and_with_a_stored_one_it_is_not() -> None:
    container = running(False)
    assert container.settings.environment == "demo"
    container.engine.dispose()
    stored()
    container = running(False)
    assert container.settings.environment == "live"
    container.engine.dispose()
    assert opened() == PAIR


def test_a_simulator_needs_a_key_of_the_settings_or_one_that_was_taken_over_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BINANCE_SIMULATOR_URL", "http://127.0.0.1:1")
    with pytest.raises(CannotStartError, match="needs BINANCE_API_KEY and BINANCE_API_SECRET"):
        running(False)
    stored("simulator")
    container = running(False)
    assert (container.settings.environment, container.settings.accounts) == ("simulator", ())
    container.engine.dispose()
    assert opened() == PAIR


def test_a_web_process_lets_go_of_keys_and_is_where_the_collector_is(monkeypatch: pytest.MonkeyPatch) -> None:
    web = running_without_keys()
    assert web.settings.environment == "demo"
    web.engine.dispose()
    monkeypatch.setenv("BINANCE_API_KEY", PAIR.key)
    monkeypatch.setenv("BINANCE_API_SECRET", PAIR.secret)
    collector = running(False)
    collector.key_parts.tell_environment()
    collector.engine.dispose()
    web = running_without_keys()
    assert (web.settings.environment, web.settings.api_secret, web.settings.accounts) == ("live", "", ())
    web.engine.dispose()
    # The keys of the settings may be the collector's alone.
    monkeypatch.setenv("BINANCE_API_KEY", "")
    monkeypatch.setenv("BINANCE_API_SECRET", "")
    web = running_without_keys()
    assert web.settings.environment == "live"
    web.engine.dispose()
    collector = running(False)
    collector.key_parts.tell_environment()
    collector.engine.dispose()
    web = running_without_keys()
    assert web.settings.environment == "demo"
    web.engine.dispose()


def test_the_demo_can_be_had_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    stored()
    monkeypatch.setenv("DEMO_MODE", "true")
    container = running(False)
    assert container.settings.environment == "demo"
    container.engine.dispose()


def test_settings_that_no_real_account_may_have_are_refused_then_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored()
    monkeypatch.setenv("BALANCE_UPDATE_INTERVAL", "5")
    with pytest.raises(CannotStartError, match="BALANCE_UPDATE_INTERVAL") as end:
        running(False)
    assert end.value.exit_code == 2


def test_a_master_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    stored()
    os.chmod(tmp_path / "secret.key", 0o644)
    with pytest.raises(CannotStartError, match="chmod 600") as end:
        running(False)
    assert end.value.exit_code == 2


def test_the_command_changes_the_master_key(tmp_path: Path) -> None:
    stored()
    before = (tmp_path / "secret.key").read_text("ascii")
    answer = rotated()
    assert (answer.exit_code, "1 sealed anew, 1 old master keys dropped" in answer.output) == (0, True), answer.output
    assert (tmp_path / "secret.key").read_text("ascii") != before
    assert opened() == PAIR


def test_to_a_master_key_of_the_settings_and_to_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored()
    monkeypatch.setenv("MASTER_KEY", OLD)
    assert rotated().exit_code == 0
    assert not (tmp_path / "secret.key").exists()
    monkeypatch.setenv("MASTER_KEY", f"{NEW},{OLD}")
    answer = rotated()
    assert (answer.exit_code, "Take all but the first key" in answer.output) == (0, True), answer.output
    monkeypatch.setenv("MASTER_KEY", NEW)
    assert opened() == PAIR


def test_what_does_not_open_is_told(tmp_path: Path) -> None:
    stored()
    (tmp_path / "secret.key").unlink()
    answer = rotated()
    assert (answer.exit_code, "1 do not open" in answer.output) == (1, True), answer.output
