"""The yardstick of the page: a bare Vue and Chart.js page and its two answers, under the product's server."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, Response, send_from_directory

from backend.web_server import make_server


def bare_page(folder: Path) -> Flask:
    """Return an app that serves the built page in `folder`, and the answers beside it as JSON."""
    app = Flask("bare", static_folder=None)

    @app.get("/")
    def page() -> Response:
        return send_from_directory(folder / "page", "index.html")

    @app.get("/assets/<name>")
    def asset(name: str) -> Response:
        return send_from_directory(folder / "page" / "assets", name)

    @app.get("/<name>")
    def answer(name: str) -> Response:
        return send_from_directory(folder, f"{name}.json")

    return app


if __name__ == "__main__":
    port_text, folder_text = sys.argv[1:]
    make_server(bare_page(Path(folder_text)), "127.0.0.1", int(port_text)).run()
