"""Who is told which changes, over which channel, and when: the rules of the settings applied to some changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from model import Change, ChangeKind
from monitor.declared import EVERYONE
from monitor.settings import RuleSettings
from monitor.severity import is_at_least
from monitor.timetable import WallClock

if TYPE_CHECKING:
    from monitor.settings import Settings

SMTP = "smtp"
FOLDER = "folder"

Numbered = tuple[int, Change]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to tell: a mail address, the name of the rule that has a folder, or of the channel itself.

    `digest` and `timezone` say when, as a cron expression; without one it is at once.
    """

    channel: str
    recipient: str
    digest: str | None = None
    timezone: str = "UTC"

    def due_at(self, now: datetime) -> datetime:
        """Return when a message that is written now goes out."""
        return WallClock(self.digest, self.timezone).following(now) if self.digest else now


def rules_of(settings: Settings) -> tuple[RuleSettings, ...]:
    """Return every rule, that of [alerts] itself first: it has the channels that no other rule names."""
    alerts = settings.alerts
    named = {name for rule in alerts.rules for name in rule.channels}
    others = tuple(channel.name for channel in alerts.channels if channel.name not in named)
    everyone = RuleSettings(
        name=EVERYONE, mail=alerts.recipients, folder=alerts.folder, channels=others, kinds=alerts.kinds
    )
    return (everyone, *alerts.rules) if alerts.recipients or alerts.folder or others else alerts.rules


def rule_called(settings: Settings, name: str) -> RuleSettings | None:
    """Return the rule of that name, None where the settings have it no more."""
    return next((rule for rule in rules_of(settings) if rule.name == name), None)


def addressed(
    changes: Sequence[Numbered], page: str, settings: Settings, *, short: Mapping[str, str]
) -> dict[Addressee, list[Numbered]]:
    """Return who is told which of a page's changes: each once, whichever of their rules ask for it.

    `short` has the abbreviations of offices by their names.
    """
    found: dict[Addressee, dict[int, Change]] = {}
    for rule in rules_of(settings):
        wanted = {number: change for number, change in changes if wants(rule, change, page, short)}
        for addressee in addressees(rule, settings) if wanted else ():
            found.setdefault(addressee, {}).update(wanted)
    in_order = [number for number, _ in changes]
    return {who: sorted(told.items(), key=lambda pair: in_order.index(pair[0])) for who, told in found.items()}


def overseers(settings: Settings) -> list[Addressee]:
    """Return who is told, at once, how the watching itself goes."""
    found = {
        Addressee(each.channel, each.recipient): None
        for rule in rules_of(settings)
        if rule.health
        for each in addressees(rule, settings)
    }
    return list(found)


def addressees(rule: RuleSettings, settings: Settings) -> Iterator[Addressee]:
    """Yield everybody that a rule names."""
    for recipient in rule.mail if settings.smtp else ():
        yield Addressee(SMTP, recipient, rule.digest, rule.timezone)
    if rule.folder:
        yield Addressee(FOLDER, rule.name, rule.digest, rule.timezone)
    for name in rule.channels:
        yield Addressee(name, name, rule.digest, rule.timezone)


def wants(rule: RuleSettings, change: Change, page: str, short: Mapping[str, str]) -> bool:
    """Return whether a rule asks for a change: each of its conditions must hold, and an empty one always does."""
    return (
        (not rule.pages or page in rule.pages)
        and change.kind in rule.kinds
        and is_at_least(change.kind, rule.severity)
        and (not rule.offices or _is_of(rule.offices, change, short))
        and (not rule.measures or _measures(rule.measures, change))
        and _is_large_enough(rule, change)
    )


def _is_of(offices: Sequence[str], change: Change, short: Mapping[str, str]) -> bool:
    """Return whether a change is about one of these offices, by its old or new name or its abbreviation."""
    names = {change.office, change.went_to, change.came_from}
    if change.kind in {ChangeKind.OFFICE_ADDED, ChangeKind.OFFICE_REMOVED, ChangeKind.OFFICE_RENAMED}:
        names |= {change.before, change.after}
    called = {word.casefold() for name in names if name for word in (name, short.get(name, name))}
    return any(office.casefold() in called for office in offices)


def _measures(measures: Sequence[str], change: Change) -> bool:
    """Return whether a change is of a figure whose measure has the words of one of these in it."""
    words = (change.measure or "").casefold().split()
    return any(set(measure.casefold().split()) <= set(words) for measure in measures)


def _is_large_enough(rule: RuleSettings, change: Change) -> bool:
    """Return whether a figure moved by the threshold or more; what has no percentage is never too small."""
    return change.percent is None or abs(change.percent) >= rule.threshold
