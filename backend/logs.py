"""Logging: structured events through the standard logging module, one line each; never a secret."""

from __future__ import annotations

import logging
import sys
from typing import Final

import structlog

# urllib3 and werkzeug would print addresses, and with them signed queries.
QUIET: Final = ("urllib3", "requests", "werkzeug", "waitress", "waitress.queue", "binance", "asyncio", "alembic")


def configure(level: str) -> None:
    """Send events to standard error at a level, readable on a terminal and as JSON elsewhere."""
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    readable = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
