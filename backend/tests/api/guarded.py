"""An installation that asks for a sign-in, and who comes to it: browsers and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from werkzeug.test import Client, TestResponse

from backend.api.cookies import CSRF_HEADER
from backend.tests.apart import read_apart, rows_apart
from backend.tests.api.contract import Api, Contract
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.database_places import stored_bytes
from backend.tests.leaks import PASSWORD
from backend.tests.postgresql import given_server

NAME: Final = "admin"
LOGIN: Final = "/api/auth/login"
FIGURES: Final = "/api/portfolio/overview"
HERE: Final = "127.0.0.1"


@dataclass
class Browser:
    """Keeps its cookies, sends the token of its session with writes, and holds every answer against the contract."""

    installation: Installation
    address: str = HERE
    api: Api = field(init=False)
    csrf: str | None = None

    def __post_init__(self) -> None:
        self.api = Api(self.installation.api.app, Contract.committed())

    def send(self, method: str, path: str, **arguments: Any) -> TestResponse:
        headers = dict(arguments.pop("headers", {}))
        if self.csrf and method != "GET":
            headers.setdefault(CSRF_HEADER, self.csrf)
        base = {"REMOTE_ADDR": self.address}
        return self.api.send(method, path, headers=headers, environ_overrides=base, **arguments)

    def get(self, path: str, **arguments: Any) -> TestResponse:
        return self.send("GET", path, **arguments)

    def post(self, path: str, body: Mapping[str, Any] | None = None, **arguments: Any) -> TestResponse:
        return self.send("POST", path, json=body, **arguments)

    def set_up(self, password: str = PASSWORD, **more: Any) -> TestResponse:
        return self._taken(self.post("/api/auth/set-up", {"password": password, **more}))

    def sign_in(self, password: str = PASSWORD, name: str = NAME, **more: Any) -> TestResponse:
        return self._taken(self.post(LOGIN, {"username": name, "password": password, **more}))

    def token(self, *scopes: str) -> str:
        """A token of a program, made by this browser."""
        made = self.post("/api/auth/tokens", {"name": "a program", "scopes": list(scopes)})
        assert made.status_code == 201, made.text
        body: Any = made.json
        return str(body["token"])

    @property
    def cookie(self) -> str | None:
        """The token of the session, which no page can read."""
        found = self.client.get_cookie("portfolio_session")
        return found.value if found else None

    @property
    def client(self) -> Client:
        return self.api._client

    def _taken(self, answer: TestResponse) -> TestResponse:
        if answer.status_code == 200:
            body: Any = answer.json
            self.csrf = body["csrf_token"]
        return answer


def guarded(folder: Path, **settings: str) -> Installation:
    """One that nobody works in, with nobody's password set."""
    chosen = simulator_settings("http://127.0.0.1:9", folder) | {"SIGN_IN": "always"} | settings
    return Installation(chosen, folder, collecting=False)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def code_of(answer: TestResponse) -> tuple[int, str]:
    body: Any = answer.json
    return answer.status_code, body["code"]


def execute(installation: Installation, statement: str) -> None:
    """Change a row behind the program's back."""
    with installation.container.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(statement)


def stored_text(folder: Path) -> bytes:
    """Everything that stands on the disk of an installation's database."""
    if given_server() is not None:
        return stored_bytes(folder / "portfolio.db")
    files = b"".join(read_apart(one) for one in folder.glob("portfolio.db*"))
    return rows_apart(folder / "portfolio.db") + files
