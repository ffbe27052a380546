"""Lines leave by one door: as JSON, redacted, with request and account, whatever was logged and whoever logged it."""

from __future__ import annotations

import json
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from backend import logs
from backend.core.model.log_lines import LogLine, component_of

SIGNED = "https://api.example/api/v3/account?timestamp=1&signature=abcdef"


@pytest.fixture
def lines() -> Iterator[list[LogLine]]:
    taken: list[LogLine] = []
    logs.configure("INFO", taken.append)
    yield taken
    logs.configure("CRITICAL")


def logger(name: str = "backend.services.auto_refresh") -> Any:
    # Not kept from test to test: a logger remembers how logging was configured when it was first used.
    return structlog.wrap_logger(logging.getLogger(name))


def test_a_line_has_its_level_its_component_its_fields_and_what_it_was_written_for(lines: list[LogLine]) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-12345678", account_id=7):
        logger().warning("refresh failed", code="x", duration_ms=12)
    logger("backend.api.problems").info("plain")
    logger().debug("too low")
    first, second = lines
    assert (first.level, first.component, first.event) == ("warning", "collector", "refresh failed")
    assert (first.request_id, first.account_id, first.duration_ms) == ("r-12345678", 7, 12.0)
    assert first.fields == {"code": "x", "logger": "backend.services.auto_refresh"}
    assert (second.component, second.request_id, second.account_id) == ("web", None, None)


def test_libraries_leave_by_the_same_door(lines: list[LogLine]) -> None:
    logging.getLogger("waitress").error("queue of %s, password=%s", 4, "abc")
    logging.getLogger("urllib3.connectionpool").debug("GET %s", SIGNED)
    (line,) = lines
    assert (line.component, line.event) == ("library", "queue of 4, password=[redacted]")


def test_a_traceback_tells_where_and_neither_the_words_nor_the_variables_that_are_secret(
    lines: list[LogLine],
) -> None:
    def fails() -> None:
        local_value = "value-of-a-variable"
        raise ConnectionError(f"{SIGNED} refused", {"X-MBX-APIKEY": "short"}, len(local_value))

    try:
        fails()
    except ConnectionError as error:
        logger().error("worker step failed", exc_info=error)
        logging.getLogger("waitress").exception("boom")
    for line in lines:
        told = json.dumps(logs.as_dict(line))
        assert "in fails" in told
        assert "ConnectionError" in told
        for secret in ("signature=abcdef", "'short'", "value-of-a-variable"):
            assert secret not in told, secret


def test_standard_error_gets_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    logger().info("two\nlines", words="é\n", api_key="abc")
    logs.configure("CRITICAL")
    (line,) = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert told["timestamp"].endswith("Z")
    assert {name: told[name] for name in ("level", "event", "words", "api_key")} == {
        "level": "info",
        "event": "two\nlines",
        "words": "é\n",
        "api_key": "[redacted]",
    }


def test_the_file_is_the_owners_alone_and_is_exchanged_when_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    write = logs.log_file(tmp_path / "logs", "portfolio")
    for number in range(100):
        write(LogLine(0, "info", "program", f"100 % of {number}"))
    files = sorted((tmp_path / "logs").glob("*.jsonl*"))
    assert [file.name for file in files] == ["portfolio.jsonl", *[f"portfolio.jsonl.{n}" for n in range(1, logs.FILES)]]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 and file.stat().st_size <= 2_000 for file in files)
    newest = [json.loads(line) for line in files[0].read_text(encoding="utf-8").splitlines()]
    assert newest[-1]["event"] == "100 % of 99"


def test_processes_that_share_a_folder_write_a_file_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    # A lock is held against the same process, too.
    writers = [logs.log_file(tmp_path, "worker") for _ in range(3)]
    for number in range(60):
        for write in writers:
            write(LogLine(0, "info", "program", f"line {number}"))
    for name in ("worker", "worker-2", "worker-3"):
        files = tmp_path.glob(f"{name}.jsonl*")
        told = [json.loads(line)["event"] for file in files for line in file.read_text("utf-8").splitlines()]
        assert sorted(told) == sorted(f"line {number}" for number in range(60)), name
    del write
    writers.pop(1)
    logs.log_file(tmp_path, "worker")(LogLine(0, "info", "program", "after the death of one"))
    assert "after the death" in (tmp_path / "worker-2.jsonl").read_text("utf-8")
    with monkeypatch.context() as few:
        few.setattr(logs, "MOST_WRITERS", 1)
        with pytest.raises(OSError, match="too many processes"):
            logs.log_file(tmp_path, "worker")


def test_a_sink_that_fails_and_a_line_that_cannot_be_made_end_nothing() -> None:
    taken: list[LogLine] = []

    def full(_line: LogLine) -> None:
        raise OSError("No space left on device")

    logs.configure("INFO", full, taken.append)
    logger().info("still told")
    logging.getLogger("library").warning("%d", "password-of-somebody")
    logs.configure("CRITICAL")
    assert taken[0].event == "still told"
    assert "password-of-somebody" not in json.dumps([logs.as_dict(line) for line in taken])


def test_what_nobody_caught_leaves_by_the_same_door(
    lines: list[LogLine], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.catch_the_rest()
    logging.captureWarnings(False)

    def fails() -> None:
        raise ValueError("password=abc")

    thread = threading.Thread(target=fails, name="worker-7")
    thread.start()
    thread.join()
    try:
        fails()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert [(line.level, line.event) for line in lines] == [
        ("error", "a thread ended"),
        ("critical", "the program ends"),
    ]
    assert lines[0].fields["thread"] == "worker-7"
    assert all("in fails" in str(line.fields["exception"]) for line in lines)
    assert "abc" not in json.dumps([logs.as_dict(line) for line in lines]) + capsys.readouterr().err


def test_component_by_logger() -> None:
    names = ["backend.api.x", "backend.services.y", "backend.exchange.binance.z", "backend.db", "__main__", "alembic.x"]
    assert [component_of(name) for name in names] == ["web", "collector", "exchange", "database", "program", "library"]
