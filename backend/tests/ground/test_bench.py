"""The measuring tools themselves: what they time, how they compare, what they call a miss."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench import run
from bench.fixture import BLOCK_ROWS, HOUR_MS, History, make_database
from bench.history import STATS, appending, application, asking
from bench.http_client import KeepAlive
from bench.report import Result, table
from bench.timing import Timings, ratio, side_by_side
from scripts.servers import ROOT, free_port, running

CLOSE_EVERY_TIME = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        known = self.headers.get("If-None-Match") == '"one"'
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"one"'); self.send_header("Content-Length", "0")
        self.send_header("Connection", "close"); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


def test_a_slow_round_of_the_machine_does_not_move_the_ratio() -> None:
    # Twice as slow throughout; in the second of three rounds everything took ten times as long.
    ours = Timings((2.0, 2.0, 20.0, 20.0, 2.0, 2.0), per_turn=2)
    reference = Timings((1.0, 1.0, 10.0, 10.0, 1.0, 1.0), per_turn=2)
    assert ratio(ours, reference) == 2.0


def test_turns_change_their_order_so_that_nobody_is_always_first() -> None:
    order: list[str] = []
    side_by_side({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, turns=2, per_turn=1)
    assert order == ["a", "b", "a", "b", "b", "a"]  # one warm-up round, then two


def test_a_value_above_its_goal_is_called_missed() -> None:
    lines = table([Result("fast", 1.05, 1.1, "x", ""), Result("slow", 1.31, 1.3, "x", "")]).splitlines()
    assert ["ok" in lines[1], "MISSED" in lines[2]] == [True, True]


def test_the_client_reads_answers_of_the_yardstick_whole_and_keeps_the_connection(tmp_path: Path) -> None:
    body_file, port = tmp_path / "body.json", free_port()
    body_file.write_bytes(b'"' + b"x" * 200_000 + b'"')
    with running(["-m", "bench.constant_app", str(port), str(body_file)], {}, port, "/constant"):
        client = KeepAlive(port, "/constant")
        answers = [client.get() for _ in range(3)]
        client.close()
    assert [(answer.status, answer.body) for answer in answers] == [(200, body_file.read_bytes())] * 3


def test_the_client_connects_anew_when_the_server_closes_and_remembers_the_etag() -> None:
    port = free_port()
    with running(["-c", CLOSE_EVERY_TIME, str(port)], {}, port):
        client = KeepAlive(port, "/", conditional=True)
        statuses = [client.get().status for _ in range(3)]
        client.close()
    assert statuses == [200, 304, 304]


def test_a_made_history_answers_and_grows(tmp_path: Path) -> None:
    """What the bench stands on; it is run too seldom to tell when the program has changed under it."""
    engine = make_database(tmp_path / "year.db", History(BLOCK_ROWS, HOUR_MS))
    try:
        asking(application(engine), STATS)()
        append = appending(engine)
        append()
        append()
        body_file = tmp_path / "body.json"
        body_file.write_bytes(b"{}")
        url = engine.url.render_as_string(hide_password=False)
        arguments = ["-m", "bench.new_process", url, STATS, str(body_file)]
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
        assert [float(seconds) > 0 for seconds in done.stdout.split()] == [True, True]
    finally:
        engine.dispose()


def test_what_a_measured_process_logs_is_not_among_its_figures() -> None:
    told = "import structlog, bench.quiet as quiet; quiet.be_quiet(); structlog.get_logger().info('slow'); print(1)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, "slow" in done.stderr) == ("1\n", True)


def test_a_measure_that_stumbles_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble() -> list[Result]:
        raise AttributeError("gone")

    monkeypatch.setattr(run, "MEASURES", {"bad": stumble, "good": lambda: [Result("quick", 1.0, 2.0, "x", "")]})
    assert run.main([]) == 2
    said = capsys.readouterr()
    assert "AttributeError: gone" in said.err
    assert "quick" in said.out
