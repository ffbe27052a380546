"""What a log must not say: by name, by look, and because it is known. And what it must still say."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from backend.core.redaction import LONGEST, REDACTED, Redactor, Secrets

SIGNATURE = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


@pytest.fixture
def redactor(secrets: Secrets) -> Redactor:
    return Redactor(secrets)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"Max retries exceeded with url: /api/v3/account?timestamp=17&signature={SIGNATURE}", SIGNATURE),
        ("GET https://api.example/x?recvWindow=3000&timestamp=1717&symbol=BTCUSDT failed", "1717"),
        ("https://fstream.example/ws?listenKey=pqia91ma19a5s61c", "pqia91ma19a5s61c"),
        (f"sent {SIGNATURE} and was refused", SIGNATURE),
        ("{'X-MBX-APIKEY': 'shortKey1', 'Accept': 'x'}", "shortKey1"),
        ('{"password": "corr\\u00e9ct horse", "name": "x"}', "horse"),
        ("api_secret=sh0rt&x=1", "sh0rt"),
        ("apiKey: abc123, more", "abc123"),
        ("Authorization: Bearer abc.def-ghi", "abc.def-ghi"),
        ("the header was Bearer abcdefghijkl", "abcdefghijkl"),
        ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA"),
        ("Set-Cookie: session=abc123def; HttpOnly", "abc123def"),
        ("csrf_token => 'q1w2e3'", "q1w2e3"),
        ("postgresql://portfolio:hunter2@db/portfolio", "hunter2"),
        ("https://api.telegram.org/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage", "AAHdqTcvCH1vGWJx"),
        ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIGJa\n-----END EC PRIVATE KEY-----", "MHcCAQEEIGJa"),
        ("-----BEGIN PRIVATE KEY-----\nMHcCAQEEIGJa cut off", "MHcCAQEEIGJa"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", "dozjgNryP4J3jVmNHl0w5N"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub", "RdescudvJCsgt3ub"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out_of_any_text(redactor: Redactor, text: str, secret: str) -> None:
    assert secret in text
    redacted = redactor.text(text)
    assert secret not in redacted
    assert REDACTED in redacted


@pytest.mark.parametrize(
    "text",
    [
        "Auto-refresh #1: $12345.67 (15 assets)",
        "GET https://api.binance.com/api/v3/time?x=1 answered 200",
        "Timestamp for this request was 1000ms ahead of the server's time. (-1021)",
        "Invalid API-key, IP, or permissions for action. (-2015)",
        "The key is unknown, this machine's address is not on its list, or reading is off",
        "balances main-spot 10 assets 384 ms",
        "run 12 began: 3 orders, client order id pm12x3a",
        "BTCUSDT BUY 0.00100000 at 45000.00",
    ],
)
def test_ordinary_lines_stay_as_they_are(redactor: Redactor, text: str) -> None:
    assert redactor.text(text) == text


@pytest.mark.parametrize(
    "name", ["api_key", "apiKey", "API_SECRET", "password", "smtp_password", "Authorization", "X-MBX-APIKEY", "cookie",
             "session_id", "csrf_token", "access_token", "accessToken",
             "smtpPassword", "token", "signature", "listenKey", "MASTER_KEY", "bot_token",
             "X-CMC_PRO_API_KEY", "private_key", "totp", "secret"],
)  # fmt: skip
def test_a_field_is_taken_out_by_its_name_at_any_depth(redactor: Redactor, name: str) -> None:
    fields = redactor.fields({name: "value-x", "deep": [{"more": {name: ["value-x", 3]}}]})
    assert "value-x" not in json.dumps(fields)
    assert fields[name] == REDACTED


def test_names_that_only_sound_alike_stay(redactor: Redactor) -> None:
    fields = {"code": "-2015", "key_type": "hmac", "tokens": 3, "has_key": True, "asset": "BTC", "signature": None}
    assert redactor.fields(fields) == fields


@pytest.mark.parametrize("secret", ["correct horse/battery+staple", 'quo"ted \\ back\nnew', "pässwörter&=?"])
def test_a_known_secret_is_taken_out_in_every_form_it_travels_in(
    redactor: Redactor, secrets: Secrets, secret: str
) -> None:
    forms = [
        secret,
        quote(secret, safe=""),
        json.dumps(secret)[1:-1],
        repr(secret)[1:-1],
        base64.b64encode(secret.encode()).decode(),
    ]
    assert all(form in redactor.text(f"before {form} after") for form in forms)
    secrets.remember(secret)
    assert {redactor.text(f"before {form} after") for form in forms} == {f"before {REDACTED} after"}
    assert redactor.fields({"detail": {"said": (secret,)}}) == {"detail": {"said": [REDACTED]}}
    assert redactor.fields({secret: 1}) == {REDACTED: 1}


def test_a_secret_within_another_leaves_no_rest(redactor: Redactor, secrets: Secrets) -> None:
    secrets.remember("abcdefgh")
    secrets.remember("abcdefgh-and-more")
    assert redactor.text("x abcdefgh-and-more y abcdefgh") == f"x {REDACTED} y {REDACTED}"


def test_what_is_too_short_to_be_told_from_words_is_not_searched_for(redactor: Redactor, secrets: Secrets) -> None:
    secrets.remember("", "key", "secret")
    assert redactor.text("the key and the secret") == "the key and the secret"


def test_objects_are_shown_as_redacted_text_and_never_break_a_line(redactor: Redactor, secrets: Secrets) -> None:
    class Unshowable:
        def __str__(self) -> str:
            raise RuntimeError("no")

    class Client:
        def __repr__(self) -> str:
            return f"Client(api_key='{KEY}')"

    fields = redactor.fields({"who": Client(), "what": Unshowable(), "raw": b"password=abc", "many": {1, 2}})
    assert fields == {
        "who": f"Client(api_key={REDACTED})",
        "what": "[Unshowable: RuntimeError]",
        "raw": f"password={REDACTED}",
        "many": [1, 2],
    }


@pytest.mark.parametrize(
    "piece", ["?", "a-", "a", "-----BEGIN PRIVATE KEY-----", "://", "password", 'password="', "?a=", "$2"]
)
def test_no_text_keeps_a_line_busy(redactor: Redactor, piece: str) -> None:
    # Were the work to grow with the square of the length, this would not end while somebody watches.
    redactor.text(piece * (LONGEST // len(piece)))


def test_a_structure_without_end_and_a_text_without_end_are_cut(redactor: Redactor) -> None:
    endless: dict[str, object] = {}
    endless["again"] = endless
    assert "[deep]" in json.dumps(redactor.fields(endless))
    assert len(redactor.text("a b " * LONGEST)) < LONGEST + 100
