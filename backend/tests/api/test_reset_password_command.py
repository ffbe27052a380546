"""The password, for who has the machine: by command, by the script around it, by the settings at the first start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import bcrypt
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from backend.bootstrap import Container
from backend.config import PROJECT_ROOT, load_settings
from backend.core.sign_in.brakes import LIMITS
from backend.opening import greet, set_first_password
from backend.reset_password_command import reset_password_command
from backend.services.password_hashes import Argon2Passwords
from backend.tests.api.guarded import Browser, execute, guarded
from backend.tests.api.installation import Installation
from backend.tests.database_places import settings_of
from backend.tests.empty_database import lay_database
from backend.tests.leaks import PASSWORD

OTHER: Final = "another long password"


def container(folder: Path, **settings: str) -> Container:
    chosen = {"DATA_DIR": str(folder), "DEMO_MODE": "true", "SIGN_IN": "always"} | settings_of(folder) | settings
    lay_database(folder / "portfolio.db")
    made = Container(load_settings(chosen, folder / "absent.env"), password_hashes=fast())
    made.migrate()
    return made


def fast() -> Argon2Passwords:
    return Argon2Passwords(PasswordHasher(1, 8, 1))


def reset(folder: Path, typed: str, *arguments: str) -> Result:
    return CliRunner().invoke(reset_password_command(lambda: container(folder)), arguments, input=typed)


def kept(running: Installation) -> str:
    """What the password is kept as."""
    with running.container.store.read() as unit:
        user = unit.sign_ins.user("admin")
    assert user is not None
    return user.password_hash


def test_it_sets_the_password_ends_sessions_and_lets_go_of_waits(tmp_path: Path) -> None:
    with guarded(tmp_path) as running:
        owner, other = Browser(running), Browser(running)
        owner.set_up()
        for _ in range(LIMITS["address"]):
            other.sign_in("wrong password")
        assert other.sign_in().status_code == 429
        execute(running, "UPDATE users SET secret = 'sealed', second_factor = true")
        done = reset(tmp_path, f"{OTHER}\n")
        assert (done.exit_code, done.stdout) == (0, "The password is set; sessions ended: 1\n")
        assert owner.get("/api/settings").status_code == 401
        asked = other.sign_in(OTHER)
        assert asked.status_code == 401
        assert "second-factor-needed" in asked.text
        assert reset(tmp_path, f"{OTHER}\n", "--without-second-factor").exit_code == 0
        assert other.sign_in(PASSWORD).status_code == 401
        assert other.sign_in(OTHER).status_code == 200


@pytest.mark.parametrize("typed", ["", "\n", "short\n"])
def test_an_easy_password_is_refused_and_nothing_changes(tmp_path: Path, typed: str) -> None:
    refused = reset(tmp_path, typed)
    assert refused.exit_code == 2
    assert "At least 12 characters" in refused.output
    assert not container(tmp_path).auth.sessions.has_password()


def test_the_first_password_of_the_settings_is_taken_once(tmp_path: Path) -> None:
    first = container(tmp_path, ADMIN_PASSWORD=PASSWORD)
    set_first_password(first)
    with guarded(tmp_path) as running:
        assert Browser(running).sign_in(PASSWORD).status_code == 200
        set_first_password(container(tmp_path, ADMIN_PASSWORD=OTHER))
        assert Browser(running).sign_in(OTHER).status_code == 401
        assert Browser(running).sign_in(PASSWORD).status_code == 200


@pytest.mark.parametrize("cost", [10, 12])
def test_a_hash_of_bcrypt_is_taken_for_the_first_password_and_replaced_at_the_first_sign_in(
    tmp_path: Path, cost: int
) -> None:
    long = PASSWORD + "x" * 80  # of which bcrypt knows 72 bytes
    brought = bcrypt.hashpw(long.encode()[:72], bcrypt.gensalt(cost)).decode()
    set_first_password(container(tmp_path, ADMIN_PASSWORD=brought))
    with guarded(tmp_path) as running:
        assert kept(running) == brought
        assert Browser(running).sign_in(OTHER).status_code == 401
        assert Browser(running).sign_in(brought).status_code == 401
        assert kept(running) == brought
        assert Browser(running).sign_in(long).status_code == 200
        anew = kept(running)
        assert anew.startswith("$argon2id$")
        # Now all of it counts.
        assert Browser(running).sign_in(long[:72]).status_code == 401
        assert Browser(running).sign_in(long).status_code == 200
        assert kept(running) == anew


def test_a_hash_of_argon2id_is_taken_as_it_is(tmp_path: Path) -> None:
    set_first_password(container(tmp_path, ADMIN_PASSWORD=PasswordHasher().hash(PASSWORD)))
    with guarded(tmp_path) as running:
        assert Browser(running).sign_in(PASSWORD).status_code == 200


def test_a_start_without_a_password_prints_the_code_and_one_with_it_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = container(tmp_path)
    greet(made)
    assert made.auth.passwords.set_up_code() in capsys.readouterr().out
    made.auth.passwords.set_first(PASSWORD)
    greet(made)
    assert "code" not in capsys.readouterr().out
    greet(container(tmp_path / "open", SIGN_IN="auto"))
    assert "code" not in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
def test_the_script_hands_the_password_over_by_the_input(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DEMO_MODE": "true",
        "PORTFOLIO_PYTHON": sys.executable,
        **settings_of(tmp_path),
    }
    lay_database(tmp_path / "portfolio.db")
    script = PROJECT_ROOT / "scripts" / "reset_password.sh"
    done = subprocess.run([script, OTHER], env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "The password is set; sessions ended: 0\n"), done.stderr
    assert container(tmp_path).auth.sessions.has_password()
    wrong = subprocess.run([script, OTHER, "x"], env=environment, capture_output=True, check=False, timeout=120)
    assert wrong.returncode == 2
