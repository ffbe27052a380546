"""Files as they are brought: text, or a zip of several. Nothing is unpacked beyond what an import may be long."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from backend.core.errors import BadInputError
from backend.core.imports.statements.reading import NamedText

MOST_FILES: Final = 50
MOST_UNPACKED: Final = 64 * 1024 * 1024
MAGIC: Final = b"PK"
_SKIPPED: Final = ("__MACOSX/", ".")
# Zips of another kind.
_SHEETS: Final = (".xlsx", ".xlsm", ".ods", ".docx", ".numbers")
# No database keeps it in a text, and no text has it.
NUL: Final = "\0"
_ENCODINGS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def texts(name: str, content: bytes) -> list[NamedText]:
    """The text files in what was brought.

    Raises:
        BadInputError: a zip that is broken, locked, empty, or too large once unpacked.
    """
    if not content.startswith(MAGIC):
        return [NamedText(name, decoded(content))]
    if name.lower().endswith(_SHEETS):
        raise BadInputError("This is not a text file: export it as CSV", "content")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith(_SKIPPED)]
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise BadInputError("The zip holds too much: unpack it and import its files one by one", "content")
            found = [NamedText(one.filename.rpartition("/")[2], decoded(archive.read(one))) for one in members]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise BadInputError("The zip cannot be opened: unpack it and choose the files in it", "content") from error
    if not found:
        raise BadInputError("The zip is empty", "content")
    return found


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16, and where it is neither, what Excel writes on Windows.

    Raises:
        BadInputError: it is no text, or UTF-16 that does not say so.
    """
    found = _decoded(content)
    if NUL in found:
        raise BadInputError("This is not a text file, or one in UTF-16: save it as CSV in UTF-8", "content")
    return found


def _decoded(content: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace")
