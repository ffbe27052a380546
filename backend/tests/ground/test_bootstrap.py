"""Preparing a checkout: what is wrong is said in one line; what changed or was cut is redone, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from scripts import bootstrap
from scripts.bootstrap import DEV_LOCK, RUNTIME_LOCK, SetupError

ROOT = Path(__file__).resolve().parents[3]

MakeProgram = Callable[[str, str], None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProgram:
    """A PATH with nothing on it but the programs a test puts there, each printing one line."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, prints: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\necho '{prints}'\n", encoding="utf-8")
        path.chmod(0o755)

    return put


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with lock files and a small dashboard."""
    root = tmp_path / "checkout"
    (root / "frontend" / "src").mkdir(parents=True)
    (root / RUNTIME_LOCK).write_text("flask==3\n", encoding="utf-8")
    (root / DEV_LOCK).write_text("flask==3\npytest==9\n", encoding="utf-8")
    (root / "frontend" / "package-lock.json").write_text("{}", encoding="utf-8")
    (root / "frontend" / "src" / "main.ts").write_text("start()", encoding="utf-8")
    return root


class Steps:
    """Stands in for the programs that install and build: remembers them and leaves what they would leave."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ran: list[str] = []
        self.fail_at = ""

    def run(self, title: str, argv: Sequence[str], cwd: Path) -> None:
        kind = next(word for word in ("venv", "pip", "ci", "build") if word in argv)
        self.ran.append(kind)
        if kind == self.fail_at:
            raise SetupError(f"{title} failed")
        if kind == "venv":
            python = bootstrap.venv_python(Path(argv[-1]))
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
        if kind == "ci":
            (cwd / "node_modules").mkdir(exist_ok=True)
        if kind == "build":
            shutil.rmtree(cwd / "dist", ignore_errors=True)
            (cwd / "dist").mkdir()
            (cwd / "dist" / "index.html").touch()

    def during(self, step: Callable[[], object]) -> list[str]:
        """Return what `step` ran."""
        before = len(self.ran)
        step()
        return self.ran[before:]


@pytest.fixture
def steps(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    fake = Steps(checkout)
    monkeypatch.setattr(bootstrap, "run_quietly", fake.run)
    return fake


# --- the machine


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 9, 2), (2, 7, 18)])
def test_an_old_python_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(SetupError, match=r"^Python 3\.11 or newer is needed; this is "):
        bootstrap.check_python(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1)])
