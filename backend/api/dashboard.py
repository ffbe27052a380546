"""The built dashboard: files with a hash in their name are kept for a year, pages are asked again each time."""

from __future__ import annotations

from flask import Blueprint, Response, g, request, send_from_directory
from werkzeug.routing import PathConverter

from backend.api.deps import first_services
from backend.api.fast_files import language_of
from backend.api.problems import problem
from backend.core.errors import NotFoundError

dashboard = Blueprint("dashboard", __name__)
LINKS = "overview.{language}.links"
NOT_BUILT = (
    "The dashboard is not built yet. Run `make start`, or `npm install && npm run build` in frontend/, "
    "or open the development server on http://localhost:5173."
)


class PagePath(PathConverter):
    """A path of the dashboard: under /api what is not described is not there, whatever the method."""

    regex = r"(?!api/|problems/.)[^/].*?"


dashboard.record_once(lambda state: state.app.url_map.converters.update(page=PagePath))


@dashboard.get("/")
@dashboard.get("/<page:path>")
def get_page(path: str = "") -> Response:
    folder = first_services().dashboard
    if path and (folder / path).is_file():
        answer = send_from_directory(folder, path)
        fingerprinted = path.startswith("assets/")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fingerprinted else "no-cache"
        g.sent_file = folder / path
        return answer
    if "." in path.rsplit("/", 1)[-1]:
        raise NotFoundError(f"There is nothing at /{path}")
    if not (folder / "index.html").is_file():
        return problem(503, "dashboard-not-built", NOT_BUILT)
    answer = send_from_directory(folder, "index.html")
    answer.headers["Cache-Control"] = "no-cache"
    g.sent_file = g.page = folder / "index.html"
    links = folder / LINKS.format(language=language_of(request.headers.get("Accept-Language", "")))
    if not path and not request.query_string and links.is_file():
        # What `/` opens with, as the build wrote it: the browser asks for it before it has read the page.
        answer.headers["Link"] = links.read_text("ascii")
        answer.vary.add("Accept-Language")
    return answer
