"""The committed document describes everything: no object in it may hold fields that it does not name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.tests.api.contract import Contract


def free_forms(node: Any, at: str = "") -> Iterator[str]:
    """Where a schema allows anything: an object without fields, a map of anything, an empty schema."""
    if isinstance(node, list):
        for place, part in enumerate(node):
            yield from free_forms(part, f"{at}/{place}")
    if not isinstance(node, dict):
        return
    maps = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
    if node.get("type") == "object" and not node.get("properties"):
        if not any(isinstance(one, dict) and one for one in maps) and node.get("additionalProperties") is not False:
            yield at
    elif any(one is True or one == {} for one in maps):
        yield f"{at}: anything beside its fields"
    for name, part in node.items():
        if name in ("schema", "items") and part == {}:
            yield f"{at}/{name}: anything"
        if name not in ("example", "examples", "default", "enum", "const"):
            yield from free_forms(part, f"{at}/{name}")


def test_no_object_is_free_form() -> None:
    assert list(free_forms(Contract.committed().spec)) == []


def test_a_free_form_would_be_found() -> None:
    assert list(free_forms({"schema": {"type": "object"}})) == ["/schema"]
    assert list(free_forms({"a": {"type": "object", "additionalProperties": {}}})) == ["/a"]
    assert list(free_forms({"properties": {"x": {"type": "array", "items": {}}}})) == ["/properties/x/items: anything"]
    assert list(free_forms({"type": "object", "additionalProperties": {"type": "string"}})) == []
