"""Builds the images and starts the three services of them on loopback, without a Docker engine: `make images`.

Wants root, buildah, debootstrap, and what makes the base images: IMAGES_TOOL, or ../shared/tools/build-images.sh.
Says what is missing and ends with 0 where one of them is not there: what cannot be proved here is proved elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from scripts.servers import free_port

ROOT: Final = Path(__file__).resolve().parent.parent
TOOL: Final = Path(os.environ.get("IMAGES_TOOL") or ROOT.parent / "shared" / "tools" / "build-images.sh")
IMAGES: Final = {"portfolio-backend": "Dockerfile.backend", "portfolio-frontend": "Dockerfile.frontend"}
# Where the services of the proof meet: buildah lays the image's own volume over what is mounted at its place.
MEETING: Final = "/meeting"
USER: Final = 10001
READY_S: Final = 120.0
STOP_S: Final = 20.0
LOG_TAIL: Final = 4000


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


def run(*command: str, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
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
    with tempfile.TemporaryDirectory() as home:
        env = trusting(Path(home))
        for step in (["base"], *(["build", file, tag, "."] for tag, file in IMAGES.items())):
            began = time.monotonic()
            run("bash", str(TOOL), *step, env=env)
            print(f"{' '.join(step)}: {time.monotonic() - began:.0f} s", flush=True)


def trusting(home: Path) -> Mapping[str, str]:
    """The environment, in which npm trusts whom this machine's own Node is told to trust, in containers, too.

    The tool shows a build this machine's certificates and npm's settings of the home folder. Node reads the former only
    where it is told to, and a build has no environment of this machine.
    """
    certificates = os.environ.get("NODE_EXTRA_CA_CERTS")
    if not certificates:
        return os.environ
    settings, own = home / ".npmrc", Path.home() / ".npmrc"
    kept = own.read_text("utf-8") if own.is_file() else ""
    settings.write_text(f"{kept.rstrip()}\ncafile={certificates}\n", "utf-8")
    return {**os.environ, "HOME": str(home)}


def check_image(tag: str) -> None:
    """It runs as no user; how large it is."""
    found: Any = json.loads(run("buildah", "inspect", "--type", "image", tag))
    config = found["OCIv1"]["config"]
    if config["User"] != f"{USER}:{USER}":
        raise ProofError(f"{tag} runs as {config.get('User') or 'root'}")
    size = json.loads(run("buildah", "images", "--json", tag))[0]["size"]
    print(f"{tag}: user {config['User']}, {size}", flush=True)


@dataclass(frozen=True)
class Service:
    """A container of an image that runs `command` on the host's network. `health`: what says whether it is well."""

    tag: str
    command: Sequence[str]
    health: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    volume: Path | None = None

    def inside(self, name: str, command: Sequence[str]) -> list[str]:
        """What runs a command in the container `name`."""
        mounts = [] if self.volume is None else ["-v", f"{self.volume}:{MEETING}", "--env", f"DATA_DIR={MEETING}"]
        told = [part for key, value in self.settings.items() for part in ("--env", f"{key}={value}")]
        return ["buildah", "run", "--isolation", "chroot", *mounts, *told, name, "--", *command]

    @contextmanager
    def running(self) -> Iterator[Callable[[], bool]]:
        """Until the block is left; told is who asks it whether it is well."""
        name = run("buildah", "from", "--pull-never", self.tag)
        try:
            with tempfile.TemporaryFile() as log:
                process = subprocess.Popen(
                    self.inside(name, self.command), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
                )
                try:
                    yield lambda: self._is_well(name)
                except ProofError:
                    log.seek(0)
                    print(log.read()[-LOG_TAIL:].decode(errors="replace"), file=sys.stderr)
                    raise
                finally:
                    stop(process)
        finally:
            run("buildah", "rm", name)

    def _is_well(self, name: str) -> bool:
        return subprocess.run(self.inside(name, self.health), capture_output=True, check=False).returncode == 0


