"""Logging: structured events through the standard logging module; every line leaves by one door, redacted.

A line carries the request (`request_id`) and the account (`account_id`) it was written for: whoever begins a request or
a task binds them (`structlog.contextvars`). It goes to standard error, readable on a terminal and as JSON elsewhere, to
a file of the data folder as JSON, and to whoever keeps it for the System page.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final

import structlog

from backend.core.model.instants import iso_ms
from backend.core.model.log_lines import LEVELS, LogLine, component_of
from backend.core.redaction import Redactor
from backend.file_locks import HeldElsewhereError, hold

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

log = structlog.get_logger(__name__)

# urllib3 and werkzeug would print addresses, and with them signed queries.
QUIET: Final = (
    "urllib3",
    "requests",
    "werkzeug",
    "waitress",
    "waitress.queue",
    "binance",
    "asyncio",
    "alembic",
    "celery",
    "kombu",
    "redis",
)
FILE_BYTES: Final = 10_000_000
FILES: Final = 5
# Processes of one name on one folder: workers, web servers, collectors that stand by.
MOST_WRITERS: Final = 100
# Fields that a line has a place of its own for.
OWN: Final = ("event", "request_id", "account_id", "duration_ms")
Sink = Callable[[LogLine], None]


def configure(level: str, *sinks: Sink, redactor: Redactor | None = None) -> None:
    """Send events of a level and graver ones to standard error and to the sinks. May be called again."""
    door = Door(redactor or Redactor(), [terminal() if sys.stderr.isatty() else json_lines(), *sinks])
    # What a handler cannot write, Python would print with its arguments.
    logging.raiseExceptions = False
    logging.basicConfig(level=level, handlers=[door], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def catch_the_rest() -> None:
    """Have what nobody caught leave by the same door: Python would print its words as they are."""

    def ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            log.critical("the program ends", exc_info=(kind, error, trace))
        else:
            sys.__excepthook__(kind, error, trace)

    def thread_ended(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            name = "" if told.thread is None else told.thread.name
            log.error("a thread ended", thread=name, exc_info=(told.exc_type, told.exc_value, told.exc_traceback))

    sys.excepthook = ended
    threading.excepthook = thread_ended
    logging.captureWarnings(True)


class Door(logging.Handler):
    """The one way out: makes a line of a record, takes the secrets out of it, and hands it to each sink."""

    def __init__(self, redactor: Redactor, sinks: list[Sink]) -> None:
        super().__init__()
        self._redactor = redactor
        self._sinks = sinks

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self._line(record)
        except Exception as error:  # noqa: BLE001  # its words may be those of what could not be made a line
            line = LogLine(_at_ms(record), "error", "program", f"a line could not be written: {type(error).__name__}")
        for sink in self._sinks:
            try:
                sink(line)
            except Exception:  # noqa: BLE001  # a full disk or a closed terminal must not end what was logged
                continue

    def _line(self, record: logging.LogRecord) -> LogLine:
        event: EventDict = dict(getattr(record, "event_dict", None) or {"event": record.getMessage()})
        failure = event.pop("exc_info", None) or record.exc_info
        if failure:
            # As text and without the values of variables; the words of exceptions are redacted like any other.
            event["exception"] = _traceback(failure)
        event.setdefault("logger", record.name)
        fields = self._redactor.fields(event)
        level = record.levelname.lower()
        return LogLine(
            at_ms=_at_ms(record),
            level=level if level in LEVELS else "info",
            component=component_of(record.name),
            event=str(fields.get("event", "")),
            request_id=_text(fields.get("request_id")),
            account_id=_whole(fields.get("account_id")),
            duration_ms=_number(fields.get("duration_ms")),
            fields={name: value for name, value in fields.items() if name not in OWN},
        )


def json_lines() -> Sink:
    """Lines as JSON on standard error."""

    def write(line: LogLine) -> None:
        print(as_json(line), file=sys.stderr, flush=True)  # noqa: T201  # what `stderr` is now: tests exchange it

    return write


def terminal() -> Sink:
    """Lines for eyes on standard error."""
    shown = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)

    def write(line: LogLine) -> None:
        print(shown(None, line.level, as_dict(line)), file=sys.stderr, flush=True)  # noqa: T201  # as above

    return write


def log_file(folder: Path, name: str) -> Sink:
    """Lines as JSON in `<folder>/<name>.jsonl`, readable by its owner alone, with four older files beside it.

    Where another process writes that one, the first of `<name>-2.jsonl`, `<name>-3.jsonl`, ... that nobody writes: two
    that exchange one file for the next lose each other's lines.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    file, held = _own_file(folder, name)
    handler = _OwnFile(file, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")

    def write(line: LogLine, _held: IO[bytes] = held) -> None:
        handler.handle(logging.makeLogRecord({"msg": "%s", "args": (as_json(line),)}))

    return write


def _own_file(folder: Path, name: str) -> tuple[Path, IO[bytes]]:
    """A file that no other process writes, and what keeps it so while it is open."""
    for number in range(1, MOST_WRITERS + 1):
        file = folder / (f"{name}.jsonl" if number == 1 else f"{name}-{number}.jsonl")
        with contextlib.suppress(HeldElsewhereError):
            return file, hold(file.with_suffix(".lock"))
    raise OSError(errno.EMFILE, "too many processes write a log here")


class _OwnFile(RotatingFileHandler):
    def _open(self) -> Any:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)


def as_dict(line: LogLine) -> dict[str, object]:
    """A line as flat fields, those that say nothing left out."""
    known = {"request_id": line.request_id, "account_id": line.account_id, "duration_ms": line.duration_ms}
    return {
        "timestamp": iso_ms(line.at_ms),
        "level": line.level,
        "component": line.component,
        "event": line.event,
        **{name: value for name, value in known.items() if value is not None},
        **line.fields,
    }


def as_json(line: LogLine) -> str:
    """A line as one line of JSON."""
    return json.dumps(as_dict(line), ensure_ascii=False, separators=(",", ":"))


def _by_record(logger: logging.Logger, _name: str, event: EventDict) -> tuple[tuple[str], dict[str, Any]]:
    """Hand the fields on beside the words, for the door to read."""
    return (str(event.get("event", "")),), {"extra": {"event_dict": event}}


# One list for good: a logger keeps the list that it was first used with, whoever configures the log again.
_PROCESSORS: Final[list[Processor]] = [
    structlog.stdlib.filter_by_level,
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.PositionalArgumentsFormatter(),
    _by_record,
]


def _traceback(failure: Any) -> str:
    return str(structlog.processors.format_exc_info(None, "", {"exc_info": failure}).get("exception", ""))


def _at_ms(record: logging.LogRecord) -> int:
    return int(record.created * 1000)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
