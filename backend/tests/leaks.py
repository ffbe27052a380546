"""What the whole suite leaves behind is searched for secrets: every file that any test made the program write.

The tests kill the program, break its answers, fill its disk and run it into defects with these secrets at hand. Where
one stands in a file that is not made to hold it (a log, a database, its write-ahead log, a backup), the run fails,
however well each test went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

import pytest

# Of every account that tests open on the exchange for the program, and of everybody who signs in to it.
SECRET: Final = "planted-secret-of-every-account-5f1c09d27ab4"
PASSWORD: Final = "correct horse battery"
KNOWN: Final = (SECRET.encode(), PASSWORD.encode())
# A token of a program as it is made; the planted ones of the canaries are longer.
TOKEN: Final = re.compile(rb"bpm_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
# Files that are there to hold a secret, and the mark of the exchange's own folder, which knows its customers'.
HOLDERS: Final = frozenset({"secret.key", "accounts.toml", ".env"})
EXCHANGE: Final = "ledger.jsonl"
TOLD: Final = 20
SENT: Final = "leaks"
# Not the exit code of failed tests: nothing is run a second time.
LEAKED: Final = 11


class Leaks:
    """Found by this process, and by the workers that it handed its tests to."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def search(self, folder: Path) -> None:
        """Search everything below a folder."""
        self.found += leaks(folder)

    def send(self, config: pytest.Config) -> None:
        """From a worker to the one that handed it its tests; elsewhere nothing."""
        output: dict[str, Any] | None = getattr(config, "workeroutput", None)
        if output is not None:
            output[SENT] = self.found[:TOLD]

    def take(self, output: dict[str, Any]) -> None:
        """What a worker sent at its end."""
        self.found += output.get(SENT, ())


LEFT: Final = Leaks()


def leaks(folder: Path) -> list[str]:
    """A sentence for each file below a folder that holds a secret; it does not tell which."""
    masters = tuple(_master_keys(folder))
    return [
        f"{kind} in {file.relative_to(folder)}"
        for file, content in _contents(folder)
        for kind in (
            *("a secret" for one in KNOWN if one in content),
            *("a master key" for one in masters if one in content),
            *("a token" for _ in TOKEN.findall(content)[:1]),
        )
    ]


def _master_keys(folder: Path) -> set[bytes]:
    files = (file for file in folder.rglob("secret.key") if file.is_file())
    return {line for file in files for line in file.read_bytes().split() if len(line) >= 32}


def _contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    exchanges = {file.parent for file in folder.rglob(EXCHANGE)}
    for file in folder.rglob("*"):
        if file.name in HOLDERS or file.is_symlink() or not file.is_file() or exchanges & set(file.parents):
            continue
        try:
            yield file, file.read_bytes()
            if file.suffix == ".zip":
                with ZipFile(file) as archive:
                    yield from ((file, archive.read(name)) for name in archive.namelist())
        except (OSError, BadZipFile):
            continue
