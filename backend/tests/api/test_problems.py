"""What is refused, and how: problem documents, the browser's border, bodies, keys that are used twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from backend.api import problems
from backend.app import MAX_BODY_BYTES, create_app
from backend.config import PROJECT_ROOT
from backend.core import errors
from backend.openapi import is_current
from backend.tests.api.contract import Api, Contract, field_errors
from backend.tests.api.installation import Installation, with_dashboard
from backend.tests.api.jobs_at_once import DoneAtOnce

FLOWS = "/api/performance/cashflows"
FLOW = {"timestamp": "2026-05-20T10:30:00Z", "type": "DEPOSIT", "amount_usd": "10"}
OWN = "http://localhost"
FOREIGN = "https://evil.example"


@pytest.fixture(autouse=True)
def leaves_no_flow_behind(api: Api) -> Iterator[None]:
    yield
    for row in manual_flows(api):
        api.send("DELETE", f"{FLOWS}/{row['id']}")


def manual_flows(api: Api) -> list[dict[str, Any]]:
    return [row for row in api.read(FLOWS, limit=1000)["items"] if row["source"] == "manual"]


def code(api: Api, method: str, path: str, **arguments: Any) -> tuple[int, str]:
    """Status and stable code of a refusal."""
    answer = api.send(method, path, **arguments)
    body: Any = answer.json
    return answer.status_code, body["code"]


# --- texts that no database keeps


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("/api/addresses", {"json": {"address": "bc1q0123456789", "label": "a\0b"}}, "label"),
        ("/api/addresses", {"json": {"address": "bc1q0123456789", "a\0": 1}}, "a\\\\0"),
        (FLOWS, {"json": {**FLOW, "note": "\0"}}, "note"),
        ("/api/imports", {"json": {"name": "a\0.csv", "content": "x" * 300_000}}, "name"),
    ],
)
def test_a_nul_character_is_refused(api: Api, path: str, sent: dict[str, Any], field: str) -> None:
    answer = api.send("POST", path, **sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    body: Any = answer.json
    assert body["code"] == "bad-input"
    assert field in str(body)


@pytest.mark.parametrize("path", ["/api/portfolio/trade-history?symbol=BTC%00", "/api/rebalancing/plan/a%00b"])
def test_a_nul_character_is_refused_in_addresses(api: Api, path: str) -> None:
    answer = api.send("GET", path)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "NUL" in str(answer.json)


# --- errors of the domain


def subclasses(kind: type[errors.DomainError]) -> Iterator[type[errors.DomainError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from subclasses(below)


def made(kind: type[errors.DomainError]) -> errors.DomainError:
    if issubclass(kind, errors.TooManyRequestsError):
        return kind("wait", 1.0)
    if issubclass(kind, errors.ExchangeLimitedError):
        return kind("wait", 1.0, False)
    if issubclass(kind, errors.RunRefusedError):
        return kind("plan-expired", "words")
    return kind("words")


@pytest.mark.parametrize("kind", list(dict.fromkeys(subclasses(errors.DomainError))), ids=lambda kind: kind.__name__)
def test_every_error_of_the_domain_has_a_status_of_its_own_or_of_its_family(kind: type[errors.DomainError]) -> None:
    status = problems.status_of(made(kind))
    assert 400 <= status <= 503
    assert status != HTTPStatus.INTERNAL_SERVER_ERROR
    # Only what nobody foresaw may fall through to the base: each class names a nearer family.
    family = [base for base in kind.__mro__ if base in problems.STATUS]
    assert family[0] is not errors.DomainError or kind is errors.DomainError or kind.__module__ != errors.__name__


# --- paths, methods, bodies


def test_a_method_that_a_path_does_not_know_is_405_and_names_those_it_does(api: Api) -> None:
    answer = api.send("DELETE", "/api/portfolio/balances")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/", "/api/performance/cashflows/x", "/missing.js", "/problems/x"]
)
def test_what_is_not_there_is_404(api: Api, path: str) -> None:
    assert code(api, "GET", path) == (404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_to_what_is_not_there_is_404_too(api: Api, method: str) -> None:
    assert code(api, method, "/api/nothing") == (404, "not-found")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_does_not_say_it_is_json_is_415(api: Api, kind: str) -> None:
    arguments = {"data": '{"a": 1}', "content_type": kind}
    assert code(api, "POST", FLOWS, **arguments) == (415, "unsupported-media-type")


@pytest.mark.parametrize("text", ["{", "", "nul", '{"a":', "\x00", '{"a": \ud800}'.encode("utf-8", "surrogatepass")])
def test_a_body_that_is_no_json_is_refused(api: Api, text: str | bytes) -> None:
    answer = api.post(FLOWS, data=text, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("text", ["[]", '"text"', "5", "null", "true", '[{"type": "DEPOSIT"}]'])
def test_json_that_is_no_object_is_refused(api: Api, text: str) -> None:
    assert api.post(FLOWS, data=text, content_type="application/json").status_code == 422


def test_a_body_over_the_limit_is_413_and_one_at_the_limit_is_read(api: Api) -> None:
    too_much = {**FLOW, "description": "x" * MAX_BODY_BYTES}
    assert code(api, "POST", FLOWS, json=too_much) == (413, "too-large")
    assert field_errors(api.post(FLOWS, json={**FLOW, "description": "x" * (MAX_BODY_BYTES - 500)})) == {"description"}


def test_json_nested_beyond_reason_is_refused(api: Api) -> None:
    assert api.post(FLOWS, data="[" * 100_000, content_type="application/json").status_code in (400, 422)


@pytest.mark.parametrize("path", ["/api/demo/actions", FLOWS, f"{FLOWS}/1"])
def test_a_write_with_a_query_it_does_not_know_is_refused(api: Api, path: str) -> None:
    method = "PUT" if path.endswith("/1") else "POST"
    assert field_errors(api.send(method, f"{path}?dry_run=true", json={})) >= {"dry_run"}


# --- the browser's border


@pytest.mark.parametrize(
    "headers",
    [{"Origin": FOREIGN}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://localhost:5173"}],
)
def test_a_write_from_another_site_is_refused(api: Api, headers: dict[str, str]) -> None:
    assert code(api, "POST", FLOWS, json=FLOW, headers=headers) == (403, "foreign-origin")
    assert manual_flows(api) == []


@pytest.mark.parametrize("headers", [{}, {"Origin": OWN}, {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}])
def test_a_write_from_the_own_page_or_a_program_is_taken(api: Api, headers: dict[str, str]) -> None:
    assert api.post(FLOWS, json=FLOW, headers=headers).status_code == 201


def test_another_site_is_not_told_anything(api: Api) -> None:
    api.get("/api/portfolio/balances")
    answer = api.get("/api/portfolio/balances", headers={"Origin": FOREIGN})
    assert "Access-Control-Allow-Origin" not in answer.headers
    before = api.send("OPTIONS", FLOWS, headers={"Origin": FOREIGN, "Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Origin" not in before.headers


def test_an_allowed_origin_may_read_and_write(api: Api) -> None:
    api.get("/api/portfolio/balances")
    answer = api.get("/api/portfolio/balances", headers={"Origin": OWN, "Host": "127.0.0.1:5000"})
    assert answer.headers["Access-Control-Allow-Origin"] == OWN
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/health", "/docs", "/api/portfolio/overview", "/api/nothing", "/assets/x.js"])
def test_every_answer_carries_the_headers_that_protect_the_browser(api: Api, method: str, path: str) -> None:
    api.send(method, path)  # the client looks at each answer


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_pages_about_the_api_run_no_inline_script(api: Api, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 200
    scripts = [part.partition("</script>")[0] for part in answer.text.split("<script")[1:]]
    assert scripts
    for script in scripts:
        attributes, _, inside = script.partition(">")
        assert 'src="/' in attributes
        assert inside.strip() == ""
    for handler in ("onload=", "onclick=", "onerror=", "javascript:", "https://", "http://"):
        assert handler not in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_scripts_of_those_pages_are_served_from_here(installation: Installation, path: str) -> None:
    pages = PROJECT_ROOT / "frontend" / "dist"
    if not pages.is_dir():
        pytest.skip("the dashboard, which brings these scripts, is not built")
    api = with_dashboard(installation.api.app, pages)
    for source in api.get(path).text.split('src="')[1:]:
        assert api.get(source.partition('"')[0]).status_code == 200


def test_the_document_is_served_as_it_is_committed(api: Api) -> None:
    served = api.read("/openapi.json")
    assert served.pop("servers", None) in (None, [{"url": "http://localhost/"}])  # where this one was asked
    assert served == Contract.committed().spec


def test_the_document_is_described_without_services() -> None:
    assert is_current()


# --- the same write twice


def test_the_same_key_and_body_act_once_and_answer_the_same(api: Api) -> None:
    headers = {"Idempotency-Key": "once"}
    first = api.post(FLOWS, json=FLOW, headers=headers)
    again = api.post(FLOWS, json=FLOW, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(manual_flows(api)) == 1


def test_the_same_key_with_another_body_is_422(api: Api) -> None:
    headers = {"Idempotency-Key": "mismatch"}
    assert api.post(FLOWS, json=FLOW, headers=headers).status_code == 201
    assert code(api, "POST", FLOWS, json={**FLOW, "amount_usd": "11"}, headers=headers) == (422, "idempotency-mismatch")
    assert len(manual_flows(api)) == 1


def test_a_key_belongs_to_its_path(api: Api) -> None:
    headers = {"Idempotency-Key": "by path"}
    created: Any = api.post(FLOWS, json=FLOW, headers=headers).json
    path = f"{FLOWS}/{created['item']['id']}"
    assert api.send("DELETE", path, headers=headers).status_code == 200
    replayed = api.send("DELETE", path, headers=headers)
    assert (replayed.status_code, replayed.headers.get("Idempotent-Replayed")) == (200, "true")


def test_a_write_that_was_refused_frees_its_key(api: Api) -> None:
    headers = {"Idempotency-Key": "refused first"}
    assert api.post(FLOWS, json={**FLOW, "amount_usd": "0"}, headers=headers).status_code == 422
    assert api.post(FLOWS, json=FLOW, headers=headers).status_code == 201


def test_the_same_write_sent_many_times_at_once_acts_once(api: Api) -> None:
    def send(_: int) -> tuple[int, bytes]:
        answer = api.post(FLOWS, json=FLOW, headers={"Idempotency-Key": "at once"})
        return answer.status_code, answer.data

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(16)))
    accepted = [body for status, body in answers if status == 201]
    assert accepted
    assert set(accepted) == {accepted[0]}
    assert {status for status, _ in answers} <= {201, 409}
    assert len(manual_flows(api)) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
def test_a_key_that_cannot_be_is_refused(api: Api, key: str) -> None:
    answer = api.post(FLOWS, json=FLOW, headers={"Idempotency-Key": key})
    assert field_errors(answer) == {"Idempotency-Key"}


# --- what depends on the mode and on the collector


def test_the_demos_controls_do_not_exist_outside_the_demo(api: Api) -> None:
    action = {"action": "deposit", "asset": "USDT", "amount": "5"}
    assert code(api, "POST", "/api/demo/actions", json=action) == (404, "not-found")


def test_the_demos_controls_tell_what_they_did(empty: Installation) -> None:
    jobs = DoneAtOnce(empty.container.store, {"detail": "Deposited 5 USDT"}, lambda: 0)
    services = replace(empty.api.app.extensions["portfolio"], demo_controls=True, jobs=jobs)
    page = Api(create_app(services), Contract.committed())
    answer = page.post("/api/demo/actions", json={"action": "deposit", "asset": "USDT", "amount": "5"})
    body: Any = answer.json
    assert (answer.status_code, body["detail"]) == (202, "Deposited 5 USDT")


def test_refreshing_by_force_twice_at_once_is_429_with_the_time_to_wait(api: Api) -> None:
    answers = [api.post("/api/portfolio/refresh?force=true") for _ in range(2)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 5


def test_a_snapshot_of_nothing_is_refused(empty: Installation) -> None:
    assert code(empty.api, "POST", "/api/performance/snapshots") == (409, "stale-data")


def test_a_cash_flow_needs_an_account(empty: Installation) -> None:
    assert code(empty.api, "POST", FLOWS, json=FLOW) == (404, "not-found")


def test_a_refresh_without_waiting_answers_at_once_though_nobody_works(empty: Installation) -> None:
    answer = empty.api.post("/api/portfolio/refresh")
    body: Any = answer.json
    assert (answer.status_code, body["refreshed"], body["total_value_usd"]) == (202, False, None)
