"""The user's key of CoinMarketCap: written, and never told again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from backend.api.schemas.common import Environment, Instant
from backend.core.model.rank_keys import LONGEST_KEY, SHORTEST_KEY

Calls = Annotated[int, Field(ge=0)]


class RankKeyIn(BaseModel):
    """A key, in the place of the one there is."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    key: Annotated[SecretStr, Field(min_length=SHORTEST_KEY, max_length=LONGEST_KEY)] = Field(
        description="As CoinMarketCap shows it. It is sealed, and never told again"
    )


class RankKeyOut(BaseModel):
    """Who ranks coins, and what may be shown of the key for it."""

    environment: Environment
    source: Literal["demo", "coinmarketcap"] | None = Field(
        description="demo: the demo's own ranks; null: there is no key that can be used, and the filter is off"
    )
    set_by: Literal["page", "settings"] | None = Field(
        description="page: it was set here; settings: it is COINMARKETCAP_API_KEY, which counts while none is set here"
    )
    ending: str | None = Field(description="Its last four characters; empty of one that is too short to show them")
    added_at: Instant | None = Field(description="When it was set here")
    used: Calls | None = Field(description="Calls of this month, in credits; null: not told yet")
    granted: Calls | None = Field(description="Calls a month of its plan, in credits; null: not told")
    told_at: Instant | None = Field(description="When CoinMarketCap was asked about it last: once a day")
    refusal: str | None = Field(description="Why CoinMarketCap refuses it, in words; null: it does not")
    blocked: Literal["demo", "no_vault", "key_lost"] | None = Field(
        description="demo, no_vault: none can be set here; key_lost: the master key that opens it is not here, and it "
        "must be set again"
    )
