"""Every page in a real browser: narrow and wide, light and dark, by mouse, by keyboard and without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Request

from model import Capture
from storage import Archive
from tests.archive_rows import START, URL
from tests.serving_web import PAGE, visiting
from tests.test_web_safety import HOSTILE

PAGES = (
    "/",
    f"{PAGE}/timeline",
    f"{PAGE}/timeline?from=2025-01-01&to=2025-03-01",
    f"{PAGE}/changes",
    f"{PAGE}/changes?office=OFO&kind=figure_changed",
    f"{PAGE}/changes?kind=text_changed",
    f"{PAGE}/changes/1",
    f"{PAGE}/compare",
    f"{PAGE}/compare?a=2024-05-01&b=now",
    f"{PAGE}/as-of?on=2024-10-01",
    f"{PAGE}/as-of?on=2020-01-01",
    f"{PAGE}/offices/office-of-field-operations",
    f"{PAGE}/people/casey-o-durst",
    f"{PAGE}/figures/office-of-field-operations-employees",
    f"{PAGE}/captures/3",
    f"{PAGE}/captures/3?view=page",
    f"{PAGE}/captures/3?view=source",
    f"{PAGE}/checks",
    f"{PAGE}/health",
    f"{PAGE}/review",
    "/api/",
)
ALIKE = {PAGES[2], PAGES[4], PAGES[7], PAGES[16]}
"""Pages whose markup another one has too."""
MISSING = f"{PAGE}/changes/99"
FOCUSABLE = "a[href], button:not([hidden]), input, select, summary, iframe, [tabindex='0']"


@contextmanager
def opened(browser: Browser, **how: Any) -> Iterator[tuple[BrowserContext, list[str]]]:
    """Open a context, and note everything that no page may do: complain, fail, or ask elsewhere."""
    context, troubles = browser.new_context(**how), list[str]()
    context.on("console", lambda said: troubles.append(f"{said.type}: {said.text}"))
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("requestfailed", lambda request: troubles.extend(_failed(request)))
    context.on("request", lambda request: troubles.extend(_foreign(request.url)))
    try:
        yield context, troubles
    finally:
        context.close()


def _failed(request: Request) -> list[str]:
    """Return a request that failed; one that was under way when the page was left did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


def _foreign(url: str) -> list[str]:
    return [] if url.startswith(("http://127.0.0.1:", "blob:http://127.0.0.1:")) else [f"foreign: {url}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_every_page_loads_clean_and_fits(browser: Browser, site_address: str, width: int, scheme: str) -> None:
    size = {"width": width, "height": 900}
    with opened(browser, viewport=size, color_scheme=scheme) as (context, troubles):
        page = context.new_page()
        for path in PAGES:
            page.goto(site_address + path)
            wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide[0] <= wide[1], (path, wide)
            assert troubles == [], path


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_no_violation(browser: Browser, site_address: str, width: int, scheme: str) -> None:
    size = {"width": width, "height": 900}
    with opened(browser, viewport=size, color_scheme=scheme) as (context, _):
        page, axe = context.new_page(), Axe()
        for path in (*(each for each in PAGES if each not in ALIKE), MISSING):
            page.goto(site_address + path)
            found = axe.run(page).response["violations"]
            shown = [(each["id"], [node["html"][:150] for node in each["nodes"][:3]]) for each in found]
            assert shown == [], path


@pytest.mark.parametrize("path", [PAGES[0], PAGES[1], PAGES[3], PAGES[6], PAGES[8], PAGES[14], PAGES[15]])
def test_the_keyboard_reaches_everything(browser: Browser, site_address: str, path: str) -> None:
    with opened(browser, viewport={"width": 1440, "height": 900}) as (context, _):
        page = context.new_page()
        page.goto(site_address + path)
        page.evaluate(
            """selector => {
            const seen = (each) => each.checkVisibility() && !each.closest("details:not([open]) > :not(summary)");
            window.left = new Set([...document.querySelectorAll(selector)].filter(seen));
        }""",
            FOCUSABLE,
        )
        for _ in range(page.evaluate("3 * window.left.size + 10")):
            page.keyboard.press("Tab")
            if page.evaluate("window.left.delete(document.activeElement), window.left.size") == 0:
                break
        assert page.evaluate("[...window.left].map(each => each.outerHTML.slice(0, 120))") == []


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(browser: Browser, site_address: str) -> None:
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(site_address + PAGES[3])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_bar_says_what_it_is_to_the_mouse_and_to_the_keyboard(browser: Browser, site_address: str) -> None:
    with opened(browser) as (context, troubles):
        page = context.new_page()
        page.goto(site_address + PAGES[1])
        told, bars = page.locator(".told"), page.locator("a.bar")
        bars.nth(0).hover()
        assert (
            told.text_content()
            == "Air and Marine Operations: Jonathan P. Miller: seen 2023-11-30 to 2025-05-06"
        )
        bars.nth(0).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert (told.text_content() or "").startswith("Office of Field Operations: Diane J. Sabatino, acting")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/diane-j-sabatino")
        assert troubles == []


def test_a_stretch_of_the_timeline_that_is_dragged_over_is_zoomed_to(
    browser: Browser, site_address: str
) -> None:
    with opened(browser) as (context, troubles):
        page = context.new_page()
        page.goto(site_address + PAGES[1])
        box = page.locator(".drawing > svg").bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 5)
        page.mouse.up()
        page.wait_for_url("**/timeline?from=2024-*&to=2025-*")
        assert troubles == []


