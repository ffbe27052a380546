"""All that must hold, step by step: `lint` runs no tests, `test` runs all, `openapi` writes the document anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backend.tests.postgresql import why_no_server
from backend.tests.redis_server import why_no_redis
from scripts import images, second_look

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Step:
    """One program; `live` ones print as they run, the output of the others is shown when they fail."""

    name: str
    argv: tuple[str, ...]
    cwd: Path = ROOT
    live: bool = False
    env: dict[str, str] = field(default_factory=dict)


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _npm(script: str) -> tuple[str, ...]:
    return (shutil.which("npm") or "npm", "run", "--silent", script)


# A file stays on one worker: its module fixtures start processes and are made once. Files come in the order of
# backend/tests/conftest.py, and most tests wait for processes of their own, so that two cores bear three workers.
PYTEST: Final = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-rfEs", "--durations=15")


# What is run on PostgreSQL beside the whole run on SQLite; `make test-postgresql` runs the rest there, too.
CHOSEN: Final = ("backend/tests/on_postgresql",)
POSTGRESQL: Final = (*_python("-m", "pytest", "--postgresql"), *PYTEST)


def lint_steps() -> list[Step]:
    """Return the checks that read code and run none of it."""
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"
    return [
        Step("ruff check", _python("-m", "ruff", "check", ".")),
        Step("ruff format", _python("-m", "ruff", "format", "--check", ".")),
        Step("mypy", _python("-m", "mypy")),
        Step("import-linter", (lint_imports,)),
        Step("eslint", _npm("lint"), FRONTEND),
        Step("vue-tsc", _npm("typecheck"), FRONTEND),
        Step("OpenAPI document", _python("-m", "backend", "openapi", "--check")),
        Step("generated types", _npm("types:check"), FRONTEND),
    ]


def test_steps(chromium: str | None, postgresql: bool, containers: bool) -> list[Step]:
    """Return the steps that run tests; without a browser, a server, or buildah, those that need one are left out."""
    steps = [
        Step("pytest", _python("-m", "scripts.second_look", *PYTEST), live=True),
        Step("vitest", _npm("test"), FRONTEND, live=True),
    ]
    if postgresql:
        steps.insert(1, Step("pytest on PostgreSQL", (*POSTGRESQL, *CHOSEN), live=True))
    if chromium is not None:
        steps.append(Step("Playwright", _python("-m", "scripts.e2e"), live=True, env={"CHROMIUM_PATH": chromium}))
    if containers:
        steps.append(Step("images", _python("-m", "scripts.images"), live=True))
    return steps


def openapi_steps() -> list[Step]:
    """Return the steps that write docs/openapi.json from the code, and the dashboard's types from it."""
    return [
        Step("OpenAPI document", _python("-m", "backend", "openapi")),
        Step("generated types", _npm("types"), FRONTEND),
    ]


def find_chromium() -> str | None:
    """Return the browser for the end-to-end tests: CHROMIUM_PATH if set, else the first known name on the PATH."""
    wanted = os.environ.get("CHROMIUM_PATH")
    if wanted:
        return shutil.which(wanted)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def install_chromium() -> None:
    """Install Debian's Chromium where this user may; a refusal is no error, the caller looks whether it is there."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    print("Installing chromium with apt-get ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "--yes", "--no-install-recommends", "chromium"]
    for command in (install, [apt, "update"], install):  # a fresh machine has no package lists yet
        done = subprocess.run(command, env=quiet, capture_output=True, check=False).returncode == 0
        if done and command is install:
            return


def run_step(step: Step) -> bool:
    """Run one step, print its name and duration, and its output if it failed. Returns whether it passed."""
    if step.live:
        print(f"--- {step.name}", flush=True)
    started = time.monotonic()
    try:
        result = subprocess.run(
            step.argv,
            cwd=step.cwd,
            env={**os.environ, **step.env},
            stdin=subprocess.DEVNULL,
            stdout=None if step.live else subprocess.PIPE,
            stderr=None if step.live else subprocess.STDOUT,
            check=False,
        )
        passed, output = result.returncode == 0, result.stdout or b""
    except OSError as error:
        passed, output = False, f"{step.argv[0]}: {error}\n".encode()
    duration = time.monotonic() - started
    said = f"--- {step.name}: {'ok' if passed else 'FAILED'} ({duration:.1f} s)\n"
    sys.stdout.buffer.write(said.encode() + (b"" if passed else output))  # at once: steps may run side by side
    sys.stdout.flush()
    return passed


def run_all(steps: Sequence[Step]) -> list[str]:
    """Run every step, also after a failure, and return the names of those that failed."""
    return [step.name for step in steps if not run_step(step)]


def run_together(steps: Sequence[Step]) -> list[str]:
    """Like `run_all`, a step on each core: for those that only read and use one core each."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [step.name for step, passed in zip(steps, pool.map(run_step, steps), strict=True) if not passed]


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when all passed, 1 when a step failed, 2 for wrong use."""
    mode = arguments[0] if arguments[:1] == ["test-postgresql"] or len(arguments) == 1 else ""
    left_out = ""
    if mode == "test-postgresql":
        failed = run_all([Step("pytest on PostgreSQL", (*POSTGRESQL, *arguments[1:]), live=True)])
    elif mode == "lint":
        failed = run_together(lint_steps())
    elif mode == "openapi":
        failed = run_all(openapi_steps())
    elif mode == "test":
        if find_chromium() is None:
            install_chromium()
        chromium = find_chromium()
        if chromium is None:
            left_out = "Left out: the browser tests (Playwright). No Chromium was found and apt-get may not install it."
            left_out += "\n"
        no_server = why_no_server()
        if no_server is not None:
            left_out += f"Left out: the tests on PostgreSQL: {no_server}.\n"
        no_redis = why_no_redis()
        if no_redis is not None:
            left_out += f"Left out: the tests on Redis: {no_redis}.\n"
        no_containers = images.missing()
        if no_containers:
            left_out += f"Left out: building and starting the images: {no_containers}.\n"
        print(left_out, end="", flush=True)
        # Hundreds of processes are started: kept bytecode saves each a fifth of its start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        steps = test_steps(chromium, no_server is None, not no_containers)
        failed = [*run_together(lint_steps()), *run_all(steps)]
    else:
        print("usage: python -m scripts.checks lint|test|test-postgresql|openapi", file=sys.stderr)
        return 2
    print(left_out, end="")
    if mode == "test":
        print(second_look.told(), end="")
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
