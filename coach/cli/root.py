"""The command group, the dashboard, and how every error ends."""

import difflib
import importlib
import io
import os
import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from coach import __version__
from coach.clean import clean
from coach.errors import CoachError

# Loaded when they are called, so that a command pays for no other.
_SECTIONS = {
    "Start": {
        "demo": "coach.cli.demo:demo",
        "setup": "coach.cli.setup:setup",
    },
    "Practise": {
        "warmup": "coach.cli.again:warmup",
        "drill": "coach.cli.sitting:drill",
        "mock": "coach.cli.sitting:mock",
        "retry": "coach.cli.again:retry",
        "transcribe": "coach.cli.transcribe:transcribe",
        "assess": "coach.cli.assess:assess",
    },
    "Rejections, interviews, and what they ask of you": {
        "rejection": "coach.cli.rejection:rejection",
        "feedback": "coach.cli.feedback:feedback",
        "strengths": "coach.cli.feedback:strengths",
        "themes": "coach.cli.themes:themes",
        "area": "coach.cli.area:area",
        "plan": "coach.cli.plan:plan",
        "interview": "coach.cli.interview:interview",
        "story": "coach.cli.story:story",
        "applications": "coach.cli.applications:applications",
        "habits": "coach.cli.habits:habits",
    },
    "Look back": {
        "review": "coach.cli.review:review",
        "compare": "coach.cli.compare:compare",
        "progress": "coach.cli.progress:progress",
        "report": "coach.cli.report:report",
        "rubric": "coach.cli.rubric:rubric",
    },
    "Questions": {
        "bank": "coach.cli.bank:bank",
    },
    "Your data": {
        "undo": "coach.cli.undo:undo",
        "history": "coach.cli.undo:history",
        "forget": "coach.cli.forget:forget",
        "backup": "coach.cli.backup:backup",
        "restore": "coach.cli.backup:restore",
        "export": "coach.cli.export:export",
        "import": "coach.cli.exchange:import_",
        "where": "coach.cli.where:where",
    },
    "This machine": {
        "config": "coach.cli.config:config",
        "doctor": "coach.cli.doctor:doctor",
        "completion": "coach.cli.completion:completion",
    },
}
_COMMANDS = {name: at for commands in _SECTIONS.values() for name, at in commands.items()}


class Commands(click.Group):
    """Finds the commands by name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; `coach help drill` is `coach drill --help`."""
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, _COMMANDS, n=1)
            hint = f"Did you mean {near[0]}?" if near else "`coach help` lists all."
            ctx.fail(f"There is no command “{name}”. {hint}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        return getattr(importlib.import_module(module), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with the beginning of its help, which click would load all of them for."""
        widest = max(map(len, _COMMANDS))
        room = formatter.width - 6 - widest
        for title, commands in _SECTIONS.items():
            told = [click.Command(name, help=_help_of(name)) for name in commands]
            rows = [(f"{one.name:{widest}}", one.get_short_help_str(room)) for one in told]
            with formatter.section(title):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names alone: click's own would load every command for its help."""
        names = [CompletionItem(name) for name in _COMMANDS if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def _help_of(command: str) -> str:
    """The text under the function's head, read from its source: loading all takes 0.5 s."""
    module, _, name = _COMMANDS[command].partition(":")
    source = Path(__file__).with_name(f"{module.rpartition('.')[2]}.py").read_text(encoding="utf-8")
    _, _, function = source.partition(f"\ndef {name}(")
    return function.split('"""')[1]


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog="\b\nExample:\n  coach rejection add\n  coach drill",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="coach")
@click.pass_context
def coach(ctx: click.Context, debug: bool) -> None:
    """Practise interviews aloud. Nothing you say leaves this machine.

    Alone, it shows what is due and suggests one next command.
    """
    if ctx.invoked_subcommand is None:
        from coach.cli.dashboard import show_dashboard

        show_dashboard()


def run() -> None:
    """Run the command line; a CoachError becomes two lines on stderr and its exit code."""
    sys.argv[1:] = map(_taken, sys.argv[1:])
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no UTF-8 becomes U+FFFD
    try:
        coach(standalone_mode=False)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        _say(shown.getvalue().rstrip())
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except CoachError as error:
        if "--debug" in sys.argv:
            raise
        _say(f"Error: {error.message}\n{error.next_step}")
        sys.exit(error.exit_code)


def _say(text: str) -> None:
    from coach.cli.options import say  # what it needs is no part of a start

    say(text)


def _taken(word: str) -> str:
    """A word of the command line as it may be kept, unless it names a file that is there."""
    return word if os.path.lexists(word) else clean(word)
