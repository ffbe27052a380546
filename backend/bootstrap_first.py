"""The part of the composition root that a start needs for its first figures: the rest is imported behind it.

What is imported here is what the first visitor of a small machine waits for (decision 0037).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.api.answers import ReadCache
from backend.api.deps import FirstServices
from backend.bootstrap_backups import BackupParts
from backend.bootstrap_keys import KeyParts
from backend.bootstrap_redis import RedisParts
from backend.config import PROJECT_ROOT
from backend.core.heavy_work import HeavyWork
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.sign_in.sessions import Sessions
from backend.db.dialect import POSTGRESQL
from backend.db.engine import make_engine
from backend.db.file_sum import leave_sum
from backend.db.unit_of_work import SqlStore
from backend.observing import Observing
from backend.services.courtesy import Courtesy

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.config import Settings
    from backend.core.sign_in.auth import Auth
    from backend.core.sign_in.ports import PasswordHashes
    from backend.services.event_feed import EventFeed

DASHBOARD: Final = PROJECT_ROOT / "frontend" / "dist"


def now_ms() -> int:
    """This machine's clock, in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Beginning:
    """Builds each part once, when it is first asked for."""

    settings: Settings
    development: bool = False
    password_hashes: PasswordHashes | None = None
    heavy_work: HeavyWork = field(default_factory=HeavyWork)

    @cached_property
    def engine(self) -> Engine:
        return make_engine(self.settings.database_url)

    @cached_property
    def redis(self) -> RedisParts:
        """What is shared by the processes of more than one machine; nothing without REDIS_URL."""
        return RedisParts(self.settings)

    @cached_property
    def store(self) -> SqlStore:
        return SqlStore(self.engine, now_ms, self.redis.told())

    @cached_property
    def courtesy(self) -> Courtesy:
        """What the background asks before it goes on, while the web server of this process opens a page."""
        return Courtesy()

    @cached_property
    def observing(self) -> Observing:
        """Where the log goes, and what the program finds out about itself."""
        return Observing(self.settings, self.engine, now_ms, self.courtesy.stand_aside, self.redis.look)

    @cached_property
    def key_parts(self) -> KeyParts:
        """What keys are kept with."""
        return KeyParts(self.settings, self.store, now_ms)

    @cached_property
    def feed(self) -> EventFeed:
        if self.engine.dialect.name != POSTGRESQL:
            return self.redis.feed(self.store, None)
        from backend.db.notices import EventNotices

        return self.redis.feed(self.store, EventNotices(self.engine))

    @cached_property
    def view_settings(self) -> ViewSettings:
        """What pages need to know of the settings."""
        settings = self.settings
        return ViewSettings(
            environment=settings.environment,
            reporting_currency=settings.reporting_currency,
            interval_s=settings.balance_update_interval_s,
            snapshot_interval_s=settings.snapshot_interval_s,
            display_time_zone=settings.display_time_zone,
        )

    def migrate(self, backup: bool = True) -> None:
        """Bring the database to the newest schema; an older one is backed up before, unless `backup` says otherwise."""
        self.backups.upgrade(backup)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self.store, self.settings.sign_in, now_ms)

    @cached_property
    def auth(self) -> Auth:
        """Who may use the program."""
        from backend.bootstrap_sign_in import auth, slow_hashes

        hashes = self.password_hashes or slow_hashes(self.settings, self.heavy_work)
        return auth(self.settings, self.store, self.key_parts.sealer, hashes, self.sessions, now_ms)

    @cached_property
    def backups(self) -> BackupParts:
        """What makes backups of the database."""
        return BackupParts(self.settings, self.engine, self.store, now_ms, self.heavy_work)

    def close(self) -> None:
        """Write what still waits, and let go of the database; the last one leaves the sum of its file."""
        self.observing.stop()
        self.engine.dispose()
        if self.engine.url.get_backend_name() == "sqlite" and self.engine.url.database:
            leave_sum(Path(self.engine.url.database))

    @cached_property
    def portfolio(self) -> PortfolioView:
        """What is held and what it is worth."""
        return PortfolioView(self.store, self.view_settings, now_ms)

    @cached_property
    def cache(self) -> ReadCache:
        """Answers that are kept while the data stand still; `feed` must be started."""
        shared = self.redis.answers(self.store, self.key_parts.vault.ring, self.view_settings)
        return ReadCache(lambda: self.feed.revision, shared=shared)

    def first_services(self) -> FirstServices:
        """What the first pages are answered from."""
        return FirstServices(
            portfolio=self.portfolio,
            feed=self.feed,
            sessions=self.sessions,
            cache=self.cache,
            dashboard=DASHBOARD,
            page_opens=self.courtesy.page_opens,
            allowed_origins=self.settings.allowed_origins,
            development=self.development,
        )
