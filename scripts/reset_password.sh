#!/bin/sh
# Set another password of the user admin: scripts/reset_password.sh [NEW]
# Without NEW it is asked for, which keeps it out of the shell's history. The program may be running or not.
# PORTFOLIO_PYTHON names another interpreter, such as "docker-compose exec -T backend python".
set -eu
cd "$(dirname "$0")/.."
python=${PORTFOLIO_PYTHON:-.venv/bin/python}
if [ $# -gt 1 ]; then
    echo "usage: scripts/reset_password.sh [NEW]" >&2
    exit 2
fi
if [ $# -eq 1 ]; then
    # By the input and not as an argument: arguments of running programs can be read by everybody on the machine.
    printf '%s\n' "$1" | $python -m backend reset-password
else
    exec $python -m backend reset-password
fi
