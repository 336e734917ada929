"""The golden mails in a real browser: side by side where there is room, one below the other where there is none."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from playwright.sync_api import Browser

GOLDEN = Path(__file__).parents[1] / "golden"
MAILS = sorted(GOLDEN.glob("*.eml"))[:2]

PLACES = "[...document.querySelectorAll('.side')].slice(0, 2).map(side => side.getBoundingClientRect().top)"
CONTRASTS = "[...document.querySelectorAll('.card, .strong')].map(each => getComputedStyle(each).%s)"


def markup(mail: Path) -> str:
    body = message_from_bytes(mail.read_bytes(), policy=SMTP).get_body(("html",))
    assert body
    return str(body.get_content())


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem[:8])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
def test_a_mail_fits_its_reader(browser: Browser, mail: Path, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(markup(mail))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    before, after = page.evaluate(PLACES)
    assert (before == after) is (width == 800)
    card, words = page.evaluate(CONTRASTS % "backgroundColor")[0], page.evaluate(CONTRASTS % "color")[1]
    assert (card, words) == {
        "light": ("rgb(255, 255, 255)", "rgb(23, 32, 42)"),
        "dark": ("rgb(26, 31, 37)", "rgb(240, 243, 246)"),
    }[scheme]
    assert asked == []
    context.close()
