"""`leaderwatch check`: one check of every page."""

from __future__ import annotations

import click

from monitor.cli.options import archive_options, quiet_option, read_settings, url_option, utc_now


@click.command()
@archive_options
@url_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context, config: str | None, database: str | None, url: str | None, as_json: bool, quiet: bool
) -> None:
    """Check every page once and say what changed.

    The first check of a page is its baseline. Exit status: 0 when every page was checked, changed or not;
    2 when one could not be reached or believed, with one line about it on standard error.

    \b
    Examples:
      leaderwatch check
      leaderwatch check --url https://www.energy.gov/leadership --json
      0 */6 * * *  leaderwatch check --quiet     # in a crontab: cron mails what changed
    """
    from monitor.cli.reporting import report
    from monitor.cli.terminal import heard_or_not, say_json
    from monitor.round import check_pages

    settings = read_settings(config, url=url, database=database)
    rows, in_trouble = [], False
    for result in check_pages(settings, clock=utc_now):
        in_trouble = in_trouble or result.is_trouble
        if as_json:
            rows.append(result.to_json())
        with heard_or_not():
            report(result, quiet=quiet, json_follows=as_json)
    if as_json:
        say_json({"pages": rows})
    ctx.exit(2 if in_trouble else 0)
