"""A failed test gets one second look, alone, and both outcomes are told in the last lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import second_look

ONCE = """
from pathlib import Path

def test_passes_the_second_time():
    mark = Path(__file__).with_name("mark")
    seen = mark.exists()
    mark.touch()
    assert seen
"""
NEVER = "\ndef test_never_passes():\n    assert False\n"


def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[int, str]:
    (tmp_path / "test_some.py").write_text(text)
    monkeypatch.setattr(second_look, "ROOT", tmp_path)
    monkeypatch.setattr(second_look, "REPORT", tmp_path / "kept" / "report.json")
    return second_look.main(["-q", "test_some.py"]), second_look.told()


def test_what_passes_alone_is_told_and_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = _run(tmp_path, monkeypatch, ONCE)
    assert code == 0
    assert told == "pytest passed only the second time, alone: test_some.py::test_passes_the_second_time\n"


def test_what_fails_again_stays_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = _run(tmp_path, monkeypatch, ONCE + NEVER)
    assert code == 1
    assert "pytest failed: test_some.py::test_never_passes\n" in told
    assert "second time, alone: test_some.py::test_passes_the_second_time\n" in told


def test_many_failures_are_no_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(ONCE.replace("second_time", f"{n}").replace('"mark"', f'"mark{n}"') for n in range(7))
    code, told = _run(tmp_path, monkeypatch, many)
    assert code == 1
    assert told.count("pytest failed:") == 7


def test_a_run_without_failures_says_nothing_of_an_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(tmp_path, monkeypatch, NEVER)[0] == 1
    assert _run(tmp_path, monkeypatch, "def test_ok():\n    pass\n") == (0, "")


def test_an_unreadable_file_gets_no_second_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = _run(tmp_path, monkeypatch, "import nothing_of_that_name\n")
    assert code == 2
    assert told == "pytest failed: test_some.py\n"
