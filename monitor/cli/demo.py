"""`leaderwatch demo`: the whole of it in a minute, without the internet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from model import LeaderwatchError, Outcome

if TYPE_CHECKING:
    from monitor.demo import Step


@click.command()
@click.option(
    "--folder",
    default="demo-out",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the archive and the mails go.  [default: demo-out]",
)
def command(folder: Path) -> None:
    """See it work in a minute, without the internet.

    Saved versions of the CBP page from 2023 to 2025 are served on this machine, one after another, and checked
    as they would be in earnest. The alert mails that would go out are written to a folder.

    \b
    Example:
      leaderwatch demo --folder /tmp/demo
    """
    from monitor.cli.reporting import report
    from monitor.cli.terminal import say
    from monitor.demo import play

    try:
        for step in play(folder):
            say(title=f"── {_heading(step)} ".ljust(72, "─"))
            report(step.result, quiet=False)
            say()
            if step.result.is_trouble:
                raise LeaderwatchError(
                    "the demo could not check its own page; is something filtering 127.0.0.1?"
                )
    except OSError as error:
        raise LeaderwatchError(f"cannot write to {folder}: {error.strerror}") from error
    _tell_where(folder)


def _heading(step: Step) -> str:
    if step.result.outcome is Outcome.BASELINE:
        return f"{step.day:%d %B %Y}: the first check"
    if step.result.changes:
        return f"{step.day:%d %B %Y}: the page has changed"
    return f"{step.day:%d %B %Y}: checked once more"


def _tell_where(folder: Path) -> None:
    from monitor.cli.terminal import say
    from monitor.demo import DATABASE, MAILS

    mails = sorted((folder / MAILS).glob("*.eml"))
    say(f"The {len(mails)} mails that would have gone out, ready to open:")
    for mail in mails:
        say(str(mail), indent=2)
    say("Ask the archive:")
    say(f"leaderwatch show --database {folder / DATABASE}", indent=2)
    say(f"leaderwatch changes --database {folder / DATABASE}", indent=2)
    say(f"leaderwatch diff 2024-04-19 2025-01-22 --database {folder / DATABASE}", indent=2)
    say("Then the live page, into ./leaderwatch.db: leaderwatch check")