def test_the_drawing_can_be_kept_as_png_and_svg(browser: Browser, site_address: str, tmp_path: Path) -> None:
    with opened(browser) as (context, troubles):
        page = context.new_page()
        page.goto(site_address + PAGES[1])
        for button, name, begins in (("#png", "png", b"\x89PNG"), ("a[download]", "svg", b"<svg")):
            with page.expect_download() as download:
                page.click(button)
            download.value.save_as(tmp_path / name)
            assert download.value.suggested_filename == f"cbp-executive-timeline.{name}"
            assert (tmp_path / name).read_bytes().startswith(begins)
        assert troubles == []


def test_every_page_works_without_script(browser: Browser, site_address: str) -> None:
    with opened(browser, java_script_enabled=False) as (context, troubles):
        page = context.new_page()
        page.goto(site_address + PAGES[1])
        assert page.locator("a.bar").count() == 10
        assert not page.locator("#png").is_visible()
        page.locator("#asof").fill("2024-10-01")
        page.locator(".asof button").click()
        assert page.locator("h1").text_content() == "As the page stood on 1 October 2024"
        page.locator(".parts a", has_text="Changes").click()
        page.get_by_label("Kind").select_option("figure_changed")
        page.locator(".filters button").click()
        assert page.locator(".change").count() == 2
        assert troubles == []


def test_a_hostile_captured_page_does_nothing_when_it_is_viewed(browser: Browser, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        page_id = archive.page_id("agency", URL)
        headers = {"content-type": "text/html", "refresh": "0;url=http://evil.example/"}
        number = archive.keep_capture(page_id, Capture(URL, URL, 200, headers, HOSTILE, START)).id
    with visiting(tmp_path / "archive.db") as client, opened(browser) as (context, troubles):
        page = context.new_page()
        page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
        for where in ("?view=page", "?view=source", "?view=text", "/served"):
            address = f"{client.base_url}pages/agency/captures/{number}{where}"
            page.goto(address, wait_until="networkidle")
            assert page.url == address
            assert troubles == [], where
        page.goto(f"{client.base_url}pages/agency/captures/{number}?view=page")
        frame = page.frames[1]
        assert "plain words" in (frame.text_content("body") or "")
        assert frame.locator("script, form, iframe, img, link, a, object, svg").count() == 0
        assert frame.evaluate("window.origin") == "null"
