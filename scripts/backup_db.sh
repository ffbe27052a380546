#!/bin/sh
# Back up the database, SQLite or PostgreSQL as DATABASE_URL says: scripts/backup_db.sh [FOLDER]
# Compressed, time-stamped and read back; the program may be running or not. Without FOLDER: data/backups, or BACKUP_DIR.
# PORTFOLIO_PYTHON names another interpreter, such as "docker compose exec -T collector python".
set -eu
folder=${1:-}
case $folder in
    "" | /*) ;;
    *) folder=$PWD/$folder ;;
esac
cd "$(dirname "$0")/.."
python=${PORTFOLIO_PYTHON:-.venv/bin/python}
case $# in
    0) exec $python -m backend backup ;;
    1) exec $python -m backend backup --to "$folder" ;;
    *)
        echo "usage: scripts/backup_db.sh [FOLDER]" >&2
        exit 2
        ;;
esac
