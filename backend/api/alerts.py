"""/api/alerts: what was told, what is watched, and where messages go. Secrets come in and never go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import alerts as schemas
from backend.api.schemas.common import NoQuery
from backend.api.shapes import alerts as shape
from backend.api.writes import idempotent, json_answer
from backend.core.alerts.channels import ChannelWish
from backend.core.errors import BadInputError
from backend.core.model.alerts import SEND_TEST, ChannelName

if TYPE_CHECKING:
    from flask import Response

    from backend.core.alert_book import ChannelsView

alerts = APIBlueprint("alerts", __name__, url_prefix="/api/alerts", tag="Alerts")

TEST_EVERY_S: Final = 2.0
NOT_HERE: Final = "not-allowed: in the demo, and without a vault, no channel can be used; or the write is foreign"


@alerts.get("")
@alerts.input(schemas.AlertsQuery, location="query")
@alerts.output(schemas.AlertsOut)
@alerts.doc(summary="What was told, the newest first, and what became of the messages", responses=[404, 422])
def get_alerts(query_data: schemas.AlertsQuery) -> Response:
    api, asked = services(), query_data

    def draft() -> Draft:
        found = api.alerts.page(asked.account, asked.limit, asked.before, asked.unread)
        return Draft(shape.page(found, api.environment))

    return send(api.cache.get(("alerts", asked.account, asked.limit, asked.before, asked.unread), draft))


@alerts.post("/read")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.ReadIn)
@alerts.output(schemas.ReadOut)
@alerts.doc(summary="Mark alerts as read", responses=[422, 503])
@idempotent
def post_read(query_data: NoQuery, json_data: schemas.ReadIn) -> Response:
    if (json_data.ids is None) is (json_data.up_to is None):
        raise BadInputError("Send either ids or up_to", "ids")
    unread = services().alerts.mark_read(json_data.ids, json_data.up_to)
    services().feed.catch_up()
    return json_answer({"unread": unread})


@alerts.get("/rules")
@alerts.input(NoQuery, location="query")
@alerts.output(schemas.RulesOut)
@alerts.doc(summary="What is watched, and when nothing is sent", responses=[422])
def get_rules(query_data: NoQuery) -> Response:
    return _rules()


@alerts.put("/rules")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.RulesIn)
@alerts.output(schemas.RulesOut)
@alerts.doc(summary="Put what is watched in the place of what was", responses=[422, 503])
@idempotent
def put_rules(query_data: NoQuery, json_data: schemas.RulesIn) -> Response:
    services().alerts.set_plan(shape.wanted_plan(json_data))
    services().feed.catch_up()
    return _rules()


@alerts.get("/channels")
@alerts.input(NoQuery, location="query")
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Where messages go beside the dashboard; no secret is told", responses=[422])
def get_channels(query_data: NoQuery) -> Response:
    return _channels(services().alerts.channels())


@alerts.put("/channels/webhook")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.WebhookIn)
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Set the webhook", responses={403: NOT_HERE, 422: "A field cannot be used"})
@idempotent
def put_webhook(query_data: NoQuery, json_data: schemas.WebhookIn) -> Response:
    return _set("webhook", json_data, {"url": json_data.url})


@alerts.put("/channels/telegram")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.TelegramIn)
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Set the chat of Telegram", responses={403: NOT_HERE, 422: "A field cannot be used"})
@idempotent
def put_telegram(query_data: NoQuery, json_data: schemas.TelegramIn) -> Response:
    return _set("telegram", json_data, {"chat_id": json_data.chat_id})


@alerts.put("/channels/email")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.EmailIn)
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Set the mailbox", responses={403: NOT_HERE, 422: "A field cannot be used"})
@idempotent
def put_email(query_data: NoQuery, json_data: schemas.EmailIn) -> Response:
    return _set(
        "email",
        json_data,
        {
            "host": json_data.host.lower(),
            "port": str(json_data.port),
            "security": json_data.security,
            "user": json_data.user,
            "sender": json_data.sender,
            "recipient": json_data.recipient,
        },
    )


@alerts.delete("/channels/webhook")
@alerts.input(NoQuery, location="query")
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Forget the webhook and its secret", responses=[422, 503])
@idempotent
def delete_webhook(query_data: NoQuery) -> Response:
    return _drop("webhook")


@alerts.delete("/channels/telegram")
@alerts.input(NoQuery, location="query")
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Forget the chat of Telegram and the token", responses=[422, 503])
@idempotent
def delete_telegram(query_data: NoQuery) -> Response:
    return _drop("telegram")


@alerts.delete("/channels/email")
@alerts.input(NoQuery, location="query")
@alerts.output(schemas.ChannelsOut)
@alerts.doc(summary="Forget the mailbox and its password", responses=[422, 503])
@idempotent
def delete_email(query_data: NoQuery) -> Response:
    return _drop("email")


@alerts.post("/test")
@alerts.input(NoQuery, location="query")
@alerts.input(schemas.TestIn)
@alerts.output(schemas.TestOut)
@alerts.doc(
    summary="Send a test message over a channel, and wait for what comes of it",
    responses={403: "not-allowed: the channel is not set, or none can be used here", 429: "Asked a moment ago"},
)
@idempotent
def post_test(query_data: NoQuery, json_data: schemas.TestIn) -> Response:
    api, name = services(), json_data.channel
    api.alerts.check_testable(name)
    api.jobs.throttle(SEND_TEST, TEST_EVERY_S)
    job = api.jobs.wait(api.jobs.submit(SEND_TEST, None, {"channel": name}), api.job_timeout_s)
    return json_answer({"channel": name, "sent": job.result["sent"], "detail": job.result["detail"]})


def _set(name: ChannelName, body: schemas.ChannelIn, settings: dict[str, str]) -> Response:
    found = services().alerts.set_channel(ChannelWish(name, body.enabled, settings, body.secret))
    services().feed.catch_up()
    return _channels(found)


def _drop(name: ChannelName) -> Response:
    found = services().alerts.drop_channel(name)
    services().feed.catch_up()
    return _channels(found)


def _rules() -> Response:
    api = services()
    return json_answer(shape.plan(api.alerts.plan(), api.environment, api.reporting_currency))


def _channels(found: ChannelsView) -> Response:
    return json_answer(shape.channels(found, services().environment))
