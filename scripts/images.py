"""Builds the images and starts the three services of them on loopback, without a Docker engine: `make images`.

Wants root, buildah, debootstrap, and what makes the base images: IMAGES_TOOL, or ../shared/tools/build-images.sh.
Says what is missing and ends with 0 where one of them is not there: what cannot be proved here is proved elsewhere.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from scripts.servers import free_port

ROOT: Final = Path(__file__).resolve().parent.parent
TOOL: Final = Path(os.environ.get("IMAGES_TOOL") or ROOT.parent / "shared" / "tools" / "build-images.sh")
IMAGES: Final = {"portfolio-backend": "Dockerfile.backend", "portfolio-frontend": "Dockerfile.frontend"}
USER: Final = 10001
READY_S: Final = 120.0
STOP_S: Final = 20.0


class ProofError(Exception):
    """The images do not do what they are for; the text says what."""


def missing() -> str:
    """What stands in the way on this machine; empty: nothing."""
    if os.name != "posix" or os.geteuid() != 0:
        return "root is needed"
    programs = [name for name in ("buildah", "debootstrap") if shutil.which(name) is None]
    if programs:
        return f"{' and '.join(programs)} not installed (Debian: apt-get install buildah debootstrap)"
    return "" if TOOL.is_file() else f"{TOOL} is not there"


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ProofError(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        )
    return done.stdout.strip()


def check_compose() -> None:
    """Have docker-compose read its file, where it is installed."""
    if shutil.which("docker-compose") is None:
        print("Left out: docker-compose config (Debian: apt-get install --no-install-recommends docker-compose).")
        return
    run("docker-compose", "--file", "docker-compose.yml", "config", "--quiet")
    print("docker-compose config: yes", flush=True)


def build() -> None:
    """Build both images as their files are written."""
    for step in (["base"], *(["build", file, tag, "."] for tag, file in IMAGES.items())):
        began = time.monotonic()
        run("bash", str(TOOL), *step)
        print(f"{' '.join(step)}: {time.monotonic() - began:.0f} s", flush=True)


def check_image(tag: str) -> None:
    """It runs as no user; how large it is."""
    found: Any = json.loads(run("buildah", "inspect", "--type", "image", tag))
    config = found["OCIv1"]["config"]
    if config["User"] != f"{USER}:{USER}":
        raise ProofError(f"{tag} runs as {config.get('User') or 'root'}")
    size = json.loads(run("buildah", "images", "--json", tag))[0]["size"]
    print(f"{tag}: user {config['User']}, {size}", flush=True)


@contextmanager
def service(
    tag: str, settings: Mapping[str, str], volume: Path | None, *command: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A container of an image that runs `command`, on the host's network, until the block is left."""
    name = run("buildah", "from", "--pull-never", tag)
    try:
        mounts = [] if volume is None else ["-v", f"{volume}:/data"]
        told = [part for key, value in settings.items() for part in ("--env", f"{key}={value}")]
        arguments = ["buildah", "run", "--isolation", "chroot", *mounts, *told, name, "--", *command]
        process = subprocess.Popen(arguments, start_new_session=True)
        try:
            yield process
        finally:
            stop(process)
    finally:
        run("buildah", "rm", name)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End all that runs in it: the signal goes to its group, which is its own."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, kind)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                continue


def wait_for(what: str, probe: Callable[[], object]) -> None:
    deadline = time.monotonic() + READY_S
    while True:
        try:
            if probe():
                print(f"{what}: yes", flush=True)
                return
        except (OSError, ValueError, KeyError):
            pass
        if time.monotonic() > deadline:
            raise ProofError(f"{what}: not within {READY_S:.0f} s")
        time.sleep(0.5)


def get(port: int, path: str, **headers: str) -> Any:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30)


def overview(port: int) -> Any:
    with get(port, "/api/portfolio/overview") as answer:
        return json.load(answer)


def events(port: int, wanted: str) -> bool:
    """Whether a stream through nginx tells of `wanted` while it is open."""
    with closing(get(port, "/api/events")) as answer:
        for line in answer:
            if line.strip() == f"event: {wanted}".encode():
                return True
    return False


def three_services(folder: Path) -> None:
    """frontend, backend and collector, meeting in one folder; each is killed and started again."""
    front, metrics, back = free_port(), free_port(), free_port()
    settings = {"DEMO_MODE": "true", "BALANCE_UPDATE_INTERVAL": "2", "PUBLISHED_ON": "127.0.0.1", "HOST": "127.0.0.1"}
    nginx = {"LISTEN": f"127.0.0.1:{front}", "METRICS_LISTEN": f"127.0.0.1:{metrics}", "BACKEND": f"127.0.0.1:{back}"}
    parts: dict[str, tuple[str, Mapping[str, str], Path | None, Sequence[str]]] = {
        "collector": ("portfolio-backend", settings, folder, ("python", "-m", "backend", "collector")),
        "backend": (
            "portfolio-backend",
            settings | {"PORT": str(back)},
            folder,
            ("python", "-m", "backend", "web", "--gunicorn"),
        ),
        "frontend": ("portfolio-frontend", nginx, None, ("sh", "/etc/portfolio/nginx/start.sh")),
    }
    with ExitStack() as all_of_them:
        running = {}
        for name, (tag, told, volume, command) in parts.items():
            running[name] = all_of_them.enter_context(ExitStack())
            running[name].enter_context(service(tag, told, volume, *command))
        wait_for("figures through nginx", lambda: overview(front)["total_value_usd"])
        with get(front, "/") as page:
            if b'<div id="app">' not in page.read():
                raise ProofError("nginx does not serve the dashboard")
        wait_for("live updates through nginx", lambda: events(front, "balances"))
        for name, (tag, told, volume, command) in parts.items():
            before = overview(front)["refreshed_at"]
            running[name].close()
            running[name].enter_context(service(tag, told, volume, *command))
            wait_for(
                f"newer figures after {name} was ended", lambda then=before: overview(front)["refreshed_at"] > then
            )


def one_container(folder: Path) -> None:
    """The backend image alone, with `start`: the dashboard and the API on one port."""
    port = free_port()
    settings = {"DEMO_MODE": "true", "HOST": "127.0.0.1", "PORT": str(port)}
    with service("portfolio-backend", settings, folder, "python", "-m", "backend", "start"):
        wait_for("figures of one container", lambda: overview(port)["total_value_usd"])
        with get(port, "/") as page:
            if b'<div id="app">' not in page.read():
                raise ProofError("one container does not serve the dashboard")


def main() -> int:
    """0: proved, or nothing could be proved here; 1: the images do not do what they are for."""
    try:
        check_compose()
        reason = missing()
        if reason:
            print(f"Left out: building and starting the images. {reason}.")
            return 0
        build()
        for tag in IMAGES:
            check_image(tag)
        for proof in (three_services, one_container):
            with tempfile.TemporaryDirectory() as scratch:
                os.chmod(scratch, 0o755)
                data = Path(scratch) / "data"
                data.mkdir(mode=0o700)
                os.chown(data, USER, USER)
                proof(data)
    except ProofError as error:
        print(f"Failed: {error}", file=sys.stderr)
        return 1
    print("The images build, start and serve.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
