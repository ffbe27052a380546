"""`cashflows.json` and `snapshots.json` of older programs, as the tables that a CSV would be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from backend.core.errors import BadInputError

FLOW_HEADINGS: Final = ("Date", "Type", "Amount", "Note")
VALUE_HEADINGS: Final = ("Date", "Amount")
# By what the programs called the list where the file is not the list itself, and its amounts.
LISTS: Final = ("cashflows", "cash_flows", "flows", "snapshots", "data", "items")
FLOW: Final = "amount_usd"
VALUES: Final = ("total_value_usd", "total_value", "total_usd")


@dataclass(frozen=True, slots=True)
class JsonTable:
    """CSV with a line for each entry: entry n of the list is line n + 1."""

    kind: Literal["cash_flows", "values"]
    text: str


def looks_like_json(name: str, text: str) -> bool:
    return name.lower().endswith(".json") or text.lstrip("\ufeff \t\r\n").startswith(("[", "{"))


def as_table(text: str) -> JsonTable:
    """Cash flows are `{timestamp, amount_usd, type?, description?}`, without a type the sign tells; snapshots are
    `{timestamp, total_value_usd, ...}`, and what else stands there is passed over.

    Raises:
        BadInputError: no JSON, or no list of either.
    """
    try:
        # Amounts stay as they are written: a float would round them.
        found = json.loads(text.removeprefix("\ufeff"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise BadInputError("The file is no readable JSON", "content") from error
    if isinstance(found, dict):
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise BadInputError("The file is no list of cash flows or snapshots", "content")
    if any(FLOW in one for one in found):
        if not all({"timestamp", FLOW} <= one.keys() for one in found):
            raise BadInputError("The entries have no timestamp and amount_usd", "content")
        return JsonTable("cash_flows", _flows(found))
    value = next((name for name in VALUES if any(name in one for one in found)), None)
    if value is None or not all({"timestamp", value} <= one.keys() for one in found):
        raise BadInputError("The entries have no timestamp and amount_usd or total_value_usd", "content")
    rows = [{"Date": one["timestamp"], "Amount": one[value]} for one in found]
    return JsonTable("values", _written(VALUE_HEADINGS, rows))


def _flows(found: Sequence[Mapping[str, Any]]) -> str:
    typed = any(one.get("type") for one in found)
    headings = FLOW_HEADINGS if typed else tuple(name for name in FLOW_HEADINGS if name != "Type")
    rows = [
        {
            "Date": one["timestamp"],
            "Type": one.get("type") or _type_by_sign(one),
            "Amount": one[FLOW],
            "Note": one.get("description") or "",
        }
        for one in found
    ]
    return _written(headings, rows)


def _written(headings: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(headings)
    for cells in rows:
        writer.writerow(["" if cells[name] is None else _line(cells[name]) for name in headings])
    return table.getvalue()


def _line(value: object) -> str:
    """On one line: the number of a line is that of its entry."""
    return str(value).replace("\n", " ").replace("\r", " ")


def _type_by_sign(entry: Mapping[str, Any]) -> str:
    return "withdrawal" if str(entry[FLOW]).strip().startswith("-") else "deposit"
