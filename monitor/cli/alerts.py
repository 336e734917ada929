"""`leaderwatch alerts`: who was told what, who was not, and what a mail looks like."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.options import (
    NothingKept,
    archive_options,
    config_option,
    database_option,
    json_option,
    open_existing,
    read_settings,
    utc_now,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.carrying import Earlier
    from monitor.sample import Tried
    from monitor.settings import Settings
    from storage.rows import StoredDelivery

NUMBER = click.IntRange(1, 2**63 - 1)


@click.group()
def command() -> None:
    """Test every channel, see what went out, try again what failed.

    \b
    Examples:
      leaderwatch alerts test
      leaderwatch alerts list --state failed
      leaderwatch alerts retry 12
      leaderwatch alerts preview 3
    """


@command.command("test")
@config_option
@database_option
@json_option
def test_channels(config: str | None, database: str | None, as_json: bool) -> int:
    """Send a sample over every channel to everybody named, at once.

    Says for each whether it was handed over, and why not. Exit status 2 when one was not.

    \b
    Example:
      leaderwatch alerts test
    """
    from monitor.cli.terminal import say_json
    from monitor.sample import try_all

    settings = read_settings(config, database=database)
    with ExitStack() as opened:
        tried = try_all(settings, clock=utc_now, earlier=_earlier(settings, opened))
    if as_json:
        say_json({"tried": [each.to_json() for each in tried]})
    else:
        _tell_tried(tried)
    return 2 if not tried or any(each.trouble for each in tried) else 0


@command.command("list")
@archive_options
@click.option(
    "--state",
    type=click.Choice(["queued", "delivered", "failed", "dropped"]),
    help="Only deliveries in this state.",
)
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="The newest so many."
)
def list_deliveries(
    config: str | None, database: str | None, as_json: bool, state: str | None, limit: int
) -> None:
    """List what was sent to whom, or waits, or failed; oldest first.

    \b
    Examples:
      leaderwatch alerts list
      leaderwatch alerts list --state failed --json
    """
    from monitor.alerting import delivery_row
    from monitor.cli.terminal import console, say, say_json
    from storage.rows import DeliveryState

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        found = archive.deliveries(states=[DeliveryState(state)] if state else None)[-limit:]
        rows = [delivery_row(archive, settings, delivery) for delivery in found]
    if as_json:
        say_json({"deliveries": rows})
    elif rows:
        from monitor.cli.tables import delivery_table

        console().print(delivery_table(rows))
    else:
        say("No alert.")


@command.command()
@click.argument("delivery", type=NUMBER)
@archive_options
def show(delivery: int, config: str | None, database: str | None, as_json: bool) -> None:
    """Show one delivery: what became of it, and the letter as it is sent.

    \b
    Example:
      leaderwatch alerts show 12
    """
    from monitor.alerting import delivery_row, part_of
    from monitor.cli.terminal import say, say_json, say_lines
    from monitor.rebuilding import mail_of

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        stored = archive.delivery(delivery)
        row = delivery_row(archive, settings, stored)
        text = part_of(mail_of(archive, settings, stored), "plain")
    if as_json:
        say_json(row | {"text": text})
        return
    for name, value in row.items():
        if value not in (None, "", []):
            say(f"{value}", title=f"{name.replace('_', ' ')}:")
    say()
    say_lines(text)


@command.command()
@click.argument("delivery", type=NUMBER)
@config_option
@database_option
def retry(delivery: int, config: str | None, database: str | None) -> int:
    """Try once more to deliver what failed for good.

    \b
    Example:
      leaderwatch alerts retry 12
    """
    from monitor import outbox

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        with archive.transaction() as tx:
            tx.requeue_delivery(delivery, due_at=utc_now())
        outbox.deliver(archive, settings, clock=utc_now)
        return _tell_retried(archive.delivery(delivery))


@command.command()
@click.argument("change", type=NUMBER)
@config_option
@database_option
@click.option("--html", "as_html", is_flag=True, help="Print its HTML.")
@click.option("--eml", "as_mail", is_flag=True, help="Print the whole mail, as an .eml file.")
def preview(change: int, config: str | None, database: str | None, as_html: bool, as_mail: bool) -> None:
    """Print the mail about a change, which goes to nobody.

    `leaderwatch changes --json` has the numbers of changes.

    \b
    Examples:
      leaderwatch alerts preview 3
      leaderwatch alerts preview 3 --eml > mail.eml
    """
    from monitor.alerting import part_of
    from monitor.alerting import preview as made
    from monitor.cli.terminal import say_lines

    settings = read_settings(config, database=database)
    with open_existing(settings) as archive:
        message = made(archive, settings, [archive.change(change)])
    if as_mail:
        sys.stdout.buffer.write(bytes(message))
    elif as_html:
        click.echo(part_of(message, "html"))
    else:
        say_lines(part_of(message, "plain"))


def _earlier(settings: Settings, opened: ExitStack) -> Earlier:
    """Return what knows the letters sent so far, which a feed goes on holding: none before the first check."""
    from monitor.rebuilding import earlier_letters

    try:
        archive = opened.enter_context(open_existing(settings))
    except NothingKept:
        return lambda channel, limit: []
    return partial(earlier_letters, archive, settings)


def _tell_tried(tried: Sequence[Tried]) -> None:
    from monitor.cli.terminal import complain, say

    for each in tried:
        if each.trouble:
            complain(f"{each.channel}: {each.recipient}: {each.trouble}")
        else:
            say(f"handed over to {each.recipient}", title=f"{each.channel}:")
    if not tried:
        complain("nobody is told: set [alerts] recipients, or write [[alerts.rules]]")


def _tell_retried(delivery: StoredDelivery) -> int:
    from monitor.cli.terminal import complain, say

    if delivery.state.value == "delivered":
        say(f"Delivery {delivery.id} went out to {delivery.recipient}.")
        return 0
    complain(
        f"delivery {delivery.id} is {delivery.state.value}: {delivery.last_error or 'another process has it'}"
    )
    return 2
