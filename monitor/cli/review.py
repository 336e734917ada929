"""`leaderwatch review`: versions that were not believed, and what a person makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.options import (
    archive_options,
    config_option,
    database_option,
    open_existing,
    read_settings,
    utc_now,
)

if TYPE_CHECKING:
    from monitor.reviewing import Doubted


@click.group(invoke_without_command=True)
@archive_options
@click.option("--rejected", "show_rejected", is_flag=True, help="Show the versions that were rejected.")
@click.pass_context
def command(
    ctx: click.Context, config: str | None, database: str | None, as_json: bool, show_rejected: bool
) -> None:
    """Decide about versions that were not believed.

    Without a command they are shown beside the last belief. A version in quarantine is believed by itself
    once the same rows have come back for a day in three checks. Accepting it believes it now and tells its
    changes; rejecting it keeps it from being believed by itself. Rejected ones can be accepted after all.

    \b
    Examples:
      leaderwatch review
      leaderwatch review accept 12
      leaderwatch review reject 12
      leaderwatch review --rejected
      leaderwatch review clock
    """
    if ctx.invoked_subcommand is None:
        _list(config, database, as_json, show_rejected)


@command.command()
@click.argument("snapshot", type=click.IntRange(1, 2**63 - 1))
@config_option
@database_option
def accept(snapshot: int, config: str | None, database: str | None) -> None:
    """Believe this version, and tell its changes.

    \b
    Example:
      leaderwatch review accept 12
    """
    from monitor.cli.reporting import report
    from monitor.reviewing import accept

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        report(accept(snapshot, archive=archive, settings=settings, clock=utc_now), quiet=False)


@command.command()
@click.argument("snapshot", type=click.IntRange(1, 2**63 - 1))
@config_option
@database_option
def reject(snapshot: int, config: str | None, database: str | None) -> None:
    """Never believe these rows by themselves.

    \b
    Example:
      leaderwatch review reject 12
    """
    from monitor.cli.terminal import say
    from monitor.reviewing import reject

    with open_existing(read_settings(config, database=database)) as archive:
        reject(snapshot, archive=archive)
    say(f"Snapshot {snapshot} is rejected: these rows will not be believed by themselves.")
    say("As long as the page reads so, its checks say so and end with status 2.")
    say(f"`leaderwatch review accept {snapshot}` takes this back.")


@command.command()
@click.option("--right", is_flag=True, help="This clock is right: date by now what was seen in the future.")
@config_option
@database_option
def clock(right: bool, config: str | None, database: str | None) -> None:
    """Go on after a clock was ahead.

    Checks fail while the archive saw a page later than this machine's clock says it is. Set the clock first. Where
    it was wrong then and is right now, --right dates what was seen in that time by now; captures keep their times.

    \b
    Examples:
      leaderwatch review clock
      leaderwatch review clock --right
    """
    from monitor.cli.tables import moment
    from monitor.cli.terminal import say
    from monitor.redating import redate, seen_ahead

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        now = utc_now()
        found = redate(archive, settings, clock=utc_now) if right else seen_ahead(archive, now)
    for ahead in found:
        say(
            f"was seen at {moment(ahead.last_seen)}; the clock here says {moment(now)}",
            title=f"{ahead.page.name}:",
        )
    if not found:
        say("No page was seen in the future.")
    elif right:
        say("That is dated by now; the next check goes on from here.")
    else:
        say("Where this clock is right, `leaderwatch review clock --right` goes on from here.")


def _list(config: str | None, database: str | None, as_json: bool, show_rejected: bool) -> None:
    from monitor.cli.terminal import say, say_json
    from monitor.reviewing import doubted, rejected

    with open_existing(read_settings(config, database=database)) as archive:
        refused = rejected(archive)
        shown = refused if show_rejected else doubted(archive)
    if as_json:
        say_json({"rejected" if show_rejected else "quarantined": [each.to_json() for each in shown]})
        return
    for each in shown:
        _print(each, show_rejected)
    if not shown:
        say("Nothing was rejected." if show_rejected else "Nothing is in quarantine.")
    if not show_rejected and any(each.is_current for each in refused):
        say("A page reads as a version that was rejected: `leaderwatch review --rejected` shows it.")


def _print(each: Doubted, was_rejected: bool) -> None:
    from monitor.cli.tables import beside, moment
    from monitor.cli.terminal import console, say

    snapshot = each.snapshot
    say(f"snapshot {snapshot.id}, seen {moment(snapshot.taken_at)}", title=f"{each.page.name}:")
    say(f"Not believed: {snapshot.reason}.")
    if not each.is_current:
        say("The page has read otherwise since: nothing to decide, it is kept as evidence.")
    console().print()
    console().print(beside(each.belief.page if each.belief else None, snapshot.page))
    if each.is_current:
        say(f"`leaderwatch review accept {snapshot.id}` believes it{_or_else(each, was_rejected)}.")
    say()


def _or_else(each: Doubted, was_rejected: bool) -> str:
    return " after all" if was_rejected else f", `review reject {each.snapshot.id}` never does"
