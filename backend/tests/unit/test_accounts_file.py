"""The accounts file: any number of accounts, keys that others may not read, refusals in words without keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.accounts_file import AccountSettings, AccountsFileError, read_accounts
from backend.config import Settings, SettingsError, load_settings

CANARY = "canary-of-a-key"
ONE = f'[[account]]\nname = "One"\napi_key = "key1"\napi_secret = "{CANARY}"\n'
TWO = f'[[account]]\nname = "Two"\napi_key = "key2"\napi_secret = "{CANARY}"\nkey_type = "HMAC"\n'


def written(folder: Path, text: str, mode: int = 0o600, name: str = "accounts.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return file


def settings(folder: Path, **env: str) -> Settings:
    return load_settings({"DATA_DIR": str(folder)} | env, folder / "no.env")


def test_any_number_of_accounts_in_their_order(tmp_path: Path) -> None:
    assert read_accounts(written(tmp_path, ONE + TWO)) == (
        AccountSettings("One", "key1", CANARY),
        AccountSettings("Two", "key2", CANARY, "hmac"),
    )


def test_a_private_key_may_stand_in_the_file_or_beside_it(tmp_path: Path) -> None:
    written(tmp_path, "-----BEGIN\nbeside\n", name="key.pem")
    text = "[[account]]\nname='A'\napi_key='a'\napi_secret='''\n-----BEGIN\nwithin\n'''\n"
    text += "[[account]]\nname='B'\napi_key='b'\napi_secret_file='key.pem'\n"
    found = read_accounts(written(tmp_path, text))
    assert [one.api_secret for one in found] == ["-----BEGIN\nwithin", "-----BEGIN\nbeside"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "one or more"),
        ("name = 'x'", "one or more"),
        ("account = 5", "one or more"),
        ("[[account]\n", "not TOML"),
        (ONE.replace('"One"', '""'), "account 1: name is empty"),
        (ONE.replace("key1", ""), "account 1: api_key is empty"),
        (ONE.replace('"key1"', "5"), "account 1: every value is a text"),
        (ONE + TWO.replace("HMAC", "DSA"), "account 2: key_type"),
        (ONE + "api_secret_file = 'x'\n", "one of api_secret and api_secret_file"),
        (ONE.replace("api_secret", "api_secert"), "account 1: api_secert is not one of"),
        (ONE.replace("api_secret", "api_secret_file"), "api_secret_file cannot be read"),
        (ONE + TWO.replace("Two", "ONE"), "the name ONE is there twice"),
        (ONE + TWO.replace("key2", "key1"), "counted twice"),
    ],
)
def test_a_wrong_entry_is_refused_in_words_without_keys(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(AccountsFileError, match=words) as refusal:
        read_accounts(written(tmp_path, text))
    assert CANARY not in str(refusal.value)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(AccountsFileError, match="chmod 600"):
        read_accounts(written(tmp_path, ONE, mode))


def test_the_file_in_the_data_folder_is_found_and_makes_it_live(tmp_path: Path) -> None:
    assert settings(tmp_path).environment == "demo"
    written(tmp_path, ONE + TWO)
    found = settings(tmp_path)
    assert (found.environment, [one.name for one in found.accounts]) == ("live", ["One", "Two"])
    assert CANARY not in repr(found)


def test_the_account_of_the_environment_comes_first(tmp_path: Path) -> None:
    written(tmp_path, ONE)
    found = settings(tmp_path, BINANCE_API_KEY="key0", BINANCE_API_SECRET="s", BINANCE_TESTNET="true")
    assert (found.environment, [one.name for one in found.accounts]) == ("testnet", ["testnet", "One"])


def test_the_same_key_in_both_places_is_refused(tmp_path: Path) -> None:
    written(tmp_path, ONE)
    with pytest.raises(SettingsError, match="counted twice"):
        settings(tmp_path, BINANCE_API_KEY="key1", BINANCE_API_SECRET="s")


def test_the_demo_takes_no_accounts(tmp_path: Path) -> None:
    written(tmp_path, ONE)
    found = settings(tmp_path, DEMO_MODE="true")
    assert (found.environment, found.accounts) == ("demo", ())


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        settings(tmp_path, ACCOUNTS_FILE=str(tmp_path / "none.toml"))
