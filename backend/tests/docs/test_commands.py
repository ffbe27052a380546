"""Every command of the documentation is run as it stands, against a demo, or stands in one table with a reason.

A page's commands are run in their order by one shell, so that what one keeps is there for the next. curl is led to the
demo's ports by its own settings. An answer that the page shows is held against the real one.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import click
import pytest
import yaml

from backend.command_line import main
from backend.tests.docs.answers import differences, lengthened
from backend.tests.docs.elsewhere import ELSEWHERE, elsewhere
from backend.tests.docs.pages import (
    ROOT,
    SHELLS,
    Command,
    block_commands,
    fences,
    inline_code,
    pages,
    programs,
    text_of,
)
from backend.tests.docs.shell import Shell
from backend.tests.forks import run
from backend.tests.process.harness import Product, wait_for
from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process

OTHER_LANGUAGES: Final = frozenset({"ini", "toml", "text", "nginx", "caddy", "cron", "python", "sql"})
# Its examples sign in; all others are those of a demo that asks nobody.
SIGNS_IN: Final = "docs/api.md"
PASSWORD: Final = "correct horse battery"
DEMO: Final = {"DEMO_MODE": "true", "BALANCE_UPDATE_INTERVAL": "15"}
KEY, SECRET = "k" * 64, "s" * 64
DAYS: Final = 45
READY_WITHIN_S: Final = 180.0
HTTP_ERROR: Final = 22  # curl's exit code for an answer of 400 and above
PROGRAM: Final = ("python", "-m", "backend")
# What may be run here: it asks the demo, or works in the folder of the test. Nothing else is, so that no page can harm.
HARMLESS: Final = frozenset({"curl", "jq", "tee", "scripts/backup_db.sh"})
SETTINGS: Final = "cp .env.example .env"
ALL: Final = [command for page in pages() for command in block_commands(page)]
INLINE: Final = [command for page in pages() for command in inline_code(page)]


def is_request(command: Command) -> bool:
    """Whether a command within a line can be run: it names an address, and nothing of it is left out."""
    return command.text.startswith("curl ") and "localhost:" in command.text and "..." not in command.text


def is_run(command: Command) -> bool:
    """Whether a command of a block is run here."""
    if elsewhere(command) is not None:
        return False
    ours = tuple(shlex.split(command.text, comments=True)[:3]) == PROGRAM
    return ours or command.text == SETTINGS or set(programs(command.text)) <= HARMLESS


def to_run(page: str) -> list[Command]:
    """The commands of a page that are run here, in order."""
    found = [command for command in block_commands(page) if is_run(command)]
    found += [command for command in inline_code(page) if is_request(command)]
    return sorted(found, key=lambda command: command.line)


WITH_COMMANDS: Final = [page for page in pages() if to_run(page)]


@dataclass(frozen=True)
class Demo:
    """A demo that asks nobody, beside it the same one asking for a sign-in, and an exchange alone."""

    open: Product
    guarded: Product
    exchange: SimulatorProcess

    def ports(self, page: str) -> dict[int, int]:
        web = self.guarded if page == SIGNS_IN else self.open
        return {5000: web.port, 8765: int(self.exchange.url.rsplit(":", 1)[1])}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    if shutil.which("curl") is None or shutil.which("jq") is None:
        pytest.skip("the examples of the documentation need curl and jq")
    folder = tmp_path_factory.mktemp("demo")
    _short_past(folder / "simulator")
    asking = DEMO | {"SIGN_IN": "always", "ADMIN_PASSWORD": PASSWORD}
    with (
        Product(folder, DEMO) as product,
        Product(folder, asking, ("web",)) as guarded,
        SimulatorProcess(tmp_path_factory.mktemp("exchange")) as exchange,
    ):
        wait_for(lambda: _settled(product), "the demo has its figures", READY_WITHIN_S, 0.5)
        yield Demo(product, guarded, exchange)


def _short_past(folder: Path) -> None:
    """A demo as it is kept between starts, with weeks in the place of years: what the pages show needs no more."""
    with SimulatorProcess(folder / "state", ("--seed", "11")) as exchange:
        now = datetime.fromisoformat(exchange.control("/sim/clock")["now"])
        begun = (now - timedelta(days=DAYS + 1)).isoformat()
        exchange.open_account(KEY, SECRET, name="demo", balances={}, created_at=begun)
        past = {"api_key": KEY, "days": DAYS, "seed": 11, "trades": 24, "flows": 6}
        exchange.control("/sim/history", past | {"symbols": ["BTCUSDT", "ETHUSDT", "LTCUSDT", "SOLUSDT"]})
    kept = {"api_key": KEY, "api_secret": SECRET, "scenario": "calm", "ready": True}
    (folder / "demo.json").write_text(json.dumps(kept), "utf-8")


def _settled(product: Product) -> bool:
    overview = product.get("/api/portfolio/overview")
    if overview["total_value_usd"] is None or overview["realized_pnl_usd"] is None or overview["attention"]:
        return False
    return bool(product.get("/api/performance/twr/30")["status"] == "exact")


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_the_commands_of_a_page_do_what_it_says(page: str, demo: Demo, tmp_path: Path) -> None:
    with Shell(tmp_path / "checkout", demo.open.data, demo.open.environment, demo.ports(page)) as shell:
        for command in to_run(page):
            if "-N" in command.text.split():  # it listens and does not end
                shell.listen(command.text, partial(_heard, command.shown))
                continue
            code, out, errors = _run(command, shell, demo)
            refused = _refusal(command.shown)
            expected = HTTP_ERROR if refused else 0
            assert code == expected, f"{command}\nexit code {code}\n{out}{errors}"
            assert differences(command.shown, out) == [], f"{command}\n{out[:3000]}"


def _run(command: Command, shell: Shell, demo: Demo) -> tuple[int, str, str]:
    words = shlex.split(command.text, comments=True)
    if tuple(words[:3]) == PROGRAM and "|" not in words:
        return run(words[3:], demo.open.environment, folder=shell.folder)
    return shell.run(command.text)


def _heard(shown: str, text: str) -> bool:
    return "data:" in text and differences(shown, text) == []


def _refusal(shown: str) -> bool:
    """Whether the answer that a page shows is a problem document."""
    document = lengthened(shown) if shown.startswith("{") else {}
    return "code" in document and isinstance(document.get("status"), int)


def test_a_backup_goes_where_it_is_told(demo: Demo, tmp_path: Path) -> None:
    code, out, errors = run(["backup", "--to", str(tmp_path / "usb")], demo.open.environment)
    assert code == 0, errors
    assert Path(out.split()[-1]).parent == tmp_path / "usb"


def test_the_line_for_cron_refreshes_by_a_token_that_may_only_read(demo: Demo, tmp_path: Path) -> None:
    lines = [fence.text for page in pages() for fence in fences(page) if fence.language == "cron"]
    assert len(lines) == 1
    fields = lines[0].split(maxsplit=6)
    assert fields[:6] == ["0", "*", "*", "*", "*", "root"]
    header = re.findall(r"@(\S+)", fields[6])[0]
    (tmp_path / "header").write_text(f"Authorization: Bearer {_token(demo.guarded, 'read')}\n", "utf-8")
    with Shell(tmp_path / "checkout", demo.open.data, demo.open.environment, demo.ports(SIGNS_IN), False) as shell:
        assert shell.run(fields[6].replace(header, str(tmp_path / "header"))) == (0, "", "")
        (tmp_path / "header").write_text("Authorization: Bearer bpm_none\n", "utf-8")
        code, _, errors = shell.run(fields[6].replace(header, str(tmp_path / "header")))
        assert (code, "401" in errors) == (HTTP_ERROR, True)


def _token(product: Product, scope: str) -> str:
    signed_in = product.post("/api/auth/login", {"username": "admin", "password": PASSWORD})
    headers = {"X-CSRF-Token": signed_in["csrf_token"]}
    body = {"name": "cron", "scopes": [scope]}
    answer = product.request("POST", "/api/auth/tokens", json=body, headers=headers)
    assert answer.ok, answer.text
    product.session.cookies.clear()
    return str(answer.json()["token"])


# --- what is not run


def test_every_command_is_run_here_or_has_its_reason() -> None:
    assert [str(command) for command in ALL if not is_run(command) and elsewhere(command) is None] == []


def test_every_block_says_what_it_is() -> None:
    known = OTHER_LANGUAGES | {*SHELLS}
    strange = [fence for page in pages() for fence in fences(page) if fence.language not in known]
    assert strange == []


def test_every_reason_not_to_run_a_command_is_needed_and_every_proof_is_there() -> None:
    assert [entry for entry in ELSEWHERE if not any(entry.fits(command) for command in ALL)] == []
    for proof in [entry.proof for entry in ELSEWHERE if entry.proof]:
        file, _, name = proof.partition("::")
        functions = [node.name for node in ast.walk(ast.parse(text_of(file))) if isinstance(node, ast.FunctionDef)]
        assert name in functions, proof


@pytest.mark.parametrize(
    "fence", [f for p in pages() for f in fences(p) if f.language == "python"], ids=lambda f: f.page
)
def test_blocks_of_python_are_python(fence: Any) -> None:
    ast.parse(fence.text)


# --- commands within a line: that there is such a command, with such options


def _options(command: click.Command) -> set[str]:
    return {
        name for one in command.params if isinstance(one, click.Option) for name in (*one.opts, *one.secondary_opts)
    }


@pytest.mark.parametrize("command", [c for c in INLINE if c.text.startswith("python -m backend ")], ids=str)
def test_a_command_of_the_program_is_there_with_its_options(command: Command) -> None:
    words = re.sub(r"[\[\]]", "", command.text).split()[3:]
    known = main.get_command(click.Context(main), words[0])
    assert known is not None, command
    said = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert said <= _options(known) | {"--help"}, command


@cache
def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))


@pytest.mark.parametrize("command", [c for c in INLINE if re.match(r"(\w+=\S+ )*make [a-z]", c.text)], ids=str)
def test_a_target_of_make_is_there(command: Command) -> None:
    assert command.text.partition("make ")[2].split()[0] in _targets(), command


@pytest.mark.parametrize("command", [c for c in INLINE if c.text.startswith("scripts/")], ids=str)
def test_a_script_is_there(command: Command) -> None:
    assert (ROOT / command.text.split()[0]).exists(), command


@pytest.mark.parametrize("command", [c for c in INLINE if re.match(r"docker-compose [a-z]", c.text)], ids=str)
def test_a_service_that_compose_is_asked_about_is_there(command: Command) -> None:
    verb, *words = command.text.split()[1:]
    assert verb in ("up", "down", "ps", "logs", "exec"), command
    named = [word for word in words if not word.startswith("-") and "=" not in word][:1]
    assert set(named) <= set(yaml.safe_load(text_of("docker-compose.yml"))["services"]), command
