"""The yardstick: a bare Flask app with one route that answers a constant JSON text, under the product's server."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, Response

from backend.web_server import make_server


def constant_app(body: bytes) -> Flask:
    """Return an app whose `/constant` answers `body` as JSON."""
    app = Flask("constant")

    @app.get("/constant")
    def constant() -> Response:
        return Response(body, mimetype="application/json")

    return app


if __name__ == "__main__":
    port_text, body_file = sys.argv[1:]
    make_server(constant_app(Path(body_file).read_bytes()), "127.0.0.1", int(port_text)).run()
