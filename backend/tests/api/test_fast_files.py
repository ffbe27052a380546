"""A file from memory is the answer that Flask would give, and it is given only while that is so."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, page_of, with_dashboard

SCRIPT = "/assets/main-1a2b.js"
TEXT = "start()"


class Served:
    """The product with a dashboard of its own; counts the requests that reach Flask."""

    def __init__(self, api: Api, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.api, self.pages = api, pages
        self.reached = 0
        dispatch = api.app.full_dispatch_request

        def counted() -> Any:
            self.reached += 1
            return dispatch()

        monkeypatch.setattr(api.app, "full_dispatch_request", counted)

    def ask(self, path: str = SCRIPT, *, method: str = "GET", **headers: str) -> tuple[bool, Any]:
        """Whether Flask was reached, and the answer."""
        before = self.reached
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.api.app.test_client().open(path, method=method, headers=named)
        return self.reached > before, answer


@pytest.fixture
def served(empty: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    pages = page_of(tmp_path / "pages")
    return Served(with_dashboard(empty.api.app, pages), pages, monkeypatch)


def _compared(answer: Any) -> dict[str, str]:
    """Headers but for those of a single answer, and the one that names what the memory distinguishes."""
    own = {"X-Request-Id", "Date", "Vary"}
    return {name: value for name, value in answer.headers.items() if name not in own}


@pytest.mark.parametrize("path", ["/", "/trades", "/index.html", SCRIPT])
def test_a_file_that_was_sent_once_comes_from_memory_as_flask_sent_it(served: Served, path: str) -> None:
    (slow, first), (fast, again) = served.ask(path), served.ask(path)
    assert (slow, fast) == (True, False)
    assert (again.status_code, again.data, _compared(again)) == (200, first.data, _compared(first))
    assert again.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert "Accept-Encoding" in again.headers["Vary"]


def test_head_and_a_known_tag_are_answered_without_a_body(served: Served) -> None:
    tag = served.ask()[1].headers["ETag"]
    reached, head = served.ask(method="HEAD")
    assert (reached, head.status_code, head.data, head.headers["Content-Length"]) == (False, 200, b"", str(len(TEXT)))
    # A browser sends the date beside the tag, and the tag decides.
    reached, unchanged = served.ask(If_None_Match=tag, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")
    assert (reached, unchanged.status_code, unchanged.data) == (False, 304, b"")
    assert unchanged.headers["ETag"] == tag
    assert "Content-Type" not in unchanged.headers
    reached, changed = served.ask(If_None_Match='"another"')
    assert (reached, changed.status_code) == (True, 200)


def test_what_http_gives_a_meaning_of_its_own_goes_to_flask(served: Served) -> None:
    served.ask()
    assert served.ask(Range="bytes=0-3")[1].data == TEXT[:4].encode()
    for headers in (
        {"Range": "bytes=0-3"},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"Origin": "http://localhost:5173"},
        {"Origin": "null"},
    ):
        assert served.ask(**headers)[0] is True
    assert served.ask(f"{SCRIPT}?again")[0] is True
    assert served.ask(method="POST")[1].status_code == 405


@pytest.mark.parametrize("origin", ["http://localhost", "https://localhost"])
def test_the_own_page_names_its_origin_and_is_answered_from_memory(served: Served, origin: str) -> None:
    """As browsers do with modules, fonts and what is asked for ahead; behind a proxy with TLS the scheme is another."""
    plain = served.ask()[1]
    script = served.pages / SCRIPT[1:]
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(TEXT.encode()))
    served.ask(Origin=origin, Accept_Encoding="gzip")
    reached, packed = served.ask(Origin=origin, Accept_Encoding="gzip")
    assert (reached, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    # What Flask says to another origin beside it is not kept.
    assert "Access-Control-Allow-Origin" not in packed.headers


@pytest.mark.parametrize("path", ["/", "/trades"])
def test_a_page_is_severed_from_whoever_opened_it_unless_the_browser_says_nobody_did(served: Served, path: str) -> None:
    for _ in range(2):  # from Flask, then from memory
        for site, severed in (
            (None, True),
            ("cross-site", True),
            ("same-site", True),
            ("", True),
            ("none, cross-site", True),
            ("none", False),
            ("same-origin", False),
        ):
            asked = {} if site is None else {"Sec_Fetch_Site": site}
            answer = served.ask(path, **asked)[1]
            assert (answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin") is severed, site
            assert answer.headers["X-Frame-Options"] == "DENY"


def test_what_is_not_there_is_never_kept(served: Served) -> None:
    (served.pages.parent / "secret.txt").write_text("secret", encoding="utf-8")
    up = ("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt")
    for path in ("/assets/gone.js", *up):
        answers = [served.ask(path) for _ in range(2)]
        assert [(reached, answer.status_code) for reached, answer in answers] == [(True, 404)] * 2


def test_another_build_shows_at_once(served: Served) -> None:
    for path, file in ((SCRIPT, served.pages / SCRIPT[1:]), ("/", served.pages / "index.html")):
        old = served.ask(path)[1]
        file.write_text("<!doctype html><title>newer</title>", encoding="utf-8")
        reached, new = served.ask(path)
        assert (reached, b"newer" in new.data, new.headers["ETag"] != old.headers["ETag"]) == (True, True, True)
        assert served.ask(path)[1].data == new.data
    (served.pages / SCRIPT[1:]).unlink()
    assert served.ask()[1].status_code == 404


def test_a_name_that_is_not_ours_gets_no_file(served: Served) -> None:
    served.ask()
    assert served.ask(Host="evil.example")[1].status_code == 403


def test_the_copy_that_the_build_compressed_is_sent_to_whom_takes_it(served: Served) -> None:
    script = served.pages / SCRIPT[1:]
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(TEXT.encode()))
    plain = served.ask()[1]
    served.ask(Accept_Encoding="gzip")
    reached, packed = served.ask(Accept_Encoding="gzip, deflate")
    assert (reached, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert served.ask(Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])[1].status_code == 304
    assert served.ask()[1].data == plain.data
    # A copy that an older build left behind is none of this file.
    os.utime(script.with_name(f"{script.name}.gz"), ns=(1, 1))
    os.utime(script)
    served.ask(Accept_Encoding="gzip")
    assert "Content-Encoding" not in served.ask(Accept_Encoding="gzip")[1].headers


def test_each_language_has_what_it_opens_with(served: Served) -> None:
    for _ in range(2):
        links = [served.ask("/", Accept_Language=one)[1].headers["Link"] for one in ("fr-CH, fr;q=0.9", "en-GB", "de")]
        assert [("/fr-" in link, "/en-" in link) for link in links] == [(True, False), (False, True), (False, True)]
