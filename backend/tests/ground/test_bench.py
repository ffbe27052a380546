"""The measuring tools themselves: what they time, how they compare, what they call a miss."""

from __future__ import annotations

from pathlib import Path

from bench.http_client import KeepAlive
from bench.report import Result, table
from bench.timing import Timings, ratio, side_by_side
from scripts.servers import free_port, running


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
    with running(["-m", "bench.constant_app", str(port), "2", str(body_file)], {}, port, "/constant"):
        client = KeepAlive(port, "/constant")
        answers = [client.get() for _ in range(3)]
        client.close()
    assert [(answer.status, answer.body) for answer in answers] == [(200, body_file.read_bytes())] * 3
