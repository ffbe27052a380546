"""/api/rebalancing/rank-key: the user's key of CoinMarketCap. It comes in and never goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apiflask import APIBlueprint

from backend.api.deps import services
from backend.api.schemas import rank_key as schemas
from backend.api.schemas.common import NoQuery
from backend.api.shapes import rank_key as shape
from backend.api.writes import idempotent, json_answer

if TYPE_CHECKING:
    from flask import Response

    from backend.core.rank_key_book import RankKeyView

NOT_HERE: Final = (
    "not-allowed: the demo takes no key, or there is no vault to keep one in; or the password must be typed again "
    "(confirm-password), or the write is foreign"
)

rank_key = APIBlueprint("rank_key", __name__, url_prefix="/api/rebalancing/rank-key", tag="Rebalancing")


@rank_key.get("")
@rank_key.input(NoQuery, location="query")
@rank_key.output(schemas.RankKeyOut)
@rank_key.doc(summary="The key that ranks of coins are asked for with, and how much of it is used", responses=[422])
def get_rank_key(query_data: NoQuery) -> Response:
    return _told(services().rank_keys.view())


@rank_key.put("")
@rank_key.input(NoQuery, location="query")
@rank_key.input(schemas.RankKeyIn)
@rank_key.output(schemas.RankKeyOut)
@rank_key.doc(
    summary="Set the key of CoinMarketCap; it is used at once, and wins over the one of the settings",
    responses={403: NOT_HERE, 422: "This is no key"},
)
@idempotent
def put_rank_key(query_data: NoQuery, json_data: schemas.RankKeyIn) -> Response:
    return _changed(services().rank_keys.set(json_data.key.get_secret_value().strip()))


@rank_key.delete("")
@rank_key.input(NoQuery, location="query")
@rank_key.output(schemas.RankKeyOut)
@rank_key.doc(
    summary="Forget the key of CoinMarketCap that was set; the one of the settings counts again",
    responses={403: NOT_HERE, 422: "A parameter cannot be used"},
)
@idempotent
def delete_rank_key(query_data: NoQuery) -> Response:
    return _changed(services().rank_keys.drop())


def _changed(view: RankKeyView) -> Response:
    services().feed.catch_up()
    return _told(view)


def _told(view: RankKeyView) -> Response:
    return json_answer(shape.rank_key(view, services().environment))
