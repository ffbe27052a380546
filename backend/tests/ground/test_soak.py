"""The harness of the full runs: slices, going on where it stopped, and trusting only what the same code did."""

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from soak import harness
from soak.harness import Run, Tally, go, report

ENDED = """
import threading
from soak.__main__ import main

@main.command()
def waiting():
    try:
        print("begun", flush=True)
        threading.Event().wait()
    finally:
        print("cleared away", flush=True)

main(["waiting"], prog_name="soak")
"""
ROOT = Path(__file__).resolve().parents[3]
RUN = Run("example", 5, 25, slice_size=10)


def clean_checkout(monkeypatch: pytest.MonkeyPatch, code: str = "abc1234") -> None:
    monkeypatch.setattr(harness, "commit", lambda: code)


def quiet(_: str) -> None:
    pass


class Worker:
    """Counts what it is asked to do; stops at a slice when told to."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.draws: list[float] = []
        self._stop_at = stop_at

    def __call__(self, dice: random.Random, cases: int) -> Tally:
        if len(self.draws) == self._stop_at:
            raise KeyboardInterrupt
        self.draws.append(dice.random())
        return Tally(Counter(case=cases), [f"{cases} cases failed"] if cases == 5 else [])


def test_the_slices_cover_the_count_each_with_dice_of_its_own() -> None:
    worker = Worker()
    tally = go(RUN, worker, state=None, say=quiet)
    assert tally.counts == {"case": 25}
    assert tally.failures == ["5 cases failed"]
    assert len(set(worker.draws)) == 3


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_checkout(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        go(RUN, Worker(stop_at=2), state=tmp_path, say=quiet)
    rest = Worker()
    assert go(RUN, rest, state=tmp_path, say=quiet).counts == {"case": 25}
    assert len(rest.draws) == 1
    assert go(RUN, Worker(stop_at=0), state=tmp_path, say=quiet).counts == {"case": 25}


@pytest.mark.parametrize("code", ["def5678", "abc1234+"])
def test_what_other_code_did_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    clean_checkout(monkeypatch)
    go(RUN, Worker(), state=tmp_path, say=quiet)
    clean_checkout(monkeypatch, code)
    worker = Worker()
    go(RUN, worker, state=tmp_path, say=quiet)
    assert len(worker.draws) == 3


def test_a_run_with_failures_ends_with_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(RUN, Tally(Counter(taken=24, refused=1), ["one was refused"])) == 1
    told = capsys.readouterr()
    assert "seed" in told.out
    assert "one was refused" in told.err
    assert report(RUN, Tally(Counter(taken=25))) == 0


def test_the_state_is_plain_json_that_names_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_checkout(monkeypatch)
    go(RUN, Worker(), state=tmp_path, say=quiet)
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text("utf-8"))["code"] == "abc1234"


def test_a_run_that_is_told_to_end_clears_away_what_it_has_started() -> None:
    """SIGTERM is what a service manager, `timeout` and a closed terminal's shell send."""
    command = [sys.executable, "-c", ENDED]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "begun\n"
        run.send_signal(signal.SIGTERM)
        said, errors = run.communicate()
    assert (said, run.returncode) == ("cleared away\n", 1), errors


def test_what_the_measure_of_memory_hides_is_not_installed_with_the_program() -> None:
    root = Path(harness.__file__).parent.parent
    words = "from soak.as_installed import TOOLS; print(*TOOLS)"
    told = subprocess.run([sys.executable, "-c", words], cwd=root, capture_output=True, text=True, check=True).stdout
    installed = {line.partition("==")[0] for line in (root / "requirements.txt").read_text("utf-8").splitlines()}
    assert "structlog" in installed
    assert told.split()
    assert not installed & set(told.split())
