"""Celery as it is used here: JSON alone, nothing kept of results, a message acknowledged when its step is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from celery import Celery
from celery.signals import setup_logging

if TYPE_CHECKING:
    import redis

STEP: Final = "portfolio.step"
# Redis takes the lower number first.
URGENT: Final = 0
USUAL: Final = 9
# A message that nobody acknowledged comes back after this; who finds it then finds that its step is nobody's any more.
VISIBLE_S: Final = 3600
# As Celery's transport names them.
TAKEN: Final = "unacked"
PRIORITY_MARK: Final = "\x06\x16"


@setup_logging.connect(weak=False)  # type: ignore[untyped-decorator]  # Celery ships no types
def _leave_the_log_alone(**_: Any) -> None:
    """Celery would give every logger of the program a level of its own."""


def make_app(url: str) -> Any:
    """A Celery application on a Redis; nothing is read from the environment or from files."""
    app = Celery("portfolio", broker=url, set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        result_backend="disabled",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_pool="threads",
        task_create_missing_queues=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": VISIBLE_S,
            "queue_order_strategy": "priority",
            "priority_steps": [URGENT, USUAL],
            "sep": PRIORITY_MARK,
            "unacked_key": TAKEN,
            "socket_timeout": 5.0,
            "socket_connect_timeout": 1.0,
            "max_retries": 1,
        },
        enable_utc=True,
        timezone="UTC",
    )
    return app


def messages(client: redis.Redis, place: int) -> list[str]:
    """The texts of all messages that wait for the worker at a place, or that some worker has taken and not done."""
    queue = queue_of(place)
    waiting: list[Any] = [client.lrange(queue, 0, -1), client.lrange(f"{queue}{PRIORITY_MARK}{USUAL}", 0, -1)]
    taken: Any = client.hvals(TAKEN)
    return [str(text) for texts in (*waiting, taken) for text in texts]


def queue_of(place: int) -> str:
    """The queue of the worker at a place."""
    return f"portfolio.{place}"
