"""The OpenAPI document, written from the code to docs/openapi.json; the dashboard's types are generated from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.config import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "docs" / "openapi.json"


def document() -> str:
    """The document as committed: sorted nowhere, two spaces, a final newline."""
    app = create_app(cast(ApiServices, _Nothing()))
    with app.app_context():
        spec = app.spec
    return json.dumps(spec, indent=2, ensure_ascii=False) + "\n"


def is_current(path: Path = DOCUMENT) -> bool:
    """Whether the committed document says what the code does."""
    return path.is_file() and path.read_text(encoding="utf-8") == document()


class _Nothing:
    """Describing the API needs no services."""

    allowed_origins: tuple[str, ...] = ()
    development = False
