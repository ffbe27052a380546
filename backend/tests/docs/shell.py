"""A shell in a folder that looks like a checkout, in which the commands of one page are run one after the other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from backend.tests.docs.pages import ROOT
from backend.tests.process.harness import wait_for

# What belongs to an installation and not to the code.
OWN: Final = frozenset(
    {".git", ".env", "data", "portfolio.db", "portfolio.db-wal", "portfolio.db-shm", "portfolio.db-sum"}
)
WITHIN_S: Final = 120.0
# Where the pages have a token written to.
KEEPS_TOKEN: Final = "token.json"


class Shell:
    """A context manager; variables that a command sets are there for the next one.

    Args:
        folder: made here; `data` in it leads to `data`.
        ports: where the ports that the pages name are answered: curl is led there, and the commands stay as they are.
        telling: curl's exit code tells an answer of 400 and above; not so where a command sees to it itself.
    """

    def __init__(
        self,
        folder: Path,
        data: Path,
        environment: Mapping[str, str],
        ports: Mapping[int, int],
        telling: bool = True,
    ) -> None:
        folder.mkdir()
        for entry in ROOT.iterdir():
            if entry.name not in OWN:
                (folder / entry.name).symlink_to(entry)
        (folder / "data").symlink_to(data)
        self.folder, self._notes = folder, folder / ".notes"
        self._notes.mkdir()
        hosts = ("localhost", "127.0.0.1")
        led = [f'connect-to = "{host}:{named}:127.0.0.1:{real}"' for named, real in ports.items() for host in hosts]
        settings = ["silent", "show-error", 'noproxy = "*"', f"max-time = {WITHIN_S:.0f}", *led]
        settings += ["fail-with-body"] if telling else []
        (folder / ".curlrc").write_text("\n".join(settings), "utf-8")
        own = {"HOME": str(folder), "CURL_HOME": str(folder), "PORTFOLIO_PYTHON": sys.executable}
        own["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._bash = subprocess.Popen(
            ["bash", "-o", "pipefail", "-s"],
            cwd=folder,
            env={**environment, **own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bash.communicate()
        # No secret outlives a test, not where its reader is told to keep it either.
        (self.folder / KEEPS_TOKEN).unlink(missing_ok=True)

    def run(self, command: str) -> tuple[int, str, str]:
        """Exit code, output and errors."""
        (self._notes / "command").write_text(command, "utf-8")
        code = self._told("source .notes/command > .notes/out 2> .notes/errors < /dev/null; echo $?")
        return int(code), self._read("out"), self._read("errors")

    def listen(self, command: str, heard: Callable[[str], bool]) -> str:
        """The output of a command that does not end, as soon as `heard` is true of it; it is ended then."""
        (self._notes / "command").write_text(f"exec {command}", "utf-8")
        number = self._told("( source .notes/command ) > .notes/out 2> .notes/errors < /dev/null & echo $!")
        try:
            wait_for(lambda: heard(self._read("out")), f"what the page shows of {command}", WITHIN_S)
        finally:
            self._told(f"kill {number}; wait {number}; echo")
        return self._read("out")

    def _told(self, line: str) -> str:
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(f"{line}\n")
        self._bash.stdin.flush()
        return self._bash.stdout.readline().strip()

    def _read(self, name: str) -> str:
        return (self._notes / name).read_text("utf-8", "replace")
