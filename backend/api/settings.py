"""/api/settings: what the user sets for this installation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint

from backend.api.deps import services
from backend.api.schemas.common import NoQuery
from backend.api.schemas.settings import SettingsIn, SettingsOut
from backend.api.shapes.common import percent
from backend.api.writes import idempotent, json_answer
from backend.core.errors import BadInputError
from backend.core.model.amounts import plain
from backend.core.model.view_rules import HidingRule

if TYPE_CHECKING:
    from flask import Response

settings = APIBlueprint("settings", __name__, url_prefix="/api/settings", tag="Settings")


@settings.get("")
@settings.input(NoQuery, location="query")
@settings.output(SettingsOut)
@settings.doc(summary="What is set for this installation", responses=[422])
def get_settings(query_data: NoQuery) -> Response:
    return json_answer(_shape())


@settings.put("")
@settings.input(NoQuery, location="query")
@settings.input(SettingsIn)
@settings.output(SettingsOut)
@settings.doc(summary="Set which coins lists leave out, the risk-free rate, the time zone", responses=[409, 422, 503])
@idempotent
def put_settings(query_data: NoQuery, json_data: SettingsIn) -> Response:
    book, coins, risk, display = services().settings, json_data.hidden_coins, json_data.risk, json_data.display
    if coins is None and risk is None and display is None:
        raise BadInputError("Nothing to set: send at least one section")
    if display is not None:  # the first: what is refused leaves the rest as it is
        book.set_display_zone(display.time_zone)
    if coins is not None:
        book.hide(HidingRule(Decimal(coins.minimum_usd), coins.unpriced, frozenset(coins.assets)))
    if risk is not None:
        # Six decimals of a percent: a number may have three hundred.
        book.set_risk_free_rate(round(Decimal(str(risk.risk_free_rate_percent)), 6) / 100)
    # What is read next has it already.
    services().feed.catch_up()
    return json_answer(_shape())


def _shape() -> dict[str, Any]:
    book = services().settings
    rule, zone = book.hiding(), book.display_zone()
    return {
        "reporting_currency": services().reporting_currency,
        "hidden_coins": {
            "minimum_usd": plain(rule.minimum),
            "unpriced": rule.unpriced,
            "assets": sorted(rule.named),
        },
        "risk": {"risk_free_rate_percent": percent(book.risk_free_rate())},
        "display": {"time_zone": zone.name if zone.chosen else None},
    }
