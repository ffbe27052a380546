"""/api/settings: what the user sets for this installation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from backend.api.deps import services
from backend.api.schemas.common import NoQuery
from backend.api.schemas.settings import SettingsIn, SettingsOut
from backend.api.writes import idempotent, json_answer
from backend.core.model.amounts import plain
from backend.core.model.view_rules import HidingRule

settings = APIBlueprint("settings", __name__, url_prefix="/api/settings", tag="Settings")


@settings.get("")
@settings.input(NoQuery, location="query")
@settings.output(SettingsOut)
@settings.doc(summary="What is set for this installation", responses=[422])
def get_settings(query_data: NoQuery) -> Response:
    return json_answer(_shape(services().settings.hiding()))


@settings.put("")
@settings.input(NoQuery, location="query")
@settings.input(SettingsIn)
@settings.output(SettingsOut)
@settings.doc(summary="Set which coins lists leave out", responses=[409, 422, 503])
@idempotent
def put_settings(query_data: NoQuery, json_data: SettingsIn) -> Response:
    wanted = json_data.hidden_coins
    rule = HidingRule(Decimal(wanted.minimum_usd), wanted.unpriced, frozenset(wanted.assets))
    kept = services().settings.hide(rule)
    # What is read next has it already.
    services().feed.catch_up()
    return json_answer(_shape(kept))


def _shape(rule: HidingRule) -> dict[str, Any]:
    return {
        "reporting_currency": services().reporting_currency,
        "hidden_coins": {
            "minimum_usd": plain(rule.minimum),
            "unpriced": rule.unpriced,
            "assets": sorted(rule.named),
        },
    }
