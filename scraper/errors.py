"""What can go wrong between a URL and a LeadershipPage.

LeaderwatchError
└── ScraperError                 the base of everything here; carries a verdict and a reason in words
    ├── FetchError               nothing usable came back from the network
    │   ├── AddressRefused       a scheme, host or address that the settings do not allow
    │   ├── RobotsRefused        robots.txt asks us to stay away
    │   ├── RedirectRefused      a redirect left the site, or never ended
    │   └── BodyRefused          the body is over the limit, or unpacks to more than it
    └── NotALeadershipPage       bytes came, but they are no leadership page
        └── NoLeaders            it reads like a page, but names nobody and no vacant office
"""

from model import Capture, LeaderwatchError, Verdict


class ScraperError(LeaderwatchError):
    """A page could not be fetched or read; `reason` is one line for people, `verdict` the word for programs."""

    verdict = Verdict.ERROR

    def __init__(self, reason: str, *, verdict: Verdict | None = None, capture: Capture | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.verdict = verdict or type(self).verdict
        self.capture = capture


class FetchError(ScraperError):
    """Nothing usable came back; `capture` holds what did come, where anything came."""


class AddressRefused(FetchError):
    """A scheme, host or address that the settings do not allow."""


class RobotsRefused(FetchError):
    """The site's robots.txt asks us not to fetch this URL."""

    verdict = Verdict.BLOCKED


class RedirectRefused(FetchError):
    """A redirect that leaves the page's own site, or a chain that does not end."""

    verdict = Verdict.NOT_THE_PAGE


class BodyRefused(FetchError):
    """A body over the size limit, as sent or once unpacked."""


class NotALeadershipPage(ScraperError):
    """The bytes are something else: a wall, an error page, another page, half a page."""

    verdict = Verdict.NOT_THE_PAGE


class NoLeaders(NotALeadershipPage):
    """Nobody is named and no office is said to be vacant: never read as everybody having left."""
