"""Each planted secret at its work: what it is for succeeds with it, and fails without it.

A search that finds no secret proves nothing about one that nobody used. Whoever calls these acts has them done by the
program itself, and an `AssertionError` where a secret was not what did it.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from backend import bootstrap_alerts
from backend.api import alerts as alerts_api
from backend.api.access import READS
from backend.backup_command import backup_command
from backend.bootstrap import Container
from backend.core.errors import SealBroken
from backend.core.model.rank_keys import PURPOSE
from backend.core.sign_in import sessions
from backend.integrations.messages.outgoing import Outgoing
from backend.integrations.messages.telegram import Telegram
from backend.tests.api.guarded import NAME, Browser, bearer
from backend.tests.api.installation import Installation
from backend.tests.canaries import Canaries
from backend.tests.message_places import (
    HOOKS,
    MAIL,
    TELEGRAM,
    MailPlace,
    WebPlace,
    here,
    mail_place,
    make_seals,
    web_place,
)
from backend.vault.key_file import NAME as KEY_FILE
from backend.vault.vault import Vault

AFAR: Final = {"REMOTE_ADDR": "10.0.0.9"}
PAGES: Final = ("/", "/settings", "/docs", "/redoc", "/openapi.json")
STREAM: Final = "/api/events"


@dataclass(frozen=True)
class Places:
    """Where messages go."""

    hook: WebPlace
    bot: WebPlace
    mail: MailPlace

    @property
    def hosts(self) -> str:
        """As ALERT_ALLOWED_HOSTS names them."""
        return f"{HOOKS}:{self.hook.port},{MAIL}:{self.mail.port}"


@contextmanager
def places(folder: Path, canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """Stand-ins for a webhook, Telegram and a mail server of the canary's password, all that alerts go to."""
    seals = make_seals(folder)
    with web_place(seals) as hook, web_place(seals) as bot, mail_place(seals) as mail:
        mail.password = canaries["smtp_password"]

        def way(allowed: Collection[str], *_: object) -> Outgoing:
            return Outgoing({*allowed, f"{TELEGRAM}:{bot.port}"}, here, lambda address: True, seals.client, 5.0)

        monkeypatch.setattr(bootstrap_alerts, "Outgoing", way)
        monkeypatch.setattr(bootstrap_alerts, "Telegram", lambda given: Telegram(given, bot.port))
        monkeypatch.setattr(alerts_api, "TEST_EVERY_S", 0.0)
        yield Places(hook, bot, mail)


