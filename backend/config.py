"""Settings: the only reader of the environment, at start, into one frozen typed object.

A bad value stops the start with one clear line (`SettingsError`); there is no default secret.
How one value is read: `setting_values.py`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values

from backend.accounts_file import AccountSettings, AccountsFileError, read_accounts, refuse_doubles
from backend.setting_values import Reader
from backend.setting_values import SettingsError as SettingsError
from backend.setting_values import is_loopback as is_loopback

PROJECT_ROOT: Final = Path(__file__).resolve().parent.parent
SCENARIOS: Final = ("calm", "bull", "bear", "crash")
ACCOUNTS_FILE: Final = "accounts.toml"
# What the account of BINANCE_API_KEY is called.
FIRST_NAME: Final[Mapping[str, str]] = {"simulator": "simulator", "testnet": "testnet", "live": "main"}
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")

SETTINGS_HELP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "HOST": "address to listen on",
        "PORT": "port to listen on",
        "PUBLISHED_ON": "address under which a proxy before the program is reached; HOST when empty",
        "WEB_WORKER": "kind of gunicorn worker of `web --gunicorn`: gevent or gthread",
        "WEB_WORKERS": "number of gunicorn workers",
        "SIGN_IN": "auto, or always: ask for a sign-in in a demo on this machine, too",
        "ADMIN_PASSWORD": "first password of the user admin, 12 characters or more; read while none is set",
        "SET_UP_CODE": "code that the first visit from elsewhere is asked for; each start makes one when empty",
        "DATA_DIR": "folder for the database, secrets, simulator state, logs and backups",
        "BACKUP_DIR": "folder for backups; empty: backups in DATA_DIR",
        "BACKUP_INTERVAL": "seconds between two backups made by itself; 0: none",
        "BACKUP_KEEP_DAYS": "days of which the newest backup is kept",
        "BACKUP_KEEP_WEEKS": "weeks of which the newest backup is kept",
        "DATABASE_URL": "database address; wins over DATA_DIR",
        "BINANCE_API_KEY": "API key; without one the program starts in demo mode",
        "BINANCE_API_SECRET": "API secret (BINANCE_SECRET_KEY is read as well)",
        "ACCOUNTS_FILE": "several accounts with their keys; accounts.toml in DATA_DIR where there is one",
        "WITHOUT_KEY": "true starts without any key: accounts live from statements, at the exchange's public prices",
        "BINANCE_TESTNET": "true uses Binance's spot testnet",
        "BINANCE_SIMULATOR_URL": "address of a simulator to use in place of Binance",
        "BINANCE_SIMULATOR_STREAM_URL": "address of that simulator's streams; without it there is no live update",
        "DEMO_MODE": "true forces demo mode even with keys",
        "DEMO_SCENARIO": "market of a new demo: calm, bull, bear or crash",
        "BALANCE_UPDATE_INTERVAL": "seconds between two balance refreshes",
        "SNAPSHOT_INTERVAL": "seconds between two snapshots",
        "EXCHANGE_TIMEOUT": "seconds to wait for an answer of the exchange",
        "REPORTING_CURRENCY": "asset that every value is expressed in",
        "COINMARKETCAP_API_KEY": "your key of CoinMarketCap, where none is entered on the page Settings",
        "DISPLAY_TIME_ZONE": 'time zone whose midnight starts "today", while none is chosen under Settings',
        "SECRET_KEY": "nothing is signed with it: sessions are random and kept in the database; 32 characters or more",
        "MASTER_KEY": "seals API keys at rest; 32 random characters or more; made and kept in DATA_DIR when empty",
        "METRICS_TOKEN": "lets a Prometheus server of another machine read /metrics; 32 characters or more",
        "ALLOWED_ORIGINS": "origins, comma-separated, that a browser may call the API from",
        "ALERT_ALLOWED_HOSTS": "hosts, comma-separated, that alerts may be sent to by webhook or e-mail",
        "REDIS_URL": "Redis for installations of more than one machine",
        "WORKERS": "who does the steps of accounts: threads (of the collector), or celery (workers; needs REDIS_URL)",
        "WORKER_THREADS": "steps that one worker does at once",
        "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
        "MAX_LOG_ENTRIES": "log lines kept in memory for the System page",
    }
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. Intervals and time-outs are seconds. Its text leaves out what may hold a secret."""

    host: str
    port: int
    published_on: str
    web_worker: str
    web_workers: int
    sign_in_always: bool
    admin_password: str = field(repr=False)
    set_up_code: str = field(repr=False)
    data_dir: Path
    database_url: str = field(repr=False)
    backup_dir: Path
    backup_interval_s: int
    backup_keep_days: int
    backup_keep_weeks: int
    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    accounts: tuple[AccountSettings, ...]
    without_key: bool
    testnet: bool
    simulator_url: str
    simulator_stream_url: str
    demo_mode: bool
    demo_scenario: str
    balance_update_interval_s: int
    snapshot_interval_s: int
    exchange_timeout_s: float
    reporting_currency: str
    display_time_zone: str
    coinmarketcap_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    master_keys: tuple[str, ...] = field(repr=False)
    metrics_token: str = field(repr=False)
    allowed_origins: tuple[str, ...]
    alert_allowed_hosts: frozenset[str]
    redis_url: str = field(repr=False)
    workers: str
    worker_threads: int
    log_level: str
    max_log_entries: int

    @property
    def environment(self) -> str:
        """demo, simulator, testnet or live."""
        if self.demo_mode or not (self.accounts or self.simulator_url or self.without_key):
            return "demo"
        return self.real_environment

    @property
    def real_environment(self) -> str:
        """What `environment` is without the demo: simulator, testnet or live."""
        return _real_environment(self.testnet, self.simulator_url)

    @property
    def sign_in(self) -> Literal["always", "once_set", "never"]:
        """When a sign-in is asked for: money that is not real and that only this machine sees needs none."""
        if self.sign_in_always or not self.loopback:
            return "always"
        if self.environment == "simulator":
            return "once_set"
        return "never" if self.environment == "demo" else "always"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not be read in a log; those that are not set are empty."""
        keys = [text for one in self.accounts for text in (one.api_key, one.api_secret)]
        addresses = [urlsplit(address).password or "" for address in (self.database_url, self.redis_url)]
        own = (self.api_key, self.api_secret, self.coinmarketcap_key, self.secret_key, self.admin_password)
        return (*own, self.set_up_code, *self.master_keys, self.metrics_token, *keys, *addresses)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the program, or the proxy that alone reaches it."""
        return is_loopback(self.published_on or self.host)


