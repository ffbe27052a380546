"""How the live streams of the exchange are. All instants are on this machine's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

StreamCondition = Literal["live", "reconnecting", "off"]
# The collector writes down how its streams are at least this often; without news for thrice that, nobody keeps them.
TOLD_EVERY_MS: Final = 5_000
SILENT_AFTER_MS: Final = 3 * TOLD_EVERY_MS


@dataclass(frozen=True, slots=True)
class StreamState:
    """One connection. `since_ms`: when it came into its state. `detail`: why it is not live, in words."""

    name: str
    state: StreamCondition
    since_ms: int
    last_message_ms: int | None
    reconnects: int
    detail: str


@dataclass(frozen=True, slots=True)
class StreamsSummary:
    """All connections as one: live when each of them is. Instants and `detail` are None and empty when off."""

    state: StreamCondition
    since_ms: int | None
    last_message_ms: int | None
    reconnects: int
    detail: str


OFF: Final = StreamsSummary("off", None, None, 0, "")


def summary(states: Sequence[StreamState], told_ms: int | None, now_ms: int) -> StreamsSummary:
    """What to tell of states that were written down at `told_ms`: those of a dead collector are off."""
    if not states or told_ms is None or now_ms - told_ms > SILENT_AFTER_MS:
        return OFF
    lame = [one for one in states if one.state != "live"]
    heard = [one.last_message_ms for one in states if one.last_message_ms is not None]
    return StreamsSummary(
        state="reconnecting" if lame else "live",
        since_ms=max(one.since_ms for one in lame or states),
        last_message_ms=max(heard, default=None),
        reconnects=sum(one.reconnects for one in states),
        detail=next((one.detail for one in lame if one.detail), ""),
    )
