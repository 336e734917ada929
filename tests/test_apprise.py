"""Apprise carries an alert to whatever it knows, and what it says of a failure keeps the secret."""

from __future__ import annotations

import json

import pytest

from monitor.channels.apprise import Notifier
from monitor.posting import Postponed
from tests.letters import letter
from tests.loopback import Site


def url(site: Site) -> str:
    return f"json://user:hunter2@127.0.0.1:{site.port}/told"


def test_a_service_gets_the_headline_and_the_text(site: Site) -> None:
    site.serve("/told")
    Notifier(url(site)).send(letter())
    (asked,) = site.requests
    told = json.loads(asked.body)
    assert told["title"] == letter().headline
    assert "Zoë <Müller> & Søn replaced Jason Owens" in told["message"].replace("\n", " ")


def test_a_service_that_fails_puts_the_alert_off_and_its_secret_is_not_told(site: Site) -> None:
    site.serve("/told", status=500)
    with pytest.raises(Postponed) as caught:
        Notifier(url(site)).send(letter())
    assert str(caught.value).startswith("Apprise could not deliver it: ")
    assert "500" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_url_that_apprise_does_not_know_is_said_without_showing_it() -> None:
    with pytest.raises(Postponed) as caught:
        Notifier("nosuch://hunter2").send(letter())
    assert "does not know the URL in apprise_file" in str(caught.value)
    assert "hunter2" not in str(caught.value)
