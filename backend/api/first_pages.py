"""The pages and the figures that a start serves first, while the rest of the program is imported.

A small machine takes ten seconds and more for all of it. The overview needs an eighth: it is answered by the very
functions that answer it later, behind the same gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response

from backend.api import acting, problems, request_log
from backend.api.dashboard import dashboard
from backend.api.layers import surround
from backend.api.overview import overview

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from backend.api.deps import FirstServices
    from backend.api.request_layer import Observe

OVERVIEW = "/api/portfolio/overview"
# What the whole application answers, at paths that look like those of pages.
NO_PAGES = ("/api/", "/api-docs/", "/docs", "/health", "/metrics", "/openapi.json", "/problems/", "/redoc", "/static/")


def is_first(environ: WSGIEnvironment) -> bool:
    """Whether a request is for these: the dashboard's files, and the overview as it is asked for without a wish."""
    if environ["REQUEST_METHOD"] != "GET":
        return False
    path = environ["PATH_INFO"]
    if path == OVERVIEW:
        return not environ.get("QUERY_STRING")
    return not path.startswith(NO_PAGES)


def first_pages(services: FirstServices, observe: Observe) -> Flask:
    """The application that answers them; `observe` hears of each request."""
    app = Flask("backend.first", static_folder=None)
    app.extensions["portfolio"] = services
    request_log.register(app)
    problems.register(app)
    acting.register(app)
    app.register_blueprint(dashboard)

    @app.get(OVERVIEW)
    def get_overview() -> Response:
        return overview(None)

    surround(app, services, observe)
    return app
