"""Set-up, sessions, tokens and the second factor, as browsers and programs meet them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyotp
import pytest

from backend.core.sign_in.secret_texts import csrf_of, digest
from backend.tests.api.contract import check_headers
from backend.tests.api.guarded import FIGURES, NAME, Browser, bearer, code_of, execute, guarded, stored_text
from backend.tests.api.installation import Installation
from backend.tests.leaks import PASSWORD

OTHER: Final = "another long password"
SETTINGS: Final = "/api/settings"
RATE: Final = {"risk": {"risk_free_rate_percent": 3.5}}
# What attackers try first, everywhere.
KNOWN: Final = [
    (name, password)
    for name in ("admin", "root", "user", "administrator", "")
    for password in ("admin", "password", "changeme", "123456789012", "admin123", "portfolio", "")
]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with guarded(tmp_path) as running:
        yield running


@pytest.fixture
def owner(installation: Installation) -> Browser:
    """The browser that set the password."""
    browser = Browser(installation)
    assert browser.set_up().status_code == 200
    return browser


def state(browser: Browser) -> str:
    body: Any = browser.get("/api/auth/session").json
    return str(body["state"])


# --- set-up


def test_before_the_set_up_there_is_no_figure_and_no_pair_that_lets_in(installation: Installation) -> None:
    assert code_of(Browser(installation).get(FIGURES)) == (401, "set-up-needed")
    for number, (name, password) in enumerate(KNOWN):
        stranger = Browser(installation, f"10.0.0.{number}")
        answer = stranger.sign_in(password, name)
        assert answer.status_code in (401, 422, 429), (name, password)
        assert stranger.get(FIGURES).status_code == 401


def test_the_set_up_signs_in_and_closes(installation: Installation, owner: Browser) -> None:
    assert state(owner) == "signed-in"
    assert owner.get(SETTINGS).status_code == 200
    stranger = Browser(installation)
    assert code_of(stranger.set_up("a wholly new password")) == (403, "set-up-over")
    assert stranger.sign_in("a wholly new password").status_code == 401
    assert stranger.sign_in().status_code == 200


@pytest.mark.parametrize("password", ["short", "x" * 11, "aaaaaaaaaaaaaaaa", "ababababababab"])
def test_easy_passwords_are_refused(installation: Installation, password: str) -> None:
    answer = Browser(installation).set_up(password)
    body: Any = answer.json
    assert (answer.status_code, body["errors"][0]["field"]) == (422, "password")


@pytest.mark.parametrize(
    ("settings", "host"), [({"HOST": "0.0.0.0"}, "localhost"), ({"ALLOWED_ORIGINS": "https://p.example"}, "p.example")]
)
def test_from_elsewhere_the_set_up_asks_for_the_code_of_the_log(
    tmp_path: Path, settings: dict[str, str], host: str
) -> None:
    with guarded(tmp_path, **settings) as running:
        browser = Browser(running)
        there = {"base_url": f"http://{host}"}
        asked: Any = browser.get("/api/auth/session", **there).json
        assert asked["code_needed"] is True
        without = browser.post("/api/auth/set-up", {"password": PASSWORD}, **there)
        assert without.status_code == 401
        wrong = browser.post("/api/auth/set-up", {"password": PASSWORD, "code": "AAAAA-AAAAA"}, **there)
        assert wrong.status_code == 401
        code = running.container.auth.passwords.set_up_code().lower()
        assert browser.post("/api/auth/set-up", {"password": PASSWORD, "code": code}, **there).status_code == 200


def test_set_up_codes_cannot_be_tried_for_long(tmp_path: Path) -> None:
    with guarded(tmp_path, HOST="0.0.0.0") as running:
        browser = Browser(running)
        tried = [browser.set_up(code=f"WRONG-{number}").status_code for number in range(8)]
        assert tried == [401] * 5 + [429] * 3


# --- sessions


def test_a_sign_in_takes_a_new_token_whatever_the_browser_brought(installation: Installation, owner: Browser) -> None:
    planted = "x" * 43
    victim = Browser(installation)
    victim.client.set_cookie("portfolio_session", planted)
    assert victim.sign_in().status_code == 200
    assert victim.cookie not in (None, planted, owner.cookie)
    attacker = Browser(installation)
    attacker.client.set_cookie("portfolio_session", planted)
    assert attacker.get(FIGURES).status_code == 401


def test_signing_in_again_ends_the_session_before(installation: Installation, owner: Browser) -> None:
    before = owner.cookie
    assert owner.sign_in().status_code == 200
    replay = Browser(installation)
    replay.client.set_cookie("portfolio_session", before or "")
    assert replay.get(FIGURES).status_code == 401


def test_a_cookie_is_worth_nothing_after_the_sign_out(installation: Installation, owner: Browser) -> None:
    stolen = Browser(installation)
    stolen.client.set_cookie("portfolio_session", owner.cookie or "")
    assert stolen.get(SETTINGS).status_code == 200
    assert owner.post("/api/auth/logout").status_code == 200
    assert owner.cookie is None
    assert [browser.get(SETTINGS).status_code for browser in (owner, stolen)] == [401, 401]


def test_a_changed_password_ends_all_other_sessions(installation: Installation, owner: Browser) -> None:
    other = Browser(installation)
    other.sign_in()
    before = owner.cookie
    wrong = owner.post("/api/auth/password", {"current_password": OTHER, "new_password": OTHER + "!"})
    assert code_of(wrong) == (401, "sign-in-refused")
    changed = owner.post("/api/auth/password", {"current_password": PASSWORD, "new_password": OTHER})
    assert changed.status_code == 200
    assert owner.cookie not in (None, before)
    assert [browser.get(SETTINGS).status_code for browser in (owner, other)] == [200, 401]
    assert other.sign_in(PASSWORD).status_code == 401
    assert other.sign_in(OTHER).status_code == 200


def test_sessions_are_listed_and_ended_one_by_one_or_all(installation: Installation, owner: Browser) -> None:
    other = Browser(installation, "192.0.2.7")
    other.sign_in()
    listed: Any = owner.get("/api/auth/sessions").json
    assert [(one["address"], one["current"]) for one in listed["items"]] == [("192.0.2.7", False), ("127.0.0.1", True)]
    assert owner.send("DELETE", f"/api/auth/sessions/{listed['items'][0]['id']}").status_code == 200
    assert owner.send("DELETE", f"/api/auth/sessions/{listed['items'][0]['id']}").status_code == 404
    assert [browser.get(SETTINGS).status_code for browser in (owner, other)] == [200, 401]
    other.sign_in()
    ended: Any = owner.send("DELETE", "/api/auth/sessions").json
    assert ended == {"ended": 2}
    assert [browser.get(SETTINGS).status_code for browser in (owner, other)] == [401, 401]


def test_a_stolen_database_lets_nobody_in(installation: Installation, owner: Browser, tmp_path: Path) -> None:
    token = owner.token("admin")
    text = stored_text(tmp_path)
    for secret in (token, owner.cookie or "", owner.csrf or "", PASSWORD):
        assert secret
        assert secret.encode() not in text
    assert digest(token).encode() in text  # the file that was searched is the one that is used
    thief = Browser(installation)
    for kept in (digest(token), digest(owner.cookie or "")):
        thief.client.set_cookie("portfolio_session", kept)
        assert thief.get(SETTINGS).status_code == 401
        assert thief.get(SETTINGS, headers=bearer(kept)).status_code == 401


def test_the_cookie_is_for_the_server_alone_and_secure_over_https(tmp_path: Path) -> None:
    with guarded(tmp_path, ALLOWED_ORIGINS="https://p.example") as running:
        plain = Browser(running).set_up()
        session, csrf = (one for one in plain.headers.getlist("Set-Cookie") if "Max-Age=0" not in one)
        assert session.startswith("portfolio_session=")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(session.split("; "))
        assert "HttpOnly" not in csrf  # the page sends it back
        assert "Max-Age" not in session
        login = {"username": NAME, "password": PASSWORD, "stay": True}
        secure = Browser(running).post("/api/auth/login", login, headers={"Origin": "https://p.example"})
        session, csrf = (one for one in secure.headers.getlist("Set-Cookie") if "Max-Age=0" not in one)
        assert session.startswith("__Host-portfolio_session=")
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"} <= set(session.split("; "))
        assert "Secure" in csrf


# --- what a page of another site could do


def test_writes_of_a_session_need_its_own_csrf_token(installation: Installation, owner: Browser) -> None:
    other = Browser(installation)
    other.sign_in()
    for token in (None, "", "x", owner.cookie, csrf_of("x"), other.csrf):
        headers = {} if token is None else {"X-CSRF-Token": token}
        forged = Browser(installation)
        forged.client.set_cookie("portfolio_session", owner.cookie or "")
        assert code_of(forged.send("PUT", SETTINGS, json=RATE, headers=headers)) == (403, "csrf-token")
    assert owner.send("PUT", SETTINGS, json=RATE).status_code == 200


def test_answers_from_memory_are_behind_the_gate_too(installation: Installation, owner: Browser) -> None:
    path = "/api/imports"
    first = owner.get(path)
    etag = first.headers["ETag"]
    assert owner.get(path).status_code == 200  # from memory now
    assert owner.get(path, headers={"If-None-Match": etag}).status_code == 304
    stranger = Browser(installation)
    for headers in ({}, {"If-None-Match": etag}, bearer("bpm_nothing"), {"If-None-Match": "*"}):
        refused = stranger.get(path, headers=headers)
        check_headers(refused)
        assert refused.status_code == 401
        assert "ETag" not in refused.headers
        assert refused.headers["WWW-Authenticate"] == "Bearer"
    owner.post("/api/auth/logout")
    assert owner.get(path, headers={"If-None-Match": etag}).status_code == 401


def test_the_page_itself_and_health_ask_for_nothing(installation: Installation) -> None:
    stranger = Browser(installation)
    for path in ("/", "/settings", "/assets/main-1a2b.js", "/openapi.json", "/docs"):
        assert stranger.get(path).status_code == 200, path
    assert stranger.get("/health").status_code in (200, 503)


def test_strangers_hear_how_things_stand_and_no_words(
    installation: Installation, owner: Browser, tmp_path: Path
) -> None:
    (tmp_path / "dist" / "index.html").unlink()  # so that there is something to say
    told: Any = owner.get("/health").json
    heard: Any = Browser(installation).get("/health").json
    assert told["detail"]
    assert heard["detail"] is None
    assert any(one["detail"] for one in told["components"])
    assert not any(one["detail"] for one in heard["components"])
    assert [one["status"] for one in heard["components"]] == [one["status"] for one in told["components"]]


def test_a_stream_ends_with_its_session(installation: Installation, owner: Browser) -> None:
    other = Browser(installation)
    other.sign_in()
    stream = owner.api.stream("/api/events")
    parts = iter(stream.response)
    assert next(parts)
    body: Any = other.get("/api/auth/sessions").json
    own = next(one["id"] for one in body["items"] if not one["current"])
    assert other.send("DELETE", f"/api/auth/sessions/{own}").status_code == 200
    with pytest.raises(StopIteration):
        next(parts)
    assert owner.get("/api/events").status_code == 401
    # The other's goes on.
    with other.api.stream("/api/events") as open_one:
        assert next(iter(open_one.response))


# --- typing the password again


def test_what_goes_live_asks_for_the_password_of_the_last_minutes(installation: Installation, owner: Browser) -> None:
    asks = [
        ("DELETE", "/api/rebalancing/kill-switch"),
        ("POST", "/api/accounts/1/arm"),
        ("DELETE", "/api/accounts/1"),
        ("POST", "/api/auth/tokens"),
        ("POST", "/api/auth/second-factor"),
    ]
    execute(installation, "UPDATE sessions SET confirmed_machine = 0")
    for method, path in asks:
        assert code_of(owner.send(method, path, json={})) == (403, "confirm-password"), path
    assert owner.send("PUT", SETTINGS, json=RATE).status_code == 200
    assert code_of(owner.post("/api/auth/confirm", {"password": OTHER})) == (401, "sign-in-refused")
    assert code_of(owner.send("DELETE", "/api/rebalancing/kill-switch")) == (403, "confirm-password")
    assert owner.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 200
    assert owner.send("DELETE", "/api/rebalancing/kill-switch").status_code == 200


# --- tokens of programs


def test_a_token_is_shown_once_listed_by_its_ending_and_revoked(installation: Installation, owner: Browser) -> None:
    text = owner.token("read")
    listed: Any = owner.get("/api/auth/tokens").json
    (item,) = listed["items"]
    assert (item["scopes"], item["ending"], item["last_used"]) == (["read"], text[-4:], None)
    assert text not in str(listed)
    program = Browser(installation)
    assert program.get(SETTINGS, headers=bearer(text)).status_code == 200
    assert program.send("PUT", SETTINGS, json=RATE, headers=bearer(text)).status_code == 403
    used: Any = owner.get("/api/auth/tokens").json
    assert used["items"][0]["last_used"] is not None
    assert owner.send("DELETE", f"/api/auth/tokens/{item['id']}").status_code == 200
    assert owner.send("DELETE", f"/api/auth/tokens/{item['id']}").status_code == 404
    assert program.get(SETTINGS, headers=bearer(text)).status_code == 401
    acts: Any = owner.get("/api/audit").json
    (revoked,) = [one for one in acts["items"] if one["action"] == "token.revoke"]
    assert (revoked["subject"], revoked["details"]) == (item["name"], [{"name": "ending", "value": text[-4:]}])
    # A token that is wrong is not made good by a cookie beside it.
    assert owner.get(SETTINGS, headers=bearer(text)).status_code == 401


def test_a_token_needs_no_csrf_token_and_is_no_session(installation: Installation, owner: Browser) -> None:
    program, text = Browser(installation), owner.token("admin")
    assert program.send("PUT", SETTINGS, json=RATE, headers=bearer(text)).status_code == 200
    out: Any = program.send("POST", "/api/auth/logout", headers=bearer(text)).json
    assert out == {"ended": 0}
    assert program.get(SETTINGS, headers=bearer(text)).status_code == 200


# --- the second factor


def turned_on(browser: Browser) -> tuple[pyotp.TOTP, str, list[str]]:
    """The app, the code that turned it on, and the recovery codes."""
    begun: Any = browser.post("/api/auth/second-factor").json
    assert begun["picture"].startswith("data:image/svg+xml")
    assert begun["secret"] in begun["address"]
    totp = pyotp.TOTP(begun["secret"])
    wrong = browser.send("PUT", "/api/auth/second-factor", json={"code": "000000"})
    assert wrong.status_code == 422
    code = totp.now()
    made: Any = browser.send("PUT", "/api/auth/second-factor", json={"code": code}).json
    return totp, code, list(made["recovery_codes"])


def test_with_the_second_factor_a_password_is_not_enough(installation: Installation, owner: Browser) -> None:
    totp, taken, recovery = turned_on(owner)
    browser = Browser(installation)
    assert code_of(browser.sign_in()) == (401, "second-factor-needed")
    assert browser.get(SETTINGS).status_code == 401
    assert code_of(browser.sign_in(code="000000")) == (401, "sign-in-refused")
    # The code that turned it on was taken: it lets nobody in a second time.
    assert code_of(browser.sign_in(code=taken)) == (401, "sign-in-refused")
    execute(installation, "UPDATE users SET step = 0")
    fresh = totp.now()
    assert browser.sign_in(code=fresh).status_code == 200
    assert code_of(Browser(installation).sign_in(code=fresh)) == (401, "sign-in-refused")
    assert Browser(installation).sign_in(code=recovery[0].lower()).status_code == 200
    assert Browser(installation).sign_in(code=recovery[0]).status_code == 401
    left: Any = owner.get("/api/auth/second-factor").json
    assert left == {"on": True, "recovery_codes_left": 9}
    off: Any = owner.send("DELETE", "/api/auth/second-factor").json
    assert off == {"on": False, "recovery_codes_left": 0}
    assert Browser(installation).sign_in().status_code == 200


def test_codes_are_braked_and_neither_secret_nor_codes_stand_in_clear(
    installation: Installation, owner: Browser, tmp_path: Path
) -> None:
    totp, _, recovery = turned_on(owner)
    text = stored_text(tmp_path)
    assert all(one.encode() not in text for one in (totp.secret, *recovery))
    thief = Browser(installation, "198.51.100.9")
    tried = [thief.sign_in(code=f"{number:06d}").status_code for number in range(7)]
    assert tried == [401] * 5 + [429] * 2


# --- where nobody signs in


def test_a_demo_on_this_machine_is_open_and_elsewhere_it_is_not(tmp_path: Path) -> None:
    for folder, host, wanted in (("here", "127.0.0.1", 200), ("there", "0.0.0.0", 401)):
        (tmp_path / folder).mkdir()
        with guarded(tmp_path / folder, SIGN_IN="auto", DEMO_MODE="true", HOST=host) as running:
            assert Browser(running).get(SETTINGS).status_code == wanted


def test_a_simulator_asks_once_a_password_is_set(tmp_path: Path) -> None:
    with guarded(tmp_path, SIGN_IN="auto") as running:
        stranger, owner = Browser(running), Browser(running)
        assert (stranger.get(SETTINGS).status_code, state(stranger)) == (200, "open")
        assert owner.set_up().status_code == 200
        assert (stranger.get(SETTINGS).status_code, owner.get(SETTINGS).status_code) == (401, 200)
