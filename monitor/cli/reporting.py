"""How a check is told on the terminal: trouble on standard error, everything else on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model import Outcome, Verdict
from monitor.cli.terminal import complain, console, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.outbox import DeliveryReport
    from monitor.results import CheckResult

ADVICE = {
    Outcome.BLOCKED: "What was known stays as it was; try less often, or ask the site to let you in",
    Outcome.QUARANTINED: "What was known stays as it was; `leaderwatch review` shows both versions",
    Outcome.FAILED: "What was known stays as it was; try again later, or open the page in a browser",
}
UNREACHABLE = (
    "Try again later, check the URL and the network, or see `leaderwatch demo`, which needs no internet"
)


def report(result: CheckResult, *, quiet: bool, json_follows: bool = False) -> None:
    """Tell how a check ended; `quiet` keeps silent about pages that did not change."""
    for words in _complaints(result):
        complain(f"{result.name}: {words}")
    if result.posted:
        tell_post(result.name, result.posted)
    if json_follows:
        return
    if result.changes:
        _tell_changes(result)
    elif not quiet and not result.is_trouble:
        _tell_calm(result)


def _complaints(result: CheckResult) -> Iterator[str]:
    """Yield what was wrong with a check, or with the world around it."""
    if result.is_trouble:
        yield f"{result.outcome.value}: {_sentence(result.reason)} {_advice(result)}."
    elif result.drift:
        yield result.drift
    if result.moved_from:
        was = f"until now a page of this name was watched at {result.moved_from}, and its history stays there"
        yield f"{was}: what changed between the two is not told"
    if result.heartbeat:
        yield result.heartbeat


def log_line(result: CheckResult, *, quiet: bool, json_follows: bool = False) -> None:
    """Tell how a check ended in one line with its time, its changes below it: what a service writes."""
    if result.is_trouble or result.changes or json_follows:
        report(result, quiet=quiet, json_follows=json_follows)
    elif not quiet:
        from monitor.cli.tables import moment

        say(f"{result.outcome.value}, seen {moment(result.checked_at)}", title=f"{result.name}:")


def tell_post(name: str, report: DeliveryReport) -> None:
    """Complain about each alert that did not go out, and say when it is tried again."""
    for trouble in report.troubles:
        again = (
            f"next attempt at {trouble.next_attempt_at:%H:%M} UTC" if trouble.next_attempt_at else "given up"
        )
        complain(f"{name}: the alert to {trouble.recipient} was not sent: {trouble.reason}; {again}")


def _sentence(reason: str | None) -> str:
    return f"{(reason or 'no reason given').rstrip('.')}."


def _advice(result: CheckResult) -> str:
    if result.rejected:
        accept = f"`leaderwatch review accept {result.rejected}` believes them after all"
        return f"`leaderwatch review --rejected` shows both versions, {accept}"
    if result.outcome is Outcome.FAILED and result.verdict is Verdict.OK:
        return "What was known stays as it was; check again when the clock is right"
    return UNREACHABLE if result.outcome is Outcome.FAILED and not result.reached else ADVICE[result.outcome]


def _tell_changes(result: CheckResult) -> None:
    from monitor.cli.tables import change_lines, counted, moment

    say(f"{counted(len(result.changes), 'change')}, seen {moment(result.checked_at)}", title=f"{result.name}:")
    console().print(change_lines(result.changes, result.pending))


def _tell_calm(result: CheckResult) -> None:
    from monitor.cli.tables import change_lines, moment, page_table, summary

    page = result.rows
    if result.outcome is Outcome.BASELINE and page:
        say(f"baseline, {summary(page)}, seen {moment(result.checked_at)}", title=f"{result.name}:")
        console().print()
        console().print(page_table(page))
        return
    how = " (the server answered 304)" if result.verdict is Verdict.NOT_MODIFIED else ""
    say(f"unchanged{_since(result)}{how}", title=f"{result.name}:")
    if result.pending:
        console().print(change_lines((), result.pending))
    for change in result.withdrawn:
        say(f"It was back before anybody was told: {change.sentence}", indent=2)


def _since(result: CheckResult) -> str:
    from monitor.cli.tables import moment

    return f" since {moment(result.steady_since)}" if result.steady_since else ""
