"""`make pictures`: pictures of the main pages, taken from the demo into `docs/pictures`.

The demo is seeded and lives on a day of its own, so the same software and browser give the same
pictures. `tools/album.py` says what there is to take, and the words beside each.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import executable
from tools.album import PICTURES, WIDE, Picture
from tools.site import ROOT, Visitor, demo_site

FOLDER = ROOT / "docs" / "pictures"
TALLEST = {True: 1900, False: 1300}  # wide or not; what is below tells nothing new
MOST_BYTES, MOST_OF_ALL = 150_000, 3_000_000
BEGINNING = """# Pictures

Made by `make pictures` from the demo, in which everyone is made up. What people see first is in
English here; every page is there in Finnish and Swedish too.
"""


class TooBig(RuntimeError):
    """Pictures would make the project heavy."""


def main() -> int:
    """Take all pictures, write the page that shows them, and remove what is not taken any more."""
    with demo_site() as site:
        visitors = site.visitors()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable(whole=True), args=["--no-sandbox"]
            )
            taken = _album(browser, visitors)
            browser.close()
    for name, image in taken.items():
        if len(image) > MOST_BYTES:
            raise TooBig(f"{name} has {len(image)} bytes, more than {MOST_BYTES}.")
    if sum(map(len, taken.values())) > MOST_OF_ALL:
        raise TooBig(f"All together have more than {MOST_OF_ALL} bytes.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, image in taken.items():
        (FOLDER / name).write_bytes(image)
        print(f"{len(image) // 1000:5} kB  {name}")
    (FOLDER / "README.md").write_text(_shown(), encoding="utf-8")
    return 0


def _album(browser: Browser, visitors: Sequence[Visitor]) -> dict[str, bytes]:
    """Every picture by the name of its file."""
    pages = {one.name: (visitor, one.path) for visitor in visitors for one in visitor.stops}
    return {
        _file(one): _taken(browser, one, *pages[one.page])
        for chapter in PICTURES.values()
        for one in chapter
    }


def _taken(browser: Browser, picture: Picture, visitor: Visitor, path: str) -> bytes:
    context = browser.new_context(
        viewport={"width": picture.width, "height": 900},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        locale={"fi": "fi-FI", "sv": "sv-FI"}.get(picture.language, "en-GB"),
    )
    cookies = visitor.pairs(django_language=picture.language, easy="1" if picture.easy else "0")
    context.add_cookies(
        [{"name": name, "value": value, "url": visitor.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(visitor.address("/"))  # so that the fonts are there
    page.goto(visitor.address(path))
    picture.deed(page)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    image = _photographed(page, picture.width)
    context.close()
    return image


def _photographed(page: Page, width: int) -> bytes:
    """The page from its top as a WebP, which is small."""
    height = min(
        int(page.evaluate("() => document.documentElement.scrollHeight")), TALLEST[width == WIDE]
    )
    # What sticks to the window's edge stands at the picture's edge.
    page.set_viewport_size({"width": width, "height": height})
    session = page.context.new_cdp_session(page)
    answer = session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": 80,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
        },
    )
    return base64.b64decode(answer["data"])


def _file(picture: Picture) -> str:
    return f"{picture.name}.webp"


def _shown() -> str:
    """The page that shows the pictures."""
    parts = [BEGINNING]
    for heading, chapter in PICTURES.items():
        parts.append(f"\n## {heading}\n")
        parts += [f"\n{one.words}\n\n![The page: {one.title}]({_file(one)})\n" for one in chapter]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