def _real_environment(testnet: bool, simulator_url: str) -> str:
    if simulator_url:
        return "simulator"
    return "testnet" if testnet else "live"


def load_settings(env: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read `.env` and the environment (which wins) into `Settings`.

    Raises:
        SettingsError: a value cannot be used; names the setting, the value and what would be right.
    """
    file_values = dotenv_values(env_file or PROJECT_ROOT / ".env")
    given = {name: value for name, value in file_values.items() if value is not None}
    given |= dict(os.environ if env is None else env)
    read = Reader(given)

    data_dir_text = read.text("DATA_DIR")
    data_dir = Path(data_dir_text).expanduser().resolve() if data_dir_text else PROJECT_ROOT / "data"
    database_file = data_dir / "portfolio.db" if data_dir_text else PROJECT_ROOT / "portfolio.db"
    backup_dir_text = read.text("BACKUP_DIR")
    api_key = read.text("BINANCE_API_KEY")
    api_secret = read.text("BINANCE_API_SECRET") or read.text("BINANCE_SECRET_KEY")
    testnet = read.boolean("BINANCE_TESTNET", False)
    simulator_url = read.loopback_url("BINANCE_SIMULATOR_URL", "http://127.0.0.1:8765", ("http", "https"))
    demo_mode = read.boolean("DEMO_MODE", False)
    name = FIRST_NAME[_real_environment(testnet, simulator_url)]
    settings = Settings(
        host=read.text("HOST", "127.0.0.1"),
        port=read.integer("PORT", 5000, 1, 65535),
        published_on=read.text("PUBLISHED_ON"),
        web_worker=read.choice("WEB_WORKER", "gevent", ("gevent", "gthread")),
        web_workers=read.integer("WEB_WORKERS", 1, 1, 64),
        sign_in_always=read.choice("SIGN_IN", "auto", ("auto", "always")) == "always",
        admin_password=read.password("ADMIN_PASSWORD"),
        set_up_code=read.code("SET_UP_CODE"),
        data_dir=data_dir,
        database_url=read.database_url("DATABASE_URL", f"sqlite:///{database_file.as_posix()}"),
        backup_dir=Path(backup_dir_text).expanduser().resolve() if backup_dir_text else data_dir / "backups",
        backup_interval_s=read.integer("BACKUP_INTERVAL", 86_400, 0, 31_536_000),
        backup_keep_days=read.integer("BACKUP_KEEP_DAYS", 7, 1, 3650),
        backup_keep_weeks=read.integer("BACKUP_KEEP_WEEKS", 4, 0, 520),
        api_key=api_key,
        api_secret=api_secret,
        accounts=() if demo_mode else _accounts(read.text("ACCOUNTS_FILE"), data_dir, name, api_key, api_secret),
        without_key=read.boolean("WITHOUT_KEY", False),
        testnet=testnet,
        simulator_url=simulator_url,
        simulator_stream_url=read.loopback_url("BINANCE_SIMULATOR_STREAM_URL", "ws://127.0.0.1:8766", ("ws", "wss")),
        demo_mode=demo_mode,
        demo_scenario=read.choice("DEMO_SCENARIO", "calm", SCENARIOS),
        balance_update_interval_s=read.integer("BALANCE_UPDATE_INTERVAL", 30, 1, 86_400),
        snapshot_interval_s=read.integer("SNAPSHOT_INTERVAL", 3600, 1, 86_400),
        exchange_timeout_s=read.number("EXCHANGE_TIMEOUT", 10.0, 0.05, 120.0),
        reporting_currency=read.asset("REPORTING_CURRENCY", "USDT"),
        display_time_zone=read.zone("DISPLAY_TIME_ZONE", "UTC"),
        coinmarketcap_key=read.header("COINMARKETCAP_API_KEY"),
        secret_key=read.secret("SECRET_KEY"),
        master_keys=read.secrets("MASTER_KEY"),
        metrics_token=read.secret("METRICS_TOKEN"),
        allowed_origins=read.origins("ALLOWED_ORIGINS", "http://localhost"),
        alert_allowed_hosts=read.hosts("ALERT_ALLOWED_HOSTS"),
        redis_url=read.redis_url("REDIS_URL"),
        workers=read.choice("WORKERS", "threads", ("threads", "celery")),
        worker_threads=read.integer("WORKER_THREADS", 8, 1, 64),
        log_level=read.choice("LOG_LEVEL", "INFO", LOG_LEVELS, upper=True),
        max_log_entries=read.integer("MAX_LOG_ENTRIES", 10_000, 100, 1_000_000),
    )
    _check_together(settings)
    return settings


def _accounts(file_text: str, data_dir: Path, name: str, api_key: str, api_secret: str) -> tuple[AccountSettings, ...]:
    """The account of BINANCE_API_KEY, then those of the accounts file."""
    file = Path(file_text).expanduser().resolve() if file_text else data_dir / ACCOUNTS_FILE
    first = (AccountSettings(name, api_key, api_secret),) if api_key else ()
    if not (file_text or file.exists()):
        return first
    try:
        found = (*first, *read_accounts(file))
        refuse_doubles(found, f"BINANCE_API_KEY and {file.name}")
    except AccountsFileError as error:
        raise SettingsError(str(error)) from None
    return found


def _check_together(settings: Settings) -> None:
    environment = settings.environment
    if not settings.demo_mode and bool(settings.api_key) != bool(settings.api_secret):
        missing = "BINANCE_API_SECRET" if settings.api_key else "BINANCE_API_KEY"
        raise SettingsError(f"{missing} is empty: set both the API key and its secret, or neither for demo mode")
    if settings.workers == "celery" and not settings.redis_url:
        raise SettingsError("WORKERS=celery needs REDIS_URL: workers are told through Redis what to do")
    if 0 < settings.backup_interval_s < 300:
        raise SettingsError("BACKUP_INTERVAL must be 300 or more, or 0 for no backups")
    if environment in ("live", "testnet"):
        if settings.balance_update_interval_s < 30:
            raise SettingsError("BALANCE_UPDATE_INTERVAL must be 30 or more with a real account")
        if settings.snapshot_interval_s < 300:
            raise SettingsError("SNAPSHOT_INTERVAL must be 300 or more with a real account")


def with_stored_keys(settings: Settings) -> Settings:
    """The settings of an installation whose keys are stored: it is no demo, though none stands in the settings.

    Raises:
        SettingsError: a setting cannot be used with a real account.
    """
    known = replace(settings, without_key=True)
    _check_together(known)
    return known
