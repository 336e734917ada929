"""A sign of life follows each good check, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.heartbeat import beat
from monitor.settings import AlertSettings, Settings
from tests.loopback import Site
from tests.test_checking import watch
from tests.watching import Watch, markup

__all__ = ["watch"]


def settings(**alerts: str) -> Settings:
    return Settings(alerts=AlertSettings(**alerts))  # type: ignore[arg-type]


def test_a_good_check_touches_the_file_and_asks_for_the_address(watch: Watch, tmp_path: Path) -> None:
    file = tmp_path / "alive"
    watch.site.serve("/alive", "thanks")
    watch.alerts |= {"heartbeat_file": str(file), "heartbeat_url": watch.site.url("/alive")}
    assert watch.checked(markup()).heartbeat is None
    assert file.exists()
    assert watch.site.asked_for("/alive") == 1


@pytest.mark.parametrize("body", ["", "<html><body><main><h1>Down for maintenance</h1></main></body></html>"])
def test_a_check_that_failed_or_is_not_believed_gives_no_sign(watch: Watch, tmp_path: Path, body: str) -> None:
    file = tmp_path / "alive"
    watch.checked(markup())
    watch.alerts |= {"heartbeat_file": str(file)}
    assert watch.checked(body, hours=1).is_trouble
    assert not file.exists()


def test_a_sign_that_is_not_heard_is_told_and_fails_no_check(watch: Watch, tmp_path: Path) -> None:
    watch.site.serve("/alive", "no", status=500)
    missing = tmp_path / "gone" / "alive"
    watch.alerts |= {"heartbeat_file": str(missing), "heartbeat_url": watch.site.url("/alive")}
    result = watch.checked(markup())
    assert not result.is_trouble
    assert result.heartbeat == (
        f"cannot touch the heartbeat file {missing}: No such file or directory; "
        "127.0.0.1 answered the heartbeat with 500"
    )


def test_an_address_where_nobody_listens_is_named() -> None:
    assert str(beat(settings(heartbeat_url="http://127.0.0.1:9/x"))).startswith(
        "the heartbeat did not reach 127.0.0.1"
    )


def test_without_settings_nothing_is_asked(site: Site) -> None:
    assert beat(settings()) is None
    assert site.requests == []