def plant(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program make the canaries where it makes up sessions and tokens itself."""
    numbers = count()
    monkeypatch.setattr(sessions, "session_token", lambda: f"{canaries['session']}{next(numbers)}")
    monkeypatch.setattr(sessions, "program_token", lambda: canaries["token"])


def signed_with(secret: str, said: str) -> bool:
    """Whether a query that the exchange was asked is signed with this secret."""
    query, mark, rest = said.partition("?")[2].partition("&signature=")
    wanted = hmac.new(secret.encode(), query.encode(), sha256).hexdigest()
    return bool(mark) and rest.startswith(wanted)


def let_in(installation: Installation, canaries: Canaries) -> Browser:
    """By password, session and token, each alone; a wrong one of each is refused."""
    owner = Browser(installation)
    assert owner.set_up(canaries["password"]).status_code == 200
    assert Browser(installation).sign_in("not the canary").status_code == 401
    signed_in = owner.sign_in(canaries["password"])
    assert signed_in.status_code == 200, "the password was never in use"
    canaries.keep("the sign-in", _whole(signed_in))
    assert (owner.cookie or "").startswith(canaries["session"]), "the session was never in use"
    assert owner.token("admin") == canaries["token"]
    stranger = Browser(installation)
    for token, status in ((canaries["token"], 200), (canaries["token"] + "x", 401)):
        assert stranger.get("/api/settings", headers=bearer(token)).status_code == status, "the token was not in use"
    wrong = stranger.client.post("/api/auth/login", json={"username": NAME, "password": [canaries["password"]]})
    canaries.keep("a password of the wrong kind", wrong.data)
    return owner


def keep_ranks_key(installation: Installation, owner: Browser, canaries: Canaries, folder: Path) -> None:
    """The key of CoinMarketCap: that of the settings first, then one from the page, sealed with the master key."""
    _wait(installation, lambda: canaries["coinmarketcap_key"] in installation.ranker.asked)
    kept = owner.send("PUT", "/api/rebalancing/rank-key", json={"key": canaries["rank_key"]})
    assert kept.status_code == 200, "the key of ranks was never in use"
    canaries.keep("the key of ranks", _whole(kept))
    _wait(installation, lambda: canaries["rank_key"] in installation.ranker.asked)
    with installation.container.store.read() as unit:
        sealed = unit.connection.execute(text("SELECT sealed FROM rank_keys")).scalar_one()
    here_opened = Vault(folder / "no file", KEY_FILE, [canaries["master_key"]]).ring.unseal(sealed, PURPOSE)
    assert here_opened == canaries["rank_key"], "the master key was never in use"
    with pytest.raises(SealBroken):
        Vault(folder / "no file", KEY_FILE, ["another-master-key-of-32-characters"]).ring.unseal(sealed, PURPOSE)


def send_messages(owner: Browser, canaries: Canaries, to: Places) -> None:
    """Over each channel, with its secret; then over each when the other side refuses it."""
    both = {"sender": "a@example.org", "recipient": "b@example.org", "user": "me", "security": "starttls"}
    wished: dict[str, dict[str, Any]] = {
        "webhook": {"url": f"https://{HOOKS}:{to.hook.port}/in", "secret": canaries["webhook_secret"]},
        "telegram": {"chat_id": "42", "secret": canaries["telegram_token"]},
        "email": {"host": MAIL, "port": to.mail.port, "secret": canaries["smtp_password"], **both},
    }
    for name, settings in wished.items():
        kept = owner.send("PUT", f"/api/alerts/channels/{name}", json={"enabled": True, **settings})
        assert kept.status_code == 200, kept.text
        canaries.keep(f"the channel {name}", _whole(kept))
    for name in wished:
        assert _tested(owner, canaries, name)["sent"], f"{name}: its secret was never in use"
    ((_, headers, body),) = to.hook.got
    signature = hmac.new(
        canaries["webhook_secret"].encode(), headers["X-Portfolio-Timestamp"].encode() + b"." + body, sha256
    ).hexdigest()
    assert headers["X-Portfolio-Signature"] == f"sha256={signature}"
    assert to.bot.got[0][0] == f"/bot{canaries['telegram_token']}/sendMessage"
    assert len(to.mail.letters) == 1
    to.mail.password, to.hook.answers, to.bot.answers = "another", [500], [401]
    for name in wished:
        assert not _tested(owner, canaries, name)["sent"]


def read_metrics_from_afar(installation: Installation, canaries: Canaries) -> None:
    client = Browser(installation).client
    for token, status in ((canaries["metrics_token"], 200), (canaries["metrics_token"] + "x", 401)):
        answer = client.get("/metrics", environ_base=AFAR, headers=bearer(token))
        assert answer.status_code == status, "the token of the metrics was not in use"
        canaries.keep(f"/metrics from afar, {status}", _whole(answer))


def back_up(owner: Browser, again: Container, folder: Path) -> None:
    """By the page and by the command, into a folder of its own."""
    assert owner.post("/api/backups").status_code == 201
    done = CliRunner().invoke(backup_command(lambda: again), ["--to", str(folder)])
    assert done.exit_code == 0, done.output


def keep_every_answer(owner: Browser, canaries: Canaries) -> None:
    """Of every read of the document, pages too; what was not found is an answer, too."""
    for path in (*READS, *PAGES, "/health", "/metrics", "/api/backups", "/api/auth/sessions", "/api/auth/tokens",
                 "/api/alerts/channels", "/api/auth/session", "/api/auth/second-factor"):  # fmt: skip
        if path != STREAM:
            asked = path
            for name in ("import_id", "job_id", "plan_id", "run_id", "days"):
                asked = asked.replace(f"{{{name}}}", "1")
            canaries.keep(path, _whole(owner.client.get(asked)))


def _tested(owner: Browser, canaries: Canaries, channel: str) -> dict[str, Any]:
    answer = owner.post("/api/alerts/test", {"channel": channel})
    assert answer.status_code == 200, answer.text
    canaries.keep(f"a test of {channel}", _whole(answer))
    told: dict[str, Any] = answer.get_json()
    return told


def _whole(answer: Any) -> bytes:
    """Body and headers, without the cookies that hand the browser its own session."""
    headers = [f"{name}: {value}" for name, value in answer.headers if name != "Set-Cookie"]
    return "\n".join(headers).encode() + b"\n\n" + bytes(answer.data)


def _wait(installation: Installation, true: Any) -> None:
    feed = installation.container.feed
    for _ in range(240):
        if true():
            return
        feed.after(feed.catch_up(), 0.5)
    raise AssertionError("it never came true")