def health_of(file: str) -> list[str]:
    """The health check of an image, which those who build without an engine leave out of it."""
    found = re.search(r"^HEALTHCHECK .*?CMD (\[[^\n]*\])$", (ROOT / file).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if found is None:
        raise ProofError(f"{file} has no health check")
    return list(json.loads(found[1]))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the program in it to end, as an engine does; what has not ended by then is killed with all that it started.

    Raises:
        ProofError: it did not end by itself.
    """
    began, program = time.monotonic(), program_of(process.pid)
    if program is not None:
        # buildah's own end would kill the program at once.
        os.kill(program, signal.SIGTERM)
    try:
        process.wait(STOP_S)
        print(f"ended within {time.monotonic() - began:.1f} s", flush=True)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise ProofError(f"{process.args!r}: did not end within {STOP_S:.0f} s") from None


def program_of(pid: int) -> int | None:
    """The first process below this one that runs as the user of the images and is not buildah's own."""
    of_threads = (file.read_text("ascii").split() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    for child in [int(one) for some in of_threads for one in some]:
        process = Path(f"/proc/{child}")
        if process.stat().st_uid == USER and not (process / "cmdline").read_bytes().startswith(b"buildah"):
            return child
        found = program_of(child)
        if found is not None:
            return found
    return None


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


def newer(port: int, than: str) -> bool:
    """Whether there are figures of after `than`."""
    return str(overview(port)["refreshed_at"]) > than


def three_services(folder: Path) -> None:
    """frontend, backend and collector, meeting in one folder; each is ended and started again."""
    front, metrics, back = free_port(), free_port(), free_port()
    settings = {"BALANCE_UPDATE_INTERVAL": "2", "PUBLISHED_ON": "127.0.0.1", "HOST": "127.0.0.1"}
    nginx = {"LISTEN": f"127.0.0.1:{front}", "METRICS_LISTEN": f"127.0.0.1:{metrics}", "BACKEND": f"127.0.0.1:{back}"}
    program, server = ("python", "-m", "backend"), ("sh", "/etc/portfolio/nginx/start.sh")
    asks, alive = (health_of(file) for file in IMAGES.values())
    signs = ("python", "-m", "backend.alive", MEETING)  # docker-compose.yml asks the same of the volume's place
    web = settings | {"PORT": str(back)}
    parts = {
        "collector": Service("portfolio-backend", (*program, "collector"), signs, settings, folder),
        "backend": Service("portfolio-backend", (*program, "web", "--gunicorn"), asks, web, folder),
        "frontend": Service("portfolio-frontend", server, alive, nginx),
    }
    with ExitStack() as all_of_them:
        running = {}
        for name, part in parts.items():
            running[name] = all_of_them.enter_context(ExitStack())
            well = running[name].enter_context(part.running())
            wait_for(f"{name} is well", well)
        wait_for("figures through nginx", lambda: overview(front)["total_value_usd"])
        with get(front, "/") as page:
            if b'<div id="app">' not in page.read():
                raise ProofError("nginx does not serve the dashboard")
        wait_for("live updates through nginx", lambda: events(front, "balances"))
        for name, part in parts.items():
            before = str(overview(front)["refreshed_at"])
            running[name].close()
            running[name].enter_context(part.running())
            wait_for(f"newer figures after {name} was ended", partial(newer, front, before))


def one_container() -> None:
    """The backend image alone, with `start`, on its own volume: the dashboard and the API on one port."""
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port)}
    command = ("python", "-m", "backend", "start")
    part = Service("portfolio-backend", command, health_of("Dockerfile.backend"), settings)
    with part.running() as well:
        wait_for("figures of one container", lambda: overview(port)["total_value_usd"])
        wait_for("one container is well", well)
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
        with tempfile.TemporaryDirectory() as scratch:
            os.chmod(scratch, 0o755)
            data = Path(scratch) / "data"
            data.mkdir(mode=0o700)
            os.chown(data, USER, USER)
            three_services(data)
        one_container()
    except ProofError as error:
        print(f"Failed: {error}", file=sys.stderr)
        return 1
    print("The images build, start and serve.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
