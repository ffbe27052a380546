"""`cashflows.json` of older programs, as the table that a CSV of cash flows is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, Final

from backend.core.errors import BadInputError

HEADINGS: Final = ("Date", "Type", "Amount", "Note")


def looks_like_json(name: str, text: str) -> bool:
    return name.lower().endswith(".json") or text.lstrip("\ufeff \t\r\n").startswith(("[", "{"))


def as_table(text: str) -> str:
    """CSV with a line for each entry: entry n of the list is line n + 1.

    Entries are `{timestamp, amount_usd, type?, description?}`; without a type the sign tells.

    Raises:
        BadInputError: no JSON, or no list of cash flows.
    """
    try:
        # Amounts stay as they are written: a float would round them.
        found = json.loads(text.removeprefix("\ufeff"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise BadInputError("The file is no readable JSON", "content") from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadInputError("The file is no list of cash flows", "content")
    if any("total_value_usd" in one for one in found):
        raise BadInputError(
            "These are snapshots: the past is computed from movements, so import cashflows.json and exports", "content"
        )
    if not found or not all({"timestamp", "amount_usd"} <= one.keys() for one in found):
        raise BadInputError("The entries have no timestamp and amount_usd", "content")
    typed = any(one.get("type") for one in found)
    headings = HEADINGS if typed else tuple(name for name in HEADINGS if name != "Type")
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(headings)
    for one in found:
        cells = {
            "Date": one["timestamp"],
            "Type": one.get("type") or _type_by_sign(one),
            "Amount": one["amount_usd"],
            "Note": one.get("description") or "",
        }
        writer.writerow([str(cells[name]).replace("\n", " ").replace("\r", " ") for name in headings])
    return table.getvalue()


def _type_by_sign(entry: Mapping[str, Any]) -> str:
    return "withdrawal" if str(entry["amount_usd"]).strip().startswith("-") else "deposit"
