"""What the files of the container set-up promise, read from the files: no engine is needed."""

from __future__ import annotations

import re
import runpy
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import pytest

from backend.api.protection import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from backend.config import SETTINGS_HELP, load_settings
from backend.tests.compose_file import ROOT, compose, filled
from backend.under_gunicorn import CONFIGURATION, arguments

KEYS: Final = {"BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_SECRET_KEY", "ACCOUNTS_FILE"}
# The names that upstream images have, which the images are proved with, too.
BASES: Final = {"python:3.11-slim-bookworm", "node:20-bookworm-slim", "nginx:stable-bookworm"}
NGINX: Final = (ROOT / "deploy" / "nginx" / "nginx.conf").read_text("utf-8")
TO_BACKEND: Final = (ROOT / "deploy" / "nginx" / "to-backend.conf").read_text("utf-8")


def service(name: str) -> Any:
    return compose()["services"][name]


SERVICES: Final = sorted(compose()["services"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_without_rights_on_a_read_only_root(name: str) -> None:
    found = service(name)
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert "/tmp" in found["tmpfs"] or name == "redis"
    assert found["restart"] == "unless-stopped"
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(found)


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_published_beyond_this_machine_unless_told(name: str) -> None:
    for port in service(name).get("ports", []):
        assert filled(port).startswith("127.0.0.1:"), port
    if name in ("backend", "collector", "postgres", "redis", "prometheus"):
        assert "ports" not in service(name)


def test_the_page_is_on_port_80() -> None:
    assert [filled(port) for port in service("frontend")["ports"]] == ["127.0.0.1:80:8080"]


def test_the_three_services_come_up_alone_and_the_others_by_profile() -> None:
    found = compose()["services"]
    assert {name for name, one in found.items() if "profiles" not in one} == {"frontend", "backend", "collector"}
    assert {profile for one in found.values() for profile in one.get("profiles", ())} == {
        "postgres",
        "scale",
        "monitoring",
    }


def test_keys_go_to_the_collector_alone() -> None:
    assert set(service("collector")["environment"]) >= KEYS
    for name in set(SERVICES) - {"collector"}:
        assert not KEYS & set(service(name).get("environment", ())), name
        assert "env_file" not in service(name), name


def test_every_setting_reaches_whom_it_is_for() -> None:
    passed = set(service("backend")["environment"]) | set(service("collector")["environment"])
    # Chosen by the image, backups being in its volume; addresses of a simulator on this very machine, which it is not.
    fixed = {"HOST", "PORT", "DATA_DIR", "BACKUP_DIR", "BINANCE_SIMULATOR_URL", "BINANCE_SIMULATOR_STREAM_URL"}
    assert passed - {"BINANCE_SECRET_KEY"} == set(SETTINGS_HELP) - fixed


@pytest.mark.parametrize("name", ["backend", "collector"])
def test_without_a_file_of_settings_it_is_the_demo_of_this_machine(name: str, tmp_path: Path) -> None:
    given = {key: filled(value) for key, value in service(name)["environment"].items()}
    image = {"HOST": "0.0.0.0", "PORT": "5000", "DATA_DIR": str(tmp_path)}
    settings = load_settings(given | image, tmp_path / "absent.env")
    assert (settings.environment, settings.sign_in) == ("demo", "never")
    # Published to others, everybody signs in.
    published = load_settings(given | image | {"PUBLISHED_ON": "0.0.0.0"}, tmp_path / "absent.env")
    assert published.sign_in == "always"


def test_data_are_in_a_named_volume() -> None:
    volumes = compose()["volumes"]
    for name in SERVICES:
        for mount in service(name).get("volumes", []):
            source, _, rest = mount.partition(":")
            assert source in volumes or (source.startswith("./deploy/") and rest.endswith(":ro")), mount
            assert source in volumes or (ROOT / source).exists(), mount


@pytest.mark.parametrize("name", ["backend", "frontend"])
def test_images_run_as_no_user_on_known_bases(name: str) -> None:
    text = (ROOT / f"Dockerfile.{name}").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)(?: AS (\S+))?$", text, re.MULTILINE)
    assert {base for base, _ in bases} <= BASES
    last = text[text.rindex("\nFROM ") :]
    assert re.findall(r"^USER (\S+)$", last, re.MULTILINE) == ["10001:10001"]
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in text if name == "backend" else "npm ci --ignore-scripts" in text
    sources = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    for path in [path for line in sources for path in line.split()]:
        assert (ROOT / path).exists(), path
        assert sent(path.rstrip("/")), f".dockerignore keeps {path} out"


def sent(path: str) -> bool:
    """Whether `.dockerignore` lets a path through: the last line that fits counts."""
    found = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        rule = line.lstrip("!").strip("/")
        if not rule or line.startswith("#"):
            continue
        # A rule holds for what lies below, and a folder that something below is let through of is walked.
        if fnmatch(path, rule) or path.startswith(f"{rule}/") or (rule[:3] == "**/" and fnmatch(path, f"*{rule[2:]}")):
            found = line.startswith("!")
    return found


@pytest.mark.parametrize("path", [".env", ".git/config", "portfolio.db", "data/secret.key", "backend/tests/fakes.py"])
def test_secrets_data_and_tests_stay_out_of_images(path: str) -> None:
    assert not sent(path)


def test_the_backend_alone_serves_everything_on_one_port() -> None:
    text = (ROOT / "Dockerfile.backend").read_text("utf-8")
    assert 'ENTRYPOINT ["python", "-m", "backend"]' in text
    assert 'CMD ["start"]' in text
    assert "/build/dist frontend/dist" in text


def test_nginx_says_what_protects_the_browser_as_the_backend_does() -> None:
    answers = dict(
        re.findall(
            r'^\s*map \$upstream_http_content_security_policy \$(\w+) \{[^}]*""\s+([^;].*?);\s*\}', NGINX, re.M | re.S
        )
    )
    answers["csp"] = re.findall(r'\$csp \{.*?"" "([^"]+)";', NGINX, re.S)[0]
    headers = dict(re.findall(r"^\s*add_header (\S+) \$(\w+) always;", NGINX, re.MULTILINE))
    told = {name: answers[variable].strip('"') for name, variable in headers.items()}
    assert told == {**SECURITY_HEADERS, "Content-Security-Policy": CONTENT_SECURITY_POLICY}


def test_nginx_adds_headers_in_one_place() -> None:
    """A location with an add_header of its own would lose those of its server."""
    locations = re.findall(r"location [^{]+\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", NGINX)
    assert len(locations) > 10
    assert not [one for one in [*locations, TO_BACKEND] if "add_header" in one]


def test_no_header_is_sent_to_the_backend_twice() -> None:
    """A location's own line stands beside those it includes: two Host headers are refused as unclear."""
    assert "proxy_set_header" not in NGINX
    names = re.findall(r"^proxy_set_header (\S+) ", TO_BACKEND, re.MULTILINE)
    assert len(names) == len(set(names))
    assert "proxy_set_header Host $asked_host;" in TO_BACKEND


def test_what_the_backend_answers_is_not_held_back_on_the_way() -> None:
    assert "proxy_buffering off;" in TO_BACKEND
    assert "gzip off;" in TO_BACKEND
    assert re.findall(r"set \$asked_host (\S+);", NGINX) == ["$http_host", "localhost"]
    for path in ("/api/", "= /health", "= /docs", "= /redoc", "= /openapi.json", "/api-docs/page/"):
        assert re.search(rf"location {re.escape(path)} {{ include \S+/to-backend.conf; }}", NGINX), path


def test_nginx_writes_in_memory_alone() -> None:
    paths = re.findall(r"^\s*(?:pid|\w+_temp_path) (\S+);", NGINX, re.MULTILINE)
    assert len(paths) == 6
    assert all(path.startswith("/tmp/") for path in paths)


def test_gunicorn_loads_nothing_before_its_workers_and_is_gevents_by_default() -> None:
    found = runpy.run_path(str(CONFIGURATION))
    assert (found["worker_class"], found["preload_app"], found["workers"]) == ("gevent", False, 1)
    assert found["bind"].startswith("127.0.0.1:")
    assert found["graceful_timeout"] < 3
    # A thread for each stream that is let in, and some for requests.
    assert found["threads"] > 200
    assert found["worker_connections"] > found["threads"]
    module, _, factory = found["wsgi_app"].partition(":")
    assert (module, factory) == ("backend.wsgi", "application()")


def test_one_setting_chooses_the_kind_of_worker(tmp_path: Path) -> None:
    given = {"DATA_DIR": str(tmp_path), "HOST": "::", "PORT": "8000", "WEB_WORKER": "gthread", "WEB_WORKERS": "3"}
    found = arguments(load_settings(given, tmp_path / "absent.env"))
    assert {"--bind=[::]:8000", "--worker-class=gthread", "--workers=3"} <= set(found)


def test_gevent_is_imported_nowhere_but_in_a_worker_that_it_serves() -> None:
    banned = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]["flake8-tidy-imports"]
    assert "gevent" in banned["banned-api"]
    importing = re.compile(r"^\s*(?:import|from) gevent\b", re.MULTILINE)
    assert not [file for file in (ROOT / "backend").rglob("*.py") if importing.search(file.read_text("utf-8"))]
    # gunicorn's master reads the configuration: what is loaded there is loaded before a worker has patched itself.
    before, after = CONFIGURATION.read_text("utf-8").split("def post_worker_init")
    assert not importing.search(before)
    assert len(importing.findall(after)) == 1
