"""The web firewall in front of the exchange: it takes what looks like SQL for an attack, and says so in HTML."""

import re
from typing import Final

from backend.exchange.simulator.messages import Answer, Request, form_pairs

PAGE: Final = (
    b"<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>"
)
SQL: Final = re.compile(
    r"\b(union\s+(all\s+)?select|select\b.+\bfrom|insert\s+into|delete\s+from|drop\s+table|or\s+1\s*=\s*1)\b",
    re.IGNORECASE,
)


def forbidden() -> Answer:
    return Answer(403, PAGE, content_type="text/html")


def is_suspect(request: Request) -> bool:
    """Whether a parameter's value reads like SQL."""
    return any(SQL.search(value) for raw in (request.query, request.body) for _, value in form_pairs(raw))
