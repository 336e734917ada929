"""Alerts to everything that Apprise knows: chats, phones, push services. Needs the extra `apprise`."""

from __future__ import annotations

from typing import Any

from monitor.channels.letter import Letter
from monitor.posting import Postponed

MISSING = 'Apprise is not installed: pip install "leaderwatch[apprise]"'


class Notifier:
    """One service, by its Apprise URL, which is a secret: no message shows it."""

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, letter: Letter) -> None:
        """Notify the service; raises Postponed with what Apprise says of it."""
        apprise = _apprise()
        with apprise.LogCapture(level=apprise.logging.WARNING) as said:
            service = apprise.Apprise()
            known = service.add(self._url)
            sent = known and service.notify(title=letter.headline, body=letter.text)
            reason = " ".join(said.getvalue().split())
        if not known:
            raise Postponed(
                "Apprise does not know the URL in apprise_file: its documentation lists what it may be"
            )
        if not sent:
            raise Postponed(
                f"Apprise could not deliver it: {reason.replace(self._url, '***') or 'no reason given'}"
            )

    def close(self) -> None:
        """Nothing stays open between two letters."""


def _apprise() -> Any:
    try:
        import apprise
    except ImportError:
        raise Postponed(MISSING) from None
    return apprise
