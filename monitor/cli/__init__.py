"""The command line: `leaderwatch COMMAND`. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

COMMANDS = {
    "init": "Write a commented leaderwatch.toml to start from.",
    "check": "Check every page once and say what changed.",
    "run": "Check on a clock, until stopped.",
    "schedule": "Put what is due into the queue, for workers on many machines.",
    "worker": "Do what is due on many machines, beside other workers.",
    "status": "Say how the watch is: each page's health, and what is due.",
    "show": "Show who leads which office, as last seen.",
    "who": "Say who led an office on a day, or what a person led.",
    "history": "Tell who led what, from when to when, and for how long.",
    "figures": "Tell what the page stated, and how it moved.",
    "changes": "List what changed, and when.",
    "diff": "Compare two versions of a page.",
    "parse": "Read one page into offices, leaders and figures.",
    "captures": "List what was served, and when.",
    "raw": "Write the bytes of a capture, as they were served.",
    "web": "Look at the archive in a browser.",
    "review": "Decide about versions that were not believed.",
    "alerts": "Test every channel, see what went out, try again what failed.",
    "import": "Bring in captures of the past; nobody is alerted.",
    "export": "Hand the archive out in other programs' formats.",
    "reparse": "Read all evidence again with today's parser.",
    "verify": "Say whether the archive is as it was kept.",
    "backup": "Copy the archive while it is in use, and verify the copy.",
    "copy": "Copy the archive into another database.",
    "prune": "Drop the bytes of old captures that said nothing new.",
    "stats": "Count what the archive holds, and how large it is.",
    "demo": "See it work in a minute, without the internet.",
}

RESERVED = {"import": "importing"}
"""Modules of the commands whose names are Python's own words."""

TROUBLE = 2


class Commands(click.Group):
    """A group that knows its commands by name, and turns every failure into one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = RESERVED.get(cmd_name, cmd_name)
        command: click.Command = importlib.import_module(f"monitor.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        try:
            status = super().main(words, "leaderwatch", complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except (BrokenPipeError, SystemExit):  # click ends the program itself for a broken pipe alone
            from monitor.cli.terminal import speak_to_nobody

            speak_to_nobody()
            sys.exit(141)  # what a shell reports for SIGPIPE
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(TROUBLE)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(130)  # what a shell reports for SIGINT
        except Exception as error:  # noqa: BLE001 the edge of the program: no user ever meets a traceback unasked
            if "--debug" in words:
                import traceback

                traceback.print_exc()
            from monitor.cli.terminal import complain, speak_to_nobody

            complain(_in_one_line(error))
            if isinstance(error, OSError):
                speak_to_nobody()
            sys.exit(TROUBLE)
        sys.exit(status if isinstance(status, int) else 0)


def _in_one_line(error: Exception) -> str:
    from model import LeaderwatchError  # here, so that a run without trouble starts faster

    if isinstance(error, click.UsageError) and error.ctx:
        return f"{error.format_message()} Try '{error.ctx.command_path} --help'."
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, LeaderwatchError):
        return str(error)
    if isinstance(error, OSError) and error.filename is None:
        return f"cannot write the output: {error.strerror or error}"
    return (
        f"sorry, this should not happen: {type(error).__name__}: {error}. `leaderwatch --debug ...` shows where"
    )


def _show_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"leaderwatch {version('leaderwatch')}")
    ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`leaderwatch COMMAND --help` explains a command and gives an example.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback when something goes wrong.")
def main() -> None:
    """Watch government leadership pages: who leads which office, which figures they state, and what changed."""
