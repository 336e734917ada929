"""What a delivery says, in words and in markup: the same whichever channel carries it, and whenever it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor import wording
from monitor.headlines import headline, weightiest
from monitor.plain_words import clip, plain
from monitor.telling import Telling, page_dates, tell, windows
from storage.rows import HealthState, MessageKind

if TYPE_CHECKING:
    from monitor.evidence import NewsItem
    from storage.rows import StoredDelivery, StoredNote

LONGEST_REASON = 600


@dataclass(frozen=True, slots=True)
class About:
    """One page that a notice speaks of, with its news; `archive_url` is where its archive can be read, or None."""

    name: str
    url: str
    news: tuple[NewsItem, ...] = ()
    archive_url: str | None = None

    @property
    def tellings(self) -> list[Telling]:
        return tell(self.news)

    @property
    def window(self) -> str | None:
        """Return the time that all its news fall into, None where each says its own."""
        return windows(self.news) if self.news and not self.tellings[0].window else None

    @property
    def page_dates(self) -> str | None:
        return page_dates(self.news) if self.news else None

    @property
    def captures(self) -> str:
        """Return the captures to compare, as `leaderwatch diff` takes them: "1 2", "" where none is known."""
        pairs = {each.captures for each in self.news if each.captures}
        return " ".join(map(str, next(iter(pairs)))) if len(pairs) == 1 else ""

    def archived(self, telling: Telling | None = None) -> str | None:
        """Return where the archive shows a change, or the page's checks; None where nobody can look there."""
        if not self.archive_url:
            return None
        place = f"changes/{telling.number}" if telling and telling.number else "checks"
        return f"{self.archive_url.rstrip('/')}/pages/{self.name}/{place}"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one delivery says: its news in a line, as text and as HTML.

    `thread` is what notices have in common that belong together, `list_name` what they are sorted by.
    """

    kind: MessageKind
    subject: str
    text: str
    html: str
    thread: tuple[str | None, ...] = ()
    list_name: str = "leaderwatch"


def alert(about: About) -> Notice:
    """Return the news of one page. Raises ValueError where there is none."""
    changes = [each.change for each in about.news]
    thread = ("office", about.url, weightiest(changes).office) if changes else ()
    return _notice(MessageKind.ALERT, headline(changes), [], [about], thread)


def digest(pages: Sequence[About], recipient: str) -> Notice:
    """Return the news of some pages since the digest before."""
    changes = [each.change for page in pages for each in page.news]
    lead = [f"What changed since the digest before: {_counted(len(changes), 'change')}."]
    return _notice(MessageKind.DIGEST, f"Digest: {headline(changes)}", lead, pages, ("digest", recipient))


def retraction(pages: Sequence[About], told: StoredDelivery) -> Notice:
    """Return the correction of an earlier notice."""
    changes = [each.change for page in pages for each in page.news]
    lead = [
        f"This was told on {wording.moment(told.queued_at)}, and it was wrong. "
        "The page did not change so, or it was misread.",
        "What was told:",
    ]
    return _notice(MessageKind.RETRACTION, f"Retracted: {headline(changes)}", lead, pages, ("answer",))


def health(about: About, note: StoredNote) -> Notice:
    """Return how the watching of a page goes."""
    reason = clip(plain(note.reason), LONGEST_REASON)
    said = [f"{reason[:1].upper()}{reason[1:]}."] if reason else []
    since = f"So since {wording.moment(note.since)}."
    lead = [*said, since, ADVICE[note.state]]
    subject = f"{about.name}: {HEALTH[note.state]}"
    return _notice(MessageKind.HEALTH, subject, lead, [about], ("health", about.url))


def failure(failed: StoredDelivery, subject: str) -> Notice:
    """Return the report of a message that never reached its recipient; `subject` is that message's."""
    recipient = plain(failed.recipient)
    lead = [
        f"Nobody at {recipient} has been told: {clip(plain(subject), LONGEST_REASON)}.",
        f"Why: {clip(plain(failed.last_error or 'no reason given'), LONGEST_REASON)}.",
        f"`leaderwatch alerts retry {failed.id}` tries it again, `leaderwatch alerts show {failed.id}` shows it.",
    ]
    return _notice(
        MessageKind.FAILURE, f"Not delivered to {recipient} over {failed.channel}", lead, [], ("failure",)
    )


HEALTH = {
    HealthState.BLIND: "cannot be seen any more",
    HealthState.QUARANTINED: "it shows a version that is not believed",
    HealthState.DEGRADED: "its checks fail",
    HealthState.DRIFTING: "less of it is understood than before",
    HealthState.UNCHECKED: "it has not been checked yet",
    HealthState.HEALTHY: "it is watched as before again",
}
ADVICE = {
    HealthState.BLIND: "What was known stays as it was. Changes since then go unnoticed: open the page in a browser.",
    HealthState.QUARANTINED: "What was known stays as it was. `leaderwatch review` shows both versions and decides.",
    HealthState.DEGRADED: "What was known stays as it was. It is tried again at each check.",
    HealthState.DRIFTING: "What is read is believed, but more may be missed than before: "
    "compare `leaderwatch show` with the page.",
    HealthState.UNCHECKED: "",
    HealthState.HEALTHY: "Nothing is left to do.",
}


def _notice(
    kind: MessageKind, subject: str, lead: Sequence[str], pages: Sequence[About], thread: tuple[str | None, ...]
) -> Notice:
    shown = {"headline": subject, "lead": lead, "pages": pages}
    return Notice(
        kind,
        subject,
        _templates().get_template("notice.txt.j2").render(shown).strip("\n") + "\n",
        _templates().get_template("notice.html.j2").render(shown),
        thread,
        pages[0].name if len(pages) == 1 else "leaderwatch",
    )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("monitor"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
