"""A webhook gets each alert as JSON that it can check, and what it answers decides."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import standardwebhooks
import trustme

from monitor.channels import signing
from monitor.channels.webhook import Webhook
from monitor.posting import Postponed, Refused
from tests.letters import NOW, PAGE, change, letter
from tests.loopback import Reply, Site

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
PATH = "/hooks/token-1234"


def webhook(url: str, *, seconds: float = 5, at: datetime | None = None) -> Webhook:
    return Webhook(
        url,
        SECRET,
        contact="https://example.org/contact",
        timeout=timedelta(seconds=seconds),
        clock=lambda: at or datetime.now(UTC),
    )


@pytest.fixture
def hook(site: Site) -> Iterator[Webhook]:
    site.serve(PATH, status=204)
    opened = webhook(site.url(PATH))
    yield opened
    opened.close()


def test_the_listener_can_check_who_sent_what(site: Site, hook: Webhook) -> None:
    hook.send(letter())
    (asked,) = site.requests
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert asked.headers["user-agent"].endswith("(+https://example.org/contact)")
    read = standardwebhooks.Webhook(SECRET).verify(asked.body, dict(asked.headers))
    assert read == {
        "type": "leaderwatch.changes",
        "timestamp": "2025-01-23T06:00:00Z",
        "data": {
            "id": asked.headers["webhook-id"],
            "headline": "Border Patrol: Zoë <Müller> & Søn replaces Jason Owens",
            "page": {"name": PAGE.name, "url": PAGE.url},
            "changes": [change().to_json()],
        },
    }


def test_a_body_that_was_touched_or_another_secret_does_not_check(site: Site, hook: Webhook) -> None:
    hook.send(letter())
    (asked,) = site.requests
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    for secret, body in ((SECRET, asked.body + b" "), (other, asked.body)):
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(secret).verify(body, dict(asked.headers))


def test_the_same_letter_has_the_same_key_and_body_each_time_and_another_has_its_own(
    site: Site, hook: Webhook
) -> None:
    for each in (letter(), letter(), letter(2)):
        hook.send(each)
    first, again, other = site.requests
    assert (first.headers["webhook-id"], first.body) == (again.headers["webhook-id"], again.body)
    assert first.headers["idempotency-key"] == first.headers["webhook-id"] != other.headers["webhook-id"]


def test_the_time_of_the_attempt_is_signed(site: Site) -> None:
    site.serve(PATH)
    hook = webhook(site.url(PATH), at=NOW)
    hook.send(letter())
    hook.close()
    assert site.requests[0].headers["webhook-timestamp"] == str(int(NOW.timestamp()))


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (500, "Internal Server Error"),
        (429, "Too Many Requests"),
        (404, "Not Found"),
        (301, "Moved Permanently"),
        (599, ""),
    ],
)
def test_what_is_not_success_puts_the_alert_off(site: Site, hook: Webhook, status: int, phrase: str) -> None:
    site.serve(PATH, status=status, headers={"Location": "/elsewhere"})
    with pytest.raises(Postponed) as caught:
        hook.send(letter())
    assert str(caught.value) == f"127.0.0.1:{site.port} answered {status} {phrase}".rstrip()
    assert site.asked_for("/elsewhere") == 0


def test_an_endpoint_that_is_gone_refuses_for_good(site: Site, hook: Webhook) -> None:
    site.serve(PATH, status=410)
    with pytest.raises(Refused, match="answered 410 Gone"):
        hook.send(letter())


@pytest.mark.parametrize(
    "reply",
    [Reply(raw=b""), Reply(raw=b"not HTTP at all\r\n\r\n"), Reply(wait=30), Reply("slow", drip=5)],
    ids=["hangs up", "speaks no HTTP", "is silent", "drips"],
)
def test_an_endpoint_that_misbehaves_puts_the_alert_off_and_holds_nobody_up(site: Site, reply: Reply) -> None:
    site.serve_each(PATH, reply)
    hook = webhook(site.url(PATH), seconds=0.2)
    with pytest.raises(Postponed, match=f"cannot reach 127.0.0.1:{site.port}"):
        hook.send(letter())
    hook.close()


def test_nobody_listening_puts_the_alert_off_without_telling_the_path(site: Site) -> None:
    site.close()
    hook = webhook(site.url(PATH))
    with pytest.raises(Postponed) as caught:
        hook.send(letter())
    hook.close()
    assert "token" not in str(caught.value)


def test_a_certificate_that_is_not_trusted_gets_no_alert() -> None:
    with Site(certificate=trustme.CA().issue_cert("127.0.0.1")) as site:
        hook = webhook(site.url(PATH))
        with pytest.raises(Postponed, match="certificate"):
            hook.send(letter())
        hook.close()
        assert site.requests == []


@pytest.mark.parametrize(
    ("written", "reason"), [("whsec_!!", "it is not base64"), ("whsec_QUJD", "it has 3 bytes")]
)
def test_a_secret_that_signs_nothing_is_named(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        signing.secret_key(written)


def test_the_body_is_one_json_object() -> None:
    assert json.loads(letter().body)["data"]["headline"] == letter().headline