def test_python_3_11_and_newer_are_taken(version: tuple[int, ...]) -> None:
    bootstrap.check_python(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.3", "v4.0.0"])
def test_an_old_node_is_refused(program: MakeProgram, version: str) -> None:
    program("node", version)
    program("npm", "11")
    with pytest.raises(SetupError, match=rf"Node 20\.19 or newer is needed; .* is {version[1:]}\.$"):
        bootstrap.check_node()


@pytest.mark.parametrize("version", ["v20.19.0", "v22.12.0", "v24.1.0"])
def test_a_new_node_with_npm_is_taken(program: MakeProgram, version: str) -> None:
    program("node", version)
    program("npm", "11")
    bootstrap.check_node()


def test_a_node_that_says_nonsense_is_refused(program: MakeProgram) -> None:
    program("node", "not a version")
    with pytest.raises(SetupError, match="does not say its version"):
        bootstrap.check_node()


@pytest.mark.usefixtures("program")
def test_a_missing_node_is_named() -> None:
    with pytest.raises(SetupError, match=r"^Node .* was not found"):
        bootstrap.check_node()


def test_a_missing_npm_is_named(program: MakeProgram) -> None:
    program("node", "v22.12.0")
    with pytest.raises(SetupError, match="npm is needed"):
        bootstrap.check_node()


def test_the_dashboard_asks_for_the_same_node() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    assert package["engines"]["node"] == ">=" + ".".join(str(part) for part in bootstrap.NODE_MIN)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    bootstrap.check_writable(tmp_path)
    taken = tmp_path / "a file, not a folder"
    taken.touch()
    with pytest.raises(SetupError, match="a file, not a folder cannot be written: "):
        bootstrap.check_writable(taken)


def test_a_wrong_machine_gets_one_line_and_exit_code_2_and_nothing_is_begun(
    checkout: Path,
    steps: Steps,
    program: MakeProgram,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    program("node", "v18.0.0")
    monkeypatch.setattr(bootstrap, "ROOT", checkout)
    before = sorted(checkout.rglob("*"))
    assert bootstrap.main(["start"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (steps.ran, sorted(checkout.rglob("*"))) == ([], before)


# --- stamps


def test_a_second_run_installs_nothing(checkout: Path, steps: Steps) -> None:
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["venv", "pip"]
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == []


def test_a_changed_lock_is_installed_into_the_same_environment(checkout: Path, steps: Steps) -> None:
    bootstrap.prepare_venv(checkout, RUNTIME_LOCK)
    (checkout / RUNTIME_LOCK).write_text("flask==4\n", encoding="utf-8")
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["pip"]


def test_the_development_lock_holds_the_runtime_lock_but_not_the_other_way_round(checkout: Path, steps: Steps) -> None:
    bootstrap.prepare_venv(checkout, RUNTIME_LOCK)
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, DEV_LOCK)) == ["pip"]
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == []


def test_an_environment_cut_while_installing_is_made_anew(checkout: Path, steps: Steps) -> None:
    steps.fail_at = "pip"
    with pytest.raises(SetupError):
        bootstrap.prepare_venv(checkout, RUNTIME_LOCK)
    left_over = checkout / ".venv" / "half a package"
    left_over.touch()
    steps.fail_at = ""
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["venv", "pip"]
    assert not left_over.exists()


def test_an_environment_whose_interpreter_is_gone_is_made_anew(checkout: Path, steps: Steps) -> None:
    python = bootstrap.prepare_venv(checkout, RUNTIME_LOCK)
    python.unlink()
    python.symlink_to(checkout / "no such python")
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["venv", "pip"]


def test_an_environment_made_by_hand_is_completed_and_kept(checkout: Path, steps: Steps) -> None:
    steps.run("by hand", ["venv", str(checkout / ".venv")], checkout)
    mine = checkout / ".venv" / "mine"
    mine.touch()
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["pip"]
    assert mine.exists()


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"requirements.txt": "old"}'])
def test_a_damaged_or_foreign_stamp_means_do_it_again(checkout: Path, steps: Steps, content: str) -> None:
    bootstrap.prepare_venv(checkout, RUNTIME_LOCK)
    (checkout / ".venv" / ".installed.json").write_text(content, encoding="utf-8")
    assert steps.during(lambda: bootstrap.prepare_venv(checkout, RUNTIME_LOCK)) == ["pip"]


def test_dashboard_packages_are_installed_once_and_again_after_a_cut(checkout: Path, steps: Steps) -> None:
    assert steps.during(lambda: bootstrap.prepare_modules(checkout)) == ["ci"]
    assert steps.during(lambda: bootstrap.prepare_modules(checkout)) == []
    (checkout / "frontend" / "package-lock.json").write_text("{ }", encoding="utf-8")
    steps.fail_at = "ci"
    with pytest.raises(SetupError):
        bootstrap.prepare_modules(checkout)
    (checkout / "frontend" / "package-lock.json").write_text("{}", encoding="utf-8")
    steps.fail_at = ""
    assert steps.during(lambda: bootstrap.prepare_modules(checkout)) == ["ci"]


def test_the_dashboard_is_built_when_its_sources_change_and_only_then(checkout: Path, steps: Steps) -> None:
    source = checkout / "frontend" / "src" / "main.ts"
    assert steps.during(lambda: bootstrap.build_dashboard(checkout)) == ["build"]
    source.touch()
    (checkout / "frontend" / "tests").mkdir()
    (checkout / "frontend" / "tests" / "a.spec.ts").touch()
    assert steps.during(lambda: bootstrap.build_dashboard(checkout)) == []
    source.write_text("start(2)", encoding="utf-8")
    assert steps.during(lambda: bootstrap.build_dashboard(checkout)) == ["build"]
    source.rename(source.with_name("other.ts"))
    assert steps.during(lambda: bootstrap.build_dashboard(checkout)) == ["build"]


def test_a_build_that_was_cut_is_built_again(checkout: Path, steps: Steps) -> None:
    bootstrap.build_dashboard(checkout)
    source = checkout / "frontend" / "src" / "main.ts"
    source.write_text("start(2)", encoding="utf-8")
    steps.fail_at = "build"
    with pytest.raises(SetupError):
        bootstrap.build_dashboard(checkout)
    source.write_text("start()", encoding="utf-8")
    steps.fail_at = ""
    assert steps.during(lambda: bootstrap.build_dashboard(checkout)) == ["build"]


# --- running


def test_a_failing_step_shows_its_output_and_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match=r"^Trying failed \(exit code 3\)"):
        bootstrap.run_quietly("Trying", [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], tmp_path)
    assert "the reason" in capsys.readouterr().err


def test_when_one_side_of_the_set_up_fails_the_other_is_ended_and_begins_nothing_more(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, came_later = threading.Event(), checkout / "came-later"

    def dashboard(root: Path) -> None:
        begun.set()
        bootstrap.run_quietly("packages", [sys.executable, "-c", "import signal; signal.pause()"], root)

    def environment(*_: object) -> Path:
        assert begun.wait(30)
        while not bootstrap.UNDER_WAY:
            begun.wait(0.01)
        raise SetupError("no room")

    monkeypatch.setattr(bootstrap, "STOPPED", threading.Event())
    monkeypatch.setattr(bootstrap, "check_node", lambda: None)
    monkeypatch.setattr(bootstrap, "prepare_modules", dashboard)
    monkeypatch.setattr(bootstrap, "build_dashboard", lambda root: came_later.touch())
    monkeypatch.setattr(bootstrap, "prepare_venv", environment)
    with pytest.raises(SetupError, match="no room"):
        bootstrap.prepare(checkout, bootstrap.COMMANDS["start"])
    assert not bootstrap.UNDER_WAY
    assert not came_later.exists()
    with pytest.raises(SetupError, match="Stopped"):
        bootstrap.run_quietly("more", [sys.executable, "-c", ""], checkout)


def test_a_step_that_works_keeps_its_output_to_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.run_quietly("Trying", [sys.executable, "-c", "print('chatter')"], tmp_path)
    captured = capsys.readouterr()
    assert "chatter" not in captured.out + captured.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no exec; there the program runs as a child")
def test_the_bootstrap_becomes_the_program_so_that_signals_reach_it(tmp_path: Path) -> None:
    show = "import os; print(os.getpid())"
    code = f"from scripts import bootstrap; bootstrap.become([{sys.executable!r}, '-c', {show!r}], bootstrap.ROOT)"
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    printed, _ = child.communicate(timeout=30)
    assert int(printed) == child.pid
