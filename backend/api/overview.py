"""The overview in the reporting currency: the first figures that a page asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.api.answers import Draft, send
from backend.api.deps import first_services
from backend.api.shapes import portfolio as shape

if TYPE_CHECKING:
    from flask import Response


def overview(account: int | None) -> Response:
    """Of one account or, without one, of all."""
    api = first_services()

    def draft() -> Draft:
        return shape.overview(api.portfolio.overview(account))

    return send(api.cache.get(("overview", account, None), draft, heavy=True))
