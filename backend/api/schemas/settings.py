"""Settings of the installation."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.core.model.view_rules import MOST_NAMED

# Coins may be named in any script.
CoinName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$")]


class HiddenCoinsRule(BaseModel):
    """Which coins lists leave out. They stay in every sum."""

    model_config = ConfigDict(extra="forbid")

    minimum_usd: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,18})?$")] = Field(
        examples=["5"],
        description="Hide coins of which all together is worth less, in the reporting currency; 0 hides none",
    )
    unpriced: bool = Field(description="Hide coins without a price")
    assets: list[CoinName] = Field(max_length=MOST_NAMED, description="Hide these, whatever they are worth")


class RiskRule(BaseModel):
    """What risk figures are measured against."""

    model_config = ConfigDict(extra="forbid")

    risk_free_rate_percent: float = Field(
        ge=-50,
        le=100,
        strict=True,
        description="A year, in percent: 4.5 is 4.5 %; rounded to six decimals",
        examples=[4.5],
    )


class DisplayRule(BaseModel):
    """How instants are shown, on every device."""

    model_config = ConfigDict(extra="forbid")

    time_zone: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")] | None = Field(
        description='Zone that times are shown in and whose midnight starts "today"; null: times by the clock of '
        "each device, and today as DISPLAY_TIME_ZONE says",
        examples=["Europe/Paris"],
    )


class SettingsOut(BaseModel):
    """What is set for this installation."""

    model_config = ConfigDict(extra="forbid")

    reporting_currency: str
    hidden_coins: HiddenCoinsRule
    risk: RiskRule
    display: DisplayRule


class SettingsIn(BaseModel):
    """What is to be set; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    hidden_coins: HiddenCoinsRule | None = None
    risk: RiskRule | None = None
    display: DisplayRule | None = None
