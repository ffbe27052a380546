"""Values that stand for secrets, and the search for them in everything that a program leaves behind.

A canary is planted where its secret would be: in a setting, a header, a body. Afterwards `found` looks for each of them
in every file of the data folder (logs, database, write-ahead log, backups) and in every answer that was kept. A search
that finds nothing proves something only if it would have found them: run the same acts with `SeesThrough` in the
redactor's place, and each canary must be found in the logs.

Imports nothing of the program's but the redactor that it takes the place of.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import quote
from zipfile import BadZipFile, ZipFile

from backend.core.redaction import Redactor

# How the secret of each kind looks; what has no look of its own is found by being known.
SHAPES: Final[Mapping[str, str]] = {
    "api_key": "{hex64}",
    "api_secret": "{hex64}",
    "password": "Canary pass/{hex12}+é",
    "session": "canary-session-{hex24}",
    "token": "bpm_canary-token-{hex32}",
    "coinmarketcap_key": "{hex8}-canary-4cmc-8key-{hex12}",
    "rank_key": "{hex8}-canary-4rank-8key-{hex12}",
    "smtp_password": "canary smtp {hex12}",
    "webhook_secret": "canary of a webhook {hex24}",
    "telegram_token": "{digits9}:canary-telegram-{hex12}",
    "master_key": "canary-master-key-{hex32}",
    "secret_key": "canary-secret-key-{hex32}",
    "metrics_token": "canary-metrics-token-{hex32}",
}
LONGEST_PACKED: Final = 50_000_000


@dataclass(frozen=True)
class Canaries:
    """Unique values by kind; the same for the same seed."""

    values: Mapping[str, str]
    answers: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def hatched(cls, seed: str, kinds: Iterable[str] = SHAPES) -> Canaries:
        def value(kind: str) -> str:
            digits = sha256(f"{seed} {kind}".encode()).hexdigest()
            parts = {f"hex{length}": digits[:length] for length in (8, 12, 24, 32, 64)}
            return SHAPES[kind].format(**parts, digits9=str(int(digits, 16))[:9])

        return cls({kind: value(kind) for kind in kinds})

    def __getitem__(self, kind: str) -> str:
        return self.values[kind]

    def keep(self, name: str, answer: bytes) -> bytes:
        """Have an answer searched, too."""
        self.answers[name] = answer
        return answer

    def found(self, folder: Path) -> set[tuple[str, str]]:
        """(kind, place) of every canary in a file below `folder` or in an answer that was kept."""
        places = [*_files(folder), *self.answers.items()]
        return {
            (kind, place)
            for place, content in places
            for whole in (content, *_unpacked(content))
            for kind, value in self.values.items()
            if any(form in whole for form in forms(value))
        }


class SeesThrough(Redactor):
    """A redactor that takes nothing out."""

    def text(self, text: str) -> str:
        return text

    def fields(self, fields: Mapping[str, object]) -> dict[str, object]:
        return {name: value if isinstance(value, int | float) else str(value) for name, value in fields.items()}


def forms(value: str) -> set[bytes]:
    """A value as it may stand in a file: itself, in an address, in JSON, in base64, in two encodings."""
    raw = value.encode()
    texts = {value, quote(value, safe=""), json.dumps(value)[1:-1], base64.b64encode(raw).decode()}
    return {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le")}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield str(file.relative_to(folder)), file.read_bytes()


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What lies compressed in a file (gzip or zlib from its beginning, or a ZIP)."""
    if content[:2] == b"PK":
        try:
            with ZipFile(BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        except (BadZipFile, zlib.error):
            return
    if content[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\xda"):
        try:
            yield zlib.decompressobj(wbits=47).decompress(content, LONGEST_PACKED)
        except zlib.error:
            return
