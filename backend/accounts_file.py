"""The accounts file: several accounts of one environment, with their keys (docs/decisions/0009-accounts.md).

[[account]]
name = "Conservative"
api_key = "..."
api_secret = "..."               # as Binance gave it, or a private key in PEM between three quotes
# api_secret_file = "key.pem"    # or where it is, beside this file
# key_type = "ed25519"           # hmac, rsa or ed25519; found out where left out
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from backend.core.model.accounts import LONGEST_NAME, tidy_name

KEY_TYPES: Final = ("hmac", "rsa", "ed25519")
FIELDS: Final = frozenset({"name", "api_key", "api_secret", "api_secret_file", "key_type"})


class AccountsFileError(Exception):
    """The file cannot be used; the text says where and what would be right, and holds no key."""


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """One account and its keys; `key_type` is empty where it is to be found out."""

    name: str
    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    key_type: str = ""


def read_accounts(file: Path) -> tuple[AccountSettings, ...]:
    """The accounts of a file, in its order.

    Raises:
        AccountsFileError: others may read it, it cannot be read, or an entry is wrong.
    """
    entries = _entries(file)
    found = tuple(_account(entry, f"{file.name}, account {number}", file) for number, entry in enumerate(entries, 1))
    refuse_doubles(found, file.name)
    return found


def refuse_doubles(accounts: tuple[AccountSettings, ...], where: str) -> None:
    """Raises AccountsFileError when two accounts have one name or one key."""
    names = [account.name.casefold() for account in accounts]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise AccountsFileError(f"{where}: the name {accounts[number].name} is there twice")
    if len({account.api_key for account in accounts}) < len(accounts):
        raise AccountsFileError(f"{where}: one api_key is there twice: its money would be counted twice")


def _entries(file: Path) -> list[Any]:
    try:
        _refuse_open(file)
        parsed = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise AccountsFileError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise AccountsFileError(f"{file} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        # Its text names line and column, and quotes one character at most.
        raise AccountsFileError(f"{file} is not TOML: {error}") from None
    entries = parsed.get("account")
    if set(parsed) != {"account"} or not isinstance(entries, list) or not entries:
        raise AccountsFileError(f"{file} holds [[account]] entries, one or more, and nothing else")
    return entries


def _refuse_open(file: Path) -> None:
    """As `ssh` does: a file of keys that others of this machine may read is no secret."""
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise AccountsFileError(f"{file} can be read by others: chmod 600 {file}")


def _account(entry: Any, where: str, file: Path) -> AccountSettings:
    if not isinstance(entry, Mapping) or not all(isinstance(value, str) for value in entry.values()):
        raise AccountsFileError(f"{where}: every value is a text between quotes")
    if unknown := sorted(set(entry) - FIELDS):
        raise AccountsFileError(f"{where}: {unknown[0]} is not one of {', '.join(sorted(FIELDS))}")
    name = tidy_name(entry.get("name", ""))
    if not name or len(name) > LONGEST_NAME:
        raise AccountsFileError(f"{where}: name is empty or longer than {LONGEST_NAME} letters")
    key_type = entry.get("key_type", "").lower()
    if key_type and key_type not in KEY_TYPES:
        raise AccountsFileError(f"{where}: key_type is not one of {', '.join(KEY_TYPES)}")
    secret = entry.get("api_secret", "").strip()
    if bool(secret) == bool(entry.get("api_secret_file")):
        raise AccountsFileError(f"{where}: one of api_secret and api_secret_file is needed")
    key = entry.get("api_key", "").strip()
    if not key:
        raise AccountsFileError(f"{where}: api_key is empty")
    return AccountSettings(name, key, secret or _secret_in(file.parent / entry["api_secret_file"], where), key_type)


def _secret_in(file: Path, where: str) -> str:
    try:
        _refuse_open(file)
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise AccountsFileError(f"{where}: api_secret_file cannot be read") from None
