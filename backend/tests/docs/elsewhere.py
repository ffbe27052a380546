"""The commands of the documentation that no test can run as they stand, each with its reason and another proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from backend.tests.docs.pages import Command


@dataclass(frozen=True)
class Elsewhere:
    """`form` fits the whole command; `proof` is a test, as pytest names it, or empty where nothing of ours is run."""

    form: str
    why: str
    proof: str = ""

    def fits(self, command: Command) -> bool:
        return re.fullmatch(self.form, command.text, re.S) is not None


BOOTSTRAP: Final = "backend/tests/ground/test_bootstrap.py"
IMAGES: Final = "backend/tests/ground/test_images.py"
UNITS: Final = "backend/tests/ground/test_units.py"
RESTORES: Final = "backend/tests/integration/db/test_restores.py"
SIMULATOR: Final = "backend/tests/simulator/test_process.py"

ELSEWHERE: Final = (
    Elsewhere(r"(sudo )?git clone .*", "needs the place where the code is published"),
    Elsewhere(r"make start", "installs packages", f"{BOOTSTRAP}::test_a_second_run_installs_nothing"),
    Elsewhere(
        r"(python3?|sudo python3) -m venv \.?venv|source venv/bin/activate|venv\\Scripts\\activate"
        r"|(sudo \.venv/bin/python -m )?pip install .*",
        "installs packages",
        f"{BOOTSTRAP}::test_an_environment_made_by_hand_is_completed_and_kept",
    ),
    Elsewhere(
        r"python backend[/\\]app\.py",
        "runs until it is ended",
        "backend/tests/process/test_start_refusals.py::test_the_file_of_the_application_serves_and_collects",
    ),
    Elsewhere(
        r"cd frontend|npm install|npm run dev|sudo sh -c 'cd frontend && npm ci .*'",
        "installs packages",
        f"{BOOTSTRAP}::test_dashboard_packages_are_installed_once_and_again_after_a_cut",
    ),
    Elsewhere(
        r"make simulator.*|python -m backend simulator .*",
        "runs until it is ended",
        f"{SIMULATOR}::test_the_products_command_line_starts_it_too",
    ),
    Elsewhere(
        r"python -m backend restore data/backups/.*",
        "names a backup of the reader's, and the program must not run",
        f"{RESTORES}::test_a_restore_keeps_what_was_there_and_writes_it_down",
    ),
    Elsewhere(
        r"python -m backend restore --without-damaged-log",
        "needs a damaged log, and the program must not run",
        "backend/tests/integration/db/test_log_damage.py::test_the_command_says_what_it_did_and_what_is_kept",
    ),
    Elsewhere(
        r"python -m backend migrate --from sqlite:///portfolio.db",
        "needs a PostgreSQL server",
        "backend/tests/on_postgresql/test_take_over.py::test_every_row_is_the_same_and_new_ones_are_numbered_behind_all",
    ),
    Elsewhere(
        r"python -m backend backup --to /mnt/usb.*",
        "names a disk of the reader's",
        "backend/tests/docs/test_commands.py::test_a_backup_goes_where_it_is_told",
    ),
    Elsewhere(
        r"docker build .*|docker run .*",
        "needs an engine; `make images` runs both without one",
        f"{IMAGES}::test_the_backend_alone_serves_everything_on_one_port",
    ),
    Elsewhere(
        r"COMPOSE_PROFILES=scale docker-compose up .*",
        "needs an engine, and a server of PostgreSQL; docker-compose is asked whether it understands it",
        "backend/tests/docs/test_named_runs.py::test_docker_compose_understands_what_it_is_asked",
    ),
    Elsewhere(r"ssh .*", "needs another machine"),
    Elsewhere(
        r"sudo (apt-get|useradd|cp|systemctl|\.venv/bin/python -m compileall) .*|cd /opt/portfolio|journalctl .*",
        "changes the machine",
        f"{UNITS}::test_the_guide_makes_what_the_units_name",
    ),
    Elsewhere(
        r"grep -v '\^DATA_DIR=' \.env\.example \| sudo install .*",
        "changes the machine",
        f"{UNITS}::test_the_settings_of_the_guide_are_the_defaults",
    ),
)


def elsewhere(command: Command) -> Elsewhere | None:
    """The entry of the table that says why a command is not run here."""
    return next((entry for entry in ELSEWHERE if entry.fits(command)), None)
