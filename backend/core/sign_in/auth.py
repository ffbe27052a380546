"""What the API asks about who is there, in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.sign_in.passwords import Passwords
    from backend.core.sign_in.second_factor import SecondFactor
    from backend.core.sign_in.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Auth:
    """`local`: the program listens on this machine only."""

    sessions: Sessions
    passwords: Passwords
    second_factor: SecondFactor
    local: bool
