"""The part of the composition root that builds what processes share in Redis.

Without REDIS_URL nothing of it is built, and none of its packages is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.core.model.health import NO_REDIS, RedisState
from backend.db.migrate import newest_schema
from backend.services.event_feed import EventFeed, Notices

if TYPE_CHECKING:
    from backend.api.shared_answers import SharedAnswers
    from backend.config import Settings
    from backend.core.answer_ports import AnswerSeal
    from backend.core.portfolio_view import ViewSettings
    from backend.core.ports import Store
    from backend.core.request_ports import SharedBudgets
    from backend.db.request_budgets import SqlRequestBudgets
    from backend.scale_out.link import RedisLink
    from backend.services.event_publisher import EventPublisher
    from backend.services.execution_desk import ExecutionDesk

PROGRAM: Final = Path(__file__).resolve().parent


def code_mark() -> str:
    """A digest of the program's own files: another one may answer otherwise."""
    found = blake2b(digest_size=12)
    for file in sorted(PROGRAM.rglob("*.py")):
        part = file.relative_to(PROGRAM)
        if part.parts[0] != "tests":
            found.update(f"{part} {file.stat().st_size}\n".encode() + file.read_bytes())
    return found.hexdigest()


@dataclass(frozen=True)
class RedisParts:
    """Builds each part once, when it is first asked for."""

    settings: Settings

    @property
    def used(self) -> bool:
        """Whether there is a Redis."""
        return bool(self.settings.redis_url)

    @property
    def by_workers(self) -> bool:
        """Whether workers do the steps of accounts: not in the demo, whose exchange its collector alone reaches."""
        return self.settings.workers == "celery" and self.settings.environment != "demo"

    @cached_property
    def link(self) -> RedisLink:
        """The one Redis."""
        from backend.scale_out.link import RedisLink

        return RedisLink(self.settings.redis_url)

    def told(self) -> Callable[[], None] | None:
        """What is called when something was written that others wait for."""
        if not self.used:
            return None
        from backend.scale_out.bus import Bell

        return Bell(self.link).ring

    def budgets(self, rows: SqlRequestBudgets) -> SharedBudgets:
        """The request budgets, counted in the database where there is no Redis."""
        if not self.used:
            return rows
        from backend.scale_out.budgets import RedisRequestBudgets

        return RedisRequestBudgets(self.link, rows)

    def answers(self, store: Store, seal: AnswerSeal, view: ViewSettings) -> SharedAnswers | None:
        """Heavy answers, shared by web processes."""
        if not self.used:
            return None
        from backend.api.shared_answers import SharedAnswers
        from backend.scale_out.answers import ANSWER_S, RedisAnswers
        from backend.scale_out.link import RedisLink

        place = RedisAnswers(RedisLink(self.settings.redis_url, answer_s=ANSWER_S, texts=False))
        return SharedAnswers(place, seal, store, f"{newest_schema()} {code_mark()} {view}")

    def feed(self, store: Store, notices: Notices | None) -> EventFeed:
        """The newest events, for browsers; `notices` of the database, where it gives some."""
        if not self.used:
            return EventFeed(store, notices)
        from backend.scale_out.bus import BELL, Listener

        return EventFeed(store, notices, lambda ring: Listener(self.link, BELL, lambda _: ring()))

    def publisher(self, store: Store) -> EventPublisher | None:
        """What publishes our events for programs of others."""
        if not self.used:
            return None
        from backend.scale_out.bus import RedisEvents
        from backend.services.event_publisher import EventPublisher

        return EventPublisher(store, RedisEvents(self.link))

    def executions(self, store: Store) -> ExecutionDesk | None:
        """What hears of executed trades."""
        if not self.used:
            return None
        from backend.scale_out.bus import EXECUTIONS, Listener
        from backend.services.execution_desk import ExecutionDesk

        return ExecutionDesk(store, self.settings.environment, lambda heard: Listener(self.link, EXECUTIONS, heard))

    @cached_property
    def look(self) -> Callable[[], RedisState]:
        """How Redis and the workers are."""
        if not self.used:
            return lambda: NO_REDIS
        from backend.scale_out.state import ScaleState

        return ScaleState(self.link, self.by_workers).look
