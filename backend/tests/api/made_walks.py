"""Requests that follow from each other: what one answer made is read, changed, done and taken back by the next ones.

The document has no links and the library's own guesses pair what only looks alike, so who follows whom is said here.
What is drawn never hangs on an answer: where nothing was made, an id is asked for that nothing has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from schemathesis.core import NOT_SET

from backend.tests.api.guarded import bearer
from backend.tests.api.installation import Installation
from backend.tests.api.made_requests import CHECKS, LONGEST_SENTENCE, PLAIN, operations
from backend.tests.reached import REACHED

FLOWS: Final = "/api/performance/cashflows"
IMPORTS: Final = "/api/imports"
PLAN: Final = "/api/rebalancing/plan"
EXECUTE: Final = "/api/rebalancing/execute"
TOKENS: Final = "/api/auth/tokens"
READABLE: Final = "/api/alerts"
DESCRIBED: Final[Mapping[tuple[str, str], Any]] = {(one.method.upper(), one.path): one for one in operations()}
STEPS: Final = 30
# Walks from the same dice are made from each other, and look alike.
ALIKE: Final = 3
ABSENT: Final[Mapping[str, object]] = {"plan_id": "no-such-plan"}
ABSENT_NUMBER: Final = 2_000_000_001
NO_HASH: Final = "0" * 64
SETTINGS: Final = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    stateful_step_count=STEPS,
    suppress_health_check=list(HealthCheck),
)
AMOUNTS: Final = st.integers(1, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
DAYS: Final = st.integers(22, 31).map(lambda day: f"2026-05-{day}")
FLOW: Final = st.fixed_dictionaries(
    {
        "timestamp": DAYS.map(lambda day: f"{day}T10:30:00Z"),
        "type": st.sampled_from(["DEPOSIT", "WITHDRAW"]),
        "amount_usd": AMOUNTS,
        "description": st.text(max_size=20),
    }
)
LINES: Final = st.lists(st.tuples(DAYS, st.sampled_from(["deposit", "withdrawal"]), AMOUNTS), min_size=1, max_size=4)
SHARES: Final = st.integers(0, 100).map(lambda share: {"BTC": share, "USDT": 100 - share})


@dataclass
class Walked:
    """What came of all walks: answers to `METHOD path` by hundreds, and a sentence for each broken promise."""

    target: Installation
    headers: Mapping[str, str]
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def send(self, case: Any, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """The status and the body (None: no JSON) of an answer; whether it is as the document says is noted."""
        answer = case.call(app=self.target.api.app, headers=PLAIN | dict(self.headers if headers is None else headers))
        method, path = case.operation.method.upper(), case.operation.path
        self.answers[f"{method} {path}", f"{answer.status_code // 100}xx"] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
            REACHED.note(method, path, answer.status_code)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            self.note(f"{method} {case.formatted_path}: {error}")
        return answer.status_code, answer.json() if "json" in str(answer.headers.get("content-type")) else None

    def ask(self, method: str, path: str, body: object = NOT_SET, **ids: object) -> tuple[int, Any]:
        """A request that is meant well."""
        kind = None if body is NOT_SET else "application/json"
        return self.send(DESCRIBED[method, path].Case(path_parameters=ids, body=body, media_type=kind))

    def note(self, sentence: str) -> None:
        self.broken.append(sentence[:LONGEST_SENTENCE])


@dataclass
class Made:
    """What an answer made: its id, where it was made at all; `gone`: it was deleted since."""

    name: str
    id: Any
    extra: str = ""
    gone: bool = False

    @classmethod
    def of(cls, name: str, made: object, extra: object = None) -> Made:
        return cls(name, ABSENT.get(name, ABSENT_NUMBER) if made is None else made, str(extra or ""))

    @property
    def ids(self) -> dict[str, Any]:
        return {self.name: self.id}


# Every operation whose path names such a thing.
FOLLOWERS: Final[Mapping[str, Sequence[Any]]] = {
    name: [one for (_, path), one in DESCRIBED.items() if f"{{{name}}}" in path]
    for name in ("flow_id", "import_id", "plan_id", "run_id", "token_id")
}


def walk(target: Installation, headers: Mapping[str, str], walks: int, dice: int) -> Walked:
    """So many walks of at most STEPS steps; the same `dice` take the same ways.

    Args:
        headers: of a program that may do everything.
    """
    walked = Walked(target, headers)

    class Walk(RuleBasedStateMachine):
        flows = Bundle("flows")
        imports = Bundle("imports")
        plans = Bundle("plans")
        runs = Bundle("runs")
        tokens = Bundle("tokens")

        @initialize(start=st.integers(0, 11))
        def begin(self, start: int) -> None:
            self.start = start
            self.turns: Counter[str] = Counter()

        @rule(target=flows, body=FLOW)
        def enter_a_flow(self, body: dict[str, object]) -> Made:
            _, told = walked.ask("POST", FLOWS, body)
            return Made.of("flow_id", _at(told, "item", "id"))

        @rule(one=flows, body=FLOW)
        def change_a_flow(self, one: Made, body: dict[str, object]) -> None:
            walked.ask("PUT", f"{FLOWS}/{{flow_id}}", body, **one.ids)

        @rule(target=imports, lines=LINES)
        def open_a_file(self, lines: list[tuple[str, str, str]]) -> Made:
            rows = [f"{day} 09:00,{kind},{amount}" for day, kind, amount in lines]
            content = "\n".join(["Date,Type,Amount", *rows, ""])
            body = {"name": "flows.csv", "content": content, "answers": {"time_zone": "UTC"}}
            _, told = walked.ask("POST", IMPORTS, body)
            return Made.of("import_id", _at(told, "import_id"))

        @rule(one=imports)
        def commit(self, one: Made) -> None:
            walked.ask("POST", f"{IMPORTS}/{{import_id}}/commit", **one.ids)

        @rule(one=imports)
        def undo(self, one: Made) -> None:
            walked.ask("POST", f"{IMPORTS}/{{import_id}}/undo", **one.ids)

        @rule(target=plans, shares=SHARES)
        def plan(self, shares: dict[str, int]) -> Made:
            _, told = walked.ask("POST", PLAN, {"allocations": shares})
            return Made.of("plan_id", _at(told, "plan_id"), _at(told, "hash"))

        @rule(target=runs, one=plans)
        def run_dry(self, one: Made) -> Made:
            body = {"plan_id": one.id, "hash": one.extra or NO_HASH, "dry_run": True}
            _, told = walked.ask("POST", EXECUTE, body)
            return Made.of("run_id", _at(told, "run_id"))

        @rule(target=tokens, scope=st.sampled_from(["read", "trade", "admin"]))
        def make_a_token(self, scope: str) -> Made:
            _, told = walked.ask("POST", TOKENS, {"name": "a walker", "scopes": [scope]})
            return Made.of("token_id", _at(told, "id"), _at(told, "token"))

        @rule(one=tokens)
        def ask_with_a_token(self, one: Made) -> None:
            status, _ = walked.send(DESCRIBED["GET", READABLE].Case(), bearer(one.extra or "bpm_unknown"))
            wanted = 401 if one.gone or not one.extra else 200
            if status != wanted:
                walked.note(f"a token that is {'revoked' if one.gone else 'in use'} is answered {status}")

        @rule(one=st.one_of(flows, tokens))
        def delete(self, one: Made) -> None:
            path = {"flow_id": f"{FLOWS}/{{flow_id}}", "token_id": f"{TOKENS}/{{token_id}}"}[one.name]
            status, _ = walked.ask("DELETE", path, **one.ids)
            if (status == 200) == (one.gone or one.id == ABSENT_NUMBER):
                walked.note(f"DELETE {path} of one that is {'gone' if one.gone else 'there'} is answered {status}")
            one.gone = True

        def follow(self, one: Made, data: st.DataObject) -> None:
            """Ask for what was made by the next operation that takes it; what else a request has is made up."""
            ways = FOLLOWERS[one.name]
            self.turns[one.name] += 1
            operation = ways[(self.start + self.turns[one.name]) % len(ways)]
            case = data.draw(operation.as_strategy())
            case.path_parameters = dict(case.path_parameters) | one.ids
            status, _ = walked.send(case)
            one.gone = one.gone or (operation.method.upper() == "DELETE" and status == 200)

        # A rule each, so that every kind is followed as often as another is made.
        @rule(one=flows, data=st.data())
        def follow_a_flow(self, one: Made, data: st.DataObject) -> None:
            self.follow(one, data)

        @rule(one=imports, data=st.data())
        def follow_a_file(self, one: Made, data: st.DataObject) -> None:
            self.follow(one, data)

        @rule(one=st.one_of(plans, tokens), data=st.data())
        def follow_a_plan_or_a_token(self, one: Made, data: st.DataObject) -> None:
            self.follow(one, data)

        @rule(one=runs, data=st.data())
        def follow_a_run(self, one: Made, data: st.DataObject) -> None:
            self.follow(one, data)

    for number in range(-(-walks // ALIKE)):
        run_state_machine_as_test(seed(dice * 1_000 + number)(Walk), settings=settings(SETTINGS, max_examples=ALIKE))
    return walked


def _at(told: Any, *names: str) -> Any:
    """What stands in an answer; None where it does not."""
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told
