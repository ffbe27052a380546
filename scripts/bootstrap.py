"""Prepare this checkout, then become the command that was asked for.

Runs before anything is installed, so it uses the standard library alone and stays readable for old interpreters:
a Python that is too old must be told so in one line, not in a traceback. What was installed or built is remembered by
stamps that hold a hash of everything that went in; a stamp is written last, so an interrupted run is seen and redone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
PYTHON_MIN = (3, 11)
NODE_MIN = (20, 19)  # the dashboard's build tools refuse older ones; frontend/package.json says the same
RUNTIME_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"  # contains every line of the runtime lock
# Exchange clients that tests put to the simulator: each in an environment of its own, for their pins clash.
CLIENTS = ("python-binance", "ccxt", "sdk-spot")
# What the bench is held against and nothing else needs.
COMPARED = ("quantstats",)
# Asks about known weaknesses of what is pinned.
AUDITOR = "audit"
LOG_TAIL_LINES = 40
# The programs that run now, and whether what is still to begin shall not.
UNDER_WAY: set[subprocess.Popen[bytes]] = set()
STOPPED = threading.Event()
# Files whose content decides what `npm run build` writes; tests and reports do not.
BUILD_EXCLUDES = frozenset({"node_modules", "dist", "tests", "test-results", "playwright-report", ".vite"})


class SetupError(Exception):
    """The machine or the checkout is not fit; the text is the one line that the user reads."""


@dataclass(frozen=True)
class Command:
    """What a command needs before it runs, and the program it turns into (`python` is the environment's own)."""

    argv: tuple[str, ...]
    lock: str = RUNTIME_LOCK
    beside: tuple[str, ...] = ()
    modules: bool = False
    build: bool = False


COMMANDS = {
    "start": Command(("-m", "backend", "start"), modules=True, build=True),
    "dev": Command(("-m", "scripts.dev"), lock=DEV_LOCK, modules=True),
    "simulator": Command(
        ("-m", "backend", "simulator", "--data", "data/simulator-alone", "--port", "8765", "--stream-port", "8766")
    ),
    "test": Command(("-m", "scripts.checks", "test"), lock=DEV_LOCK, beside=CLIENTS, modules=True, build=True),
    "test-postgresql": Command(("-m", "scripts.checks", "test-postgresql"), lock=DEV_LOCK, beside=CLIENTS),
    "lint": Command(("-m", "scripts.checks", "lint"), lock=DEV_LOCK, modules=True),
    "bench": Command(("-m", "bench.run"), lock=DEV_LOCK, beside=COMPARED, modules=True, build=True),
    "soak": Command(("-m", "soak"), lock=DEV_LOCK),
    "images": Command(("-m", "scripts.images")),
    "audit": Command(("-m", "scripts.audit"), beside=(AUDITOR,)),
    "openapi": Command(("-m", "scripts.checks", "openapi"), modules=True),
    "screenshots": Command(("-m", "scripts.screenshots"), modules=True, build=True),
    "lock": Command(("-m", "scripts.lock"), lock=DEV_LOCK),
    "reset-db": Command(("-m", "scripts.reset_db")),
}


# --- what the machine must have --------------------------------------------------------------------------------------


def check_python(version: Sequence[int]) -> None:
    """Raise SetupError when the interpreter is older than PYTHON_MIN."""
    if tuple(version[:2]) < PYTHON_MIN:
        raise SetupError(f"Python {_dotted(PYTHON_MIN)} or newer is needed; this is {_dotted(version[:3])}.")


def check_venv_module() -> None:
    """Raise SetupError where the system's Python lacks the parts that make environments (Debian splits them off)."""
    try:
        import ensurepip
        import venv

        del ensurepip, venv
    except ImportError:
        raise SetupError(
            "This Python cannot make virtual environments; install its venv package (Debian: python3-venv)."
        ) from None


def check_node() -> None:
    """Raise SetupError when Node is missing or older than NODE_MIN, or npm is missing."""
    node = shutil.which("node")
    if node is None:
        raise SetupError(f"Node {_dotted(NODE_MIN)} or newer is needed and was not found on the PATH.")
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        answer = ""
    found = re.match(r"v(\d+)\.(\d+)\.(\d+)", answer.strip())
    if found is None:
        raise SetupError(f"Node {_dotted(NODE_MIN)} or newer is needed; {node} does not say its version.")
    version = tuple(int(part) for part in found.groups())
    if version[:2] < NODE_MIN:
        raise SetupError(f"Node {_dotted(NODE_MIN)} or newer is needed; {node} is {_dotted(version)}.")
    if shutil.which("npm") is None:
        raise SetupError("npm is needed and was not found on the PATH; it comes with Node.")


def check_writable(folder: Path) -> None:
    """Raise SetupError when nothing can be written into `folder` (tried, since permission bits do not tell all)."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SetupError(f"The folder {folder} cannot be written: {error.strerror}.") from None


def _dotted(version: Sequence[int]) -> str:
    return ".".join(str(part) for part in version)


# --- stamps ----------------------------------------------------------------------------------------------------------


def digest(root: Path, files: Iterable[Path], *facts: str) -> str:
    """Hash names (relative to `root`), contents and `facts`; the same input gives the same text on every machine."""
    total = hashlib.sha256()
    for fact in facts:
        total.update(fact.encode() + b"\0")
    for path in sorted(files):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_stamp(path: Path) -> dict[str, str]:
    """Return the stamp's entries; a missing, cut or foreign file is an empty stamp, that is: do it again."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in entries.items()} if isinstance(entries, dict) else {}


def write_stamp(path: Path, entries: dict[str, str]) -> None:
    """Write the stamp whole or not at all."""
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(json.dumps(entries, indent=1, sort_keys=True), encoding="utf-8")
    scratch.replace(path)


# --- steps -----------------------------------------------------------------------------------------------------------


def run_quietly(title: str, argv: Sequence[str], cwd: Path) -> None:
    """Run one long step; its output appears only when it fails. Raises SetupError on failure."""
    print(f"{title} ...", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile("w+b") as log:
        code = _run(argv, cwd, log)
        if code != 0:
            log.seek(0)
            lines = log.read().decode(errors="replace").splitlines()
            print("\n".join(lines[-LOG_TAIL_LINES:]), file=sys.stderr)
            raise SetupError(f"{title} failed (exit code {code}); the lines above say why.")
    print(f"{title}: done in {time.monotonic() - started:.0f} s", flush=True)


def _run(argv: Sequence[str], cwd: Path, log: IO[bytes]) -> int:
    if STOPPED.is_set():
        raise SetupError("Stopped.")
    with subprocess.Popen(argv, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process:
        UNDER_WAY.add(process)
        try:
            return process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            UNDER_WAY.discard(process)


def venv_python(venv: Path) -> Path:
    """Return the path of the environment's interpreter on this system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare_venv(root: Path, lock: str, name: str = ".venv", *options: str) -> Path:
    """Make or complete the environment `name` so that it holds what `lock` says; return its interpreter.

    An environment whose interpreter is gone, or whose last installation was cut, is made anew. `options` are pip's.
    """
    venv, python = root / name, venv_python(root / name)
    stamp, cut = venv / ".installed.json", venv / ".installing"
    wanted = {lock: digest(root, [root / lock], str(root))}
    if lock == DEV_LOCK:
        wanted[RUNTIME_LOCK] = digest(root, [root / RUNTIME_LOCK], str(root))
    usable = _python_works(python)
    if usable and not cut.exists() and wanted.items() <= read_stamp(stamp).items():
        return python
    if venv.exists() and (cut.exists() or not usable):
        shutil.rmtree(venv)
    venv.mkdir(exist_ok=True)
    cut.touch()
    stamp.unlink(missing_ok=True)
    if not python.exists():
        run_quietly(f"Making {name}", [sys.executable, "-m", "venv", str(venv)], root)
    quiet = ("--disable-pip-version-check", "--require-hashes")
    pip = [str(python), "-m", "pip", "install", *quiet, *options, "-r", lock]
    run_quietly(f"Installing the Python packages of {lock}", pip, root)
    write_stamp(stamp, wanted)
    cut.unlink()
    return python


def _python_works(python: Path) -> bool:
    # pip is looked for because a system upgrade can leave the interpreter working and its packages out of sight.
    probe = (
        f"import sys, importlib.util as u; sys.exit(sys.version_info[:2] < {PYTHON_MIN!r} or not u.find_spec('pip'))"
    )
    try:
        return subprocess.run([str(python), "-c", probe], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def prepare_modules(root: Path) -> None:
    """Install the dashboard's packages when the lock file changed or the last installation was cut."""
    frontend = root / "frontend"
    stamp = frontend / "node_modules" / ".installed.json"
    inputs = [frontend / name for name in ("package.json", "package-lock.json", ".npmrc")]
    wanted = {"npm": digest(root, [path for path in inputs if path.exists()])}
    if read_stamp(stamp) == wanted:
        return
    stamp.unlink(missing_ok=True)
    npm = shutil.which("npm") or "npm"
    # NODE_ENV=production would leave the build tools out.
    run_quietly(
        "Installing the dashboard's packages", [npm, "ci", "--include=dev", "--no-audit", "--no-fund"], frontend
    )
    write_stamp(stamp, wanted)


def build_inputs(frontend: Path) -> list[Path]:
    """Return every file that the built dashboard is made of."""
    found: list[Path] = []
    for folder, folders, files in os.walk(frontend):
        folders[:] = [name for name in folders if name not in BUILD_EXCLUDES]
        found += [Path(folder, name) for name in files if not name.endswith(".tsbuildinfo")]
    return found


def build_dashboard(root: Path) -> None:
    """Build the dashboard when its sources changed. The stamp lies in the output, which a new build empties first."""
    frontend = root / "frontend"
    stamp = frontend / "dist" / ".built.json"
    wanted = {"sources": digest(root, build_inputs(frontend))}
    if (frontend / "dist" / "index.html").exists() and read_stamp(stamp) == wanted:
        return
    stamp.unlink(missing_ok=True)
    run_quietly("Building the dashboard", [shutil.which("npm") or "npm", "run", "build"], frontend)
    write_stamp(stamp, wanted)


# --- hand over -------------------------------------------------------------------------------------------------------


def end_with_make() -> None:
    """Ask Linux to end this process when `make` dies, so that a killed `make` leaves no server holding the port."""
    if not sys.platform.startswith("linux") or "MAKELEVEL" not in os.environ:
        return
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGTERM), 0, 0, 0)


def become(argv: Sequence[str], root: Path) -> int:
    """Turn into `argv`, so that signals meant for it arrive; where that is impossible (Windows), run it and wait."""
    os.chdir(root)
    sys.stdout.flush()
    if os.name != "nt":
        end_with_make()
        os.execv(argv[0], list(argv))  # never returns
    return subprocess.run(argv, check=False).returncode


def prepare(root: Path, command: Command) -> Path:
    """Check the machine first and change nothing until it is fit; then install and build. Returns the interpreter."""
    check_python(sys.version_info[:3])
    check_venv_module()
    if command.modules:
        check_node()
    check_writable(root)
    with ThreadPoolExecutor() as pool:
        beside = pool.submit(_prepare_the_rest, root, command)
        try:
            python = prepare_venv(root, command.lock)
            beside.result()
        except BaseException:
            # Nobody is left to write on into what the next run looks at.
            STOPPED.set()
            for process in list(UNDER_WAY):
                process.kill()
            raise
    return python


def _prepare_the_rest(root: Path, command: Command) -> None:
    """What needs nothing of the interpreter's environment, while that is made."""
    if command.modules:
        prepare_modules(root)
    if command.build:
        build_dashboard(root)
    for name in command.beside:
        # Little of what is in them is ever imported: compiling all of it would take minutes.
        prepare_venv(root, f"requirements-{name}.txt", f".venv-{name}", "--no-compile")


def main(arguments: Sequence[str]) -> int:
    """Run one of COMMANDS. Exit code 2 when the machine is not fit, else the command's own."""
    parser = argparse.ArgumentParser(description="Prepare this checkout and run a command of it.")
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the command")
    options = parser.parse_args(arguments)
    command = COMMANDS[options.command]
    # Like Ctrl-C: the step that runs is ended too, instead of being left to write on into the environment.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        python = prepare(ROOT, command)
        return become([str(python), *command.argv, *options.rest], ROOT)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:  # a full disk, a folder taken away in the middle
        print(f"The set-up stopped: {error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
