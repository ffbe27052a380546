"""The time zone whose midnight starts "today": that which was chosen on the page, else that of the settings file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

DISPLAY_ZONE: Final = "display_time_zone"


@dataclass(frozen=True, slots=True)
class DisplayZone:
    """`chosen`: somebody chose it for every device; otherwise each device shows times by its own clock."""

    name: str
    chosen: bool


def decode_zone(content: str | None, otherwise: str) -> DisplayZone:
    """The zone as it is stored; `otherwise` where none is chosen."""
    return DisplayZone(content, True) if content else DisplayZone(otherwise, False)


def encode_zone(name: str | None) -> str:
    """The choice as it is stored; None takes it back.

    Raises:
        ValueError: there is no zone of this name.
    """
    if name is None:
        return ""
    try:
        return ZoneInfo(name).key
    except (LookupError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error
