"""Settings: every default, every refusal in one clear sentence, the file under the environment, and no secret told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from backend.config import PROJECT_ROOT, SETTINGS_HELP, Settings, SettingsError, is_loopback, load_settings

KEY, SECRET = "key-canary-71c", "secret-canary-93f"
KEYS = {"BINANCE_API_KEY": KEY, "BINANCE_API_SECRET": SECRET}
SIMULATOR = {**KEYS, "BINANCE_SIMULATOR_URL": "http://127.0.0.1:8765"}
Load = Callable[..., Settings]


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


@pytest.fixture
def load(env_file: Path) -> Load:
    """Settings from a file that a test may write and from exactly the variables it names."""
    return lambda **env: load_settings(env, env_file)


def refusal(load: Load, **env: str) -> str:
    with pytest.raises(SettingsError) as refused:
        load(**env)
    return str(refused.value)


def test_without_any_key_it_is_the_demo_unless_the_settings_ask_for_real_prices(load: Load) -> None:
    assert load().environment == "demo"
    assert load(WITHOUT_KEY="true").environment == "live"
    assert load(WITHOUT_KEY="true", BINANCE_TESTNET="true").environment == "testnet"
    assert load(WITHOUT_KEY="true", BINANCE_SIMULATOR_URL=SIMULATOR["BINANCE_SIMULATOR_URL"]).environment == "simulator"
    assert load(WITHOUT_KEY="true", DEMO_MODE="true").environment == "demo"
    assert load(WITHOUT_KEY="true", **KEYS).accounts == load(**KEYS).accounts


def test_a_sign_in_is_asked_for_but_of_play_money_on_this_machine(load: Load) -> None:
    real = ({"WITHOUT_KEY": "true"}, KEYS, {**KEYS, "BINANCE_TESTNET": "true"})
    assert {load(**one).sign_in for one in real} == {"always"}
    assert (load().sign_in, load(**SIMULATOR).sign_in) == ("never", "once_set")
    assert {load(**one, HOST="0.0.0.0").sign_in for one in ({}, SIMULATOR, *real)} == {"always"}
    assert load(SIGN_IN="always").sign_in == "always"
    # Behind a proxy that alone reaches the program, the proxy's address counts.
    assert load(HOST="0.0.0.0", PUBLISHED_ON="127.0.0.1").sign_in == "never"
    assert load(HOST="127.0.0.1", PUBLISHED_ON="192.0.2.7").sign_in == "always"


def test_a_hash_may_stand_for_the_first_password_and_is_refused_where_it_is_cut_or_quick_to_guess(load: Load) -> None:
    whole = "$2b$12$" + "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
    assert load(ADMIN_PASSWORD=whole).admin_password == whole
    for broken in (whole[:-1], whole.replace("$12$", "$04$"), "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ", "$2x$rest"):
        words = refusal(load, ADMIN_PASSWORD=broken)
        assert words.startswith("ADMIN_PASSWORD cannot be taken: it begins like a hash")
        assert broken not in words


@pytest.mark.parametrize("password", ["admin", "x" * 11, "a" * 12])
def test_a_first_password_that_is_guessed_stops_the_start_and_is_not_told(load: Load, password: str) -> None:
    words = refusal(load, ADMIN_PASSWORD=password)
    assert words.startswith("ADMIN_PASSWORD cannot be taken: at least")
    assert password not in words
    assert "correct horse" not in repr(load(ADMIN_PASSWORD="correct horse battery"))


DEFAULTS: dict[str, Any] = {
    "host": "127.0.0.1",
    "port": 5000,
    "published_on": "",
    "web_worker": "gevent",
    "web_workers": 1,
    "sign_in_always": False,
    "admin_password": "",
    "set_up_code": "",
    "data_dir": PROJECT_ROOT / "data",
    "database_url": f"sqlite:///{PROJECT_ROOT.as_posix()}/portfolio.db",
    "backup_dir": PROJECT_ROOT / "data" / "backups",
    "backup_interval_s": 86_400,
    "backup_keep_days": 7,
    "backup_keep_weeks": 4,
    "api_key": "",
    "api_secret": "",
    "accounts": (),
    "without_key": False,
    "testnet": False,
    "simulator_url": "",
    "simulator_stream_url": "",
    "demo_mode": False,
    "demo_scenario": "calm",
    "balance_update_interval_s": 30,
    "snapshot_interval_s": 3600,
    "exchange_timeout_s": 10.0,
    "reporting_currency": "USDT",
    "display_time_zone": "UTC",
    "coinmarketcap_key": "",
    "secret_key": "",
    "master_keys": (),
    "metrics_token": "",
    "alert_allowed_hosts": frozenset(),
    "allowed_origins": ("http://localhost",),
    "redis_url": "",
    "workers": "threads",
    "worker_threads": 8,
    "log_level": "INFO",
    "max_log_entries": 10_000,
}


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_has_a_default(load: Load, name: str) -> None:
    assert getattr(load(), name) == DEFAULTS[name]


@pytest.mark.parametrize("name", list(SETTINGS_HELP))
def test_an_empty_value_is_the_default(load: Load, name: str) -> None:
    assert load(**{name: "  "}) == load()


def test_a_key_for_ranks_that_no_header_can_carry_is_refused(load: Load) -> None:
    assert load(COINMARKETCAP_API_KEY=" abc-1 ").coinmarketcap_key == "abc-1"
    for key in ("ab\ncd", "clé", "x" * 201):
        said = refusal(load, COINMARKETCAP_API_KEY=key)
        assert "COINMARKETCAP_API_KEY" in said
        assert key not in said


def test_every_setting_is_explained_once() -> None:
    assert len(SETTINGS_HELP) == len(fields(Settings))


READ: list[tuple[str, str, str, Any]] = [
    ("HOST", " 0.0.0.0 ", "host", "0.0.0.0"),
    ("PORT", "65535", "port", 65535),
    ("DATABASE_URL", "postgresql://u:p@db/x", "database_url", "postgresql://u:p@db/x"),
    ("DEMO_MODE", "YES", "demo_mode", True),
    ("DEMO_MODE", "off", "demo_mode", False),
    ("DEMO_SCENARIO", "Crash", "demo_scenario", "crash"),
    ("BALANCE_UPDATE_INTERVAL", "1", "balance_update_interval_s", 1),
    ("SNAPSHOT_INTERVAL", "86400", "snapshot_interval_s", 86_400),
    ("EXCHANGE_TIMEOUT", "0.3", "exchange_timeout_s", 0.3),
    ("REPORTING_CURRENCY", "fdusd", "reporting_currency", "FDUSD"),
    ("DISPLAY_TIME_ZONE", "Europe/Paris", "display_time_zone", "Europe/Paris"),
    ("SECRET_KEY", "x" * 32, "secret_key", "x" * 32),
    ("ALLOWED_ORIGINS", "https://a.example/, http://b:81", "allowed_origins", ("https://a.example", "http://b:81")),
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ("MAX_LOG_ENTRIES", "100", "max_log_entries", 100),
    ("PUBLISHED_ON", "0.0.0.0", "published_on", "0.0.0.0"),
    ("WEB_WORKER", "GTHREAD", "web_worker", "gthread"),
    ("WEB_WORKERS", "4", "web_workers", 4),
    ("SET_UP_CODE", "a-code-of-mine", "set_up_code", "a-code-of-mine"),
]


@pytest.mark.parametrize(("name", "text", "field", "value"), READ)
def test_a_value_is_read(load: Load, name: str, text: str, field: str, value: Any) -> None:
    assert getattr(load(**{name: text}), field) == value


WHOLE = "is not a whole number from"
REFUSED: list[tuple[str, str, str]] = [
    ("WEB_WORKER", "sync", "WEB_WORKER=sync is not one of gevent, gthread"),
    ("WEB_WORKERS", "0", f"WEB_WORKERS=0 {WHOLE} 1 to 64"),
    ("SET_UP_CODE", "1234567", "SET_UP_CODE is shorter than 8 characters: use a longer random text"),
    ("PORT", "0", f"PORT=0 {WHOLE} 1 to 65535"),
    ("PORT", "65536", f"PORT=65536 {WHOLE} 1 to 65535"),
    ("PORT", "http", f"PORT=http {WHOLE} 1 to 65535"),
    ("PORT", "5_000", f"PORT=5_000 {WHOLE} 1 to 65535"),
    ("PORT", "٥٠٠٠", f"PORT=٥٠٠٠ {WHOLE} 1 to 65535"),
    ("BALANCE_UPDATE_INTERVAL", "0", f"BALANCE_UPDATE_INTERVAL=0 {WHOLE} 1 to 86400"),
    ("BALANCE_UPDATE_INTERVAL", "-30", f"BALANCE_UPDATE_INTERVAL=-30 {WHOLE} 1 to 86400"),
    ("SNAPSHOT_INTERVAL", "1.5", f"SNAPSHOT_INTERVAL=1.5 {WHOLE} 1 to 86400"),
    ("EXCHANGE_TIMEOUT", "soon", "EXCHANGE_TIMEOUT=soon is not a number from 0.05 to 120.0"),
    ("EXCHANGE_TIMEOUT", "nan", "EXCHANGE_TIMEOUT=nan is not a number from 0.05 to 120.0"),
    ("EXCHANGE_TIMEOUT", "inf", "EXCHANGE_TIMEOUT=inf is not a number from 0.05 to 120.0"),
    ("EXCHANGE_TIMEOUT", "0", "EXCHANGE_TIMEOUT=0 is not a number from 0.05 to 120.0"),
    ("BINANCE_TESTNET", "maybe", "BINANCE_TESTNET=maybe is neither true nor false"),
    ("DEMO_MODE", "2", "DEMO_MODE=2 is neither true nor false"),
    ("DEMO_SCENARIO", "moon", "DEMO_SCENARIO=moon is not one of calm, bull, bear, crash"),
    ("LOG_LEVEL", "loud", "LOG_LEVEL=LOUD is not one of DEBUG, INFO, WARNING, ERROR"),
    ("REPORTING_CURRENCY", "US$", "REPORTING_CURRENCY=US$ is not the name of an asset, such as USDT"),
    ("DISPLAY_TIME_ZONE", "Mars/Base", "DISPLAY_TIME_ZONE=Mars/Base is not a time zone, such as UTC or Europe/Paris"),
    ("DISPLAY_TIME_ZONE", "../x", "DISPLAY_TIME_ZONE=../x is not a time zone, such as UTC or Europe/Paris"),
    ("ALLOWED_ORIGINS", "localhost", "ALLOWED_ORIGINS: localhost is not an origin, such as http://localhost"),
    ("ALLOWED_ORIGINS", "*", "ALLOWED_ORIGINS: * is not an origin, such as http://localhost"),
    (
        "BINANCE_SIMULATOR_URL",
        "127.0.0.1:8765",
        "BINANCE_SIMULATOR_URL=127.0.0.1:8765 is not an address, such as http://127.0.0.1:8765",
    ),
    (
        "BINANCE_SIMULATOR_URL",
        "http://10.0.0.7:8765",
        "BINANCE_SIMULATOR_URL=http://10.0.0.7:8765 is not on this machine: the simulator answers on loopback only",
    ),
    (
        "BINANCE_SIMULATOR_STREAM_URL",
        "http://127.0.0.1:8766",
        "BINANCE_SIMULATOR_STREAM_URL=http://127.0.0.1:8766 is not an address, such as ws://127.0.0.1:8766",
    ),
    ("DATABASE_URL", "mysql://u:p@db/x", "DATABASE_URL must start with sqlite:/// or postgresql://"),
    ("MAX_LOG_ENTRIES", "99", f"MAX_LOG_ENTRIES=99 {WHOLE} 100 to 1000000"),
    (
        "SECRET_KEY",
        "short-canary",
        "SECRET_KEY is shorter than 32 characters: use a longer random text, or leave it empty",
    ),
]


@pytest.mark.parametrize(("name", "text", "sentence"), REFUSED)
def test_a_value_that_cannot_be_used_is_refused_in_one_sentence(
    load: Load, name: str, text: str, sentence: str
) -> None:
    assert refusal(load, **{name: text}) == sentence


@pytest.mark.parametrize("given", ["BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_SECRET_KEY"])
def test_half_a_pair_of_keys_is_refused_and_the_missing_half_named(load: Load, given: str) -> None:
    missing = "BINANCE_API_SECRET" if given == "BINANCE_API_KEY" else "BINANCE_API_KEY"
    assert refusal(load, **{given: KEY}).startswith(f"{missing} is empty: ")


def test_the_secret_may_stand_under_its_older_name_and_the_newer_wins(load: Load) -> None:
    old = {"BINANCE_API_KEY": KEY, "BINANCE_SECRET_KEY": "older"}
    assert load(**old).api_secret == "older"
    assert load(**old, BINANCE_API_SECRET=SECRET).api_secret == SECRET


def test_the_environment_wins_over_the_file(load: Load, env_file: Path) -> None:
    env_file.write_text("PORT=5001\nDEMO_SCENARIO='bear'  # a comment\nexport LOG_LEVEL=ERROR\n", encoding="utf-8")
    found = load(PORT="5002")
    assert (found.port, found.demo_scenario, found.log_level) == (5002, "bear", "ERROR")


def test_an_empty_variable_hides_the_file(load: Load, env_file: Path) -> None:
    env_file.write_text("\n".join(f"{name}={value}" for name, value in KEYS.items()), encoding="utf-8")
    assert load().environment == "live"
    assert load(BINANCE_API_KEY="", BINANCE_API_SECRET="").environment == "demo"


def test_a_bad_value_of_the_file_is_refused_like_any(load: Load, env_file: Path) -> None:
    env_file.write_text("PORT=five\n", encoding="utf-8")
    assert refusal(load).startswith("PORT=five ")


@pytest.mark.parametrize(
    ("env", "environment"),
    [
        ({}, "demo"),
        (KEYS, "live"),
        ({**KEYS, "BINANCE_TESTNET": "true"}, "testnet"),
        (SIMULATOR, "simulator"),
        ({**SIMULATOR, "BINANCE_TESTNET": "true"}, "simulator"),
        ({**KEYS, "DEMO_MODE": "true"}, "demo"),
        ({"DEMO_MODE": "true", "BINANCE_API_KEY": KEY}, "demo"),
    ],
)
def test_the_keys_decide_the_environment_and_demo_mode_overrides_them(
    load: Load, env: dict[str, str], environment: str
) -> None:
    assert load(**env).environment == environment


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BALANCE_UPDATE_INTERVAL": "29"}, "BALANCE_UPDATE_INTERVAL must be 30 or more with a real account"),
        ({"SNAPSHOT_INTERVAL": "299"}, "SNAPSHOT_INTERVAL must be 300 or more with a real account"),
    ],
)
def test_a_real_account_is_read_gently(load: Load, changes: dict[str, str], words: str) -> None:
    for real in (KEYS, {**KEYS, "BINANCE_TESTNET": "true"}):
        assert refusal(load, **real, **changes).startswith(words)
    load(**SIMULATOR, **changes)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9"])
def test_loopback_addresses_are_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "localhost.example", "", "127.0.0.1.example"])
def test_other_addresses_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_the_data_folder_holds_the_database_unless_an_address_is_given(load: Load, tmp_path: Path) -> None:
    found = load(DATA_DIR=str(tmp_path / "a" / ".." / "b"))
    assert found.data_dir == tmp_path / "b"
    assert found.database_url == f"sqlite:///{tmp_path.as_posix()}/b/portfolio.db"
    assert load(DATA_DIR=str(tmp_path), DATABASE_URL="sqlite:///x.db").database_url == "sqlite:///x.db"


@pytest.mark.parametrize(
    "env",
    [
        {"ADMIN_PASSWORD": "canary"},
        {**KEYS, "PORT": "x"},
        {**KEYS, "BALANCE_UPDATE_INTERVAL": "1"},
        {"BINANCE_API_KEY": KEY},
        {"BINANCE_API_SECRET": SECRET},
        {"SECRET_KEY": "short-canary"},
        {"DATABASE_URL": "mysql://user:password-canary@db/x"},
        {"MASTER_KEY": "master-canary", "PORT": "x"},
    ],
)
def test_no_secret_stands_in_a_refusal(load: Load, env: dict[str, str]) -> None:
    assert "canary" not in refusal(load, **env)


def test_no_secret_stands_in_the_text_of_the_settings(load: Load) -> None:
    addresses = {"DATABASE_URL": "postgresql://u:canary@db/x", "REDIS_URL": "redis://:canary@cache"}
    found = load(**KEYS, **addresses, SECRET_KEY="canary" * 6, MASTER_KEY="canary" * 6)
    assert "canary" not in f"{found} {found!r}"
