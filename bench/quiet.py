"""What is measured logs as little as the program does: its lines for each request would be measured with it."""

from __future__ import annotations

import logging
import sys

import structlog


def be_quiet() -> None:
    """Leave out of this process' log what the program leaves out of its own by default. What is left, as of an answer
    that took more than a second, goes to standard error: figures are read from the other one.
    """
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
