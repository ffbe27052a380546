"""Messages: each alert reaches webhook, Telegram and mailbox at least once under one id, and nothing goes elsewhere."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from email import message_from_string, policy
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from backend.core.alert_ports import Letter, MessageChannel
from backend.core.alerts.kinds import TERMS
from backend.core.alerts.retries import MOST_TRIES
from backend.core.audit_book import AuditBook
from backend.core.errors import DomainError, LeaseLostError, NotDeliveredError
from backend.core.model.alerts import AlertKind, AlertRule, ChannelName, Delivery, QuietHours, StoredChannel
from backend.core.model.runs import RunState
from backend.core.model.valuation import BenchmarkTail
from backend.integrations.messages.mail import Mail
from backend.integrations.messages.outgoing import Outgoing
from backend.integrations.messages.telegram import Telegram
from backend.integrations.messages.webhook import Webhook
from backend.services.alert_sender import AlertSender
from backend.services.audit_keeper import AuditKeeper
from backend.services.benchmark_alerts import tell_exhausted
from backend.tests.builders import T0
from backend.tests.database_places import copy_database
from backend.tests.integration.services.alert_case import AlertCase
from backend.tests.integration.services.test_alerts import LEVELS, opened, worth
from backend.tests.message_places import (
    HOOKS,
    LOOPBACK,
    MAIL,
    TELEGRAM,
    MailPlace,
    Seals,
    WebPlace,
    here,
    mail_place,
    make_seals,
    nowhere,
    web_place,
)

D = Decimal
TOKEN = "123456:" + "a" * 35
SECRET = "a-secret-of-the-hook"
LOSS = AlertRule("loss_24h", D(8))


class Turned:
    """A stand-in for the vault: it turns texts around and knows what for."""

    def seal(self, plain: str, purpose: str) -> str:
        return f"{purpose}|{plain[::-1]}"

    def unseal(self, sealed: str, purpose: str) -> str:
        kept, _, turned = sealed.partition("|")
        if kept != purpose:
            raise DomainError("It was sealed for something else")
        return turned[::-1]


@dataclass
class Post:
    """A case whose alerts are sent to stand-ins."""

    case: AlertCase
    hook: WebPlace
    telegram: WebPlace
    mail: MailPlace
    ways: Mapping[ChannelName, MessageChannel]

    @property
    def sender(self) -> AlertSender:
        case = self.case
        return AlertSender(
            case.store, "simulator", "USDT", self.ways, Turned(), case.keeper.plan, lambda: case.wall[0]
        )  # fmt: skip

    def set(self, name: ChannelName, secret: str, **settings: str) -> None:
        with self.case.store.write() as unit:
            sealed = Turned().seal(secret, f"alert-channel:{name}")
            unit.alert_channels.keep("simulator", StoredChannel(name, True, settings, sealed))

    def send(self) -> None:
        self.sender.send_due(self.case.epoch, lambda: True)

    def deliveries(self) -> list[Delivery]:
        return [sent for one in self.case.alerts() for sent in one.deliveries]


@pytest.fixture(scope="module")
def seals(tmp_path_factory: pytest.TempPathFactory) -> Seals:
    return make_seals(tmp_path_factory.mktemp("seals"))


@pytest.fixture
def post(seals: Seals, empty_database: Path, tmp_path: Path) -> Iterator[Post]:
    file = copy_database(empty_database, tmp_path / "portfolio.db")
    with web_place(seals) as hook, web_place(seals) as bot, mail_place(seals) as mail:
        allowed = {f"{HOOKS}:{hook.port}", f"{MAIL}:{mail.port}", f"{TELEGRAM}:{bot.port}"}
        way = Outgoing(allowed, here, lambda address: address == LOOPBACK, seals.client, 5.0)
        ways: dict[ChannelName, MessageChannel] = {
            "webhook": Webhook(way, lambda: 1_800_000_000.5),
            "telegram": Telegram(way, bot.port),
            "email": Mail(way),
        }
        for case in opened(file):
            made = Post(case, hook, bot, mail, ways)
            made.set("webhook", SECRET, url=f"https://{HOOKS}:{hook.port}/in?x=1")
            made.set("telegram", TOKEN, chat_id="-100200")
            made.set("email", mail.password, **mailbox(mail.port))
            yield made


def mailbox(port: int, security: str = "starttls") -> dict[str, str]:
    return {
        "host": MAIL,
        "port": str(port),
        "security": security,
        "user": "me",
        "sender": "portfolio@example.org",
        "recipient": "me@example.org",
    }


def loss(post: Post) -> None:
    post.case.watch(LOSS)
    worth("900")(post.case)
    post.case.judge()


def ended(state: RunState, code: str | None) -> Callable[[AlertCase], object]:
    return lambda case: case.run(state, code)


def other_rights(case: AlertCase) -> None:
    case.sync(permissions=None)
    case.judge()
    case.sql("UPDATE account_sync SET permissions = :p", p=OTHER_RIGHTS)


def left_over(case: AlertCase) -> None:
    """As the proofs of an account tell it."""
    with case.store.write() as unit:
        told = {"residual_usd": "-12.5", "cause": "missed_deposit", "until": "2026-01-01", "coins": [{"asset": "ADA"}]}
        unit.events.emit("alert", case.account.id, {"kind": "residual", **told})


def exhausted(case: AlertCase) -> None:
    with case.store.write() as unit:
        row = unit.snapshots.last(case.account.id)
        assert row is not None
        empty = BenchmarkTail(T0, 1.0, (1.0,), {}, exhausted=True)
        tell_exhausted(unit, case.account.id, row, replace(row, benchmark=empty))


def broken_trail(case: AlertCase) -> None:
    with case.store.write() as unit:
        unit.audit.record("test.act")
    case.sql("UPDATE audit SET actor = 'nobody'")
    AuditKeeper(AuditBook(case.store, "simulator", lambda: case.wall[0])).step()


ONCE: Final[Mapping[AlertKind, Callable[[AlertCase], object]]] = {
    "run_finished": ended("complete", None),
    "run_failed": ended("failed", "clock-apart"),
    "run_review": ended("needs_review", "clock-apart"),
    "key_rights": other_rights,
    "residual": left_over,
    "benchmark_exhausted": exhausted,
    "audit_broken": broken_trail,
}


def test_these_are_all_kinds_there_are() -> None:
    assert {*LEVELS, *ONCE} == set(TERMS)


@pytest.mark.parametrize("kind", [*LEVELS, *ONCE])
def test_an_alert_of_each_kind_reaches_all_three(post: Post, kind: AlertKind) -> None:
    case = post.case
    if kind in LEVELS:
        rule, cause, _, _, end, _ = LEVELS[kind]
        case.watch(rule)
        end(case)
        case.judge()
        cause(case)
    else:
        case.watch(AlertRule(kind))
        case.judge()
        ONCE[kind](case)
    case.judge()
    for _ in range(2):
        post.send()
    count = 2 if kind == "drift_band" else 1
    assert [body["kind"] for body in post.hook.bodies()] == [kind] * count
    assert len(post.telegram.got) == len(post.mail.letters) == count
    assert {sent.state for sent in post.deliveries()} == {"sent"}


OTHER_RIGHTS = '{"can_read": true, "can_trade": true, "can_withdraw": true, "ip_restricted": true}'


def test_a_webhook_is_signed_over_time_and_body_and_says_who_what_and_how_much(post: Post) -> None:
    loss(post)
    post.send()
    ((path, headers, body),) = post.hook.got
    assert path == "/in?x=1"
    stamp = headers["X-Portfolio-Timestamp"]
    assert stamp == "1800000000"
    wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
    assert headers["X-Portfolio-Signature"] == f"sha256={wanted}"
    (told,) = post.hook.bodies()
    assert headers["X-Portfolio-Id"] == told["id"]
    assert told["text"] == "Fell by 10 % within 24 hours (limit 8 %)"
    assert (told["account"], told["value"], told["limit"], told["subject"]) == ("main", "10", "8", None)
    assert SECRET not in body.decode()


def test_telegram_is_told_by_the_bot_and_the_mailbox_only_after_tls(post: Post) -> None:
    loss(post)
    post.send()
    ((path, _, _),) = post.telegram.got
    assert path == f"/bot{TOKEN}/sendMessage"
    assert post.telegram.bodies()[0]["chat_id"] == "-100200"
    ((sender, recipient, text),) = post.mail.letters
    letter = message_from_string(text, policy=policy.default)
    assert ("portfolio@example.org" in sender, "me@example.org" in recipient) == (True, True)
    assert letter["Subject"] == "Warning: main"
    assert post.hook.bodies()[0]["id"] != letter["Message-ID"]
    assert post.mail.in_the_open == ["ehlo portfolio", "STARTTLS"]


def test_what_does_not_arrive_is_sent_again_under_the_same_id_ever_more_rarely(post: Post) -> None:
    post.hook.answers = [500, 429, 503]
    loss(post)
    post.send()
    for count, wait_ms in enumerate((15_000, 30_000, 60_000), 1):
        post.case.wall[0] += wait_ms - 1
        post.send()
        assert len(post.hook.got) == count
        post.case.wall[0] += 1
        post.send()
        assert len(post.hook.got) == count + 1
    assert len({body["id"] for body in post.hook.bodies()}) == 1
    (hook,) = [sent for sent in post.deliveries() if sent.channel == "webhook"]
    assert (hook.state, hook.tries, hook.error) == ("sent", 4, "")


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (302, 1), (500, MOST_TRIES)])
def test_what_cannot_arrive_is_given_up_and_says_why(post: Post, status: int, tries: int) -> None:
    post.hook.answers = [status] * 100
    post.hook.location = f"https://{HOOKS}:{post.hook.port}/elsewhere"
    loss(post)
    for _ in range(MOST_TRIES + 2):
        post.send()
        post.case.wall[0] += 3_600_000
    assert len(post.hook.got) == tries
    (hook,) = [sent for sent in post.deliveries() if sent.channel == "webhook"]
    assert (hook.state, hook.tries) == ("failed", tries)
    assert hook.error.startswith("The webhook answers with")
    assert "elsewhere" not in {path for path, _, _ in post.hook.got}


def test_a_program_killed_between_sending_and_noting_sends_again_under_the_same_id(post: Post) -> None:
    """The message is sent; the lease passes to another collector before it is noted, which then sends what waits."""
    loss(post)
    epoch = post.case.epoch
    post.case.sql("UPDATE lease SET epoch = epoch + 1")
    with pytest.raises(LeaseLostError):
        post.sender.send_due(epoch, lambda: True)
    assert len(post.hook.got) + len(post.telegram.got) + len(post.mail.letters) == 1
    post.case.sql("UPDATE lease SET epoch = epoch - 1")
    post.send()
    letters = [message_from_string(text, policy=policy.default) for _, _, text in post.mail.letters]
    assert len(letters) == 2
    assert letters[0]["Message-ID"] == letters[1]["Message-ID"]
    assert len(post.hook.got) == len(post.telegram.got) == 1
    assert {sent.state for sent in post.deliveries()} == {"sent"}
    assert len(post.case.alerts()) == 1


def test_an_alert_and_its_messages_are_written_together_or_not_at_all(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.case.watch(LOSS)
    worth("900")(post.case)
    with monkeypatch.context() as broken:
        broken.setattr("backend.db.alert_outbox.SqlAlertOutbox.put", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            post.case.judge()
    assert post.case.alerts() == []
    (alert,) = post.case.judge()
    assert len(alert.deliveries) == 3


def test_in_quiet_hours_a_message_waits_but_a_critical_one_does_not(post: Post) -> None:
    quiet = QuietHours(True, 0, 23 * 60 + 59, "UTC")
    post.case.watch(LOSS, AlertRule("sync_failing", D(3)), quiet=quiet)
    worth("900")(post.case)
    post.case.judge()
    post.send()
    assert post.hook.got == []
    assert len(post.case.alerts()) == 1
    post.case.sync(failures=3, error="No answer", error_code="exchange-unavailable")
    post.case.keeper.failed(post.case.account, post.case.epoch)
    post.send()
    assert [body["kind"] for body in post.hook.bodies()] == ["sync_failing"]
    day = 86_400_000
    post.case.wall[0] = (post.case.wall[0] // day + 1) * day - 60_000
    post.send()
    assert [body["kind"] for body in post.hook.bodies()] == ["sync_failing", "loss_24h"]
    assert {sent.tries for sent in post.deliveries()} == {1}


def test_a_test_message_is_sent_at_once_and_says_what_came_of_it(post: Post) -> None:
    assert post.sender.test("webhook") == {"sent": True, "detail": ""}
    assert post.hook.bodies()[0]["kind"] == "test"
    assert post.sender.test("telegram")["sent"]
    assert post.sender.test("email")["sent"]
    post.mail.password = "another"
    refused = post.sender.test("email")
    assert refused == {"sent": False, "detail": "The mail server refuses user or password"}
    post.set("telegram", TOKEN, chat_id="1")
    post.telegram.answers = [401]
    assert post.sender.test("telegram")["detail"] == "Telegram does not know this bot: check its token"


def test_a_secret_that_cannot_be_opened_is_asked_for_again(post: Post) -> None:
    with post.case.store.write() as unit:
        kept = StoredChannel("webhook", True, {"url": f"https://{HOOKS}:{post.hook.port}/"}, "other|x")
        unit.alert_channels.keep("simulator", kept)
    loss(post)
    post.send()
    (hook,) = [sent for sent in post.deliveries() if sent.channel == "webhook"]
    assert (hook.state, hook.error) == ("failed", "The secret cannot be opened any more: enter it again")
    assert post.hook.got == []


def test_a_mail_server_without_tls_is_told_nothing(post: Post) -> None:
    post.mail.offers_tls = False
    assert "STARTTLS" in post.sender.test("email")["detail"]
    assert post.mail.letters == []
    assert not any("AUTH" in line for line in post.mail.in_the_open)


def test_a_mail_server_with_tls_from_the_first_byte(seals: Seals) -> None:
    with mail_place(seals, at_once=True) as mail:
        way = Outgoing({f"{MAIL}:{mail.port}"}, here, lambda address: True, seals.client, 5.0)
        Mail(way).send(mailbox(mail.port, "tls"), mail.password, Letter("id", "Title", "Text", {}))
        assert (len(mail.letters), mail.in_the_open) == (1, [])


def test_a_certificate_of_another_and_a_silent_host_are_told_as_such(seals: Seals) -> None:
    with web_place(seals) as place:
        strict = Outgoing({f"{HOOKS}:{place.port}"}, here, lambda address: True, timeout_s=5.0)
        with pytest.raises(NotDeliveredError, match="certificate"):
            Webhook(strict).send({"url": f"https://{HOOKS}:{place.port}/"}, SECRET, Letter("id", "T", "T", {}))
        assert place.got == []
    port = nowhere()
    away = Outgoing({f"{HOOKS}:{port}"}, here, lambda address: True, seals.client, 1.0)
    with pytest.raises(NotDeliveredError, match="does not answer"):
        Webhook(away).send({"url": f"https://{HOOKS}:{port}/"}, SECRET, Letter("id", "T", "T", {}))
