"""The file of a backup: a ZIP of `manifest.json` and the database; its comment is the SHA-256 of all bytes before it.

The manifest has the hash of the database inside. So a file that was cut off, changed in any byte or made by something
else is known before anything is taken out of it, and any program that opens ZIP files can take the database out.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile

from backend.core.errors import BackupRefusedError
from backend.core.model.backups import KINDS, REASONS, BackupManifest

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
# A SQLite database, of whichever engine the backup is.
MEMBER: Final = "portfolio.db"
SEAL: Final = b"sha256:"
SEAL_BYTES: Final = len(SEAL) + 64
MOST_MANIFEST_BYTES: Final = 256 * 1024
CHUNK: Final = 1 << 20
# What reading a file that is none, or no longer whole, can raise.
UNREADABLE: Final = (BadZipFile, LargeZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)


def pack(database: Path, manifest: BackupManifest, target: Path) -> None:
    """Write a backup and wait until the disk has it."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.comment = SEAL + b"0" * 64
        archive.writestr(MANIFEST, json.dumps({"format": FORMAT} | asdict(manifest), indent=1))
        archive.write(database, MEMBER)
    with target.open("r+b") as file:
        digest = _sealed(file, target.stat().st_size)
        file.seek(-64, os.SEEK_END)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def manifest_of(file: Path) -> BackupManifest:
    """What a backup says of itself, without looking at the whole of it.

    Raises:
        BackupRefusedError: it is no backup, or one of a newer version of the program.
        OSError: the file cannot be read.
    """
    try:
        with ZipFile(file) as archive:
            if not archive.comment.startswith(SEAL) or len(archive.comment) != SEAL_BYTES:
                raise _foreign(file)
            info = archive.getinfo(MANIFEST)
            if info.file_size > MOST_MANIFEST_BYTES:
                raise _foreign(file)
            said = json.loads(archive.read(info))
            if type(said["format"]) is int and said["format"] > FORMAT:
                raise BackupRefusedError(f"{file.name} was made by a newer version of the program: update it first")
            manifest = _read(said)
            if sorted(archive.namelist()) != sorted((MANIFEST, MEMBER)):
                raise _foreign(file)
    except (*UNREADABLE, TypeError, ValueError) as error:
        raise _foreign(file) from error
    return manifest


def check(file: Path) -> BackupManifest:
    """As `manifest_of`, after a look at every byte of it.

    Raises:
        BackupRefusedError: it is no backup, one of a newer version, or it was changed since it was made.
        OSError: the file cannot be read.
    """
    # Before anything reads it as a ZIP: what was changed may send a reader anywhere.
    size = file.stat().st_size
    if size <= SEAL_BYTES:
        raise _foreign(file)
    with file.open("rb") as opened:
        found = _sealed(opened, size)
        seal = opened.read()
    if not seal.startswith(SEAL):
        raise _foreign(file)
    if seal != SEAL + found.encode():
        raise _damaged(file)
    manifest = manifest_of(file)
    for _ in _contents(file, manifest):
        pass
    return manifest


def take_out(file: Path, manifest: BackupManifest, target: Path) -> None:
    """Write the database inside to `target`, and wait until the disk has it.

    Raises:
        BackupRefusedError: it is not what the manifest says.
        OSError: a file cannot be read or written.
    """
    with target.open("wb") as out:
        for chunk in _contents(file, manifest):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _contents(file: Path, manifest: BackupManifest) -> Iterator[bytes]:
    digest, size = sha256(), 0
    try:
        with ZipFile(file) as archive, archive.open(MEMBER) as inside:
            while chunk := inside.read(CHUNK):
                size += len(chunk)
                if size > manifest.size_bytes:
                    raise _damaged(file)
                digest.update(chunk)
                yield chunk
    except UNREADABLE as error:
        raise _damaged(file) from error
    if (size, digest.hexdigest()) != (manifest.size_bytes, manifest.sha256):
        raise _damaged(file)


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return _digest(opened, file.stat().st_size)


def _sealed(file: IO[bytes], size: int) -> str:
    """The hash of all but the seal; leaves the file at the seal."""
    return _digest(file, size - SEAL_BYTES)


def _digest(file: IO[bytes], size: int) -> str:
    digest = sha256()
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def _read(said: Any) -> BackupManifest:
    """A manifest, each field of its kind; raises TypeError, ValueError or KeyError otherwise."""
    rows = {str(name): _count(found) for name, found in dict(said["rows"]).items()}
    if said["format"] != FORMAT or said["database"] not in KINDS or said["reason"] not in REASONS:
        raise ValueError("unknown kind")
    texts = [said["program"], said["schema"], said["sha256"]]
    if not all(isinstance(one, str) for one in texts):
        raise TypeError("not a text")
    return BackupManifest(
        made_ms=_count(said["made_ms"]),
        program=said["program"],
        database=said["database"],
        schema=said["schema"],
        reason=said["reason"],
        size_bytes=_count(said["size_bytes"]),
        sha256=said["sha256"],
        rows=rows,
    )


def _count(found: Any) -> int:
    # The bound is the last instant that can be written as a date, in milliseconds; no size comes near it.
    if type(found) is not int or not 0 <= found <= 253_402_300_799_999:
        raise ValueError("not a count")
    return found


def _foreign(file: Path) -> BackupRefusedError:
    return BackupRefusedError(f"{file.name} is no backup of this program, or not whole: nothing was changed")


def _damaged(file: Path) -> BackupRefusedError:
    return BackupRefusedError(
        f"{file.name} is damaged: it is not what was written when it was made. Nothing was changed; take another backup"
    )
