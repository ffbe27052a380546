"""Codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds, as all apps know them)."""

from __future__ import annotations

import base64
import io
from typing import Final

import pyotp
import segno

from backend.core.sign_in.secret_texts import same

ISSUER: Final = "Portfolio"
STEP_S: Final = 30
# A clock may be a step apart.
NEAR: Final = (0, -1, 1)


class TotpCodes:
    """Stateless: what was taken is kept in the database."""

    def new_secret(self) -> str:
        """160 bits, as text for the app."""
        return pyotp.random_base32()

    def address(self, secret: str, user: str) -> str:
        """What the app reads from a picture."""
        return pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name=ISSUER)

    def picture(self, address: str) -> str:
        """A QR code as the address of an image (`data:image/svg+xml`): the page may show it under its policy."""
        made = io.BytesIO()
        segno.make(address, error="m").save(made, kind="svg", scale=4, border=2, dark="#000", light="#fff")
        return f"data:image/svg+xml;base64,{_base64(made.getvalue())}"

    def step_of(self, secret: str, code: str, now_ms: int) -> int | None:
        """The time step whose code this is, a little early or late; None: it is none."""
        totp, now = pyotp.TOTP(secret, interval=STEP_S), now_ms // 1000 // STEP_S
        return next(
            (now + near for near in NEAR if now + near >= 0 and same(totp.generate_otp(now + near), code)), None
        )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
