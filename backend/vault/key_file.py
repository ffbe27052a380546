"""The file of master keys, `secret.key` in the data folder: one key a line, the newest first, for its owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from backend.core.errors import DomainError
from backend.core.redaction import remember
from backend.vault.ring import KEY_BYTES, MasterKey

NAME: Final = "secret.key"
OWNER_ONLY: Final = 0o600
# What a key of the file is long at least: 32 bytes in 43 letters.
SHORTEST: Final = 43


class VaultError(DomainError):
    """The master keys cannot be used; the text is the one line the user sees, and holds no key."""

    code = "vault-unusable"


class KeyFile:
    """Reads the file anew whenever it has changed, so that a rotation reaches programs that run."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._seen: tuple[int, int, int] | None = None
        self._keys: Sequence[MasterKey] = ()

    def read(self) -> Sequence[MasterKey]:
        """Its keys, newest first; none where there is no file.

        Raises:
            VaultError: others may read it, it cannot be read, or it holds something else.
        """
        try:
            found = self.file.stat()
            if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
                raise VaultError(
                    f"{self.file} can be read by others: chmod 600 {self.file}, and if somebody may have read it, "
                    "run `python -m backend rotate-key` and make new API keys"
                )
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._seen:
                self._keys = _parsed(self.file, self.file.read_text("ascii"))
                remember(*(one.text for one in self._keys))
                self._seen = seen
        except FileNotFoundError:
            self._keys, self._seen = (), None
        except (OSError, UnicodeDecodeError) as error:
            raise VaultError(f"{self.file} cannot be read: {getattr(error, 'strerror', None) or 'not text'}") from None
        return self._keys

    def make(self) -> Sequence[MasterKey]:
        """The keys of the file, which is made with a new one where there is none; of two who make it one wins.

        Raises:
            VaultError: it cannot be written or read.
        """
        if not self.read():
            self._write([new_key()], replace=False)
        return self.read()

    def put_first(self, key: MasterKey) -> None:
        """Have a key seal from now on; the others open still."""
        self._write([key, *self.read()], replace=True)

    def keep(self, ids: frozenset[str]) -> None:
        """Take all keys but these out of the file; without any it goes."""
        kept = [key for key in self.read() if key.id in ids]
        if kept:
            self._write(kept, replace=True)
        else:
            self.file.unlink(missing_ok=True)

    def _write(self, keys: Sequence[MasterKey], replace: bool) -> None:
        """Whole or not at all, and on the disk before anything is sealed with it."""
        beside = self.file.with_name(f".{self.file.name}.{secrets.token_hex(4)}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as stream:
                    stream.write("".join(f"{key.text}\n" for key in keys))
                    stream.flush()
                    os.fsync(stream.fileno())
                if replace:
                    os.replace(beside, self.file)
                else:
                    os.link(beside, self.file)
            finally:
                beside.unlink(missing_ok=True)
            _sync(self.file.parent)
        except FileExistsError:
            return  # somebody was quicker: theirs is the key
        except OSError as error:
            raise VaultError(f"{self.file} cannot be written: {error.strerror}") from None


def new_key() -> MasterKey:
    return MasterKey(secrets.token_urlsafe(KEY_BYTES))


def _parsed(file: Path, content: str) -> Sequence[MasterKey]:
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    if not lines or any(len(line) < SHORTEST for line in lines):
        raise VaultError(f"{file} holds no master keys: put it back from its copy, or take it away and enter keys anew")
    return [MasterKey(line) for line in lines]


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
