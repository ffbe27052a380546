"""Texts that no database keeps: with a NUL character they are refused, wherever in a request they stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from flask import request
from flask.json.provider import DefaultJSONProvider

from backend.core.errors import BadInputError

if TYPE_CHECKING:
    from apiflask import APIFlask

NUL: Final = "\0"


class TextJson(DefaultJSONProvider):
    """Reads the bodies of requests."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What was sent.

        Raises:
            BadInputError: a text in it has a NUL character, which PostgreSQL cannot keep.
        """
        found = super().loads(s, **kwargs)
        field = _with_nul(found)
        if field is not None:
            raise _refused(field)
        return found


def register(app: APIFlask) -> None:
    """Refuse such texts in bodies, queries and paths."""
    app.json = TextJson(app)

    @app.before_request
    def look() -> None:
        for name, value in chain(request.args.items(multi=True), (request.view_args or {}).items()):
            if NUL in name or (isinstance(value, str) and NUL in value):
                raise _refused(name)


def _with_nul(body: object) -> str | None:
    """Where one stands, such as `items.0.note`; None: nowhere. However deep a body is."""
    left = [("", body)]
    while left:
        place, value = left.pop()
        if NUL in place or (isinstance(value, str) and NUL in value):
            return place
        parts: Iterable[tuple[object, object]] = ()
        if isinstance(value, dict):
            parts = value.items()
        elif isinstance(value, list):
            parts = enumerate(value)
        left += [(f"{place}.{name}" if place else str(name), part) for name, part in parts]
    return None


def _refused(field: str) -> BadInputError:
    return BadInputError("Leave out the NUL character (U+0000)", field.replace(NUL, "\\0"))
