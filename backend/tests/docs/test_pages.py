"""The pages hang together: links lead somewhere, lists are whole, pictures are those of the script."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Final

import pytest

from backend.tests.docs.pages import ROOT, anchors, links, pages, text_of
from scripts.screenshots import SHOTS, SIZES

DOCS: Final = ROOT / "docs"
IMAGES: Final = DOCS / "images"
PNG: Final = b"\x89PNG\r\n\x1a\n"
BY_PALETTE: Final = 3
ALL_IMAGES_AT_MOST: Final = 3_000_000


def below_root(path: Path) -> str:
    return path.resolve().relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", pages())
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(below_root(target)), f"{page}: {link}"


def test_every_decision_is_in_the_list_by_its_title() -> None:
    told = dict(re.findall(r"^\| \[\d{4}\]\((\S+)\) \| (.+) \|$", text_of("docs/decisions/README.md"), re.M))
    there = {path.name: path.read_text("utf-8").splitlines()[0] for path in (DOCS / "decisions").glob("[0-9]*.md")}
    assert told == {name: re.sub(r"^# (\d+[.:]? )?", "", title) for name, title in there.items()}


def test_the_list_of_pages_has_every_page() -> None:
    told = {below_root(DOCS / link) for link in links("docs/README.md")}
    lists_of_their_own = ("docs/decisions/0", "docs/evidence/")
    there = {page for page in pages() if page.startswith("docs/") and not page.startswith(lists_of_their_own)}
    assert there - {"docs/README.md"} <= told


def test_pictures_are_those_that_the_script_takes_and_each_is_shown() -> None:
    taken = {f"{shot.name}-{width}.png" for shot in SHOTS for width, _ in SIZES}
    shown = {
        below_root((ROOT / page).parent / link) for page in pages() for link in links(page) if link.endswith(".png")
    }
    there = {path.name for path in IMAGES.iterdir()}
    assert there == taken == {Path(path).name for path in shown}


def test_pictures_are_small_and_of_their_width() -> None:
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < ALL_IMAGES_AT_MOST
    for path in IMAGES.iterdir():
        head = path.read_bytes()[:33]
        width, _, depth, colours = struct.unpack(">IIBB", head[16:26])
        assert (head[:8], depth, colours) == (PNG, 8, BY_PALETTE), path.name
        assert path.stem.endswith(f"-{width}"), path.name


def test_no_page_names_a_place_of_one_machine() -> None:
    for page in pages():
        assert not re.search(r"(?<![\w.])/(tmp|root|work|home)/[\w.]", text_of(page)), page
